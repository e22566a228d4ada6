#include "cli/help.h"

#include <string.h>

#include "cli/options.h"
#include "cli/terminal.h"

static enum status write_and_free(struct invocation *call, struct buffer *text)
{
    enum status status = terminal_write_result(call->diagnostics, buffer_slice(text));
    buffer_free(text);
    return status;
}

static void list_commands(const struct command *const *list, struct buffer *text)
{
    size_t width = 0;
    for (const struct command *const *command = list; *command; command++)
        width = strlen((*command)->name) > width ? strlen((*command)->name) : width;
    width = width < 10 ? 12 : width + 2;
    for (const struct command *const *command = list; *command; command++)
        buffer_add_format(text, "  %-*s%s\n", (int)width, (*command)->name, (*command)->summary);
}

enum status help_write_overview(struct invocation *call)
{
    struct buffer text = {0};
    buffer_add_text(&text, "kiln builds Kubernetes manifests from kustomizations.\n\n"
                           "Usage:\n  kiln COMMAND [ARGUMENTS]\n\nCommands:\n");
    list_commands(call->commands, &text);
    buffer_add_text(&text, "\nExamples:\n"
                           "  kiln build examples/wordpress\n"
                           "  kiln build overlays/prod | kubectl apply -f -\n\n"
                           "'kiln help COMMAND' or 'kiln COMMAND --help' says more.\n");
    return write_and_free(call, &text);
}

enum status help_write_command(struct invocation *call, const struct command *command)
{
    struct buffer text = {0};
    const char *path = call->path;
    buffer_add_format(&text, "kiln %s: %s\n\nUsage:\n  kiln %s", path, command->summary, path);
    if (command->commands) {
        buffer_add_text(&text, " COMMAND [ARGUMENTS]\n\nCommands:\n");
        list_commands(command->commands, &text);
        buffer_add_format(&text, "\n'kiln %s COMMAND --help' says more.\n", path);
        return write_and_free(call, &text);
    }
    if (command->operands)
        buffer_add_format(&text, " %s", command->operands);
    buffer_add_text(&text, command->option_count ? " [FLAGS]\n" : "\n");
    if (command->description)
        buffer_add_format(&text, "\n%s", command->description);
    if (command->examples)
        buffer_add_format(&text, "\nExamples:\n%s", command->examples);
    buffer_add_text(&text, "\nFlags:\n");
    options_describe(command, &text);
    return write_and_free(call, &text);
}

static enum status run(struct invocation *call)
{
    struct operands operands = {0};
    enum options_outcome outcome = options_parse(call, NULL, &operands);
    if (outcome == OPTIONS_WRONG)
        return STATUS_USAGE;
    if (outcome == OPTIONS_HELP || operands.count == 0)
        return help_write_overview(call);
    size_t used;
    if (!command_resolve(call, operands.items, operands.count, &used))
        return STATUS_USAGE;
    return help_write_command(call, call->command);
}

const struct command help_command = {
    .name = "help",
    .operands = "[COMMAND]",
    .summary = "explain kiln or one of its commands",
    .examples = "  kiln help build\n",
    .run = run,
};
