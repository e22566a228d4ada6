// schema/schema_print.h
//
// A schema as the C table that is compiled in. For the generator and the test that repeats it.
#pragma once

#include "base/buffer.h"
#include "schema/schema.h"

// `generator` and `facts` are named in the first line of the table.
void schema_print(const struct schema *, const char *generator, const char *facts, struct buffer *);
