#include "doc/yaml11.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static bool fits_tag(enum node_tag tag, struct slice text, struct scalar_value *value)
{
    switch (tag) {
    case TAG_NULL:
        return value->type == SCALAR_NULL;
    case TAG_BOOL:
        return value->type == SCALAR_BOOL;
    case TAG_INT:
        return value->type == SCALAR_INT || value->type == SCALAR_UINT;
    case TAG_FLOAT:
        if (value->type == SCALAR_INT)
            *value = (struct scalar_value){.type = SCALAR_FLOAT, .number = (double)value->integer};
        return value->type == SCALAR_FLOAT;
    case TAG_TIMESTAMP:
        return scalar_resolve(text).type == SCALAR_TIMESTAMP;
    default:
        value->type = SCALAR_STRING;
        return true;
    }
}

bool yaml11_resolve(const struct node *scalar, struct scalar_value *value)
{
    *value = scalar_resolve_yaml11(node_text(scalar));
    return scalar->tag == TAG_IMPLICIT || fits_tag((enum node_tag)scalar->tag, node_text(scalar), value);
}

bool resource_resolve(const struct node *scalar, struct scalar_value *value)
{
    *value = scalar_resolve(node_text(scalar));
    return scalar->tag == TAG_IMPLICIT || fits_tag((enum node_tag)scalar->tag, node_text(scalar), value);
}

// The shortest decimal that reads back as the same 32-bit float, which is the precision that kustomize has there.
static double round_to_single(double number)
{
    char text[40];
    for (int digits = 1; digits <= 9; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, number);
        if (strtof(text, NULL) == (float)number)
            return strtod(text, NULL);
    }
    return number;
}

struct slice scalar_value_text(struct arena *arena, struct scalar_value value)
{
    switch (value.type) {
    case SCALAR_BOOL:
        return value.boolean ? slice_literal("true") : slice_literal("false");
    case SCALAR_INT:
        return arena_format(arena, "%" PRId64, value.integer);
    case SCALAR_UINT:
        return arena_format(arena, "%" PRIu64, value.unsigned_integer);
    case SCALAR_FLOAT: {
        struct buffer out = {0};
        scalar_write_float(&out, round_to_single(value.number), 6);
        struct slice text = arena_copy(arena, buffer_slice(&out));
        buffer_free(&out);
        if (slice_equals(text, "NaN"))
            return slice_literal(".nan");
        if (slice_equals(text, "Inf"))
            return slice_literal(".inf");
        return slice_equals(text, "-Inf") ? slice_literal("-.inf") : text;
    }
    default:
        return (struct slice){0};
    }
}
