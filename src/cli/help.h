// cli/help.h
//
// The text of `--help`, made from the tables of commands and options.
#pragma once

#include "cli/command.h"

// All commands.
enum status help_write_overview(struct invocation *);
// One command with its flags and examples, or a group with its commands; `call->path` is what it is called.
enum status help_write_command(struct invocation *, const struct command *);
