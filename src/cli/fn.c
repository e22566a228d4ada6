// cli/fn.c
//
// `kiln fn COMMAND`: runs functions on the files of a directory.
#include <stddef.h>

#include "cli/command.h"

extern const struct command fn_run_command;

static const struct command *const fn_commands[] = {&fn_run_command, NULL};

const struct command fn_command = {
    .name = "fn",
    .summary = "run functions on the files of a directory",
    .commands = fn_commands,
};
