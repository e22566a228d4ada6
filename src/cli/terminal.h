// cli/terminal.h
//
// What the program writes for its caller: the result on standard output, diagnostics on standard error.
#pragma once

#include "base/diagnostics.h"
#include "base/slice.h"
#include "cli/command.h"

// Writes the result of a command, all of it, to standard output. When nobody reads it any more the
// process ends as other tools do, by SIGPIPE; other failures are diagnosed.
enum status terminal_write_result(struct diagnostics *, struct slice);

// All of standard input. False: diagnosed.
bool terminal_read_input(struct diagnostics *, struct arena *, struct slice *text);

// True when a person looks at standard output, or colors are asked for.
bool terminal_colors_output(void);

// How many columns the terminal behind `descriptor` has; 0: it is none.
size_t terminal_columns(int descriptor);

// From here on tells whoever looks at standard error what takes long; nobody, when it is no terminal.
void terminal_watch(struct diagnostics *);

// Prints one message, as diagnostics_render makes it, to standard error, in colour where a person looks at it.
void terminal_write_message(struct slice text, enum severity);

// Prints all diagnostics to standard error, in colour where a person looks at them.
void terminal_report(const struct diagnostics *);
