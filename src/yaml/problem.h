// yaml/problem.h
//
// What to report about text that libyaml refuses, without its terms: what is wrong, where, and what to do; and what
// both readers refuse beyond that. Internal to yaml.
#pragma once

#include <yaml.h>

#include "yaml/chunk.h"

// Reports why the parser failed on the chunk.
void yaml_problem_diagnose(struct diagnostics *, const yaml_parser_t *, const struct yaml_chunk *);

// These report the problem and return false.
bool yaml_refuse_alias(struct diagnostics *, struct position, struct slice anchor);
bool yaml_refuse_depth(struct diagnostics *, struct position);

// False: diagnosed. NULL: there is no version directive.
bool yaml_check_version(struct diagnostics *, struct position, const yaml_version_directive_t *);
// False: diagnosed. kustomize's parser ends a plain scalar in brackets at a '?', and then fails.
bool yaml_check_flow_text(struct diagnostics *, struct position, struct slice text);
