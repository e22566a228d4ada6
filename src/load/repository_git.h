// load/repository_git.h
//
// Queries the user's own repository with the program `git`. Nothing is written to it, locked, or fetched, and no hooks,
// filters, or external programs run.
#pragma once

#include "base/diagnostics.h"
#include "base/process.h"

struct git_repository {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct slice top;  // the work tree, links resolved; for a bare repository its own directory
    bool bare;
    struct slice git_directory;  // absolute
    struct slice head;           // the current commit; empty: there is none yet
    struct slice tree;           // of that commit
};

// The kind of entry that a tree or the index has at a path.
enum git_entry { GIT_ENTRY_NONE, GIT_ENTRY_FILE, GIT_ENTRY_LINK, GIT_ENTRY_MODULE };

// From a mode such as "100644" or "000000".
enum git_entry git_entry_of_mode(struct slice mode);

// The repository that the directory is in. False: diagnosed.
bool git_repository_find(struct git_repository *, struct arena *, struct diagnostics *, struct slice directory);

// Runs git in the repository with the arguments, which end with NULL. False: it could not be run, or failed; diagnosed
// unless `quiet`. The output lives in the arena.
bool git_repository_ask(const struct git_repository *, const char *const *words, bool quiet, struct slice *output);

// The arguments and environment of such a call, for callers that run git themselves.
struct process_request git_repository_request(const struct git_repository *, const char *const *words);

// The value of `core.ignorecase` of the repository.
bool git_repository_ignores_case(const struct git_repository *);

// True for a revision of only zeros, with which Git's hooks and CI systems say that there was no commit before.
bool git_revision_is_none(const char *revision);
// The hash of a revision's commit. False: diagnosed.
bool git_repository_commit(const struct git_repository *, struct slice revision, struct slice *commit);
// The best common ancestor. False: diagnosed, with a hint if the clone is shallow.
bool git_repository_merge_base(const struct git_repository *, struct slice a, struct slice b, struct slice *commit);
