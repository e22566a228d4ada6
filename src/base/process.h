// base/process.h
//
// Runs another program without a shell: the arguments as given, input from memory, output into memory, and a timeout.
// All programs that kiln starts are started here, except for the one that removes directories after a signal
// (cli/signals.c).
#pragma once

#include <signal.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/slice.h"

#define PROCESS_OUTPUT_MAX ((size_t)256 << 20)

struct process_request {
    const char *const *arguments;    // the program, looked up on PATH, and its arguments; ends with NULL
    const char *const *environment;  // ends with NULL; NULL: the environment of this process
    const char *directory;           // NULL: the current directory
    struct slice input;              // for the program's standard input
    unsigned timeout_seconds;        // 0: no timeout
    size_t output_max;               // in bytes; 0: PROCESS_OUTPUT_MAX
    bool pass_errors;                // its standard error goes to this process's instead of into the result
};

enum process_outcome {
    PROCESS_EXITED,     // `status` is its exit status
    PROCESS_SIGNALLED,  // `status` is the signal
    PROCESS_TIMED_OUT,  // it was killed
    PROCESS_TOO_LONG,  // it was killed for printing more than output_max, or more errors than PROCESS_OUTPUT_MAX
    PROCESS_LOST,      // it is unknown whether it has succeeded; `errors` ends with the reason
    PROCESS_NOT_STARTED  // `reason` says why
};

struct process_result {
    enum process_outcome outcome;
    int status;
    unsigned timeout_seconds;      // from the request
    struct buffer output, errors;  // freed by process_result_free
    const char *reason;
};

// Waits until the program has ended. On a timeout, or when a signal ends this process (base/interrupt.h), everything
// that the program has started in its process group is ended, too.
void process_run(const struct process_request *, struct process_result *);
// Sets the signal mask for programs started by this thread, for a thread that blocks signals itself. The mask must
// remain valid.
void process_use_mask(const sigset_t *);
void process_result_free(struct process_result *);
// What has happened to a program that failed, such as "timed out after 5 s".
struct slice process_failure(struct arena *, const struct process_result *);

// The path of the running program or, if the system doesn't tell, of the program with this name on PATH. Empty if there
// is none.
struct slice process_own_path(struct arena *, struct slice name);

// A program that answers questions one by one, such as `git cat-file --batch`. Its standard error is discarded. It
// belongs to the thread that starts it, and ends with that thread.
struct process_talk;

// On NULL, `*reason` says why it could not be started. The request's input, timeout, and output limit are ignored.
struct process_talk *process_talk_start(const struct process_request *, const char **reason);
// Ends the program.
void process_talk_end(struct process_talk *);
// Sends text. False if the program no longer reads.
bool process_talk_send(struct process_talk *, struct slice);
// The next line without its line break, valid until the next call. False if there is none.
bool process_talk_line(struct process_talk *, struct slice *);
// The next `size` bytes. False if there are fewer.
bool process_talk_read(struct process_talk *, char *into, size_t size);

// Replaces this process with another program, which keeps its streams, signals, and exit status. `environment` may be
// NULL to keep that, too. The program reads `input`, of any length, on its standard input. Returns only if the program
// could not be started, with the reason; standard input is then closed. No notes of base/interrupt.h may be left.
const char *process_become(const char *const *arguments, const char *const *environment, struct slice input);

// The words, each with a NUL at its end, then NULL. If a word contains a NUL, the program won't be started, and its
// result will say why.
const char *const *process_arguments(struct arena *, const struct slice *words, size_t count);
// This process's environment with `settings` ("NAME=value") added or replaced.
const char *const *process_environment(struct arena *, const struct slice *settings, size_t count);
// The same with only those of its own variables for which `keep` returns true; `state` is passed to it.
const char *const *process_environment_where(struct arena *, bool (*keep)(const void *state, struct slice name),
                                             const void *state, const struct slice *settings, size_t count);

// Names of variables.
struct variable_names {
    const struct slice *items;
    size_t count;
};

// The environment for a program that handles content from others, such as a cloned repository: what it needs to run, to
// find its own files, and to reach servers, and the variables that the user lists by name. Other variables may hold
// tokens and passwords, so they are left out.
const char *const *process_environment_for_remote(struct arena *, const struct variable_names *passed,
                                                  const struct slice *settings, size_t count);
// True if such a program gets this variable.
bool process_passes_to_remote(const struct variable_names *passed, struct slice name);

// The path of a program on PATH; a name with a slash is already a path. Empty if there is none. Ends with a NUL.
struct slice process_find(struct arena *, struct slice program);
