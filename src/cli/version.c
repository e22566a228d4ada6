// cli/version.c
//
// `kiln version`. Called as kustomize, it prints what kustomize does in each format, because tools check the version
// before they decide which features to use.
#include "cli/version.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <jansson.h>
#include <pcre2.h>
#include <sodium.h>
#include <yaml.h>

#include "base/platform.h"
#include "cli/build.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "json/machine.h"

struct settings {
    const char *output;
    bool is_short;
};

static const struct option options[] = {
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_TEXT,
     .offset = offsetof(struct settings, output),
     .value = "json|yaml",
     .help = "print details as JSON or YAML"},
    {.name = "short",
     .kind = OPTION_BOOL,
     .offset = offsetof(struct settings, is_short),
     .instead = "leave it out",
     .notice = "and will be removed in the future."},
};

struct fact {
    const char *name, *value;
};

// kiln isn't written in Go, and its builds are reproducible, so some facts are unknown. The first value is the release.
static const struct fact kustomize_facts[] = {
    {"version", NULL},
    {"gitCommit", "unknown"},
    {"buildDate", "unknown"},
    {"goOs", PLATFORM_SYSTEM},
    {"goArch", PLATFORM_PROCESSOR},
    {"goVersion", "none"},
    {NULL, NULL},
};

static const struct fact kiln_facts[] = {
    {"version", KILN_VERSION},   {"kustomizeVersion", NULL},  // the release
    {"system", PLATFORM_SYSTEM}, {"processor", PLATFORM_PROCESSOR}, {NULL, NULL},
};

// The versions at run time, which a dynamically linked program learns only now.
static const struct fact *library_facts(struct arena *arena)
{
    int length = pcre2_config(PCRE2_CONFIG_VERSION, NULL);
    char *pcre2 = arena_allocate(arena, length > 0 ? (size_t)length : 1, 1);
    pcre2_config(PCRE2_CONFIG_VERSION, pcre2);
    pcre2[strcspn(pcre2, " ")] = '\0';  // its date
    const struct fact facts[] = {{"libyaml", yaml_get_version_string()},
                                 {"libsodium", sodium_version_string()},
                                 {"pcre2", pcre2},
                                 {"jansson", jansson_version_str()},
                                 {NULL, NULL}};
    return memcpy(arena_allocate(arena, sizeof facts, _Alignof(struct fact)), facts, sizeof facts);
}

static const char *value_of(const struct fact *fact, enum release release)
{
    return fact->value ? fact->value : release_text(release);
}

static json_t *facts_object(const struct fact *facts, enum release release)
{
    json_t *object = machine_object();
    for (; facts->name; facts++)
        machine_set(object, facts->name, json_string(value_of(facts, release)));
    return object;
}

static struct slice as_json(struct arena *arena, const struct fact *facts, const struct fact *libraries,
                            enum release release)
{
    struct buffer out = {0};
    json_t *object = facts_object(facts, release);
    if (libraries)
        machine_set(object, "libraries", facts_object(libraries, release));
    machine_write(&out, object, JSON_INDENT(2));
    struct slice text = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return text;
}

static void add_facts(struct buffer *out, const char *indent, const struct fact *facts, enum release release)
{
    for (; facts->name; facts++)
        buffer_add_format(out, "%s%s: %s\n", indent, facts->name, value_of(facts, release));
}

static struct slice as_yaml(struct arena *arena, const struct fact *facts, const struct fact *libraries,
                            enum release release)
{
    struct buffer out = {0};
    add_facts(&out, "", facts, release);
    if (libraries) {
        buffer_add_format(&out, "libraries:\n");
        add_facts(&out, "  ", libraries, release);
    }
    struct slice text = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return text;
}

static enum status print(struct invocation *call, struct slice text)
{
    return terminal_write_result(call->diagnostics, text);
}

static enum status print_facts(struct invocation *call, const char *form, enum release release)
{
    const struct fact *facts = call->as_kustomize ? kustomize_facts : kiln_facts;
    const struct fact *libraries = call->as_kustomize ? NULL : library_facts(call->arena);
    if (strcmp(form, "json") == 0)
        return print(call, as_json(call->arena, facts, libraries, release));
    if (strcmp(form, "yaml") == 0) {
        struct slice text = as_yaml(call->arena, facts, libraries, release);
        return print(call, call->as_kustomize ? arena_format(call->arena, "%.*s\n", SLICE_ARGS(text)) : text);
    }
    // kustomize prints nothing in this case.
    if (call->as_kustomize)
        return STATUS_DONE;
    diagnose(call->diagnostics, (struct position){0}, "invalid value '%s' for --output: expected json or yaml", form);
    return STATUS_USAGE;
}

static enum status run(struct invocation *call)
{
    struct settings settings = {.output = ""};
    struct operands operands = {0};
    enum status status;
    if (!command_start(call, &settings, &operands, &status))
        return status;
    if (settings.is_short && *settings.output) {
        diagnose(call->diagnostics, (struct position){0}, "--short cannot be used with --output");
        diagnose_phrase(call->diagnostics, "--short and --output are mutually exclusive");
        return STATUS_USAGE;
    }
    enum release release;
    if (!build_environment_release(call, &release))
        return STATUS_USAGE;
    if (*settings.output)
        return print_facts(call, settings.output, release);
    if (!call->as_kustomize && settings.is_short)
        return print(call, slice_literal(KILN_VERSION "\n"));
    if (!call->as_kustomize)
        return print(call, arena_format(call->arena, "kiln " KILN_VERSION " (kustomize %s)\n", release_text(release)));
    const char *form = settings.is_short ? "{%s  unknown   }\n" : "%s\n";
    return print(call, arena_format(call->arena, form, release_text(release)));
}

const struct command version_command = {
    .name = "version",
    .summary = "print the version",
    .description =
        "kiln prints its version and the release of kustomize that it reproduces; with -o, also the versions of its\n"
        "libraries. Called as `kustomize`, it prints only that release.\n",
    .examples = "  kiln version\n"
                "  kiln version -o json\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
