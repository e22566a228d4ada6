#include "check/validation.h"

#include "base/shown.h"
#include "check/key_places.h"
#include "check/stray_field.h"
#include "json/roundtrip.h"

// The maximum number of findings in an object, and of steps that schemas with many alternatives may take for it
enum { FINDINGS_MAX = 10000 };

static void add_path(struct buffer *path, const struct step *step)
{
    if (!step || !step->up)
        return;
    add_path(path, step->up);
    if (step->key)
        buffer_add_format(path, "%s%.*s", path->length ? "." : "", SLICE_ARGS(step->key->text));
    else
        buffer_add_format(path, "[%u]", step->index);
}

struct slice validation_path(struct validation *validation, const struct step *step)
{
    struct buffer path = {0};
    add_path(&path, step);
    struct slice copy = arena_copy(&validation->judge->arena, buffer_slice(&path));
    buffer_free(&path);
    return copy;
}

struct sighting *validation_find(struct validation *validation, const struct rule *rule, const struct step *step,
                                 struct position position, const char *format, ...)
{
    if (validation->trial) {
        validation->trial->errors++;
        if (step->depth > validation->trial->farthest)
            validation->trial->farthest = step->depth;
        return NULL;
    }
    // Once the budget is used up, schemas that were only partly checked seem to fit, so further findings may be wrong.
    bool gave_up = !validation->budget && rule != &schema_not_checked_rule;
    if (gave_up || validation->count++ >= FINDINGS_MAX)
        return NULL;
    va_list arguments;
    va_start(arguments, format);
    struct judge *judge = validation->judge;
    struct slice text = arena_format_list(&judge->arena, format, arguments);
    va_end(arguments);
    judge->rule = rule;
    if (validation->is_range)
        text = arena_format(&judge->arena, "%.*s in Kubernetes 1.%u", SLICE_ARGS(text), validation->release);
    struct sighting *sighting = judge_find(judge, position, "%.*s", SLICE_ARGS(text));
    if (!sighting)
        return NULL;
    struct buffer path = {0};
    add_path(&path, step);
    buffer_add_byte(&path, '\0');
    sighting_about(judge, sighting, validation->resource, path.length > 1 ? path.data : NULL);
    buffer_free(&path);
    return sighting;
}

void validation_give_up(struct validation *validation, const struct step *step, const struct node *node)
{
    if (!validation->budget)
        return;
    validation->budget = 0;
    validation->trial = NULL;
    validation_find(validation, &schema_not_checked_rule, step, node->position,
                    "the schema takes too long for this resource: the rest is not checked");
}

bool validation_continues(struct validation *validation, const struct step *step, const struct node *node)
{
    if (validation->budget == 1)
        validation_give_up(validation, step, node);
    if (!validation->budget)
        return false;
    validation->budget--;
    return validation->count < FINDINGS_MAX;
}

// --- Values.

struct output_value validation_value(struct validation *validation, const struct node *node, bool in_flow)
{
    bool is_quoted = node->style != STYLE_PLAIN && (node->tag == TAG_STRING || node->tag == TAG_IMPLICIT);
    struct output_value value = {.type = SCALAR_STRING, .text = node_text(node)};
    struct roundtrip_scalar passed;
    // The object has already been printed, so there is nothing to diagnose.
    if (is_quoted ||
        !scalar_roundtrip(node, in_flow, &validation->scratch, &validation->judge->build->diagnostics, &passed))
        return value;
    value.value = passed.value;
    value.text = passed.text;
    value.type = passed.value.type == SCALAR_TIMESTAMP || passed.value.type == SCALAR_MERGE ? SCALAR_STRING
                                                                                            : passed.value.type;
    return value;
}

bool validation_is_null(struct validation *validation, const struct node *node, bool in_flow)
{
    return node_is_null(node) && (!in_flow || validation_value(validation, node, in_flow).type == SCALAR_NULL);
}

bool validation_is_open(const struct node *node)
{
    struct slice text = node_text(node);
    if (node->kind != NODE_SCALAR)
        return false;
    size_t braces = slice_find(text, slice_literal("{{")), start = slice_find(text, slice_literal("${"));
    return slice_starts_with(text, slice_literal("ENC[")) ||
           (start != SLICE_NOT_FOUND && slice_find_byte(slice_from_index(text, start), '}') != SLICE_NOT_FOUND) ||
           (braces != SLICE_NOT_FOUND &&
            slice_find(slice_from_index(text, braces), slice_literal("}}")) != SLICE_NOT_FOUND);
}

const char *validation_kind(struct validation *validation, const struct node *node, bool in_flow)
{
    static const char *const texts[] = {
        [SCALAR_STRING] = "a string", [SCALAR_NULL] = "null",       [SCALAR_BOOL] = "a boolean",
        [SCALAR_INT] = "an integer",  [SCALAR_UINT] = "an integer", [SCALAR_FLOAT] = "a number",
    };
    if (node->kind != NODE_SCALAR)
        return node->kind == NODE_MAP ? "a map" : "a list";
    return texts[validation_value(validation, node, in_flow).type];
}

struct slice validation_shown(struct validation *validation, const struct node *node)
{
    struct arena *arena = &validation->judge->arena;
    if (validation->is_secret)
        return slice_literal("the value");
    struct buffer shown = {0};
    buffer_add_byte(&shown, '\'');
    shown_add(NULL, node_text(node), 100, &shown);
    buffer_add_byte(&shown, '\'');
    struct slice copy = arena_copy(arena, buffer_slice(&shown));
    buffer_free(&shown);
    return copy;
}

// True if the file has a reference to a var, such as `$(COUNT)`, where the value now has another type.
static bool was_variable(struct judge *judge, const struct node *node)
{
    struct slice token = line_from(judge, node->position), property, rest;
    while (token.length && strchr("&!", token.data[0]) && slice_cut(token, ' ', &property, &rest))
        token = rest;
    if (token.length && strchr("'\"", token.data[0]))
        token = slice_from_index(token, 1);
    return node->kind == NODE_SCALAR && slice_starts_with(token, slice_literal("$("));
}

const struct node *validation_node(const struct validation *validation, const struct step *step)
{
    if (!step || !step->up)
        return validation->resource->root;
    const struct node *outer = validation_node(validation, step->up);
    if (step->key)
        return node_is_map(outer) ? node_map_get(outer, step->key) : NULL;
    return node_is_sequence(outer) && step->index < outer->count ? outer->items[step->index] : NULL;
}

struct position validation_key_place(struct validation *validation, const struct step *step,
                                     const struct map_entry *entry)
{
    const struct node *map = validation->trial ? NULL : validation_node(validation, step);
    return map ? key_place(validation->judge, validation->resource, map, entry) : entry->value->position;
}

// Finds the position of the value that a build step replaced with this one: that of its key, that of its list's key,
// or only the file. False: nothing was replaced.
static bool find_replaced(struct validation *validation, const struct step *step, const struct node *node,
                          struct position *place)
{
    if (node->kind != NODE_SCALAR || !node->read_from || node->flags & NODE_UNTYPED)
        return false;
    *place = (struct position){.file = node->read_from};
    while (step && step->up && !step->key)
        step = step->up;
    const struct node *map = step && step->up ? validation_node(validation, step->up) : NULL;
    const struct map_entry *entry = node_is_map(map) ? node_map_find(map, step->key) : NULL;
    // A patch replaces a value, but not its key.
    if (entry && map->position.file == place->file && node_read_from(entry->value) == place->file)
        *place = key_position(map, entry);
    return true;
}

// True for a block map such as `echo step: one`, whose colon may have been meant as part of a string.
static bool is_text_with_colon(const struct node *node)
{
    const struct map_entry *entry = node->kind == NODE_MAP && node->count == 1 ? node->entries : NULL;
    return entry && node->style != STYLE_FLOW && entry->value->kind == NODE_SCALAR &&
           (node_is_null(entry->value) || entry->value->position.line == entry->key_line);
}

// True for a block map or list as the value of a ConfigMap's or Secret's key, which is probably a file without its `|`.
static bool is_text_of_lines(const struct validation *validation, const struct step *step, const struct node *node)
{
    const struct name *kind = validation->resource->id.gvk.kind, *map = step->up ? step->up->key : NULL;
    return step->key && node->kind != NODE_SCALAR && node->count && node->style != STYLE_FLOW &&
           ((kind == NAME(ConfigMap) && map == NAME(data)) || (kind == NAME(Secret) && map == NAME(stringData)));
}

static void hint_text_of_lines(struct validation *validation, struct sighting *sighting, const struct step *step,
                               const struct node *node)
{
    const struct map_entry *entry = node_map_find(validation_node(validation, step->up), step->key);
    bool is_indented = entry && node->position.column > entry->key_column;
    sighting_hint(validation->judge, sighting, "write `|` after `%.*s:`%s to make %s one string",
                  SLICE_ARGS(step->key->text), is_indented ? "" : ", and indent the lines below it,",
                  is_indented ? "the lines below it" : "them");
}

void validation_wrong_type(struct validation *validation, const struct step *step, const struct node *node,
                           bool in_flow, const char *expected)
{
    if (validation_is_open(node))
        return;
    const char *found = validation_kind(validation, node, in_flow);
    bool wants_strings = strcmp(expected, "a list of strings") == 0;
    bool wants_string = strcmp(expected, "a string") == 0, is_scalar = node->kind == NODE_SCALAR;
    bool is_changed = wants_string && was_variable(validation->judge, node);
    struct position path = overwritten_path(&validation->judge->build->resource_context.overwritten, node);
    // If a scalar is expected here, the replacement's path is right, and only its value is wrong.
    bool wants_map = strncmp(expected, "a map", 5) == 0, wants_list = strncmp(expected, "a list", 6) == 0;
    bool overwrites = path.line && (wants_map || wants_list);
    struct sighting *sighting;
    bool replaces = false;
    struct text pointer = node->kind == NODE_MAP && wants_list ? path_over_list(validation->judge, node, &replaces)
                                                               : (struct text){0};
    if (pointer.slice.length) {
        sighting = validation_find(validation, &schema_type_rule, step, pointer.position, "expected %s, found %s",
                                   expected, found);
        sighting_hint(validation->judge, sighting, "to append to the list, %send the path with '/-': '%.*s/-'",
                      replaces ? "use `op: add` and " : "", SLICE_ARGS(pointer.slice));
        return;
    }
    if (!is_scalar)
        sighting = validation_find(validation, &schema_type_rule, step, node->position, "expected %s, found %s",
                                   expected, found);
    else if (is_changed)
        sighting = validation_find(validation, &type_changed_by_quotes_rule, step, node->position,
                                   "expected a string, but %.*s becomes %s in the output",
                                   SLICE_ARGS(validation_shown(validation, node)), found);
    else
        sighting = validation_find(validation, &schema_type_rule, step, overwrites ? path : node->position,
                                   "expected %s, but %.*s is %s", expected,
                                   SLICE_ARGS(validation_shown(validation, node)), found);
    bool is_item = step->up && !step->key;
    if (wants_string && is_item && is_text_with_colon(node))
        sighting_hint(validation->judge, sighting, "write the whole item in quotes: the ':' makes it a map");
    if (wants_string && is_text_of_lines(validation, step, node))
        hint_text_of_lines(validation, sighting, step, node);
    if (!sighting || !is_scalar)
        return;
    if (overwrites) {
        sighting_hint(validation->judge, sighting,
                      "end the path with the name of the field to set: the path currently leads to a map or a list");
        return;
    }
    if (wants_map && node_lacks_space(node)) {
        sighting_hint(validation->judge, sighting, "write a space after the ':'");
        return;
    }
    bool is_quoted = node->style == STYLE_SINGLE_QUOTED || node->style == STYLE_DOUBLE_QUOTED;
    enum node_tag unquoted = scalar_resolve_tag(node_text(node));
    bool is_number = unquoted == TAG_INT || unquoted == TAG_BOOL || unquoted == TAG_FLOAT;
    struct position replaced;
    if (!is_changed && (wants_string || (is_quoted && is_number)) && find_replaced(validation, step, node, &replaced))
        sighting_hint(
            validation->judge, sighting,
            "%s the value that it replaces, %s %.*s: kustomize keeps the type of that value",
            wants_string ? "quote" : "remove the quotes from", replaced.line ? "at" : "in",
            SLICE_ARGS(position_text(&validation->judge->build->sources, &validation->judge->arena, replaced)));
    else if (is_changed)
        sighting_hint(
            validation->judge, sighting,
            "make the var refer to a string: a var that is the whole value keeps the type of what it refers to");
    else if (wants_string && !validation->is_secret)
        sighting_hint(validation->judge, sighting, "write it in quotes: \"%.*s\"", SLICE_ARGS(node_text(node)));
    else if (wants_strings && !validation->is_secret)
        sighting_hint(validation->judge, sighting, "write it as a list: `[\"%.*s\"]`", SLICE_ARGS(node_text(node)));
    else if (is_quoted && is_number)
        sighting_hint(validation->judge, sighting, "write it without quotes");
}

bool words_are_near(struct slice a, struct slice b)
{
    return slice_equal_ignoring_case(a, b) || slice_edit_distance(a, b, 1) <= 1;
}

void validation_not_in_set(struct validation *validation, const struct step *step, const struct node *node,
                           struct slice choices, struct slice nearest)
{
    if (validation_is_open(node))
        return;
    struct sighting *sighting = validation_find(validation, &schema_enum_rule, step, node->position,
                                                "%.*s is not one of %.*s",
                                                SLICE_ARGS(validation_shown(validation, node)), SLICE_ARGS(choices));
    if (!sighting)
        return;
    sighting_suggest(validation->judge, sighting, nearest);
    // A release newer than the table may have more values.
    if (validation->release > api_newest && !words_are_near(node_text(node), nearest))
        sighting->level = LEVEL_WARNING;
}

// --- Fields.

void validation_missing(struct validation *validation, const struct step *step, const struct node *map,
                        const struct node *value, const struct name *field)
{
    const struct step missing = {step, field, 0, step->depth + 1};
    if (value)
        validation_find(validation, &schema_null_rule, &missing, value->position, "the required field '%.*s' is null",
                        SLICE_ARGS(field->text));
    else
        stray_field_hint_missing(validation,
                                 validation_find(validation, &schema_required_rule, &missing, map->position,
                                                 "missing required field '%.*s'", SLICE_ARGS(field->text)),
                                 step, field->text);
}

// The field on the line above, if it has no value and the same indentation: `limits` for an outdented `memory`.
static struct slice field_above(struct judge *judge, struct position position)
{
    struct sources *sources = &judge->build->sources;
    const struct source *source = sources_get(sources, position.file);
    struct slice line, name, rest;
    if (!source || position.line < 2 || !position.column || !sources_line(sources, source, position.line - 1, &line) ||
        line.length < position.column)
        return (struct slice){0};
    size_t indentation = position.column - 1;
    for (size_t i = 0; i < indentation; i++)
        if (line.data[i] != ' ' && line.data[i] != '-')
            return (struct slice){0};
    bool is_field = slice_cut(slice_from_index(line, indentation), ':', &name, &rest);
    rest = slice_trim(rest, " \t\r\n");
    bool is_bare = is_field && name.length && !strchr(" #-'\"", name.data[0]);
    return is_bare && (!rest.length || rest.data[0] == '#') ? name : (struct slice){0};
}

// True if the entry is probably a misspelled `$patch` directive, such as `patch: delete` or `$Patch: merge`.
static bool is_misspelled_directive(const struct map_entry *entry)
{
    static const char *const directives[] = {"delete", "replace", "merge", NULL};
    struct slice key = entry->key->text;
    return !slice_equals(key, "$patch") && slice_equal_ignoring_case(slice_trim(key, "$"), slice_literal("patch")) &&
           node_is_scalar(entry->value) && slice_is_one_of(node_text(entry->value), directives);
}

struct sighting *validation_unknown(struct validation *validation, const struct step *step,
                                    const struct map_entry *entry, struct slice suggestion)
{
    const struct step unknown = {step, entry->key, 0, step->depth + 1};
    // SOPS adds the field to objects that it encrypts, and removes it again.
    if (!step->up && slice_equals(entry->key->text, "sops"))
        return NULL;
    struct position place = validation_key_place(validation, step, entry);
    struct sighting *sighting = validation_find(validation, &schema_unknown_field_rule, &unknown, place,
                                                "unknown field '%.*s'", SLICE_ARGS(entry->key->text));
    bool is_in_patch = place.file != resource_position(validation->resource).file;
    if (is_in_patch && is_misspelled_directive(entry))
        suggestion = slice_literal("$patch");
    struct slice above = sighting && !suggestion.length ? field_above(validation->judge, place) : (struct slice){0};
    if (above.length)
        sighting_hint(validation->judge, sighting, "indent it further to make it a field of `%.*s`", SLICE_ARGS(above));
    else
        sighting_suggest(validation->judge, sighting, suggestion);
    return sighting;
}
