// doc/yaml11.h
//
// What kustomize does to the scalars of a file that it reads as YAML 1.1 and turns into JSON: the
// kustomization itself, JSON patches in YAML form, configurations.
#pragma once

#include "doc/node.h"
#include "doc/scalar.h"

// The meaning of a scalar. False: it has an explicit tag that does not fit, as `!!int abc`.
bool yaml11_resolve(const struct node *scalar, struct scalar_value *value);
// The same by the rules of resources.
bool resource_resolve(const struct node *scalar, struct scalar_value *value);

// A boolean or a number as the text that stands for it as a key: `yes` is "true", `0x10` is "16".
struct slice scalar_value_text(struct arena *, struct scalar_value value);

// Base64 with padding, line breaks are skipped. False: it is none.
bool base64_decode(struct arena *, struct slice encoded, struct slice *bytes);
