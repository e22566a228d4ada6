// schema/default_field_specs.h
//
// kustomize's built-in field specs.
#pragma once

#include "base/release.h"
#include "schema/field_spec.h"

// NULL matches everything.
struct default_spec {
    const char *path, *kind, *group, *version;
    bool create;
};

struct default_specs {
    const struct default_spec *items;
    size_t count;
};

struct default_reference {
    const char *kind, *group, *version;  // of the resources that are referred to
    struct default_specs specs;
};

struct default_specs default_field_specs(enum field_spec_list, enum release);
extern const struct default_reference default_name_references[];
extern const size_t default_name_reference_count;
