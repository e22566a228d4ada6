// localize/plugins.c
//
// Localizes the configurations of generators and transformers. For built-in plugins, the members with paths are known;
// the configuration is rewritten in its file or inline.
#include "localize/localizer.h"

static const struct name *intern(struct localized_root *root, const char *text)
{
    return name_intern(root->localizer->build->names, slice_from(text));
}

static bool refuse(struct localized_root *root, const struct node *node, const char *member)
{
    return diagnose(&root->localizer->build->diagnostics, node->position,
                    "expected a path or a list of paths for '%s', found %s", member, node_kind_phrase(node));
}

static bool localize_scalar(struct localized_root *root, struct node *node, const char *member,
                            localize_entry *localize)
{
    if (node->kind != NODE_SCALAR)
        return refuse(root, node, member);
    struct text path = {node_text(node), node->position};
    if (!localize(root, &path))
        return false;
    if (path.slice.length)
        node_set_text(node, path.slice);
    return true;
}

static bool localize_paths(struct localized_root *root, struct node *node, const char *member, localize_entry *localize)
{
    if (node->kind == NODE_SCALAR)
        return localize_scalar(root, node, member, localize);
    if (node->kind == NODE_MAP)
        return refuse(root, node, member);
    for (uint32_t i = 0; i < node->count; i++)
        if (!localize_scalar(root, node->items[i], member, localize))
            return false;
    return true;
}

// If there is a list on the way, each item is followed.
static bool localize_member(struct localized_root *root, struct node *node, const char *const path[2],
                            localize_entry *localize)
{
    if (node->kind == NODE_SEQUENCE) {
        for (uint32_t i = 0; i < node->count; i++)
            if (!localize_member(root, node->items[i], path, localize))
                return false;
        return true;
    }
    if (node_is_null(node))
        return true;
    if (node->kind != NODE_MAP)
        return diagnose(&root->localizer->build->diagnostics, node->position, "expected a map with '%s', found %s",
                        path[0], node_kind_phrase(node));
    struct node *value = node_map_get(node, intern(root, path[0]));
    if (!value)
        return true;
    const char *const rest[2] = {path[1], NULL};
    return rest[0] ? localize_member(root, value, rest, localize) : localize_paths(root, value, path[0], localize);
}

static bool localize_home(struct localized_root *root, struct node *object)
{
    struct node *home = node_map_get(object, intern(root, "chartHome"));
    struct text unset = {0};
    if (!home || node_is_null(home))
        return localize_chart_home(root, &unset);
    return localize_scalar(root, home, "chartHome", localize_chart_home);
}

static bool localize_builtin(struct localized_root *root, struct resource *object)
{
    const struct gvk *gvk = &object->id.gvk;
    if (!slice_equals(gvk->version->text, "builtin"))
        return true;
    for (size_t i = 0; i < reference_member_count; i++) {
        const struct reference_member *row = &reference_members[i];
        // The chart home has a default when the field is missing, so it is handled below.
        if (row->reference != REFERENCE_CHART_HOME && !row->stays && slice_equals(gvk->kind->text, row->kind) &&
            !localize_member(root, object->root, row->path, localize_reference(row->reference)))
            return false;
    }
    bool charts = name_is_empty(gvk->group) && slice_equals(gvk->kind->text, "HelmChartInflationGenerator");
    return !charts || localize_home(root, object->root);
}

static bool write_objects(struct build *build, const struct resource_map *objects, struct buffer *text)
{
    for (size_t i = 0; i < objects->count; i++) {
        if (i)
            buffer_add_text(text, "---\n");
        if (!build_write_resource(build, objects->items[i], text))
            return false;
    }
    return true;
}

bool localize_plugin(struct localized_root *root, struct text *entry)
{
    struct build *build = root->localizer->build;
    struct resource_map objects;
    struct buffer text = {0};
    bool is_path;
    if (!localize_load_objects(root, *entry, &objects, &is_path))
        return false;
    for (size_t i = 0; i < objects.count; i++)
        if (!localize_builtin(root, objects.items[i]))
            return false;
    bool done = write_objects(build, &objects, &text);
    struct slice written = arena_copy(&build->arena, buffer_slice(&text));
    buffer_free(&text);
    if (done && is_path)
        return localize_content(root, entry, written);
    entry->slice = written;
    return done;
}
