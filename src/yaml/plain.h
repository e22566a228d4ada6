// yaml/plain.h
//
// Reads the YAML that most files consist of, without libyaml: block maps and lists, simple keys, values on one line
// (plain, quoted without escapes, or in brackets), and comments, in ASCII. Other text, including all broken text, is
// not plain, and libyaml reads it. For plain text, the events are the ones that libyaml gives. Internal to yaml.
#pragma once

#include "base/slice.h"
#include "doc/node.h"

enum plain_event_type { PLAIN_SCALAR, PLAIN_MAP, PLAIN_LIST, PLAIN_END };

struct plain_event {
    uint8_t type, style;    // STYLE_FLOW: a map or list in brackets
    uint32_t line, column;  // from 0; unknown for PLAIN_END
    uint32_t start, end;    // of a scalar with its quotes, in the text
};

struct plain_events {
    struct plain_event *items;  // free them with piece_free
    size_t count, capacity;
};

// The events of the only document of a text. False: it is not plain, or has none.
bool plain_scan(struct slice text, struct plain_events *);

// For tests: no text is plain, so libyaml reads everything.
void plain_never(bool on);
