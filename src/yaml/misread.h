// yaml/misread.h
//
// Finds the place that a person would mend in text that libyaml refuses. libyaml names the first token that cannot be,
// which is often a line or a whole file behind the mistake:
//
//     metadata:
//       name:web         <- a space is missing
//       namespace: shop  <- libyaml: "mapping values are not allowed in this context"
//
// Internal to yaml.
#pragma once

#include <yaml.h>

#include "yaml/chunk.h"

// The parser has failed on the chunk, with lines and columns in its marks. False: there is nothing better to say than
// what libyaml says, and nothing is diagnosed.
bool yaml_misread_diagnose(struct diagnostics *, const yaml_parser_t *, const struct yaml_chunk *);
