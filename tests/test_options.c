// Flags: every way to write them, and messages about invalid ones.
#include "tests/support.h"

#include "cli/options.h"

struct settings {
    bool loud;
    const char *output;
    struct text_values mounts;
    int hash;
};

static const struct option_choice hashes[] = {{"v3", 3, false}, {"v4", 4, false}, {"old", 3, true}, {NULL, 0, false}};

static const struct option options[] = {
    {.name = "loud", .letter = 'l', .kind = OPTION_BOOL, .offset = offsetof(struct settings, loud), .help = "be loud"},
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_TEXT,
     .offset = offsetof(struct settings, output),
     .help = "where"},
    {.name = "mount", .kind = OPTION_LIST, .offset = offsetof(struct settings, mounts), .help = "a mount"},
    {.name = "name-hash",
     .kind = OPTION_CHOICE,
     .offset = offsetof(struct settings, hash),
     .choices = hashes,
     .help = "a hash"},
    {.name = "noise", .kind = OPTION_BOOL, .offset = offsetof(struct settings, loud), .instead = "use --loud"},
};

static const struct command command = {.name = "try", .options = options, .option_count = countof(options)};

struct parsed {
    struct arena arena;
    struct diagnostics diagnostics;
    struct settings settings;
    struct operands operands;
    enum options_outcome outcome;
};

static int setup(void **state)
{
    static struct parsed parsed;
    parsed = (struct parsed){0};
    diagnostics_init(&parsed.diagnostics, &parsed.arena, NULL);
    *state = &parsed;
    return 0;
}

static int teardown(void **state)
{
    arena_free(&((struct parsed *)*state)->arena);
    return 0;
}

#define parse(parsed, ...)                                                                                             \
    parse_list((parsed), (const char *const[]){__VA_ARGS__},                                                           \
               sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void parse_list(struct parsed *parsed, const char *const *arguments, size_t count)
{
    struct invocation call = {
        .program = "kiln",
        .command = &command,
        .arguments = arguments,
        .argument_count = count,
        .arena = &parsed->arena,
        .diagnostics = &parsed->diagnostics,
    };
    parsed->settings = (struct settings){0};
    parsed->operands = (struct operands){0};
    parsed->outcome = options_parse(&call, &parsed->settings, &parsed->operands);
}

static void expect_wrong(struct parsed *parsed, const char *message, const char *hint)
{
    assert_int_equal(parsed->outcome, OPTIONS_WRONG);
    assert_int_equal(parsed->diagnostics.error_count, 1);
    expect_text(parsed->diagnostics.items[0].message, message);
    expect_text(parsed->diagnostics.items[0].hint, hint);
}

static void a_value_can_be_given_in_five_ways(void **state)
{
    struct parsed *parsed = *state;
    parse(parsed, "--output", "x");
    assert_string_equal(parsed->settings.output, "x");
    parse(parsed, "--output=x=y");
    assert_string_equal(parsed->settings.output, "x=y");
    parse(parsed, "-o", "x");
    assert_string_equal(parsed->settings.output, "x");
    parse(parsed, "-ox");
    assert_string_equal(parsed->settings.output, "x");
    parse(parsed, "-o=x");
    assert_string_equal(parsed->settings.output, "x");
    assert_int_equal(parsed->outcome, OPTIONS_PARSED);
}

static void a_value_may_look_like_a_flag(void **state)
{
    struct parsed *parsed = *state;
    parse(parsed, "-o", "--loud", "--output=-");
    assert_false(parsed->settings.loud);
    assert_string_equal(parsed->settings.output, "-");
}

static void the_last_string_wins_and_list_values_add_up(void **state)
{
    struct parsed *parsed = *state;
    parse(parsed, "-o", "a", "--mount=a,b", "-ob", "--mount", "c");
    assert_string_equal(parsed->settings.output, "b");
    assert_int_equal(parsed->settings.mounts.count, 2);
    expect_text(parsed->settings.mounts.items[0], "a,b");
}

static void a_boolean_takes_no_separate_value(void **state)
{
    struct parsed *parsed = *state;
    parse(parsed, "--loud", "false");
    assert_true(parsed->settings.loud);
    assert_int_equal(parsed->operands.count, 1);
    parse(parsed, "--loud", "--loud=F");
    assert_false(parsed->settings.loud);
    parse(parsed, "-lo", "x");
    assert_true(parsed->settings.loud);
    assert_string_equal(parsed->settings.output, "x");
}

static void a_boolean_must_be_true_or_false(void **state)
{
    parse(*state, "--loud=maybe");
    expect_wrong(*state, "invalid value 'maybe' for --loud: expected true or false", "");
}

static void operands_may_be_among_flags_and_after_two_dashes(void **state)
{
    struct parsed *parsed = *state;
    parse(parsed, "a", "--loud", "-", "--", "--loud", "-x");
    assert_int_equal(parsed->operands.count, 4);
    assert_string_equal(parsed->operands.items[1], "-");
    assert_string_equal(parsed->operands.items[3], "-x");
}

static void a_choice_is_one_of_its_values(void **state)
{
    struct parsed *parsed = *state;
    parse(parsed, "--name-hash", "v4");
    assert_int_equal(parsed->settings.hash, 4);
    parse(parsed, "--name-hash=old");
    assert_int_equal(parsed->settings.hash, 3);
    parse(parsed, "--name-hash=v5");
    expect_wrong(parsed, "invalid value 'v5' for --name-hash: expected v3 or v4", "");
}

static void an_unknown_flag_is_an_error_that_suggests_a_similar_one(void **state)
{
    parse(*state, "--name-hahs=v4");
    expect_wrong(*state, "unknown flag '--name-hahs'", "did you mean '--name-hash'?");
}

static void a_flag_without_a_similar_one_points_to_the_help(void **state)
{
    parse(*state, "--zzzzzzzzzz");
    expect_wrong(*state, "unknown flag '--zzzzzzzzzz'", "run 'kiln try --help' to list the flags");
}

static void an_unknown_letter_is_an_error(void **state)
{
    parse(*state, "-lz");
    expect_wrong(*state, "unknown flag '-z'", "run 'kiln try --help' to list the flags");
}

static void a_missing_value_is_an_error(void **state)
{
    parse(*state, "--mount");
    expect_wrong(*state, "'--mount' requires a value", "");
}

static void help_is_a_flag_that_may_be_false(void **state)
{
    struct parsed *parsed = *state;
    parse(parsed, "--help", "a");
    assert_int_equal(parsed->outcome, OPTIONS_HELP);
    parse(parsed, "a", "-lh");
    assert_int_equal(parsed->outcome, OPTIONS_HELP);
    parse(parsed, "a", "--help=false", "-h=false");
    assert_int_equal(parsed->outcome, OPTIONS_PARSED);
}

static void help_does_not_hide_a_wrong_flag(void **state)
{
    parse(*state, "--help", "--unknown");
    expect_wrong(*state, "unknown flag '--unknown'", "run 'kiln try --help' to list the flags");
}

static void help_takes_only_true_and_false(void **state)
{
    parse(*state, "-h=maybe");
    expect_wrong(*state, "invalid value 'maybe' for -h: expected true or false", "");
}

static void a_deprecated_flag_works_and_says_what_to_use(void **state)
{
    struct parsed *parsed = *state;
    parse(parsed, "--noise");
    assert_int_equal(parsed->outcome, OPTIONS_PARSED);
    assert_true(parsed->settings.loud);
    assert_int_equal(parsed->diagnostics.items[0].severity, SEVERITY_WARNING);
    expect_text(parsed->diagnostics.items[0].message, "--noise is deprecated: use --loud");
}

static void the_help_lists_flags_that_are_neither_hidden_nor_deprecated(void **state)
{
    (void)state;
    struct buffer text = {0};
    options_describe(&command, &text);
    expect_text(buffer_slice(&text), "  -l, --loud                      be loud\n"
                                     "  -o, --output VALUE              where\n"
                                     "      --mount VALUE               a mount\n"
                                     "      --name-hash v3|v4           a hash\n"
                                     "  -h, --help                      print this help\n");
    buffer_free(&text);
}

static void help_of_flags_starts_in_one_column(void **state)
{
    (void)state;
    static const struct option shown[] = {
        {.name = "resources", .kind = OPTION_TEXT, .value = "PATH[,PATH…]", .help = "here"},
        {.name = "all", .kind = OPTION_BOOL, .help = "here"},
        {.name = "some-very-long-flag", .kind = OPTION_TEXT, .value = "KEY:VALUE[,…]", .help = "here"},
    };
    struct buffer out = {0};
    options_describe(&(struct command){.name = "try", .options = shown, .option_count = countof(shown)}, &out);
    expect_text(buffer_slice(&out), "      --resources PATH[,PATH…]    here\n"
                                    "      --all                       here\n"
                                    "      --some-very-long-flag KEY:VALUE[,…]\n"
                                    "                                  here\n"
                                    "  -h, --help                      print this help\n");
    buffer_free(&out);
}

#define option_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

static const struct CMUnitTest tests[] = {
    option_test(a_value_can_be_given_in_five_ways),
    option_test(a_value_may_look_like_a_flag),
    option_test(the_last_string_wins_and_list_values_add_up),
    option_test(a_boolean_takes_no_separate_value),
    option_test(a_boolean_must_be_true_or_false),
    option_test(operands_may_be_among_flags_and_after_two_dashes),
    option_test(a_choice_is_one_of_its_values),
    option_test(an_unknown_flag_is_an_error_that_suggests_a_similar_one),
    option_test(a_flag_without_a_similar_one_points_to_the_help),
    option_test(an_unknown_letter_is_an_error),
    option_test(a_missing_value_is_an_error),
    option_test(help_is_a_flag_that_may_be_false),
    option_test(help_does_not_hide_a_wrong_flag),
    option_test(help_takes_only_true_and_false),
    option_test(a_deprecated_flag_works_and_says_what_to_use),
    option_test(the_help_lists_flags_that_are_neither_hidden_nor_deprecated),
    option_test(help_of_flags_starts_in_one_column),
};

int test_options(void)
{
    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
