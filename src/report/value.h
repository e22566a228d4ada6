// report/value.h
//
// Values, objects and changes in the words that several formats share.
#pragma once

#include "report/report.h"

// "Deployment/shop/web", "ClusterRole/admin".
struct slice object_title(struct arena *, const struct resource *);
// "name web-config-dkb82h5ct6 → web-config-8t2m4kf9gh"; also where namespaces differ.
struct slice rename_text(struct arena *, const struct object_difference *);
// "; 1 reference follows"; empty when there is none.
struct slice references_text(struct arena *, const struct object_difference *);
// "3 changed, 1 added, 1 removed"; empty for nothing.
struct slice counts_text(struct arena *, const size_t counts[OBJECT_ADDED + 1]);
// "1,000".
struct slice count_text(struct arena *, size_t);
// "overlays/prod/replicas.yaml:6"; empty where the change has no place.
struct slice place_text(struct arena *, const struct change *);

// Control characters as escapes: for whatever comes from a file and is printed on a line.
void add_shown(struct buffer *, struct slice);

// A value on one line, as in YAML's flow style: strings without quotes where they can't be taken for anything else.
// NULL is null.
void add_value(struct buffer *, const struct node *);
// The same and the type: `"true" (string)`.
void add_typed_value(struct buffer *, const struct node *);
// The value as YAML lines; a string of several lines stays as it is.
void add_lines(struct report *, struct buffer *, const struct node *);
bool has_lines(const struct node *);

// True when the two are scalars of different types.
bool changes_type(const struct change *);
