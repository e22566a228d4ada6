#include "json/machine.h"

#include "base/fatal.h"
#include "base/utf8.h"

static json_t *require(json_t *value)
{
    if (!value)
        fatal_out_of_memory();
    return value;
}

json_t *machine_object(void)
{
    return require(json_object());
}

json_t *machine_array(void)
{
    return require(json_array());
}

json_t *machine_text(struct slice text)
{
    struct buffer repaired = {0};
    if (!text_is_utf8(text)) {
        text_add_valid(&repaired, text);
        text = buffer_slice(&repaired);
    }
    json_t *value = require(json_stringn_nocheck(text.length ? text.data : "", text.length));
    buffer_free(&repaired);
    return value;
}

json_t *machine_texts(const struct slice *items, size_t count)
{
    json_t *list = machine_array();
    for (size_t i = 0; i < count; i++)
        machine_append(list, machine_text(items[i]));
    return list;
}

json_t *machine_text_or_null(struct slice text)
{
    return text.length ? machine_text(text) : json_null();
}

void machine_set(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, require(value)) != 0)
        fatal_out_of_memory();
}

void machine_append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, require(value)) != 0)
        fatal_out_of_memory();
}

void machine_set_text(json_t *object, const char *key, struct slice text)
{
    if (text.length)
        machine_set(object, key, machine_text(text));
}

static int add_text(const char *text, size_t length, void *out)
{
    buffer_add(out, text, length);
    return 0;
}

void machine_write(struct buffer *out, json_t *value, size_t flags)
{
    if (json_dump_callback(value, add_text, out, flags) != 0)
        fatal_out_of_memory();
    json_decref(value);
    buffer_add_byte(out, '\n');
}
