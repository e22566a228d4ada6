// main.c
//
// The program's entry point. The commands are in src/cli.
#include "cli/command.h"
#include "cli/signals.h"
#include "cli/stack.h"

int main(int count, char **arguments)
{
    signals_watch();
    return stack_run(count, arguments, commands);
}
