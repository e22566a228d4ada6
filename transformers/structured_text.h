// transformers/structured_text.h
//
// JSON and YAML inside strings:
//
//     data:
//       config.json: '{"host": "old"}'    a target can be data.config\.json.host
//
// Only for the replacements transformer.
#pragma once

#include "doc/tree.h"
#include "transformers/transformer.h"

struct structured_text {
    struct slice text;
    struct tree_document *document;  // the first one; any others are dropped
};

// Parses a string. False: `*problem` says why, for use after a colon.
bool structured_text_read(struct transform_context *, struct slice text, struct structured_text *,
                          struct slice *problem);

// Writes the changed tree: as JSON if the old text starts with `{` or `[`, or else as YAML that keeps its comments,
// quotes, tags, anchors, and aliases. False, without a diagnostic: the tree has no such form, and the value must stay.
bool structured_text_write(struct transform_context *, const struct structured_text *, struct slice *text);
