// base/process.h
//
// Runs another program, without a shell: arguments as given, input from memory, output into memory, an
// end after a time. Nothing in kiln starts a program but through this.
#pragma once

#include <signal.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/slice.h"

#define PROCESS_OUTPUT_MAX ((size_t)256 << 20)

struct process_request {
    const char *const *arguments;    // the program first, looked up on PATH; ended by NULL
    const char *const *environment;  // ended by NULL; NULL: that of this process
    const char *directory;           // NULL: the current one
    struct slice input;              // what the program reads
    unsigned timeout_seconds;        // 0: none
    size_t output_max;               // bytes; 0: PROCESS_OUTPUT_MAX
    bool pass_errors;                // its stderr goes to this process's stderr instead of into the result
};

enum process_outcome {
    PROCESS_EXITED,      // `status` is its exit status
    PROCESS_SIGNALLED,   // `status` is the signal
    PROCESS_TIMED_OUT,   // it was ended
    PROCESS_TOO_LONG,    // it was ended when it had printed more than output_max, or said more than PROCESS_OUTPUT_MAX
    PROCESS_LOST,        // whether it has done its work is unknown; `errors` ends with the reason
    PROCESS_NOT_STARTED  // `reason` says why
};

struct process_result {
    enum process_outcome outcome;
    int status;
    unsigned timeout_seconds;      // that it had
    struct buffer output, errors;  // the caller frees them with process_result_free
    const char *reason;
};

// Waits until the program has ended. Everything it started in its process group is ended with it when the
// time is up, or when a signal ends this process (base/interrupt.h).
void process_run(const struct process_request *, struct process_result *);
// The signals that are blocked in programs which this thread starts, when it blocks others itself. The set stays alive.
void process_use_mask(const sigset_t *);
void process_result_free(struct process_result *);
// "timed out after 5 s": what has become of a program that has not done its work.
struct slice process_failure(struct arena *, const struct process_result *);

// The file of the program that runs; where the system does not tell it, the one that PATH has by this name. Empty:
// none.
struct slice process_own_path(struct arena *, struct slice name);

// A program that answers one question after the other, such as `git cat-file --batch`. What it says on standard error
// is lost. It belongs to the thread that starts it, and is ended with it.
struct process_talk;

// NULL: `*reason` says why it could not be started. `input` and what bounds the result do not count.
struct process_talk *process_talk_start(const struct process_request *, const char **reason);
// Ends the program.
void process_talk_end(struct process_talk *);
// False: the program reads no more.
bool process_talk_say(struct process_talk *, struct slice);
// The next line, without its line break; it is valid until the next call. False: there is none.
bool process_talk_line(struct process_talk *, struct slice *);
// The next bytes. False: there are fewer.
bool process_talk_read(struct process_talk *, char *into, size_t size);

// Makes this process the other program: its streams, its signals and its end are this one's, its environment is another
// unless that is NULL. It reads `input`, of any length, on its standard input. Returns only when it could not be
// started: the reason; standard input is closed then. Nothing that base/interrupt.h has noted may be left.
const char *process_become(const char *const *arguments, const char *const *environment, struct slice input);

// The words with NUL behind each, ended by NULL. A word with a NUL inside cannot be handed on: then the program is not
// started, and the result says why.
const char *const *process_arguments(struct arena *, const struct slice *words, size_t count);
// An environment from this process's own, with `settings` ("NAME=value") replacing or added.
const char *const *process_environment(struct arena *, const struct slice *settings, size_t count);
// The same with only those of its own variables that `keep` wants; `state` is handed to it.
const char *const *process_environment_where(struct arena *, bool (*keep)(const void *state, struct slice name),
                                             const void *state, const struct slice *settings, size_t count);

// Names of variables.
struct variable_names {
    const struct slice *items;
    size_t count;
};

// The environment for a program that works on what somebody else has written, such as a cloned repository: what it
// needs to run, to find its own files and to reach servers, and the variables that the user passes to it by name. No
// tokens and passwords that happen to be there.
const char *const *process_environment_for_remote(struct arena *, const struct variable_names *passed,
                                                  const struct slice *settings, size_t count);
// True for a variable that such a program gets.
bool process_passes_to_remote(const struct variable_names *passed, struct slice name);

// Where a program is on PATH; a name with a slash is a path itself. Empty: there is none. Ends with NUL.
struct slice process_find(struct arena *, struct slice program);
