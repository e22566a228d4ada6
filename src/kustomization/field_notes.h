// kustomization/field_notes.h
//
// What the tables of a kustomization do not say: a sentence for each field, in the order of the fields' pages. A new
// field needs a row here; the suite of the schema looks for it.
#pragma once

#include "base/arena.h"

struct field_note {
    const char *type, *field;  // decode_type.name and decode_field.name
    const char *description;
};

extern const struct field_note field_notes[];
extern const size_t field_note_count;
