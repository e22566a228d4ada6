// check/baseline.h
//
// Accepted findings: a file with their fingerprints and how many of each are allowed. Any more are new.
//
//     {"schemaVersion":1,"findings":[
//     {"fingerprint":"6f0c8e2f5d1b7a90","count":1,"rule":"patch-no-match","file":"overlays/prod/kustomization.yaml"}
//     ]}
//
// One line for each finding, sorted by file, rule, and fingerprint, so that changes by several people merge.
#pragma once

#include "check/findings.h"

struct baseline_entry {
    struct position position;
    struct text fingerprint;
    struct integer count;
    struct text rule, file;  // for people, and to know whether a run has looked for the finding
    struct text root;        // the only root that has the finding; empty: several roots, or none
    size_t found;            // in this run
    bool is_repeated;        // an earlier entry has the same fingerprint
};

struct baseline {
    struct arena *arena;
    struct {
        struct baseline_entry **items;
        size_t count, capacity;
    } entries;
    struct hash_index by_fingerprint;
};

// The entries live as long as the build. `path` is shown in messages. False: diagnosed, with a place if possible.
bool baseline_read(struct build *, const struct file_system *, struct slice path, struct baseline *);
// Makes a baseline from the findings of a run that are shown. It lives in the arena.
void baseline_of(const struct check *, struct arena *, const struct finding_list *, struct baseline *);

// Silences the findings that the baseline has, in order. Failed builds are never silenced.
void baseline_apply(struct baseline *, struct finding_list *, enum finding_silence);
// Removes the findings that an older revision also has.
void baseline_drop(struct baseline *older, struct finding_list *);
// Reports entries with fewer findings than before, if the run has looked for them. `judge` is the one of the whole run.
void baseline_find_stale(const struct check *, struct judge *, struct baseline *);

// Writes a new baseline: the findings that are shown, and the entries of the old one (NULL: none) that the run has not
// looked for.
void baseline_write(const struct check *, struct arena *, const struct finding_list *, const struct baseline *old,
                    struct buffer *);
