#include "pipeline/plugin_objects.h"

#include "json/json.h"
#include "json/roundtrip.h"
#include "load/path.h"
#include "pipeline/origin.h"

bool plugin_object_is_builtin(const struct resource *resource)
{
    return name_is_empty(resource->id.gvk.group) && slice_equals(resource->id.gvk.version->text, "builtin");
}

static struct slice text_of(const struct name *name)
{
    return name->text;
}

// The origin for the step that an object configures: its file, or the kustomization if it is inline.
static const struct origin *origin_of_object(struct kust_target *target, const struct resource *resource)
{
    if (!target->shared->track_origins)
        return NULL;
    struct origin *origin = arena_new(&target->build->arena, struct origin);
    if (resource->origin)
        *origin = *resource->origin;
    origin->configured_in = origin->path;
    origin->path = (struct slice){0};
    const struct gvk *gvk = &resource->id.gvk;
    origin->configured_by_api_version = name_is_empty(gvk->group) ? text_of(gvk->version)
                                                                  : arena_format(&target->build->arena, "%.*s/%.*s",
                                                                                 SLICE_ARGS(text_of(gvk->group)),
                                                                                 SLICE_ARGS(text_of(gvk->version)));
    origin->configured_by_kind = text_of(gvk->kind);
    origin->configured_by_name = text_of(resource->id.name);
    origin->configured_by_namespace = text_of(resource->id.namespace);
    return origin;
}

// An entry is inline if it isn't the path of an existing file and can be read as objects.
static bool is_inline(struct kust_target *target, struct text entry)
{
    if (!entry.slice.length)
        return true;
    if (slice_find_byte(entry.slice, '\n') == SLICE_NOT_FOUND &&
        file_loader_kind(target->files, entry.slice) != FILE_MISSING)
        return false;
    struct diagnostics *diagnostics = &target->build->diagnostics;
    size_t mark = diagnostics->count;
    struct resource_map objects;
    resource_map_init(&objects, &target->build->resource_context);
    const struct source *source = file_loader_inline(target->files, entry.slice, entry.position);
    bool reads = kust_target_add_objects(target, source, (struct slice){0}, &objects);
    // A multi-line string can't be a path, so reading it inline gives the better error.
    bool several_lines = slice_find_byte(slice_trim(entry.slice, "\n"), '\n') != SLICE_NOT_FOUND;
    diagnostics_forget(diagnostics, mark);
    return reads || several_lines;
}

static bool keys_are_distinct(const struct node *node, struct diagnostics *diagnostics)
{
    for (uint32_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++)
        if (!keys_are_distinct(node->items[i], diagnostics))
            return false;
    for (uint32_t i = 0; node->kind == NODE_MAP && i < node->count; i++) {
        const struct map_entry *entry = &node->entries[i], *first = node_map_find(node, entry->key);
        if (first != entry)
            return key_refuse_repeated(node, first, entry, diagnostics);
        if (!keys_are_distinct(entry->value, diagnostics))
            return false;
    }
    return true;
}

// kustomize passes configuration objects on as text, so folded scalars must be settled, and no key may be repeated.
static bool add_objects(struct kust_target *target, const struct resource_map *objects, struct plugin_objects *out)
{
    for (size_t i = 0; i < objects->count; i++) {
        if (!node_settle_folded(&target->build->arena, objects->items[i]->root, &target->build->diagnostics) ||
            !keys_are_distinct(objects->items[i]->root, &target->build->diagnostics))
            return false;
        struct plugin_object object = {objects->items[i], origin_of_object(target, objects->items[i])};
        list_append(&target->build->arena, out, object);
    }
    return true;
}

static bool load_entry(struct kust_target *target, const char *noun, struct text entry, struct accumulation *inlined,
                       struct accumulation *loaded)
{
    if (!is_inline(target, entry))
        return kust_target_load_resource(target, noun, entry, loaded);
    struct slice file = path_base(target->kustomization->source->path);
    const struct source *source = file_loader_inline(target->files, entry.slice, entry.position);
    return kust_target_add_objects(target, source, file, &inlined->resources);
}

// True if the entry may be loaded after an error: it fetches nothing and starts no program.
static bool is_harmless(struct kust_target *target, struct text entry)
{
    return !kust_target_is_remote(target, entry.slice) &&
           (!entry.slice.length || file_loader_kind(target->files, entry.slice) != FILE_DIRECTORY);
}

void plugin_objects_examine(struct kust_target *target, const char *noun, const struct text_list *entries)
{
    struct accumulation inlined, loaded;
    accumulation_init(&inlined, target->build);
    accumulation_init(&loaded, target->build);
    for (size_t i = 0; i < entries->count && diagnostics_may_continue(&target->build->diagnostics); i++)
        if (is_harmless(target, entries->items[i]))
            load_entry(target, noun, entries->items[i], &inlined, &loaded);
}

bool plugin_objects_load(struct kust_target *target, const char *noun, const struct text_list *entries,
                         struct plugin_objects *out)
{
    if (!entries->count)
        return true;
    struct accumulation inlined, loaded;
    accumulation_init(&inlined, target->build);
    accumulation_init(&loaded, target->build);
    bool good = true;
    for (size_t i = 0; i < entries->count && (good || diagnostics_may_continue(&target->build->diagnostics)); i++)
        if (good || is_harmless(target, entries->items[i]))
            good &= load_entry(target, noun, entries->items[i], &inlined, &loaded);
    return good && add_objects(target, &inlined.resources, out) && add_objects(target, &loaded.resources, out);
}
