// yaml/mend.h
//
// Where libyaml and the reader of kustomize differ. Internal to yaml.
//
//   - Between double quotes `\/` is refused by kustomize, `\'` is taken.
//   - A byte order mark inside the text is a character like others for kustomize; libyaml skips it at the start of a
//     line and refuses it elsewhere.
//   - A tag goes on over `,`, `[` and `]` in kustomize.
#pragma once

#include <yaml.h>

#include "yaml/chunk.h"
#include "yaml/walk.h"

// A parser at the start of a text. The caller deletes it.
void yaml_start_parser(yaml_parser_t *, struct slice text);

// Has the text the escape `\/`, perhaps? Else no scalar needs a look.
bool yaml_may_hold_slash(const struct yaml_walk *);
// False (diagnosed): a double-quoted scalar between these marks has it. Scalars come in order.
bool yaml_check_slash(struct diagnostics *, const struct yaml_chunk *, struct yaml_walk *, yaml_mark_t start,
                      yaml_mark_t end);

// What libyaml would not take is changed into something of the same length that it does take, and changed back in the
// scalars that come out.
struct yaml_mend {
    char *text;           // a copy of the chunk; NULL: nothing was changed
    size_t cost;          // bytes parsed again
    char apostrophe;      // the control character that stands for one that was escaped; 0: none was
    char mark[4];         // the character that stands for a byte order mark; empty: there is none inside
    size_t line, column;  // of the first mark, from 0
};

// Before the chunk is parsed. `*text` is replaced by the copy where something is changed, here and below.
void yaml_mend_marks(struct yaml_mend *, struct slice *text);
// The parser has failed. True: the cause is mended, parse the text again.
bool yaml_mend_failure(struct yaml_mend *, struct yaml_walk *, struct slice *text, const yaml_parser_t *);
// Looks at the tag that starts at `start`, or behind an anchor there; tags come in order. True: it goes on where
// libyaml ended it, and is mended; parse the text again.
bool yaml_mend_tag(struct yaml_mend *, struct yaml_walk *, struct slice *text, yaml_mark_t start);
void yaml_mend_scalar(const struct yaml_mend *, yaml_char_t *scalar, size_t length);
void yaml_mend_free(struct yaml_mend *);
