// yaml/misread.h
//
// Finds the place to correct in text that libyaml refuses. libyaml names the first token that it can't accept, which is
// often a line after the mistake, or at the end of the file:
//
//     metadata:
//       name:web         <- a space is missing
//       namespace: shop  <- libyaml: "mapping values are not allowed in this context"
//
// Internal to yaml.
#pragma once

#include <yaml.h>

#include "yaml/chunk.h"

// The parser has failed on the chunk, with lines and columns in its marks. False: nothing is diagnosed, because
// libyaml's own message is the best one.
bool yaml_misread_diagnose(struct diagnostics *, const yaml_parser_t *, const struct yaml_chunk *);
