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

// Parses `key:value` from each argument; a value may be in double quotes. If a key is repeated, the last one counts.
// False: diagnosed.
bool edit_parse_pairs(struct build *, enum pair_kind, const char *const *arguments, size_t count, struct pair_list *);
// The same from `a:b,c:d`.
bool edit_parse_pair_text(struct build *, enum pair_kind, struct slice text, struct pair_list *);
// False: diagnosed (a key that Kubernetes rejects).
bool edit_check_annotation_keys(struct build *, const struct pair_list *);

struct pair_options {
    bool force;             // replace existing keys
    bool without_selector;  // for labels: into an entry of `labels` without selectors
    bool include_templates;
};

// Labels that also apply to selectors go into `commonLabels` if the file has it or kiln behaves like kustomize, and
// otherwise into `labels` with includeSelectors. False: diagnosed (a key exists already).
bool edit_add_pairs(struct edit *, enum pair_kind, const struct pair_list *, const struct pair_options *);
void edit_set_pairs(struct edit *, enum pair_kind, const struct pair_list *);

// Parses keys from `a,b`. False: diagnosed (a key is empty).
bool edit_parse_keys(struct build *, enum pair_kind, struct slice text, struct pair_list *);
// Removes labels from `commonLabels` and from the entries of `labels`, but not from the latter if kiln behaves like
// kustomize. False: diagnosed (a key or the whole field is absent, unless `ignore_absent`).
bool edit_remove_pairs(struct edit *, enum pair_kind, const struct pair_list *keys, bool ignore_absent);
