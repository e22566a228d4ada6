#include "kustomization/foreign.h"

#include <string.h>

#include "schema/similar_kind.h"

static struct slice text_at(const struct node *root, const char *field)
{
    for (uint32_t i = 0; i < root->count; i++)
        if (slice_equals(root->entries[i].key->text, field) && node_is_scalar(root->entries[i].value))
            return node_text(root->entries[i].value);
    return (struct slice){0};
}

static struct position position_at(const struct node *root, const char *field)
{
    for (uint32_t i = 0; i < root->count; i++)
        if (slice_equals(root->entries[i].key->text, field))
            return root->entries[i].value->position;
    return root->position;
}

// kustomize's words are about the first field that it doesn't know.
static void phrase_unknown(struct diagnostics *diagnostics, const struct decode_type *type, const struct node *root)
{
    for (uint32_t i = 0; i < root->count; i++) {
        struct slice key = root->entries[i].key->text;
        if (decode_type_has(type, key))
            continue;
        decode_phrase_unknown(diagnostics, key);
        return;
    }
}

// Flux has a resource of the same kind.
static bool refuse_flux(struct diagnostics *diagnostics, const struct node *root)
{
    if (!slice_starts_with(text_at(root, "apiVersion"), slice_literal("kustomize.toolkit.fluxcd.io/")))
        return false;
    diagnose(diagnostics, position_at(root, "apiVersion"),
             "this is a Flux Kustomization resource, not a kustomization");
    diagnose_hint(diagnostics, "keep it in a file with another name, such as flux.yaml, and list that file under "
                               "`resources`; to see what Flux would apply, build the directory in its spec.path");
    return true;
}

struct slice foreign_nearest_kind(struct slice kind)
{
    static const struct slice kinds[] = {{"Kustomization", 13}, {"Component", 9}};
    return nearest_kind(kind, kinds, countof(kinds));
}

static bool refuse_resource(struct diagnostics *diagnostics, const struct node *root)
{
    struct slice kind = text_at(root, "kind");
    if (!kind.length || foreign_nearest_kind(kind).length || slice_equals(kind, "Kustomize") ||
        slice_starts_with(text_at(root, "apiVersion"), slice_literal("kustomize.config.k8s.io/")))
        return false;
    char name[32];
    size_t length = kind.length < sizeof name ? kind.length : sizeof name;
    for (size_t i = 0; i < length; i++)
        name[i] = kind.data[i] >= 'A' && kind.data[i] <= 'Z' ? (char)(kind.data[i] + 'a' - 'A') : kind.data[i];
    diagnose(diagnostics, position_at(root, "kind"), "expected a kustomization, found a resource of kind '%.*s'",
             SLICE_ARGS(kind));
    diagnose_hint(diagnostics,
                  "keep it in a file with another name, such as %.*s.yaml, and list that file under `resources` in "
                  "kustomization.yaml",
                  (int)length, name);
    return true;
}

// For a file such as the values of a chart: it has several fields, and none that a kustomization has.
static bool refuse_strange(struct arena *arena, struct diagnostics *diagnostics, const struct decode_type *type,
                           const struct node *root)
{
    size_t strange = 0, count = 0;
    for (uint32_t i = 0; i < root->count; i++) {
        struct slice key = root->entries[i].key->text;
        if (slice_equals(key, "apiVersion") || slice_equals(key, "metadata"))
            continue;
        if (decode_type_has(type, key))
            return false;
        count++;
        strange += !decode_type_nearest(arena, type, key).length;
    }
    if (count < 2 || !strange)
        return false;
    bool is_chart = text_at(root, "name").length && text_at(root, "version").length;
    diagnose(diagnostics, root->position, "expected a kustomization, found a file with other fields");
    diagnose_hint(diagnostics, "%s",
                  is_chart ? "list the chart under `helmCharts` in a kustomization.yaml of its own: this looks like "
                             "its Chart.yaml"
                           : "write fields such as `resources` and `patches`; the values of a Helm chart belong in "
                             "another file, as `valuesFile` under `helmCharts`");
    return true;
}

bool foreign_refuse(struct arena *arena, struct diagnostics *diagnostics, const struct decode_type *type,
                    const struct node *root)
{
    if (refuse_flux(diagnostics, root))
        return true;
    if (!refuse_resource(diagnostics, root) && !refuse_strange(arena, diagnostics, type, root))
        return false;
    phrase_unknown(diagnostics, type, root);
    return true;
}

void foreign_refuse_no_map(struct diagnostics *diagnostics, const struct decode_type *type, const struct node *root)
{
    static const char separators[] = " \t\n-";
    struct slice text = node_is_scalar(root) ? node_text(root) : (struct slice){0};
    size_t length = 0;
    while (length < text.length && !strchr(separators, text.data[length]))
        length++;
    struct slice word = slice_part(text, 0, length);
    diagnose(diagnostics, root->position, "expected a kustomization, which is a map, found %s", node_kind_phrase(root));
    if (word.length && decode_type_has(type, word))
        diagnose_hint(diagnostics, "write a colon after '%.*s'", SLICE_ARGS(word));
    else
        diagnose_hint(diagnostics, "write `resources:` on a line of its own, and the list of files below it");
}
