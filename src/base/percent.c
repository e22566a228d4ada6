#include "base/percent.h"

#include "base/ascii.h"

void percent_encode(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (byte_is_path(text.data[i]) || text.data[i] == '~')
            buffer_add_byte(out, text.data[i]);
        else
            buffer_add_format(out, "%%%02X", (unsigned char)text.data[i]);
    }
}
