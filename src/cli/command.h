// cli/command.h
//
// A command: its name, its arguments, its help, and the function that runs it. Each command has its own file;
// registry.h lists them.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/slice.h"

// The exit statuses that scripts may rely on.
enum status {
    STATUS_DONE = 0,
    STATUS_FAILED = 1,
    STATUS_USAGE = 2,  // usage error: an unknown flag, an invalid value
};

struct build;
struct command;
struct operands;
struct option;
struct session;

// One invocation of the program.
struct invocation {
    const struct command *const *commands;
    const struct command *command;
    const char *program;           // the program's name in help: "kiln", "kustomize", or "kubectl kiln"
    const char *path;              // the command as given: "edit add resource"
    const char *const *arguments;  // the arguments without the words of `path`
    size_t argument_count;
    bool as_kustomize;  // called by a name that begins with `kustomize`
    bool as_plugin;     // called by kubectl, or about to run kubectl
    struct arena *arena;
    struct diagnostics *diagnostics;  // reported when the command ends
};

// Flags that other programs have, and what to write here.
struct flag_habit {
    const char *words;  // without dashes, separated by spaces
    const char *hint;   // `%s` becomes the name of this program
};

struct command {
    const char *name;
    const char *alias;         // another name for it; NULL: none
    const char *mistaken_for;  // words that people write instead, separated by spaces; NULL: none
    const char *operands;      // "[DIR]"; NULL: none
    const char *needs;         // flags that the usage shows because they are required; NULL: none
    const char *summary;       // one line, without a period
    const char *description;   // whole lines for the command's own help; NULL: none
    const char *topic;         // the text of a help topic, whole lines
    bool hidden;               // works, but isn't listed
    bool is_extra;             // not in kustomize: left out of kustomize's completion
    const char *examples;      // whole lines; NULL: none
    const struct option *options;
    size_t option_count;
    enum status (*run)(struct invocation *);
    const struct command *const *commands;  // of a group, in help order, NULL-terminated; a group has no `run`
    const void *details;                    // for a `run` that several commands share
    const struct flag_habit *habits;        // flags of other programs, up to one without words; NULL: none
};

// In help order, NULL-terminated.
extern const struct command *const commands[];
extern const struct command *const kubectl_plugin_commands[];  // when called as `kubectl kiln`

// What follows the command's name in its usage: " [DIR] [FLAGS]"; may be empty.
struct slice command_usage(struct arena *, const struct command *);

// Finds a command by name or alias; `group` is the group of the list, empty at the top. NULL: diagnosed, with a
// suggestion.
const struct command *command_find(struct invocation *, const struct command *const *list, const char *group,
                                   const char *name);
// Sets `call->command` to the command that the words name, as far as they name one. False: diagnosed.
bool command_resolve(struct invocation *, const char *const *words, size_t count);

// Moves the command's words out of the arguments and sets `call->command`, NULL if there is none. Flags among the words
// belong to the command. False: diagnosed.
bool command_find_words(struct invocation *);

// Starts a command: parses its options (cli/options.h), and prints its help if asked to. False: `*status` is the exit
// status. True: `*status` is STATUS_USAGE, for commands that then reject their operands.
bool command_start(struct invocation *, void *settings, struct operands *, enum status *status);
// False: there are fewer or more; diagnosed as "edit set namespace: expected one namespace, found 2", where `wanted` is
// "one namespace".
bool command_check_operands(struct invocation *, const struct operands *, size_t least, size_t most,
                            const char *wanted);

// A build that reports slow steps on standard error. Until command_build_end, memory counts toward the build's limit.
struct build *command_build_new(const struct invocation *);
// Ends any build: reports its diagnostics and frees it.
void command_build_end(struct build *);
// The same for a build that shares the files and fetches of a session.
struct build *command_session_build_new(const struct invocation *, struct session *);
void command_session_build_end(struct session *, struct build *);

// Runs the command that the arguments of main name, and reports its diagnostics.
enum status command_line_run(int count, char **arguments, const struct command *const *);
