// check/immutable_rules.c
//
// Fields that a cluster refuses to change, compared with an older revision.
#include "base/recovery.h"
#include "check/immutable.h"
#include "check/run.h"

static const struct {
    const char *group, *kind, *path;
    bool if_marked;          // only if the object has `immutable: true`
    bool is_set_by_cluster;  // if the object doesn't have the field
} immutable_fields[] = {
    {"apps", "Deployment", .path = "spec.selector"},
    {"apps", "DaemonSet", .path = "spec.selector"},
    {"apps", "ReplicaSet", .path = "spec.selector"},
    {"apps", "StatefulSet", .path = "spec.selector"},
    {"apps", "StatefulSet", .path = "spec.serviceName"},
    {"apps", "StatefulSet", .path = "spec.podManagementPolicy"},
    {"apps", "StatefulSet", .path = "spec.volumeClaimTemplates"},
    {"batch", "Job", .path = "spec.selector"},
    {"batch", "Job", .path = "spec.template"},
    {"batch", "Job", .path = "spec.completionMode"},
    {"", "Service", .path = "spec.clusterIP", .is_set_by_cluster = true},
    {"", "PersistentVolumeClaim", .path = "spec.storageClassName"},
    {"", "PersistentVolumeClaim", .path = "spec.accessModes"},
    {"", "Secret", .path = "type"},
    {"", "Secret", .path = "data", .if_marked = true},
    {"", "ConfigMap", .path = "data", .if_marked = true},
    {"", "ConfigMap", .path = "binaryData", .if_marked = true},
    {"rbac.authorization.k8s.io", "RoleBinding", .path = "roleRef"},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", .path = "roleRef"},
    {"storage.k8s.io", "StorageClass", .path = "provisioner"},
    {"storage.k8s.io", "StorageClass", .path = "parameters"},
};

static uint64_t object_hash(struct slice root, const struct resource *resource)
{
    const struct slice parts[] = {resource->id.gvk.group->text, resource->id.gvk.kind->text, resource->id.name->text,
                                  object_namespace(resource)};
    uint64_t hash = slice_hash(root);
    for (size_t i = 0; i < countof(parts); i++)
        hash = hash_combine(hash, slice_hash(parts[i]));
    return hash;
}

static uint64_t value_hash(const struct node *node)
{
    return node ? node_digest(node) : 0;
}

static uint64_t field_hash(uint64_t object, size_t field, const struct node *value)
{
    return hash_combine(hash_combine(object, field), value_hash(value));
}

static bool is_of_field(const struct resource *resource, size_t field)
{
    return is_kind(resource, immutable_fields[field].group, immutable_fields[field].kind);
}

// --- The older revision.

void immutables_free(struct immutables *immutables)
{
    if (!immutables)
        return;
    pthread_mutex_destroy(&immutables->lock);
    arena_free(&immutables->arena);
    piece_free(immutables);
}

static void note_object(struct immutables *immutables, struct slice root, const struct resource *resource)
{
    uint64_t object = object_hash(root, resource);
    bool marked = slice_equals(field_text(resource->root, "immutable"), "true");
    hash_index_add(&immutables->arena, &immutables->objects, object, 0);
    for (size_t i = 0; i < countof(immutable_fields); i++) {
        if (!is_of_field(resource, i))
            continue;
        const struct node *value = field_at(resource->root, immutable_fields[i].path);
        // Without the mark, any change is allowed.
        uint64_t hash = immutable_fields[i].if_marked && !marked ? hash_combine(object, i)
                                                                 : field_hash(object, i, value);
        hash_index_add(&immutables->arena, &immutables->fields, hash, 0);
    }
}

struct older {
    const struct check_run *run;
    struct root_list roots;
    struct root_result *results;
    struct immutables *found;
};

static bool note_root(void *state, size_t root, struct build *build)
{
    const struct older *older = state;
    const struct resource_map *resources = &build->resources;
    pthread_mutex_lock(&older->found->lock);
    for (size_t i = 0; i < resources->count; i++)
        note_object(older->found, older->roots.items[root].path, resources->items[i]);
    pthread_mutex_unlock(&older->found->lock);
    return true;
}

static struct build_options options_of(void *state, const struct root *root)
{
    const struct older *older = state;
    return older->run->options(older->run->state, root, &older->results[root - older->roots.items].arena);
}

static void build_roots(struct older *older, struct session *session, struct build *build)
{
    const struct root_list *roots = older->run->roots;
    const struct file_system *files = session_files(session, build, (struct slice){0});
    for (size_t i = 0; i < roots->count; i++)
        if (root_has_kustomization(build, files, roots->items[i].directory))
            list_append(&build->arena, &older->roots, roots->items[i]);
    older->results = arena_array(&build->arena, struct root_result, older->roots.count + 1);
    struct root_builds builds = {
        .roots = &older->roots,
        .results = older->results,
        .thread_count = older->run->thread_count,
        .state = older,
        .session = session,
        .options = options_of,
        .use = note_root,
    };
    root_builds_run(&builds);
    root_results_free(older->results, older->roots.count);
}

struct immutables *immutables_read(const struct check_run *run, struct session *session)
{
    struct older older = {.run = run, .found = piece_new(sizeof *older.found)};
    pthread_mutex_init(&older.found->lock, NULL);
    // Nothing exists before the first commit.
    if (!session)
        return older.found;
    struct build *build = session_build_new(session);
    build_roots(&older, session, build);
    session_build_free(session, build);
    return older.found;
}

// --- The rule.

static bool is_changed(const struct immutables *older, uint64_t object, size_t field, const struct node *value)
{
    return !hash_index_has(&older->fields, field_hash(object, field, value)) &&
           !hash_index_has(&older->fields, hash_combine(object, field));
}

static void find_changed(struct judge *judge, const struct resource *resource)
{
    const struct immutables *older = judge->check->immutables;
    if (!older)
        return;
    uint64_t object = object_hash(judge->check->root_paths[judge->root], resource);
    if (!hash_index_has(&older->objects, object))
        return;
    for (size_t i = 0; i < countof(immutable_fields); i++) {
        if (!is_of_field(resource, i))
            continue;
        const struct node *value = field_at(resource->root, immutable_fields[i].path);
        if ((!value && immutable_fields[i].is_set_by_cluster) || !is_changed(older, object, i, value))
            continue;
        struct sighting *sighting = judge_find(judge, object_place(resource, value),
                                               "%s of %.*s has changed, but the field is immutable",
                                               immutable_fields[i].path, SLICE_ARGS(resource_shown(judge, resource)));
        sighting_about(judge, sighting, resource, immutable_fields[i].path);
        sighting_hint(judge, sighting, "delete the resource first, or give it another name");
    }
}

const struct rule immutable_change_rule = {
    .id = "immutable-change",
    .level = LEVEL_WARNING,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "an immutable field changes",
    .why = "The cluster already has the resource with the old value and rejects the new one. Immutable fields include "
           "workload selectors, the Pod templates of Jobs, `volumeClaimTemplates`, and the `roleRef` of role "
           "bindings. kiln finds such changes only with `--since` and `--staged`, because it needs the older state.",
    .remedy = "delete the resource first, or give it another name",
    .found = "resources: [job.yaml]\n"
             "--- job.yaml, whose image was nginx:1\n"
             "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {containers: [{name: a, "
             "image: 'nginx:2'}]}}}}\n",
    .not_found =
        "resources: [job.yaml]\n"
        "--- job.yaml, whose name was a-1\n"
        "{apiVersion: batch/v1, kind: Job, metadata: {name: a-2}, spec: {template: {spec: {containers: [{name: "
        "a, image: 'nginx:2'}]}}}}\n",
    .needs_more = true,
    .resource = find_changed,
};
