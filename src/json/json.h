// json/json.h
//
// JSON as Go writes and reads it.
#pragma once

#include "base/buffer.h"
#include "base/diagnostics.h"
#include "doc/node.h"

// A string with its quotes. `<`, `>`, `&`, U+2028 and U+2029 are escaped, as Go does; invalid UTF-8
// becomes U+FFFD.
void json_write_string(struct buffer *, struct slice);

// A whole tree without white space, map keys in byte order, numbers as Go prints them; integers beyond
// 2^53 exact when `exact_integers`, else through a double. False: diagnosed (a key that is no string, a number
// that is not finite, a tag that does not fit).
bool json_write(struct buffer *, const struct node *, bool exact_integers, struct diagnostics *);
// The same for an object, or the data of one that is hashed: its own keys are taken as they are written.
bool json_write_object(struct buffer *, const struct node *, bool exact_integers, struct diagnostics *);

// JSON without white space, with line breaks and two blanks for each level.
void json_indent(struct buffer *, struct slice json);

// Appends `"key":"text"`; the key is one of ours, and needs no escapes.
void json_write_member(struct buffer *, const char *key, struct slice text);

// Strict JSON (RFC 8259) into nodes, as Go's encoding/json takes it: of a repeated key the last value counts, and what
// is no character (half of a surrogate pair, a byte that is no UTF-8) becomes U+FFFD. A number keeps its text, and must
// fit into a double; strings are TAG_STRING. Texts may be slices of the source. NULL: diagnosed.
struct node *json_read(struct arena *, struct name_cache *, const struct source *, struct diagnostics *);
// From a level on (1: everywhere) as Kubernetes reads OpenAPI: repeated keys and what is no character are refused, and
// numbers may be of any size.
struct node *json_read_openapi(struct arena *, struct name_cache *, const struct source *, unsigned level,
                               struct diagnostics *);

// What happens to a resource that kustomize turns into JSON and back: in place, styles go, integers
// pass through doubles, timestamps become strings, an empty value in a flow map becomes the empty string,
// folded text is damaged as kustomize damages it. Positions stay.
bool node_through_json(struct arena *, struct name_table *, struct node *, struct diagnostics *);
// The same for a tree in which nodes stand in several places: afterwards each place has its own.
bool node_separate_through_json(struct arena *, struct name_table *, struct node *, struct diagnostics *);

// The same for what is decoded without being printed before, items of lists: integers stay exact, texts and nothing at
// all stay what they are.
bool node_through_data(struct arena *, struct name_table *, struct node *, struct diagnostics *);

// The line break that the last scalar of an object gains when it is printed and read again (NODE_GROWS). Returns the
// scalar, or NULL when nothing grew.
const struct node *node_settle_end(struct arena *, struct node *);

// The part of that which texts with `>` suffer when an object is only printed and read again: lines in them that are
// indented gain empty ones.
bool node_settle_folded(struct arena *, struct node *, struct diagnostics *);
