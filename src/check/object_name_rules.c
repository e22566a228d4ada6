// check/object_name_rules.c
//
// Names, labels, and annotations that the API server rejects, and data that is too large.
#include <sodium.h>
#include <string.h>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/secret_names.h"
#include "base/secret_patterns.h"
#include "base/word_filter.h"
#include "check/key_places.h"
#include "check/objects.h"
#include "doc/scalar.h"
#include "pipeline/accumulate.h"
#include "pipeline/plugins.h"

// --- Names.

static bool is_lower(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool is_alphanumeric(char byte)
{
    return is_lower(lower_case(byte)) || byte_is_digit(byte);
}

enum name_form {
    NAME_SUBDOMAIN,  // "web.example.com"
    NAME_LABEL,      // "web"
    NAME_PORT,       // "http", with a letter, up to 15 bytes
    NAME_SEGMENT,    // of a path: "system:node"
};

static bool is_label_name(struct slice name)
{
    for (size_t i = 0; i < name.length; i++)
        if (!is_lower(name.data[i]) && !byte_is_digit(name.data[i]) && name.data[i] != '-')
            return false;
    return name.length && name.data[0] != '-' && name.data[name.length - 1] != '-';
}

static bool is_subdomain(struct slice name)
{
    struct slice part, rest = name;
    while (slice_find_byte(rest, '.') != SLICE_NOT_FOUND) {
        slice_cut(rest, '.', &part, &rest);
        if (!is_label_name(part))
            return false;
    }
    return is_label_name(rest);
}

static bool is_port_name(struct slice name)
{
    bool letter = false;
    for (size_t i = 0; i < name.length; i++)
        letter |= is_lower(name.data[i]);
    return letter && is_label_name(name) && slice_find(name, slice_literal("--")) == SLICE_NOT_FOUND;
}

static bool is_segment(struct slice name)
{
    return !slice_equals(name, ".") && !slice_equals(name, "..") && slice_find_byte(name, '/') == SLICE_NOT_FOUND &&
           slice_find_byte(name, '%') == SLICE_NOT_FOUND;
}

static const struct {
    bool (*fits)(struct slice);
    size_t length_max;
    const char *rule;
} name_forms[] = {
    [NAME_SUBDOMAIN] = {is_subdomain, 253, "lowercase letters, digits, '-', and '.'"},
    [NAME_LABEL] = {is_label_name, 63, "lowercase letters, digits, and '-'"},
    [NAME_PORT] = {is_port_name, 15, "lowercase letters, digits, and '-', and at least one letter"},
    [NAME_SEGMENT] = {is_segment, 253, "no '/' and no '%'"},
};

// What is wrong with a name; NULL: nothing.
static const char *name_fault(struct judge *judge, struct slice name, enum name_form form)
{
    size_t most = name_forms[form].length_max;
    if (name.length > most)
        return arena_format(&judge->scratch, "use at most %zu bytes: it has %zu", most, name.length).data;
    if (name_forms[form].fits(name))
        return NULL;
    bool has_edge = form != NAME_SEGMENT && name.length &&
                    (!is_alphanumeric(name.data[0]) || !is_alphanumeric(name.data[name.length - 1]));
    return arena_format(&judge->scratch, "use only %s%s", name_forms[form].rule,
                        has_edge ? ", and begin and end with a letter or digit" : "")
        .data;
}

// --- Prefixes, suffixes, and namespaces of kustomizations.

// The position of the prefix or suffix in a kustomization; if it comes from somewhere else, `otherwise`.
static struct position affix_place(struct judge *judge, const char *field, const struct name *affix,
                                   struct position otherwise)
{
    struct plugin_fields fields = plugins_fields(&judge->scratch);
    for (size_t i = 0; i < judge->visits.count; i++) {
        const struct directory_work *work = judge->visits.items[i].files->known->work;
        const struct node *value = work ? kustomization_value(work->kustomization, &fields, field) : NULL;
        if (node_is_scalar(value) && slice_equal(node_text(value), affix->text))
            return value->position;
    }
    return otherwise;
}

// Reports a prefix or suffix that makes every name invalid. False: there is none.
static bool judge_affixes(struct judge *judge, const struct resource *resource, enum name_form form, bool is_prefix)
{
    const struct name_list *list = is_prefix ? &resource->prefixes : &resource->suffixes;
    const char *field = is_prefix ? "namePrefix" : "nameSuffix";
    for (size_t i = 0; i < list->count; i++) {
        struct slice text = list->items[i]->text;
        struct slice with = arena_format(&judge->scratch, "%s%.*s%s", is_prefix ? "" : "a", SLICE_ARGS(text),
                                         is_prefix ? "a" : "");
        const char *fault = is_placeholder(text) ? NULL : name_fault(judge, with, form);
        if (!fault)
            continue;
        struct position place = affix_place(judge, field, list->items[i], resource->id_set_at);
        if (!place.line)
            continue;
        struct sighting *sighting = judge_find(judge, place, "with the %s '%.*s', the name '%.*s' is not valid",
                                               is_prefix ? "prefix" : "suffix", SLICE_ARGS(text),
                                               SLICE_ARGS(resource->id.name->text));
        sighting_about(judge, sighting, resource, NULL);
        sighting_hint(judge, sighting, "%s", fault);
        return true;
    }
    return false;
}

// True if the name was valid until a prefix or suffix was added, which has been reported.
static bool is_affix_at_fault(struct judge *judge, const struct resource *resource, enum name_form form)
{
    struct slice now = resource->id.name->text, before = resource_original_id(resource).name->text;
    bool has_affix = resource->prefixes.count || resource->suffixes.count;
    if (!has_affix || is_placeholder(now) || !name_fault(judge, now, form) || name_fault(judge, before, form))
        return false;
    bool prefix = judge_affixes(judge, resource, form, true), suffix = judge_affixes(judge, resource, form, false);
    if (prefix || suffix || !resource->id_set_at.line)
        return prefix || suffix;
    // Together, they are too long.
    struct sighting *sighting = judge_find(
        judge, resource->id_set_at, "with its prefixes and suffixes, the name '%.*s' is not valid", SLICE_ARGS(now));
    sighting_about(judge, sighting, resource, NULL);
    sighting_hint(judge, sighting, "%s", name_fault(judge, now, form));
    return true;
}

// Leaves out the field, because one entry sets the namespace of many objects.
static void judge_namespace(struct judge *judge, const struct resource *resource)
{
    const struct node *namespace = field_at(resource->root, "metadata.namespace");
    if (!node_is_scalar(namespace) || node_is_null(namespace) || !namespace->count || resource->cluster_scoped ||
        is_placeholder(node_text(namespace)))
        return;
    const char *fault = name_fault(judge, node_text(namespace), NAME_LABEL);
    if (!fault)
        return;
    struct sighting *sighting = judge_find(judge, object_place(resource, namespace),
                                           "'%.*s' is not a valid name for a namespace",
                                           SLICE_ARGS(node_text(namespace)));
    sighting_about(judge, sighting, resource, NULL);
    sighting_hint(judge, sighting, "%s", fault);
}

struct name_search {
    struct judge *judge;
    const struct resource *resource;
    enum name_form form;
    const char *what;
};

static void judge_name(void *state, const struct node *name, const struct field_trail *trail)
{
    const struct name_search *search = state;
    struct judge *judge = search->judge;
    if (!node_is_scalar(name) || !name->count || is_placeholder(node_text(name)))
        return;
    const char *fault = name_fault(judge, node_text(name), search->form);
    if (!fault)
        return;
    struct sighting *sighting = judge_find(judge, object_place(search->resource, name),
                                           "'%.*s' is not a valid name for %s", SLICE_ARGS(node_text(name)),
                                           search->what);
    sighting_about(judge, sighting, search->resource, trail_text(judge, trail, NULL));
    sighting_hint(judge, sighting, "%s", fault);
}

// RBAC and OpenShift's API server accept any path segment as a name.
static enum name_form form_of(const struct resource *resource)
{
    struct slice group = resource->id.gvk.group->text;
    if (slice_equals(group, "rbac.authorization.k8s.io") || slice_ends_with(group, slice_literal("openshift.io")))
        return NAME_SEGMENT;
    if (is_kind(resource, "", "Service") || is_kind(resource, "", "Namespace"))
        return NAME_LABEL;
    return NAME_SUBDOMAIN;
}

static void judge_cron_name(struct judge *judge, const struct resource *resource, const struct node *name)
{
    enum { LENGTH_MAX = 52 };  // the names of its Jobs are eleven bytes longer
    if (!is_kind(resource, "batch", "CronJob") || !node_is_scalar(name) || name->count <= LENGTH_MAX)
        return;
    struct sighting *sighting = judge_find(judge, object_place(resource, name),
                                           "the name of a CronJob can have at most %d bytes", LENGTH_MAX);
    sighting_about(judge, sighting, resource, "metadata.name");
}

static void judge_container_names(void *state, const struct node *container, const struct field_trail *trail)
{
    struct name_search *search = state;
    search->form = NAME_LABEL;
    search->what = "a container";
    for_each_at(container, "name", trail, judge_name, search);
    search->form = NAME_PORT;
    search->what = "the port of a container";
    for_each_at(container, "ports[].name", trail, judge_name, search);
}

static void judge_pod_names(struct judge *judge, const struct pod *pod)
{
    struct name_search search = {judge, pod->resource, NAME_LABEL, "a volume"};
    struct pod_trail trail;
    pod_trail_set(&trail, pod);
    for_each_at(pod->spec, "volumes[].name", &trail.spec, judge_name, &search);
    for_each_container(pod, judge_container_names, &search);
}

static void find_invalid_names(struct judge *judge)
{
    const struct objects *objects = judge_objects(judge);
    for (size_t i = 0; i < objects->resources->count; i++) {
        const struct resource *resource = objects->resources->items[i];
        struct name_search search = {judge, resource, form_of(resource), "a resource of its kind"};
        if (!is_affix_at_fault(judge, resource, search.form))
            for_each_at(resource->root, "metadata.name", NULL, judge_name, &search);
        judge_namespace(judge, resource);
        judge_cron_name(judge, resource, field_at(resource->root, "metadata.name"));
    }
    for (size_t i = 0; i < objects->pods.count; i++)
        judge_pod_names(judge, &objects->pods.items[i]);
    for (size_t i = 0; i < objects->services.count; i++) {
        struct name_search search = {judge, objects->services.items[i], NAME_LABEL, "the port of a Service"};
        for_each_at(objects->services.items[i]->root, "spec.ports[].name", NULL, judge_name, &search);
    }
}

#define MAP(metadata)                                                                                                  \
    "resources: [map.yaml]\n"                                                                                          \
    "--- map.yaml\n"                                                                                                   \
    "apiVersion: v1\n"                                                                                                 \
    "kind: ConfigMap\n"                                                                                                \
    "metadata: " metadata "\n"

const struct rule name_invalid_rule = {
    .id = "name-invalid",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "the API server rejects a name",
    .why = "Names become parts of host names or paths, so each kind restricts their characters and length. A prefix, a "
           "suffix, or a namespace that makes names invalid is reported where the kustomization sets it.",
    .remedy = "rename the resource, the namespace, the container, the port, or the volume",
    .found = MAP("{name: Web_1}"),
    .not_found = "resources: [role.yaml]\n"
                 "--- role.yaml\n"
                 "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: 'shop:reader'}}\n",
    .stream = find_invalid_names,
};

// --- Labels and annotations.

enum { LABEL_LENGTH_MAX = 63, PREFIX_LENGTH_MAX = 253, ANNOTATIONS_SIZE_MAX = 256 << 10 };

static bool is_label_part(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!is_alphanumeric(text.data[i]) && !strchr("-_.", text.data[i]))
            return false;
    return text.length && text.length <= LABEL_LENGTH_MAX && is_alphanumeric(text.data[0]) &&
           is_alphanumeric(text.data[text.length - 1]);
}

// The API server compares prefixes of annotations in lower case.
static bool is_prefix(struct arena *arena, struct slice prefix, bool annotation)
{
    struct slice lower = prefix;
    if (annotation) {
        char *bytes = arena_array(arena, char, prefix.length + 1);
        for (size_t i = 0; i < prefix.length; i++)
            bytes[i] = lower_case(prefix.data[i]);
        lower = (struct slice){bytes, prefix.length};
    }
    return prefix.length <= PREFIX_LENGTH_MAX && is_subdomain(lower);
}

static bool is_label_key(struct arena *arena, struct slice key, bool annotation)
{
    size_t slash = slice_find_byte(key, '/');
    if (slash == SLICE_NOT_FOUND)
        return is_label_part(key);
    return is_prefix(arena, slice_part(key, 0, slash), annotation) && is_label_part(slice_from_index(key, slash + 1));
}

struct label_search {
    struct judge *judge;
    const struct resource *resource;
    bool annotations;
};

// Leaves out the field, because one entry of `labels` in a kustomization applies to many fields.
static void judge_label_key(const struct label_search *search, const struct node *map, const struct map_entry *entry)
{
    struct judge *judge = search->judge;
    const char *what = search->annotations ? "annotation" : "label";
    struct slice key = entry->key->text;
    if (is_placeholder(key) || is_label_key(&judge->scratch, key, search->annotations))
        return;
    struct sighting *sighting = judge_find(judge, key_place(judge, search->resource, map, entry),
                                           "'%.*s' is not a valid key for a%s %s", SLICE_ARGS(key),
                                           search->annotations ? "n" : "", what);
    sighting_about(judge, sighting, search->resource, NULL);
    sighting_hint(
        judge, sighting,
        "use at most 63 characters (ASCII letters, digits, '-', '_', and '.') that begin and end with a letter or a "
        "digit; a domain and '/' may come first");
}

static void judge_label_value(const struct label_search *search, const struct node *value)
{
    struct judge *judge = search->judge;
    if (!is_text_node(value) || !value->count || is_placeholder(node_text(value)) || is_label_part(node_text(value)))
        return;
    struct sighting *sighting = judge_find(judge, object_place(search->resource, value),
                                           "'%.*s' is not a valid label value", SLICE_ARGS(node_text(value)));
    sighting_about(judge, sighting, search->resource, NULL);
    if (value->count > LABEL_LENGTH_MAX)
        sighting_hint(judge, sighting, "use at most %d bytes: it has %u", LABEL_LENGTH_MAX, value->count);
    else
        sighting_hint(judge, sighting,
                      "use only letters, digits, '-', '_', and '.', and begin and end with a letter or digit");
}

static void judge_labels(void *state, const struct node *map, const struct field_trail *trail)
{
    const struct label_search *search = state;
    (void)trail;
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++) {
        judge_label_key(search, map, &map->entries[i]);
        if (!search->annotations)
            judge_label_value(search, map->entries[i].value);
    }
}

static size_t annotations_size(const struct node *map)
{
    size_t size = 0;
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++)
        size += map->entries[i].key->text.length +
                (node_is_scalar(map->entries[i].value) ? map->entries[i].value->count : 0);
    return size;
}

static void judge_annotations(struct label_search *search, const struct node *map)
{
    struct judge *judge = search->judge;
    search->annotations = true;
    judge_labels(search, map, NULL);
    search->annotations = false;
    size_t size = annotations_size(map);
    if (size > ANNOTATIONS_SIZE_MAX)
        sighting_about(judge,
                       judge_find(judge, object_place(search->resource, map),
                                  "the annotations of %.*s have %zu bytes, and at most %d are allowed",
                                  SLICE_ARGS(resource_shown(judge, search->resource)), size, ANNOTATIONS_SIZE_MAX),
                       search->resource, "metadata.annotations");
}

static void find_invalid_labels(struct judge *judge, const struct resource *resource)
{
    static const char *const paths[] = {"metadata.labels", "spec.selector.matchLabels", "spec.podSelector.matchLabels"};
    struct label_search search = {.judge = judge, .resource = resource};
    struct pod pod;
    for (size_t i = 0; i < countof(paths); i++)
        for_each_at(resource->root, paths[i], NULL, judge_labels, &search);
    if (is_kind(resource, "", "Service") || is_kind(resource, "", "ReplicationController"))
        for_each_at(resource->root, "spec.selector", NULL, judge_labels, &search);
    judge_annotations(&search, field_at(resource->root, "metadata.annotations"));
    if (!pod_of(resource, &pod) || !pod.path[0])
        return;
    judge_labels(&search, pod.labels, NULL);
    judge_annotations(&search, field_at(field_at(resource->root, pod.path), "metadata.annotations"));
    judge_labels(&search, field_get(pod.spec, "nodeSelector"), NULL);
}

const struct rule label_invalid_rule = {
    .id = "label-invalid",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "the API server rejects a label, an annotation, or a selector",
    .why = "One of them is enough to reject the whole resource. A label value has at most 63 bytes and a restricted "
           "set of characters. All annotations of a resource together have at most 256 KiB.",
    .remedy = "correct the label, or use an annotation for longer values",
    .found = MAP("{name: settings, labels: {owner: team a}}"),
    .not_found = MAP("{name: settings, labels: {example.com/owner: team_a.1}, annotations: {owner: team a}}"),
    .resource = find_invalid_labels,
};

// --- Data that is too large.

enum { DATA_SIZE_MAX = 1 << 20, DATA_SIZE_NEAR = 900 << 10, APPLIED_SIZE_MAX = 256 << 10 };

static size_t texts_size(const struct node *map)
{
    size_t size = 0;
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++)
        size += node_is_scalar(map->entries[i].value) ? map->entries[i].value->count : 0;
    return size;
}

static size_t data_size(const struct resource *resource)
{
    size_t plain = texts_size(field_get(resource->root, "stringData"));
    size_t encoded = texts_size(field_get(resource->root, "binaryData"));
    size_t data = texts_size(field_get(resource->root, "data"));
    bool is_map = resource->id.gvk.kind == NAME(ConfigMap);
    // Base64 has four bytes for three.
    return plain + (is_map ? data : 0) + (encoded + (is_map ? 0 : data)) / 4 * 3;
}

static void find_too_large(struct judge *judge, const struct resource *resource)
{
    bool is_data = name_is_empty(resource->id.gvk.group) &&
                   (resource->id.gvk.kind == NAME(ConfigMap) || resource->id.gvk.kind == NAME(Secret));
    size_t size = is_data ? data_size(resource) : 0;
    if (size <= APPLIED_SIZE_MAX)
        return;
    struct slice shown = resource_shown(judge, resource);
    struct sighting *sighting = judge_find(judge, object_place(resource, field_get(resource->root, "data")),
                                           "%.*s has %zu KiB of data", SLICE_ARGS(shown), size >> 10);
    sighting_about(judge, sighting, resource, "data");
    if (size > DATA_SIZE_NEAR)
        sighting_hint(judge, sighting,
                      "split the data, or put it into a volume: the API server accepts at most 1024 KiB");
    else
        sighting_hint(
            judge, sighting,
            "use --server-side: otherwise 'kubectl apply' keeps a copy in an annotation, which is limited to 256 KiB");
    if (sighting && size <= DATA_SIZE_MAX)
        sighting->level = size > DATA_SIZE_NEAR ? LEVEL_WARNING : LEVEL_NOTE;
}

const struct rule configmap_too_large_rule = {
    .id = "configmap-too-large",
    .level = LEVEL_ERROR,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a ConfigMap or a Secret is larger than the API server allows",
    .why = "The API server rejects more than 1 MiB. The finding is a warning for more than 900 KiB, and a note if "
           "`kubectl apply` needs `--server-side`.",
    .remedy = "split the data, or put it into a volume",
    .found = "configMapGenerator: [{name: big, files: [big.txt]}]\n"
             "--- big.txt\n"
             "more than 1 MiB …\n",
    .not_found = "configMapGenerator: [{name: small, files: [small.txt]}]\n"
                 "--- small.txt\n"
                 "up to 256 KiB …\n",
    .needs_more = true,
    .resource = find_too_large,
};

// --- Secrets in plain text.

static bool is_dummy(struct slice value)
{
    static const char *const words[] = {
        "changeme", "change-me", "change_me", "replaceme", "replace-me", "replace_me", "placeholder", "todo",
        "example",  "dummy",     "your-",     "your_",     "<",          "xxx",        "***",         "set-me",
        "insert",   "fixme",     "redacted",  "fake",      "not-a-",     "default",    "op://"};
    char lower[64];
    size_t length = value.length < sizeof lower ? value.length : sizeof lower;
    bool found = false;
    for (size_t i = 0; i < length; i++)
        lower[i] = (char)(value.data[i] >= 'A' && value.data[i] <= 'Z' ? value.data[i] + 'a' - 'A' : value.data[i]);
    for (size_t i = 0; i < countof(words); i++)
        if (slice_find((struct slice){lower, length}, slice_from(words[i])) != SLICE_NOT_FOUND)
            found = true;
    sodium_memzero(lower, sizeof lower);
    return found || slice_starts_with(value, slice_literal("ENC[")) || is_placeholder(value);
}

// True for a key that names a password, or a value that looks like a token.
static bool is_real(struct slice key, struct slice value)
{
    enum { LENGTH_MIN = 6 };
    size_t start, end;
    return value.length >= LENGTH_MIN && !is_dummy(value) &&
           (is_secret_name(key) || secret_pattern_find(value, 0, &start, &end));
}

static bool looks_like_secret(struct slice key, const struct node *value, bool encoded)
{
    enum { PART = 320 };  // enough base64 to recognize it
    unsigned char plain[PART];
    size_t length = 0;
    if (!node_is_scalar(value))
        return false;
    if (!encoded)
        return is_real(key, node_text(value));
    // If the part isn't valid base64, what precedes the error is enough.
    base64_decode(slice_part(node_text(value), 0, value->count < PART ? value->count : PART), BASE64_WRITTEN, plain,
                  sizeof plain, &length);
    bool real = is_real(key, (struct slice){(const char *)plain, length});
    sodium_memzero(plain, sizeof plain);
    return real;
}

static void judge_secret_values(struct judge *judge, const struct resource *resource, const char *field, bool encoded)
{
    const struct node *map = field_get(resource->root, field);
    for (uint32_t i = 0; node_is_map(map) && i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        if (!looks_like_secret(entry->key->text, entry->value, encoded))
            continue;
        const struct field_trail trail = {.key = slice_from(field)};
        struct sighting *sighting = judge_find(judge, key_place(judge, resource, map, entry),
                                               "the value of '%.*s' is in plain text", SLICE_ARGS(entry->key->text));
        sighting_about(judge, sighting, resource, trail_text(judge, &trail, entry->key->text.data));
    }
}

static void find_plain_secrets(struct judge *judge, const struct resource *resource)
{
    if (!is_kind(resource, "", "Secret") || field_get(resource->root, "sops"))
        return;
    judge_secret_values(judge, resource, "data", true);
    judge_secret_values(judge, resource, "stringData", false);
}

const struct rule secret_in_plain_rule = {
    .id = "secret-in-plain",
    .level = LEVEL_OFF,
    .group = RULE_OBJECT,
    .since = "0.2",
    .summary = "a Secret has a value that is in plain text or only encoded",
    .why = "Anyone who can read the repository can read the value. Values that SOPS has encrypted and those that "
           "look like placeholders are fine. This rule is off by default.",
    .remedy = "encrypt the Secret with SOPS, or use a SealedSecret or an ExternalSecret",
    .found = "resources: [secret.yaml]\n"
             "--- secret.yaml\n"
             "{apiVersion: v1, kind: Secret, metadata: {name: db}, stringData: {password: k4x-91-tt}}\n",
    .not_found = "resources: [secret.yaml]\n"
                 "--- secret.yaml\n"
                 "{apiVersion: v1, kind: Secret, metadata: {name: db}, stringData: {password: changeme}}\n",
    .resource = find_plain_secrets,
};
