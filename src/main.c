// main.c
//
// The program's name and the table of commands; all else stands in src/cli.
#include "cli/command.h"
#include "cli/signals.h"

int main(int count, char **arguments)
{
    signals_watch();
    return command_line_run(count, arguments, commands);
}
