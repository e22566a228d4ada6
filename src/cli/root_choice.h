// cli/root_choice.h
//
// Finds the roots that a call asks for: named directories, matches of patterns, entries of a list, or all roots.
#pragma once

#include "cli/build.h"
#include "repository/root_builds.h"

struct affected;
struct affected_request;

bool root_choice_is_url(struct arena *, struct slice);
// True for a pattern; false for an existing name that contains `*`.
bool root_choice_is_pattern(struct arena *, const char *);

// Checks the flags of cli/root_flags.h. False: they conflict; diagnosed.
bool root_choice_check(struct invocation *, struct build_settings *);
// Appends the roots, each once. The build is for messages that belong to no root, and must be new. False: diagnosed in
// it.
bool root_choice_find(struct session *, struct build *, const struct build_settings *, struct root_list *);

// The request of --since, for the directories of the settings or the current one.
struct affected_request root_choice_request(const struct build_settings *);
// Appends the roots that a change affects. The caller closes the answer, even after a failure.
bool root_choice_affected(struct session *, struct build *, const struct affected_request *, struct affected *,
                          struct root_list *);

// The options for building one of several roots, from the settings of the call and the root's flags in .kiln.yaml.
// Everything lives in the arena.
struct build_options root_choice_options(const struct invocation *, const struct build_settings *, const struct root *,
                                         struct arena *);
// How many roots are built at once.
unsigned root_choice_jobs(const struct build_settings *);
// Builds of the roots, with a zeroed result for each. The build is the one for messages that belong to no root. The
// caller sets the functions and their state.
struct root_builds root_choice_builds(struct session *, struct build *, const struct build_settings *,
                                      const struct root_list *);
