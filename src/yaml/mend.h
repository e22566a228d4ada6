// yaml/mend.h
//
// Makes libyaml accept and refuse what kustomize's YAML reader does. Internal to yaml.
//
//   - In double quotes, kustomize refuses `\/` and accepts `\'`.
//   - To kustomize, a byte order mark inside the text is an ordinary character; libyaml skips it at the start of a
//     line and refuses it elsewhere.
//   - In kustomize, a tag may contain `,`, `[`, and `]`.
#pragma once

#include <yaml.h>

#include "yaml/chunk.h"
#include "yaml/walk.h"

// Initializes a parser at the start of a text. The caller deletes it.
void yaml_start_parser(yaml_parser_t *, struct slice text);

// False when the text can't contain the escape `\/`, so that no scalar needs a check.
bool yaml_may_hold_slash(const struct yaml_walk *);
// False (diagnosed): the double-quoted scalar between these marks has the escape. Scalars must be checked in order.
bool yaml_check_slash(struct diagnostics *, const struct yaml_chunk *, struct yaml_walk *, yaml_mark_t start,
                      yaml_mark_t end);

// What libyaml would refuse is replaced by something of the same length that it accepts, and restored in the scalars
// that it returns.
struct yaml_mend {
    char *text;           // a copy of the chunk; NULL: nothing has changed
    size_t cost;          // bytes parsed again
    char apostrophe;      // the control character that replaces escaped apostrophes; 0: none
    char mark[4];         // the character that replaces byte order marks; empty: none
    size_t line, column;  // of the first byte order mark, from 0
};

// Call this before the chunk is parsed. Here and below, `*text` becomes the copy when something changes.
void yaml_mend_marks(struct yaml_mend *, struct slice *text);
// Call this when the parser has failed. True: the cause is mended; parse the text again.
bool yaml_mend_failure(struct yaml_mend *, struct yaml_walk *, struct slice *text, const yaml_parser_t *);
// Checks the tag that starts at `start` or after an anchor there; tags must be checked in order. True: the tag
// continues where libyaml ended it and is now mended; parse the text again.
bool yaml_mend_tag(struct yaml_mend *, struct yaml_walk *, struct slice *text, yaml_mark_t start);
void yaml_mend_scalar(const struct yaml_mend *, yaml_char_t *scalar, size_t length);
void yaml_mend_free(struct yaml_mend *);
