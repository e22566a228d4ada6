// cli/manual.h
//
// The manual page kiln(1), from the tables that help is made from.
#pragma once

#include "cli/command.h"

// Prints it as man reads it.
enum status manual_write(struct invocation *);
