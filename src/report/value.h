// report/value.h
//
// Values, objects, and changes as text, for several formats.
#pragma once

#include "report/report.h"

// "Deployment/shop/web", "ClusterRole/admin".
struct slice object_title(struct arena *, const struct resource *);
// "name web-config-dkb82h5ct6 → web-config-8t2m4kf9gh"; also mentions a changed namespace.
struct slice rename_text(struct arena *, const struct object_difference *);
// "; 1 reference follows"; empty if there is none.
struct slice references_text(struct arena *, const struct object_difference *);
// "3 changed, 1 added, 1 removed"; empty if there are none.
struct slice counts_text(struct arena *, const size_t counts[OBJECT_ADDED + 1]);
// "1,000".
struct slice count_text(struct arena *, size_t);
// "overlays/prod/replicas.yaml:6"; empty if the change has no place.
struct slice place_text(struct arena *, const struct change *);

// Escapes control characters in text from files that is printed on a line.
void add_shown(struct buffer *, struct slice);

// A value on one line, as in YAML's flow style. Strings have no quotes unless they could be mistaken for something
// else. NULL is printed as null.
void add_value(struct buffer *, const struct node *);
// The same with the type: `"true" (string)`.
void add_typed_value(struct buffer *, const struct node *, enum value_type);
// The value as lines of YAML; a multi-line string stays as it is.
void add_lines(struct report *, struct buffer *, const struct node *);
bool has_lines(const struct node *);

// True if both are scalars of different types.
bool changes_type(const struct change *);
