// check/image_rules.c
//
// Entries of `images`, and the images of containers.
#include "base/text_set.h"
#include "base/word_list.h"
#include "check/examples.h"
#include "check/image_name.h"
#include "check/objects.h"
#include "doc/template_marks.h"

// --- An entry that nothing uses.

struct image_names {
    struct judge *judge;
    struct slice wanted;        // the name that no image has
    struct slice of_container;  // the image of a container with this name
    struct slice same_base;     // an image that differs only before its last '/'
    struct text_set names;
};

static struct slice base_of(struct slice name)
{
    size_t slash = slice_find_last_byte(name, '/');
    return slash == SLICE_NOT_FOUND ? name : slice_from_index(name, slash + 1);
}

static void add_images(void *state, const struct node *spec)
{
    static const char *const lists[] = {"containers", "initContainers"};
    struct image_names *images = state;
    for (size_t i = 0; i < countof(lists); i++) {
        const struct node *list = judge_field(spec, lists[i]);
        for (uint32_t k = 0; node_is_sequence(list) && k < list->count; k++) {
            struct slice name = image_name(judge_text(list->items[k], "image"));
            if (!name.length)
                continue;
            text_set_add(&images->judge->arena, &images->names, name);
            if (slice_equal(judge_text(list->items[k], "name"), images->wanted))
                images->of_container = name;
            if (slice_equal(base_of(name), base_of(image_name(images->wanted))))
                images->same_base = name;
        }
    }
}

static void find_no_match(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_IMAGES)
        return;
    if (match->count) {
        judge_fits(judge, match->position);
        return;
    }
    if (!match->name.slice.length) {
        sighting_hint(judge,
                      judge_miss(judge, match->position, match->position,
                                 "this 'images' entry has no 'name', so it matches no image"),
                      "add `name:` with the image to change, without a tag");
        return;
    }
    struct image_names images = {.judge = judge, .wanted = match->name.slice};
    bool searches = judge_may_search(judge);
    for (size_t i = 0; searches && i < match->resources->count; i++)
        for_each_pod_spec(match->resources->items[i], add_images, &images);
    struct slice nearest = nearest_text(match->name.slice, images.names.items, images.names.count);
    struct sighting *sighting = judge_miss(judge, match->position, match->position,
                                           "no container uses the image '%.*s'", SLICE_ARGS(match->name.slice));
    if (images.same_base.length)
        sighting_hint(judge, sighting, "write the name as in the resource: '%.*s'", SLICE_ARGS(images.same_base));
    else if (images.of_container.length)
        sighting_hint(judge, sighting, "write the name of the image, '%.*s', not the name of the container",
                      SLICE_ARGS(images.of_container));
    else if (nearest.length)
        sighting_suggest(judge, sighting, nearest);
    else if (images.names.count)
        sighting_hint(judge, sighting, "%.*s",
                      SLICE_ARGS(word_list_fact(&judge->arena, "image", slice_literal(" in the resources"),
                                                images.names.items, images.names.count, HINT_NAMES_MAX)));
}

const struct rule image_no_match_rule = {
    .id = "image-no-match",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "no container uses an image that `images` names",
    .why = "The entry has no effect: the name is misspelled, or a base has already changed it.",
    .remedy = "write the name that the containers have in the build, or remove the entry",
    .found = "resources: [web.yaml]\n"
             "images: [{name: ngnix, newTag: '2'}]\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "images: [{name: nginx, newTag: '2'}]\n" EXAMPLE_WEB,
    .match = find_no_match,
};

// --- Contents of an entry.

static void find_tag_and_digest(struct judge *judge, const struct node *root)
{
    const struct node *images = judge_field(root, "images");
    for (uint32_t i = 0; node_is_sequence(images) && i < images->count; i++) {
        const struct node *tag = judge_field(images->items[i], "newTag");
        if (judge_text(images->items[i], "newTag").length && judge_text(images->items[i], "digest").length)
            sighting_hint(judge,
                          judge_find(judge, tag->position, "the image has both a tag and a digest: the digest wins"),
                          "remove `newTag`");
    }
}

const struct rule image_tag_and_digest_rule = {
    .id = "image-tag-and-digest",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "an entry of `images` sets both a tag and a digest",
    .why = "The digest decides which image runs, so the tag misleads people and tools that read or update it.",
    .remedy = "remove one of them",
    .found = "resources: [web.yaml]\n"
             "images: [{name: nginx, newTag: '2', digest: "
             "sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3}]\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "images: [{name: nginx, newTag: '2'}]\n" EXAMPLE_WEB,
    .kustomization = find_tag_and_digest,
};

static bool is_expression(struct slice name)
{
    for (size_t i = 0; i < name.length; i++)
        if (strchr("\\*+?()[]{}|^$", name.data[i]))
            return true;
    return false;
}

static void find_expression(struct judge *judge, const struct node *root)
{
    const struct node *images = judge_field(root, "images");
    for (uint32_t i = 0; node_is_sequence(images) && i < images->count; i++) {
        struct slice name = judge_text(images->items[i], "name");
        if (!is_expression(name) || text_is_template(name))  // the build warns of a template
            continue;
        struct sighting *sighting = judge_find(judge, judge_field(images->items[i], "name")->position,
                                               "the name '%.*s' contains regular expression operators",
                                               SLICE_ARGS(name));
        sighting_hint(judge, sighting, "add `# kiln: ignore image-name-expression: …` if this is intended");
    }
}

const struct rule image_name_expression_rule = {
    .id = "image-name-expression",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "the name of an image contains regular expression operators",
    .why = "kustomize treats every name as a regular expression, which its documentation doesn't mention: `app*` "
           "matches `ap`, but not `app-web`.",
    .remedy = "write an entry for each image",
    .found = "resources: [web.yaml]\n"
             "images: [{name: ngin.*, newTag: '2'}]\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "images: [{name: nginx, newTag: '2'}]\n" EXAMPLE_WEB,
    .kustomization = find_expression,
};

// --- References that no container runtime accepts.

static bool is_lower_or_digit(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

// Lower case and digits, with separators between them.
static bool is_path(struct slice path)
{
    bool after_word = false;
    for (size_t i = 0; i < path.length; i++) {
        bool word = is_lower_or_digit(path.data[i]);
        if (!word && (!after_word || !strchr("./_-", path.data[i])) && !(i && strchr("_-", path.data[i])))
            return false;
        after_word = word;
    }
    return after_word;
}

static bool is_tag(struct slice tag)
{
    enum { LENGTH_MAX = 128 };
    for (size_t i = 0; i < tag.length; i++) {
        char byte = tag.data[i];
        bool word = is_lower_or_digit(byte) || (byte >= 'A' && byte <= 'Z') || byte == '_';
        if (!word && !(i && (byte == '.' || byte == '-')))
            return false;
    }
    return tag.length && tag.length <= LENGTH_MAX;
}

static bool is_hash(struct slice hex)
{
    enum { HEX_MIN = 32 };
    for (size_t i = 0; i < hex.length; i++)
        if (!strchr("0123456789abcdef", hex.data[i]) || !hex.data[i])
            return false;
    return hex.length >= HEX_MIN;
}

static bool is_digest(struct slice digest)
{
    struct slice algorithm, hex;
    return slice_cut(digest, ':', &algorithm, &hex) && algorithm.length && is_hash(hex);
}

// A first part with a dot, a port, or the name `localhost` is a host, which may have upper case.
static struct slice without_host(struct slice name)
{
    struct slice host, path;
    bool is_host = slice_cut(name, '/', &host, &path) &&
                   (slice_find_byte(host, '.') != SLICE_NOT_FOUND || slice_find_byte(host, ':') != SLICE_NOT_FOUND ||
                    slice_equals(host, "localhost"));
    return is_host ? path : name;
}

static bool is_reference(struct slice image)
{
    struct slice name = image_name(image), rest = slice_from_index(image, name.length), tag = {0}, digest = {0};
    bool has_tag = rest.length && rest.data[0] == ':', has_digest;
    if (has_tag)
        has_digest = slice_cut(slice_from_index(rest, 1), '@', &tag, &digest);
    else if ((has_digest = rest.length > 0))
        digest = slice_from_index(rest, 1);
    return is_path(without_host(name)) && (!has_tag || is_tag(tag)) && (!has_digest || is_digest(digest));
}

// For a digest that is incomplete, or that follows a ':'.
static void hint_digest(struct judge *judge, struct sighting *sighting, struct slice rest, bool in_entry)
{
    size_t at = slice_find_byte(rest, '@');
    struct slice digest = slice_from_index(rest, at + 1), algorithm, hex;
    if (!slice_cut(digest, ':', &algorithm, &hex))
        hex = digest;
    if (!is_hash(hex))
        sighting_hint(judge, sighting, "write `sha256:` and the 64 hexadecimal digits of the digest");
    else if (at == 1 && in_entry)
        sighting_hint(judge, sighting, "write it as `digest`, without the '@', not as `newTag`");
    else if (at == 1)
        sighting_hint(judge, sighting, "remove the ':' before '@'");
}

// For a path that is only wrong because it has capitals, which a host may have.
static void hint_lowercase(struct judge *judge, struct sighting *sighting, struct slice name)
{
    struct slice lower = arena_copy(&judge->arena, name), path = without_host(lower);
    for (char *at = (char *)path.data, *end = at + path.length; at < end; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at += 'a' - 'A';
    if (!slice_equal(lower, name) && is_path(path))
        sighting_hint(judge, sighting, "write the name in lowercase: '%.*s'", SLICE_ARGS(lower));
}

// `in_entry`: an entry of `images` made the reference.
static struct sighting *judge_reference(struct judge *judge, struct position position, struct slice image,
                                        bool in_entry)
{
    if (!image.length || is_placeholder(image) || is_reference(image))
        return NULL;
    struct sighting *sighting = judge_find(judge, position, "'%.*s' is not a valid image reference", SLICE_ARGS(image));
    struct slice rest = slice_from_index(image, image_name(image).length), tag, more;
    if (slice_starts_with(image, slice_literal("http://")) || slice_starts_with(image, slice_literal("https://")))
        sighting_hint(judge, sighting, "remove `%.*s`",
                      SLICE_ARGS(slice_part(image, 0, slice_find_byte(image, '/') + 2)));
    else if (slice_find_byte(image, '#') != SLICE_NOT_FOUND)
        sighting_hint(judge, sighting, "write a space before '#' if it starts a comment");
    else if (rest.length && rest.data[0] == '@' && is_hash(slice_from_index(rest, 1)))
        sighting_hint(judge, sighting, "write `sha256:` before the digest");
    else if (rest.length > 1 && rest.data[0] == ':' && is_tag(slice_from_index(rest, 2)) && strchr(":@", rest.data[1]))
        sighting_hint(judge, sighting, "remove the '%c' at the start of the tag", rest.data[1]);
    else if (slice_starts_with(rest, slice_literal(":sha256:")))
        sighting_hint(judge, sighting,
                      in_entry ? "write it as `digest`, not as `newTag`"
                               : "write '@' instead of ':' before the digest");
    else if (slice_find_byte(image, '$') != SLICE_NOT_FOUND)
        sighting_hint(
            judge, sighting,
            "write the value instead of the variable: neither kustomize nor Kubernetes expands variables here");
    else if (slice_find_byte(rest, '@') != SLICE_NOT_FOUND)
        hint_digest(judge, sighting, rest, in_entry);
    else if (in_entry && rest.length && slice_cut(slice_from_index(rest, 1), ':', &tag, &more))
        sighting_hint(judge, sighting, "write the tag as `newTag: \"%.*s\"`, not in `newName`", SLICE_ARGS(tag));
    else if (slice_equals(rest, ":"))
        sighting_hint(judge, sighting, "write a tag after the ':', or remove it");
    else if (rest.length && slice_cut(slice_from_index(rest, 1), ':', &tag, &more))
        sighting_hint(judge, sighting, "use only one tag: a tag cannot contain ':'");
    else
        hint_lowercase(judge, sighting, image_name(image));
    return sighting;
}

// Names that other tools replace: `ko://example.com/web`, `IMAGE_NAME:TAG`.
static bool is_for_other_tools(struct slice image)
{
    struct slice name = image_name(image);
    bool has_lower = false;
    for (size_t i = 0; i < name.length; i++)
        has_lower |= name.data[i] >= 'a' && name.data[i] <= 'z';
    return !has_lower || slice_starts_with(image, slice_literal("ko://"));
}

// What a root offers if it replaces an image of another root.
static struct slice replaced_image(struct judge *judge, struct slice name)
{
    return arena_format(&judge->arena, "Image/%.*s", SLICE_ARGS(name));
}

static void find_invalid(struct judge *judge, const struct match *match)
{
    if (match->kind == MATCH_IMAGE)
        judge_reference(judge, match->position, match->made, true);
    if (match->kind == MATCH_IMAGES && match->count && judge_has_others(judge))
        judge_offer(judge, replaced_image(judge, match->name.slice));
}

struct container_search {
    struct judge *judge;
    const struct resource *resource;
};

static void judge_container(void *state, const struct node *container, const struct field_trail *trail)
{
    const struct container_search *search = state;
    const struct node *image = field_get(container, "image");
    // If an entry of `images` set it, find_invalid has already judged it.
    if (!image || !is_text_node(image) || node_read_from(image) != image->position.file ||
        is_for_other_tools(node_text(image)))
        return;
    struct sighting *sighting = judge_reference(search->judge, object_place(search->resource, image), node_text(image),
                                                false);
    sighting_about(search->judge, sighting, search->resource,
                   sighting ? trail_text(search->judge, trail, "image") : NULL);
    sighting_needs(search->judge, sighting, replaced_image(search->judge, image_name(node_text(image))));
}

static void find_invalid_in_objects(struct judge *judge)
{
    const struct objects *objects = judge_objects(judge);
    for (size_t i = 0; i < objects->pods.count; i++) {
        struct container_search search = {judge, objects->pods.items[i].resource};
        for_each_container(&objects->pods.items[i], judge_container, &search);
    }
}

const struct rule image_invalid_rule = {
    .id = "image-invalid",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "an image reference is invalid",
    .why = "The API server accepts the resource, but the Pod stays in InvalidImageName.",
    .remedy = "write a name in lower case, a tag of at most 128 letters, digits, and `._-`, or a complete digest",
    .found = "resources: [web.yaml]\n"
             "images: [{name: nginx, newName: Example/Web}]\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "images: [{name: nginx, newName: 'Registry.example.com:5000/team/web', newTag: v1.2_x}]\n" EXAMPLE_WEB,
    .match = find_invalid,
    .stream = find_invalid_in_objects,
};
