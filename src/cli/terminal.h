// cli/terminal.h
//
// The program's output: the result on standard output, diagnostics on standard error.
#pragma once

#include "base/diagnostics.h"
#include "base/slice.h"
#include "cli/command.h"

// Writes the whole result of a command to standard output. If the reader is gone, SIGPIPE ends the process, as with
// other tools; other failures are diagnosed.
enum status terminal_write_result(struct diagnostics *, struct slice);

// Reads all of standard input. False: diagnosed.
bool terminal_read_input(struct diagnostics *, struct arena *, struct slice *text);

// True if standard output is a terminal, or colors are forced.
bool terminal_colors_output(void);

// The number of columns of the terminal at `descriptor`; 0: not a terminal.
size_t terminal_columns(int descriptor);

// From now on, reports slow steps on standard error if it is a terminal.
void terminal_watch(struct diagnostics *);

// Prints one message from diagnostics_render to standard error, in color on a terminal.
void terminal_write_message(struct slice text, enum severity);

// Prints all diagnostics to standard error, in color on a terminal.
void terminal_report(const struct diagnostics *);
