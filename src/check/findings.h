// check/findings.h
//
// A run over several roots: turns the sightings of their judges into a sorted list of findings, each with the roots
// that have it, without the suppressed ones.
#pragma once

#include <pthread.h>

#include "base/hash_index.h"
#include "check/judge.h"
#include "check/levels.h"
#include "check/repository_files.h"

struct finding {
    const struct rule *rule;
    enum level level;
    const struct sighting *sighting;  // its place and message
    const size_t *roots;              // roots that have it; at least one, unless it concerns the repository
    size_t root_count;
    const struct slice *chain;  // directories from the first root to the kustomization
    size_t chain_count;
    char fingerprint[17];  // stays the same when lines move
    bool fails;            // it breaks the build of a root, so nothing silences it
    enum finding_silence {
        FINDING_SHOWN,
        FINDING_SUPPRESSED,  // by a comment
        FINDING_IGNORED,     // by .kiln.yaml
        FINDING_IN_BASELINE,
        FINDING_OLD,  // the older revision has it as well
    } silence;
};

struct finding_list {
    struct finding *items;
    size_t count, capacity;
    size_t of_level[LEVEL_ERROR + 1];  // number of findings that are shown
    size_t suppressed;                 // number of findings that are not shown
    size_t in_baseline;                // number of those that are in the baseline
    size_t old;                        // number of findings removed because the older revision has them
};

// A file that a build has read, or that has a finding.
struct checked_file {
    struct slice path;
    bool is_read;       // by a build
    bool is_secret;     // a Secret generator reads it
    bool has_comments;  // they have been read
    bool is_doubtful;   // a root that reads it doesn't build, so some rules may not have run on it
    struct suppressions suppressions;
};

struct baseline;

struct check {
    struct arena arena;
    const struct levels *levels;
    const struct file_system *files;
    struct slice current;  // the current directory, absolute
    struct slice top;      // of its repository; without one, the current directory
    size_t root_count;
    struct judge **judges;  // one for each root; NULL: it was not judged
    const struct slice *root_paths;
    struct schemas *schemas;              // check/schemas.h; NULL: objects are not checked against schemas
    bool is_whole;                        // the roots are all that the repository has
    bool is_everything;                   // the same, and the whole repository was searched for them
    bool without_repository;              // omits rules that need the whole repository
    bool (*has_all_roots)(void *state);   // tells whether no root was left out; called at most once; NULL: unknown
    void *state;                          // the argument of has_all_roots
    bool knows_roots, is_complete;        // it was called, and its result
    struct baseline *baseline;            // accepted findings; NULL: none
    bool *used_ignores;                   // of check.ignore
    bool keeps_objects;                   // judges keep the names of the built objects
    size_t columns;                       // of the terminal
    const struct immutables *immutables;  // of the older revision (check/immutable.h); NULL: none

    pthread_mutex_t lock;  // protects the fields below
    struct {
        struct checked_file *items;
        size_t count, capacity;
    } read;
    struct hash_index read_by_path;
    struct hash_index judged;  // kustomization files
    struct path_list judged_files;
};

struct check *check_new(const struct levels *, const struct file_system *, const struct slice *root_paths,
                        size_t count);
void check_free(struct check *);

// A path in messages, relative to the top of the repository. False: it is not below the top, so `*path` is absolute or
// a URL.
bool check_path_below_top(const struct check *, struct arena *, struct slice file, struct slice *path);

// The root was judged, and it builds.
bool check_has_built(const struct check *, size_t root);
// The file with this path in messages; NULL: no build has read it.
struct checked_file *check_file(const struct check *, struct slice path);
// Records that a build has read the file, whether the build succeeded, and whether the content is that of a Secret.
void check_note_file(struct check *, struct slice path, bool built, bool is_secret);
// Collects the comments that silence rules from a YAML file that takes part in the build, other than generator data.
void check_note_comments(struct check *, struct slice path, struct slice content);
// True for the first call with a kustomization file as a root, and for the first with it as a base.
bool check_take_kustomization(struct check *, struct slice path, bool is_root);

// Call after the last judge_end. `build` holds whatever belongs to no root. NULL `repository`: skips file rules.
void check_end(struct check *, struct build *, const struct repository_files *repository, struct finding_list *);
