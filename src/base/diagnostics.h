// base/diagnostics.h
//
// What is wrong, as data: severity, position, message, hint, and the chain of what was being done.
// A function that failed has already said why; its caller only returns. Nothing here prints; the
// command line renders the list with diagnostics_render.
//
// Messages begin in lower case and end without a full stop:
//
//     kiln: overlays/prod/kustomization.yaml:7:9: replicas: no workload named 'fronted'
//         7 |   name: fronted
//           |         ^
//       hint: did you mean 'frontend'?
//       while building overlays/prod
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/release.h"
#include "base/slice.h"
#include "base/source.h"

enum severity {
    SEVERITY_ERROR,
    SEVERITY_WARNING,  // kiln's own: printed with `kiln: ` and position, the build goes on
    SEVERITY_NOTICE,   // printed word for word, for lines that scripts know from kustomize
};

struct diagnostic {
    enum severity severity;
    struct position position;
    struct slice message;
    struct slice hint;    // may be empty
    struct slice phrase;  // what kustomize says in this case; may be empty
    struct slice chain;   // 'while building overlays/prod → resource ../base', may be empty
    bool is_independent;  // wrong whatever else may be wrong (diagnose_independent)
    bool is_limit;        // the input is too large, in whatever way it is read
    const char *about;    // the rule of kiln check that this is about; NULL: it is a warning or error of the build
};

// One step of what is being done: a text, or a subject that is described when somebody asks.
struct diagnostic_context {
    struct slice text;
    struct slice (*describe)(struct arena *, const void *subject);
    const void *subject;
};

struct diagnostics {
    struct arena *arena;
    struct sources *sources;
    struct diagnostic *items;
    size_t count, capacity;
    size_t error_count;
    struct diagnostic_context *contexts;  // what is being done now, outermost first
    size_t context_count, context_capacity;
    // Called as kustomize: an error begins with `Error: `, this text and the phrase of kustomize, which scripts search
    // for. NULL: called as kiln.
    const char *lead;
    // Work that has failed goes on, to find errors that do not follow from the first one (diagnostics_go_on).
    bool finds_all;
    size_t columns;        // of the terminal on which they are read, 0: as many as it takes
    enum release release;  // what counts as a mistake depends on it; RELEASE_UNSET: the oldest
    // Told what takes long, when somebody waits for it; may be NULL.
    void (*progress)(struct slice doing);
};

void diagnostics_init(struct diagnostics *, struct arena *, struct sources *);

// Adds an error. Always false, so that a caller can `return diagnose(…)`.
bool diagnose(struct diagnostics *, struct position, const char *format, ...) __attribute__((format(printf, 3, 4)));
void diagnose_warning(struct diagnostics *, struct position, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// The format may have several lines. In an argument, a line break is escaped: no name forges a line.
void diagnose_notice(struct diagnostics *, const char *format, ...) __attribute__((format(printf, 2, 3)));

// The same, where a limit is passed that there is whatever else the input may be read as.
bool diagnose_limit(struct diagnostics *, struct position, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// True if one of those since the mark is of this kind.
bool diagnostics_has_limit(const struct diagnostics *, size_t mark);

// Marks the newest error: it says what is missing in the input, and no other error can be its cause. Always false.
bool diagnose_independent(struct diagnostics *);

// True when others may be looked for after an error. Not without end, and not after a limit.
bool diagnostics_go_on(const struct diagnostics *);

// Adds one that was made, and taken back, before.
void diagnostics_add(struct diagnostics *, const struct diagnostic *);

// Adds a hint to the newest diagnostic.
void diagnose_hint(struct diagnostics *, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Gives the newest diagnostic the phrase by which scripts know the case from kustomize. Always false, as diagnose.
bool diagnose_phrase(struct diagnostics *, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Gives the newest diagnostic the name of a rule of kiln check.
void diagnose_about(struct diagnostics *, const char *rule);

// What a hint calls the program, as in "'kiln create' makes one".
const char *diagnostics_program(const struct diagnostics *);

// Takes back everything added since `mark` (= diagnostics.count then): for an attempt whose failure
// is followed by another attempt.
void diagnostics_forget(struct diagnostics *, size_t mark);

// What is being done from here on; diagnostics carry the whole chain. `push` and `pop` are paired,
// also on failure.
void diagnostics_push(struct diagnostics *, const char *format, ...) __attribute__((format(printf, 2, 3)));
// The same for what is done very often: `describe` makes the text if there is something to say.
void diagnostics_push_subject(struct diagnostics *, struct slice (*describe)(struct arena *, const void *subject),
                              const void *subject);
void diagnostics_pop(struct diagnostics *);

// Gives the empty list of a worker the release and the chain of another list.
void diagnostics_follow(struct diagnostics *, const struct diagnostics *other);

// Says that something begins which takes long: "cloning https://github.com/org/repo".
void diagnostics_progress(const struct diagnostics *, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Moves what `from` (of a worker) has into `into`, with into's chain.
void diagnostics_adopt(struct diagnostics *into, const struct diagnostics *from);

// Appends the text of one diagnostic, several lines, each with its newline.
void diagnostics_render(const struct diagnostics *, const struct diagnostic *, struct buffer *);

// "overlays/prod/kustomization.yaml:7:3", "a.yaml" for a whole file, empty when unknown.
struct slice position_text(const struct sources *, struct arena *, struct position);

// The candidate nearest to `wanted`, or an empty slice when none is near enough for "did you mean".
struct slice nearest_text(struct slice wanted, const struct slice *candidates, size_t count);
