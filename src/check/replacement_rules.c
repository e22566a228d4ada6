// check/replacement_rules.c
//
// Copied values: replacements and vars.
#include "check/examples.h"
#include "check/judge.h"
#include "check/key_places.h"
#include "check/path_walk.h"
#include "check/selector_hint.h"

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
        if (sighting) {
            sighting->level = LEVEL_WARNING;
            sighting->is_shared = false;
        }
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
    .why = "The value isn't copied anywhere, and the build prints at most a warning. In a component, or if `reject` "
           "excludes every resource, the finding is a warning.",
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

static bool has_condition(const struct match *match)
{
    return match->kind == MATCH_PATH && slice_find_byte(match->name.slice, '=') != SLICE_NOT_FOUND;
}

// The element with another value, such as `[name=web]`.
static struct slice with_value(struct judge *judge, const struct field_path_element *element, const char *before,
                               struct slice value, const char *after)
{
    return arena_format(&judge->arena, "[%.*s=%s%.*s%s]", SLICE_ARGS(element->match_key->text), before,
                        SLICE_ARGS(value), after);
}

static void find_fits_more(struct judge *judge, const struct match *match)
{
    struct path_walk walk = {.judge = judge, .path = match->path, .creates = match->creates};
    if (has_condition(match))
        path_walk_run(&walk, match->resource->root);
    if (!walk.open)
        return;
    struct slice value = walk.open->match_value;
    struct sighting *sighting = judge_find(
        judge, path_part_place(judge, match->name, walk.open->start), "'%.*s' also matches '%.*s'",
        SLICE_ARGS(with_value(judge, walk.open, "", value, "")), SLICE_ARGS(walk.other));
    sighting_about(judge, sighting, match->resource, NULL);
    sighting_hint(judge, sighting, "write `%.*s`: the value is a regular expression without anchors",
                  SLICE_ARGS(with_value(judge, walk.open, "^", value, "$")));
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

static void find_inexact(struct judge *judge, const struct match *match)
{
    struct path_walk walk = {.judge = judge, .path = match->path, .creates = match->creates};
    if (has_condition(match))
        path_walk_run(&walk, match->resource->root);
    if (!walk.inexact)
        return;
    struct slice value = walk.inexact->match_value;
    struct slice found = with_value(judge, walk.inexact, "", value, "");
    struct position place = path_part_place(judge, match->name, walk.inexact->start);
    struct sighting *sighting;
    if (walk.is_part)
        sighting = judge_find(judge, place, "'%.*s' matches only part of '%.*s'", SLICE_ARGS(found),
                              SLICE_ARGS(walk.near));
    else
        sighting = judge_find(judge, place, "'%.*s' matches no item, so 'create' adds one", SLICE_ARGS(found));
    sighting_about(judge, sighting, match->resource, NULL);
    sighting_suggest(judge, sighting, with_value(judge, walk.inexact, "", walk.near, ""));
}

const struct rule field_path_inexact_rule = {
    .id = "field-path-inexact",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "`[name=value]` in a field path matches only part of an item's name, or misspells it",
    .why = "The value is a regular expression without anchors, so `[name=HOSTNAM]` matches the item `HOSTNAME`. "
           "With `create`, a misspelled name adds an item to the list.",
    .remedy = "write the whole name, or an expression such as `[name=^HOST]` if you mean only part of it",
    .found = "resources: [web.yaml]\n"
             "replacements:\n"
             "- sourceValue: nginx:2\n"
             "  targets:\n"
             "  - select: {kind: Deployment}\n"
             "    fieldPaths: ['spec.template.spec.containers.[name=web-lo].image']\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "replacements:\n"
                 "- sourceValue: nginx:2\n"
                 "  targets:\n"
                 "  - select: {kind: Deployment}\n"
                 "    fieldPaths: ['spec.template.spec.containers.[name=web-log].image']\n" EXAMPLE_WEB,
    .match = find_inexact,
};

static void find_no_path(struct judge *judge, const struct match *match)
{
    if (match->kind != MATCH_PATH || !match->is_default)
        return;
    struct sighting *sighting = judge_find(judge, match->position,
                                           "the target has no 'fieldPaths', so the value replaces the name");
    sighting_about(judge, sighting, match->resource, NULL);
    sighting_hint(judge, sighting, "add `fieldPaths`; if you mean the name, write `fieldPaths: [metadata.name]`");
}

const struct rule field_path_missing_rule = {
    .id = "field-path-missing",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a target of a replacement has no `fieldPaths`",
    .why = "kustomize then writes the value into `metadata.name`, which renames the resource.",
    .remedy = "add `fieldPaths`",
    .found = "resources: [web.yaml]\n"
             "replacements:\n"
             "- sourceValue: shop\n"
             "  targets:\n"
             "  - select: {kind: Deployment}\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "replacements:\n"
                 "- sourceValue: shop\n"
                 "  targets:\n"
                 "  - select: {kind: Deployment}\n"
                 "    fieldPaths: [metadata.name]\n" EXAMPLE_WEB,
    .match = find_no_path,
};

static void note_scalar(void *leads_to_scalar, const struct node *node, bool is_end)
{
    *(bool *)leads_to_scalar |= is_end && node_is_scalar(node) && !node_is_null(node);
}

static void find_emptied(struct judge *judge, const struct match *match)
{
    bool leads_to_scalar = false;
    struct path_walk walk = {.judge = judge, .path = match->path, .visit = note_scalar, .state = &leads_to_scalar};
    if (match->kind != MATCH_PATH || match->value->kind == NODE_SCALAR)
        return;
    path_walk_run(&walk, match->resource->root);
    if (!leads_to_scalar)
        return;
    const struct field_path *path = match->path;
    struct position place = path_part_place(judge, match->name, path->elements[path->count - 1].start);
    struct sighting *sighting = judge_find(judge, place, "the source is a %s, so this string becomes empty",
                                           match->value->kind == NODE_MAP ? "map" : "list");
    sighting_about(judge, sighting, match->resource, NULL);
    sighting_hint(judge, sighting, "point the source's `fieldPath` to a string or a number");
}

const struct rule replacement_value_lost_rule = {
    .id = "replacement-value-lost",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a replacement writes a map or a list over a string",
    .why = "kustomize writes an empty string, and reports nothing.",
    .remedy = "correct the source's `fieldPath`",
    .found = "resources: [web.yaml, settings.yaml]\n"
             "replacements:\n"
             "- source: {kind: ConfigMap, fieldPath: data}\n"
             "  targets:\n"
             "  - select: {kind: Deployment}\n"
             "    fieldPaths: [metadata.labels.app]\n" EXAMPLE_WEB EXAMPLE_SETTINGS,
    .not_found = "resources: [web.yaml, settings.yaml]\n"
                 "replacements:\n"
                 "- source: {kind: ConfigMap, fieldPath: data.host}\n"
                 "  targets:\n"
                 "  - select: {kind: Deployment}\n"
                 "    fieldPaths: [metadata.labels.app]\n" EXAMPLE_WEB EXAMPLE_SETTINGS,
    .match = find_emptied,
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
        sighting_hint(judge, judge_miss(judge, match->position, match->position, "the var has no 'name'"),
                      "add `name`: the build replaces `$(NAME)`");
}

const struct rule var_unused_rule = {
    .id = "var-unused",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "nothing uses a var",
    .why = "None of the fields in which vars are replaced contains `$(NAME)`.",
    .remedy = "remove the var, or add the field to `varReference` in a file listed under `configurations`",
    .found = "resources: [web.yaml]\n"
             "vars: [{name: WEB, objref: {apiVersion: apps/v1, kind: Deployment, name: web}}]\n" EXAMPLE_WEB,
    .not_found =
        "resources: [web.yaml, job.yaml]\n"
        "vars: [{name: WEB, objref: {apiVersion: apps/v1, kind: Deployment, name: web}}]\n" EXAMPLE_WEB "--- job.yaml\n"
        "{apiVersion: batch/v1, kind: Job, metadata: {name: job}, spec: {template: {spec: {containers: [{name: a, "
        "image: b, args: [$(WEB)]}]}}}}\n",
    .match = find_unused,
};
