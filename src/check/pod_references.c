#include "check/pod_references.h"

struct walk {
    void (*found)(void *state, const struct name *kind, const struct node *name);
    void *state;
};

static void add(const struct walk *walk, const struct name *kind, const struct node *map, const char *field)
{
    const struct node *name = judge_field(map, field);
    if (node_is_scalar(name) && !node_is_null(name) && name->count)
        walk->found(walk->state, kind, name);
}

static void add_volume(const struct walk *walk, const struct node *volume)
{
    add(walk, NAME(ConfigMap), judge_field(volume, "configMap"), "name");
    add(walk, NAME(Secret), judge_field(volume, "secret"), "secretName");
    const struct node *sources = judge_field(judge_field(volume, "projected"), "sources");
    for (uint32_t i = 0; node_is_sequence(sources) && i < sources->count; i++) {
        add(walk, NAME(ConfigMap), judge_field(sources->items[i], "configMap"), "name");
        add(walk, NAME(Secret), judge_field(sources->items[i], "secret"), "name");
    }
}

static void add_container(const struct walk *walk, const struct node *container)
{
    const struct node *from = judge_field(container, "envFrom"), *variables = judge_field(container, "env");
    for (uint32_t i = 0; node_is_sequence(from) && i < from->count; i++) {
        add(walk, NAME(ConfigMap), judge_field(from->items[i], "configMapRef"), "name");
        add(walk, NAME(Secret), judge_field(from->items[i], "secretRef"), "name");
    }
    for (uint32_t i = 0; node_is_sequence(variables) && i < variables->count; i++) {
        const struct node *source = judge_field(variables->items[i], "valueFrom");
        add(walk, NAME(ConfigMap), judge_field(source, "configMapKeyRef"), "name");
        add(walk, NAME(Secret), judge_field(source, "secretKeyRef"), "name");
    }
}

static void add_spec(void *state, const struct node *spec)
{
    static const char *const lists[] = {"containers", "initContainers"};
    const struct walk *walk = state;
    const struct node *volumes = judge_field(spec, "volumes"), *secrets = judge_field(spec, "imagePullSecrets");
    for (uint32_t i = 0; node_is_sequence(volumes) && i < volumes->count; i++)
        add_volume(walk, volumes->items[i]);
    for (uint32_t i = 0; node_is_sequence(secrets) && i < secrets->count; i++)
        add(walk, NAME(Secret), secrets->items[i], "name");
    add(walk, NAME(ServiceAccount), spec, "serviceAccountName");
    for (size_t i = 0; i < countof(lists); i++) {
        const struct node *list = judge_field(spec, lists[i]);
        for (uint32_t k = 0; node_is_sequence(list) && k < list->count; k++)
            add_container(walk, list->items[k]);
    }
}

void for_each_pod_reference(const struct resource *resource,
                            void (*found)(void *state, const struct name *kind, const struct node *name), void *state)
{
    struct walk walk = {found, state};
    for_each_pod_spec(resource, add_spec, &walk);
}
