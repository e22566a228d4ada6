// base/secret_names.h
//
// The one rule for names of passwords, tokens, and keys: of fields, variables, arguments, and paths. A name is read
// word by word (`SMTP_PASS`, `smtpPass`, `smtp-pass`), so that `compass`, `passthrough`, and `tokenizer` are harmless,
// and so is what only says where a secret is: `secretName`, `passwordFile`.
#pragma once

#include "base/slice.h"

// True for such a name: `DB_PASSWORD`, `--token`, `/spec/auth/password`. Of `example.com/token` the last part counts.
bool is_secret_name(struct slice);
// True for a name whose value is a secret even if it is a number: `password`, but not `tokens`.
bool is_password_name(struct slice);
// True for an argument whose value is the next one: `--token`, but not `--token=x`.
bool is_secret_flag(struct slice);
// True if the name around this place of a text is one. For each place of a text: most are passed by with one look.
bool is_in_secret_name(struct slice text, size_t at);
