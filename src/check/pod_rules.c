// check/pod_rules.c
//
// Mistakes inside a Pod template: duplicate names, volumes, and requests above limits.
#include "base/text_set.h"
#include "base/word_list.h"
#include "check/examples.h"
#include "check/objects.h"
#include "doc/scalar.h"
#include "resource/quantity.h"

struct pod_search {
    struct judge *judge;
    const struct pod *pod;
    struct hash_index names;  // in the current list → index in `list`
    const struct node *volumes;
    bool *used;  // of the volumes
};

// Calls `judge_pod` for each Pod template of the root.
static void for_each_pod(struct judge *judge, void (*judge_pod)(struct pod_search *, const struct field_trail *spec))
{
    const struct objects *objects = judge_objects(judge);
    for (size_t i = 0; i < objects->pods.count; i++) {
        struct pod_search search = {.judge = judge, .pod = &objects->pods.items[i]};
        struct pod_trail trail;
        pod_trail_set(&trail, search.pod);
        judge_pod(&search, &trail.spec);
    }
}

// --- Duplicate names.

// The fields that identify an item of a list. If `second` is set, it is part of the key, with `otherwise` as its
// default.
struct list_key {
    const char *list, *key, *second, *otherwise, *what;
};

struct name_search {
    struct judge *judge;
    const struct resource *resource;
    const struct list_key *key;
    struct {
        struct named_item {
            struct slice name, second;
            const struct node *place;
        } * items;
        size_t count, capacity;
    } seen;
    struct hash_index index;
};

static const struct named_item *find_same(const struct name_search *search, const struct named_item *item,
                                          uint64_t hash)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&search->index, hash); hash_cursor_next(&at, &number);) {
        const struct named_item *seen = &search->seen.items[number];
        if (slice_equal(seen->name, item->name) && slice_equal(seen->second, item->second))
            return seen;
    }
    return NULL;
}

static void judge_item(void *state, const struct node *node, const struct field_trail *trail)
{
    struct name_search *search = state;
    const struct list_key *key = search->key;
    struct judge *judge = search->judge;
    struct named_item item = {field_text(node, key->key), {0}, field_get(node, key->key)};
    if (!item.name.length || is_placeholder(item.name))
        return;
    if (key->second) {
        item.second = field_text(node, key->second);
        item.second = item.second.length ? item.second : slice_from(key->otherwise);
    }
    uint64_t hash = slice_hash_pair(item.name, item.second);
    const struct named_item *same = find_same(search, &item, hash);
    if (!same) {
        hash_index_add(&judge->scratch, &search->index, hash, (uint32_t)search->seen.count);
        list_append(&judge->scratch, &search->seen, item);
        return;
    }
    struct sighting *sighting = judge_find(judge, object_place(search->resource, item.place),
                                           "%s '%.*s%s%.*s' is already defined", key->what, SLICE_ARGS(item.name),
                                           item.second.length ? "/" : "", SLICE_ARGS(item.second));
    sighting_about(judge, sighting, search->resource, trail_text(judge, trail, key->key));
    sighting_hint_place(judge, sighting, "see the first one", same->place->position);
}

static void judge_names(struct judge *judge, const struct resource *resource, const struct node *map,
                        const struct field_trail *trail, const struct list_key *key)
{
    struct name_search search = {.judge = judge, .resource = resource, .key = key};
    const struct node *list = field_at(map, key->list);
    const struct field_trail field = {.outer = trail, .key = slice_from(key->list)};
    for (uint32_t i = 0; node_is_sequence(list) && list->count > 1 && i < list->count; i++)
        judge_item(&search, list->items[i], &(struct field_trail){.outer = &field, .index = i});
}

// Containers of all kinds share one set of names.
static void judge_container_names(struct pod_search *pod)
{
    static const struct list_key key = {.key = "name", .what = "the container"};
    struct name_search search = {.judge = pod->judge, .resource = pod->pod->resource, .key = &key};
    for_each_container(pod->pod, judge_item, &search);
}

static const struct list_key container_keys[] = {
    {.list = "ports", .key = "name", .what = "the port"},
    {.list = "ports", .key = "containerPort", .second = "protocol", .otherwise = "TCP", .what = "the port"},
    {.list = "env", .key = "name", .what = "the variable"},
    {.list = "volumeMounts", .key = "mountPath", .what = "the mount path"},
};

static void judge_in_container(void *state, const struct node *container, const struct field_trail *trail)
{
    struct pod_search *pod = state;
    for (size_t i = 0; i < countof(container_keys); i++)
        judge_names(pod->judge, pod->pod->resource, container, trail, &container_keys[i]);
}

static void judge_pod_names(struct pod_search *pod, const struct field_trail *spec)
{
    static const struct list_key keys[] = {
        {.list = "volumes", .key = "name", .what = "the volume"},
        {.list = "hostAliases", .key = "ip", .what = "the address"},
    };
    judge_container_names(pod);
    for_each_container(pod->pod, judge_in_container, pod);
    for (size_t i = 0; i < countof(keys); i++)
        judge_names(pod->judge, pod->pod->resource, pod->pod->spec, spec, &keys[i]);
}

static void find_duplicates(struct judge *judge)
{
    static const struct list_key keys[] = {
        {.list = "spec.ports", .key = "name", .what = "the port"},
        {.list = "spec.ports", .key = "port", .second = "protocol", .otherwise = "TCP", .what = "the port"},
    };
    const struct objects *objects = judge_objects(judge);
    for_each_pod(judge, judge_pod_names);
    for (size_t i = 0; i < objects->services.count; i++)
        for (size_t k = 0; k < countof(keys); k++)
            judge_names(judge, objects->services.items[i], objects->services.items[i]->root, NULL, &keys[k]);
}

// A Pod, to which an example adds fields of its specification.
#define POD(fields) "resources: [pod.yaml]\n" EXAMPLE_POD(fields)

const struct rule duplicate_name_rule = {
    .id = "duplicate-name",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a container, volume, port, variable, or mount path is defined twice",
    .why = "The API server rejects the resource, or one of the two is lost when you apply it.",
    .remedy = "rename or remove one of them",
    .found = POD("  containers:\n"
                 "  - {name: main, image: nginx}\n"
                 "  - {name: main, image: busybox}\n"),
    .not_found = POD("  containers:\n"
                     "  - name: main\n"
                     "    image: coredns\n"
                     "    ports:\n"
                     "    - {name: dns, containerPort: 53, protocol: UDP}\n"
                     "    - {name: dns-tcp, containerPort: 53, protocol: TCP}\n"),
    .stream = find_duplicates,
};

// --- Volumes.

static void index_volumes(struct pod_search *search)
{
    search->volumes = field_get(search->pod->spec, "volumes");
    search->names = (struct hash_index){0};
    if (!node_is_sequence(search->volumes))
        search->volumes = NULL;
    for (uint32_t i = 0; search->volumes && i < search->volumes->count; i++)
        hash_index_add(&search->judge->scratch, &search->names,
                       slice_hash(field_text(search->volumes->items[i], "name")), i);
}

static bool use_volume(struct pod_search *search, struct slice name)
{
    uint32_t number;
    bool found = false;
    for (struct hash_cursor at = hash_index_find(&search->names, slice_hash(name)); hash_cursor_next(&at, &number);) {
        if (!slice_equal(field_text(search->volumes->items[number], "name"), name))
            continue;
        if (search->used)
            search->used[number] = true;
        found = true;
    }
    return found;
}

static bool is_claimed(const struct pod_search *search, struct slice name)
{
    const struct node *claims = field_at(search->pod->resource->root, "spec.volumeClaimTemplates");
    for (uint32_t i = 0; node_is_sequence(claims) && i < claims->count; i++)
        if (slice_equal(field_text(field_get(claims->items[i], "metadata"), "name"), name))
            return true;
    return false;
}

static void add_names(struct arena *arena, struct text_set *names, const struct node *list, const char *path)
{
    for (uint32_t i = 0; node_is_sequence(list) && i < list->count; i++) {
        const struct node *name = field_at(list->items[i], path);
        if (node_is_scalar(name) && name->count)
            text_set_add(arena, names, node_text(name));
    }
}

static void hint_volume(const struct pod_search *search, struct sighting *sighting, struct slice name)
{
    struct arena *arena = &search->judge->scratch;
    struct text_set names = {0};
    add_names(arena, &names, search->volumes, "name");
    add_names(arena, &names, field_at(search->pod->resource->root, "spec.volumeClaimTemplates"), "metadata.name");
    struct slice nearest = nearest_text(name, names.items, names.count);
    sighting_suggest(search->judge, sighting, nearest);
    if (!nearest.length && names.count)
        sighting_hint(search->judge, sighting, "%.*s",
                      SLICE_ARGS(word_list_fact(arena, "volume", slice_literal(" of the Pod"), names.items, names.count,
                                                HINT_NAMES_MAX)));
}

static void judge_mount(void *state, const struct node *mount, const struct field_trail *trail)
{
    struct pod_search *search = state;
    struct judge *judge = search->judge;
    struct slice name = field_text(mount, "name");
    if (!name.length || is_placeholder(name) || use_volume(search, name) || is_claimed(search, name))
        return;
    struct sighting *sighting = judge_find(judge, object_place(search->pod->resource, field_get(mount, "name")),
                                           "no volume is named '%.*s'", SLICE_ARGS(name));
    sighting_about(judge, sighting, search->pod->resource, trail_text(judge, trail, "name"));
    if (judge_may_search(judge))
        hint_volume(search, sighting, name);
}

static void for_each_mount(struct pod_search *search, const struct node *container, const struct field_trail *trail,
                           void (*found)(void *, const struct node *, const struct field_trail *))
{
    for_each_at(container, "volumeMounts[]", trail, found, search);
    for_each_at(container, "volumeDevices[]", trail, found, search);
}

static void judge_mounts(void *state, const struct node *container, const struct field_trail *trail)
{
    for_each_mount(state, container, trail, judge_mount);
}

static void judge_missing_volumes(struct pod_search *search, const struct field_trail *spec)
{
    (void)spec;
    index_volumes(search);
    for_each_container(search->pod, judge_mounts, search);
}

static void find_missing_volumes(struct judge *judge)
{
    for_each_pod(judge, judge_missing_volumes);
}

const struct rule volume_missing_rule = {
    .id = "volume-missing",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a container mounts a volume that the Pod doesn't have",
    .why = "The API server rejects the resource.",
    .remedy = "correct the name, or add the volume",
    .found = POD("  volumes: [{name: data, emptyDir: {}}, {name: cache, emptyDir: {}}]\n"
                 "  containers:\n"
                 "  - name: main\n"
                 "    image: nginx\n"
                 "    volumeMounts:\n"
                 "    - {name: data, mountPath: /data}\n"
                 "    - {name: cache, mountPath: /cache}\n"
                 "    - {name: dta, mountPath: /more}\n"),
    .not_found = "resources: [db.yaml]\n"
                 "--- db.yaml\n"
                 "apiVersion: apps/v1\n"
                 "kind: StatefulSet\n"
                 "metadata: {name: db}\n"
                 "spec:\n"
                 "  selector: {matchLabels: {app: db}}\n"
                 "  template:\n"
                 "    metadata: {labels: {app: db}}\n"
                 "    spec:\n"
                 "      containers: [{name: db, image: postgres, volumeMounts: [{name: data, mountPath: /data}]}]\n"
                 "  volumeClaimTemplates: [{metadata: {name: data}}]\n",
    .stream = find_missing_volumes,
};

static void note_mount(void *state, const struct node *mount, const struct field_trail *trail)
{
    (void)trail;
    use_volume(state, field_text(mount, "name"));
}

static void note_mounts(void *state, const struct node *container, const struct field_trail *trail)
{
    for_each_mount(state, container, trail, note_mount);
}

static void judge_unused_volumes(struct pod_search *search, const struct field_trail *spec)
{
    struct judge *judge = search->judge;
    index_volumes(search);
    if (!search->volumes)
        return;
    search->used = arena_array(&judge->scratch, bool, search->volumes->count);
    for_each_container(search->pod, note_mounts, search);
    const struct field_trail list = {.outer = spec, .key = slice_literal("volumes")};
    for (uint32_t i = 0; i < search->volumes->count; i++) {
        const struct node *name = field_get(search->volumes->items[i], "name");
        const struct field_trail item = {.outer = &list, .index = i};
        if (search->used[i] || !node_is_scalar(name) || is_placeholder(node_text(name)))
            continue;
        struct sighting *sighting = judge_find(judge, object_place(search->pod->resource, name),
                                               "no container mounts the volume '%.*s'", SLICE_ARGS(node_text(name)));
        sighting_about(judge, sighting, search->pod->resource, trail_text(judge, &item, "name"));
    }
}

static void find_unused_volumes(struct judge *judge)
{
    for_each_pod(judge, judge_unused_volumes);
}

const struct rule volume_unused_rule = {
    .id = "volume-unused",
    .level = LEVEL_WARNING,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "no container mounts a volume of its Pod",
    .why = "The Pod waits for the volume, but doesn't use it.",
    .remedy = "mount the volume, or remove it",
    .found = POD("  volumes: [{name: data, emptyDir: {}}]\n"
                 "  containers: [{name: main, image: nginx}]\n"),
    .not_found = POD("  volumes: [{name: data, emptyDir: {}}]\n"
                     "  containers: [{name: main, image: nginx}]\n"
                     "  initContainers:\n"
                     "  - {name: fill, image: busybox, volumeMounts: [{name: data, mountPath: /data}]}\n"),
    .stream = find_unused_volumes,
};

// --- Requests and limits.

static void judge_resources(struct pod_search *search, const struct node *resources, const struct field_trail *trail)
{
    struct judge *judge = search->judge;
    const struct node *requests = field_get(resources, "requests"), *limits = field_get(resources, "limits");
    for (uint32_t i = 0; node_is_map(requests) && i < requests->count; i++) {
        const struct node *request = requests->entries[i].value;
        const struct map_entry *entry = node_is_map(limits) ? node_map_find(limits, requests->entries[i].key) : NULL;
        struct quantity wanted, allowed;
        if (!entry || !node_is_scalar(request) || !node_is_scalar(entry->value) ||
            !quantity_read(&judge->scratch, node_text(request), &wanted) ||
            !quantity_read(&judge->scratch, node_text(entry->value), &allowed) ||
            quantity_compare(&wanted, &allowed) <= 0)
            continue;
        const struct field_trail list = {.outer = trail, .key = slice_literal("resources.requests")};
        struct slice key = requests->entries[i].key->text;
        struct sighting *sighting = judge_find(judge, object_place(search->pod->resource, request),
                                               "the request for %.*s, %.*s, is above the limit %.*s", SLICE_ARGS(key),
                                               SLICE_ARGS(node_text(request)), SLICE_ARGS(node_text(entry->value)));
        sighting_about(judge, sighting, search->pod->resource, trail_text(judge, &list, key.data));
        sighting_hint_place(judge, sighting, "the limit is", entry->value->position);
    }
}

static void judge_container_resources(void *state, const struct node *container, const struct field_trail *trail)
{
    judge_resources(state, field_get(container, "resources"), trail);
}

static void judge_pod_resources(struct pod_search *search, const struct field_trail *spec)
{
    for_each_container(search->pod, judge_container_resources, search);
    judge_resources(search, field_get(search->pod->spec, "resources"), spec);
}

static void find_over_limit(struct judge *judge)
{
    for_each_pod(judge, judge_pod_resources);
}

const struct rule request_over_limit_rule = {
    .id = "request-over-limit",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a container requests more than its limit allows",
    .why = "The API server rejects the resource.",
    .remedy = "lower the request, or raise the limit",
    .found = POD("  containers:\n"
                 "  - {name: main, image: nginx, resources: {requests: {memory: 1Gi}, limits: {memory: 512Mi}}}\n"),
    .not_found = POD("  containers:\n"
                     "  - {name: main, image: nginx, resources: {requests: {cpu: 0.5}, limits: {cpu: 500m}}}\n"),
    .stream = find_over_limit,
};

// --- Images.

static bool is_pinned(struct slice image)
{
    size_t slash = slice_find_last_byte(image, '/');
    struct slice name = slash == SLICE_NOT_FOUND ? image : slice_from_index(image, slash + 1);
    size_t colon = slice_find_byte(name, ':');
    return slice_find_byte(name, '@') != SLICE_NOT_FOUND ||
           (colon != SLICE_NOT_FOUND && !slice_equals(slice_from_index(name, colon + 1), "latest"));
}

static void judge_image(void *state, const struct node *container, const struct field_trail *trail)
{
    struct pod_search *search = state;
    struct judge *judge = search->judge;
    struct slice image = field_text(container, "image");
    if (!image.length || is_placeholder(image) || is_pinned(image))
        return;
    // What isn't pinned has either no tag or this one.
    bool is_latest = slice_ends_with(image, slice_literal(":latest"));
    struct sighting *sighting = judge_find(judge, object_place(search->pod->resource, field_get(container, "image")),
                                           "the image '%.*s' has %s", SLICE_ARGS(image),
                                           is_latest ? "the tag 'latest'" : "no tag");
    sighting_about(judge, sighting, search->pod->resource, trail_text(judge, trail, "image"));
}

static void judge_images(struct pod_search *search, const struct field_trail *spec)
{
    (void)spec;
    for_each_container(search->pod, judge_image, search);
}

static void find_latest(struct judge *judge)
{
    for_each_pod(judge, judge_images);
}

const struct rule image_latest_rule = {
    .id = "image-latest",
    .level = LEVEL_OFF,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "an image has no tag, or the tag `latest`",
    .why = "What runs depends on when a node pulled the image. This rule is off by default.",
    .remedy = "write a tag or a digest",
    .found = POD("  containers: [{name: main, image: nginx}]\n"),
    .not_found = POD("  containers: [{name: main, image: 'nginx:1.29'}]\n"),
    .stream = find_latest,
};
