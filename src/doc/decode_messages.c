#include "doc/decode_messages.h"

#include "base/word_list.h"
#include "doc/template_marks.h"
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

// A value that is a template has another type once it is rendered.
static bool hint_rendering(struct decode_context *context, const struct node *node)
{
    return node->kind == NODE_SCALAR && slice_starts_with(node_text(node), slice_literal("{")) &&
           hint_template(context->diagnostics, node_text(node));
}

// The row that describes the value of a step; for an item, that of its list.
static const struct decode_field *row_of(const struct step *step)
{
    return step->kind == STEP_INDEX ? step->parent->field : step->field;
}

bool decode_hint_row(struct decode_context *context, const struct step *step, const struct node *node)
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
    bool is_patch = decode_type_has(type, slice_literal("patch")) &&
                    (slice_starts_with(text, slice_literal("- ")) ||
                     slice_find(text, slice_literal(": ")) != SLICE_NOT_FOUND);
    if (is_patch && step->kind == STEP_INDEX)
        diagnose_hint(context->diagnostics, "write `patch: ` before the string");
    else if (is_patch)
        diagnose_hint(context->diagnostics, "write the patch as `%spatch: …` below `%.*s:`", is_entry ? "- " : "",
                      SLICE_ARGS(step->name));
    else if (step->kind == STEP_INDEX)
        diagnose_hint(context->diagnostics, "write `- %s: %.*s`", field->name, SLICE_ARGS(text));
    else
        diagnose_hint(context->diagnostics, "write `%s%s: %.*s` below `%.*s:`%s", is_entry ? "- " : "", field->name,
                      SLICE_ARGS(text), SLICE_ARGS(step->name), is_entry ? "" : ", indented further");
    return true;
}

// Adds a hint if a key of a map of strings, such as `pairs`, belongs to the surrounding map, or is an option of another
// field. False: neither.
static bool hint_key_outside(struct decode_context *context, const struct step *step)
{
    const struct step *around = step->kind == STEP_KEY ? step->parent : NULL;
    if (!around)
        return false;
    bool is_outside = around->owner && decode_type_has(around->owner, step->name);
    const struct decode_type *type = around->field && around->field->kind == DECODE_TEXT_MAP ? around->field->type
                                                                                             : NULL;
    const struct decode_field *option = type ? decode_field_named(type, step->name) : NULL;
    bool is_option = option && option->kind == DECODE_BOOL;
    if (is_outside)
        diagnose_hint(context->diagnostics, "move it to the same level as `%.*s`", SLICE_ARGS(around->name));
    else if (is_option) {
        struct slice list, rest;
        slice_cut(slice_from(type->name), ' ', &list, &rest);  // "labels entry"
        diagnose_hint(context->diagnostics, "remove it, or write it in an entry of `%.*s`: `%.*s` has no options",
                      SLICE_ARGS(list), SLICE_ARGS(around->name));
    }
    return is_outside || is_option;
}

// Adds a hint for a field that has only a few values, so that quotes don't help.
static bool hint_values(struct decode_context *context, const struct step *step)
{
    static const char *const values[][2] = {{"behavior", "create, replace, or merge"}, {"order", "legacy or fifo"}};
    for (size_t i = 0; step->kind == STEP_FIELD && i < countof(values); i++)
        if (slice_equals(step->name, values[i][0])) {
            diagnose_hint(context->diagnostics, "use %s", values[i][1]);
            return true;
        }
    return false;
}

bool decode_refuse_string(struct decode_context *context, const struct step *step, const struct node *node)
{
    decode_refuse_type(context, step, node, "a string");
    if (hint_key_outside(context, step) || hint_values(context, step))
        return false;
    // For a key such as `on`, the name is the value that YAML reads, not the text in the file.
    if (node->kind == NODE_SCALAR && step->kind == STEP_KEY && scalar_needs_quotes(step->name))
        diagnose_hint(context->diagnostics, "put both the key and the value in quotes");
    else if (node->kind == NODE_SCALAR && node->count <= SHOWN_MAX)
        diagnose_hint(context->diagnostics, "quote it: `%.*s\"%.*s\"`",
                      SLICE_ARGS(written_before(context->arena, step)), SLICE_ARGS(node_text(node)));
    bool is_word = step->kind == STEP_INDEX && node->kind == NODE_MAP && node->style != STYLE_FLOW &&
                   node->count == 1 && node_is_null(node->entries[0].value);
    if (node->kind == NODE_SCALAR || (!is_word && decode_hint_row(context, step, node)))
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
    if (hint_rendering(context, node) || node->kind != NODE_SCALAR || node->tag != TAG_STRING ||
        node->count > SHOWN_MAX)
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
    if (!hint_rendering(context, node) && !decode_hint_row(context, step, node))
        diagnose_hint(context->diagnostics, "write each entry as `key: value` on a line of its own, without '- '");
    return false;
}

void decode_hint_fields(struct decode_context *context, const struct decode_type *type)
{
    enum { LISTED_MAX = 12 };
    if (type->field_count > LISTED_MAX)
        return;
    struct slice names[LISTED_MAX];
    for (size_t i = 0; i < type->field_count; i++)
        names[i] = slice_from(type->fields[i].name);
    if (type->field_count)
        diagnose_hint(context->diagnostics, "%.*s",
                      SLICE_ARGS(word_list_fact(context->arena, "field", slice_literal(" allowed here"), names,
                                                type->field_count, LISTED_MAX)));
}

bool decode_has_known_field(const struct decode_type *type, const struct node *map)
{
    for (uint32_t i = 0; i < map->count; i++)
        if (decode_type_has(type, map->entries[i].key->text))
            return true;
    return false;
}

// For a string in the same column as the item above. The string belongs to the list of that item's last key, which has
// no value:
//
//     - name: settings
//       literals:
//     - a=b
static bool hint_item_of_field(struct decode_context *context, const struct step *step, const struct decode_type *type,
                               const struct node *node)
{
    size_t i = step->kind == STEP_INDEX && step->list->style != STYLE_FLOW ? step->index : 0;
    while (i > 0 && step->list->items[i - 1]->kind == NODE_SCALAR)
        i--;
    const struct node *item = i > 0 ? step->list->items[i - 1] : NULL;
    if (node->kind != NODE_SCALAR || !node_is_map(item) || !item->count || item->style == STYLE_FLOW)
        return false;
    const struct map_entry *last = &item->entries[item->count - 1];
    const struct decode_field *field = decode_field_named(type, last->key->text);
    if (!field || field->kind != DECODE_TEXT_LIST || !node_is_null(last->value))
        return false;
    diagnose_hint(context->diagnostics, "indent it to make it an item of `%s` on line %u", field->name,
                  sources_line_in_file(context->diagnostics->sources, key_position(item, last)));
    return true;
}

bool decode_refuse_struct(struct decode_context *context, const struct step *step, const struct decode_type *type,
                          const struct node *node)
{
    decode_refuse_type(context, step, node, "a map");
    bool is_item = node->kind == NODE_SEQUENCE && node->count == 1 && node_is_map(node->items[0]);
    if (hint_rendering(context, node) || hint_item_of_field(context, step, type, node) ||
        decode_hint_row(context, step, node) || hint_entry(context, step, type, node, false))
        return false;
    if (is_item && step->kind != STEP_INDEX)
        diagnose_hint(context->diagnostics, "remove %s: this is one map, not a list",
                      node->style == STYLE_FLOW ? "'[' and ']'" : "the '- '");
    else
        decode_hint_fields(context, type);
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
        diagnose_hint(context->diagnostics, "write every item, including the first, on its own line after '- ': "
                                            "otherwise, the items become one string");
    else
        diagnose_hint(context->diagnostics, "write each item, even a single one, on a line of its own after '- '");
}

// True for a map with keys that belong in a map of strings, which it lacks: `{team: a, includeSelectors: true}`.
static bool lacks_text_map(const struct decode_type *type, const struct node *map)
{
    const struct decode_field *field = decode_only_text_map(type);
    bool has_own_keys = false;
    for (uint32_t i = 0; field && i < map->count; i++) {
        if (slice_equals(map->entries[i].key->text, field->name))
            return false;
        has_own_keys |= !decode_type_has(type, map->entries[i].key->text);
    }
    return has_own_keys;
}

bool decode_refuse_list(struct decode_context *context, const struct step *step, const struct decode_type *type,
                        const struct node *node)
{
    decode_refuse_type(context, step, node, "a list");
    bool is_map = node->kind == NODE_MAP,
         is_entry = type && is_map && decode_has_known_field(type, node) && !lacks_text_map(type, node);
    if (hint_rendering(context, node) || (!is_entry && decode_hint_row(context, step, node)))
        return false;
    if (is_entry && node->style == STYLE_FLOW)
        diagnose_hint(context->diagnostics, "put the map in brackets: `[{…}]`");
    else if (is_entry && node->count > 1)
        diagnose_hint(context->diagnostics, "write '- ' before the first key, and indent the others to match");
    else if (type && is_map && type->field_count && !is_entry)
        diagnose_hint(context->diagnostics, "write '- ' before each item, and in it fields such as `%s`",
                      type->fields[0].name);
    else if (!type)
        hint_text_list(context, node);
    else if (is_map || !hint_entry(context, step, type, node, true))
        diagnose_hint(context->diagnostics, "write each item, even a single one, on a line of its own after '- '");
    return false;
}
