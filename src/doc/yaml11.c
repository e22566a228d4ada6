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

static int base64_digit(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return byte - 'A';
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a' + 26;
    if (byte >= '0' && byte <= '9')
        return byte - '0' + 52;
    return byte == '+' ? 62 : byte == '/' ? 63 : -1;
}

bool base64_decode(struct arena *arena, struct slice encoded, struct slice *bytes)
{
    char *out = arena_allocate(arena, encoded.length / 4 * 3 + 4, 1);
    size_t length = 0, digits = 0, padding = 0;
    uint32_t group = 0;
    for (size_t i = 0; i < encoded.length; i++) {
        char byte = encoded.data[i];
        if (byte == '\n' || byte == '\r')
            continue;
        int digit = base64_digit(byte);
        if (byte == '=' && digits % 4 >= 2)
            padding++;
        else if (digit < 0 || padding)
            return false;
        group = group << 6 | (uint32_t)(byte == '=' ? 0 : digit);
        if (++digits % 4)
            continue;
        out[length++] = (char)(group >> 16);
        out[length++] = (char)(group >> 8);
        out[length++] = (char)group;
    }
    *bytes = (struct slice){out, length - padding};
    return digits % 4 == 0;
}
