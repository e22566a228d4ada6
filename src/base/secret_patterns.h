// base/secret_patterns.h
//
// Secrets that are known by their look, whatever their name is: private keys in PEM, `Basic` and `Bearer` with what
// follows, and tokens that begin as those of AWS, GitHub, GitLab, Slack, and others do. For logins in URLs see
// base/shown.h.
#pragma once

#include "base/buffer.h"

// The secret in a text from `at` on. False: there is none.
bool secret_pattern_find(struct slice text, size_t at, size_t *start, size_t *end);
// Appends the text with `***` in place of each.
void secret_patterns_hide(struct slice text, struct buffer *out);
