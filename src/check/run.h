// check/run.h
//
// The roots of a run, each built and judged, on several threads.
#pragma once

#include "check/findings.h"
#include "repository/root_builds.h"

enum { CHECK_DIGEST_SIZE = 32 };

struct check_run {
    const struct root_list *roots;
    struct session *session;
    struct build *build;  // holds whatever belongs to no root
    const struct levels *levels;
    const struct file_system *files;        // that the session reads
    const struct schema_settings *schemas;  // NULL: objects are not checked against schemas
    unsigned thread_count;
    size_t columns;
    bool is_whole;                        // the run has all roots of the repository
    bool keeps_objects;                   // see struct check
    struct baseline *baseline;            // the same
    bool without_repository;              // skips the rules about unused files
    struct slice top;                     // the directory whose files are checked; empty: that of the only root
    const struct immutables *immutables;  // see struct check
    void *state;
    // Whether the roots, although named one by one, are all that the repository has; NULL: unknown.
    bool (*has_all_roots)(void *state);
    // Options of a root's build, allocated in the arena of the root.
    struct build_options (*options)(void *state, const struct root *, struct arena *);

    // Results; free them with check_run_free.
    struct root_result *results;
    unsigned char *digests;  // of the streams, CHECK_DIGEST_SIZE bytes each; NULL: not computed
    struct check *check;
    struct finding_list findings;
    size_t built, failed, objects;
};

// False: diagnosed in the build. Mistakes in a root are findings.
bool check_run(struct check_run *);
void check_run_free(struct check_run *);

// True if a finding has at least the level `fail_on`.
bool check_fails(const struct finding_list *, enum level fail_on);
