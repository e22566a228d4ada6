#include "kustomization/references.h"

const struct reference_field reference_fields[] = {
    {"openapi", "path", REFERENCE_FILE},
    {"bases", NULL, REFERENCE_DIRECTORY},
    {"components", NULL, REFERENCE_DIRECTORY},
    {"configurations", NULL, REFERENCE_FILE},
    {"crds", NULL, REFERENCE_FILE},
    {"resources", NULL, REFERENCE_RESOURCE},
    {"configMapGenerator", "env", REFERENCE_FILE},
    {"configMapGenerator", "envs", REFERENCE_FILE},
    {"configMapGenerator", "files", REFERENCE_KEYED_FILE},
    {"secretGenerator", "env", REFERENCE_FILE},
    {"secretGenerator", "envs", REFERENCE_FILE},
    {"secretGenerator", "files", REFERENCE_KEYED_FILE},
    {"helmChartInflationGenerator", "values", REFERENCE_FILE},
    {"helmChartInflationGenerator", "chartHome", REFERENCE_CHART_HOME},
    {"helmCharts", "valuesFile", REFERENCE_FILE},
    {"helmCharts", "additionalValuesFiles", REFERENCE_FILE},
    {"patches", "path", REFERENCE_FILE},
    {"patchesJson6902", "path", REFERENCE_FILE},
    {"patchesStrategicMerge", NULL, REFERENCE_OBJECTS},
    {"replacements", "path", REFERENCE_FILE},
    {"generators", NULL, REFERENCE_PLUGIN},
    {"transformers", NULL, REFERENCE_PLUGIN},
    {"validators", NULL, REFERENCE_PLUGIN},
    {"helmGlobals", "chartHome", REFERENCE_CHART_HOME},
};
const size_t reference_field_count = countof(reference_fields);

const struct reference_member reference_members[] = {
    {"ConfigMapGenerator", {"env"}, REFERENCE_FILE, false},
    {"ConfigMapGenerator", {"envs"}, REFERENCE_FILE, false},
    {"SecretGenerator", {"env"}, REFERENCE_FILE, false},
    {"SecretGenerator", {"envs"}, REFERENCE_FILE, false},
    {"HelmChartInflationGenerator", {"valuesFile"}, REFERENCE_FILE, false},
    {"HelmChartInflationGenerator", {"additionalValuesFiles"}, REFERENCE_FILE, false},
    {"PatchTransformer", {"path"}, REFERENCE_FILE, false},
    {"PatchJson6902Transformer", {"path"}, REFERENCE_FILE, false},
    {"ReplacementTransformer", {"replacements", "path"}, REFERENCE_FILE, false},
    {"ValueAddTransformer", {"targetFilePath"}, REFERENCE_FILE, true},
    {"ConfigMapGenerator", {"files"}, REFERENCE_KEYED_FILE, false},
    {"SecretGenerator", {"files"}, REFERENCE_KEYED_FILE, false},
    {"PatchStrategicMergeTransformer", {"paths"}, REFERENCE_OBJECTS, false},
    {"HelmChartInflationGenerator", {"chartHome"}, REFERENCE_CHART_HOME, false},
};
const size_t reference_member_count = countof(reference_members);

struct walk {
    struct arena *arena;
    struct reference_list *list;
    enum reference_kind kind;
};

// The last occurrence of a field, as in decoding.
static const struct node *find_field(const struct node *map, const char *name)
{
    const struct slice wanted = slice_from(name);
    const struct node *found = NULL;
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++)
        if (slice_equal_ignoring_case(map->entries[i].key->text, wanted))
            found = map->entries[i].value;
    return found;
}

static void add(const struct walk *walk, struct slice field, const struct node *value)
{
    if (!node_is_scalar(value) || node_is_null(value) || !value->count)
        return;
    struct reference reference = {walk->kind, field, {node_text(value), value->position}};
    list_append(walk->arena, walk->list, reference);
}

// "resources[7]". It avoids printf, because it runs for every entry of every kustomization in a repository.
static struct slice item_field(struct arena *arena, struct slice list, uint32_t index)
{
    enum { DIGITS_MAX = 10 };
    char digits[DIGITS_MAX], *text = arena_allocate(arena, list.length + DIGITS_MAX + 3, 1);
    size_t count = 0, length = list.length;
    do
        digits[count++] = (char)('0' + index % 10);
    while ((index /= 10) > 0);
    memcpy(text, list.data, list.length);
    text[length++] = '[';
    while (count)
        text[length++] = digits[--count];
    text[length++] = ']';
    return (struct slice){text, length};
}

// "patches[7].path"
static struct slice member_field(struct arena *arena, struct slice field, struct slice member)
{
    char *text = arena_allocate(arena, field.length + 1 + member.length, 1);
    memcpy(text, field.data, field.length);
    text[field.length] = '.';
    memcpy(text + field.length + 1, member.data, member.length);
    return (struct slice){text, field.length + 1 + member.length};
}

// Adds a path, or a list of paths.
static void add_paths(const struct walk *walk, struct slice field, const struct node *value)
{
    add(walk, field, value);
    for (uint32_t i = 0; node_is_sequence(value) && i < value->count; i++)
        add(walk, item_field(walk->arena, field, i), value->items[i]);
}

// Adds the member of a map, or of each item of a list.
static void add_member(const struct walk *walk, struct slice field, const struct node *value, const char *member)
{
    if (node_is_map(value)) {
        const struct node *found = find_field(value, member);
        if (found)
            add_paths(walk, member_field(walk->arena, field, slice_from(member)), found);
    }
    for (uint32_t i = 0; node_is_sequence(value) && i < value->count; i++)
        if (node_is_map(value->items[i]))
            add_member(walk, item_field(walk->arena, field, i), value->items[i], member);
}

// --- Charts: the directory consists of the chart's name, and of its version if it has a repository.

static struct slice text_of(const struct node *map, const char *field)
{
    const struct node *value = find_field(map, field);
    return node_is_scalar(value) && !node_is_null(value) ? node_text(value) : (struct slice){0};
}

static void add_chart(const struct walk *walk, struct slice field, const struct node *chart, struct slice home)
{
    const bool is_old = slice_starts_with(field, slice_literal("helmChartInflationGenerator"));
    const struct node *name = find_field(chart, is_old ? "chartName" : "name");
    struct slice version = text_of(chart, is_old ? "chartVersion" : "version"), own = text_of(chart, "chartHome");
    struct slice repository = text_of(chart, is_old ? "chartRepoUrl" : "repo");
    if (!node_is_scalar(name) || node_is_null(name) || !name->count)
        return;
    struct slice path = own.length ? own : home.length ? home : slice_literal("charts");
    if (version.length && repository.length)
        path = arena_format(walk->arena, "%.*s/%.*s-%.*s", SLICE_ARGS(path), SLICE_ARGS(node_text(name)),
                            SLICE_ARGS(version));
    struct reference reference = {
        REFERENCE_CHART,
        field,
        {arena_format(walk->arena, "%.*s/%.*s", SLICE_ARGS(path), SLICE_ARGS(node_text(name))), name->position}};
    list_append(walk->arena, walk->list, reference);
}

static void add_charts(const struct walk *walk, const struct node *root, const char *field, struct slice home)
{
    const struct node *charts = find_field(root, field);
    for (uint32_t i = 0; node_is_sequence(charts) && i < charts->count; i++)
        add_chart(walk, item_field(walk->arena, slice_from(field), i), charts->items[i], home);
}

void references_in_kustomization(struct arena *arena, const struct node *root, struct reference_list *list)
{
    struct walk walk = {.arena = arena, .list = list};
    for (size_t i = 0; i < reference_field_count; i++) {
        const struct reference_field *row = &reference_fields[i];
        const struct node *value = find_field(root, row->field);
        walk.kind = row->kind;
        if (value && row->member)
            add_member(&walk, slice_from(row->field), value, row->member);
        else if (node_is_sequence(value))
            add_paths(&walk, slice_from(row->field), value);
    }
    add_charts(&walk, root, "helmCharts", text_of(find_field(root, "helmGlobals"), "chartHome"));
    add_charts(&walk, root, "helmChartInflationGenerator", (struct slice){0});
}

void references_in_object(struct arena *arena, const struct node *object, struct reference_list *list)
{
    struct walk walk = {.arena = arena, .list = list};
    struct slice kind = text_of(object, "kind");
    if (!slice_equals(text_of(object, "apiVersion"), "builtin"))
        return;
    for (size_t i = 0; i < reference_member_count; i++) {
        const struct reference_member *row = &reference_members[i];
        const struct node *value = slice_equals(kind, row->kind) ? find_field(object, row->path[0]) : NULL;
        walk.kind = row->reference;
        if (value && row->path[1])
            add_member(&walk, slice_from(row->path[0]), value, row->path[1]);
        else if (value)
            add_paths(&walk, slice_from(row->path[0]), value);
    }
    if (slice_equals(kind, "HelmChartInflationGenerator"))
        add_chart(&walk, slice_literal("name"), object, (struct slice){0});
}

struct slice reference_path(const struct reference *reference)
{
    struct slice key, path;
    bool has_key = reference->kind == REFERENCE_KEYED_FILE && slice_cut(reference->path.slice, '=', &key, &path);
    return has_key ? path : reference->path.slice;
}

bool reference_may_be_inline(const struct reference *reference)
{
    struct slice text = reference->path.slice;
    return (reference->kind == REFERENCE_OBJECTS || reference->kind == REFERENCE_PLUGIN) &&
           (slice_find_byte(text, '\n') != SLICE_NOT_FOUND || slice_find_byte(text, '{') != SLICE_NOT_FOUND ||
            slice_find(text, slice_literal(": ")) != SLICE_NOT_FOUND);
}
