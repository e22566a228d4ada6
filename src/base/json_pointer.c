#include "base/json_pointer.h"

struct slice json_pointer_unescape(struct arena *arena, struct slice element)
{
    if (slice_find_byte(element, '~') == SLICE_NOT_FOUND)
        return element;
    char *text = arena_allocate(arena, element.length + 1, 1);
    size_t length = 0;
    for (size_t i = 0; i < element.length; i++) {
        char next = element.data[i] == '~' && i + 1 < element.length ? element.data[i + 1] : 0;
        bool escape = next == '0' || next == '1';
        text[length++] = !escape ? element.data[i] : next == '0' ? '~' : '/';
        i += escape;
    }
    return (struct slice){text, length};
}

void json_pointer_add_escaped(struct buffer *out, struct slice key)
{
    for (size_t i = 0; i < key.length; i++) {
        if (key.data[i] == '~' || key.data[i] == '/')
            buffer_add_text(out, key.data[i] == '~' ? "~0" : "~1");
        else
            buffer_add_byte(out, key.data[i]);
    }
}
