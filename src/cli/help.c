#include "cli/help.h"

#include <string.h>
#include <unistd.h>

#include "cli/manual.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "cli/wrap.h"

static enum status write_and_free(struct invocation *call, struct buffer *text)
{
    size_t columns = terminal_columns(STDOUT_FILENO);
    struct buffer wrapped = {0};
    if (columns)
        wrap_text(buffer_slice(text), columns, &wrapped);
    enum status status = terminal_write_result(call->diagnostics, buffer_slice(columns ? &wrapped : text));
    buffer_free(&wrapped);
    buffer_free(text);
    return status;
}

static bool is_listed(const struct command *command, bool topics)
{
    return topics ? command->topic != NULL : !command->hidden;
}

static void list_entries(const struct command *const *list, bool topics, struct buffer *text)
{
    size_t width = 0;
    for (const struct command *const *command = list; *command; command++)
        if (is_listed(*command, topics) && strlen((*command)->name) > width)
            width = strlen((*command)->name);
    width = width < 10 ? 12 : width + 2;
    for (const struct command *const *command = list; *command; command++)
        if (is_listed(*command, topics))
            buffer_add_format(text, "  %-*s%s\n", (int)width, (*command)->name, (*command)->summary);
}

static void list_commands(const struct command *const *list, struct buffer *text)
{
    list_entries(list, false, text);
}

static bool is_command(const struct command *const *list, struct slice word)
{
    for (; *list; list++)
        if (slice_equals(word, (*list)->name))
            return true;
    return false;
}

static bool is_plugin(const struct invocation *call)
{
    return call->commands == kubectl_plugin_commands;
}

// Replaces `kiln` in commands with the name that the program was called by, if `renames`.
static void add_renamed(struct invocation *call, const char *text, bool renames, struct buffer *out)
{
    static const struct slice own = {"kiln ", 5};
    struct slice rest = slice_from(text);
    for (size_t at; renames && (at = slice_find(rest, own)) != SLICE_NOT_FOUND;) {
        struct slice after = slice_from_index(rest, at + own.length);
        buffer_add_slice(out, slice_part(rest, 0, at));
        if (is_plugin(call) && slice_starts_with(after, slice_literal("kubectl ")))
            after = slice_from_index(after, strlen("kubectl "));
        bool called = is_command(call->commands, slice_part(after, 0, strcspn(after.data, " \n`'")));
        buffer_add_format(out, "%s ", called ? call->program : "kiln");
        rest = after;
    }
    buffer_add_slice(out, rest);
}

static void add_named(struct invocation *call, const char *text, struct buffer *out)
{
    add_renamed(call, text, call->as_kustomize, out);
}

// The plugin of kubectl shows `kubectl kiln apply` for `kiln kubectl apply`.
static void add_examples(struct invocation *call, const char *text, struct buffer *out)
{
    buffer_add_text(out, "\nExamples:\n");
    add_renamed(call, text, call->as_kustomize || is_plugin(call), out);
}

enum status help_write_overview(struct invocation *call)
{
    struct buffer text = {0};
    buffer_add_format(&text,
                      "kiln builds Kubernetes manifests from kustomizations.\n\n"
                      "Usage:\n  %s COMMAND [ARGUMENTS]\n\nCommands:\n",
                      call->program);
    list_commands(call->commands, &text);
    if (!is_plugin(call)) {
        buffer_add_text(&text, "\nTopics:\n");
        list_entries(call->commands, true, &text);
    }
    add_examples(call,
                 is_plugin(call) ? "  kiln kubectl diff -k overlays/prod\n"
                                   "  kiln kubectl apply -k overlays/prod\n"
                                 : "  kiln build examples/wordpress\n"
                                   "  kiln build overlays/prod | kubectl apply -f -\n",
                 &text);
    buffer_add_format(&text, "\nRun '%s help COMMAND' or '%s COMMAND --help' for more.\n", call->program,
                      call->program);
    return write_and_free(call, &text);
}

enum status help_write_command(struct invocation *call, const struct command *command)
{
    struct buffer text = {0};
    const char *path = call->path;
    if (command->topic) {
        add_named(call, command->topic, &text);
        return write_and_free(call, &text);
    }
    buffer_add_format(&text, "%s %s: %s\n\nUsage:\n  %s %s", call->program, path, command->summary, call->program,
                      path);
    if (command->commands) {
        buffer_add_text(&text, " COMMAND [ARGUMENTS]\n");
        if (command->description) {
            buffer_add_byte(&text, '\n');
            add_named(call, command->description, &text);
        }
        buffer_add_text(&text, "\nCommands:\n");
        list_commands(command->commands, &text);
        if (command->examples)
            add_examples(call, command->examples, &text);
        buffer_add_format(&text, "\nRun '%s %s COMMAND --help' for more.\n", call->program, path);
        return write_and_free(call, &text);
    }
    buffer_add_slice(&text, command_usage(call->arena, command));
    buffer_add_byte(&text, '\n');
    if (command->description) {
        buffer_add_byte(&text, '\n');
        add_named(call, command->description, &text);
    }
    if (command->examples)
        add_examples(call, command->examples, &text);
    buffer_add_text(&text, "\nFlags:\n");
    options_describe(command, &text);
    options_describe_stack_trace(&text);
    return write_and_free(call, &text);
}

struct settings {
    bool man;
};

static const struct option options[] = {
    {.name = "man",
     .is_extra = true,
     .kind = OPTION_BOOL,
     .offset = offsetof(struct settings, man),
     .help = "print a manual page of all commands, in man format"},
};

// In kustomize, this isn't an error.
static enum status unknown_topic(struct invocation *call, const struct operands *words)
{
    struct slice text = {0};
    for (size_t i = 0; i < words->count; i++)
        text = arena_format(call->arena, "%.*s%s`%s`", SLICE_ARGS(text), i ? " " : "", words->items[i]);
    diagnostics_forget(call->diagnostics, 0);
    diagnose_notice(call->diagnostics, "Unknown help topic [%.*s]", SLICE_ARGS(text));
    return STATUS_DONE;
}

static enum status run(struct invocation *call)
{
    struct settings settings = {0};
    struct operands operands = {0};
    enum options_outcome outcome = options_parse(call, &settings, &operands);
    if (outcome == OPTIONS_WRONG)
        return STATUS_USAGE;
    if (outcome == OPTIONS_PARSED && settings.man)
        return manual_write(call);
    if (outcome == OPTIONS_HELP || operands.count == 0)
        return help_write_overview(call);
    if (!command_resolve(call, operands.items, operands.count))
        return call->as_kustomize ? unknown_topic(call, &operands) : STATUS_USAGE;
    return help_write_command(call, call->command);
}

const struct command help_command = {
    .name = "help",
    .operands = "[COMMAND]",
    .summary = "explain kiln or one of its commands",
    .examples = "  kiln help build\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
