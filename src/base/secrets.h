// base/secrets.h
//
// What must not be shown of the files of a build. Nothing here runs before there is something to say: a build without
// messages pays nothing. What in a file is secret is for those to say who know its language: `sources->rules`.
#pragma once

#include "base/buffer.h"
#include "base/secret_names.h"
#include "base/source.h"

// The lines of a source that may hold a secret.
struct secret_lines {
    bool all;
    bool *marked;  // by number - 1
    size_t count;
};

// The language of the sources. Lists end with NULL.
struct secret_rules {
    // Declares the secrets of a source, and marks their lines in source->secrets.
    void (*examine)(struct sources *, struct source *);
    // The same for a patch (secrets_expect_patch) that stands inside of a file, whose lines are marked.
    void (*examine_patch)(struct sources *, const struct source *patch, struct source *file);
    const char *const *hidden_fields;  // no line below such a field is shown
    const char *const *secret_fields;  // those of them of which no line is shown, wherever in it they stand
    const char *const *name_fields;    // a value that such a field has as well tells nothing
    const char *const *public_values;  // what tells nothing either
};

// True when that line of the source, from 1, may hold a secret.
bool secrets_are_in_line(struct sources *, const struct source *, uint32_t line);

// The source with this number is a patch for something secret, whatever it says of its target itself: what it writes is
// secret.
void secrets_expect_patch(struct sources *, uint32_t file);

// The lines of the text hold secret values, alone or as `key=value`, that are in no source, such as those of a command
// line. It stays alive as long as the sources.
void secrets_declare(struct sources *, struct slice text);
// The same for one value.
void secrets_declare_value(struct sources *, struct slice);

// Appends the text with `***` in place of each secret of the sources. A short value (less than 8 bytes) is seen where
// it stands as a word; one of less than 4 bytes is not looked for.
void secrets_mask(struct sources *, struct slice text, struct buffer *);
