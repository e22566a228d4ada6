// base/secrets.h
//
// Keeps secrets in the files of a build out of messages. Nothing here runs until there is a message to print, so a
// build without messages pays nothing. What counts as a secret in a file depends on its language: see `sources->rules`.
#pragma once

#include "base/buffer.h"
#include "base/secret_names.h"
#include "base/source.h"

// The lines of a source that may hold a secret.
struct secret_lines {
    bool all;
    bool *marked;  // by line number - 1
    size_t count;
};

// What counts as a secret in the language of the sources. Lists end with NULL.
struct secret_rules {
    // Declares the secrets of a source, and marks their lines in source->secrets.
    void (*examine)(struct sources *, struct source *);
    // The same for a patch (secrets_expect_patch) inside a file, whose lines are marked.
    void (*examine_patch)(struct sources *, const struct source *patch, struct source *file);
    const char *const *hidden_fields;  // lines below such a field are not shown
    const char *const *public_fields;  // hidden lines below such a field are shown if they don't look like a secret
    const char *const *secret_fields;  // a line with a value for such a field, even after other keys, is not shown
    const char *const *name_fields;    // a secret value that is also the value of such a field is shown
    const char *const *public_values;  // values that are always shown
};

// True if this line of the source (counted from 1) may hold a secret.
bool secrets_are_in_line(struct sources *, const struct source *, uint32_t line);

// Says that the source with this number is a patch for a secret, whatever target the patch itself names. All values
// in it are secret.
void secrets_expect_patch(struct sources *, uint32_t file);

// Declares secret values that are in no source, such as those of a command line: each line is a value or `key=value`.
// The text must remain valid as long as the sources.
void secrets_declare(struct sources *, struct slice text);
// The same for one value.
void secrets_declare_value(struct sources *, struct slice);

// Appends the text with `***` in place of each secret of the sources. Values shorter than 8 bytes are found only as
// whole words, values shorter than 4 bytes not at all.
void secrets_mask(struct sources *, struct slice text, struct buffer *);
