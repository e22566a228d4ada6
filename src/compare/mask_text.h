// compare/mask_text.h
//
// Secrets in the text of a value, such as a file in a ConfigMap: values whose name says so (base/secret_names.h), in
// files of any kind and in documents that are strings of others; secrets that are known by their look or from the
// sources; logins in URLs, and arguments.
#pragma once

#include "base/secrets.h"

// Appends the text with `***` in place of each secret.
void mask_text_add(struct sources *, struct slice text, struct buffer *out);

// True for a field whose value names the one beside it in `value`: `{name: DB_PASSWORD, value: x}`.
bool mask_is_name_field(struct slice key);
