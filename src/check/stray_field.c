#include "check/stray_field.h"

#include "base/word_list.h"
#include "check/misspelled.h"
#include "schema/well_known_names.h"

// The type of what the steps lead to; 0: unknown, or the outermost map.
static uint16_t type_at(const struct validation *validation, const struct step *step)
{
    if (step == validation->top || !step->up)
        return 0;
    uint16_t outer = type_at(validation, step->up);
    bool is_in_top = step->up == validation->top;
    enum api_form form = api_type_form(outer);
    if (!is_in_top && form != API_OBJECT)
        return (form == API_LIST && !step->key) || (form == API_MAP && step->key) ? api_type_items(outer) : 0;
    uint16_t definition = is_in_top ? validation->top_definition : api_type_definition(outer);
    struct api_field field;
    return step->key && api_field_find(definition, validation->release, step->key->text, &field) ? field.type : 0;
}

static bool definition_at(const struct validation *validation, const struct step *step, uint16_t *definition)
{
    uint16_t type = step == validation->top ? 0 : type_at(validation, step);
    if (step != validation->top && api_type_form(type) != API_OBJECT)
        return false;
    *definition = step == validation->top ? validation->top_definition : api_type_definition(type);
    return true;
}

static bool can_have(uint16_t definition, unsigned release, const struct map_entry *entry)
{
    struct api_field field;
    return api_field_find(definition, release, entry->key->text, &field) &&
           field_can_hold(api_form_holds(api_type_form(field.type)), entry->value);
}

static bool can_contain(const struct api_field *field, unsigned release, const struct map_entry *entry)
{
    return api_field_is_in(field, release) && api_type_form(field->type) == API_OBJECT &&
           can_have(api_type_definition(field->type), release, entry);
}

// The object fields of a definition that can contain the unknown field, such as `spec` for `containers` in `template`.
// If the map already has any of them, this holds just one, preferably one that lacks the unknown field.
struct fields_around {
    struct slice names[HINT_NAMES_MAX];
    size_t count;                     // of all of them; only the first HINT_NAMES_MAX are in `names`
    const struct map_entry *present;  // NULL: the map has none
    bool is_set;                      // `present` already has the unknown field
};

static struct fields_around fields_around(uint16_t definition, unsigned release, const struct node *map,
                                          const struct map_entry *entry)
{
    struct fields_around around = {0};
    struct api_field field;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *beside = &map->entries[i];
        if (!api_field_find(definition, release, beside->key->text, &field) || !can_contain(&field, release, entry))
            continue;
        bool is_set = node_map_find(beside->value, entry->key);
        if (!around.present || (around.is_set && !is_set))
            around = (struct fields_around){{field.name}, 1, beside, is_set};
    }
    for (uint32_t at = 0; !around.present && api_field_next(definition, &at, &field);)
        if (can_contain(&field, release, entry) && around.count++ < HINT_NAMES_MAX)
            around.names[around.count - 1] = field.name;
    return around;
}

// True if the entry directly follows `above` in a block map, so that indenting it makes it a field of `above`.
static bool continues(const struct node *map, const struct map_entry *entry, const struct map_entry *above)
{
    bool is_next = above->key_line < entry->key_line && map->style != STYLE_FLOW;
    // A build may have changed the order.
    for (uint32_t i = 0; i < map->count; i++)
        is_next &= map->entries[i].key_line <= above->key_line || map->entries[i].key_line >= entry->key_line;
    return is_next && above->value->style != STYLE_FLOW && (node_is_map(above->value) || node_is_null(above->value)) &&
           entry->value->style != STYLE_FLOW;
}

static const char *content_of(const struct map_entry *entry)
{
    return entry->value->kind == NODE_SCALAR ? "" : " and its content";
}

// The items of a list beside the unknown field, such as `containers`, that may have the field but don't.
struct items_around {
    struct slice list;  // empty: there is no such list
    struct slice names[HINT_NAMES_MAX];
    size_t count;      // of `names`
    bool is_complete;  // all of them have a name, and it is in `names`
    bool others_have;  // other items have the field
};

// True if the item already has what the field is an alternative to, such as `value` for `valueFrom`.
static bool has_alternative(struct slice list, const struct node *item)
{
    static const char *const lists[] = {"env", "envFrom", "volumes", NULL}, *const common[] = {"name", "prefix", NULL};
    for (uint32_t i = 0; slice_is_one_of(list, lists) && i < item->count; i++)
        if (!slice_is_one_of(item->entries[i].key->text, common))
            return true;
    return false;
}

static void take_items(struct items_around *items, const struct node *list, const struct name *field)
{
    items->is_complete = true;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i], *name = node_map_get(item, NAME(name));
        if (!node_is_map(item))
            continue;
        if (node_map_find(item, field))
            items->others_have = true;
        else if (has_alternative(items->list, item))
            continue;
        else if (node_is_scalar(name) && items->count < HINT_NAMES_MAX)
            items->names[items->count++] = node_text(name);
        else
            items->is_complete = false;
    }
}

// A field directly after a list probably belongs to the list's last item and isn't indented far enough.
static void take_item_above(struct items_around *items, const struct node *map, uint32_t number,
                            const struct map_entry *entry)
{
    const struct node *list = map->entries[number].value, *last = list->count ? list->items[list->count - 1] : NULL;
    const struct node *name = node_map_get(last, NAME(name));
    bool is_below = number + 1 < map->count && &map->entries[number + 1] == entry && last &&
                    last->position.file == node_read_from(entry->value) && last->position.line < entry->key_line;
    for (size_t i = 0; is_below && node_is_scalar(name) && i < items->count; i++)
        if (slice_equal(items->names[i], node_text(name))) {
            items->names[0] = items->names[i];
            items->count = 1;
            items->is_complete = true;
            return;
        }
}

static struct items_around items_around(const struct validation *validation, uint16_t definition,
                                        const struct node *map, const struct map_entry *entry)
{
    // A stray container field usually belongs to an item of `containers`, not of `initContainers`.
    bool has_containers = node_map_find(map, NAME(containers)) != NULL;
    struct api_field field;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct node *list = map->entries[i].value;
        struct items_around items = {.list = map->entries[i].key->text};
        if ((has_containers && map->entries[i].key == NAME(initContainers)) || !node_is_sequence(list) ||
            !api_field_find(definition, validation->release, items.list, &field) ||
            api_type_form(field.type) != API_LIST || api_type_form(api_type_items(field.type)) != API_OBJECT ||
            !can_have(api_type_definition(api_type_items(field.type)), validation->release, entry))
            continue;
        take_items(&items, list, entry->key);
        take_item_above(&items, map, i, entry);
        if (items.count || !items.is_complete)
            return items;
    }
    return (struct items_around){0};
}

static const char *hint_items(struct arena *arena, const struct items_around *items)
{
    if (!items->is_complete)
        return arena_format(arena, "move it to an item of `%.*s`%s", SLICE_ARGS(items->list),
                            items->others_have ? " that lacks it" : "")
            .data;
    struct slice names = word_list_quoted(arena, items->names, items->count, HINT_NAMES_MAX, "or");
    return arena_format(arena, "move it to the item %.*s of `%.*s`", SLICE_ARGS(names), SLICE_ARGS(items->list)).data;
}

// Like fields_around, but further inside, along the paths to a workload's Pods: `template.spec` for `containers` in
// `spec`.
static const char *place_inside(uint16_t definition, unsigned release, const struct map_entry *entry)
{
    static const char paths[][32] = {"template.spec", "template.metadata", "jobTemplate.spec",
                                     "jobTemplate.spec.template.spec"};
    for (size_t i = 0; i < countof(paths); i++) {
        struct slice key, rest = slice_from(paths[i]);
        uint16_t inner = definition;
        bool exists = true;
        while (exists && rest.length) {
            struct api_field field;
            slice_cut(rest, '.', &key, &rest);
            exists = api_field_find(inner, release, key, &field) && api_type_form(field.type) == API_OBJECT;
            inner = exists ? api_type_definition(field.type) : 0;
        }
        if (exists && can_have(inner, release, entry))
            return paths[i];
    }
    return NULL;
}

static bool has_field(const struct validation *validation, const struct step *step, struct slice field)
{
    const struct node *map = validation_node(validation, step);
    return node_is_map(map) && node_map_find_text(map, field);
}

// The nearest enclosing map that can have the field. NULL: there is none, or it has another value for it.
static const struct step *place_outside(const struct validation *validation, const struct step *step,
                                        const struct map_entry *entry)
{
    uint16_t definition;
    while (step != validation->top && step->up) {
        step = step->up;
        if (definition_at(validation, step, &definition) && can_have(definition, validation->release, entry))
            return entry->value->kind != NODE_SCALAR || !has_field(validation, step, entry->key->text) ? step : NULL;
    }
    return NULL;
}

// True if the entry may be a label placed directly in a label selector instead of in its `matchLabels`. (A Service's
// selector is a plain map.)
static bool is_label_in_selector(uint16_t definition, unsigned release, const struct map_entry *entry)
{
    struct api_field field;
    return entry->value->kind == NODE_SCALAR &&
           api_field_find(definition, release, slice_literal("matchLabels"), &field) &&
           api_field_find(definition, release, slice_literal("matchExpressions"), &field);
}

bool stray_field_hint_missing(struct validation *validation, struct sighting *sighting, const struct step *step,
                              struct slice field)
{
    uint16_t definition;
    struct api_field known;
    const struct step *up = step->key ? step->up : NULL;
    const struct node *around = sighting && up ? validation_node(validation, up) : NULL;
    const struct map_entry *entry = node_is_map(around) ? node_map_find_text(around, field) : NULL;
    if (!entry || !definition_at(validation, up, &definition) ||
        api_field_find(definition, validation->release, field, &known))
        return false;
    struct slice where = sighting_other_place(validation->judge, sighting, key_position(around, entry));
    const struct map_entry *inner = node_map_find(around, step->key);
    const char *space = where.length ? " " : "";
    if (inner && continues(around, entry, inner))
        sighting_hint(validation->judge, sighting, "indent `%.*s`%s%.*s%s further to make it a field of `%.*s`",
                      SLICE_ARGS(field), space, SLICE_ARGS(where), content_of(entry), SLICE_ARGS(step->key->text));
    else
        sighting_hint(validation->judge, sighting, "move `%.*s`%s%.*s into `%.*s`", SLICE_ARGS(field), space,
                      SLICE_ARGS(where), SLICE_ARGS(step->key->text));
    return true;
}

// True if the unknown field belongs in a handler, but the probe or hook has only handlers that can't contain it.
static bool has_other_handler(const struct fields_around *around, const struct node *map)
{
    static const char *const handlers[] = {"exec", "httpGet", "tcpSocket", "grpc", "sleep", NULL};
    bool has_any = false;
    for (size_t i = 0; handlers[i]; i++)
        has_any |= node_map_find_text(map, slice_from(handlers[i])) != NULL;
    return !around->present && has_any && slice_is_one_of(around->names[0], handlers);
}

static const char *hint_around(struct arena *arena, const struct fields_around *around, const struct node *map,
                               const struct map_entry *entry)
{
    struct slice name = around->names[0], texts[HINT_NAMES_MAX];
    if (around->is_set && entry->value->kind == NODE_SCALAR)
        return arena_format(arena, "remove it: `%.*s` already has '%.*s'", SLICE_ARGS(name),
                            SLICE_ARGS(entry->key->text))
            .data;
    if (around->is_set)
        return arena_format(arena, "merge it into the existing `%.*s` field of `%.*s`, or remove it",
                            SLICE_ARGS(entry->key->text), SLICE_ARGS(name))
            .data;
    if (around->present && continues(map, entry, around->present))
        return arena_format(arena, "indent it%s further to make it a field of `%.*s`", content_of(entry),
                            SLICE_ARGS(name))
            .data;
    if (around->count == 1)
        return arena_format(arena, around->present ? "move it into `%.*s`" : "move it into a new `%.*s` field",
                            SLICE_ARGS(name))
            .data;
    for (size_t i = 0; i < around->count && i < HINT_NAMES_MAX; i++)
        texts[i] = arena_format(arena, "`%.*s`", SLICE_ARGS(around->names[i]));
    bool is_complete = around->count <= HINT_NAMES_MAX;
    struct slice list = word_list(arena, texts, is_complete ? around->count : 2, HINT_NAMES_MAX, "or");
    return arena_format(arena,
                        is_complete ? "move it into a new %.*s field"
                                    : "move it into the field that it belongs to, such as %.*s",
                        SLICE_ARGS(list))
        .data;
}

static const char *hint_match_labels(struct arena *arena, const struct node *map, const struct map_entry *entry)
{
    const struct node *labels = node_map_get_text(map, slice_literal("matchLabels"));
    if (labels && node_map_find(labels, entry->key))
        return arena_format(arena, "remove it: `matchLabels` already has '%.*s'", SLICE_ARGS(entry->key->text)).data;
    return labels ? "move it into `matchLabels`" : "move it into a new `matchLabels` field";
}

const char *stray_field_place(struct validation *validation, const struct step *step, uint16_t definition,
                              const struct node *map, const struct map_entry *entry, struct slice *becomes)
{
    struct arena *arena = &validation->judge->arena;
    struct items_around items = items_around(validation, definition, map, entry);
    *becomes = items.list;
    if (items.list.length)
        return hint_items(arena, &items);
    const struct fields_around around = fields_around(definition, validation->release, map, entry);
    bool has_handler = has_other_handler(&around, map);
    *becomes = has_handler ? (struct slice){0} : around.names[0];
    if (has_handler)
        return NULL;
    if (around.count)
        return hint_around(arena, &around, map, entry);
    if (is_label_in_selector(definition, validation->release, entry))
        return hint_match_labels(arena, map, entry);
    const char *inside = place_inside(definition, validation->release, entry);
    if (inside) {
        struct slice rest;
        slice_cut(slice_from(inside), '.', becomes, &rest);
        return arena_format(arena, "move it to `%s`", inside).data;
    }
    const struct step *outside = place_outside(validation, step, entry);
    if (!outside)
        return NULL;
    struct slice path = validation_path(validation, outside);
    if (has_field(validation, outside, entry->key->text))
        return arena_format(arena, "move its content to `%.*s%s%.*s`", SLICE_ARGS(path), path.length ? "." : "",
                            SLICE_ARGS(entry->key->text))
            .data;
    return path.length ? arena_format(arena, "move it to `%.*s`", SLICE_ARGS(path)).data
                       : "move it to the top level of the resource";
}
