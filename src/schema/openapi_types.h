// schema/openapi_types.h
//
// Whether the fields of OpenAPI schemas have the types that they must have.
#pragma once

#include "base/diagnostics.h"
#include "doc/node.h"

// True for a string in JSON, and for what becomes one there.
bool openapi_is_text(const struct node *);

// Checks a schema and those inside it. False: diagnosed.
bool openapi_check_schema(const struct node *schema, struct diagnostics *);
