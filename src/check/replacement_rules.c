// check/replacement_rules.c
//
// Copied values: replacements and vars.
#include "base/pattern.h"
#include "check/examples.h"
#include "check/judge.h"
#include "check/selector_hint.h"
#include "doc/field_path.h"

static void find_no_match(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_REPLACEMENT)
        return;
    if (match->count) {
        judge_fits(judge, match->position);
        return;
    }
    if (match->rejected) {
        struct sighting *sighting = judge_miss(judge, match->position, match->rejected_by,
                                               "the target matches no resource: %.*s", SLICE_ARGS(match->problem));
        sighting_hint(judge, sighting, "%.*s", SLICE_ARGS(match->hint));
        if (sighting)
            sighting->level = LEVEL_WARNING;
        return;
    }
    struct selector_hint hint = selector_hint(judge, match->selector, match->resources);
    struct sighting *sighting = judge_miss(judge, match->position, hint.place, "the target matches no resource");
    if (hint.text.length)
        sighting_hint(judge, sighting, "%.*s", SLICE_ARGS(hint.text));
}

const struct rule replacement_target_no_match_rule = {
    .id = "replacement-target-no-match",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a target of a replacement matches no resource",
    .why = "The value isn't copied anywhere, and the build doesn't say so. In a component, or if `reject` excludes "
           "every resource, the finding is a warning.",
    .remedy = "correct `select`, or remove the target",
    .found = "resources: [web.yaml]\n"
             "replacements:\n"
             "- sourceValue: '3'\n"
             "  targets:\n"
             "  - select: {kind: Service}\n"
             "    fieldPaths: [spec.replicas]\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "replacements:\n"
                 "- sourceValue: '3'\n"
                 "  targets:\n"
                 "  - select: {kind: Deployment}\n"
                 "    fieldPaths: [spec.replicas]\n" EXAMPLE_WEB,
    .match = find_no_match,
};

// --- Paths.

static void find_brackets(struct judge *judge, const struct match *match)
{
    struct slice path = match->name.slice;
    if (match->kind != MATCH_PATH || (slice_find(path, slice_literal("[\"")) == SLICE_NOT_FOUND &&
                                      slice_find(path, slice_literal("['")) == SLICE_NOT_FOUND))
        return;
    struct sighting *sighting = judge_find(judge, match->position, "'%.*s' does not refer to a key in brackets",
                                           SLICE_ARGS(path));
    sighting_hint(judge, sighting, "write it without quotes, after a dot: `metadata.labels.[a.b/c]`");
}

const struct rule field_path_brackets_rule = {
    .id = "field-path-brackets",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a field path has a quoted key in brackets",
    .why = "kustomize splits `metadata.labels[\"a.b/c\"]` at its dots, so the path refers to a field `labels[\"a`.",
    .remedy = "write `metadata.labels.[a.b/c]`",
    .found = "resources: [web.yaml]\n"
             "replacements:\n"
             "- sourceValue: x\n"
             "  targets:\n"
             "  - select: {kind: Deployment}\n"
             "    fieldPaths: ['metadata.labels[\"a.b/c\"]']\n"
             "    options: {create: true}\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "replacements:\n"
                 "- sourceValue: x\n"
                 "  targets:\n"
                 "  - select: {kind: Deployment}\n"
                 "    fieldPaths: ['metadata.labels.[a.b/c]']\n"
                 "    options: {create: true}\n" EXAMPLE_WEB,
    .match = find_brackets,
};

struct path_walk {
    struct judge *judge;
    const struct match *match;
    struct slice exact, other;  // of one list: the value that is equal, and another one that matches
};

static void follow(struct path_walk *walk, size_t at, const struct node *node);

static void follow_matches(struct path_walk *walk, size_t at, const struct node *list)
{
    const struct field_path_element *element = &walk->match->path->elements[at];
    struct slice error;
    const struct pattern *pattern = pattern_compile(&walk->judge->arena, element->match_value, &error);
    struct slice exact = {0}, other = {0};
    for (uint32_t i = 0; pattern && i < list->count; i++) {
        const struct node *item = list->items[i], *value = item;
        if (!name_is_empty(element->match_key))
            value = node_map_get(item, element->match_key);
        if (!node_is_scalar(value) || !pattern_matches(pattern, node_text(value)))
            continue;
        if (slice_equal(node_text(value), element->match_value))
            exact = node_text(value);
        else
            other = node_text(value);
        follow(walk, at + 1, item);
    }
    if (exact.length && other.length) {
        walk->exact = exact;
        walk->other = other;
    }
}

static void follow(struct path_walk *walk, size_t at, const struct node *node)
{
    const struct field_path *path = walk->match->path;
    if (!node || at == path->count)
        return;
    const struct field_path_element *element = &path->elements[at];
    if (node->kind == NODE_MAP && element->step == FIELD_PATH_FIELD)
        follow(walk, at + 1, node_map_get(node, element->key));
    if (node->kind != NODE_SEQUENCE)
        return;
    if (element->step == FIELD_PATH_MATCH && element->match_key)
        follow_matches(walk, at, node);
    if (element->step == FIELD_PATH_INDEX && element->index < node->count)
        follow(walk, at + 1, node->items[element->index]);
    for (uint32_t i = 0; element->step == FIELD_PATH_EVERY && i < node->count; i++)
        follow(walk, at + 1, node->items[i]);
}

static void find_fits_more(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_PATH || slice_find_byte(match->name.slice, '=') == SLICE_NOT_FOUND)
        return;
    struct path_walk walk = {.judge = judge, .match = match};
    follow(&walk, 0, match->resource->root);
    if (!walk.exact.length)
        return;
    struct sighting *sighting = judge_find(judge, match->position, "[…=%.*s] also matches '%.*s'",
                                           SLICE_ARGS(walk.exact), SLICE_ARGS(walk.other));
    sighting_about(judge, sighting, match->resource, NULL);
    sighting_hint(judge, sighting, "write `[name=^%.*s$]`: the value is a regular expression without anchors",
                  SLICE_ARGS(walk.exact));
}

const struct rule field_path_fits_more_rule = {
    .id = "field-path-fits-more",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "`[name=value]` in a field path matches more than the item with that name",
    .why = "The value is a regular expression without anchors: `[name=web]` also matches `web-log`, which then gets "
           "the same value.",
    .remedy = "write `[name=^web$]`",
    .found = "resources: [web.yaml]\n"
             "replacements:\n"
             "- sourceValue: nginx:2\n"
             "  targets:\n"
             "  - select: {kind: Deployment}\n"
             "    fieldPaths: ['spec.template.spec.containers.[name=web].image']\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "replacements:\n"
                 "- sourceValue: nginx:2\n"
                 "  targets:\n"
                 "  - select: {kind: Deployment}\n"
                 "    fieldPaths: ['spec.template.spec.containers.[name=^web$].image']\n" EXAMPLE_WEB,
    .match = find_fits_more,
};

// --- Vars.

static void find_unused(struct judge *judge, const struct match *match)
{
    struct slice name = match->name.slice;
    if (match->kind != MATCH_VAR)
        return;
    if (match->count)
        judge_fits(judge, match->position);
    else if (name.length)
        sighting_hint(
            judge, judge_miss(judge, match->position, match->position, "the var '%.*s' is not used", SLICE_ARGS(name)),
            "use `$(%.*s)` in a field that `varReference` lists", SLICE_ARGS(name));
    else
        sighting_hint(judge, judge_miss(judge, match->position, match->position, "the var has no name"),
                      "add `name`: the build replaces `$(NAME)`");
}

const struct rule var_unused_rule = {
    .id = "var-unused",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "nothing uses a var",
    .why = "None of the fields in which vars are replaced contains `$(NAME)`.",
    .remedy = "remove the var, or list the field under `varReference` in a configuration",
    .found = "resources: [web.yaml]\n"
             "vars: [{name: WEB, objref: {apiVersion: apps/v1, kind: Deployment, name: web}}]\n" EXAMPLE_WEB,
    .not_found =
        "resources: [web.yaml, job.yaml]\n"
        "vars: [{name: WEB, objref: {apiVersion: apps/v1, kind: Deployment, name: web}}]\n" EXAMPLE_WEB "--- job.yaml\n"
        "{apiVersion: batch/v1, kind: Job, metadata: {name: job}, spec: {template: {spec: {containers: [{name: a, "
        "image: b, args: [$(WEB)]}]}}}}\n",
    .match = find_unused,
};
