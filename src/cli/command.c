#include "cli/command.h"

#include <string.h>

#include "cli/help.h"
#include "cli/terminal.h"

#define COMMAND(name) extern const struct command name##_command;
#include "cli/registry.h"
#undef COMMAND

#define COMMAND(name) &name##_command,
const struct command *const commands[] = {
#include "cli/registry.h"
    NULL,
};
#undef COMMAND

const struct command *command_find(struct invocation *call, const char *name)
{
    struct {
        struct slice *items;
        size_t count, capacity;
    } names = {0};
    for (const struct command *const *command = call->commands; *command; command++) {
        if (strcmp((*command)->name, name) == 0)
            return *command;
        list_append(call->arena, &names, slice_from((*command)->name));
    }
    diagnose(call->diagnostics, (struct position){0}, "there is no command '%s'", name);
    struct slice nearest = nearest_text(slice_from(name), names.items, names.count);
    if (nearest.length)
        diagnose_hint(call->diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
    else
        diagnose_hint(call->diagnostics, "'kiln help' lists the commands");
    return NULL;
}

static bool is_one_of(const char *text, const char *a, const char *b)
{
    return strcmp(text, a) == 0 || strcmp(text, b) == 0;
}

// Flags before a command: there are only these.
static const char *command_of_flag(const char *flag)
{
    if (is_one_of(flag, "-h", "--help"))
        return "help";
    return strcmp(flag, "--version") == 0 ? "version" : flag;
}

static enum status run(struct invocation *call, int count, char **arguments)
{
    if (count < 2)
        return help_write_overview(call);
    const char *name = command_of_flag(arguments[1]);
    if (name[0] == '-') {
        diagnose(call->diagnostics, (struct position){0}, "there is no flag '%s' before a command", name);
        diagnose_hint(call->diagnostics, "flags follow the command, as in 'kiln build DIR %s'", name);
        return STATUS_USAGE;
    }
    call->command = command_find(call, name);
    return call->command ? call->command->run(call) : STATUS_USAGE;
}

enum status command_line_run(int count, char **arguments, const struct command *const *list)
{
    const char *path = count > 0 ? arguments[0] : "kiln";
    const char *slash = strrchr(path, '/');
    const char *program = slash ? slash + 1 : path;
    struct arena arena = {0};
    struct diagnostics diagnostics;
    diagnostics_init(&diagnostics, &arena, NULL);
    struct invocation call = {
        .commands = list,
        .arguments = (const char *const *)arguments + (count < 2 ? count : 2),
        .argument_count = count < 2 ? 0 : (size_t)count - 2,
        .as_kustomize = strncmp(program, "kustomize", 9) == 0,
        .arena = &arena,
        .diagnostics = &diagnostics,
    };
    enum status status = run(&call, count, arguments);
    terminal_report(&diagnostics);
    arena_free(&arena);
    return status;
}
