// Finds images in finished objects.
#include "base/hash_index.h"
#include "base/shown.h"
#include "images/images.h"
#include "schema/field_spec.h"
#include "schema/well_known_names.h"

struct found_nodes {
    const struct node **items;
    size_t count, capacity;
    struct hash_index index;
};

struct collect {
    struct build *build;
    const struct image_request *request;
    struct arena *arena;
    struct image_uses *uses;
    const struct resource *resource;
    struct found_nodes fields;  // of the object, that field specs name
    struct buffer path;
    const struct node *holder;  // the list item that contains the scalar, such as a container or volume
    size_t holder_start, holder_end;
    bool in_container, is_custom;
};

// --- Field specs.

static uint64_t node_hash(const struct node *node)
{
    return slice_hash((struct slice){(const char *)&node, sizeof node});
}

static bool note_field(void *state, struct node **leaf)
{
    struct collect *collect = state;
    struct found_nodes *fields = &collect->fields;
    hash_index_add(&collect->build->arena, &fields->index, node_hash(*leaf), (uint32_t)fields->count);
    list_append(&collect->build->arena, fields, *leaf);
    return true;
}

static bool is_noted(const struct collect *collect, const struct node *node)
{
    uint32_t number;
    struct hash_cursor at = hash_index_find(&collect->fields.index, node_hash(node));
    while (hash_cursor_next(&at, &number))
        if (collect->fields.items[number] == node)
            return true;
    return false;
}

// Notes the fields that field specs name. A path that runs into a node of the wrong type is ignored.
static void note_fields(struct collect *collect, struct resource *resource)
{
    struct build *build = collect->build;
    struct diagnostics *diagnostics = &build->diagnostics;
    const struct field_specs *specs = field_config_list(build->fields, FIELD_SPECS_IMAGES);
    const struct field_walk walk = {
        .arena = &build->arena, .diagnostics = diagnostics, .visit = note_field, .state = collect};
    collect->fields = (struct found_nodes){0};
    for (size_t i = 0; i < specs->count; i++) {
        const struct gvk *gvk = &resource->id.gvk;
        if (!field_spec_selects(&specs->items[i], gvk->group, gvk->version, gvk->kind))
            continue;
        size_t mark = diagnostics->count, errors = diagnostics->error_count;
        if (!field_spec_walk(&walk, field_spec_parsed(&build->arena, build->names, &specs->items[i]), resource->root)) {
            diagnostics_forget(diagnostics, mark);
            diagnostics->error_count = errors;
        }
    }
}

// --- One image.

static struct slice copy_of_text(struct collect *collect, const struct node *scalar)
{
    return node_is_scalar(scalar) ? arena_copy(collect->arena, node_text(scalar)) : (struct slice){0};
}

static struct slice copy_of_path(struct collect *collect, size_t from, size_t to)
{
    return arena_copy(collect->arena, slice_part(buffer_slice(&collect->path), from, to));
}

static void set_place(struct collect *collect, struct image_use *use, struct position position)
{
    position = sources_file_position(&collect->build->sources, position);
    const struct source *source = sources_get(&collect->build->sources, position.file);
    if (!source || !position.line)
        return;
    use->file = arena_copy(collect->arena, source->path);
    position = source_place(source, position);
    use->line = position.line;
    use->column = position.column;
}

static void add_use(struct collect *collect, const struct node *scalar, bool is_guess)
{
    const struct resource *resource = collect->resource;
    struct build *build = collect->build;
    struct slice text = arena_copy(collect->arena, node_text(scalar));
    struct image_use use = {
        .root = collect->request->root,
        .text = text,
        .api_version = copy_of_text(collect, node_map_get(resource->root, NAME(apiVersion))),
        .kind = arena_copy(collect->arena, resource->id.gvk.kind->text),
        .namespace = arena_copy(collect->arena, resource->id.namespace->text),
        .name = arena_copy(collect->arena, resource->id.name->text),
        .path = copy_of_path(collect, 0, collect->path.length),
        .holder = copy_of_path(collect, collect->holder_start, collect->holder_end),
        .is_guess = is_guess,
    };
    use.is_valid = image_reference_parse(collect->arena, text, &use.reference);
    if (collect->in_container && collect->holder) {
        use.container = copy_of_text(collect, node_map_get(collect->holder, NAME(name)));
        use.pull_policy = copy_of_text(
            collect, node_map_get(collect->holder, name_intern(build->names, slice_literal("imagePullPolicy"))));
    }
    set_place(collect, &use, scalar->position);
    if (!use.is_valid) {
        // An invalid reference may contain a login, which must not appear in the inventory.
        use.text = shown_text(collect->arena, NULL, text);
        diagnose_warning(&build->diagnostics, scalar->position, "'%.*s' is not a valid image reference",
                         SLICE_ARGS(text));
        diagnose_hint(&build->diagnostics, "write it in lower case, in a form such as 'registry.example/team/web:1.0'");
    }
    list_append(collect->arena, collect->uses, use);
}

static void add_image(struct collect *collect, const struct node *image)
{
    if (image->kind != NODE_SCALAR)
        diagnose_warning(&collect->build->diagnostics, image->position,
                         "expected a string for the image, found %s; ignoring it", node_kind_phrase(image));
    else if (!node_is_null(image) && image->count)
        add_use(collect, image, false);
}

// True for a string with a slash and a tag or digest, which few other strings have, or any reference in a field
// `image`.
static bool looks_like_image(struct collect *collect, const struct name *key, const struct node *scalar)
{
    struct image_reference reference;
    struct slice text = node_text(scalar);
    if (scalar->tag != TAG_IMPLICIT && scalar->tag != TAG_STRING)
        return false;
    if (!image_reference_parse(&collect->build->arena, text, &reference))
        return false;
    if (reference.tag.length || reference.digest.length)
        return slice_find_byte(text, '/') != SLICE_NOT_FOUND || (key && key == NAME(image));
    return key && key == NAME(image);
}

// --- The walk.

static void walk(struct collect *, const struct name *key, const struct node *);

static void add_key(struct buffer *path, struct slice key)
{
    if (path->length)
        buffer_add_byte(path, '.');
    for (size_t i = 0; i < key.length; i++) {
        if (key.data[i] == '.' || key.data[i] == '[' || key.data[i] == '\\')
            buffer_add_byte(path, '\\');
        buffer_add_byte(path, key.data[i]);
    }
}

static bool holds_containers(const struct collect *collect, const struct name *key)
{
    return key == NAME(containers) || key == NAME(initContainers) ||
           key == name_intern(collect->build->names, slice_literal("ephemeralContainers"));
}

static void walk_items(struct collect *collect, const struct name *key, const struct node *list)
{
    const struct collect outer = *collect;
    size_t key_start = collect->path.length - (key ? key->text.length : 0);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i], *name = node_map_get(item, NAME(name));
        size_t length = collect->path.length;
        if (node_is_scalar(name) && name->count)
            buffer_add_format(&collect->path, "[%.*s]", SLICE_ARGS(node_text(name)));
        else
            buffer_add_format(&collect->path, "[%u]", i);
        collect->holder = item;
        collect->holder_start = key_start;
        collect->holder_end = collect->path.length;
        collect->in_container = key && holds_containers(collect, key);
        walk(collect, NULL, item);
        collect->path.length = length;
    }
    collect->holder = outer.holder;
    collect->holder_start = outer.holder_start;
    collect->holder_end = outer.holder_end;
    collect->in_container = outer.in_container;
}

static void walk_map(struct collect *collect, const struct node *map)
{
    for (uint32_t i = 0; i < map->count; i++) {
        size_t length = collect->path.length;
        const struct map_entry *entry = &map->entries[i];
        add_key(&collect->path, entry->key->text);
        if ((collect->in_container && map == collect->holder && entry->key == NAME(image)) ||
            is_noted(collect, entry->value))
            add_image(collect, entry->value);
        else
            walk(collect, entry->key, entry->value);
        collect->path.length = length;
    }
}

static void walk(struct collect *collect, const struct name *key, const struct node *node)
{
    if (node->kind == NODE_MAP)
        walk_map(collect, node);
    else if (node->kind == NODE_SEQUENCE)
        walk_items(collect, key, node);
    else if (is_noted(collect, node))
        add_image(collect, node);
    else if (collect->request->guess && collect->is_custom && looks_like_image(collect, key, node))
        add_use(collect, node, true);
}

static bool is_custom(const struct node *root)
{
    const struct node *version = node_map_get(root, NAME(apiVersion)), *kind = node_map_get(root, NAME(kind));
    return node_is_scalar(version) && node_is_scalar(kind) &&
           !schema_type_known(schema_of_kind(schema_builtin(), node_text(version), node_text(kind)));
}

void images_collect(struct build *build, const struct image_request *request, struct arena *arena,
                    struct image_uses *uses)
{
    struct collect collect = {.build = build, .request = request, .arena = arena, .uses = uses};
    for (size_t i = 0; i < build->resources.count; i++) {
        struct resource *resource = build->resources.items[i];
        const struct name *kind = resource->id.gvk.kind;
        if (kind == NAME(Secret) || kind == NAME(CustomResourceDefinition) || !node_is_map(resource->root))
            continue;
        collect.resource = resource;
        collect.is_custom = request->guess && is_custom(resource->root);
        note_fields(&collect, resource);
        walk(&collect, NULL, resource->root);
    }
    buffer_free(&collect.path);
}
