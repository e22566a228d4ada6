// doc/decode.c
//
// The path to the current value is a chain of steps on the stack. It becomes a string only for a message:
// `images[2].newTag must be a string, found the number 1.10`.
#include "doc/decode.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/hash_index.h"
#include "doc/text_traits.h"
#include "doc/yaml11.h"

enum step_kind {
    STEP_ROOT,  // the root: part of the path only if nothing follows
    STEP_FIELD,
    STEP_INDEX,
    STEP_KEY,  // in a string map
};

struct step {
    const struct step *parent;
    enum step_kind kind;
    struct slice name;
    size_t index;
    const struct decode_type *owner;   // of a field: the type that has it
    const struct decode_field *field;  // its row
};

// --- Messages.

static struct slice path_text(struct arena *arena, const struct step *step)
{
    if (!step->parent)
        return step->name;
    bool first = step->parent->kind == STEP_ROOT;
    struct slice before = first && step->kind != STEP_INDEX ? (struct slice){0} : path_text(arena, step->parent);
    if (step->kind == STEP_INDEX)
        return arena_format(arena, "%.*s[%zu]", SLICE_ARGS(before), step->index);
    return arena_format(arena, "%.*s%s%.*s", SLICE_ARGS(before), before.length ? "." : "", SLICE_ARGS(step->name));
}

static bool resolve(const struct decode_context *context, const struct node *scalar, struct scalar_value *value)
{
    return context->ignore_unknown ? resource_resolve(scalar, value) : yaml11_resolve(scalar, value);
}

enum { SHOWN_MAX = 40 };

static struct slice found_text(const struct decode_context *context, const struct node *node)
{
    struct scalar_value value;
    if (node_is_null(node))
        return slice_literal("nothing");
    if (node->kind != NODE_SCALAR)
        return node->kind == NODE_MAP ? slice_literal("a map") : slice_literal("a list");
    if (!resolve(context, node, &value))
        return slice_literal("a value that does not match its tag");
    struct slice text = node_text(node);
    struct slice line = slice_part(text, 0, slice_find_byte(text, '\n'));
    if (line.length > SHOWN_MAX)
        line.length = SHOWN_MAX;
    const char *rest = line.length < text.length ? "…" : "";
    switch (value.type) {
    case SCALAR_BOOL:
        return arena_format(context->arena, "the boolean %.*s", SLICE_ARGS(text));
    case SCALAR_INT:
    case SCALAR_UINT:
    case SCALAR_FLOAT:
        return arena_format(context->arena, "the number %.*s%s", SLICE_ARGS(line), rest);
    default:
        return arena_format(context->arena, "the string '%.*s%s'", SLICE_ARGS(line), rest);
    }
}

// Always returns false.
static bool diagnose_type(struct decode_context *context, const struct step *step, const struct node *node,
                          const char *wanted)
{
    return diagnose(context->diagnostics, node->position, "expected %s for '%.*s', found %.*s", wanted,
                    SLICE_ARGS(path_text(context->arena, step)), SLICE_ARGS(found_text(context, node)));
}

// How a step is written in the file, for a hint: `newTag: ` or `- `.
static struct slice written_before(struct arena *arena, const struct step *step)
{
    if (step->kind == STEP_INDEX)
        return slice_literal("- ");
    // The key of a label or annotation may be one that needs quotes.
    return arena_format(arena, scalar_needs_quotes(step->name) ? "\"%.*s\": " : "%.*s: ", SLICE_ARGS(step->name));
}

// The row that describes the value of a step; for an item, that of its list.
static const struct decode_field *row_of(const struct step *step)
{
    return step->kind == STEP_INDEX ? step->parent->field : step->field;
}

// The row's own hint.
static bool hint_row(struct decode_context *context, const struct step *step, const struct node *node)
{
    const struct decode_field *row = row_of(step);
    return row && row->hint && row->hint(context->diagnostics, node, step->kind == STEP_INDEX);
}

// The field for a string that is given instead of a map: its path or name, or its only string.
static const struct decode_field *field_for_string(const struct decode_type *type)
{
    static const char *const first[] = {"path", "name"};
    const struct decode_field *only = NULL;
    size_t count = 0;
    for (size_t k = 0; k < countof(first); k++)
        for (size_t i = 0; i < type->field_count; i++)
            if (strcmp(type->fields[i].name, first[k]) == 0)
                return &type->fields[i];
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].kind == DECODE_TEXT) {
            only = &type->fields[i];
            count++;
        }
    return count == 1 ? only : NULL;
}

bool decode_is_short(const struct node *node)
{
    return node->kind == NODE_SCALAR && node->count && node->count <= SHOWN_MAX &&
           slice_find_byte(node_text(node), '\n') == SLICE_NOT_FOUND;
}

// Hints at the field to use if a string is given instead of a map, or of a list of maps: `- path: patch.yaml` for
// `- patch.yaml`.
static bool hint_entry(struct decode_context *context, const struct step *step, const struct decode_type *type,
                       const struct node *node, bool is_entry)
{
    const struct decode_field *field = decode_is_short(node) ? field_for_string(type) : NULL;
    if (!field)
        return false;
    struct slice text = node_text(node);
    if (step->kind == STEP_INDEX)
        diagnose_hint(context->diagnostics, "write `- %s: %.*s`", field->name, SLICE_ARGS(text));
    else
        diagnose_hint(context->diagnostics, "write `%s%s: %.*s` below `%.*s:`%s", is_entry ? "- " : "", field->name,
                      SLICE_ARGS(text), SLICE_ARGS(step->name), is_entry ? "" : ", indented further");
    return true;
}

static bool diagnose_not_string(struct decode_context *context, const struct step *step, const struct node *node)
{
    diagnose_type(context, step, node, "a string");
    if (node->kind == NODE_SCALAR && node->count <= SHOWN_MAX)
        diagnose_hint(context->diagnostics, "quote it: `%.*s\"%.*s\"`",
                      SLICE_ARGS(written_before(context->arena, step)), SLICE_ARGS(node_text(node)));
    if (node->kind == NODE_SCALAR || hint_row(context, step, node))
        return false;
    if (step->kind == STEP_INDEX && node->kind == NODE_SEQUENCE && node->style != STYLE_FLOW)
        diagnose_hint(context->diagnostics, "write only one '- ' before each item");
    else if (step->kind == STEP_INDEX)
        diagnose_hint(context->diagnostics, "write one string after '- ', without brackets");
    else
        diagnose_hint(context->diagnostics, "write one string after `%.*s:`, without brackets or '- '",
                      SLICE_ARGS(step->name));
    return false;
}

// For a number or boolean in quotes.
static void hint_no_quotes(struct decode_context *context, const struct step *step, const struct node *node,
                           bool number)
{
    if (node->kind != NODE_SCALAR || node->tag != TAG_STRING || node->count > SHOWN_MAX)
        return;
    struct scalar_value value = scalar_resolve_yaml11(node_text(node));
    struct slice text = number ? node_text(node) : value.boolean ? slice_literal("true") : slice_literal("false");
    if (number ? value.type == SCALAR_INT : value.type == SCALAR_BOOL)
        diagnose_hint(context->diagnostics, "write it without quotes: `%.*s%.*s`",
                      SLICE_ARGS(written_before(context->arena, step)), SLICE_ARGS(text));
}

static struct position key_position(const struct node *map, const struct map_entry *entry)
{
    return (struct position){map->position.file, entry->key_line, entry->key_column};
}

static void hint_fields(struct decode_context *context, const struct decode_type *type)
{
    enum { LISTED_MAX = 12 };
    if (type->field_count > LISTED_MAX)
        return;
    struct slice list = {0};
    for (size_t i = 0; i < type->field_count; i++)
        list = arena_format(context->arena, "%.*s%s%s", SLICE_ARGS(list), i ? ", " : "", type->fields[i].name);
    diagnose_hint(context->diagnostics, "use one of these fields: %.*s", SLICE_ARGS(list));
}

static const struct decode_field *find_field(const struct decode_type *type, struct slice name)
{
    const struct decode_field *found = NULL;
    for (size_t i = 0; i < type->field_count; i++) {
        struct slice field = slice_from(type->fields[i].name);
        if (slice_equal(field, name))
            return &type->fields[i];
        if (!found && slice_equal_ignoring_case(field, name))
            found = &type->fields[i];
    }
    return found;
}

bool decode_type_has(const struct decode_type *type, struct slice name)
{
    return find_field(type, name) != NULL;
}

static bool has_known_field(const struct decode_type *type, const struct node *map)
{
    for (uint32_t i = 0; i < map->count; i++)
        if (decode_type_has(type, map->entries[i].key->text))
            return true;
    return false;
}

struct slice decode_type_nearest(struct arena *arena, const struct decode_type *type, struct slice name)
{
    struct slice *names = arena_array(arena, struct slice, type->field_count);
    for (size_t i = 0; i < type->field_count; i++)
        names[i] = slice_from(type->fields[i].name);
    return nearest_text(name, names, type->field_count);
}

// `name:x` is one word where no space follows the colon.
static bool hint_space(struct decode_context *context, const struct decode_type *type, struct slice name)
{
    struct slice key, rest;
    if (!slice_cut(name, ':', &key, &rest) || !decode_type_has(type, key))
        return false;
    diagnose_hint(context->diagnostics, "write a space after the colon: `%.*s: `", SLICE_ARGS(key));
    return true;
}

static const struct map_entry *find_key(const struct node *map, struct slice key)
{
    for (uint32_t i = 0; i < map->count; i++)
        if (slice_equal_ignoring_case(map->entries[i].key->text, key))
            return &map->entries[i];
    return NULL;
}

// The only field that is a map of strings, such as `pairs` of labels. NULL: there is none, or there are several.
static const struct decode_field *only_text_map(const struct decode_type *type)
{
    const struct decode_field *found = NULL;
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].kind == DECODE_TEXT_MAP) {
            if (found)
                return NULL;
            found = &type->fields[i];
        }
    return found;
}

// A field that belongs beside the map that it is in, or beside one further out, unless it may belong one level below.
static bool hint_place_outside(struct decode_context *context, const struct step *step, const struct decode_type *type,
                               struct slice name)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].kind == DECODE_STRUCT && decode_type_has(type->fields[i].type, name))
            return false;
    for (; step; step = step->parent)
        if (step->owner && decode_type_has(step->owner, name)) {
            diagnose_hint(context->diagnostics, "write it in the same column as `%.*s:`, not below it",
                          SLICE_ARGS(step->name));
            return true;
        }
    return false;
}

// A field that belongs elsewhere: in the string of a patch, or one level below.
static bool hint_place(struct decode_context *context, const struct step *step, const struct decode_type *type,
                       const struct node *map, const struct map_entry *entry)
{
    struct slice name = entry->key->text;
    static const char *const of_objects[] = {"apiVersion", "kind", "metadata", "spec", "data"};
    const struct map_entry *patch = find_key(map, slice_literal("patch"));
    for (size_t i = 0; patch && i < countof(of_objects); i++)
        if (slice_equals(name, of_objects[i]) && decode_type_has(type, slice_literal("patch"))) {
            diagnose_hint(context->diagnostics, "indent the lines of the patch further than `patch:` on line %u",
                          sources_line_in_file(context->diagnostics->sources, key_position(map, patch)));
            return true;
        }
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].kind == DECODE_STRUCT && decode_type_has(type->fields[i].type, name)) {
            diagnose_hint(context->diagnostics, "write it below `%s:`, indented further", type->fields[i].name);
            return true;
        }
    const struct decode_field *pairs = step->kind == STEP_INDEX && entry->value->kind == NODE_SCALAR
                                           ? only_text_map(type)
                                           : NULL;
    if (pairs)
        diagnose_hint(context->diagnostics, "if it is a key of your own, write it below `%s:`, indented further",
                      pairs->name);
    return pairs != NULL;
}

static size_t common_length(struct slice a, struct slice b)
{
    size_t length = 0;
    while (length < a.length && length < b.length && (a.data[length] | 0x20) == (b.data[length] | 0x20))
        length++;
    return length;
}

// `values` for `valuesFile` and `valuesInline`, `repository` for `repo`.
static bool hint_beginnings(struct decode_context *context, const struct decode_type *type, struct slice name)
{
    enum { LENGTH_MIN = 4, LISTED_MAX = 3 };
    struct slice found[LISTED_MAX + 1];
    size_t count = 0;
    for (size_t i = 0; i < type->field_count && count <= LISTED_MAX; i++) {
        struct slice field = slice_from(type->fields[i].name);
        size_t length = common_length(field, name);
        if (length >= LENGTH_MIN && (length == field.length || length == name.length))
            found[count++] = field;
    }
    if (!count || count > LISTED_MAX)
        return false;
    struct slice list = {0};
    for (size_t i = 0; i < count; i++)
        list = arena_format(context->arena, "%.*s%s'%.*s'", SLICE_ARGS(list),
                            i == 0          ? ""
                            : i + 1 < count ? ", "
                            : count > 2     ? ", or "
                                            : " or ",
                            SLICE_ARGS(found[i]));
    diagnose_hint(context->diagnostics, "did you mean %.*s?", SLICE_ARGS(list));
    return true;
}

// For a word that people write instead of a field, or of several. Fields that are already given aren't meant.
static bool hint_mistaken(struct decode_context *context, const struct decode_type *type, const struct node *map,
                          const struct map_entry *entry)
{
    struct slice list = {0};
    const struct decode_field *last = NULL;
    for (size_t i = 0; i < type->field_count; i++) {
        const struct decode_field *field = &type->fields[i];
        if (!slice_has_word(field->mistaken_for, entry->key->text) || find_key(map, slice_from(field->name)))
            continue;
        list = arena_format(context->arena, "%.*s%s'%s'", SLICE_ARGS(list), last ? " and " : "", field->name);
        last = field;
    }
    if (!last)
        return false;
    struct diagnostic *newest = &context->diagnostics->items[context->diagnostics->count - 1];
    bool is_list = last->kind == DECODE_TEXT_LIST && entry->value->kind == NODE_MAP;
    if (is_list && last->hint && last->hint(context->diagnostics, entry->value, false))
        diagnose_hint(context->diagnostics, "did you mean %.*s? Then %.*s", SLICE_ARGS(list), SLICE_ARGS(newest->hint));
    else
        diagnose_hint(context->diagnostics, "did you mean %.*s?", SLICE_ARGS(list));
    return true;
}

// For a map that groups fields which belong where it is itself, such as `spec:`.
static bool hint_unwrap(struct decode_context *context, const struct decode_type *type, const struct map_entry *entry)
{
    if (entry->value->kind != NODE_MAP || !has_known_field(type, entry->value))
        return false;
    diagnose_hint(context->diagnostics, "remove '%.*s', and write its fields in its place",
                  SLICE_ARGS(entry->key->text));
    return true;
}

void decode_phrase_unknown(struct diagnostics *diagnostics, struct slice field)
{
    diagnose_phrase(diagnostics, "invalid Kustomization: json: unknown field \"%.*s\"", SLICE_ARGS(field));
}

static bool diagnose_unknown(struct decode_context *context, const struct step *step, const struct decode_type *type,
                             const struct node *map, const struct map_entry *entry)
{
    diagnose(context->diagnostics, key_position(map, entry), "unknown field '%.*s' of %.*s",
             SLICE_ARGS(entry->key->text), SLICE_ARGS(path_text(context->arena, step)));
    decode_phrase_unknown(context->diagnostics, entry->key->text);
    diagnose_about(context->diagnostics, "field-unknown");
    if (hint_space(context, type, entry->key->text) || hint_mistaken(context, type, map, entry) ||
        hint_place_outside(context, step, type, entry->key->text))
        return false;
    struct slice nearest = decode_type_nearest(context->arena, type, entry->key->text);
    const char *instead = nearest.length && context->field_instead ? context->field_instead(nearest.data) : NULL;
    const struct map_entry *used = find_key(map, instead ? slice_from(instead) : nearest);
    if (nearest.length && used)
        diagnose_hint(context->diagnostics, "remove it, or move its value to '%.*s' on line %u",
                      SLICE_ARGS(used->key->text),
                      sources_line_in_file(context->diagnostics->sources, key_position(map, used)));
    else if (instead)
        diagnose_hint(context->diagnostics, "did you mean '%s'? It replaces '%.*s'", instead, SLICE_ARGS(nearest));
    else if (nearest.length)
        diagnose_hint(context->diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
    else if (!hint_place(context, step, type, map, entry) && !hint_beginnings(context, type, entry->key->text) &&
             !hint_unwrap(context, type, entry) && (has_known_field(type, map) || !hint_row(context, step, map)))
        hint_fields(context, type);
    return false;
}

// --- Scalars.

// kustomize passes decoded values on as JSON, which is then read as YAML.
static bool fold_next_lines(struct arena *arena, struct slice *text)
{
    if (slice_find(*text, slice_literal("\xC2\x85")) == SLICE_NOT_FOUND)
        return true;
    struct buffer folded = {0};
    bool good = text_fold_next_lines(&folded, *text);
    *text = arena_copy(arena, buffer_slice(&folded));
    buffer_free(&folded);
    return good;
}

// Warns about quotes like “x” from a word processor, which are ordinary characters in YAML.
static void warn_of_curly_quote(struct decode_context *context, const struct node *node)
{
    static const struct slice quotes[] = {{"\xE2\x80\x9C", 3}, {"\xE2\x80\x98", 3}};
    struct slice text = node_text(node);
    if (!text.length || text.data[0] != '\xE2')
        return;
    for (size_t i = 0; i < countof(quotes); i++)
        if (slice_starts_with(text, quotes[i])) {
            diagnose_warning(context->diagnostics, node->position, "the curly quotes are part of the value");
            diagnose_hint(context->diagnostics, "use ' or \", or no quotes");
        }
}

static bool decode_text(struct decode_context *context, const struct step *step, const struct node *node,
                        struct text *text)
{
    struct scalar_value value;
    if (node->kind != NODE_SCALAR)
        return diagnose_not_string(context, step, node);
    if (!resolve(context, node, &value))
        return diagnose_type(context, step, node, "a string");
    struct slice slice = node_text(node);
    switch (value.type) {
    case SCALAR_STRING:
    case SCALAR_MERGE:
        if (node->tag == TAG_BINARY && !base64_decode(context->arena, slice, &slice))
            return diagnose(context->diagnostics, node->position, "a !!binary value must be base64");
        break;
    case SCALAR_TIMESTAMP:
        scalar_timestamp_text(context->arena, slice, &slice);
        break;
    default:
        // Plugin configurations are printed and read again into the expected type, which converts them.
        if (!context->ignore_unknown)
            return diagnose_not_string(context, step, node);
        slice = scalar_value_text(context->arena, value);
    }
    if (!fold_next_lines(context->arena, &slice))
        return diagnose(context->diagnostics, node->position,
                        "the character U+0085 is not allowed before '---' or '...'");
    *text = (struct text){slice, node->position};
    if (!context->ignore_unknown && node->style == STYLE_PLAIN)
        warn_of_curly_quote(context, node);
    return true;
}

// Creating the fields of a path makes the document as deep as the path is long.
static bool check_steps(struct decode_context *context, const struct text *path)
{
    size_t count = 1;
    for (size_t i = 0; i < path->slice.length; i++)
        count += path->slice.data[i] == '/';
    return count <= NODE_DEPTH_MAX ||
           diagnose(context->diagnostics, path->position, "the path has %zu elements; at most %d are allowed", count,
                    NODE_DEPTH_MAX);
}

static bool decode_bool(struct decode_context *context, const struct step *step, const struct node *node, bool *boolean)
{
    struct scalar_value value;
    if (node->kind != NODE_SCALAR || !resolve(context, node, &value) || value.type != SCALAR_BOOL) {
        diagnose_type(context, step, node, "true or false");
        diagnose_hint(context->diagnostics, "write `%.*s: true` or `%.*s: false`", SLICE_ARGS(step->name),
                      SLICE_ARGS(step->name));
        hint_no_quotes(context, step, node, false);
        return false;
    }
    *boolean = value.boolean;
    return true;
}

static bool decode_integer(struct decode_context *context, const struct step *step, const struct node *node,
                           struct integer *integer)
{
    struct scalar_value value;
    if (node->kind == NODE_SCALAR && resolve(context, node, &value)) {
        if (value.type == SCALAR_INT) {
            *integer = (struct integer){value.integer, node->position};
            return true;
        }
        // kustomize converts `3.0` and `1e3` to 3 and 1000 on the way.
        if (value.type == SCALAR_FLOAT && value.number >= -0x1p63 && value.number < 0x1p63 &&
            (double)(int64_t)value.number == value.number) {
            *integer = (struct integer){(int64_t)value.number, node->position};
            return true;
        }
    }
    diagnose_type(context, step, node, "an integer");
    diagnose_hint(context->diagnostics, "write a whole number after `%.*s:`, without quotes", SLICE_ARGS(step->name));
    hint_no_quotes(context, step, node, true);
    return false;
}

// --- Lists and maps of strings.

// For a map or string instead of a list of strings.
static void hint_text_list(struct decode_context *context, const struct node *node)
{
    bool has_values = false;
    for (uint32_t i = 0; node->kind == NODE_MAP && i < node->count; i++)
        has_values |= !node_is_null(node->entries[i].value);
    if (node->kind == NODE_MAP && node->count && !has_values)
        diagnose_hint(context->diagnostics, "write '[' and ']' around the items, not '{' and '}'");
    else if (node->kind == NODE_MAP)
        diagnose_hint(context->diagnostics, "write each value as an item, without its key: `- VALUE`");
    else if (slice_find(node_text(node), slice_literal(", ")) != SLICE_NOT_FOUND)
        diagnose_hint(context->diagnostics, "write each item on a line of its own, after '- ', without commas");
    else
        diagnose_hint(context->diagnostics, "write '- ' before each item, even if there is only one");
}

// `type` is that of the items, NULL for strings.
static bool expect_list(struct decode_context *context, const struct step *step, const struct decode_type *type,
                        const struct node *node)
{
    if (node->kind == NODE_SEQUENCE)
        return true;
    diagnose_type(context, step, node, "a list");
    bool is_map = node->kind == NODE_MAP, is_entry = type && is_map && has_known_field(type, node);
    if (!is_entry && hint_row(context, step, node))
        return false;
    if (is_entry && node->count > 1)
        diagnose_hint(context->diagnostics, "write '- ' before the first key, and indent the others to match");
    else if (type && is_map && type->field_count && !is_entry)
        diagnose_hint(context->diagnostics, "write '- ' before each item, and in it fields such as `%s`",
                      type->fields[0].name);
    else if (!type)
        hint_text_list(context, node);
    else if (is_map || !hint_entry(context, step, type, node, true))
        diagnose_hint(context->diagnostics, "write '- ' before each item, even if there is only one");
    return false;
}

static bool decode_text_list(struct decode_context *context, const struct step *step, const struct node *node,
                             struct text_list *list)
{
    if (!expect_list(context, step, NULL, node))
        return false;
    bool good = true;
    list->items = arena_array(context->arena, struct text, node->count);
    list->count = list->capacity = node->count;
    for (uint32_t i = 0; i < node->count; i++) {
        const struct node *item = node->items[i];
        struct step at = {.parent = step, .kind = STEP_INDEX, .index = i};
        list->items[i] = (struct text){slice_literal(""), item->position};
        good &= node_is_null(item) || decode_text(context, &at, item, &list->items[i]);
        if (!good && !diagnostics_may_continue(context->diagnostics))
            return false;
    }
    return good;
}

// Finds the pair with a key. The index is only filled once a key may be repeated.
static struct text_pair *find_pair(struct arena *arena, struct text_map *map, struct hash_index *index,
                                   struct slice key)
{
    for (size_t i = index->count; i < map->count; i++)
        hash_index_add(arena, index, slice_hash(map->items[i].key.slice), (uint32_t)i);
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(index, slice_hash(key)); hash_cursor_next(&at, &number);)
        if (slice_equal(map->items[number].key.slice, key))
            return &map->items[number];
    return NULL;
}

static bool decode_text_map(struct decode_context *context, const struct step *step, const struct node *node,
                            struct text_map *map)
{
    if (node->kind != NODE_MAP) {
        diagnose_type(context, step, node, "a map");
        if (!hint_row(context, step, node))
            diagnose_hint(context->diagnostics, "write each one as `key: value` on a line of its own, without '- '");
        return false;
    }
    bool was_empty = !map->count, good = true;
    struct hash_index index = {0};
    for (uint32_t i = 0; i < node->count; i++) {
        const struct map_entry *entry = &node->entries[i];
        struct step at = {.parent = step, .kind = STEP_KEY, .name = entry->key->text};
        struct text_pair pair = {.key = {entry->key->text, key_position(node, entry)},
                                 .value = {slice_literal(""), entry->value->position}};
        good &= node_is_null(entry->value) || decode_text(context, &at, entry->value, &pair.value);
        if (!good && !diagnostics_may_continue(context->diagnostics))
            return false;
        bool repeated = node_map_find(node, entry->key) != entry;
        struct text_pair *old = was_empty && !repeated ? NULL
                                                       : find_pair(context->arena, map, &index, entry->key->text);
        if (repeated && old) {
            diagnose_warning(context->diagnostics, pair.key.position,
                             "duplicate key '%.*s' (first set on line %u); the last value wins",
                             SLICE_ARGS(entry->key->text),
                             sources_line_in_file(context->diagnostics->sources, old->key.position));
            diagnose_about(context->diagnostics, "key-duplicate");
        }
        if (old)
            *old = pair;
        else
            list_append(context->arena, map, pair);
    }
    return good;
}

// --- Structs.

static bool decode_field(struct decode_context *, const struct step *, const struct decode_field *, const struct node *,
                         void *base);

static bool decode_entry(struct decode_context *context, const struct step *step, const struct decode_type *type,
                         const struct map_entry *entry, void *base)
{
    const struct decode_field *field = find_field(type, entry->key->text);
    if (!field)
        return true;
    struct step at = {
        .parent = step, .kind = STEP_FIELD, .name = slice_from(field->name), .owner = type, .field = field};
    return decode_field(context, &at, field, entry->value, base);
}

struct ordered_entry {
    const struct map_entry *entry;
    uint32_t number;
};

static int compare_entries(const void *left, const void *right)
{
    const struct ordered_entry *a = left, *b = right;
    int order = slice_compare(a->entry->key->text, b->entry->key->text);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

// Handles repeated fields: with the same spelling, the last one wins; with different spellings, the last one in byte
// order.
static bool decode_repeated(struct decode_context *context, const struct step *step, const struct decode_type *type,
                            const struct node *map, void *base)
{
    struct ordered_entry *entries = arena_array(context->arena, struct ordered_entry, map->count);
    const struct map_entry **given = arena_array(context->arena, const struct map_entry *, type->field_count);
    bool good = true;
    for (uint32_t i = 0; i < map->count; i++)
        entries[i] = (struct ordered_entry){&map->entries[i], i};
    qsort(entries, map->count, sizeof *entries, compare_entries);
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *entry = entries[i].entry;
        const struct decode_field *field = find_field(type, entry->key->text);
        if (!field)
            continue;
        const struct map_entry **before = &given[field - type->fields];
        if (*before) {
            diagnose_warning(context->diagnostics, key_position(map, entry),
                             "duplicate field '%.*s' (first set on line %u); the last value wins",
                             SLICE_ARGS((*before)->key->text),
                             sources_line_in_file(context->diagnostics->sources, key_position(map, *before)));
            diagnose_about(context->diagnostics, "key-duplicate");
        }
        *before = entry;
        bool spelled_again = i + 1 < map->count && entries[i + 1].entry->key == entry->key;
        good &= spelled_again || decode_entry(context, step, type, entry, base);
        if (!good && !diagnostics_may_continue(context->diagnostics))
            return false;
    }
    return good;
}

static bool decode_fields(struct decode_context *context, const struct step *step, const struct decode_type *type,
                          const struct node *map, void *base)
{
    if (map->kind != NODE_MAP) {
        diagnose_type(context, step, map, "a map");
        bool is_item = map->kind == NODE_SEQUENCE && map->count == 1 && node_is_map(map->items[0]);
        if (hint_row(context, step, map) || hint_entry(context, step, type, map, false))
            return false;
        if (is_item && step->kind != STEP_INDEX)
            diagnose_hint(context->diagnostics, "remove the '- ': this is one map, not a list");
        else
            hint_fields(context, type);
        return false;
    }
    bool *given = arena_array(context->arena, bool, type->field_count);
    bool repeated = false, good = true;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        const struct decode_field *field = find_field(type, entry->key->text);
        if (!field && context->keep_unknown)
            diagnose_warning(context->diagnostics, key_position(map, entry),
                             "unknown field '%.*s' of %.*s; left unchanged", SLICE_ARGS(entry->key->text),
                             SLICE_ARGS(path_text(context->arena, step)));
        else if (!field && !context->ignore_unknown) {
            good = diagnose_unknown(context, step, type, map, entry);
            if (!diagnostics_may_continue(context->diagnostics))
                return false;
        }
        if (!field)
            continue;
        if (!slice_equals(entry->key->text, field->name))
            diagnose_warning(context->diagnostics, key_position(map, entry), "the field '%.*s' should be spelled '%s'",
                             SLICE_ARGS(entry->key->text), field->name);
        repeated |= given[field - type->fields];
        given[field - type->fields] = true;
    }
    if (repeated)
        return decode_repeated(context, step, type, map, base) && good;
    for (uint32_t i = 0; i < map->count; i++) {
        good &= decode_entry(context, step, type, &map->entries[i], base);
        if (!good && !diagnostics_may_continue(context->diagnostics))
            return false;
    }
    return good;
}

static void *new_struct(struct decode_context *context, const struct decode_type *type, const struct node *node)
{
    void *value = arena_allocate(context->arena, type->size, 16);
    if (node)
        *(struct position *)value = node->position;
    return value;
}

static bool decode_list(struct decode_context *context, const struct step *step, const struct decode_type *type,
                        const struct node *node, struct decode_list *list)
{
    if (!expect_list(context, step, type, node))
        return false;
    list->items = arena_array(context->arena, void *, node->count);
    list->count = list->capacity = node->count;
    bool good = true;
    for (uint32_t i = 0; i < node->count; i++) {
        struct step at = {.parent = step, .kind = STEP_INDEX, .index = i};
        list->items[i] = new_struct(context, type, node->items[i]);
        good &= node_is_null(node->items[i]) || decode_fields(context, &at, type, node->items[i], list->items[i]);
        if (!good && !diagnostics_may_continue(context->diagnostics))
            return false;
    }
    return good;
}

// --- One value. Null leaves a string, number, or boolean as it is, and empties everything else.

static bool decode_null(const struct decode_field *field, const struct node *node, void *member)
{
    switch (field->kind) {
    case DECODE_TEXT:
    case DECODE_STEPS:
    case DECODE_BOOL:
    case DECODE_INTEGER:
        break;
    case DECODE_TEXT_LIST:
        *(struct text_list *)member = (struct text_list){0};
        break;
    case DECODE_TEXT_MAP:
        *(struct text_map *)member = (struct text_map){0};
        break;
    case DECODE_LIST:
        *(struct decode_list *)member = (struct decode_list){0};
        break;
    case DECODE_STRUCT:
        *(void **)member = NULL;
        break;
    case DECODE_MAP:
        *(struct node **)member = NULL;
        break;
    case DECODE_NODE:
        *(const struct node **)member = node;
        break;
    }
    return true;
}

// For a map with any content.
static bool diagnose_not_map(struct decode_context *context, const struct step *step, const struct node *node)
{
    diagnose_type(context, step, node, "a map");
    if (node->kind == NODE_SCALAR && (node->style == STYLE_LITERAL || node->style == STYLE_FOLDED))
        diagnose_hint(context->diagnostics, "remove the '%c': the lines below it are keys, not a string",
                      node->style == STYLE_LITERAL ? '|' : '>');
    else
        diagnose_hint(context->diagnostics, "write each one as `key: value` on a line of its own, below `%.*s:`",
                      SLICE_ARGS(step->name));
    return false;
}

static bool decode_field(struct decode_context *context, const struct step *step, const struct decode_field *field,
                         const struct node *node, void *base)
{
    void *member = (char *)base + field->offset;
    if (node_is_null(node))
        return decode_null(field, node, member);
    switch (field->kind) {
    case DECODE_TEXT:
        return decode_text(context, step, node, member);
    case DECODE_STEPS:
        return decode_text(context, step, node, member) && check_steps(context, member);
    case DECODE_BOOL:
        return decode_bool(context, step, node, member);
    case DECODE_INTEGER:
        return decode_integer(context, step, node, member);
    case DECODE_TEXT_LIST:
        return decode_text_list(context, step, node, member);
    case DECODE_TEXT_MAP:
        return decode_text_map(context, step, node, member);
    case DECODE_LIST:
        return decode_list(context, step, field->type, node, member);
    case DECODE_STRUCT: {
        void **value = member;
        if (!*value)
            *value = new_struct(context, field->type, node);
        return decode_fields(context, step, field->type, node, *value);
    }
    case DECODE_MAP:
        if (node->kind != NODE_MAP)
            return diagnose_not_map(context, step, node);
        *(const struct node **)member = node;
        return true;
    case DECODE_NODE:
        *(const struct node **)member = node;
        return true;
    }
    assert(false);
    return false;
}

bool decode_struct_into(struct decode_context *context, const struct decode_type *type, const struct node *node,
                        void **value)
{
    struct step root = {.kind = STEP_ROOT, .name = slice_from(type->name)};
    *value = new_struct(context, type, node);
    return node_is_null(node) || decode_fields(context, &root, type, node, *value);
}

void *decode_struct(struct decode_context *context, const struct decode_type *type, const struct node *node)
{
    void *value;
    return decode_struct_into(context, type, node, &value) ? value : NULL;
}

void *decode_strict(struct arena *arena, struct diagnostics *diagnostics, const struct decode_type *type,
                    const struct node *node)
{
    struct decode_context context = {.arena = arena, .diagnostics = diagnostics};
    return decode_struct(&context, type, node);
}

void *decode_configuration(struct arena *arena, struct diagnostics *diagnostics, const struct decode_type *type,
                           const struct node *node)
{
    struct decode_context context = {.arena = arena, .diagnostics = diagnostics, .ignore_unknown = true};
    return decode_struct(&context, type, node);
}

bool decode_value(struct decode_context *context, const struct decode_field *field, const struct node *node, void *base)
{
    struct step root = {.kind = STEP_FIELD, .name = slice_from(field->name), .field = field};
    return decode_field(context, &root, field, node, base);
}
