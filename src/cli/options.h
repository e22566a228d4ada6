// cli/options.h
//
// Flags of a command, by one table that makes the parser and the help:
//
//     struct settings { const char *output; bool helm; struct text_values mounts; };
//     static const struct option options[] = {
//         {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .offset = offsetof(struct settings, output),
//          .value = "PATH", .help = "write to a file, or one file an object into a directory"},
//         …
//     };
//
// `--help` and `--stack-trace` belong to every command. Flags stand anywhere among the operands, and before the
// command: `--flag=value`, `--flag value`, `-o value`, `-ovalue`, `-o=value`; `--` ends them. Of a text that is given
// twice the last counts. A boolean takes no word of its own: `--flag`, `--flag=false`.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "cli/command.h"

enum option_kind {
    OPTION_BOOL,    // bool
    OPTION_TEXT,    // const char *; NULL when absent
    OPTION_LIST,    // struct text_values; each time it is given adds one
    OPTION_CHOICE,  // int: the `number` of the choice
    OPTION_PAIR,    // struct text_values; two words follow it, after `=` one
};

// One word that an option of OPTION_CHOICE takes.
struct option_choice {
    const char *text;  // NULL ends the list
    int number;
    bool hidden;  // understood, not listed in the help
};

struct option {
    const char *name;
    char letter;  // 0: none
    bool hidden;  // understood, not listed in the help
    enum option_kind kind;
    size_t offset;  // in the settings
    const struct option_choice *choices;
    int bare;             // of a choice: the number where the flag has no value, which then follows a `=`; 0: it must
    const char *value;    // what help calls the value; NULL: VALUE, or the choices
    const char *help;     // one line, without full stop
    const char *instead;  // deprecated: what to use; a warning says so
    const char *notice;   // of a deprecated flag: what kustomize says behind its name
    bool is_extra;        // kustomize does not have it: by that name it is not completed
};

struct text_values {
    struct slice *items;
    size_t count, capacity;
};

// What is no flag.
struct operands {
    const char **items;
    size_t count, capacity;
};

enum options_outcome {
    OPTIONS_PARSED,
    OPTIONS_HELP,  // `--help` or `-h` was among them
    OPTIONS_WRONG  // diagnosed
};

// Fills `settings`, which has the values of absent flags already. Nothing beyond them is touched when the
// outcome is another than OPTIONS_PARSED.
enum options_outcome options_parse(struct invocation *, void *settings, struct operands *);
// The value of a flag that is a number from 1; 0 for NULL. False: diagnosed.
bool option_read_number(struct invocation *, const char *flag, const char *text, size_t *number);

// What the words of a call have among them.
struct options_seen {
    bool *given;  // for each option of the command
    bool help, stack_trace;
    bool flags_ended;  // by `--`
};

// options_parse for who only wants to know what is there; any word is good for a choice.
enum options_outcome options_look(struct invocation *, struct operands *, struct options_seen *);

// The word behind the flag is its value.
static inline bool option_needs_value(const struct option *option)
{
    return option->kind != OPTION_BOOL && !option->bare;
}

// Listed where flags are completed.
bool option_is_shown(const struct option *, bool as_kustomize);

// The flag of the command that a word is, in any of the forms above but several letters in one word. NULL: it is none.
// `*takes_next`: its value is the word behind it.
const struct option *option_find(const struct command *, struct slice word, bool *takes_next);

// The number of a choice by its text; false when there is none.
bool option_choice_find(const struct option_choice *, struct slice text, int *number);
// What help calls the value of an option: "PATH", "v3|v4"; empty: it takes none.
struct slice option_value_text(struct arena *, const struct option *);
// "v3 or v4" with " or " between them; hidden ones are left out.
struct slice option_choices_text(struct arena *, const struct option_choice *, const char *separator);

// The lines of the help about the flags, `--help` included.
void options_describe(const struct command *, struct buffer *);
// And about `--stack-trace`, which belongs to every command as well.
void options_describe_stack_trace(struct buffer *);
#define OPTION_STACK_TRACE_HELP "accepted for compatibility with kustomize; has no effect"
