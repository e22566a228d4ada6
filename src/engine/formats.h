// engine/formats.h
//
// The build engines that `kiln graph` writes for. To add one: its `engine_format_NAME` in a file of its own, and its
// line here.
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
