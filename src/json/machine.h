// json/machine.h
//
// JSON for other programs, made with jansson. Members are written in the order in which they are set. No function here
// returns NULL: running out of memory doesn't return (base/fatal.h).
//
//     json_t *root = machine_object();
//     machine_set(root, "schemaVersion", json_integer(1));
//     machine_set(root, "path", machine_text(path));
//     machine_write(&out, root, JSON_INDENT(2));      frees it
#pragma once

#include <jansson.h>

#include "base/buffer.h"

json_t *machine_object(void);
json_t *machine_array(void);
// Bytes that aren't UTF-8 become U+FFFD.
json_t *machine_text(struct slice);
json_t *machine_texts(const struct slice *items, size_t count);
// null for an empty string.
json_t *machine_text_or_null(struct slice);

// The object or array owns the value from now on.
void machine_set(json_t *object, const char *key, json_t *value);
void machine_append(json_t *array, json_t *value);
// Sets a string unless it is empty.
void machine_set_text(json_t *object, const char *key, struct slice);

// Appends the value as text, with jansson's flags and a line break, and frees it.
void machine_write(struct buffer *, json_t *value, size_t flags);
