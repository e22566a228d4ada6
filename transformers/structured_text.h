// transformers/structured_text.h
//
// JSON and YAML inside of values:
//
//     data:
//       config.json: '{"host": "old"}'    a target can be data.config\.json.host
//
// For the replacements transformer alone.
#pragma once

#include "doc/tree.h"
#include "transformers/transformer.h"

struct structured_text {
    struct slice text;
    struct tree_document *document;  // the first one; what follows it is not kept
};

// Parses a text. False: `*problem` says why, in words that stand behind a colon.
bool structured_text_read(struct transform_context *, struct slice text, struct structured_text *,
                          struct slice *problem);

// The changed tree as text: JSON where the old text starts with `{` or `[`, else YAML as it was written: with its
// comments, quotes, tags, anchors and aliases. False, without a diagnosis: it has no such form, which leaves the value
// as it is.
bool structured_text_write(struct transform_context *, const struct structured_text *, struct slice *text);
