// pipeline/select.h
//
// Selects some of the objects of a finished build:
//
//     Deployment               KIND
//     Deployment/web           KIND/NAME
//     Deployment/shop/web      KIND/NAMESPACE/NAME
//     Deployment.apps/web-*    with the group after the kind; `*`, `?`, and `[a-z]` work as in file names
//
// Kinds and groups match regardless of case. A namespaced object without a namespace counts as being in `default`. The
// namespace of a cluster-scoped object is empty, which only `*` and an empty pattern match.
#pragma once

#include "pipeline/build.h"

struct select_pattern {
    struct slice text;                          // as given by the user
    struct slice kind, group, namespace, name;  // `*` if absent; kind and group in lower case
};

// Parses the value of `flag`. False: diagnosed (malformed).
bool select_parse(struct arena *, struct diagnostics *, const char *flag, struct slice text, struct select_pattern *);

// True if the pattern matches the object.
bool select_matches(struct arena *, const struct select_pattern *, const struct resource *);

// Removes resources that no pattern of `select` matches (if there are any), and those that a pattern of `exclude`
// matches. False: diagnosed (a pattern of `select` matches nothing). An unused pattern of `exclude` is only a warning.
bool build_select(struct build *, const struct slice *select, size_t select_count, const struct slice *exclude,
                  size_t exclude_count);
