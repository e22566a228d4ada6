#include "edit/present.h"

#include "base/hash_index.h"

struct texts {
    struct slice *items;
    size_t count, capacity;
    struct hash_index index;
};

// The resources of the current build, and the names in them.
struct present {
    struct build *tree;
    struct texts known;  // names that an edit can use
    struct texts near;   // names to suggest
};

static bool has_text(const struct texts *texts, struct slice text)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&texts->index, slice_hash(text)); hash_cursor_next(&at, &number);)
        if (slice_equal(texts->items[number], text))
            return true;
    return false;
}

static void add_text(struct present *present, struct texts *texts, struct slice text)
{
    if (!text.length || has_text(texts, text))
        return;
    list_append(&present->tree->arena, texts, text);
    hash_index_add(&present->tree->arena, &texts->index, slice_hash(text), (uint32_t)(texts->count - 1));
}

// Builds the kustomization. False: its resources are unknown, or there are none yet.
static bool look(const struct edit *edit, struct present *present)
{
    *present = (struct present){0};
    if (edit->as_kustomize)
        return false;
    present->tree = build_new();
    // A build with `files` but without `fetches` never touches the network and runs no programs.
    const struct build_options options = {.files = edit->files};
    return build_run(present->tree, &options, slice_literal(".")) && present->tree->resources.count > 0;
}

static void warn(struct edit *edit, const struct present *present, const char *field, const char *what,
                 struct slice name)
{
    // An existing entry was intentional: its image may have another name by now.
    const struct node *list = edit_get(edit->root, field);
    for (uint32_t i = 0; list && i < list->count; i++)
        if (slice_equal(edit_get_text(list->items[i], "name"), name))
            return;
    if (has_text(&present->known, name))
        return;
    struct slice nearest = nearest_text(name, present->near.items, present->near.count);
    diagnose_warning(&edit->build->diagnostics, source_position(edit->source, 0, 0), "no %s '%.*s'", what,
                     SLICE_ARGS(name));
    if (nearest.length)
        diagnose_hint(&edit->build->diagnostics, "did you mean '%.*s'?",
                      SLICE_ARGS(arena_copy(&edit->build->arena, nearest)));
}

// --- Images.

static void add_image(struct present *present, struct slice text, bool is_image)
{
    struct image_argument image = {0};
    edit_split_image(text, &image);
    add_text(present, &present->known, image.new_name);
    if (is_image)
        add_text(present, &present->near, image.new_name);
}

// Any string may be an image, because a kustomization can declare any field as one.
static void add_images(struct present *present, const struct node *node, bool is_image)
{
    if (node_is_scalar(node))
        add_image(present, node_text(node), is_image);
    else if (node_is_map(node))
        for (uint32_t i = 0; i < node->count; i++)
            add_images(present, node->entries[i].value, slice_equals(node->entries[i].key->text, "image"));
    else if (node_is_sequence(node))
        for (uint32_t i = 0; i < node->count; i++)
            add_images(present, node->items[i], false);
}

void edit_warn_about_images(struct edit *edit, const struct image_arguments *images)
{
    struct present present;
    if (look(edit, &present)) {
        for (size_t i = 0; i < present.tree->resources.count; i++)
            add_images(&present, present.tree->resources.items[i]->root, false);
        for (size_t i = 0; i < images->count; i++)
            warn(edit, &present, "images", "resource uses the image", images->items[i].name);
    }
    build_free(present.tree);
}

// --- Replicas.

static bool has_replicas(const struct resource *resource)
{
    static const char *const kinds[] = {"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"};
    for (size_t i = 0; i < countof(kinds); i++)
        if (slice_equals(resource->id.gvk.kind->text, kinds[i]))
            return true;
    return false;
}

static void add_names(struct present *present, const struct resource *resource)
{
    add_text(present, &present->known, resource->id.name->text);
    for (size_t i = 0; i < resource->previous.count; i++)
        add_text(present, &present->known, resource->previous.items[i].name->text);
    if (has_replicas(resource))
        add_text(present, &present->near,
                 resource->previous.count ? resource->previous.items[0].name->text : resource->id.name->text);
}

void edit_warn_about_replicas(struct edit *edit, const struct replica_arguments *replicas)
{
    struct present present;
    if (look(edit, &present)) {
        for (size_t i = 0; i < present.tree->resources.count; i++)
            add_names(&present, present.tree->resources.items[i]);
        for (size_t i = 0; i < replicas->count; i++)
            warn(edit, &present, "replicas", "resource has the name", replicas->items[i].name);
    }
    build_free(present.tree);
}
