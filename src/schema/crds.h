// schema/crds.h
//
// A file under `crds`: OpenAPI definitions of custom kinds, whose extensions say which fields hold labels,
// annotations, names, and names of other objects.
//
//     example.com/shop/v1.Shop:
//       Schema:
//         properties:
//           apiVersion: {type: string}
//           kind: {type: string}
//           metadata: {type: object}
//           spec: {$ref: example.com/shop/v1.ShopSpec}
//     example.com/shop/v1.ShopSpec:
//       Schema:
//         properties:
//           passwordFrom:
//             x-kubernetes-object-ref-api-version: v1
//             x-kubernetes-object-ref-kind: Secret
//
// Here `spec.passwordFrom.name` of every Shop follows the name of a Secret. A CustomResourceDefinition is not of
// this form.
#pragma once

#include "schema/field_spec.h"
#include "yaml/read.h"

// The specs of one file, JSON or YAML. NULL: diagnosed.
struct field_config *crds_read(struct read_context *, const struct source *);
