// cli/manual.h
//
// The manual page kiln(1), made from the same tables as the help.
#pragma once

#include "cli/command.h"

// Prints it in man format.
enum status manual_write(struct invocation *);
