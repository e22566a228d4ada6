// transformers/labels.h
//
// An entry of `labels`.
#pragma once

#include "doc/decode.h"

extern const struct decode_type label_entry_type;
