#include "localize/localize.h"

// Removes origin annotations, which differ in a copy.
static void forget_origins(struct build *build)
{
    static const char *const annotations[] = {"config.kubernetes.io/origin",
                                              "alpha.config.kubernetes.io/transformations"};
    const struct name *metadata = name_intern(build->names, slice_literal("metadata"));
    const struct name *field = name_intern(build->names, slice_literal("annotations"));
    for (size_t i = 0; i < build->resources.count; i++) {
        struct node *parent = node_map_get(build->resources.items[i]->root, metadata);
        struct node *map = node_map_get(parent, field);
        bool removed = false;
        for (size_t k = 0; node_is_map(map) && k < countof(annotations); k++)
            removed |= node_map_remove(map, name_intern(build->names, slice_from(annotations[k])));
        if (removed && !map->count)
            node_map_remove(parent, field);
    }
}

static bool print(struct build *build, const struct resource *resource, struct buffer *text)
{
    text->length = 0;
    return build_write_resource(build, resource, text);
}

static void compare(struct verification *verification, enum verify_outcome *outcome)
{
    struct build *original = verification->original, *copy = verification->copy;
    struct buffer left = {0}, right = {0};
    size_t count = original->resources.count > copy->resources.count ? original->resources.count
                                                                     : copy->resources.count;
    *outcome = VERIFY_SAME;
    for (size_t i = 0; i < count && *outcome == VERIFY_SAME; i++) {
        bool in_both = i < original->resources.count && i < copy->resources.count;
        struct build *owner = i < original->resources.count ? original : copy;
        const struct resource *resource = owner->resources.items[i];
        if (in_both && !print(original, resource, &left))
            *outcome = VERIFY_ORIGINAL_FAILED;
        else if (in_both && !print(copy, copy->resources.items[i], &right))
            *outcome = VERIFY_COPY_FAILED;
        else if (!in_both || !slice_equal(buffer_slice(&left), buffer_slice(&right))) {
            *outcome = VERIFY_DIFFERENT;
            verification->difference = resource_text(&original->arena, resource);
        }
    }
    buffer_wipe(&left);
    buffer_wipe(&right);
}

enum verify_outcome localize_verify(const struct build_options *options, struct slice target, struct slice copy,
                                    struct verification *verification)
{
    *verification = (struct verification){.original = build_new(), .copy = build_new()};
    if (!build_run(verification->original, options, target))
        return VERIFY_ORIGINAL_FAILED;
    // The copy may be in another repository, or in none.
    struct build_options same = *options;
    same.name_hash = (enum name_hash)verification->original->settings[SETTING_NAME_HASH].value;
    same.release = (enum release)verification->original->settings[SETTING_COMPAT].value;
    if (!build_run(verification->copy, &same, copy))
        return VERIFY_COPY_FAILED;
    forget_origins(verification->original);
    forget_origins(verification->copy);
    enum verify_outcome outcome;
    compare(verification, &outcome);
    return outcome;
}

void localize_verify_free(struct verification *verification)
{
    build_free(verification->original);
    build_free(verification->copy);
}
