#include "generators/object.h"

#include "base/ascii.h"
#include "base/base64.h"
#include "base/secrets.h"
#include "base/utf8.h"
#include "base/word_filter.h"
#include "doc/scalar.h"
#include "load/path.h"
#include "schema/well_known_names.h"

static const struct decode_field generator_options_fields[] = {
    {"labels", DECODE_TEXT_MAP, offsetof(struct generator_options, labels), NULL},
    {"annotations", DECODE_TEXT_MAP, offsetof(struct generator_options, annotations), NULL},
    {"disableNameSuffixHash", DECODE_BOOL, offsetof(struct generator_options, disable_name_suffix_hash), NULL},
    {"immutable", DECODE_BOOL, offsetof(struct generator_options, immutable), NULL},
};
const struct decode_type generator_options_type = DECODE_TYPE("generator options", struct generator_options,
                                                              generator_options_fields);

static bool hint_literal(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    if (found->kind != NODE_MAP)
        return false;
    // With '=' in its key, the map comes from a ': ' inside the value.
    bool has_equals = found->count && slice_find_byte(found->entries[0].key->text, '=') != SLICE_NOT_FOUND;
    diagnose_hint(diagnostics, "%s",
                  !is_item     ? "write '- ' before each pair, and '=' instead of ': ', as in `- KEY=VALUE`"
                  : has_equals ? "quote the whole item, because ': ' turns it into a map: `- 'KEY=a: b'`"
                               : "write '=' instead of ': ', as in `- KEY=VALUE`");
    return true;
}

static bool hint_file(struct diagnostics *diagnostics, const struct node *found, bool is_item)
{
    if (found->kind != NODE_MAP)
        return false;
    diagnose_hint(diagnostics, is_item ? "write `- KEY=FILE`, with '=' and no spaces"
                                       : "write '- ' before each pair, and '=' instead of ': ', as in `- KEY=FILE`");
    return true;
}

// clang-format off
#define ENTRY_FIELDS                                                                                   \
    {"name", DECODE_TEXT, offsetof(struct generator_entry, name), NULL},                               \
    {"namespace", DECODE_TEXT, offsetof(struct generator_entry, namespace), NULL},                     \
    {"behavior", DECODE_TEXT, offsetof(struct generator_entry, behavior), NULL},                       \
    {"literals", DECODE_TEXT_LIST, offsetof(struct generator_entry, literals), NULL, hint_literal,     \
     .mistaken_for = "data stringData literal from-literal fromLiteral"},                              \
    {"files", DECODE_TEXT_LIST, offsetof(struct generator_entry, files), NULL, hint_file,              \
     .mistaken_for = "file binaryData from-file fromFile"},                                            \
    {"envs", DECODE_TEXT_LIST, offsetof(struct generator_entry, envs), NULL,                           \
     .mistaken_for = "envFile envFiles envFrom from-env-file"},                                        \
    {"env", DECODE_TEXT, offsetof(struct generator_entry, env), NULL},                                 \
    {"options", DECODE_STRUCT, offsetof(struct generator_entry, options), &generator_options_type}
// clang-format on

static const struct decode_field config_map_entry_fields[] = {ENTRY_FIELDS};
const struct decode_type config_map_entry_type = DECODE_TYPE("configMapGenerator entry", struct generator_entry,
                                                             config_map_entry_fields);

static const struct decode_field secret_entry_fields[] = {
    ENTRY_FIELDS,
    {"type", DECODE_TEXT, offsetof(struct generator_entry, type), NULL},
};
const struct decode_type secret_entry_type = DECODE_TYPE("secretGenerator entry", struct generator_entry,
                                                         secret_entry_fields);

static bool check_name(struct generate_context *context, const struct generator_entry *entry)
{
    if (entry->name.slice.length)
        return true;
    diagnose(context->diagnostics, entry->position, "the generator entry has no 'name'");
    diagnose_hint(context->diagnostics, "add the name of the resource to make, such as `name: my-config`");
    return false;
}

const struct generator_entry *generator_entry_decode(struct generate_context *context, const struct decode_type *type,
                                                     const struct node *node)
{
    struct generator_entry *entry = decode_strict(context->arena, context->diagnostics, type, node);
    return entry && check_name(context, entry) ? entry : NULL;
}

const struct generator_entry *generator_object_decode(struct generate_context *context, const struct decode_type *type,
                                                      const struct node *object)
{
    struct generator_entry *entry = decode_configuration(context->arena, context->diagnostics, type, object);
    if (!entry)
        return NULL;
    const struct node *metadata = node_map_get(object, NAME(metadata));
    const struct node *name = node_map_get(metadata, NAME(name));
    const struct node *namespace = node_map_get(metadata, NAME(namespace));
    if (!entry->name.slice.length && node_is_scalar(name))
        entry->name = (struct text){node_text(name), name->position};
    if (!entry->namespace.slice.length && node_is_scalar(namespace) && !node_is_null(namespace))
        entry->namespace = (struct text){node_text(namespace), namespace->position};
    entry->env = (struct text){0};  // objects don't have this older field
    return check_name(context, entry) ? entry : NULL;
}

static void add_pair(struct generate_context *context, struct key_values *pairs, struct slice key, struct slice value,
                     struct position position, struct position entry_position)
{
    struct key_value pair = {key, value, position, entry_position};
    list_append(context->arena, pairs, pair);
}

// --- envs

// Skips leading white space as Unicode defines it.
static struct slice skip_white_space(struct slice line)
{
    static const char *const wide[] = {"\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
                                       "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
                                       "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
                                       "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
    for (;;) {
        struct slice before = line;
        while (line.length && (line.data[0] == ' ' || (line.data[0] >= '\t' && line.data[0] <= '\r')))
            line = slice_from_index(line, 1);
        for (size_t i = 0; i < countof(wide); i++)
            if (slice_starts_with(line, slice_from(wide[i])))
                line = slice_from_index(line, strlen(wide[i]));
        if (line.length == before.length)
            return line;
    }
}

// Warns once about a file that is JSON. The line may be a secret.
static void warn_of_json(struct generate_context *context, struct slice line, struct position position,
                         unsigned *warnings)
{
    if (*warnings || !strchr("{[\"", line.data[0]))
        return;
    ++*warnings;
    diagnose_warning(context->diagnostics, position, "expected KEY=VALUE, found '%c'", line.data[0]);
    diagnose_about(context->diagnostics, "generator-key-invalid");
    diagnose_hint(context->diagnostics,
                  "write KEY=VALUE on each line; to keep the whole file as one value, list it under `files`");
}

// Warns about `PORT: 80`: without a '=', the line is a key without a value, and no API server accepts such a key. The
// line may be a secret. Only the first few such lines of a file get a warning.
static void warn_of_colon(struct generate_context *context, struct slice line, struct position position,
                          unsigned *warnings)
{
    enum { WARNINGS_MAX = 20 };
    struct slice name, rest;
    if (!slice_cut(line, ':', &name, &rest))
        return;
    name = slice_trim(name, " \t");
    for (size_t i = 0; i < name.length; i++)
        if (!byte_is_path(name.data[i]))
            return;
    if (++*warnings > WARNINGS_MAX)
        return;
    diagnose_warning(context->diagnostics, position, "expected KEY=VALUE, found ':' instead of '='");
    diagnose_about(context->diagnostics, "generator-key-invalid");
    diagnose_hint(context->diagnostics, "write '=' between the key and the value, not ':', without spaces around it");
}

// Hides the password in `DB_PASSWORD: x` and `DB_PASSWORD x`. Without '=', the whole line is a key, which messages
// name.
static void hide_password(struct generate_context *context, struct slice line)
{
    static const char around[] = " \t\"'-:,{}";
    struct slice rest = slice_trim(line, around);
    size_t end = 0;
    while (end < rest.length && !strchr(" \t:", rest.data[end]))
        end++;
    if (is_secret_name(slice_trim(slice_part(rest, 0, end), around)))
        secrets_declare_value(context->diagnostics->sources, slice_trim(slice_from_index(rest, end), around));
}

// True for `LOG_LEVEL=debug`, which is a pair and not a path.
static bool is_pair(struct slice text)
{
    struct slice key, value;
    return slice_cut(text, '=', &key, &value) && slice_consists_of(key, byte_is_data_key);
}

// For an entry of `envs` that can't be read. A pair may be a secret, so the hint doesn't repeat it.
static void hint_env_pair(struct generate_context *context, struct text written)
{
    struct slice key, path;
    if (!written.position.line || !is_pair(written.slice) || file_loader_exists(context->files, written.slice))
        return;
    slice_cut(written.slice, '=', &key, &path);
    if (path.length && file_loader_exists(context->files, path))
        diagnose_hint(context->diagnostics, "write only the path of the file, without '%.*s='", SLICE_ARGS(key));
    else
        diagnose_hint(context->diagnostics,
                      "list KEY=VALUE pairs under `literals`: `envs` is for files with such pairs");
}

static bool collect_env_file(struct generate_context *context, struct text path, struct key_values *pairs)
{
    // kustomize silently stops at a line that is longer than its scanner's buffer.
    enum { LINE_LENGTH_MAX = 65535 };
    const struct source *source = file_loader_read(context->files, path);
    if (!source) {
        hint_env_pair(context, path);
        return false;
    }
    sources_hide(context->diagnostics->sources, source, pairs->secret);
    struct slice rest = source->content;
    unsigned warnings = 0;
    for (uint32_t number = 1; rest.length; number++) {
        struct slice line;
        slice_cut(rest, '\n', &line, &rest);
        if (line.length > LINE_LENGTH_MAX) {
            diagnose_warning(
                context->diagnostics, source_position(source, number, 1),
                "this line is longer than %d bytes: like kustomize, the build ignores the file from here on",
                LINE_LENGTH_MAX);
            break;
        }
        if (line.length && line.data[line.length - 1] == '\r')
            line.length--;
        struct position position = source_position(source, number, 1);
        if (!text_is_utf8(line)) {
            diagnose(context->diagnostics, position, "the line is not valid UTF-8");
            diagnose_hint(context->diagnostics, "save the file as UTF-8; if it is binary, list it under `files`");
            return false;
        }
        if (number == 1 && slice_starts_with(line, slice_literal("\xEF\xBB\xBF")))
            line = slice_from_index(line, 3);
        line = skip_white_space(line);
        if (!line.length || line.data[0] == '#')
            continue;
        struct slice key, value;
        if (!slice_cut(line, '=', &key, &value)) {
            hide_password(context, line);
            warn_of_json(context, line, position, &warnings);
            warn_of_colon(context, line, position, &warnings);
        }
        if (key.length)
            add_pair(context, pairs, key, value, position, position);
    }
    return true;
}

// --- literals

static bool collect_literal(struct generate_context *context, struct text literal, struct key_values *pairs)
{
    struct slice key, value;
    if (!slice_cut(literal.slice, '=', &key, &value) || !key.length) {
        // Don't print the literal, which may be a password.
        diagnose(context->diagnostics, literal.position, "expected KEY=VALUE for a literal, found no %s",
                 slice_find_byte(literal.slice, '=') == SLICE_NOT_FOUND ? "'='" : "key before '='");
        if (slice_find_byte(literal.slice, ':') != SLICE_NOT_FOUND)
            diagnose_hint(context->diagnostics,
                          "write '=' between the key and the value, not ':', without spaces around it");
        else if (literal.position.line && slice_ends_with(literal.slice, slice_literal(".env")))
            diagnose_hint(context->diagnostics, "write `- KEY=VALUE`; to read pairs from a file, use `envs`");
        else if (literal.position.line)
            diagnose_hint(context->diagnostics, "write `- KEY=VALUE`; to read the value from a file, use `files`");
        else
            diagnose_hint(context->diagnostics, "write KEY=VALUE; to read the value from a file, use --from-file");
        return false;
    }
    if (value.length >= 2 && (value.data[0] == '"' || value.data[0] == '\'') &&
        value.data[value.length - 1] == value.data[0])
        value = slice_part(value, 1, value.length - 1);
    add_pair(context, pairs, key, value, literal.position, literal.position);
    return true;
}

// --- files

// For `LOG_LEVEL=debug` under `files`, where no file has a similar name.
static void hint_file_pair(struct generate_context *context, struct text file, struct slice path)
{
    const struct diagnostics *diagnostics = context->diagnostics;
    bool is_word = slice_find_byte(path, '.') == SLICE_NOT_FOUND && slice_find_byte(path, '/') == SLICE_NOT_FOUND;
    if (!file.position.line || !is_word || !is_pair(file.slice) ||
        !diagnostics_caused_by(diagnostics, CAUSE_MISSING_FILE))
        return;
    diagnose_hint(context->diagnostics,
                  "create the file; if the part after '=' is the value itself, list the pair under `literals`");
}

static bool collect_file(struct generate_context *context, struct text file, struct key_values *pairs)
{
    struct slice key, path;
    if (slice_cut(file.slice, '=', &key, &path)) {
        if (slice_find_byte(path, '=') != SLICE_NOT_FOUND)
            return diagnose(context->diagnostics, file.position,
                            "'%.*s' has more than one '=', but neither a key nor a path can contain one",
                            SLICE_ARGS(file.slice));
        if (!key.length)
            return diagnose(context->diagnostics, file.position, "'%.*s' has no key before the '='",
                            SLICE_ARGS(file.slice));
        if (!path.length)
            return diagnose(context->diagnostics, file.position, "'%.*s' has no path after the '='",
                            SLICE_ARGS(file.slice));
    } else {
        path = file.slice;
        key = path_base(path);
    }
    const struct source *source = file_loader_read(context->files, (struct text){path, file.position});
    if (!source) {
        if (!file_loader_exists(context->files, path) && path.data != file.slice.data &&
            file_loader_exists(context->files, key))
            diagnose_hint(context->diagnostics, "write the key first, then the file: `- %.*s=%.*s`", SLICE_ARGS(path),
                          SLICE_ARGS(key));
        else
            hint_file_pair(context, file, path);
        return false;
    }
    sources_hide(context->diagnostics->sources, source, pairs->secret);
    add_pair(context, pairs, key, source->content, source_position(source, 1, 1), file.position);
    return true;
}

static bool check_keys(struct generate_context *context, const struct generator_entry *entry,
                       const struct key_values *pairs)
{
    struct hash_index by_key = {0};
    for (size_t i = 0; i < pairs->count; i++) {
        struct slice key = pairs->items[i].key;
        uint64_t hash = slice_hash(key);
        uint32_t number;
        for (struct hash_cursor at = hash_index_find(&by_key, hash); hash_cursor_next(&at, &number);) {
            if (!slice_equal(pairs->items[number].key, key))
                continue;
            struct slice first = position_text(context->diagnostics->sources, context->arena,
                                               pairs->items[number].entry_position);
            diagnose(context->diagnostics, pairs->items[i].entry_position,
                     "duplicate key '%.*s' in '%.*s': it is already set at %.*s", SLICE_ARGS(key),
                     SLICE_ARGS(entry->name.slice), SLICE_ARGS(first));
            diagnose_hint(context->diagnostics, "remove one of them");
            return false;
        }
        hash_index_add(context->arena, &by_key, hash, (uint32_t)i);
    }
    return true;
}

static bool collect_all(struct generate_context *context, const struct text_list *list,
                        bool collect(struct generate_context *, struct text, struct key_values *),
                        struct key_values *pairs)
{
    bool good = true;
    for (size_t i = 0; i < list->count && (good || diagnostics_may_continue(context->diagnostics)); i++)
        good &= collect(context, list->items[i], pairs);
    return good;
}

bool generator_collect(struct generate_context *context, const struct generator_entry *entry, struct key_values *pairs)
{
    const struct text_list env = {.items = (struct text *)&entry->env, .count = entry->env.slice.length > 0};
    const struct {
        const struct text_list *list;
        bool (*collect)(struct generate_context *, struct text, struct key_values *);
    } sources[] = {{&entry->envs, collect_env_file},
                   {&env, collect_env_file},
                   {&entry->literals, collect_literal},
                   {&entry->files, collect_file}};
    bool good = true;
    for (size_t i = 0; i < countof(sources) && (good || diagnostics_may_continue(context->diagnostics)); i++)
        good &= collect_all(context, sources[i].list, sources[i].collect, pairs);
    return good && check_keys(context, entry, pairs);
}

// --- The object.

static void set_string(struct generate_context *context, struct node *map, const struct name *key, struct text text)
{
    struct position position = text.position.line ? text.position : map->position;
    node_map_set(context->arena, map, key, node_new_string(context->arena, text.slice, position));
}

// kustomize writes the keys without quotes, and keeps the style of the values. That affects the hash of an object whose
// kind has changed.
static void set_texts(struct generate_context *context, struct node *map, const struct text_map *texts,
                      enum node_style style)
{
    for (size_t i = 0; i < texts->count; i++) {
        const struct name *key = name_intern(context->names, texts->items[i].key.slice);
        set_string(context, map, key, texts->items[i].value);
        node_map_find(map, key)->key_tag = scalar_unquoted_key_tag(key->text);
        node_map_get(map, key)->style = (uint8_t)style;
    }
}

static void set_metadata_map(struct generate_context *context, struct node *metadata, const struct name *field,
                             const struct text_map *common, const struct text_map *own)
{
    if ((!common || !common->count) && (!own || !own->count))
        return;
    struct node *map = node_new_map(context->arena, metadata->position);
    enum node_style style = field == NAME(labels) ? STYLE_SINGLE_QUOTED : STYLE_PLAIN;
    if (common)
        set_texts(context, map, common, style);
    if (own)
        set_texts(context, map, own, style);
    node_map_set(context->arena, metadata, field, map);
}

static enum generator_behavior behavior_of(struct slice text)
{
    // As in kustomize, any other word means "unspecified".
    return slice_equals(text, "create")    ? BEHAVIOR_CREATE
           : slice_equals(text, "merge")   ? BEHAVIOR_MERGE
           : slice_equals(text, "replace") ? BEHAVIOR_REPLACE
                                           : BEHAVIOR_UNSPECIFIED;
}

static void warn_of_behavior(struct diagnostics *diagnostics, struct text behavior)
{
    static const struct slice known[] = {{"create", 6}, {"merge", 5}, {"replace", 7}};
    char lower[16] = {0};
    size_t length = behavior.slice.length < sizeof lower ? behavior.slice.length : sizeof lower;
    for (size_t i = 0; i < length; i++)
        lower[i] = lower_case(behavior.slice.data[i]);
    struct slice nearest = nearest_text((struct slice){lower, length}, known, countof(known));
    diagnose_warning(diagnostics, behavior.position,
                     "unknown behavior '%.*s' has no effect: expected create, replace, or merge",
                     SLICE_ARGS(behavior.slice));
    if (nearest.length)
        diagnose_hint(diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
    diagnose_cause(diagnostics, slice_equals(nearest, "create") ? CAUSE_LIKE_CREATE : CAUSE_UNKNOWN_BEHAVIOR);
}

struct resource *generator_object(struct generate_context *context, const struct generator_entry *entry,
                                  const struct name *kind)
{
    const struct generator_options *common = context->options, *own = entry->options;
    struct node *root = node_new_map(context->arena, entry->position);
    struct node *metadata = node_new_map(context->arena, entry->position);
    set_string(context, root, NAME(apiVersion), (struct text){.slice = slice_literal("v1")});
    set_string(context, root, NAME(kind), (struct text){.slice = kind->text});
    node_map_set(context->arena, root, NAME(metadata), metadata);
    set_string(context, metadata, NAME(name), entry->name);
    if (entry->namespace.slice.length)
        set_string(context, metadata, NAME(namespace), entry->namespace);
    set_metadata_map(context, metadata, NAME(labels), common ? &common->labels : NULL, own ? &own->labels : NULL);
    set_metadata_map(context, metadata, NAME(annotations), common ? &common->annotations : NULL,
                     own ? &own->annotations : NULL);
    if ((common && common->immutable) || (own && own->immutable))
        node_map_set(context->arena, root, NAME(immutable),
                     node_new_scalar(context->arena, slice_literal("true"), STYLE_PLAIN, TAG_BOOL, entry->position));
    struct resource *resource = resource_new(context->resources, root);
    if (!resource)
        return NULL;
    resource_require_annotations(context->resources, resource);
    resource->needs_hash = !(common && common->disable_name_suffix_hash) && !(own && own->disable_name_suffix_hash);
    resource->generated = true;
    resource->generated_annotations = node_map_get(metadata, NAME(annotations))->count;
    resource->behavior = (uint8_t)behavior_of(entry->behavior.slice);
    if (resource->behavior == BEHAVIOR_UNSPECIFIED && entry->behavior.slice.length &&
        !slice_equals(entry->behavior.slice, "unspecified"))
        warn_of_behavior(context->diagnostics, entry->behavior);
    return resource;
}

void generator_set_data(struct generate_context *context, struct node *data, const struct key_value *pair,
                        struct slice value)
{
    struct node *node = node_new_string(context->arena, value, pair->entry_position);
    if (pair->position.file != pair->entry_position.file)
        node_move(node, pair->position);
    node_map_append(context->arena, data,
                    (struct map_entry){.key = name_intern(context->names, pair->key),
                                       .value = node,
                                       .key_line = pair->entry_position.line,
                                       .key_column = pair->entry_position.column & 0xFFFFFF,
                                       .key_tag = scalar_unquoted_key_tag(pair->key)});
}

struct slice generator_base64(struct arena *arena, struct slice bytes)
{
    enum { LINE = 70 };
    struct slice text = base64_encode(arena, bytes);
    if (text.length < LINE)
        return text;
    char *lines = arena_allocate(arena, text.length + text.length / LINE + 2, 1);
    size_t out = 0;
    for (size_t at = 0; at < text.length; at += LINE) {
        size_t part = text.length - at < LINE ? text.length - at : LINE;
        memcpy(lines + out, text.data + at, part);
        out += part;
        lines[out++] = '\n';
    }
    return (struct slice){lines, out};
}
