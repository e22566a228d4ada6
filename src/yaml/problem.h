// yaml/problem.h
//
// What to tell about text that libyaml refuses: its own words, the place, and what usually causes it.
// Internal to yaml.
#pragma once

#include <yaml.h>

#include "yaml/chunk.h"

// The parser has failed on the chunk.
void yaml_problem_diagnose(struct diagnostics *, const yaml_parser_t *, const struct yaml_chunk *);
