// Fields that a type doesn't have: what was probably meant, and where it belongs.
#include "base/word_list.h"
#include "doc/decode_messages.h"

// `name:x` is one word where no space follows the colon.
static bool hint_space(struct decode_context *context, const struct decode_type *type, struct slice name)
{
    struct slice key, rest;
    if (!slice_cut(name, ':', &key, &rest) || !decode_type_has(type, key))
        return false;
    diagnose_hint(context->diagnostics, "write a space after the colon: `%.*s: `", SLICE_ARGS(key));
    return true;
}

const struct decode_field *decode_only_text_map(const struct decode_type *type)
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

// "below `source:`, or in an item of `targets`"; empty: none of these fields has such a field.
static struct slice places_below(struct arena *arena, const struct decode_type *type, struct slice name)
{
    struct slice places = {0};
    for (size_t i = 0; i < type->field_count; i++) {
        const struct decode_field *field = &type->fields[i];
        bool is_list = field->kind == DECODE_LIST;
        // Suggest a list only after a map: many lists have items with such a field, so a list alone says little.
        if ((!is_list && field->kind != DECODE_STRUCT) || (is_list && !places.length) ||
            !decode_type_has(field->type, name))
            continue;
        places = arena_format(arena, is_list ? "%.*s%sin an item of `%s`" : "%.*s%sbelow `%s:`", SLICE_ARGS(places),
                              places.length ? ", or " : "", field->name);
    }
    return places;
}

// A field that belongs one level below.
static bool hint_place_below(struct decode_context *context, const struct step *step, const struct decode_type *type,
                             const struct map_entry *entry)
{
    struct slice name = entry->key->text, places = places_below(context->arena, type, name);
    if (places.length) {
        diagnose_hint(context->diagnostics, "write it %.*s, indented further", SLICE_ARGS(places));
        return true;
    }
    const struct decode_field *pairs = step->kind == STEP_INDEX && entry->value->kind == NODE_SCALAR
                                           ? decode_only_text_map(type)
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

// The position of the last scalar or empty collection in the value. A multi-line string may continue below it.
static struct position last_position(const struct node *node)
{
    while (node->count && node->kind != NODE_SCALAR)
        node = node->kind == NODE_MAP ? node->entries[node->count - 1].value : node->items[node->count - 1];
    return node->position;
}

// For a key that belongs to an item before it.
static void hint_key_of_item(struct decode_context *context, const struct node *item, const struct node *map,
                             const struct map_entry *entry)
{
    struct diagnostics *diagnostics = context->diagnostics;
    unsigned spaces = spaces_before(context, item, &item->entries[0]);
    unsigned line = sources_line_in_file(diagnostics->sources, key_position(item, &item->entries[0]));
    unsigned first = sources_line_in_file(diagnostics->sources, key_position(map, entry));
    unsigned last = sources_line_in_file(diagnostics->sources, last_position(entry->value));
    bool is_block = entry->value->style == STYLE_LITERAL || entry->value->style == STYLE_FOLDED;
    if (is_block)
        diagnose_hint(diagnostics,
                      "indent '%.*s' and the lines of its string by %u more spaces to make '%.*s' a key of the item on "
                      "line %u",
                      SLICE_ARGS(entry->key->text), spaces - spaces_before(context, map, entry),
                      SLICE_ARGS(entry->key->text), line);
    else if (last > first)
        diagnose_hint(diagnostics,
                      "indent lines %u %s %u by %u more spaces to make '%.*s' a key of the item on line %u", first,
                      last > first + 1 ? "to" : "and", last, spaces - spaces_before(context, map, entry),
                      SLICE_ARGS(entry->key->text), line);
    else
        diagnose_hint(diagnostics, "indent it with %u spaces to make it a key of the item on line %u", spaces, line);
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
    if (node_map_find_ignoring_case(last, name))
        diagnose_hint(context->diagnostics, "write '- ' before it to start another item of `%s`", field->name);
    else
        hint_key_of_item(context, last, map, entry);
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
    struct slice list = word_list_quoted(context->arena, found, count, LISTED_MAX, "or");
    diagnose_hint(context->diagnostics, "did you mean %.*s?", SLICE_ARGS(list));
    return true;
}

// Suggests other fields. If the value must be a list, also says how to write it. `field` is the last of the suggested
// fields, or NULL.
static void hint_instead(struct decode_context *context, const struct step *step, struct slice names,
                         const struct decode_field *field, const struct node *value)
{
    struct diagnostics *diagnostics = context->diagnostics;
    enum decode_kind kind = !field ? DECODE_NODE : field->kind == DECODE_NODE ? field->node_kind : field->kind;
    struct slice remedy = {0};
    if ((kind == DECODE_TEXT_LIST || kind == DECODE_LIST) && value->kind != NODE_SEQUENCE && !node_is_null(value)) {
        const struct step named = {step, STEP_KEY, slice_from(field->name), 0, NULL, field};
        size_t mark = diagnostics->count;
        decode_refuse_list(context, &named, kind == DECODE_LIST ? field->type : NULL, value);
        remedy = diagnostics->items[diagnostics->count - 1].hint;
        diagnostics_forget(diagnostics, mark);
    }
    if (remedy.length)
        diagnose_hint(diagnostics, "did you mean %.*s? If so, also %.*s", SLICE_ARGS(names), SLICE_ARGS(remedy));
    else
        diagnose_hint(diagnostics, "did you mean %.*s?", SLICE_ARGS(names));
}

// For a word that people write instead of a field, or of several. Fields that are already given aren't meant.
static bool hint_mistaken(struct decode_context *context, const struct step *step, const struct decode_type *type,
                          const struct node *map, const struct map_entry *entry)
{
    struct slice *found = arena_array(context->arena, struct slice, type->field_count + 1);
    const struct decode_field *last = NULL;
    size_t count = 0;
    for (size_t i = 0; i < type->field_count; i++) {
        const struct decode_field *field = &type->fields[i];
        if (!slice_has_word(field->mistaken_for, entry->key->text) ||
            node_map_find_ignoring_case(map, slice_from(field->name)))
            continue;
        found[count++] = slice_from(field->name);
        last = field;
    }
    if (!last)
        return false;
    struct slice list = word_list_quoted(context->arena, found, count, SIZE_MAX, "and");
    hint_instead(context, step, list, last, entry->value);
    return true;
}

// For a map that groups fields that belong in its place, such as `spec:`.
static bool hint_unwrap(struct decode_context *context, const struct decode_type *type, const struct map_entry *entry)
{
    if (entry->value->kind != NODE_MAP || !decode_has_known_field(type, entry->value))
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
    diagnose(context->diagnostics, key_position(map, entry), "unknown field '%.*s' in %.*s",
             SLICE_ARGS(entry->key->text), SLICE_ARGS(decode_path(context->arena, step)));
    decode_phrase_unknown(context->diagnostics, entry->key->text);
    diagnose_about(context->diagnostics, "field-unknown");
    if ((type->hint_unknown && type->hint_unknown(context->diagnostics, map, entry)) ||
        hint_space(context, type, entry->key->text) || hint_item(context, type, map, entry) ||
        hint_mistaken(context, step, type, map, entry) || hint_place_outside(context, step, type, entry->key->text))
        return false;
    struct slice nearest = decode_type_nearest(context->arena, type, entry->key->text);
    const char *instead = nearest.length && context->field_instead ? context->field_instead(nearest.data) : NULL;
    const struct map_entry *used = node_map_find_ignoring_case(map, instead ? slice_from(instead) : nearest);
    if (nearest.length && used)
        diagnose_hint(context->diagnostics, "remove it, or move its value to '%.*s' on line %u",
                      SLICE_ARGS(used->key->text),
                      sources_line_in_file(context->diagnostics->sources, key_position(map, used)));
    else if (instead)
        diagnose_hint(context->diagnostics, "did you mean '%s'? It replaces '%.*s'", instead, SLICE_ARGS(nearest));
    else if (nearest.length)
        hint_instead(context, step, arena_format(context->arena, "'%.*s'", SLICE_ARGS(nearest)),
                     decode_field_named(type, nearest), entry->value);
    else if (!hint_place_below(context, step, type, entry) && !hint_beginnings(context, type, entry->key->text) &&
             !hint_unwrap(context, type, entry) &&
             (decode_has_known_field(type, map) || !decode_hint_row(context, step, map)))
        decode_hint_fields(context, type);
    return false;
}
