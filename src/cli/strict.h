// cli/strict.h
//
// `kiln build --strict`: checks builds as `kiln check` does, without the rules that need the whole repository.
#pragma once

#include "cli/build.h"
#include "repository/roots.h"
#include "repository/session.h"

// False: a level was given as a directory; diagnosed.
bool strict_check(struct invocation *, const struct build_settings *);

// Builds the directory of the settings. Prints findings to standard error instead of the build's warnings. False: it
// doesn't build (diagnosed), or a finding has the level of --strict.
bool strict_build(const struct invocation *, const struct build_settings *, struct build *, struct build_options *);

// The same for several roots, which are built once more to be written. False: diagnosed or printed.
bool strict_roots(struct invocation *, const struct build_settings *, struct build *, struct session *,
                  const struct root_list *);
