// pipeline/select.h
//
// Keeps some of the objects of a finished build:
//
//     Deployment               KIND
//     Deployment/web           KIND/NAME
//     Deployment/shop/web      KIND/NAMESPACE/NAME
//     Deployment.apps/web-*    with the group behind the kind; `*`, `?` and `[a-z]` are as in names of files
//
// Kind and group match in whatever case. An object without namespace is in `default`, one of the cluster in none,
// which only `*` and the empty text match.
#pragma once

#include "pipeline/build.h"

struct select_pattern {
    struct slice text;                          // as it was given
    struct slice kind, group, namespace, name;  // `*` where absent; kind and group in lower case
};

// False: diagnosed (malformed); `flag` is where it stands.
bool select_parse(struct arena *, struct diagnostics *, const char *flag, struct slice text, struct select_pattern *);

// True for an object that the pattern matches.
bool select_matches(struct arena *, const struct select_pattern *, const struct resource *);

// Keeps of build->resources what a pattern of `select` matches, all if there is none, but for what `exclude` matches.
// False: diagnosed (nothing matches a pattern of `select`). Nothing for one of `exclude` is a warning.
bool build_select(struct build *, const struct slice *select, size_t select_count, const struct slice *exclude,
                  size_t exclude_count);
