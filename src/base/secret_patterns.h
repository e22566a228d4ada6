// base/secret_patterns.h
//
// Recognizes secrets by their form, whatever their name: private keys in PEM, the value after `Basic` and `Bearer`, and
// tokens with the prefixes of AWS, GitHub, GitLab, Slack, and others. For logins in URLs, see base/shown.h.
#pragma once

#include "base/buffer.h"

// Finds the first secret in a text from `at` on. False if there is none.
bool secret_pattern_find(struct slice text, size_t at, size_t *start, size_t *end);
// Appends the text with `***` in place of each secret.
void secret_patterns_hide(struct slice text, struct buffer *out);
