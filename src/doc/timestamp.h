// doc/timestamp.h
//
// Dates and times in YAML: `2024-02-29`, `2024-02-29 1:02:03`, `2024-02-29T01:02:03.5+01:00`.
#pragma once

#include "base/arena.h"
#include "base/buffer.h"

bool timestamp_is(struct slice text);
// Appends a timestamp in the form of RFC 3339, without trailing zeros in its fraction. False if the text isn't a
// timestamp.
bool timestamp_write(struct buffer *, struct slice text);
// The same, with the result in the arena.
bool timestamp_text(struct arena *, struct slice text, struct slice *rfc3339);
