// doc/yaml11.h
//
// Scalars of files that kustomize reads as YAML 1.1 and converts to JSON: kustomizations, JSON patches in YAML, and
// configurations.
#pragma once

#include "doc/node.h"
#include "doc/scalar.h"

// The value of a scalar. False if it has an explicit tag that doesn't fit, such as `!!int abc`.
bool yaml11_resolve(const struct node *scalar, struct scalar_value *value);
// The same by the rules of resources.
bool resource_resolve(const struct node *scalar, struct scalar_value *value);

// A boolean or number as it is written as a key: `yes` is "true", `0x10` is "16".
struct slice scalar_value_text(struct arena *, struct scalar_value value);
