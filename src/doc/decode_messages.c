#include "doc/decode_messages.h"

#include "doc/text_traits.h"

struct slice decode_path(struct arena *arena, const struct step *step)
{
    if (!step->parent)
        return step->name;
    bool first = step->parent->kind == STEP_ROOT;
    struct slice before = first && step->kind != STEP_INDEX ? (struct slice){0} : decode_path(arena, step->parent);
    if (step->kind == STEP_INDEX)
        return arena_format(arena, "%.*s[%zu]", SLICE_ARGS(before), step->index);
    return arena_format(arena, "%.*s%s%.*s", SLICE_ARGS(before), before.length ? "." : "", SLICE_ARGS(step->name));
}

enum { SHOWN_MAX = 40 };

static struct slice found_text(const struct decode_context *context, const struct node *node)
{
    struct scalar_value value;
    if (node_is_null(node))
        return slice_literal("nothing");
    if (node->kind != NODE_SCALAR)
        return node->kind == NODE_MAP ? slice_literal("a map") : slice_literal("a list");
    if (!decode_resolve(context, node, &value))
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

bool decode_refuse_type(struct decode_context *context, const struct step *step, const struct node *node,
                        const char *wanted)
{
    return diagnose(context->diagnostics, node->position, "expected %s for '%.*s', found %.*s", wanted,
                    SLICE_ARGS(decode_path(context->arena, step)), SLICE_ARGS(found_text(context, node)));
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

bool decode_refuse_string(struct decode_context *context, const struct step *step, const struct node *node)
{
    decode_refuse_type(context, step, node, "a string");
    if (node->kind == NODE_SCALAR && node->count <= SHOWN_MAX)
        diagnose_hint(context->diagnostics, "quote it: `%.*s\"%.*s\"`",
                      SLICE_ARGS(written_before(context->arena, step)), SLICE_ARGS(node_text(node)));
    bool is_word = step->kind == STEP_INDEX && node->kind == NODE_MAP && node->style != STYLE_FLOW &&
                   node->count == 1 && node_is_null(node->entries[0].value);
    if (node->kind == NODE_SCALAR || (!is_word && hint_row(context, step, node)))
        return false;
    if (is_word)
        diagnose_hint(context->diagnostics, "remove the ':' at the end");
    else if (step->kind == STEP_INDEX && node->kind == NODE_SEQUENCE && node->style != STYLE_FLOW)
        diagnose_hint(context->diagnostics, "write only one '- ' before each item");
    else if (step->kind == STEP_INDEX)
        diagnose_hint(context->diagnostics, "write one string after '- ', without brackets");
    else
        diagnose_hint(context->diagnostics, "write one string after `%.*s:`, without brackets or '- '",
                      SLICE_ARGS(step->name));
    return false;
}

bool decode_refuse_scalar(struct decode_context *context, const struct step *step, const struct node *node,
                          enum scalar_type wanted)
{
    bool is_number = wanted == SCALAR_INT;
    decode_refuse_type(context, step, node, is_number ? "an integer" : "true or false");
    if (is_number)
        diagnose_hint(context->diagnostics, "write a whole number after `%.*s:`, without quotes",
                      SLICE_ARGS(step->name));
    else
        diagnose_hint(context->diagnostics, "write `%.*s: true` or `%.*s: false`", SLICE_ARGS(step->name),
                      SLICE_ARGS(step->name));
    if (node->kind != NODE_SCALAR || node->tag != TAG_STRING || node->count > SHOWN_MAX)
        return false;
    struct scalar_value value = scalar_resolve_yaml11(node_text(node));
    struct slice text = is_number ? node_text(node) : value.boolean ? slice_literal("true") : slice_literal("false");
    if (value.type == wanted)
        diagnose_hint(context->diagnostics, "write it without quotes: `%.*s%.*s`",
                      SLICE_ARGS(written_before(context->arena, step)), SLICE_ARGS(text));
    return false;
}

bool decode_refuse_text_map(struct decode_context *context, const struct step *step, const struct node *node)
{
    decode_refuse_type(context, step, node, "a map");
    if (!hint_row(context, step, node))
        diagnose_hint(context->diagnostics, "write each one as `key: value` on a line of its own, without '- '");
    return false;
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

static bool has_known_field(const struct decode_type *type, const struct node *map)
{
    for (uint32_t i = 0; i < map->count; i++)
        if (decode_type_has(type, map->entries[i].key->text))
            return true;
    return false;
}

bool decode_refuse_struct(struct decode_context *context, const struct step *step, const struct decode_type *type,
                          const struct node *node)
{
    decode_refuse_type(context, step, node, "a map");
    bool is_item = node->kind == NODE_SEQUENCE && node->count == 1 && node_is_map(node->items[0]);
    if (hint_row(context, step, node) || hint_entry(context, step, type, node, false))
        return false;
    if (is_item && step->kind != STEP_INDEX)
        diagnose_hint(context->diagnostics, "remove the '- ': this is one map, not a list");
    else
        hint_fields(context, type);
    return false;
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

// A field that belongs one level below.
static bool hint_place_below(struct decode_context *context, const struct step *step, const struct decode_type *type,
                             const struct map_entry *entry)
{
    struct slice name = entry->key->text;
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

// The column of a key in the file, from 0.
static unsigned spaces_before(const struct decode_context *context, const struct node *map,
                              const struct map_entry *entry)
{
    struct position position = key_position(map, entry);
    const struct source *source = context->diagnostics->sources
                                      ? sources_get(context->diagnostics->sources, position.file)
                                      : NULL;
    return (source ? source_place(source, position) : position).column - 1;
}

// The nearest known field before the entry.
static const struct map_entry *known_before(const struct decode_type *type, const struct node *map,
                                            const struct map_entry *entry)
{
    while (entry-- > map->entries)
        if (decode_type_has(type, entry->key->text))
            return entry;
    return NULL;
}

// A key in the column of a list's dashes, which belongs to the last item or starts another.
static bool hint_item(struct decode_context *context, const struct decode_type *type, const struct node *map,
                      const struct map_entry *entry)
{
    const struct map_entry *before = known_before(type, map, entry);
    const struct decode_field *field = before ? decode_field_named(type, before->key->text) : NULL;
    struct slice name = entry->key->text;
    bool is_path = slice_find_byte(name, '/') != SLICE_NOT_FOUND || slice_find_byte(name, '.') != SLICE_NOT_FOUND;
    if (!field || map->style == STYLE_FLOW)
        return false;
    const struct node *list = before->value;
    if (!list || list->kind != NODE_SEQUENCE || !list->count)
        return false;
    if (!field->type && is_path && node_is_null(entry->value)) {
        diagnose_hint(context->diagnostics, "write `- %.*s`, without the colon, if it is an item of `%s`",
                      SLICE_ARGS(name), field->name);
        return true;
    }
    if (!field->type || !decode_type_has(field->type, name))
        return false;
    const struct node *last = list->items[list->count - 1];
    if (last->kind != NODE_MAP || !last->count || last->style == STYLE_FLOW)
        return false;
    if (find_key(last, name))
        diagnose_hint(context->diagnostics, "write '- ' before it to start another item of `%s`", field->name);
    else
        diagnose_hint(context->diagnostics, "indent it with %u spaces to make it a key of the item on line %u",
                      spaces_before(context, last, &last->entries[0]),
                      sources_line_in_file(context->diagnostics->sources, key_position(last, &last->entries[0])));
    return true;
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

bool decode_refuse_unknown(struct decode_context *context, const struct step *step, const struct decode_type *type,
                           const struct node *map, const struct map_entry *entry)
{
    diagnose(context->diagnostics, key_position(map, entry), "unknown field '%.*s' of %.*s",
             SLICE_ARGS(entry->key->text), SLICE_ARGS(decode_path(context->arena, step)));
    decode_phrase_unknown(context->diagnostics, entry->key->text);
    diagnose_about(context->diagnostics, "field-unknown");
    if ((type->hint_unknown && type->hint_unknown(context->diagnostics, map, entry)) ||
        hint_space(context, type, entry->key->text) || hint_item(context, type, map, entry) ||
        hint_mistaken(context, type, map, entry) || hint_place_outside(context, step, type, entry->key->text))
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
    else if (!hint_place_below(context, step, type, entry) && !hint_beginnings(context, type, entry->key->text) &&
             !hint_unwrap(context, type, entry) && (has_known_field(type, map) || !hint_row(context, step, map)))
        hint_fields(context, type);
    return false;
}

// For a map or string instead of a list of strings.
static void hint_text_list(struct decode_context *context, const struct node *node)
{
    bool has_values = false;
    for (uint32_t i = 0; node->kind == NODE_MAP && i < node->count; i++)
        has_values |= !node_is_null(node->entries[i].value);
    if (node->kind == NODE_MAP && node->count && !has_values && node->style != STYLE_FLOW)
        diagnose_hint(context->diagnostics, "write '- ' before each item, and no ':' after it");
    else if (node->kind == NODE_MAP && node->count && !has_values)
        diagnose_hint(context->diagnostics, "write '[' and ']' around the items, not '{' and '}'");
    else if (node->kind == NODE_MAP)
        diagnose_hint(context->diagnostics, "write each value as an item, without its key: `- VALUE`");
    else if (slice_find(node_text(node), slice_literal(", ")) != SLICE_NOT_FOUND)
        diagnose_hint(context->diagnostics, "write each item on a line of its own, after '- ', without commas");
    else if (node->style == STYLE_PLAIN && slice_find(node_text(node), slice_literal(" - ")) != SLICE_NOT_FOUND)
        diagnose_hint(context->diagnostics,
                      "write '- ' before the first item, too: without it, the lines become one string");
    else
        diagnose_hint(context->diagnostics, "write '- ' before each item, even if there is only one");
}

bool decode_refuse_list(struct decode_context *context, const struct step *step, const struct decode_type *type,
                        const struct node *node)
{
    decode_refuse_type(context, step, node, "a list");
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
