// json/schema.h
//
// JSON Schema made from the decoding tables: what a file may contain, for editors and validators.
//
//     { "$schema": …, "title": "kustomization", "type": "object", "properties": {
//         "images": { "type": ["array", "null"], "items": { "$ref": "#/definitions/imagesEntry" } }
//
// Like the decoder, a schema accepts null for any value and rejects fields that aren't in the table. It only has the
// field names of the tables, although the decoder accepts them in any case, with a warning.
#pragma once

#include "base/arena.h"
#include "doc/decode.h"

enum json_schema_draft { JSON_SCHEMA_DRAFT_7, JSON_SCHEMA_DRAFT_2020_12 };

// Information about a field that isn't in the tables.
struct json_schema_note {
    const char *type, *field;  // in the table: decode_type.name and decode_field.name
    const char *description;
    const char *instead;        // what to use instead; NULL: the field isn't deprecated
    const char *const *values;  // all allowed values, ending with NULL; NULL: any
};

struct json_schema_request {
    enum json_schema_draft draft;
    const char *title, *description;
    const struct decode_type *type;
    const struct json_schema_note *notes;
    size_t note_count;
};

// The schema as text in the arena, with a line break at its end.
struct slice json_schema(struct arena *, const struct json_schema_request *);
