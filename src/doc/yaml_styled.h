// doc/yaml_styled.h
//
// Prints a tree as it was written: order of keys, quotes, block or flow as the nodes have them, and the
// comments of the text that they came from. Two blanks indent a map, none a list in a map; other white
// space and blank lines go. This is not the form of the output (doc/yaml_write.h) but of texts inside of
// values, which kustomize reads, changes and writes back.
#pragma once

#include "base/buffer.h"
#include "doc/node.h"

// Appends the text, which ends with a line break. `source` is the text whose comments are printed: those
// before and behind the entries that stood in it. NULL: no comments.
void yaml_styled_write(struct buffer *, const struct node *, const struct source *);
