#include "cli/version.h"

#include "cli/command.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/terminal.h"

static enum status run(struct invocation *call)
{
    struct operands operands = {0};
    switch (options_parse(call, NULL, &operands)) {
    case OPTIONS_WRONG:
        return STATUS_USAGE;
    case OPTIONS_HELP:
        return help_write_command(call, call->command);
    case OPTIONS_PARSED:
        break;
    }
    return terminal_write_result(call->diagnostics, slice_literal("kiln " KILN_VERSION "\n"));
}

const struct command version_command = {
    .name = "version",
    .summary = "print the version",
    .examples = "  kiln version\n",
    .run = run,
};
