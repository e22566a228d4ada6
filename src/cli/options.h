// cli/options.h
//
// Flags of a command, from a single table that drives the parser and the help:
//
//     struct settings { const char *output; bool helm; struct text_values mounts; };
//     static const struct option options[] = {
//         {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .offset = offsetof(struct settings, output),
//          .value = "PATH", .help = "write to a file, or one file per resource into a directory"},
//         …
//     };
//
// Every command has `--help` and `--stack-trace`. Flags may appear anywhere among the operands, and before the command:
// `--flag=value`, `--flag value`, `-o value`, `-ovalue`, `-o=value`; `--` ends them. If a flag with a string value is
// given twice, the last value applies. A boolean never takes the next word: `--flag`, `--flag=false`.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "cli/command.h"

enum option_kind {
    OPTION_BOOL,    // bool
    OPTION_TEXT,    // const char *; NULL when absent
    OPTION_LIST,    // struct text_values; each occurrence adds one
    OPTION_CHOICE,  // int: the `number` of the choice
    OPTION_PAIR,    // struct text_values; takes two words, or one after `=`
};

// One value of an OPTION_CHOICE.
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
    int bare;             // for a choice whose value is optional and needs a `=`: the number without it; 0: required
    const char *value;    // the value's name in help; NULL: VALUE, or the choices
    const char *help;     // one line, without a period
    const char *instead;  // for deprecated flags: what to use, for a warning
    const char *notice;   // for deprecated flags: kustomize's words after the name
    bool is_extra;        // not in kustomize: left out of kustomize's completion
    const char *mistaken_for;  // flags that people write instead, without dashes, separated by spaces; NULL: none
};

struct text_values {
    struct slice *items;
    size_t count, capacity;
};

// Arguments that aren't flags.
struct operands {
    const char **items;
    size_t count, capacity;
};

enum options_outcome {
    OPTIONS_PARSED,
    OPTIONS_HELP,  // `--help` or `-h` was among them
    OPTIONS_WRONG  // diagnosed
};

// Fills `settings`, which already has the values of absent flags. Changes nothing else unless the outcome is
// OPTIONS_PARSED.
enum options_outcome options_parse(struct invocation *, void *settings, struct operands *);
// The value of a flag that is a number, `least` or greater; 0 for NULL. False: diagnosed.
bool option_read_number(struct invocation *, const char *flag, const char *text, size_t least, size_t *number);

// The flags seen in the arguments.
struct options_seen {
    bool *given;  // for each option of the command
    bool help, stack_trace;
    bool flags_ended;  // by `--`
};

// Like options_parse, but only notes which flags are given; accepts any word for a choice.
enum options_outcome options_scan(struct invocation *, struct operands *, struct options_seen *);

// True if the word after the flag is its value.
static inline bool option_needs_value(const struct option *option)
{
    return option->kind != OPTION_BOOL && !option->bare;
}

// True if completion lists the flag.
bool option_is_shown(const struct option *, bool as_kustomize);

// The flag of the command that a word contains, in any of the forms above except combined letters. NULL: none.
// `*takes_next`: the next word is its value.
const struct option *option_find(const struct command *, struct slice word, bool *takes_next);

// Finds the number of a choice by its text. False: no such choice.
bool option_choice_find(const struct option_choice *, struct slice text, int *number);
// The name of an option's value in help: "PATH", "v3|v4". Empty: it takes none.
struct slice option_value_text(struct arena *, const struct option *);
// What is between a flag and its value in help: nothing if the value is optional, as in "--strict[=warning]".
static inline const char *option_value_gap(const struct option *option)
{
    return option->bare ? "" : " ";
}
// Joins the choices, such as "v3|v4" with "|" as the separator. Leaves out hidden ones.
struct slice option_choices_text(struct arena *, const struct option_choice *, const char *separator);
// The same for a sentence: "v3 or v4", "yaml, kyaml, or json".
struct slice option_choices_list(struct arena *, const struct option_choice *);

// Appends the help lines for the flags, including `--help`.
void options_describe(const struct command *, struct buffer *);
// Appends the help line for `--stack-trace`, which every command has as well.
void options_describe_stack_trace(struct buffer *);
#define OPTION_STACK_TRACE_HELP "accepted for compatibility with kustomize; has no effect"
