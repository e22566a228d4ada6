#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/word_list.h"

struct parse {
    struct invocation *call;
    char *settings;
    struct operands *operands;
    size_t next;  // the next argument to read
    bool help;
    struct options_seen *seen;  // NULL: not needed
};

static const char *command_path(const struct invocation *call)
{
    return call->path ? call->path : call->command->name;
}

static const struct option *find_long(const struct command *command, struct slice name)
{
    for (size_t i = 0; i < command->option_count; i++)
        if (slice_equals(name, command->options[i].name))
            return &command->options[i];
    return NULL;
}

static const struct option *find_letter(const struct command *command, char letter)
{
    for (size_t i = 0; i < command->option_count; i++)
        if (letter && command->options[i].letter == letter)
            return &command->options[i];
    return NULL;
}

const struct option *option_find(const struct command *command, struct slice word, bool *takes_next)
{
    if (word.length < 2 || word.data[0] != '-')
        return NULL;
    struct slice flag, value;
    bool is_long = word.data[1] == '-', has_value = is_long ? slice_cut(word, '=', &flag, &value) : word.length > 2;
    const struct option *option = is_long ? find_long(command, slice_from_index(flag, 2))
                                          : find_letter(command, word.data[1]);
    *takes_next = option && option_needs_value(option) && !has_value;
    return option;
}

// Without a command, only --help and --stack-trace exist.
static bool unknown_of_program(struct parse *parse, struct slice flag)
{
    diagnose(parse->call->diagnostics, (struct position){0}, "expected a command before '%.*s'", SLICE_ARGS(flag));
    if (slice_equals(flag, "-k") || slice_equals(flag, "--kustomize"))
        diagnose_hint(parse->call->diagnostics, "did you mean '%s build DIR'?", parse->call->program);
    else
        diagnose_hint(parse->call->diagnostics, "run '%s --help' to list the commands", parse->call->program);
    return flag.data[1] == '-' ? diagnose_phrase(parse->call->diagnostics, "unknown flag: %.*s", SLICE_ARGS(flag))
                               : diagnose_phrase(parse->call->diagnostics, "unknown shorthand flag: '%c' in %.*s",
                                                 flag.data[1], SLICE_ARGS(flag));
}

// The first command that has the flag; NULL: none.
static const struct command *command_with(const struct invocation *call, struct slice name)
{
    const struct command *const *list = call->as_kustomize ? NULL : call->commands;
    for (; list && *list; list++)
        if (!(*list)->hidden && find_long(*list, name))
            return *list;
    return NULL;
}

// For a flag of another program, such as `-f` of kubectl.
static bool hint_habit(struct parse *parse, struct slice name)
{
    const struct invocation *call = parse->call;
    const struct command *command = call->command;
    for (size_t i = 0; i < command->option_count; i++)
        if (slice_has_word(command->options[i].mistaken_for, name)) {
            diagnose_hint(call->diagnostics, "did you mean '--%s'?", command->options[i].name);
            return true;
        }
    for (const struct flag_habit *habit = command->habits; habit && habit->words; habit++)
        if (slice_has_word(habit->words, name)) {
            const char *rest = strstr(habit->hint, "%s");
            diagnose_hint(call->diagnostics, "%.*s%s%s", (int)(rest ? rest - habit->hint : (long)strlen(habit->hint)),
                          habit->hint, rest ? call->program : "", rest ? rest + 2 : "");
            return true;
        }
    return false;
}

static bool unknown_long(struct parse *parse, struct slice name)
{
    const struct command *command = parse->call->command;
    if (!*command_path(parse->call))
        return unknown_of_program(parse, arena_format(parse->call->arena, "--%.*s", SLICE_ARGS(name)));
    struct text_values names = {0};
    for (size_t i = 0; i < command->option_count; i++)
        if (!command->options[i].hidden)
            list_append(parse->call->arena, &names, slice_from(command->options[i].name));
    list_append(parse->call->arena, &names, slice_literal("help"));

    diagnose(parse->call->diagnostics, (struct position){0}, "unknown flag '--%.*s'", SLICE_ARGS(name));
    diagnose_phrase(parse->call->diagnostics, "unknown flag: --%.*s", SLICE_ARGS(name));
    struct slice nearest = nearest_text(name, names.items, names.count);
    const struct command *other = command_with(parse->call, name);
    if (hint_habit(parse, name))
        return false;
    if (other)
        diagnose_hint(parse->call->diagnostics,
                      "run '%s %s --help' to list the flags of this command; '--%.*s' is a flag of '%s %s'",
                      parse->call->program, command_path(parse->call), SLICE_ARGS(name), parse->call->program,
                      other->name);
    else if (nearest.length)
        diagnose_hint(parse->call->diagnostics, "did you mean '--%.*s'?", SLICE_ARGS(nearest));
    else
        diagnose_hint(parse->call->diagnostics, "run '%s %s --help' to list the flags", parse->call->program,
                      command_path(parse->call));
    return false;
}

static bool parse_bool(struct slice text, bool *value)
{
    static const char *const yes[] = {"true", "1", "t", "T", "TRUE", "True"};
    static const char *const no[] = {"false", "0", "f", "F", "FALSE", "False"};
    for (size_t i = 0; i < countof(yes); i++) {
        if (slice_equals(text, yes[i]) || slice_equals(text, no[i])) {
            *value = slice_equals(text, yes[i]);
            return true;
        }
    }
    return false;
}

static const struct option_choice *find_choice(const struct option_choice *choices, struct slice text)
{
    for (; choices->text; choices++)
        if (slice_equals(text, choices->text))
            return choices;
    return NULL;
}

bool option_choice_find(const struct option_choice *choices, struct slice text, int *number)
{
    const struct option_choice *choice = find_choice(choices, text);
    if (choice)
        *number = choice->number;
    return choice != NULL;
}

struct slice option_choices_text(struct arena *arena, const struct option_choice *choices, const char *separator)
{
    struct slice text = {0};
    for (; choices->text; choices++)
        if (!choices->hidden)
            text = arena_format(arena, "%.*s%s%s", SLICE_ARGS(text), text.length ? separator : "", choices->text);
    return text;
}

struct slice option_choices_list(struct arena *arena, const struct option_choice *choices)
{
    struct {
        struct slice *items;
        size_t count, capacity;
    } texts = {0};
    for (; choices->text; choices++)
        if (!choices->hidden)
            list_append(arena, &texts, slice_from(choices->text));
    return word_list(arena, texts.items, texts.count, texts.count, "or");
}

static bool store_bool(struct parse *parse, struct slice flag, struct slice value, bool *place)
{
    if (parse_bool(value, place))
        return true;
    diagnose(parse->call->diagnostics, (struct position){0}, "invalid value '%.*s' for %.*s: expected true or false",
             SLICE_ARGS(value), SLICE_ARGS(flag));
    diagnose_phrase(parse->call->diagnostics,
                    "invalid argument \"%.*s\" for \"%.*s\" flag: strconv.ParseBool: parsing \"%.*s\": invalid syntax",
                    SLICE_ARGS(value), SLICE_ARGS(flag), SLICE_ARGS(value));
    return false;
}

static bool store_choice(struct parse *parse, const struct option *option, struct slice flag, struct slice value,
                         int *place)
{
    struct invocation *call = parse->call;
    const struct option_choice *choice = find_choice(option->choices, value);
    if (parse->seen)
        return true;
    if (choice && !(choice->hidden && *choice->text && call->as_kustomize)) {
        *place = choice->number;
        return true;
    }
    struct slice choices = option_choices_list(call->arena, option->choices);
    diagnose(call->diagnostics, (struct position){0}, "invalid value '%.*s' for %.*s: expected %.*s", SLICE_ARGS(value),
             SLICE_ARGS(flag), SLICE_ARGS(choices));
    return diagnose_phrase(call->diagnostics, "illegal flag value --%s %.*s; legal values: [%.*s]", option->name,
                           SLICE_ARGS(value), SLICE_ARGS(option_choices_text(call->arena, option->choices, " ")));
}

// `value` is NUL-terminated, because it is the end of an argument.
static bool store(struct parse *parse, const struct option *option, struct slice flag, struct slice value)
{
    struct invocation *call = parse->call;
    void *place = parse->settings + option->offset;
    if (parse->seen)
        parse->seen->given[option - call->command->options] = true;
    if (option->notice && call->as_kustomize)
        diagnose_notice(call->diagnostics, "Flag --%s has been deprecated, %s", option->name, option->notice);
    else if (option->instead)
        diagnose_warning(call->diagnostics, (struct position){0}, "%.*s is deprecated: %s", SLICE_ARGS(flag),
                         option->instead);
    switch (option->kind) {
    case OPTION_BOOL:
        return store_bool(parse, flag, value, place);
    case OPTION_TEXT:
        *(const char **)place = value.data;
        return true;
    case OPTION_LIST:
    case OPTION_PAIR:
        list_append(call->arena, (struct text_values *)place, value);
        return true;
    case OPTION_CHOICE:
        return store_choice(parse, option, flag, value, place);
    }
    return false;
}

static bool missing_value(struct parse *parse, const struct option *option, struct slice flag)
{
    bool is_pair = option->kind == OPTION_PAIR;
    diagnose(parse->call->diagnostics, (struct position){0}, "'%.*s' requires %s", SLICE_ARGS(flag),
             is_pair ? "two values" : "a value");
    if (is_pair)
        diagnose_hint(parse->call->diagnostics, "write '%.*s A B' or '%.*s=A..B'", SLICE_ARGS(flag), SLICE_ARGS(flag));
    if (flag.data[1] == '-')
        diagnose_phrase(parse->call->diagnostics, "flag needs an argument: %.*s", SLICE_ARGS(flag));
    else
        diagnose_phrase(parse->call->diagnostics, "flag needs an argument: '%c' in %.*s", flag.data[1],
                        SLICE_ARGS(flag));
    return false;
}

// The value is the next argument.
static bool store_next(struct parse *parse, const struct option *option, struct slice flag)
{
    if (option->kind == OPTION_BOOL)
        return store(parse, option, flag, slice_literal("true"));
    if (option->bare) {
        if (parse->seen)
            parse->seen->given[option - parse->call->command->options] = true;
        else
            *(int *)(parse->settings + option->offset) = option->bare;
        return true;
    }
    bool stored = true;
    for (size_t left = option->kind == OPTION_PAIR ? 2 : 1; left && stored; left--) {
        if (parse->next == parse->call->argument_count)
            return missing_value(parse, option, flag);
        stored = store(parse, option, flag, slice_from(parse->call->arguments[parse->next++]));
    }
    return stored;
}

static bool parse_long(struct parse *parse, struct slice argument)
{
    struct slice flag, value;
    bool has_value = slice_cut(argument, '=', &flag, &value);
    struct slice name = slice_from_index(flag, 2);
    const struct option *option = find_long(parse->call->command, name);
    // kustomize prints its call stack; kiln's messages have positions instead.
    bool ignored, *place = slice_equals(name, "help")          ? &parse->help
                           : slice_equals(name, "stack-trace") ? &ignored
                                                               : NULL;
    if (parse->seen && place == &ignored)
        parse->seen->stack_trace = true;
    if (!option && place)
        return store_bool(parse, flag, has_value ? value : slice_literal("true"), place);
    if (!option)
        return unknown_long(parse, name);
    return has_value ? store(parse, option, flag, value) : store_next(parse, option, flag);
}

// Single-letter flags without values can be combined; the first one that takes a value takes the rest.
static bool parse_letters(struct parse *parse, struct slice argument)
{
    for (size_t i = 1; i < argument.length; i++) {
        struct slice flag = arena_format(parse->call->arena, "-%c", argument.data[i]);
        struct slice rest = slice_from_index(argument, i + 1);
        const struct option *option = find_letter(parse->call->command, argument.data[i]);
        if (!option && argument.data[i] == 'h') {
            if (rest.length > 0 && rest.data[0] == '=')
                return store_bool(parse, flag, slice_from_index(rest, 1), &parse->help);
            parse->help = true;
            continue;
        }
        if (!option && !*command_path(parse->call))
            return unknown_of_program(parse, flag);
        if (!option) {
            diagnose(parse->call->diagnostics, (struct position){0}, "unknown flag '%.*s'", SLICE_ARGS(flag));
            diagnose_phrase(parse->call->diagnostics, "unknown shorthand flag: '%c' in -%.*s", argument.data[i],
                            SLICE_ARGS(slice_from_index(argument, i)));
            if (!hint_habit(parse, slice_part(argument, i, i + 1)))
                diagnose_hint(parse->call->diagnostics, "run '%s %s --help' to list the flags", parse->call->program,
                              command_path(parse->call));
            return false;
        }
        if (rest.length > 0 && rest.data[0] == '=')
            return store(parse, option, flag, slice_from_index(rest, 1));
        if (rest.length > 0 && option_needs_value(option))
            return store(parse, option, flag, rest);
        if (!store_next(parse, option, flag))
            return false;
    }
    return true;
}

static enum options_outcome parse_all(struct parse *parse)
{
    const struct invocation *call = parse->call;
    bool flags_ended = false;
    while (parse->next < call->argument_count) {
        const char *argument = call->arguments[parse->next++];
        bool parsed = true;
        if (flags_ended || argument[0] != '-' || argument[1] == '\0')
            list_append(call->arena, parse->operands, argument);
        else if (strcmp(argument, "--") == 0)
            flags_ended = true;
        else if (argument[1] == '-')
            parsed = parse_long(parse, slice_from(argument));
        else
            parsed = parse_letters(parse, slice_from(argument));
        if (!parsed)
            return OPTIONS_WRONG;
    }
    if (parse->seen)
        parse->seen->flags_ended = flags_ended, parse->seen->help = parse->help;
    return parse->help ? OPTIONS_HELP : OPTIONS_PARSED;
}

enum options_outcome options_parse(struct invocation *call, void *settings, struct operands *operands)
{
    struct parse parse = {.call = call, .settings = settings, .operands = operands};
    return parse_all(&parse);
}

enum options_outcome options_scan(struct invocation *call, struct operands *operands, struct options_seen *seen)
{
    size_t size = 0;
    for (size_t i = 0; i < call->command->option_count; i++)
        if (call->command->options[i].offset >= size)
            size = call->command->options[i].offset + sizeof(struct text_values);
    char *settings = (char *)arena_array(call->arena, struct text_values, size / sizeof(struct text_values) + 1);
    struct parse parse = {.call = call, .settings = settings, .operands = operands, .seen = seen};
    return parse_all(&parse);
}

bool option_is_shown(const struct option *option, bool as_kustomize)
{
    return !option->hidden && !option->instead && !(option->is_extra && as_kustomize);
}

// `value` starts with what is between the flag and its value.
static void describe(struct buffer *out, char letter, const char *name, struct slice value, const char *help)
{
    enum { HELP_COLUMN = 34 };
    size_t start = out->length;
    if (letter)
        buffer_add_format(out, "  -%c, --%s", letter, name);
    else
        buffer_add_format(out, "      --%s", name);
    buffer_add_slice(out, value);
    size_t width = text_width(slice_from_index(buffer_slice(out), start));
    if (width + 2 > HELP_COLUMN) {
        buffer_add_byte(out, '\n');
        width = 0;
    }
    buffer_add_format(out, "%*s%s\n", (int)(HELP_COLUMN - width), "", help);
}

struct slice option_value_text(struct arena *arena, const struct option *option)
{
    if (option->kind == OPTION_BOOL)
        return (struct slice){0};
    if (option->kind != OPTION_CHOICE || option->value)
        return slice_from(option->value ? option->value : "VALUE");
    return option_choices_text(arena, option->choices, "|");
}

void options_describe(const struct command *command, struct buffer *out)
{
    struct arena arena = {0};
    for (size_t i = 0; i < command->option_count; i++) {
        const struct option *option = &command->options[i];
        if (!option_is_shown(option, false))
            continue;
        struct slice value = option_value_text(&arena, option);
        if (value.length)
            value = arena_format(&arena, "%s%.*s", option_value_gap(option), SLICE_ARGS(value));
        describe(out, option->letter, option->name, value, option->help);
    }
    describe(out, 'h', "help", (struct slice){0}, "print this help");
    arena_free(&arena);
}

void options_describe_stack_trace(struct buffer *out)
{
    describe(out, 0, "stack-trace", (struct slice){0}, OPTION_STACK_TRACE_HELP);
}

bool option_read_number(struct invocation *call, const char *flag, const char *text, size_t least, size_t *number)
{
    enum { DIGITS_MAX = 9 };
    size_t length = text ? strlen(text) : 0;
    *number = 0;
    if (!text)
        return true;
    for (size_t i = 0; i < length && i < DIGITS_MAX; i++)
        *number = *number * 10 + (size_t)(text[i] - '0');
    return (length && length <= DIGITS_MAX && strspn(text, "0123456789") == length && *number >= least) ||
           diagnose(call->diagnostics, (struct position){0},
                    "invalid value '%s' for %s: expected a whole number from %zu to 999999999", text, flag, least);
}
