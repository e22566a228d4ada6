#include "compare/ignore.h"

static bool matches(struct slice pattern, struct slice text)
{
    size_t p = 0, t = 0, star = SIZE_MAX, resume = 0;
    while (t < text.length) {
        if (p < pattern.length && pattern.data[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.length && (pattern.data[p] == '?' || pattern.data[p] == text.data[t])) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.length && pattern.data[p] == '*')
        p++;
    return p == pattern.length;
}

static bool covers(struct slice pattern, struct slice path)
{
    for (size_t end = 1; end <= path.length; end++)
        if ((end == path.length || path.data[end] == '.' || path.data[end] == '[' ||
             slice_starts_with(slice_from_index(path, end), slice_literal(" → "))) &&
            matches(pattern, slice_part(path, 0, end)))
            return true;
    return false;
}

static bool value_matches(struct slice glob, const struct node *node)
{
    return !node || (node->kind == NODE_SCALAR && matches(glob, node_text(node)));
}

bool is_ignored(const struct compare_options *options, struct slice path, const struct node *before,
                const struct node *after)
{
    for (size_t i = 0; i < options->ignored_count; i++) {
        struct slice field, glob;
        bool valued = slice_cut(options->ignored[i], '=', &field, &glob);
        if (covers(field, path) && (!valued || (value_matches(glob, before) && value_matches(glob, after))))
            return true;
    }
    return false;
}

bool mask_parse(struct slice text, struct slice *kind, struct slice *name, struct slice *field)
{
    struct slice rest;
    return slice_cut(text, '/', kind, &rest) && slice_cut(rest, '/', name, field) && kind->length && name->length &&
           field->length;
}

bool is_masked(const struct compare_options *options, const struct resource *object, struct slice path)
{
    for (size_t i = 0; i < options->masked_count; i++) {
        struct slice kind, name, field;
        if (mask_parse(options->masked[i], &kind, &name, &field) && matches(kind, object->id.gvk.kind->text) &&
            matches(name, object->id.name->text) && covers(field, path))
            return true;
    }
    return false;
}

const char *const *ignore_preset(struct slice name)
{
    static const char *const helm[] = {"*labels.helm.sh/chart",
                                       "*labels.chart",
                                       "*labels.heritage",
                                       "*annotations.checksum/*",
                                       "*labels.app.kubernetes.io/managed-by",
                                       NULL};
    static const char *const argocd[] = {"*labels.argocd.argoproj.io/*", "*annotations.argocd.argoproj.io/*", NULL};
    static const char *const flux[] = {"*labels.kustomize.toolkit.fluxcd.io/*",
                                       "*annotations.kustomize.toolkit.fluxcd.io/*", "*labels.helm.toolkit.fluxcd.io/*",
                                       "*annotations.helm.toolkit.fluxcd.io/*", NULL};
    return slice_equals(name, "helm")     ? helm
           : slice_equals(name, "argocd") ? argocd
           : slice_equals(name, "flux")   ? flux
                                          : NULL;
}
