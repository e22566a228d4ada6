// yaml/kyaml.h
//
// Prints trees as KYAML, the form of YAML that kubectl 1.34 and later can print (`-o kyaml`): flow style maps and
// lists, strings in double quotes, and keys without quotes unless they could be read as another type. Comments are
// kept, and aliases are written out.
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

// Appends the document, starting with a line `---`. False: diagnosed (a tag that KYAML does not have, or aliases that
// expand to too many values).
bool kyaml_write_document(struct diagnostics *, struct buffer *, const struct tree_document *);

// True when an unquoted key would be read as anything but a string, or has characters that need quotes.
bool kyaml_key_needs_quotes(struct slice key);

// True for a file that starts as KYAML does: with `---`, then a map or list in brackets. Comments are allowed around
// them.
bool kyaml_is_text(struct slice);
// Appends a file in flow style as KYAML. `order`, which may be NULL, sorts the top-level fields. Lines end as the first
// line of the file does. False: diagnosed.
bool kyaml_rewrite(struct read_context *, const struct source *, const struct yaml_order *, struct buffer *);
