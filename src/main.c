// main.c
//
// The program's name and the table of commands; all else stands in src/cli.
#include "cli/command.h"

int main(int count, char **arguments)
{
    return command_line_run(count, arguments, commands);
}
