// base/secret_names.h
//
// Recognizes names of passwords, tokens, and keys: of fields, variables, arguments, and paths. A name is split into
// words (`SMTP_PASS`, `smtpPass`, `smtp-pass`), so that `compass`, `passthrough`, and `tokenizer` are harmless. So are
// names that only say where a secret is: `secretName`, `passwordFile`.
#pragma once

#include "base/slice.h"

// True for such a name: `DB_PASSWORD`, `--token`, `/spec/auth/password`. In `example.com/token`, only the last part
// counts.
bool is_secret_name(struct slice);
// True for a name whose value is a secret even if it is a number: `password`, but not `tokens`.
bool is_password_name(struct slice);
// True for an argument that is followed by its secret value: `--token`, but not `--token=x`.
bool is_secret_flag(struct slice);
// True if the name around byte `at` of a text is a secret one. Fast enough to call for every byte.
bool is_in_secret_name(struct slice text, size_t at);
