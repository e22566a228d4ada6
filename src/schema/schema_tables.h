// schema/schema_tables.h
//
// How a schema is stored: arrays of small rows that refer to each other by number, and strings by their offset in one
// block. This keeps the built-in schema constant data without pointers that the loader would have to set. For
// src/schema and its generator.
#pragma once

#include "schema/schema.h"

// A string in the block. Unless it is very long, it doesn't cross a multiple of SCHEMA_TEXT_PAGE or include the last
// byte before it, so that the generator can print the block as string literals.
struct schema_text {
    uint32_t offset, length;
};
enum { SCHEMA_TEXT_PAGE = 4000 };

// What is known about a value. Type numbers are 1 + index; 0 means that nothing is known.
struct schema_type_row {
    uint32_t items;   // of the elements of a list
    uint32_t values;  // of fields that have no row
    uint32_t field_start, field_count;
    uint32_t merge;  // 1 + index; 0: a list of this type is replaced
};

struct schema_field_row {
    struct schema_text name;  // sorted within a type
    uint32_t type;
};

struct schema_merge_row {
    uint32_t key_count;
    struct schema_text keys[SCHEMA_MERGE_KEYS_MAX];
};

struct schema_kind_row {
    struct schema_text kind, api_version;  // sorted by both
    uint32_t type;                         // or enum scope
};

struct schema {
    const char *texts;
    const struct schema_type_row *types;
    const struct schema_field_row *fields;
    const struct schema_merge_row *merges;
    const struct schema_field_row *definitions;  // name and type, unsorted
    const struct schema_kind_row *kinds, *scopes;
    uint32_t text_size, type_count, field_count, merge_count, definition_count, kind_count, scope_count;
    struct schema_use *use;  // NULL: not tracked
};
