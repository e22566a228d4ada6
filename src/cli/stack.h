// cli/stack.h
//
// A stack for commands. Documents nested to the limit take up to 1 MiB of it; a shell may have left the process less.
#pragma once

struct command;

// Runs command_line_run, on a thread of its own if the process has a smaller stack than any other thread of kiln's.
// What the command starts ends with this thread, which lives as long as the command. The exit status.
int stack_run(int count, char **arguments, const struct command *const *commands);
