#include "base/fatal.h"

#include <stdlib.h>

static void (*end_process)(void) = abort;

void fatal_end_by(void (*end)(void))
{
    end_process = end;
}

void fatal_out_of_memory(void)
{
    end_process();
    abort();
}
