// yaml/kyaml.h
//
// A tree as KYAML, the form of YAML that kubectl prints since 1.34: maps and lists in brackets, texts in double quotes,
// keys without quotes where nothing could take them for another type. Comments stay, aliases are written out.
//
//     ---
//     {
//       apiVersion: "v1",
//       metadata: {
//         name: "web", # why
//       },
//       list: [{
//         a: 1,
//       }],
//     }
#pragma once

#include "base/diagnostics.h"
#include "yaml/arrange.h"
#include "yaml/tree.h"

// The document with the line `---` in front. False: diagnosed (a tag that KYAML does not have, or aliases that stand
// for too much).
bool kyaml_write_document(struct diagnostics *, struct buffer *, const struct tree_document *);

// Would a key of this text be taken for anything but a text, or does it have characters that need quotes?
bool kyaml_key_needs_quotes(struct slice key);

// True for a text that begins as KYAML does: with `---`, and a map or list in brackets; comments may stand around.
bool kyaml_is_text(struct slice);
// Appends a text in flow style as KYAML, the fields of its maps at the top in an order unless that is NULL. Lines end
// as the first one of the text does. False: diagnosed.
bool kyaml_rewrite(struct read_context *, const struct source *, const struct yaml_order *, struct buffer *);
