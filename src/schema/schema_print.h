// schema/schema_print.h
//
// Prints a schema as the C table that is compiled in. For the generator and the test that checks its output.
#pragma once

#include "base/buffer.h"
#include "schema/schema.h"

// `generator` and `facts` appear in the first line of the table.
void schema_print(const struct schema *, const char *generator, const char *facts, struct buffer *);
