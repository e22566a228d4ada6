// doc/yaml_escape.h
//
// Two escapes between double quotes of which libyaml and kustomize think differently: `\/` is refused
// by kustomize, `\'` is taken. Internal to doc.
#pragma once

#include <yaml.h>

#include "doc/yaml_piece.h"

// Where one is in the text of a piece: libyaml counts characters, not bytes.
struct yaml_source {
    struct slice text;
    size_t character, byte;  // the newest mark
    int unit;                // bytes of a code unit: 1 is UTF-8, 2 is UTF-16
    bool big_endian;
    bool may_hold_slash;  // else no scalar needs a look
};

struct yaml_source yaml_source_start(struct slice text);

// False: a double-quoted scalar has the escape `\/`; `*at` is the place of the backslash. Scalars come in order.
bool yaml_source_check(struct yaml_source *, const yaml_event_t *scalar, yaml_mark_t *at);

// `\'` becomes an escape of the same length for a character that the text does not have; in the scalars that come
// out that character is the apostrophe.
struct yaml_repair {
    char *text;      // a copy of the piece; NULL: nothing to repair so far
    char character;  // that stands for the apostrophe
    size_t cost;     // bytes parsed again
};

// The parser has failed. True: the cause was `\'`, and the text is repaired from there to the end of the scalar; parse
// it again.
bool yaml_repair_try(struct yaml_repair *, struct slice *text, const yaml_parser_t *);
void yaml_repair_scalar(const struct yaml_repair *, yaml_event_t *scalar);
void yaml_repair_free(struct yaml_repair *);
