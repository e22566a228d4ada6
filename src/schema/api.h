// schema/api.h
//
// What each release of Kubernetes serves: kinds, fields, types, closed sets of values, and API versions that go. It is
// constant data that costs nothing until it is asked. Merging has facts of its own (schema/schema.h), of the release
// that kustomize has.
//
// Releases are minor numbers: 34 is Kubernetes 1.34. Earlier ones than api_oldest are judged like that one, later ones
// than api_newest like that.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "schema/schema.h"

extern const unsigned api_oldest, api_newest;

enum api_form {
    API_ANY,  // whatever it is, nothing is known
    API_STRING,
    API_BYTES,  // base64
    API_TIME,   // RFC 3339
    API_INT32,
    API_INT64,
    API_NUMBER,
    API_BOOLEAN,
    API_QUANTITY,
    API_INT_OR_STRING,
    API_LIST,
    API_MAP,
    API_OBJECT,
};

// A type by its number; 0: API_ANY.
enum api_form api_type_form(uint16_t type);
// Of the items of a list, or the values of a map.
uint16_t api_type_items(uint16_t type);
// Of an object; its fields.
uint16_t api_type_definition(uint16_t type);

struct api_kind {
    unsigned first, last;  // releases that serve it
    enum scope scope;
    uint16_t definition;
};

// False: no release that is known serves it.
bool api_kind_find(struct slice api_version, struct slice kind, struct api_kind *);
bool api_kind_is_in(const struct api_kind *, unsigned release);
// The kind of the same API version that may have been meant; empty: none is near.
struct slice api_kind_nearest(struct slice api_version, struct slice kind);

// Definitions about which more is known than the table says.
enum api_definition {
    API_OBJECT_META,
    API_POD_SPEC,
    API_ENV_VAR,
    API_ENV_VAR_SOURCE,
    API_VOLUME,
    API_PROBE,
    API_LIFECYCLE_HANDLER,
    API_SERVICE_SPEC,
    API_INGRESS_SPEC,
    API_DEFINITIONS
};
uint16_t api_definition(enum api_definition);

struct api_field {
    struct slice name;
    uint16_t type;
    bool required;
    unsigned first, last;
    uint8_t values;  // for api_values; 0: any
};

// False: the release doesn't have the field. Then `last` is 0, or those are the releases that have it.
bool api_field_find(uint16_t definition, unsigned release, struct slice name, struct api_field *);
// The fields of a definition one by one, also those of other releases: from *at = 0 on, false at the end.
bool api_field_next(uint16_t definition, uint32_t *at, struct api_field *);
bool api_field_is_in(const struct api_field *, unsigned release);
// How many fields of the definition the release requires.
unsigned api_required_count(uint16_t definition, unsigned release);

// Value number `index` of a closed set; false: there are not so many.
bool api_value(uint8_t values, uint32_t index, struct slice *value);

struct api_removal {
    struct slice replacement;      // "policy/v1 PodDisruptionBudget", or empty
    struct slice component;        // whose releases these are; empty: Kubernetes
    unsigned deprecated, removed;  // major * 100 + minor; 0: unknown
};
bool api_removal_find(struct slice api_version, struct slice kind, struct api_removal *);
