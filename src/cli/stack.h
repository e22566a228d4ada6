// cli/stack.h
//
// A stack for commands. Documents nested to the limit use up to 1 MiB of it; a shell may limit the process to less.
#pragma once

struct command;

// Runs command_line_run, on a separate thread if the process's stack is smaller than that of kiln's other threads.
// Programs that the command starts end with this thread, which lives as long as the command. Returns the exit status.
int stack_run(int count, char **arguments, const struct command *const *commands);
