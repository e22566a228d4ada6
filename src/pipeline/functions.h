// pipeline/functions.h
//
// KRM functions: programs and containers that read objects as a ResourceList and print the result.
//
//     generators:
//     - |-
//       apiVersion: example.com/v1
//       kind: Ingresses
//       metadata:
//         name: ingresses
//         annotations:
//           config.kubernetes.io/function: |
//             container: {image: "example.com/ingresses:v1"}   # or exec: {path: ./ingresses.sh}
#pragma once

#include "pipeline/kust_target.h"

struct function;

// Returns the function that an annotation of a configuration object describes. NULL: there is no such annotation, or,
// if `*failed` is true, it is wrong (diagnosed).
const struct function *function_configure(struct kust_target *, const struct resource *config, bool *failed);

// Runs a function on all objects, or, for a generator (`objects` is NULL), on its configuration alone. If there are no
// objects to run it on, `*ran` becomes false. False: diagnosed.
bool function_run(struct kust_target *, const struct function *, const struct resource *config,
                  const struct resource_map *objects, struct slice *output, bool *ran);
