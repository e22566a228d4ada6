// check/baseline.h
//
// What is known and accepted: a file with the fingerprints of findings, each with how many there may be. A finding
// above that is a new one.
//
//     {"schemaVersion":1,"findings":[
//     {"fingerprint":"6f0c8e2f5d1b7a90","count":1,"rule":"patch-no-match","file":"overlays/prod/kustomization.yaml"}
//     ]}
//
// One line a finding, sorted by file, rule, and fingerprint, so that the changes of several people merge.
#pragma once

#include "check/findings.h"

struct baseline_entry {
    struct position position;
    struct text fingerprint;
    struct integer count;
    struct text rule, file;  // for people, and to know whether a run has looked for it
    struct text root;        // the only one that has it; empty: there are several, or none
    size_t found;            // in this run
    bool is_repeated;        // an entry before it has the same fingerprint
};

struct baseline {
    struct arena *arena;
    struct {
        struct baseline_entry **items;
        size_t count, capacity;
    } entries;
    struct hash_index by_fingerprint;
};

// The entries live as long as the build. `path` is as messages name it. False: diagnosed, with a place if possible.
bool baseline_read(struct build *, const struct file_system *, struct slice path, struct baseline *);
// The findings of a run that are shown; what the baseline has lives in the arena.
void baseline_of(const struct check *, struct arena *, const struct finding_list *, struct baseline *);

// Silences the findings that the baseline has, in order. Failed builds are never silenced.
void baseline_apply(struct baseline *, struct finding_list *, enum finding_silence);
// Removes the findings that an older revision also has.
void baseline_drop(struct baseline *older, struct finding_list *);
// Reports entries with fewer findings than before, if the run has looked for them. `judge` is that of the whole run.
void baseline_find_stale(const struct check *, struct judge *, struct baseline *);

// The text of a new baseline: the findings that are shown, and the entries of the old one that the run has not looked
// for, NULL: none.
void baseline_write(const struct check *, struct arena *, const struct finding_list *, const struct baseline *old,
                    struct buffer *);
