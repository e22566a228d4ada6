// yaml/problem.h
//
// What to tell about text that libyaml refuses: its own words, the place, and what usually causes it; and what both
// readers refuse beyond that.
// Internal to yaml.
#pragma once

#include <yaml.h>

#include "yaml/chunk.h"

// The parser has failed on the chunk.
void yaml_problem_diagnose(struct diagnostics *, const yaml_parser_t *, const struct yaml_chunk *);

// All return false, diagnosed.
bool yaml_refuse_alias(struct diagnostics *, struct position, struct slice anchor);
bool yaml_refuse_depth(struct diagnostics *, struct position);

// False: diagnosed. `NULL` is no version.
bool yaml_check_version(struct diagnostics *, struct position, const yaml_version_directive_t *);
// The same for a plain text between brackets: kustomize's parser lets a '?' end it, and then fails.
bool yaml_check_flow_text(struct diagnostics *, struct position, struct slice text);
