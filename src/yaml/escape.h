// yaml/escape.h
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

// Has the text the escape `\/`, perhaps? Else no scalar needs a look.
bool yaml_may_hold_slash(const struct yaml_walk *);
// False (diagnosed): a double-quoted scalar between these marks has it. Scalars come in order.
bool yaml_check_slash(struct diagnostics *, const struct yaml_chunk *, struct yaml_walk *, yaml_mark_t start,
                      yaml_mark_t end);

// `\'` becomes an escape of the same length for a character that the text does not have; in the scalars that come
// out that character is the apostrophe.
struct yaml_repair {
    char *text;      // a copy of the chunk; NULL: nothing to repair so far
    char character;  // that stands for the apostrophe
    size_t cost;     // bytes parsed again
};

// The parser has failed. True: the cause was `\'`, and the text is repaired from there to the end of the scalar; parse
// it again.
bool yaml_repair_try(struct yaml_repair *, struct slice *text, const yaml_parser_t *);
void yaml_repair_scalar(const struct yaml_repair *, yaml_char_t *scalar, size_t length);
void yaml_repair_free(struct yaml_repair *);

// --- Byte order marks. Each becomes a character of the same length that the text does not have.

struct yaml_marks {
    char *text;  // a copy of the chunk; NULL: it has no mark inside
    char stand_in[3];
    size_t line, column;  // of the first one, from 0
};

// `*text` is replaced by the copy where there is one.
void yaml_marks_replace(struct yaml_marks *, struct slice *text);
// Puts the marks back into a scalar.
void yaml_marks_restore(const struct yaml_marks *, yaml_event_t *scalar);
void yaml_marks_free(struct yaml_marks *);

// --- Tags.

struct yaml_tags {
    char *text;   // a copy of the chunk; NULL: nothing was changed
    size_t cost;  // bytes parsed again
};

// Looks at the tag that starts at `start`, or behind an anchor there; tags come in order. True: it goes on where
// libyaml ended it, and the text is changed so that it does for libyaml; parse it again.
bool yaml_tags_extend(struct yaml_tags *, struct yaml_walk *, struct slice *text, yaml_mark_t start);
void yaml_tags_free(struct yaml_tags *);
