// merge/misspelled_target.c
//
// A target that selects nothing is not an error: a component may patch objects that only some kustomizations have. But
// a kind or name that is similar to that of an object is probably misspelled:
//
//     target: {kind: Deploymnet}
#include "base/ascii.h"
#include "merge/misspelled_target.h"

enum { LENGTH_MIN = 5, DISTANCE_MAX = 2 };

// True for a plain word, which as a regular expression matches only itself.
static bool is_word(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (!byte_is_alphanumeric(byte) && byte != '-')
            return false;
    }
    return text.length >= LENGTH_MIN;
}

static struct slice skip_digits(struct slice text)
{
    while (text.length && text.data[0] >= '0' && text.data[0] <= '9')
        text = slice_from_index(text, 1);
    return text;
}

// Names such as web-1 and web-2 differ on purpose.
static bool differ_in_digits_only(struct slice a, struct slice b)
{
    for (;;) {
        a = skip_digits(a);
        b = skip_digits(b);
        if (!a.length || !b.length || a.data[0] != b.data[0])
            return !a.length && !b.length;
        a = slice_from_index(a, 1);
        b = slice_from_index(b, 1);
    }
}

static bool is_misspelled(struct slice text, struct slice meant)
{
    return slice_edit_distance(text, meant, DISTANCE_MAX) <= DISTANCE_MAX && !differ_in_digits_only(text, meant);
}

static bool has_kind(const struct resource *resource, struct slice kind)
{
    return slice_equal(resource->id.gvk.kind->text, kind);
}

static void warn(struct transform_context *context, struct text text, const char *what, struct slice meant)
{
    diagnose_warning(context->diagnostics, text.position, "the target selects nothing: no resource has the %s '%.*s'",
                     what, SLICE_ARGS(text.slice));
    diagnose_hint(context->diagnostics, "did you mean '%.*s'?", SLICE_ARGS(meant));
}

// True if there are no objects of the kind.
static bool check_kind(struct transform_context *context, struct text kind, const struct resource_map *resources)
{
    const struct name *meant = NULL;
    for (size_t i = 0; i < resources->count; i++) {
        if (has_kind(resources->items[i], kind.slice))
            return false;
        // Most objects have the same kind as the one before, so skip those.
        const struct name *other = resources->items[i]->id.gvk.kind;
        if (other != meant && (i == 0 || other != resources->items[i - 1]->id.gvk.kind) &&
            is_misspelled(kind.slice, other->text))
            meant = other;
    }
    if (meant)
        warn(context, kind, "kind", meant->text);
    return true;
}

void warn_of_misspelled_target(struct transform_context *context, const struct selector *target,
                               struct resource_map *resources)
{
    if (is_word(target->kind.slice) && check_kind(context, target->kind, resources))
        return;
    if (!is_word(target->name.slice) ||
        resource_map_named(resources, name_intern(context->names, target->name.slice)).count)
        return;
    for (size_t i = 0; i < resources->count; i++) {
        const struct resource *resource = resources->items[i];
        if ((!target->kind.slice.length || has_kind(resource, target->kind.slice)) &&
            is_misspelled(target->name.slice, resource->id.name->text)) {
            warn(context, target->name, "name", resource->id.name->text);
            return;
        }
    }
}
