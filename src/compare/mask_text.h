// compare/mask_text.h
//
// Finds secrets inside a string, such as a file in a ConfigMap: values with a secret name (base/secret_names.h), in
// files of any kind and in documents nested in strings; secrets recognized by their form or from the sources; logins in
// URLs; and arguments.
#pragma once

#include "base/secrets.h"

// Appends the text with each secret replaced by `***`.
void mask_text_add(struct sources *, struct slice text, struct buffer *out);

// True for a field whose value names the one beside it in `value`: `{name: DB_PASSWORD, value: x}`.
bool mask_is_name_field(struct slice key);
