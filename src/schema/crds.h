// schema/crds.h
//
// A file under `crds`: OpenAPI definitions of custom kinds. Their extensions say which fields hold labels, annotations,
// names, and names of other resources.
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
// In this example, `spec.passwordFrom.name` of every Shop follows the name of a Secret. A CustomResourceDefinition
// doesn't have this form.
#pragma once

#include "schema/field_spec.h"
#include "yaml/read.h"

// The field specs of a file in JSON or YAML. On NULL, a diagnostic was added.
struct field_config *crds_read(struct read_context *, const struct source *);
