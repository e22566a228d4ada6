// load/repository_git.h
//
// The user's own repository, asked by the program `git`. Nothing is written in it, no lock is taken, nothing is
// fetched, and no hook, filter or external program runs.
#pragma once

#include "base/diagnostics.h"
#include "base/process.h"

struct git_repository {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct slice top;  // of the work tree, links resolved; of a bare repository its own directory
    bool bare;
    struct slice git_directory;  // absolute
    struct slice head;           // the commit; empty: there is none yet
    struct slice tree;           // of that commit
};

// What a tree or the index has at a path.
enum git_entry { GIT_ENTRY_NONE, GIT_ENTRY_FILE, GIT_ENTRY_LINK, GIT_ENTRY_MODULE };

// "100644", "000000"
enum git_entry git_entry_of_mode(struct slice mode);

// The repository that the directory is in. False: diagnosed.
bool git_repository_find(struct git_repository *, struct arena *, struct diagnostics *, struct slice directory);

// Runs git with the words, which end with NULL, in the repository. False: it could not be run, or failed; diagnosed
// unless `quiet`. The output stays with the arena.
bool git_repository_ask(const struct git_repository *, const char *const *words, bool quiet, struct slice *output);

// The words and environment of such a call, for who runs git itself.
struct process_request git_repository_request(const struct git_repository *, const char *const *words);

// What `core.ignorecase` of the repository says.
bool git_repository_ignores_case(const struct git_repository *);

// A revision of zeros alone: where Git's hooks and CI systems say that there was no commit before.
bool git_revision_is_none(const char *revision);
// The name of the commit of a revision. False: diagnosed.
bool git_repository_commit(const struct git_repository *, struct slice revision, struct slice *commit);
// The best common ancestor. False: diagnosed; in a shallow clone with what to do about it.
bool git_repository_merge_base(const struct git_repository *, struct slice a, struct slice b, struct slice *commit);
