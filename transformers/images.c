// transformers/images.c
//
// Changes names, tags, and digests of container images:
//
//     images:
//     - name: nginx                      # a regular expression for the name without the tag
//       newName: registry.example/nginx
//       newTag: 1.27.0
//
// Each entry is applied to every object twice: to all containers found anywhere in it, and to the fields that field
// specs name. Both include a Deployment's containers, so these get `tagSuffix` twice.
#include "base/ascii.h"
#include "base/pattern.h"
#include "base/word_list.h"
#include "doc/template_marks.h"
#include "schema/well_known_names.h"
#include "transform/field_spec_list.h"
#include "transform/matches.h"
#include "transform/set_fields.h"
#include "transformers/transformer.h"

struct image_entry {
    struct position position;
    struct text name, new_name, new_tag, digest, tag_suffix;
};

static const struct decode_field image_entry_fields[] = {
    {"name", DECODE_TEXT, offsetof(struct image_entry, name), NULL, .mistaken_for = "image"},
    {"newName", DECODE_TEXT, offsetof(struct image_entry, new_name), NULL},
    {"newTag", DECODE_TEXT, offsetof(struct image_entry, new_tag), NULL, .mistaken_for = "tag version newVersion"},
    {"digest", DECODE_TEXT, offsetof(struct image_entry, digest), NULL},
    {"tagSuffix", DECODE_TEXT, offsetof(struct image_entry, tag_suffix), NULL},
};
static const struct decode_type image_entry_type = DECODE_TYPE("images entry", struct image_entry, image_entry_fields);

static bool is_tag(struct slice text)
{
    return slice_equals(text, "latest") || (text.length && strchr("v0123456789", text.data[0]));
}

// What an image consists of, for the fields of an entry. All but the name may be empty.
struct written_image {
    struct slice name, new_name, tag, digest;
};

// Cuts the tag and the digest off the end of the name.
static void cut_version(struct slice *name, struct written_image *parts)
{
    struct slice before;
    if (slice_cut(*name, '@', &before, &parts->digest))
        *name = before;
    // A colon before a slash belongs to the port of a registry.
    size_t colon = slice_find_last_byte(*name, ':'), slash = slice_find_last_byte(*name, '/');
    if (colon == SLICE_NOT_FOUND || (slash != SLICE_NOT_FOUND && slash > colon))
        return;
    parts->tag = slice_from_index(*name, colon + 1);
    *name = slice_part(*name, 0, colon);
}

static void hint_parts(struct diagnostics *diagnostics, const struct written_image *parts)
{
    static const char *const lines[] = {"", " on the next line", " on the next two lines", " on the next three lines"};
    struct arena *arena = diagnostics->arena;
    struct slice fields[3];
    size_t count = 0;
    if (parts->new_name.length)
        fields[count++] = arena_format(arena, "`newName: %.*s`", SLICE_ARGS(parts->new_name));
    if (parts->tag.length)
        fields[count++] = arena_format(arena, "`newTag: \"%.*s\"`", SLICE_ARGS(parts->tag));
    if (parts->digest.length)
        fields[count++] = arena_format(arena, "`digest: \"%.*s\"`", SLICE_ARGS(parts->digest));
    diagnose_hint(diagnostics, "write `- name: %.*s`%s%.*s%s", SLICE_ARGS(parts->name), count ? ", and " : "",
                  SLICE_ARGS(word_list(arena, fields, count, countof(fields), "and")), lines[count]);
}

// For `nginx=example.com/nginx:1.27`, as in `edit set image`.
static bool hint_pair(struct diagnostics *diagnostics, const struct node *found)
{
    struct written_image parts = {0}, old = {0};
    if (!decode_is_short(found) || !slice_cut(node_text(found), '=', &parts.name, &parts.new_name) ||
        !parts.name.length || !parts.new_name.length)
        return false;
    cut_version(&parts.name, &old);
    cut_version(&parts.new_name, &parts);
    hint_parts(diagnostics, &parts);
    return true;
}

// For `nginx:1.27` or `nginx: 1.27` instead of an entry.
static bool hint_entry(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    (void)is_item;
    if (hint_pair(diagnostics, found))
        return true;
    const struct node *only = found->kind == NODE_MAP && found->count ? found->entries[0].value : found;
    if (!decode_is_short(only) || (only != found && !is_tag(node_text(only))))
        return false;
    if (hint_template(diagnostics, node_text(only)))
        return true;
    struct written_image parts = {.name = only == found ? node_text(found) : found->entries[0].key->text};
    if (only == found)
        cut_version(&parts.name, &parts);
    else
        parts.tag = node_text(only);
    hint_parts(diagnostics, &parts);
    return true;
}

struct image_settings {
    const struct image_entry *entry;
    const struct field_specs *specs;
};

static const void *new_settings(struct transform_context *context, const struct image_entry *entry,
                                const struct field_specs *specs)
{
    struct image_settings *settings = arena_new(context->arena, struct image_settings);
    *settings = (struct image_settings){entry, specs};
    return settings;
}

static const void *configure(struct transform_context *context, const struct node *value, bool *skip)
{
    (void)skip;
    const struct image_entry *entry = decode_strict(context->arena, context->diagnostics, &image_entry_type, value);
    if (entry && !entry->name.slice.length) {
        diagnose_warning(context->diagnostics, entry->position,
                         "this 'images' entry has no 'name', so it matches no image");
        diagnose_hint(context->diagnostics, "add `name:` with the image to change, without a tag");
        diagnose_cause(context->diagnostics, CAUSE_INCOMPLETE_ENTRY);
    }
    if (entry && text_is_template(entry->name.slice)) {
        diagnose_warning(context->diagnostics, entry->name.position,
                         "this 'images' entry matches only images whose name is still the template '%.*s'",
                         SLICE_ARGS(entry->name.slice));
        hint_template(context->diagnostics, entry->name.slice);
    }
    return entry ? new_settings(context, entry, field_config_list(context->fields, FIELD_SPECS_IMAGES)) : NULL;
}

struct image_object {
    struct position position;
    struct image_entry *image;
    struct field_spec_entries specs;
};

static const struct decode_field image_object_fields[] = {
    {"imageTag", DECODE_STRUCT, offsetof(struct image_object, image), &image_entry_type},
    {"fieldSpecs", DECODE_LIST, offsetof(struct image_object, specs), &field_spec_entry_type},
};
static const struct decode_type image_object_type = DECODE_TYPE("ImageTagTransformer", struct image_object,
                                                                image_object_fields);

static const void *configure_object(struct transform_context *context, const struct node *object)
{
    const struct image_object *decoded = configuration_object_decode(context, &image_object_type, object);
    if (!decoded)
        return NULL;
    const struct image_entry *entry = decoded->image ? decoded->image : arena_new(context->arena, struct image_entry);
    return new_settings(context, entry, field_specs_from_entries(context, &decoded->specs));
}

struct image_run {
    struct transform_context *context;
    const struct image_entry *entry;
    bool literal;             // the name contains no metacharacters except dots
    struct pattern *pattern;  // otherwise; compiled when the first image is found
    bool matches_nothing;     // the name is not a valid expression
    struct buffer text;       // the new value, before it is compared with the old one
    size_t count;             // of images that matched
    const struct set_fields *fields;
};

// --- Matching. The expression is ^NAME(:TAG)?(@ALGORITHM:DIGEST)?$, where tag and digest consist of letters, digits,
// and `_.{}-`. In v5.8.1, the algorithm is always sha256.

#define TAG_EXPRESSION "[a-zA-Z0-9_.{}-]*"
#define ALGORITHM_EXPRESSION "[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*"

static bool is_literal(struct slice name)
{
    for (size_t i = 0; i < name.length; i++)
        if (strchr("\\*+?()[]{}|^$", name.data[i]))  // finds NUL as well
            return false;
    return true;
}

static size_t skip_tag(struct slice text, size_t at)
{
    while (at < text.length &&
           (byte_is_alphanumeric(text.data[at]) || (text.data[at] && strchr("_.{}-", text.data[at]))))
        at++;
    return at;
}

static size_t skip_word(struct slice text, size_t at)
{
    while (at < text.length && byte_is_alphanumeric(text.data[at]))
        at++;
    return at;
}

// Skips `@ALGORITHM:DIGEST` if there is a digest.
static size_t skip_digest(struct slice text, size_t at, enum release release)
{
    struct slice sha256 = slice_literal("@sha256:");
    if (slice_starts_with(slice_from_index(text, at), sha256))
        return skip_tag(text, at + sha256.length);
    if (release < RELEASE_V5_8_3 || at == text.length || text.data[at] != '@')
        return at;
    size_t word = at + 1, end = skip_word(text, word);
    while (end > word && end < text.length && strchr(".+_-", text.data[end]) && text.data[end]) {
        word = end + 1;
        end = skip_word(text, word);
    }
    return end > word && end < text.length && text.data[end] == ':' ? skip_tag(text, end + 1) : at;
}

static bool continues_character(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

// Matches the expression above for a literal name, in which only the dot is special: any character except a line break.
static bool matches_literal(struct slice name, struct slice image, enum release release)
{
    size_t at = 0;
    for (size_t i = 0; i < name.length; i++) {
        if (at == image.length)
            return false;
        if (name.data[i] != '.') {
            if (name.data[i] != image.data[at++])
                return false;
            continue;
        }
        if (image.data[at++] == '\n')
            return false;
        while (at < image.length && continues_character(image.data[at]))
            at++;
    }
    if (at < image.length && image.data[at] == ':')
        at = skip_tag(image, at + 1);
    return skip_digest(image, at, release) == image.length;
}

// v5.8.1 crashes when it compares an image with an invalid expression. Since v5.8.3, such an expression matches
// nothing. True: the build continues.
static bool diagnose_expression(struct transform_context *context, const struct text *name, struct slice error)
{
    struct slice own_error;
    if (!pattern_compile(context->arena, name->slice, &own_error))
        error = own_error;
    bool goes_on = context->diagnostics->release >= RELEASE_V5_8_3;
    if (goes_on)
        diagnose_warning(context->diagnostics, name->position,
                         "images: invalid regular expression '%.*s' matches nothing: %.*s", SLICE_ARGS(name->slice),
                         SLICE_ARGS(error));
    else
        diagnose(context->diagnostics, name->position, "images: invalid regular expression '%.*s': %.*s",
                 SLICE_ARGS(name->slice), SLICE_ARGS(error));
    diagnose_hint(context->diagnostics, "escape special characters with a backslash: 'a\\+b'");
    return goes_on;
}

static struct slice expression_of(struct transform_context *context, struct slice name)
{
    const char *algorithm = context->diagnostics->release >= RELEASE_V5_8_3 ? ALGORITHM_EXPRESSION : "sha256";
    return arena_format(context->arena, "^%.*s(:" TAG_EXPRESSION ")?(@%s:" TAG_EXPRESSION ")?$", SLICE_ARGS(name),
                        algorithm);
}

// False: diagnosed (the name is not a valid expression).
static bool matches(struct image_run *run, struct slice image, bool *matched)
{
    const struct text *name = &run->entry->name;
    *matched = false;
    if (run->literal) {
        *matched = matches_literal(name->slice, image, run->context->diagnostics->release);
        return true;
    }
    if (!run->pattern && !run->matches_nothing) {
        struct slice error;
        run->pattern = pattern_compile(run->context->arena, expression_of(run->context, name->slice), &error);
        run->matches_nothing = !run->pattern;
        if (!run->pattern && !diagnose_expression(run->context, name, error))
            return false;
    }
    *matched = run->pattern && pattern_matches(run->pattern, image);
    return true;
}

// --- Replacing.

struct image_parts {
    struct slice name, tag, digest;
};

// After the host, the first `@` starts the digest, and the first `:` before that starts the tag.
static struct image_parts split(struct slice image)
{
    size_t slash = slice_find_byte(image, '/');
    size_t from = slash == SLICE_NOT_FOUND ? 0 : slash;
    struct slice searched = slice_from_index(image, from);
    size_t at = slice_find_byte(searched, '@');
    size_t end = at == SLICE_NOT_FOUND ? image.length : from + at;
    size_t colon = slice_find_byte(slice_part(image, from, end), ':');
    size_t name_end = colon == SLICE_NOT_FOUND ? end : from + colon;
    struct image_parts parts = {.name = slice_part(image, 0, name_end)};
    if (colon != SLICE_NOT_FOUND)
        parts.tag = slice_part(image, name_end + 1, end);
    if (end < image.length)
        parts.digest = slice_from_index(image, end + 1);
    return parts;
}

static void add_text(struct buffer *out, const struct image_entry *entry, const struct image_parts *old)
{
    struct slice none = {0}, suffix = {0}, tag = old->tag, digest = old->digest;
    if (entry->new_tag.slice.length || entry->digest.slice.length) {
        tag = entry->new_tag.slice.length ? entry->new_tag.slice : none;
        digest = entry->digest.slice.length ? entry->digest.slice : none;
    } else if (entry->tag_suffix.slice.length) {
        suffix = entry->tag_suffix.slice;
        digest = none;
    }
    buffer_add_slice(out, entry->new_name.slice.length ? entry->new_name.slice : old->name);
    if (tag.length || suffix.length) {
        buffer_add_byte(out, ':');
        buffer_add_slice(out, tag);
        buffer_add_slice(out, suffix);
    }
    if (digest.length) {
        buffer_add_byte(out, '@');
        buffer_add_slice(out, digest);
    }
}

// The position of the part of the entry that changes the image. If there are several, the tag or digest is preferred,
// since those change most often. Line 0: the entry is empty.
static struct position position_of_change(const struct image_entry *entry, const struct image_parts *old)
{
    const struct text *tag = &entry->new_tag, *digest = &entry->digest, *name = &entry->new_name;
    bool sets = tag->slice.length || digest->slice.length;
    bool renames = name->slice.length && !slice_equal(name->slice, old->name);
    bool tags = sets && !slice_equal(tag->slice, old->tag);
    bool pins = sets && !slice_equal(digest->slice, old->digest);
    const struct text *none = &(struct text){0};
    // A tag that is removed is replaced by the digest, and the other way around.
    const struct text *changes[] = {tags ? tag : none,
                                    tags || pins ? digest : none,
                                    tags || pins ? tag : none,
                                    sets ? none : &entry->tag_suffix,
                                    renames ? name : none,
                                    tag,
                                    digest,
                                    name};
    for (size_t i = 0; i < countof(changes); i++)
        if (changes[i]->slice.length)
            return changes[i]->position;
    return (struct position){0};
}

// True if the image has its position from the entry, which means that the entry has already set it.
static bool is_set_by(const struct image_entry *entry, const struct node *image)
{
    const struct text *texts[] = {&entry->new_name, &entry->new_tag, &entry->digest, &entry->tag_suffix};
    for (size_t i = 0; i < countof(texts); i++)
        if (texts[i]->slice.length && texts[i]->position.file == image->position.file &&
            texts[i]->position.line == image->position.line && texts[i]->position.column == image->position.column)
            return true;
    return false;
}

static bool set_image(void *state, struct node **leaf)
{
    struct image_run *run = state;
    struct node *image = *leaf;
    if (!require_scalar(run->context, run->fields->spec, image, "an image"))
        return false;
    struct slice old = node_text(image);
    bool matched;
    if (!matches(run, old, &matched))
        return false;
    if (!matched)
        return true;
    struct image_parts parts = split(old);
    run->text.length = 0;
    add_text(&run->text, run->entry, &parts);
    struct slice text = buffer_slice(&run->text);
    bool is_same = slice_equal(text, old);
    scalar_set_untyped(image, is_same ? old : arena_copy(run->context->arena, text));
    struct position position = position_of_change(run->entry, &parts);
    // Field specs often name fields that the search has already found, so the entry may have set this image before.
    if (position.line && !(is_same && is_set_by(run->entry, image)))
        node_move(image, position);
    run->count++;
    if (run->context->matches)
        notify_match(run->context,
                     (struct match){.kind = MATCH_IMAGE, .position = image->position, .made = node_text(image)});
    return true;
}

// --- The search.

static bool search_container(struct image_run *run, struct node *container)
{
    if (node_is_null(container))
        return true;
    if (!node_is_map(container))
        return diagnose(run->context->diagnostics, container->position, "expected a map for a container, found %s",
                        node_kind_phrase(container));
    struct map_entry *image = node_map_find(container, NAME(image));
    return !image || set_image(run, &image->value);
}

static bool search(struct image_run *run, struct node *node)
{
    if (node->kind == NODE_SEQUENCE) {
        for (uint32_t i = 0; i < node->count; i++)
            if (node->items[i]->kind != NODE_SCALAR && !search(run, node->items[i]))
                return false;
        return true;
    }
    for (uint32_t i = 0; i < node->count; i++) {
        struct node *value = node->entries[i].value;
        if (value->kind == NODE_SCALAR)
            continue;
        if (!search(run, value))
            return false;
        const struct name *key = node->entries[i].key;
        if (value->kind != NODE_SEQUENCE || (key != NAME(containers) && key != NAME(initContainers)))
            continue;
        for (uint32_t k = 0; k < value->count; k++)
            if (!search_container(run, value->items[k]))
                return false;
    }
    return true;
}

struct image_work {
    const struct image_settings *settings;
    struct resource_map *resources;
};

static bool set_images_in(struct transform_context *context, const void *opaque, size_t first, size_t end)
{
    const struct image_work *work = opaque;
    const struct image_settings *settings = work->settings;
    struct image_run run = {
        .context = context, .entry = settings->entry, .literal = is_literal(settings->entry->name.slice)};
    // Images are replaced, never created.
    struct set_fields fields = set_fields_start(context, work->resources, settings->specs, FIELD_LEAF_ANY, set_image,
                                                &run);
    fields.walk.create = false;
    run.fields = &fields;
    bool done = true;
    for (size_t i = first; i < end && done; i++) {
        struct resource *resource = work->resources->items[i];
        if (resource->id.gvk.kind != NAME(CustomResourceDefinition))
            done = search(&run, resource->root) && set_fields_in(&fields, resource);
    }
    buffer_free(&run.text);
    const struct text *name = &settings->entry->name;
    if (context->matches)
        notify_match(context,
                     (struct match){.kind = MATCH_IMAGES,
                                    .position = name->position.line ? name->position : settings->entry->position,
                                    .resources = work->resources,
                                    .name = *name,
                                    .count = run.count});
    return done;
}

static bool apply(struct transform_context *context, const void *opaque, struct resource_map *resources)
{
    const struct image_settings *settings = opaque;
    struct image_work work = {settings, resources};
    return set_fields_parallel(context, settings->specs, resources->count, set_images_in, &work);
}

const struct transformer images_transformer = {
    .field = "images",
    .unit = TRANSFORMER_ENTRY,
    .shape = {"images", DECODE_LIST, 0, &image_entry_type, hint_entry},
    .kind = "ImageTagTransformer",
    .configure = configure,
    .configure_object = configure_object,
    .apply = apply,
};
