// kustomization/field_notes.h
//
// Descriptions of the fields of a kustomization, in the order of the fields' pages. A new field needs a row here, which
// the schema suite checks.
#pragma once

#include "base/arena.h"

struct field_note {
    const char *type, *field;  // decode_type.name and decode_field.name
    const char *description;
    const char *instead;  // the replacement of a deprecated field for which kustomize prints no notice
};

extern const struct field_note field_notes[];
extern const size_t field_note_count;
