// json/json.h
//
// JSON as Go writes and reads it.
#pragma once

#include "base/buffer.h"
#include "base/diagnostics.h"
#include "doc/node.h"

// Writes a string in quotes. Like Go, escapes `<`, `>`, `&`, U+2028, and U+2029, and replaces invalid UTF-8 with
// U+FFFD.
void json_write_string(struct buffer *, struct slice);

// Writes a whole tree without white space: map keys in byte order, and numbers as Go prints them. Integers beyond 2^53
// are exact if `exact_integers` is set; otherwise they go through a double. On false, a diagnostic was added (a key
// that isn't a string, a number that isn't finite, or a tag that doesn't fit).
bool json_write(struct buffer *, const struct node *, bool exact_integers, struct diagnostics *);
// The same for a resource, or for its data when that is hashed: the root's own keys are taken as they are written.
bool json_write_object(struct buffer *, const struct node *, bool exact_integers, struct diagnostics *);

// Adds line breaks, and two blanks for each level, to JSON without white space.
void json_indent(struct buffer *, struct slice json);

// Appends `"key":"text"`. The key must not need escapes.
void json_write_member(struct buffer *, const char *key, struct slice text);

// Reads strict JSON (RFC 8259) into nodes, as Go's encoding/json does: the last of repeated keys wins, and half of a
// surrogate pair or a byte that isn't UTF-8 becomes U+FFFD. A number keeps its text and must fit into a double; strings
// are TAG_STRING. Strings may be slices of the source. On NULL, a diagnostic was added.
struct node *json_read(struct arena *, struct name_cache *, const struct source *, struct diagnostics *);
// The same, but from a level on (1: everywhere) as Kubernetes reads OpenAPI: repeated keys and invalid characters are
// errors, and numbers may be of any size.
struct node *json_read_openapi(struct arena *, struct name_cache *, const struct source *, unsigned level,
                               struct diagnostics *);

// Changes a resource in place as if kustomize had converted it to JSON and back: styles are lost, integers pass through
// doubles, timestamps become strings, an empty value in a flow map becomes the empty string, and folded text is damaged
// in the same way. Positions are kept.
bool node_through_json(struct arena *, struct name_table *, struct node *, struct diagnostics *);
// The same for a tree in which nodes occur in several places; afterwards, each place has its own.
bool node_separate_through_json(struct arena *, struct name_table *, struct node *, struct diagnostics *);

// The same for list items that are decoded without being printed first: integers are exact, and strings and empty
// values are unchanged.
bool node_through_data(struct arena *, struct name_table *, struct node *, struct diagnostics *);

// Adds the line break that the last scalar of a resource gains when it is printed and read again (NODE_GROWS). Returns
// the scalar, or NULL if nothing changed.
const struct node *node_settle_end(struct arena *, struct node *);

// Only the damage to folded text (`>`) that printing and reading a resource causes: indented lines in it gain empty
// lines.
bool node_settle_folded(struct arena *, struct node *, struct diagnostics *);
