// tests/main.c
//
// The test program: `kiln-tests [SUITE…]` runs the unit tests, `kiln-tests --golden [--update] [NAME…]` the golden
// builds. Both run in the checkout. The last line is `N passed, M failed, K skipped`.
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/golden.h"
#include "tests/golden_commands.h"

struct suite {
    const char *name;
    int (*run)(void);
};

#define SUITE(name) {#name, test_##name},
static const struct suite suites[] = {
#include "tests/suites.h"
    {NULL, NULL},
};
#undef SUITE

static bool is_wanted(const char *name, int count, char **wanted)
{
    for (int i = 0; i < count; i++)
        if (strcmp(wanted[i], name) == 0)
            return true;
    return count == 0;
}

int main(int count, char **arguments)
{
    // Tests run it in other directories, so make its path absolute.
    const char *program = test_program_or_null();
    if (program)
        setenv("KILN", program, 1);
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (count > 1 && strcmp(arguments[1], "--golden") == 0) {
        golden_run(count - 2, arguments + 2, &test_totals);
        golden_commands_run(count - 2, arguments + 2, &test_totals);
    } else {
        for (const struct suite *suite = suites; suite->name; suite++)
            if (is_wanted(suite->name, count - 1, arguments + 1))
                suite->run();
    }
    printf("%zu passed, %zu failed, %zu skipped\n", test_totals.passed, test_totals.failed, test_totals.skipped);
    return test_totals.failed > 0;
}
