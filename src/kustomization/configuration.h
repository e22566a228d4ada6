// kustomization/configuration.h
//
// A file under `configurations`: field specs that transformers use in addition to their own.
//
//     namePrefix:
//     - path: spec/database/name
//       kind: Shop
//     nameReference:
//     - kind: Secret
//       version: v1
//       fieldSpecs: [{path: spec/passwordFrom, kind: Shop}]
#pragma once

#include "schema/field_spec.h"
#include "yaml/read.h"

// The specs of one file, sorted. An unknown or repeated field is an error. An empty file has none. NULL: diagnosed.
struct field_config *configuration_read(struct read_context *, const struct source *);
