#include "base/fatal.h"

#include <stdlib.h>

#include "base/recovery.h"

static void (*end_process)(void) = abort;

void fatal_end_by(void (*end)(void))
{
    end_process = end;
}

void fatal_out_of_memory(void)
{
    recovery_jump();
    end_process();
    abort();
}
