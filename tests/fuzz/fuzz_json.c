// tests/fuzz/fuzz_json.c
//
// Reads any bytes as JSON: jansson and the strict reader must agree.
#include "tests/json_referee.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (referee_judge((struct slice){(const char *)data, size}))
        abort();
    return 0;
}
