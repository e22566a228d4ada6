#include "resource/resource_map.h"

void resource_map_init(struct resource_map *map, struct resource_context *context)
{
    *map = (struct resource_map){.context = context};
}

static uint64_t hash_id(const struct gvk *gvk, const struct name *kind, const struct name *name,
                        const struct name *namespace)
{
    uint64_t hash = hash_combine(name->hash, kind->hash);
    hash = hash_combine(hash, namespace->hash);
    return hash_combine(hash, hash_combine(gvk->group->hash, gvk->version->hash));
}

// Adds a number only once, so that repeated reindexing doesn't make the index grow.
static void add_once(struct resource_map *map, struct hash_index *index, uint64_t hash, uint32_t serial)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(index, hash); hash_cursor_next(&at, &number);)
        if (number == serial)
            return;
    hash_index_add(map->context->arena, index, hash, serial);
}

static void index_names(struct resource_map *map, const struct resource *resource, size_t first_previous)
{
    add_once(map, &map->by_name, resource->id.name->hash, resource->serial);
    for (size_t i = first_previous; i < resource->previous.count; i++)
        add_once(map, &map->by_name, resource->previous.items[i].name->hash, resource->serial);
}

// Adds the missing index entries: for the current ID, and for previous IDs from `first_previous` on.
static void index_ids(struct resource_map *map, struct resource *resource, size_t first_previous)
{
    const struct resource_id *id = &resource->id;
    add_once(map, &map->by_id, hash_id(&id->gvk, id->gvk.kind, id->name, resource_effective_namespace(resource)),
             resource->serial);
    for (size_t i = first_previous; i < resource->previous.count; i++) {
        const struct previous_id *previous = &resource->previous.items[i];
        add_once(map, &map->by_id, hash_id(&id->gvk, previous->kind, previous->name, previous->namespace),
                 resource->serial);
    }
    if (resource->serial < map->named_count)
        index_names(map, resource, first_previous);
    resource->previous.indexed = resource->previous.count;
    resource->previous.group = id->gvk.group;
    resource->previous.version = id->gvk.version;
}

void resource_map_reindex(struct resource_map *map, struct resource *resource)
{
    // Previous IDs have the group and version of the current one.
    bool same = resource->previous.group == resource->id.gvk.group &&
                resource->previous.version == resource->id.gvk.version;
    index_ids(map, resource, same ? resource->previous.indexed : 0);
}

// Keeps a list in order of arrival; lists are short.
static void insert_by_serial(struct arena *arena, struct resource_list *list, struct resource *resource)
{
    size_t at = list->count;
    while (at > 0 && list->items[at - 1]->serial > resource->serial)
        at--;
    list_append(arena, list, resource);
    for (size_t i = list->count - 1; i > at; i--)
        list->items[i] = list->items[i - 1];
    list->items[at] = resource;
}

static bool is_cluster_scoped(const struct resource_map *map, const struct resource_id *id)
{
    const struct gvk *gvk = &id->gvk;
    char text[256];
    struct slice api_version = gvk->version->text;
    if (!name_is_empty(gvk->group)) {
        size_t length = gvk->group->text.length + 1 + gvk->version->text.length;
        if (length > sizeof text)
            return false;  // longer than any known apiVersion
        memcpy(text, gvk->group->text.data, gvk->group->text.length);
        text[gvk->group->text.length] = '/';
        memcpy(text + gvk->group->text.length + 1, gvk->version->text.data, gvk->version->text.length);
        api_version = (struct slice){text, length};
    }
    return schema_scope(map->context->schema, map->context->diagnostics->release, api_version, gvk->kind->text) ==
           SCOPE_CLUSTER;
}

struct resource_list resource_map_with_id(struct resource_map *map, const struct resource_id *id, bool current_only)
{
    struct resource_list list = {0};
    const struct name *namespace = effective_namespace(id, is_cluster_scoped(map, id));
    uint64_t hash = hash_id(&id->gvk, id->gvk.kind, id->name, namespace);
    uint32_t serial;
    for (struct hash_cursor at = hash_index_find(&map->by_id, hash); hash_cursor_next(&at, &serial);) {
        struct resource *resource = map->by_serial[serial];
        if (resource && !resource->removed &&
            (current_only ? resource_has_id(resource, id) : resource_has_or_had_id(resource, id)))
            insert_by_serial(map->context->arena, &list, resource);
    }
    return list;
}

static bool has_or_had_name(const struct resource *resource, const struct name *name)
{
    if (resource->id.name == name)
        return true;
    for (size_t i = 0; i < resource->previous.count; i++)
        if (resource->previous.items[i].name == name)
            return true;
    return false;
}

struct resource_list resource_map_named(struct resource_map *map, const struct name *name)
{
    for (; map->named_count < map->serial_count; map->named_count++)
        if (map->by_serial[map->named_count])
            index_names(map, map->by_serial[map->named_count], 0);

    struct resource_list list = {0};
    uint32_t serial;
    for (struct hash_cursor at = hash_index_find(&map->by_name, name->hash); hash_cursor_next(&at, &serial);) {
        struct resource *resource = map->by_serial[serial];
        if (resource && !resource->removed && has_or_had_name(resource, name))
            insert_by_serial(map->context->arena, &list, resource);
    }
    return list;
}

// Another resource with the same current ID, or NULL. It doesn't allocate, because every append calls it.
static const struct resource *find_duplicate(const struct resource_map *map, const struct resource *resource)
{
    const struct resource_id *id = &resource->id;
    uint64_t hash = hash_id(&id->gvk, id->gvk.kind, id->name, resource_effective_namespace(resource));
    uint32_t serial;
    for (struct hash_cursor at = hash_index_find(&map->by_id, hash); hash_cursor_next(&at, &serial);) {
        const struct resource *other = map->by_serial[serial];
        if (other && other != resource && !other->removed && resource_has_id(other, id))
            return other;
    }
    return NULL;
}

// True for two resources with one ID that had two before; false if they had one from the start.
static bool has_become_duplicate(const struct resource *resource, const struct resource *other)
{
    struct resource_id a = resource_original_id(resource), b = resource_original_id(other);
    bool forgot = (resource->id_set_at.line && !resource->previous.count) ||
                  (other->id_set_at.line && !other->previous.count);
    bool had_two = a.name != b.name || a.gvk.kind != b.gvk.kind ||
                   effective_namespace(&a, resource->cluster_scoped) != effective_namespace(&b, other->cluster_scoped);
    return forgot || (had_two && (resource->id_set_at.line || other->id_set_at.line));
}

static bool diagnose_duplicate(const struct resource_map *map, const struct resource *resource,
                               const struct resource *other)
{
    struct diagnostics *diagnostics = map->context->diagnostics;
    struct arena *arena = map->context->arena;
    struct position position = resource_position(resource), first = resource_position(other);
    if (has_become_duplicate(resource, other)) {
        diagnose(diagnostics, resource->id_set_at.line ? resource->id_set_at : other->id_set_at,
                 "this gives two resources the same identity, %.*s: those at %.*s and %.*s",
                 SLICE_ARGS(resource_text(arena, resource)),
                 SLICE_ARGS(position_text(diagnostics->sources, arena, first)),
                 SLICE_ARGS(position_text(diagnostics->sources, arena, position)));
        diagnose_hint(diagnostics, "give one of them another name, or build them in separate kustomizations");
    } else {
        map->context->conflict = (struct resource_conflict){.added = resource, .present = other};
        resource_diagnose_defined(map->context, resource, other);
        bool can_patch = position.file != first.file && !resource->generated && !other->generated &&
                         !slice_equals(resource->id.gvk.version->text, "builtin");
        if (position.line && position_equal(position, first))
            diagnose_hint(diagnostics,
                          "list the file once, or give each base its own namePrefix or namespace: the file is part of "
                          "the build twice, perhaps through two bases");
        else
            diagnose_hint(diagnostics, "%s: two resources cannot share group, version, kind, name, and namespace",
                          can_patch ? "use a patch to change the first one"
                                    : "give one of them another name, or remove one");
    }
    return diagnose_phrase(diagnostics, RESOURCE_ID_TAKEN ": %.*s", SLICE_ARGS(resource_id_text(arena, &resource->id)));
}

static void add(struct resource_map *map, struct resource *resource)
{
    struct arena *arena = map->context->arena;
    list_append(arena, map, resource);
    if (map->serial_count == map->serial_capacity) {
        uint32_t capacity = map->serial_capacity ? map->serial_capacity * 2 : 16;
        map->by_serial = arena_grow(arena, map->by_serial, map->serial_count, capacity, sizeof *map->by_serial, 16);
        map->serial_capacity = capacity;
    }
    resource->serial = map->serial_count;
    map->by_serial[map->serial_count++] = resource;
    index_ids(map, resource, 0);
}

bool resource_map_append(struct resource_map *map, struct resource *resource)
{
    const struct resource *other = find_duplicate(map, resource);
    if (other)
        return diagnose_duplicate(map, resource, other);
    add(map, resource);
    return true;
}

size_t resource_map_count_twins(const struct resource_map *map, const struct resource_list *list, uint32_t from,
                                uint32_t to)
{
    size_t twins = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct resource *other = find_duplicate(map, list->items[i]);
        twins += other && other->serial >= from && other->serial < to;
    }
    return twins;
}

size_t resource_map_count(const struct resource_map *map, uint32_t from, uint32_t to)
{
    size_t count = 0;
    for (size_t i = 0; i < map->count; i++)
        count += !map->items[i]->removed && map->items[i]->serial >= from && map->items[i]->serial < to;
    return count;
}

bool resource_map_absorb(struct resource_map *map, struct resource_map *from)
{
    if (map->count == 0) {
        *map = *from;
        // Renaming may have given two resources the same ID, which hasn't been checked yet.
        if (!resource_map_check_unique(map))
            return false;
    } else {
        for (size_t i = 0; i < from->count; i++)
            if (!resource_map_append(map, from->items[i])) {
                map->context->conflict.arriving = (struct resource_list){from->items, from->count, from->capacity};
                return false;
            }
    }
    resource_map_init(from, from->context);
    return true;
}

void resource_map_replace(struct resource_map *map, struct resource *old, struct resource *by)
{
    by->serial = old->serial;
    map->by_serial[old->serial] = by;
    // The items are sorted by serial.
    size_t low = 0;
    for (size_t high = map->count; high - low > 1;) {
        size_t middle = low + (high - low) / 2;
        if (map->items[middle]->serial <= old->serial)
            low = middle;
        else
            high = middle;
    }
    map->items[low] = by;
    old->removed = true;
    index_ids(map, by, 0);
}

void resource_map_remove(struct resource_map *map, struct resource *resource)
{
    resource->removed = true;
    map->has_removed = true;
}

void resource_map_drop_removed(struct resource_map *map)
{
    if (!map->has_removed)
        return;
    size_t kept = 0;
    for (size_t i = 0; i < map->count; i++) {
        if (map->items[i]->removed)
            map->by_serial[map->items[i]->serial] = NULL;
        else
            map->items[kept++] = map->items[i];
    }
    map->count = kept;
    map->has_removed = false;
}

bool resource_map_check_unique_id(struct resource_map *map, const struct resource *resource)
{
    const struct resource *other = find_duplicate(map, resource);
    return !other || diagnose_duplicate(map, resource, other);
}

bool resource_map_check_unique(struct resource_map *map)
{
    for (size_t i = 0; i < map->count; i++)
        if (!resource_map_check_unique_id(map, map->items[i]))
            return false;
    return true;
}

// --- For tests and debuggers.

static void dump_names(struct buffer *out, const char *title, const struct name_list *names)
{
    if (!names->count)
        return;
    buffer_add_format(out, "  %s", title);
    for (size_t i = 0; i < names->count; i++)
        buffer_add_format(out, " %.*s", SLICE_ARGS(names->items[i]->text));
    buffer_add_byte(out, '\n');
}

static void dump_id(struct buffer *out, const struct name *kind, const struct name *name, const struct name *namespace)
{
    buffer_add_format(out, "%.*s %.*s", SLICE_ARGS(kind->text), SLICE_ARGS(name->text));
    if (!name_is_empty(namespace))
        buffer_add_format(out, " in %.*s", SLICE_ARGS(namespace->text));
}

static void dump_flags(struct buffer *out, const struct resource *resource)
{
    const struct {
        bool set;
        const char *text;
    } flags[] = {
        {resource->cluster_scoped, "cluster-scoped"}, {resource->needs_hash, "needs-hash"},
        {resource->generated, "generated"},           {resource->helm_generated, "of-helm"},
        {resource->shares_nodes, "shares-nodes"},     {resource->removed, "removed"},
    };
    for (size_t i = 0; i < countof(flags); i++)
        if (flags[i].set)
            buffer_add_format(out, ", %s", flags[i].text);
}

static void dump_resource(struct arena *arena, const struct resource_map *map, const struct resource *resource,
                          struct buffer *out)
{
    const struct gvk *gvk = &resource->id.gvk;
    struct slice where = position_text(map->context->diagnostics->sources, arena, resource_position(resource));
    buffer_add_format(out, "%.*s%s%.*s ", SLICE_ARGS(gvk->group->text), name_is_empty(gvk->group) ? "" : "/",
                      SLICE_ARGS(gvk->version->text));
    dump_id(out, gvk->kind, resource->id.name, resource->id.namespace);
    buffer_add_format(out, ", %.*s", SLICE_ARGS(where));
    dump_flags(out, resource);
    buffer_add_byte(out, '\n');
    for (size_t i = 0; i < resource->previous.count; i++) {
        const struct previous_id *previous = &resource->previous.items[i];
        buffer_add_text(out, "  was ");
        dump_id(out, previous->kind, previous->name, previous->namespace);
        buffer_add_byte(out, '\n');
    }
    dump_names(out, "prefixes", &resource->prefixes);
    dump_names(out, "suffixes", &resource->suffixes);
}

struct slice resource_map_dump(struct arena *arena, const struct resource_map *map)
{
    struct buffer out = {0};
    for (size_t i = 0; i < map->count; i++)
        dump_resource(arena, map, map->items[i], &out);
    struct slice text = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return text;
}
