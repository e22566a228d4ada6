// edit/pairs.h
//
// Labels and annotations: `commonLabels`, `labels`, `commonAnnotations`.
#pragma once

#include "edit/edit.h"

struct pair {
    struct slice key, value;
};

struct pair_list {
    struct pair *items;
    size_t count, capacity;
};

enum pair_kind { PAIR_LABEL, PAIR_ANNOTATION };

// `key:value` from each argument; a value may stand in double quotes. A key that is given twice counts as the last.
// False: diagnosed.
bool edit_parse_pairs(struct build *, enum pair_kind, const char *const *arguments, size_t count, struct pair_list *);
// The same from `a:b,c:d`.
bool edit_parse_pair_text(struct build *, enum pair_kind, struct slice text, struct pair_list *);
// False: diagnosed (a key that Kubernetes refuses).
bool edit_check_annotation_keys(struct build *, const struct pair_list *);

struct pair_options {
    bool force;             // over keys that are there
    bool without_selector;  // labels: into an entry of `labels` that leaves selectors alone
    bool include_templates;
};

// Labels for selectors too go into `commonLabels` where the file has it or kustomize is meant, else into `labels` with
// includeSelectors. False: diagnosed (a key is there already).
bool edit_add_pairs(struct edit *, enum pair_kind, const struct pair_list *, const struct pair_options *);
void edit_set_pairs(struct edit *, enum pair_kind, const struct pair_list *);

// Keys from `a,b`. False: diagnosed (an empty one).
bool edit_parse_keys(struct build *, enum pair_kind, struct slice text, struct pair_list *);
// Labels are taken out of `commonLabels`, and out of the entries of `labels` unless kustomize is meant, which does not
// look there. False: diagnosed (a key or the whole field is absent, unless `ignore_absent`).
bool edit_remove_pairs(struct edit *, enum pair_kind, const struct pair_list *keys, bool ignore_absent);
