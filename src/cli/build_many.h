// cli/build_many.h
//
// `kiln build` of several roots: which they are, where their streams go, and what is said of them.
#pragma once

#include "cli/build.h"

// The form of the call decides, never how many roots there are: one directory without a pattern is a build as ever.
bool build_is_many(const struct invocation *, const struct build_settings *);
// False: the flags do not go together. Diagnosed.
bool build_many_check(struct invocation *, struct build_settings *);
// For a build of one root. False: there are more, or flags for more. Diagnosed.
bool build_one_check(struct invocation *, const struct build_settings *);

enum status build_many(struct invocation *, const struct build_settings *);

struct affected_request;  // repository/affected.h
// Builds what a change touches. Without `output`, nothing is written: whether they build is the answer.
enum status build_affected(struct invocation *, struct build_settings *, const struct affected_request *);
