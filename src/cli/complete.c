// cli/complete.c
//
// `kustomize __complete WORDS… WORD`: prints the candidates for WORD, one per line, and a last line `:N` with
// directives for the shell. Scripts made by `kustomize completion` call this; kubectl calls it for plugins, by the name
// kubectl_complete-kiln. Called as kustomize, kiln leaves out flags that kustomize doesn't have.
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/process.h"
#include "cli/command.h"
#include "cli/complete_built.h"
#include "cli/options.h"
#include "cli/place.h"
#include "cli/terminal.h"

// The bits of the last line.
enum directive {
    DIRECTIVE_FILES = 0,  // if there is no candidate, complete files
    DIRECTIVE_NO_FILES = 1 << 2,
    DIRECTIVE_DIRECTORIES = 1 << 4,
};

struct candidate {
    const char *name, *description;  // NULL: none
};

struct completion {
    struct invocation *call;
    struct invocation inner;  // the call that is being completed
    const char *word;         // the word to complete
    bool described;
    const struct option *option;  // the option whose value the word is; NULL: none
    const char *unknown;          // an unknown flag whose value the word would be
    bool is_true_or_false;        // the word is the value of --help or --stack-trace
    struct options_seen seen;
    struct operands operands;
    struct {
        struct candidate *items;
        size_t count, capacity;
    } found;
    enum directive directive;
};

static void add(struct completion *completion, const char *name, const char *description)
{
    struct candidate candidate = {name, description};
    list_append(completion->call->arena, &completion->found, candidate);
}

static void add_if_begun(struct completion *completion, const char *name, const char *description)
{
    if (strncmp(name, completion->word, strlen(completion->word)) == 0)
        add(completion, name, description);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct candidate *)a)->name, ((const struct candidate *)b)->name);
}

static void sort(struct completion *completion)
{
    if (completion->found.count)
        qsort(completion->found.items, completion->found.count, sizeof *completion->found.items, by_name);
}

// --- Output.

static const char *directive_name(enum directive directive)
{
    return directive == DIRECTIVE_NO_FILES      ? "ShellCompDirectiveNoFileComp"
           : directive == DIRECTIVE_DIRECTORIES ? "ShellCompDirectiveFilterDirs"
                                                : "ShellCompDirectiveDefault";
}

static enum status write_answer(struct completion *completion)
{
    struct buffer text = {0};
    for (size_t i = 0; i < completion->found.count; i++) {
        const struct candidate *candidate = &completion->found.items[i];
        bool described = completion->described && candidate->description && *candidate->description;
        buffer_add_format(&text, "%s%s%s\n", candidate->name, described ? "\t" : "",
                          described ? candidate->description : "");
    }
    buffer_add_format(&text, ":%d\n", (int)completion->directive);
    enum status status = terminal_write_result(completion->call->diagnostics, buffer_slice(&text));
    buffer_free(&text);
    diagnose_notice(completion->call->diagnostics, "Completion ended with directive: %s",
                    directive_name(completion->directive));
    return status;
}

// The user only pressed a key, so errors are not shown unless they call the program directly.
static enum status give_up(struct completion *completion, const char *what, struct slice about)
{
    diagnostics_forget(completion->call->diagnostics, 0);
    diagnose_notice(completion->call->diagnostics, "[Debug] [Error] %s%.*s", what, SLICE_ARGS(about));
    completion->directive = DIRECTIVE_FILES;
    return write_answer(completion);
}

// "[a b]"
static struct slice words_text(struct arena *arena, const char *const *words, size_t count)
{
    struct buffer text = {0};
    buffer_add_byte(&text, '[');
    for (size_t i = 0; i < count; i++)
        buffer_add_format(&text, "%s%s", i ? " " : "", words[i]);
    buffer_add_byte(&text, ']');
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

// --- The option whose value the word is.

static bool is_everywhere(const char *flag)
{
    return strcmp(flag, "help") == 0 || strcmp(flag, "stack-trace") == 0 || strcmp(flag, "h") == 0;
}

static const struct option *find_flag(const struct command *command, const char *name)
{
    for (size_t i = 0; i < command->option_count; i++) {
        const struct option *option = &command->options[i];
        if (strcmp(option->name, name) == 0 || (option->letter && option->letter == name[0] && !name[1]))
            return option;
    }
    return NULL;
}

// The flag at the end of a word without `=`: everything after `--`, or the last letter.
static const char *last_flag(const char *word)
{
    return word[1] == '-' ? word + 2 : word + strlen(word) - 1;
}

static bool is_flag(const char *word)
{
    return word[0] == '-' && word[1] && (word[1] != '-' || word[2]);
}

static void find_value(struct completion *completion)
{
    struct invocation *inner = &completion->inner;
    const char *equals = completion->word[0] == '-' ? strchr(completion->word, '=') : NULL, *name = NULL;
    const char *before = inner->argument_count ? inner->arguments[inner->argument_count - 1] : "";
    if (equals)
        name = last_flag(arena_format(inner->arena, "%.*s", (int)(equals - completion->word), completion->word).data);
    else if (completion->word[0] != '-' && is_flag(before) && !strchr(before, '='))
        name = last_flag(before);
    if (!name || (!equals && is_everywhere(name)))
        return;
    completion->option = find_flag(inner->command, name);
    if (!completion->option && is_everywhere(name)) {
        completion->is_true_or_false = true;
    } else if (!completion->option) {
        completion->unknown = name;
    } else if (equals) {
        completion->word = equals + 1;
    } else if (!option_needs_value(completion->option)) {
        completion->option = NULL;
    } else {
        inner->argument_count--;
    }
}

// --- Candidates.

static void complete_place(struct completion *completion, enum place place, struct slice text)
{
    struct slice word, rest = place == PLACE_WORDS ? place_words(completion->call->arena, text) : (struct slice){0};
    completion->directive = place == PLACE_FILES || completion->call->as_kustomize ? DIRECTIVE_FILES
                            : place == PLACE_DIRECTORIES                           ? DIRECTIVE_DIRECTORIES
                                                                                   : DIRECTIVE_NO_FILES;
    while (rest.length) {
        slice_cut(rest, ' ', &word, &rest);
        if (word.length)
            add_if_begun(completion, arena_copy(completion->call->arena, word).data, NULL);
        completion->directive = DIRECTIVE_NO_FILES;
    }
}

static bool is_directory(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static void add_built(struct completion *completion, const struct built_names *names)
{
    completion->directive = DIRECTIVE_NO_FILES;
    for (size_t i = 0; i < names->count; i++)
        add_if_begun(completion, names->items[i].data, NULL);
}

// The directory named by a flag or the first operand.
static const char *built_directory(const struct completion *completion)
{
    const struct invocation *inner = &completion->inner;
    const struct operands *given = &completion->operands;
    const char *named = NULL;
    for (size_t i = 0; i + 1 < inner->argument_count && !named; i++) {
        bool takes_next = false;
        const struct option *option = option_find(inner->command, slice_from(inner->arguments[i]), &takes_next);
        if (option && option->letter == 'k' && takes_next)
            named = inner->arguments[i + 1];
    }
    return named ? named : given->count && is_directory(given->items[0]) ? given->items[0] : ".";
}

static void complete_resource(struct completion *completion)
{
    struct built_names names = {0};
    complete_resources(completion->call->arena, slice_from(built_directory(completion)), &names);
    add_built(completion, &names);
}

// `[DIR] KIND/NAME [FIELD]`. The first word is a directory unless the current one has resources.
static void complete_field(struct completion *completion)
{
    const struct operands *given = &completion->operands;
    const char *directory = built_directory(completion);
    size_t first = given->count && given->items[0] == directory;
    struct built_names names = {0};
    if (given->count == first) {
        complete_resource(completion);
        if (!completion->found.count && !given->count && strcmp(directory, ".") == 0)
            completion->directive = DIRECTIVE_DIRECTORIES;
    } else if (given->count == first + 1) {
        complete_fields(completion->call->arena, slice_from(directory), slice_from(given->items[first]), &names);
        add_built(completion, &names);
    } else {
        completion->directive = DIRECTIVE_NO_FILES;
    }
}

static void complete_value(struct completion *completion)
{
    const struct option *option = completion->option;
    struct slice text = option_value_text(completion->call->arena, option);
    completion->directive = DIRECTIVE_NO_FILES;
    if (!option->choices || option->instead) {
        // kustomize has no candidates here.
        enum place place = completion->call->as_kustomize ? PLACE_FILES : place_of(text);
        if (place == PLACE_OBJECTS)
            complete_resource(completion);
        else
            complete_place(completion, place, text);
        return;
    }
    for (const struct option_choice *choice = option->choices; choice->text; choice++)
        if (!choice->hidden)
            add(completion, choice->text, NULL);
    sort(completion);
}

static void add_flag(struct completion *completion, const char *name, char letter, const char *help)
{
    struct arena *arena = completion->call->arena;
    add_if_begun(completion, arena_format(arena, "--%s", name).data, help);
    if (letter)
        add_if_begun(completion, arena_format(arena, "-%c", letter).data, help);
}

static int by_option_name(const void *a, const void *b)
{
    return strcmp((*(const struct option *const *)a)->name, (*(const struct option *const *)b)->name);
}

static void complete_flags(struct completion *completion)
{
    static const struct option everywhere[] = {
        {.name = "help", .letter = 'h', .help = "print this help"},
        {.name = "stack-trace", .help = OPTION_STACK_TRACE_HELP},
    };
    const struct invocation *inner = &completion->inner;
    const struct command *command = inner->command;
    const struct option **shown = arena_array(inner->arena, const struct option *, command->option_count + 2);
    size_t count = 0;
    bool is_program = !*inner->path;
    for (size_t i = 0; i < command->option_count; i++) {
        const struct option *option = &command->options[i];
        if (option_is_shown(option, inner->as_kustomize) && (option->kind == OPTION_LIST || !completion->seen.given[i]))
            shown[count++] = option;
    }
    shown[count++] = &everywhere[0];
    if (is_program && !completion->seen.stack_trace)
        shown[count++] = &everywhere[1];
    qsort(shown, count, sizeof *shown, by_option_name);
    if (!is_program && !completion->seen.stack_trace)
        add_flag(completion, everywhere[1].name, 0, everywhere[1].help);
    for (size_t i = 0; i < count; i++)
        add_flag(completion, shown[i]->name, shown[i]->letter, shown[i]->help);
    completion->directive = DIRECTIVE_NO_FILES;
}

static void add_commands(struct completion *completion, const struct command *const *list)
{
    for (; list && *list; list++) {
        if ((*list)->hidden || ((*list)->is_extra && completion->call->as_kustomize))
            continue;
        add_if_begun(completion, (*list)->name, (*list)->summary);
        completion->directive = DIRECTIVE_NO_FILES;
    }
    sort(completion);
}

// The commands of a group that `help` accepts.
static void complete_help(struct completion *completion)
{
    struct invocation asked = completion->inner;
    const struct command *const *list = asked.commands;
    if (completion->operands.count) {
        bool found = command_resolve(&asked, completion->operands.items, completion->operands.count);
        diagnostics_forget(asked.diagnostics, 0);
        list = found && asked.command ? asked.command->commands : NULL;
    }
    add_commands(completion, list);
    completion->directive = DIRECTIVE_NO_FILES;
}

static void complete_operand(struct completion *completion)
{
    const struct invocation *inner = &completion->inner;
    const struct command *const *list = *inner->path ? inner->command->commands : inner->commands;
    struct slice operands = slice_from(inner->command->operands);
    bool is_first = !completion->operands.count;
    completion->directive = DIRECTIVE_FILES;
    if (strcmp(inner->path, "help") == 0) {
        complete_help(completion);
    } else if (list) {
        for (size_t i = 0; i < inner->command->option_count; i++)
            is_first = is_first && !completion->seen.given[i];
        add_commands(completion, is_first ? list : NULL);
    } else if (place_of(operands) == PLACE_FIELDS) {
        complete_field(completion);
    } else if (place_of(operands) == PLACE_WORDS ? is_first : !inner->as_kustomize) {
        complete_place(completion, place_of(operands), operands);
    }
}

// --- Commands of kubectl: kubectl completes whatever isn't a flag of kiln.

static bool is_for_kubectl(const struct completion *completion)
{
    const char *operands = completion->inner.command->operands;
    return operands && strstr(operands, "KUBECTL");
}

// kiln has the first flag itself, and refuses to combine it with the others.
static bool is_about_input(const char *text)
{
    static const char *const flags[] = {"--kustomize", "-k", "--filename", "-f", "--recursive", "-R"};
    size_t length = strcspn(text, "\t");
    for (size_t i = 0; i < countof(flags); i++)
        if (strlen(flags[i]) == length && strncmp(text, flags[i], length) == 0)
            return true;
    return false;
}

// Adds kubectl's candidates. The last line of its answer is the directive.
static void add_answer(struct completion *completion, struct slice answer)
{
    struct slice line;
    while (answer.length) {
        slice_cut(answer, '\n', &line, &answer);
        const char *text = arena_copy(completion->call->arena, line).data;
        if (text[0] == ':')
            completion->directive = (enum directive)atoi(text + 1);
        else if (text[0] && !is_about_input(text))
            add(completion, text, NULL);
    }
}

static void ask_kubectl(struct completion *completion)
{
    enum { SECONDS = 10 };
    const struct invocation *inner = &completion->inner;
    const char **words = arena_array(inner->arena, const char *, inner->argument_count + 5);
    size_t count = 0;
    words[count++] = "kubectl";
    words[count++] = "__complete";
    words[count++] = inner->command->name;
    for (size_t i = 0; i < inner->argument_count; i++) {
        bool takes_next = false;
        if (!option_find(inner->command, slice_from(inner->arguments[i]), &takes_next))
            words[count++] = inner->arguments[i];
        i += takes_next;
    }
    words[count++] = completion->word;
    words[count] = NULL;
    struct process_result result = {0};
    process_run(&(struct process_request){.arguments = words, .timeout_seconds = SECONDS}, &result);
    if (result.outcome == PROCESS_EXITED && result.status == 0)
        add_answer(completion, buffer_slice(&result.output));
    process_result_free(&result);
}

static void complete_for_kubectl(struct completion *completion)
{
    struct invocation *inner = &completion->inner;
    completion->seen.given = arena_array(inner->arena, bool, inner->command->option_count + 1);
    bool follows_flag = inner->argument_count && is_flag(inner->arguments[inner->argument_count - 1]);
    if (completion->option) {
        complete_value(completion);
        return;
    }
    completion->directive = DIRECTIVE_NO_FILES;
    if (completion->word[0] == '-' && !completion->unknown)
        complete_flags(completion);
    if (completion->word[0] == '-' || follows_flag)
        ask_kubectl(completion);
}

// --- The command.

static enum status complete_command(struct completion *completion)
{
    static const struct command program = {.name = ""};
    struct invocation *inner = &completion->inner;
    struct arena *arena = inner->arena;
    if (!command_find_words(inner))
        return give_up(completion, "unable to find a command for arguments: ",
                       words_text(arena, completion->call->arguments, completion->call->argument_count - 1));
    if (!inner->command)
        inner->command = &program;
    find_value(completion);
    if (is_for_kubectl(completion)) {
        complete_for_kubectl(completion);
        return write_answer(completion);
    }
    completion->seen.given = arena_array(arena, bool, inner->command->option_count + 1);
    if (options_scan(inner, &completion->operands, &completion->seen) == OPTIONS_WRONG) {
        const struct diagnostics *diagnostics = inner->diagnostics;
        struct slice words = words_text(arena, inner->arguments, inner->argument_count);
        struct slice phrase = diagnostics->count ? diagnostics->items[diagnostics->count - 1].phrase
                                                 : (struct slice){0};
        return give_up(completion, "Error while parsing flags from args ",
                       arena_format(arena, "%.*s: %.*s", SLICE_ARGS(words), SLICE_ARGS(phrase)));
    }
    if (completion->unknown && !completion->seen.flags_ended)
        return give_up(completion, "",
                       arena_format(arena, "Subcommand '%s' does not support flag '%s'",
                                    *inner->path ? inner->command->name : inner->program, completion->unknown));
    bool is_flag_name = !completion->option && completion->word[0] == '-' && !strchr(completion->word, '=');
    if (completion->seen.help)
        completion->directive = DIRECTIVE_NO_FILES;
    else if (completion->is_true_or_false)
        completion->directive = DIRECTIVE_FILES;
    else if (completion->option && !completion->seen.flags_ended)
        complete_value(completion);
    else if (is_flag_name && !completion->seen.flags_ended)
        complete_flags(completion);
    else
        complete_operand(completion);
    return write_answer(completion);
}

static enum status complete(struct invocation *call, bool described)
{
    if (!call->argument_count) {
        diagnose(call->diagnostics, (struct position){0}, "%s requires the word to complete, which may be empty",
                 call->path);
        diagnose_phrase(call->diagnostics, "requires at least 1 arg(s), only received 0");
        return STATUS_USAGE;
    }
    struct completion completion = {
        .call = call,
        .inner = *call,
        .word = call->arguments[call->argument_count - 1],
        .described = described,
    };
    completion.inner.command = NULL;
    completion.inner.path = "";
    completion.inner.argument_count--;
    return complete_command(&completion);
}

static enum status run(struct invocation *call)
{
    return complete(call, true);
}

static enum status run_bare(struct invocation *call)
{
    return complete(call, false);
}

const struct command complete_command_line_command = {
    .name = "__complete",
    .operands = "WORD…",
    .summary = "list what the last word may become, and what it means",
    .hidden = true,
    .run = run,
};

const struct command complete_bare_command = {
    .name = "__completeNoDesc",
    .operands = "WORD…",
    .summary = "list what the last word may become",
    .hidden = true,
    .run = run_bare,
};
