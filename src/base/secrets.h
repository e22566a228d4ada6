// base/secrets.h
//
// What must not be shown of the files of a build. Nothing here runs before there is something to say: a build without
// messages pays nothing.
//
// Secret are, in YAML and JSON: all values of a Secret but its type and what identifies it; of a whole file if it
// cannot be parsed and says `kind: Secret`; what a generator of Secrets got; the value of a variable, field or argument
// whose name speaks of a password; what a JSON patch writes into `data` or `stringData`. Texts inside of files are
// looked into.
#pragma once

#include "base/buffer.h"
#include "base/source.h"

// True for what names a password, a token, or a key: `DB_PASSWORD`, `--token`.
bool is_secret_name(struct slice);

// True when that line of the source, from 1, may hold a secret.
bool secrets_are_in_line(struct sources *, const struct source *, uint32_t line);

// The source with this number is a patch that is applied to a Secret, whatever it says of its target itself: what it
// writes is secret.
void secrets_expect_patch(struct sources *, uint32_t file);

// The lines of the text hold values for a Secret that are in no source, such as those of a command line. It stays alive
// as long as the sources.
void secrets_declare(struct sources *, struct slice text);

// Appends the text with `***` in place of each secret of the sources. A short value (less than 8 bytes) is seen where
// it stands as a word; one of less than 4 bytes is not looked for.
void secrets_mask(struct sources *, struct slice text, struct buffer *);
