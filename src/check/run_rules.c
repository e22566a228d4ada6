// check/run_rules.c
//
// Rules without a function: the build's own messages, and comments about rules.
#include "check/examples.h"
#include "check/rule.h"

const struct rule build_failed_rule = {
    .id = "build-failed",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a root doesn't build",
    .why = "The message comes from the build. The other roots are still checked.",
    .remedy = "fix what the message reports",
    .found = "resources: web.yaml\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n" EXAMPLE_WEB,
};

const struct rule replica_no_match_rule = {
    .id = "replica-no-match",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "an entry of `replicas` names no workload",
    .why = "The root doesn't build.",
    .remedy = "use the name that the workload has in its file or that a base has given it, or remove the entry",
    .found = "resources: [web.yaml]\n"
             "replicas: [{name: wep, count: 2}]\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "replicas: [{name: web, count: 2}]\n" EXAMPLE_WEB,
};

const struct rule replacement_source_multiple_rule = {
    .id = "replacement-source-multiple",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "the source of a replacement matches several resources",
    .why = "The root doesn't build, because the source could be any of these resources.",
    .remedy = "add a name, a kind, or a namespace to `source`",
    .found = "resources: [web.yaml, settings.yaml]\n"
             "replacements:\n"
             "- source: {version: v1}\n"
             "  targets: [{select: {kind: Deployment}, fieldPaths: [spec.replicas]}]\n" EXAMPLE_WEB EXAMPLE_SETTINGS,
    .not_found = "resources: [web.yaml, settings.yaml]\n"
                 "replacements:\n"
                 "- source: {kind: ConfigMap, fieldPath: data.host}\n"
                 "  targets:\n"
                 "  - select: {kind: Deployment}\n"
                 "    fieldPaths: [metadata.annotations.host]\n"
                 "    options: {create: true}\n" EXAMPLE_WEB EXAMPLE_SETTINGS,
};

const struct rule build_warning_rule = {
    .id = "build-warning",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "the build reports a warning",
    .why = "The message comes from the build.",
    .remedy = "fix what the message reports",
    .found = "configMapGenerator: [{name: a, behavior: add}]\n",
    .not_found = "configMapGenerator: [{name: a, behavior: create}]\n",
};

const struct rule suppression_unknown_rule = {
    .id = "suppression-unknown",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a comment or an annotation ignores an unknown rule",
    .why = "A misspelled name doesn't silence anything.",
    .remedy = "correct the name",
    .found = "resources: [web.yaml]  # kiln: ignore patch-no-mach\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "images:\n"
                 "- name: other  # kiln: ignore image-no-match: comes with the next release\n" EXAMPLE_WEB,
};

const struct rule suppression_unused_rule = {
    .id = "suppression-unused",
    .level = LEVEL_NOTE,
    .since = "0.2",
    .summary = "a comment or an annotation ignores a rule that finds nothing",
    .why = "The finding that it was written for is gone, but the comment or annotation would still hide the next one. "
           "The same goes for an entry of `check.ignore` in `.kiln.yaml` that matches no finding. kiln reports such "
           "entries only if it checks all roots of the repository and they build.",
    .remedy = "remove the name from the comment or the annotation, or remove the entry",
    .found = "resources: [web.yaml]  # kiln: ignore patch-no-match\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "images:\n"
                 "- name: other  # kiln: ignore image-no-match: comes with the next release\n" EXAMPLE_WEB,
};

const struct rule baseline_stale_rule = {
    .id = "baseline-stale",
    .level = LEVEL_NOTE,
    .since = "0.2",
    .summary = "a finding in the baseline no longer occurs",
    .why = "Its entry would hide the next finding of the same kind. kiln reports such an entry only if it checks all "
           "roots of the repository, or the root that had the finding.",
    .remedy = "update the baseline with `--write-baseline`",
    .found = "resources: [web.yaml]\n" EXAMPLE_WEB "--- .kiln-baseline.json\n"
             "{\"schemaVersion\":1,\"findings\":[\n"
             "{\"fingerprint\":\"6f0c8e2f5d1b7a90\",\"count\":1,\"rule\":\"image-no-match\",\"file\":\"kustomization."
             "yaml\"}\n"
             "]}\n",
    .not_found = "resources: [web.yaml]\n" EXAMPLE_WEB "--- .kiln-baseline.json\n"
                 "{\"schemaVersion\":1,\"findings\":[\n"
                 "]}\n",
    .needs_more = true,
};
