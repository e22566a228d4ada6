// cli/build_many.h
//
// `kiln build` for several roots: chooses them, and writes and reports their streams.
#pragma once

#include "cli/build.h"

// Depends on the form of the call, never on the number of roots: one directory without a pattern is an ordinary build.
bool build_is_many(const struct invocation *, const struct build_settings *);
// False: the flags conflict; diagnosed.
bool build_many_check(struct invocation *, struct build_settings *);
// For a build of one root. False: the call names several, or has flags for several; diagnosed.
bool build_one_check(struct invocation *, const struct build_settings *);

enum status build_many(struct invocation *, const struct build_settings *);

struct affected_request;  // repository/affected.h
// Builds the roots that a change affects. Without `output`, writes nothing and only checks that they build.
enum status build_affected(struct invocation *, struct build_settings *, const struct affected_request *);
