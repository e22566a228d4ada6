// cli/edit_generated.c
//
// `kiln edit add|remove|set configmap|secret`.
#include "base/memory.h"
#include "cli/edit.h"

#define NAMESPACE_OPTION(text)                                                                                         \
    {                                                                                                                  \
        .name = "namespace", .kind = OPTION_TEXT, EDIT_AT(namespace), .help = text                                     \
    }
#define LITERAL_OPTION(text)                                                                                           \
    {                                                                                                                  \
        .name = "from-literal", .kind = OPTION_LIST, EDIT_AT(from_literal), .value = "KEY=VALUE", .help = text         \
    }
// clang-format off
#define SOURCE_OPTIONS                                                                                              \
    {.name = "from-file", .kind = OPTION_LIST, EDIT_AT(from_file), .value = "[KEY=]FILE",                           \
     .help = "a file or a file pattern; may be repeated or comma-separated"},               \
    LITERAL_OPTION("a key and its value; may be repeated"),                                                         \
    {.name = "from-env-file", .kind = OPTION_TEXT, EDIT_AT(from_env_file), .value = "FILE",                         \
     .help = "a file with lines of KEY=VALUE"},                                                                     \
    {.name = "disableNameSuffixHash", .kind = OPTION_BOOL, EDIT_AT(disable_name_suffix_hash),                       \
     .help = "don't add a hash to the name"},                                                                   \
    NAMESPACE_OPTION("the namespace of the entry")
// clang-format on

// --- Adding.

static const struct option add_config_map_options[] = {
    SOURCE_OPTIONS,
    {.name = "behavior",
     .kind = OPTION_TEXT,
     EDIT_AT(behavior),
     .value = "create|merge|replace",
     .help = "what to do if a base already defines it (create)"},
    EDIT_COMMON_OPTIONS,
};

static const struct option add_secret_options[] = {
    SOURCE_OPTIONS,
    {.name = "type", .kind = OPTION_TEXT, EDIT_AT(type), .help = "the type of the Secret (Opaque)"},
    EDIT_COMMON_OPTIONS,
};

static bool refuse_flags(struct edit_arguments *arguments, const char *text, const char *phrase)
{
    diagnose(&arguments->build->diagnostics, (struct position){0}, "%s", text);
    return diagnose_phrase(&arguments->build->diagnostics, "failed to validate flags: %s", phrase);
}

static void take_arguments(struct edit_arguments *arguments)
{
    struct generated_arguments *generated = &arguments->generated;
    generated->name = slice_from(arguments->operands[0]);
    generated->namespace = slice_from(arguments->namespace);
    generated->new_namespace = slice_from(arguments->new_namespace);
    generated->literals = arguments->from_literal.items;
    generated->literal_count = arguments->from_literal.count;
    generated->env_file = slice_from(arguments->from_env_file);
    generated->behavior = slice_from(arguments->behavior);
    generated->disable_name_suffix_hash = arguments->disable_name_suffix_hash;
}

#define NO_SOURCE "at least from-env-file, or from-file or from-literal must be set"

static bool check_sources(struct edit_arguments *arguments)
{
    take_arguments(arguments);
    const struct generated_arguments *generated = &arguments->generated;
    bool others = arguments->from_file.count || generated->literal_count;
    if (!generated->env_file.length && !others)
        return refuse_flags(arguments, "at least one of --from-file, --from-literal, or --from-env-file is required",
                            NO_SOURCE);
    if (generated->env_file.length && others)
        return refuse_flags(arguments, "--from-env-file cannot be used with --from-file or --from-literal",
                            "from-env-file cannot be combined with from-file or from-literal");
    struct slice behavior = generated->behavior;
    if (behavior.length && !slice_equals(behavior, "create") && !slice_equals(behavior, "merge") &&
        !slice_equals(behavior, "replace"))
        return refuse_flags(arguments, "--behavior must be create, merge, or replace",
                            "invalid behavior: must be one of \"create\", \"merge\", or \"replace\"");
    return true;
}

static bool expand_sources(struct edit_arguments *arguments)
{
    struct generated_arguments *generated = &arguments->generated;
    if (!edit_expand_sources(arguments->build, arguments->from_file.items, arguments->from_file.count,
                             &generated->files))
        return false;
    if (generated->files.count || generated->literal_count || generated->env_file.length)
        return true;
    return refuse_flags(arguments, "no file matches --from-file", NO_SOURCE);
}

static bool add_config_map(struct edit *edit, struct edit_arguments *arguments)
{
    return edit_add_generated(edit, &edit_config_maps, &arguments->generated);
}

static bool add_secret(struct edit *edit, struct edit_arguments *arguments)
{
    memory_hold_secret();
    arguments->generated.type = slice_from(arguments->type);
    return edit_add_generated(edit, &edit_secrets, &arguments->generated);
}

static const struct edit_job add_config_map_job = {1,
                                                   1,
                                                   "one name",
                                                   check_sources,
                                                   expand_sources,
                                                   add_config_map,
                                                   "failed to validate flags: name must be specified once"};
EDIT_COMMAND(edit_add_configmap, "configmap", "NAME", "add to an entry of configMapGenerator, or create one",
             "  kiln edit add configmap app --from-literal=LEVEL=debug --from-file=app.properties\n",
             add_config_map_options, add_config_map_job);

static const struct edit_job add_secret_job = {1,
                                               1,
                                               "one name",
                                               check_sources,
                                               expand_sources,
                                               add_secret,
                                               "failed to validate flags: name must be specified once"};
EDIT_COMMAND(edit_add_secret, "secret", "NAME", "add to an entry of secretGenerator, or create one",
             "  kiln edit add secret tls --type=kubernetes.io/tls --from-file=tls.crt,tls.key\n", add_secret_options,
             add_secret_job);

// --- Setting.

static const struct option set_options[] = {
    LITERAL_OPTION("an existing key and its new value; may be repeated"),
    NAMESPACE_OPTION("the current namespace of the entry"),
    {.name = "new-namespace", .kind = OPTION_TEXT, EDIT_AT(new_namespace), .help = "the new namespace of the entry"},
    EDIT_COMMON_OPTIONS,
};

static bool check_settings(struct edit_arguments *arguments)
{
    take_arguments(arguments);
    if (!arguments->generated.literal_count && !arguments->generated.new_namespace.length)
        return refuse_flags(arguments, "at least one of --from-literal or --new-namespace is required",
                            "at least one of [--from-literal, --new-namespace] must be specified");
    return true;
}

static bool set_config_map(struct edit *edit, struct edit_arguments *arguments)
{
    return edit_set_generated(edit, &edit_config_maps, &arguments->generated);
}

static bool set_secret(struct edit *edit, struct edit_arguments *arguments)
{
    memory_hold_secret();
    return edit_set_generated(edit, &edit_secrets, &arguments->generated);
}

static const struct edit_job set_config_map_job = {
    1, 1, "one name", check_settings, NULL, set_config_map, "failed to validate flags: name must be specified once"};
EDIT_COMMAND(edit_set_configmap, "configmap", "NAME",
             "change literals or the namespace of an entry of configMapGenerator",
             "  kiln edit set configmap app --from-literal=LEVEL=info\n", set_options, set_config_map_job);

static const struct edit_job set_secret_job = {
    1, 1, "one name", check_settings, NULL, set_secret, "failed to validate flags: name must be specified once"};
EDIT_COMMAND(edit_set_secret, "secret", "NAME", "change literals or the namespace of an entry of secretGenerator",
             "  kiln edit set secret login --from-literal=password=new\n", set_options, set_secret_job);

// --- Removing.

static const struct option remove_options[] = {NAMESPACE_OPTION("the namespace of the entry"), EDIT_COMMON_OPTIONS};

static bool remove_config_maps(struct edit *edit, struct edit_arguments *arguments)
{
    return edit_remove_generated(edit, &edit_config_maps, slice_from(arguments->operands[0]),
                                 slice_from(arguments->namespace));
}

static bool remove_secrets(struct edit *edit, struct edit_arguments *arguments)
{
    return edit_remove_generated(edit, &edit_secrets, slice_from(arguments->operands[0]),
                                 slice_from(arguments->namespace));
}

#define NAMES_WANTED "one argument with comma-separated names"

static const struct edit_job remove_config_map_job = {
    1,
    1,
    NAMES_WANTED,
    NULL,
    NULL,
    remove_config_maps,
    "at least one configmap name must be specified",
    "too many arguments: [@]; to provide multiple configmaps to remove, please separate configmap names by commas"};
EDIT_COMMAND(edit_remove_configmap, "configmap", "NAME[,NAME…]", "remove entries from configMapGenerator",
             "  kiln edit remove configmap app,old\n", remove_options, remove_config_map_job);

static const struct edit_job remove_secret_job = {
    1,
    1,
    NAMES_WANTED,
    NULL,
    NULL,
    remove_secrets,
    "at least one secret name must be specified",
    "too many arguments: [@]; to provide multiple secrets to remove, please separate secret names by commas"};
EDIT_COMMAND(edit_remove_secret, "secret", "NAME[,NAME…]", "remove entries from secretGenerator",
             "  kiln edit remove secret login --namespace prod\n", remove_options, remove_secret_job);
