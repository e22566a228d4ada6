// json/schema.h
//
// JSON Schema from the tables that decode: what a file may have, for editors and validators.
//
//     { "$schema": …, "title": "kustomization", "type": "object", "properties": {
//         "images": { "type": ["array", "null"], "items": { "$ref": "#/definitions/imagesEntry" } }
//
// Like the decoder a schema takes null for any value, and no field that the table does not have. Field names are those
// of the tables: that the decoder takes them in any case, with a warning, is left out.
#pragma once

#include "base/arena.h"
#include "doc/decode.h"

enum json_schema_draft { JSON_SCHEMA_DRAFT_7, JSON_SCHEMA_DRAFT_2020_12 };

// What the tables do not say of a field.
struct json_schema_note {
    const char *type, *field;  // of the table: decode_type.name and decode_field.name
    const char *description;
    const char *instead;        // what to use; NULL: the field is not deprecated
    const char *const *values;  // all that are allowed, ended by NULL; NULL: any
};

struct json_schema_request {
    enum json_schema_draft draft;
    const char *title, *description;
    const struct decode_type *type;
    const struct json_schema_note *notes;
    size_t note_count;
};

// The text, with a line break at its end, in the arena.
struct slice json_schema(struct arena *, const struct json_schema_request *);
