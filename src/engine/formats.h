// engine/formats.h
//
// The build engines that `kiln graph` supports. To add one, define `engine_format_NAME` in a new file, add a line
// here, and add its name to the help and the messages in cli/graph.c.
#pragma once

#include "engine/engine.h"

#define ENGINE_FORMATS(X)                                                                                              \
    X(ninja)                                                                                                           \
    X(make)                                                                                                            \
    X(bazel)                                                                                                           \
    X(json)

#define DECLARE(name) extern const struct engine_format engine_format_##name;
ENGINE_FORMATS(DECLARE)
#undef DECLARE
