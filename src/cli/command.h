// cli/command.h
//
// A command of the program: what it is called, what it takes, what help says of it, and the function
// that does it. One file a command; registry.h lists them.
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
    STATUS_USAGE = 2,  // the call itself makes no sense: an unknown flag, a bad value
};

struct build;
struct command;
struct operands;
struct option;
struct session;

// One call of the program.
struct invocation {
    const struct command *const *commands;
    const struct command *command;
    const char *program;           // what help calls the program: "kiln", "kustomize" or "kubectl kiln"
    const char *path;              // the command as it was asked for: "edit add resource"
    const char *const *arguments;  // what is left of them without the words of `path`
    size_t argument_count;
    bool as_kustomize;  // called by a name that begins with `kustomize`
    bool as_plugin;     // kubectl has called it, or it is about to run kubectl
    struct arena *arena;
    struct diagnostics *diagnostics;  // reported when the command has ended
};

struct command {
    const char *name;
    const char *alias;        // another name for it; NULL: none
    const char *operands;     // "[DIR]"; NULL: none
    const char *summary;      // one line, without full stop
    const char *description;  // whole lines for the command's own help; NULL: none
    const char *topic;        // of a topic of the help: its text, whole lines
    bool hidden;              // works, but is not in the list of commands
    bool is_extra;            // kustomize does not have it: its completion leaves it out
    const char *examples;     // whole lines; NULL: none
    const struct option *options;
    size_t option_count;
    enum status (*run)(struct invocation *);
    const struct command *const
        *commands;        // of a group, in the order of the help, ended by NULL; it does not run itself
    const void *details;  // for a `run` that several commands share
};

// In the order of the help, ended by NULL.
extern const struct command *const commands[];
extern const struct command *const kubectl_plugin_commands[];  // when kubectl runs it, as `kubectl kiln`

// A command of a list by its name or alias. NULL: diagnosed, with the one that may be meant; `group` is what the list
// belongs to, empty at the top.
const struct command *command_find(struct invocation *, const struct command *const *list, const char *group,
                                   const char *name);
// Makes `call->command` the one that the words name, as far as they name groups and a command. False: diagnosed.
bool command_resolve(struct invocation *, const char *const *words, size_t count);

// Takes the words of the command out of the arguments: `call->command` is the one that they name, NULL where they name
// none; the flags among them are its own. False: diagnosed.
bool command_find_words(struct invocation *);

// The start of a command: options_parse (cli/options.h), and the command's help where it was asked for. False:
// `*status` is how the command ends. True: it is STATUS_USAGE, for a command that finds fault with its operands.
bool command_start(struct invocation *, void *settings, struct operands *, enum status *status);
// False: there are fewer or more. Diagnosed as "edit set namespace takes one namespace, not 2", where "one namespace"
// is what is wanted.
bool command_check_operands(struct invocation *, const struct operands *, size_t least, size_t most,
                            const char *wanted);

// A build that tells on standard error what takes long. Until command_build_end, memory counts as the build's.
struct build *command_build_new(const struct invocation *);
// The end of any build: what it has to say is reported, and all that it made freed.
void command_build_end(struct build *);
// The same for a build of a session, whose files and fetches it shares.
struct build *command_session_build_new(const struct invocation *, struct session *);
void command_session_build_end(struct session *, struct build *);

// Runs what the arguments of main ask for, and reports what it has to say.
enum status command_line_run(int count, char **arguments, const struct command *const *);
