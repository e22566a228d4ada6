#include "base/fatal.h"

#include <unistd.h>

#include "base/interrupt.h"

void fatal_out_of_memory(void)
{
    static const char message[] = "kiln: out of memory\n";
    interrupt_clean();
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0)
        _exit(1);
    _exit(1);
}
