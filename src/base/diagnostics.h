// base/diagnostics.h
//
// Errors, warnings, and notices as data: severity, position, message, hint, and what was being done. A function that
// fails has already added the reason, so its caller just returns. Nothing here prints; the command line renders the
// list with diagnostics_render.
//
// Messages begin with a lowercase letter and don't end with a period:
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
    SEVERITY_WARNING,  // kiln's own: printed with `kiln: ` and the position; the build goes on
    SEVERITY_NOTICE,   // printed word for word, for lines that scripts expect from kustomize
};

// What a caller must recognize to add something that it knows about the error.
enum cause {
    CAUSE_OTHER,
    CAUSE_OUTSIDE_FILE,      // a file that the load restriction forbids
    CAUSE_MISSING_FILE,      // a file that doesn't exist, and no name resembles it
    CAUSE_TIMEOUT,           // of a server or of git
    CAUSE_REPLACED_TYPE,     // a value of a different type from the one that it replaces
    CAUSE_UNKNOWN_BEHAVIOR,  // of a generator
    CAUSE_LIKE_CREATE,       // of a generator, if it resembles `create`
    CAUSE_INCOMPLETE_ENTRY,  // an entry of a list in a kustomization lacks a field
};

struct diagnostic {
    enum severity severity;
    enum cause cause;
    struct position position;
    struct slice message;
    struct slice hint;    // may be empty
    struct slice phrase;  // kustomize's words for this error; may be empty
    struct slice chain;   // 'while building overlays/prod → resource ../base', may be empty
    bool is_independent;  // can't be caused by another error (diagnose_independent)
    bool is_limit;        // the input exceeds a limit, so reading it in another way won't help
    const char *about;    // the rule of kiln check that reports it; NULL: an error or warning of the build
};

// One step of what is being done: a string, or a subject that is described only if a diagnostic is added.
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
    // Set if kiln was called as kustomize: an error then begins with `Error: `, this string, and kustomize's phrase,
    // which scripts search for. NULL if kiln was called by its own name.
    const char *lead;
    // Work goes on after a failure, to find errors that don't follow from the first one (diagnostics_may_continue).
    bool finds_all;
    bool offers_all;       // hints may name the flag --all
    size_t columns;        // of the terminal; 0: unlimited
    enum release release;  // decides what is an error; RELEASE_UNSET: the oldest
    // Called before something slow if someone is waiting for it; may be NULL.
    void (*progress)(struct slice doing);
};

void diagnostics_init(struct diagnostics *, struct arena *, struct sources *);

// Adds an error. Always returns false, so that a caller can write `return diagnose(…)`.
bool diagnose(struct diagnostics *, struct position, const char *format, ...) __attribute__((format(printf, 3, 4)));
void diagnose_warning(struct diagnostics *, struct position, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// The format may have several lines. Line breaks in arguments are escaped, so that no name can fake a line.
void diagnose_notice(struct diagnostics *, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Adds an error about an exceeded limit, which no other way of reading the input would avoid.
bool diagnose_limit(struct diagnostics *, struct position, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// True if a diagnostic added since the mark is about a limit.
bool diagnostics_has_limit(const struct diagnostics *, size_t mark);

// Marks the newest error as one about the input itself, which no other error can have caused. Always returns false.
bool diagnose_independent(struct diagnostics *);

// True if work may go on after an error to look for others: at most 200 errors, and none about a limit.
bool diagnostics_may_continue(const struct diagnostics *);
// True if there are so many errors that the build stops looking for others.
bool diagnostics_is_full(const struct diagnostics *);

// Adds a diagnostic that was created earlier and taken back.
void diagnostics_add(struct diagnostics *, const struct diagnostic *);

// Adds a hint to the newest diagnostic.
void diagnose_hint(struct diagnostics *, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Gives the newest diagnostic kustomize's phrase, which scripts search for. Always returns false, like diagnose.
bool diagnose_phrase(struct diagnostics *, const char *format, ...) __attribute__((format(printf, 2, 3)));

void diagnose_cause(struct diagnostics *, enum cause);
// The newest diagnostic, if it has this cause; otherwise NULL.
const struct diagnostic *diagnostics_caused_by(const struct diagnostics *, enum cause);

// Gives the newest diagnostic the name of the rule of kiln check that it belongs to.
void diagnose_about(struct diagnostics *, const char *rule);

// The program's name for hints such as "run 'kiln create' to create a kustomization.yaml".
const char *diagnostics_program(const struct diagnostics *);

// Removes everything added since `mark` except independent errors.
void diagnostics_keep_independent(struct diagnostics *, size_t mark);

// Removes everything added since `mark` (the value of diagnostics.count at that time), when an attempt has failed and
// another follows.
void diagnostics_forget(struct diagnostics *, size_t mark);

// Names what is being done until the matching pop; diagnostics carry the whole chain. Calls must be paired, on failure
// too.
void diagnostics_push(struct diagnostics *, const char *format, ...) __attribute__((format(printf, 2, 3)));
// The same for frequent steps: `describe` is called only if a diagnostic is added.
void diagnostics_push_subject(struct diagnostics *, struct slice (*describe)(struct arena *, const void *subject),
                              const void *subject);
void diagnostics_pop(struct diagnostics *);

// Gives a worker's empty list the release and the chain of another list.
void diagnostics_follow(struct diagnostics *, const struct diagnostics *other);

// Says that something slow begins, such as "cloning https://github.com/org/repo".
void diagnostics_progress(const struct diagnostics *, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Copies a worker's diagnostics from `from` to `into`, and gives them the chain of `into`.
void diagnostics_adopt(struct diagnostics *into, const struct diagnostics *from);

// Appends one diagnostic as text: several lines, each with its newline.
void diagnostics_render(const struct diagnostics *, const struct diagnostic *, struct buffer *);

// "overlays/prod/kustomization.yaml:7:3"; "a.yaml" for a whole file; empty if unknown.
struct slice position_text(const struct sources *, struct arena *, struct position);

// The candidate nearest to `wanted`, or an empty slice if none is near enough for "did you mean".
struct slice nearest_text(struct slice wanted, const struct slice *candidates, size_t count);
