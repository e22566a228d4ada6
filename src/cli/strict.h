// cli/strict.h
//
// `kiln build --strict`: judges what is built as `kiln check` does, without the rules that need the whole repository.
#pragma once

#include "cli/build.h"
#include "repository/roots.h"
#include "repository/session.h"

// False: the call has a level where a directory is meant, which is diagnosed.
bool strict_check(struct invocation *, const struct build_settings *);

// Builds the directory of the settings. What is found is printed to standard error in place of the build's warnings.
// False: it doesn't build, which is diagnosed, or what was found is as bad as --strict says.
bool strict_build(const struct invocation *, const struct build_settings *, struct build *, struct build_options *);

// The same for several roots, which are built here once more than they are written. False: diagnosed or printed.
bool strict_roots(struct invocation *, const struct build_settings *, struct build *, struct session *,
                  const struct root_list *);
