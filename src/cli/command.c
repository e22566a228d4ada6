#include "cli/command.h"

#include <string.h>
#include <sys/stat.h>

#include "base/secrets.h"
#include "base/shown.h"
#include "base/word_list.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "repository/session.h"

#define COMMAND(name) extern const struct command name##_command;
#include "cli/registry.h"
#undef COMMAND

#define COMMAND(name) &name##_command,
const struct command *const commands[] = {
#include "cli/registry.h"
    NULL,
};
#undef COMMAND

static bool is_one_of(const char *text, const char *a, const char *b)
{
    return strcmp(text, a) == 0 || strcmp(text, b) == 0;
}

// Called as kustomize, kiln uses kustomize's words, which scripts may search for.
static void unknown_to_kustomize(struct invocation *call, const struct command *const *list, const char *name)
{
    enum { NEAR = 2 };
    diagnose_notice(call->diagnostics, "Error: unknown command \"%s\" for \"kustomize\"", name);
    bool first = true;
    for (const struct command *const *command = list; *command; command++) {
        struct slice candidate = slice_from((*command)->name), start = slice_part(candidate, 0, strlen(name));
        bool near = slice_edit_distance(slice_from(name), candidate, NEAR) <= NEAR ||
                    slice_equal_ignoring_case(start, slice_from(name));
        if ((*command)->hidden || !near)
            continue;
        if (first)
            diagnose_notice(call->diagnostics, "\nDid you mean this?");
        diagnose_notice(call->diagnostics, "\t%s", (*command)->name);
        first = false;
    }
    if (!first)
        diagnose_notice(call->diagnostics, "\nRun 'kustomize --help' for usage.");
    else
        diagnose_notice(call->diagnostics, "Run 'kustomize --help' for usage.");
}

enum { LISTED_MAX = 16 };

// The first group of `list` that has the command: `apply` is one of `kubectl`, `set` of `edit`.
static const char *group_with_command(const struct command *const *list, const char *name)
{
    for (; *list; list++)
        for (const struct command *const *inner = (*list)->commands; inner && *inner; inner++)
            if (strcmp((*inner)->name, name) == 0)
                return (*list)->name;
    return NULL;
}

// The command that people call by this name.
static const struct command *command_mistaken(const struct command *const *list, struct slice name)
{
    for (; *list; list++)
        if (slice_has_word((*list)->mistaken_for, name))
            return *list;
    return NULL;
}

static bool is_directory(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

const struct command *command_find(struct invocation *call, const struct command *const *list, const char *group,
                                   const char *name)
{
    struct {
        struct slice *items;
        size_t count, capacity;
    } names = {0};
    for (const struct command *const *command = list; *command; command++) {
        const char *alias = (*command)->alias;
        if (strcmp((*command)->name, name) == 0 || (alias && strcmp(alias, name) == 0))
            return *command;
        if (!(*command)->hidden || (*command)->topic)
            list_append(call->arena, &names, slice_from((*command)->name));
    }
    if (call->as_kustomize) {
        unknown_to_kustomize(call, list, name);
        return NULL;
    }
    const char *space = *group ? " " : "";
    diagnose(call->diagnostics, (struct position){0}, "unknown command '%s%s%s'", group, space, name);
    struct slice nearest = nearest_text(slice_from(name), names.items, names.count);
    const char *owner = group_with_command(list, name);
    const struct command *meant = command_mistaken(list, slice_from(name));
    if (owner)
        diagnose_hint(call->diagnostics, "did you mean '%s%s%s %s %s'?", call->program, space, group, owner, name);
    else if (meant)
        diagnose_hint(call->diagnostics, "did you mean '%s%s%s'?", group, space, meant->name);
    else if (!*group && is_directory(name))
        diagnose_hint(call->diagnostics, "run '%s build %s' to build the directory", call->program, name);
    else if (nearest.length)
        diagnose_hint(call->diagnostics, "did you mean '%s%s%.*s'?", group, space, SLICE_ARGS(nearest));
    else if (*group && names.count <= LISTED_MAX)
        diagnose_hint(call->diagnostics, "use %.*s",
                      SLICE_ARGS(word_list(call->arena, names.items, names.count, LISTED_MAX, "or")));
    else
        diagnose_hint(call->diagnostics, "run '%s help%s%s' to list the commands", call->program, space, group);
    return NULL;
}

static bool has_command(const struct command *const *list, const char *name)
{
    for (; *list; list++)
        if (is_one_of(name, (*list)->name, (*list)->alias ? (*list)->alias : (*list)->name))
            return true;
    return false;
}

static void enter(struct invocation *call, const struct command *found)
{
    call->command = found;
    call->path = arena_format(call->arena, "%s%s%s", call->path, *call->path ? " " : "", found->name).data;
}

// kustomize prints a group's help if an unknown word comes after the group.
static bool is_question(const struct invocation *call, const struct command *const *list, const char *word)
{
    return call->as_kustomize && call->command && !has_command(list, word);
}

bool command_resolve(struct invocation *call, const char *const *words, size_t count)
{
    const struct command *const *list = call->commands;
    call->command = NULL;
    call->path = "";
    for (size_t i = 0; list && i < count && words[i][0] != '-' && !is_question(call, list, words[i]); i++) {
        const struct command *found = command_find(call, list, call->path, words[i]);
        if (!found)
            return false;
        enter(call, found);
        list = found->commands;
    }
    return true;
}

// Whether a flag before the command takes a value is unknown. Scripts rely on kustomize's guess: it takes the next word
// unless it contains a value. kustomize makes the same guess for --help, too.
static bool takes_next_word(const struct invocation *call, const char *word)
{
    bool is_long = word[1] == '-';
    if (strchr(word, '=') || (is_long ? strcmp(word, "--stack-trace") == 0 : strlen(word) != 2))
        return false;
    return call->as_kustomize || !(is_one_of(word, "-h", "--help") || strcmp(word, "--version") == 0);
}

// The index of the argument that may be the next command; the number of arguments if there is none.
static size_t next_word(const struct invocation *call)
{
    size_t count = call->argument_count;
    for (size_t i = 0; i < count; i++) {
        const char *word = call->arguments[i];
        if (strcmp(word, "--") == 0)
            return count;
        if (word[0] == '-') {
            if (!takes_next_word(call, word))
                continue;
            if (count - i <= 2)
                return count;
            i++;
        } else if (word[0]) {
            return i;
        }
    }
    return count;
}

static void remove_argument(struct invocation *call, size_t at)
{
    const char **rest = arena_array(call->arena, const char *, call->argument_count);
    for (size_t i = 0, count = 0; i < call->argument_count; i++)
        if (i != at)
            rest[count++] = call->arguments[i];
    call->arguments = rest;
    call->argument_count--;
}

bool command_find_words(struct invocation *call)
{
    const struct command *const *list = call->commands;
    while (list) {
        size_t at = next_word(call);
        if (at == call->argument_count || is_question(call, list, call->arguments[at]))
            return true;
        const struct command *found = command_find(call, list, call->path, call->arguments[at]);
        if (!found)
            return false;
        enter(call, found);
        if (at)
            remove_argument(call, at);
        else
            call->arguments++, call->argument_count--;
        list = found->commands;
    }
    return true;
}

bool command_start(struct invocation *call, void *settings, struct operands *operands, enum status *status)
{
    enum options_outcome outcome = options_parse(call, settings, operands);
    *status = outcome == OPTIONS_HELP ? help_write_command(call, call->command) : STATUS_USAGE;
    return outcome == OPTIONS_PARSED;
}

bool command_check_operands(struct invocation *call, const struct operands *operands, size_t least, size_t most,
                            const char *wanted)
{
    return (operands->count >= least && operands->count <= most) ||
           diagnose(call->diagnostics, (struct position){0}, "%s: expected %s, found %zu", call->path, wanted,
                    operands->count);
}

static void declare_secret(void *sources, struct slice secret)
{
    secrets_declare(sources, secret);
}

static struct build *begin_build(const struct invocation *call, struct build *build)
{
    for (size_t i = 0; i < call->argument_count; i++)
        shown_find_url_secrets(slice_from(call->arguments[i]), declare_secret, &build->sources);
    build->diagnostics.lead = call->diagnostics->lead;
    memory_budget_enter(&build->memory);
    terminal_watch(&build->diagnostics);
    return build;
}

struct build *command_build_new(const struct invocation *call)
{
    return begin_build(call, build_new());
}

void command_build_end(struct build *build)
{
    terminal_report(&build->diagnostics);
    build_free(build);
}

struct build *command_session_build_new(const struct invocation *call, struct session *session)
{
    return begin_build(call, session_build_new(session));
}

void command_session_build_end(struct session *session, struct build *build)
{
    terminal_report(&build->diagnostics);
    session_build_free(session, build);
}

// A group without a command prints its help.
static enum status run_group(struct invocation *call)
{
    struct operands operands = {0};
    enum status status;
    return command_start(call, NULL, &operands, &status) ? help_write_command(call, call->command) : status;
}

// kiln without a command prints its help.
static enum status run_program(struct invocation *call)
{
    static const struct command program = {.name = ""};
    struct operands operands = {0};
    if (!call->as_kustomize && call->argument_count && strcmp(call->arguments[0], "--version") == 0) {
        enter(call, command_find(call, call->commands, "", "version"));
        call->arguments++, call->argument_count--;
        return call->command->run(call);
    }
    call->command = &program;
    return options_parse(call, NULL, &operands) == OPTIONS_WRONG ? STATUS_USAGE : help_write_overview(call);
}

static enum status run(struct invocation *call)
{
    if (!command_find_words(call))
        return STATUS_USAGE;
    if (!call->command)
        return run_program(call);
    return call->command->run ? call->command->run(call) : run_group(call);
}

// The name that kiln was called by. A wheel has no links, so its scripts give the name of a plugin as the first word.
static const char *take_program_name(int *count, char ***arguments)
{
    if (*count == 0)
        return "kiln";
    const char *slash = strrchr(**arguments, '/');
    const char *name = slash ? slash + 1 : **arguments;
    ++*arguments, --*count;
    if (*count == 0 || strcmp(name, "kiln") != 0 || !is_one_of(**arguments, "kubectl-kiln", "kubectl_complete-kiln"))
        return name;
    --*count;
    return *(*arguments)++;
}

struct slice command_usage(struct arena *arena, const struct command *command)
{
    // Arguments after `--` come last.
    const char *operands = command->operands ? command->operands : "", *rest = strstr(operands, " [--");
    size_t length = rest ? (size_t)(rest - operands) : strlen(operands);
    return arena_format(arena, "%s%.*s%s%s%s%s", length ? " " : "", (int)length, operands, command->needs ? " " : "",
                        command->needs ? command->needs : "", command->option_count ? " [FLAGS]" : "",
                        rest ? rest : "");
}

enum status command_line_run(int count, char **arguments, const struct command *const *list)
{
    const char *program = take_program_name(&count, &arguments);
    struct arena arena = {0};
    struct diagnostics diagnostics;
    diagnostics_init(&diagnostics, &arena, NULL);
    // kubectl finds plugins by file name; a `-` within a word of the name must be `_`.
    bool as_plugin = is_one_of(program, "kubectl-kiln", "kubectl_kiln");
    // kubectl calls the third name for completions.
    bool completes = strcmp(program, "kubectl_complete-kiln") == 0;
    bool as_kustomize = strncmp(program, "kustomize", strlen("kustomize")) == 0;
    struct invocation call = {
        .commands = as_plugin || completes ? kubectl_plugin_commands : list,
        .program = as_plugin || completes ? "kubectl kiln"
                   : as_kustomize         ? "kustomize"
                                          : "kiln",
        .path = "",
        .arguments = (const char *const *)arguments,
        .argument_count = (size_t)count,
        .as_kustomize = as_kustomize,
        .as_plugin = as_plugin || completes,
        .arena = &arena,
        .diagnostics = &diagnostics,
    };
    diagnostics.lead = as_kustomize ? "" : NULL;
    enum status status = completes ? complete_command_line_command.run(&call) : run(&call);
    if (status == STATUS_USAGE && call.as_kustomize)
        status = STATUS_FAILED;  // kustomize has no other
    terminal_report(&diagnostics);
    arena_free(&arena);
    return status;
}
