// schema/api_tables.h
//
// How the facts of schema/api.h are stored: small rows that refer to each other by number, and a block of strings. This
// keeps them constant data without pointers that the loader would have to set. For src/schema/api.c and its generator.
#pragma once

#include <stdint.h>

// No string crosses a multiple of API_TEXT_PAGE, so that the generator can print the block as string literals.
struct api_text {
    uint16_t offset, length;
};
enum { API_TEXT_PAGE = 4000 };

// Types below API_LIST are simple and have no row; the others are API_LIST + the index of their row.
struct api_type_row {
    uint16_t form;  // enum api_form: a list, a map, or an object
    uint16_t of;    // the type of items or values, or the definition of an object
};

// Within a definition, rows are sorted by the length of the name, then by name and release.
struct api_field_row {
    uint16_t name, type;
    uint8_t name_length;
    uint8_t first, last;  // minor releases
    uint8_t required;
    uint8_t values;  // a row of api_enums; 0: any
};

struct api_enum_row {
    uint16_t start, count;  // in api_values
};

struct api_kind_row {
    struct api_text kind, api_version;  // sorted by both
    uint8_t first, last, scope;
    uint16_t definition;
};

struct api_removal_row {
    struct api_text kind, api_version;  // sorted by both
    struct api_text replacement;        // may be empty
    struct api_text component;          // empty: Kubernetes
    uint16_t deprecated, removed;       // major * 100 + minor; 0: unknown
};
