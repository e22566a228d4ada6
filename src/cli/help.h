// cli/help.h
//
// The text of `--help`, made from the tables of commands and options.
#pragma once

#include "cli/command.h"

// All commands.
enum status help_write_overview(struct invocation *);
// Writes the help of one command, or of a group with its commands; `call->path` is its name.
enum status help_write_command(struct invocation *, const struct command *);
