// pipeline/functions.h
//
// KRM functions: programs and containers that get objects as a ResourceList and print what becomes of them.
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

// What the annotation of a configuration object says. NULL with `*failed` false: it has none; with true: diagnosed.
const struct function *function_configure(struct kust_target *, const struct resource *config, bool *failed);

// Runs it on all objects, or for a generator (`objects` is NULL) on its configuration alone. `*ran` is false when
// there was nothing to run it on. False: diagnosed.
bool function_run(struct kust_target *, const struct function *, const struct resource *config,
                  const struct resource_map *objects, struct slice *output, bool *ran);
