// cli/root_choice.h
//
// Which roots a call asks for: the directories that it names, those that match its patterns, those of a list, or all.
#pragma once

#include "cli/build.h"
#include "repository/root_builds.h"

struct affected;
struct affected_request;

bool root_choice_is_url(struct arena *, struct slice);
// A name with `*` in it may be one all the same.
bool root_choice_is_pattern(struct arena *, const char *);

// Checks the flags of cli/root_flags.h. False: they do not go together. Diagnosed.
bool root_choice_check(struct invocation *, struct build_settings *);
// Appends the roots, each once. The build is for what belongs to no root, and has run nothing. False: diagnosed in it.
bool root_choice_find(struct session *, struct build *, const struct build_settings *, struct root_list *);

// What --since asks, for the directories of the settings, or the current one.
struct affected_request root_choice_request(const struct build_settings *);
// Appends the roots that a change touches. The answer is to be closed by the caller, also when it failed.
bool root_choice_affected(struct session *, struct build *, const struct affected_request *, struct affected *,
                          struct root_list *);

// What a root of several is built with: the settings of the call, and what .kiln.yaml says of the root. What is made
// lives in the arena.
struct build_options root_choice_options(const struct invocation *, const struct build_settings *, const struct root *,
                                         struct arena *);
// How many roots are built at once.
unsigned root_choice_jobs(const struct build_settings *);
