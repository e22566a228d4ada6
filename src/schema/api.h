// schema/api.h
//
// What each release of Kubernetes serves: kinds, fields, types, closed sets of values, and API versions that are
// removed. Constant data that costs nothing until it is used. Merging uses other facts (schema/schema.h), from the
// release that kustomize embeds.
//
// Releases are minor numbers: 34 is Kubernetes 1.34. Releases before api_oldest are treated like api_oldest, and
// releases after api_newest like api_newest.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "schema/schema.h"

extern const unsigned api_oldest, api_newest;

enum api_form {
    API_ANY,  // of any form; nothing is known
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

// The form of a type number. 0 is API_ANY.
enum api_form api_type_form(uint16_t type);
// The type of a list's items or a map's values.
uint16_t api_type_items(uint16_t type);
// The definition of an object type, which has its fields.
uint16_t api_type_definition(uint16_t type);

struct api_kind {
    unsigned first, last;  // the releases that serve it
    enum scope scope;
    uint16_t definition;
};

// False if no known release serves the kind.
bool api_kind_find(struct slice api_version, struct slice kind, struct api_kind *);
bool api_kind_is_in(const struct api_kind *, unsigned release);
// The most similar kind of the same API version; empty if none is near.
struct slice api_kind_nearest(struct slice api_version, struct slice kind);

// The API version of a kind: a stable one before others, and a newer one before older ones; empty: unknown kind.
struct slice api_version_of_kind(struct slice kind);
// True for a group of Kubernetes itself: one without a dot, or below `k8s.io`. Not all of them are known.
bool api_is_own_group(struct slice group);

// Definitions that the program knows more about than the table, sorted by their full names.
enum api_definition {
    API_WEBHOOK_CLIENT,
    API_DAEMON_SET_SPEC,
    API_DEPLOYMENT_SPEC,
    API_REPLICA_SET_SPEC,
    API_STATEFUL_SET_SPEC,
    API_HPA_SPEC,
    API_METRIC_SPEC,
    API_METRIC_TARGET,
    API_CRON_JOB_SPEC,
    API_JOB_SPEC,
    API_ENV_FROM_SOURCE,
    API_ENV_VAR,
    API_ENV_VAR_SOURCE,
    API_LIFECYCLE_HANDLER,
    API_PERSISTENT_VOLUME_CLAIM_SPEC,
    API_POD_SPEC,
    API_PROBE,
    API_SECURITY_CONTEXT,
    API_SERVICE_SPEC,
    API_TOLERATION,
    API_VOLUME,
    API_VOLUME_MOUNT,
    API_INGRESS_PATH,
    API_INGRESS_BACKEND,
    API_INGRESS_SERVICE_BACKEND,
    API_INGRESS_SPEC,
    API_NETWORK_POLICY_PEER,
    API_SERVICE_BACKEND_PORT,
    API_POD_DISRUPTION_BUDGET_SPEC,
    API_SUBJECT,
    API_CUSTOM_RESOURCE_DEFINITION_SPEC,
    API_CONVERSION_CLIENT,
    API_LABEL_SELECTOR_REQUIREMENT,
    API_OBJECT_META,
    API_DEFINITIONS
};
uint16_t api_definition(enum api_definition);
// API_DEFINITIONS: it is none of them.
enum api_definition api_definition_known(uint16_t definition);

struct api_field {
    struct slice name;
    uint16_t type;
    bool required;
    unsigned first, last;
    uint8_t values;  // to pass to api_value; 0: any value
};

// False if the release doesn't have the field. `last` is then 0, or `first` and `last` are the releases that have it.
bool api_field_find(uint16_t definition, unsigned release, struct slice name, struct api_field *);
// Iterates over the fields of a definition, including those of other releases. Start with *at = 0; false at the end.
bool api_field_next(uint16_t definition, uint32_t *at, struct api_field *);
bool api_field_is_in(const struct api_field *, unsigned release);
// The number of fields of the definition that the release requires.
unsigned api_required_count(uint16_t definition, unsigned release);

// The value with this index in a closed set. False if the index is out of range.
bool api_value(uint8_t values, uint32_t index, struct slice *value);

struct api_removal {
    struct slice replacement;      // "policy/v1 PodDisruptionBudget", or empty
    struct slice component;        // the releases below are its releases; empty: Kubernetes
    unsigned deprecated, removed;  // major * 100 + minor; 0: unknown
};
bool api_removal_find(struct slice api_version, struct slice kind, struct api_removal *);
