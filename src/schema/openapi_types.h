// schema/openapi_types.h
//
// Checks that the fields of OpenAPI schemas have the right types.
#pragma once

#include "base/diagnostics.h"
#include "doc/node.h"

// A field of a small map; NULL: it's absent, or the node isn't a map.
const struct node *openapi_get(const struct node *map, const char *key);

// True for a JSON string, and for a value that becomes one in JSON.
bool openapi_is_text(const struct node *);

// Checks a schema and those inside it. On false, a diagnostic was added.
bool openapi_check_schema(const struct node *schema, struct diagnostics *);
