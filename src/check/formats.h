// check/formats.h
//
// Texts of a certain form, as API servers check them.
#pragma once

#include <stdbool.h>

#include "base/slice.h"

// A number with a suffix of Kubernetes: 500m, 1.5Gi, 1e3.
bool format_is_quantity(struct slice);
// Requires padding; ignores line breaks.
bool format_is_base64(struct slice);
bool format_is_date_time(struct slice);  // RFC 3339

// Also true for an unknown format. `*expected` describes the format: "an IPv4 address".
bool format_fits(struct slice format, struct slice text, const char **expected);
