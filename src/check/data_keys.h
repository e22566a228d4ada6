// check/data_keys.h
//
// The keys of ConfigMaps and Secrets: those in `data`, `stringData`, and `binaryData`.
#pragma once

#include "base/text_set.h"
#include "resource/resource.h"

bool data_has_key(const struct resource *, struct slice key);
// False for a key that no API server accepts, which may be a whole line of a Secret's file. The functions below leave
// such keys out.
bool is_data_key(struct slice key);
struct text_set data_keys(struct arena *, const struct resource *);

// A zeroed cursor is before the first key.
struct data_key_cursor {
    size_t map;
    uint32_t next;
    struct slice key;
};

bool data_next_key(const struct resource *, struct data_key_cursor *);
