// cfg/grep.h
//
// Finds objects with a field that matches a query:
//
//     kind=Deployment                  a regular expression that matches anywhere in the value
//     spec.replicas>=3                 a quantity: < > <= >=
//     metadata.annotations.owner       the field exists
#pragma once

#include "cfg/field_query.h"
#include "resource/quantity.h"

struct grep {
    struct field_query query;
    enum { GREP_PATTERN, GREP_LESS, GREP_LESS_EQUAL, GREP_GREATER, GREP_GREATER_EQUAL } how;
    const struct pattern *pattern;
    struct slice limit;
    bool invert;
};

// False: diagnosed.
bool grep_compile(struct cfg *, struct slice query, struct grep *);
// Keeps only the objects that match. False: diagnosed.
bool grep_objects(struct cfg *, const struct grep *, struct tree_documents *);
