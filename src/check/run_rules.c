// check/run_rules.c
//
// What no function looks for: what the build says itself, and comments about rules.
#include "check/examples.h"
#include "check/rule.h"

const struct rule build_failed_rule = {
    .id = "build-failed",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a root doesn't build",
    .why = "The message is that of the build. Other roots are judged all the same.",
    .remedy = "see the message",
    .found = "resource: [web.yaml]\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n" EXAMPLE_WEB,
};

const struct rule build_warning_rule = {
    .id = "build-warning",
    .level = LEVEL_WARNING,
    .since = "0.2",
    .summary = "a warning of the build",
    .why = "The message is that of the build.",
    .remedy = "see the message",
    .found = "configMapGenerator: [{name: a, behavior: add}]\n",
    .not_found = "configMapGenerator: [{name: a, behavior: create}]\n",
};

const struct rule suppression_unknown_rule = {
    .id = "suppression-unknown",
    .level = LEVEL_ERROR,
    .since = "0.2",
    .summary = "a comment ignores a rule that there is not",
    .why = "A misspelled comment silences nothing, today or when the rule finds something.",
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
    .summary = "a comment ignores a rule that finds nothing",
    .why = "What it was written for is gone; it would hide the next one.",
    .remedy = "remove the comment",
    .found = "resources: [web.yaml]  # kiln: ignore patch-no-match\n" EXAMPLE_WEB,
    .not_found = "resources: [web.yaml]\n"
                 "images:\n"
                 "- name: other  # kiln: ignore image-no-match: comes with the next release\n" EXAMPLE_WEB,
};
