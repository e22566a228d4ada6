// cli/edit_paths.c
//
// `kiln edit add resource|component|base|generator|transformer|configuration`,
// `kiln edit remove resource|component|transformer`.
#include "cli/edit.h"

static const struct option common_options[] = {EDIT_COMMON_OPTIONS};

static const struct option resource_options[] = {
    {.name = "no-verify",
     .kind = OPTION_BOOL,
     EDIT_AT(no_verify),
     .help = "add the paths as given, without checking that they exist"},
    EDIT_COMMON_OPTIONS,
};

static bool expand(struct edit_arguments *arguments, enum path_check check)
{
    bool expanded = edit_expand_paths(arguments->build, &file_system_posix, check, arguments->operands,
                                      arguments->operand_count, &arguments->paths);
    arguments->nothing_to_do = arguments->paths.count == 0;
    return expanded;
}

static bool expand_resources(struct edit_arguments *arguments)
{
    if (expand(arguments, arguments->no_verify ? PATH_AS_GIVEN : PATH_OR_DIRECTORY))
        return true;
    const struct diagnostics *diagnostics = &arguments->build->diagnostics;
    if (diagnostics->count && !diagnostics->items[diagnostics->count - 1].hint.length)
        diagnose_hint(&arguments->build->diagnostics, "use --no-verify to add it without checking");
    return false;
}

static bool expand_components(struct edit_arguments *arguments)
{
    return expand(arguments, PATH_OR_DIRECTORY);
}

static bool expand_plugins(struct edit_arguments *arguments)
{
    return expand(arguments, PATH_IF_ANY);
}

static bool add_resources(struct edit *edit, struct edit_arguments *arguments)
{
    edit_add_paths(edit, &edit_resources, &arguments->paths);
    return true;
}

static bool add_components(struct edit *edit, struct edit_arguments *arguments)
{
    edit_add_paths(edit, &edit_components, &arguments->paths);
    return true;
}

static bool add_generators(struct edit *edit, struct edit_arguments *arguments)
{
    edit_add_paths(edit, &edit_generators, &arguments->paths);
    return true;
}

static bool add_transformers(struct edit *edit, struct edit_arguments *arguments)
{
    edit_add_paths(edit, &edit_transformers, &arguments->paths);
    return true;
}

static bool add_configurations(struct edit *edit, struct edit_arguments *arguments)
{
    edit_add_paths(edit, &edit_configurations, &arguments->paths);
    return true;
}

static bool add_bases(struct edit *edit, struct edit_arguments *arguments)
{
    return edit_add_bases(edit, slice_from(arguments->operands[0]));
}

static const struct edit_job resource_job = {
    1, EDIT_ANY, "one or more files", NULL, expand_resources, add_resources, "must specify a resource file"};
EDIT_COMMAND(edit_add_resource, "resource", "FILE…", "add files or directories to resources",
             "  kiln edit add resource deployment.yaml ../base\n  kiln edit add resource 'services/*.yaml'\n",
             resource_options, resource_job);

static const struct edit_job component_job = {
    1, EDIT_ANY, "one or more directories", NULL, expand_components, add_components, "must specify a component file"};
EDIT_COMMAND(edit_add_component, "component", "DIR…", "add directories to components",
             "  kiln edit add component ../components/tls\n", common_options, component_job);

static const struct edit_job base_job = {
    1, 1, "one argument with comma-separated directories", NULL, NULL, add_bases, "must specify a base directory"};
EDIT_COMMAND(edit_add_base, "base", "DIR[,DIR…]", "add directories to resources",
             "  kiln edit add base ../base,../shared\n", common_options, base_job);

static const struct edit_job generator_job = {1,
                                              EDIT_ANY,
                                              "one or more files",
                                              NULL,
                                              expand_plugins,
                                              add_generators,
                                              "must specify a yaml file which contains a generator plugin resource"};
EDIT_COMMAND(edit_add_generator, "generator", "FILE…", "add configurations to generators",
             "  kiln edit add generator secret-generator.yaml\n", common_options, generator_job);

static const struct edit_job transformer_job = {
    1,
    EDIT_ANY,
    "one or more files",
    NULL,
    expand_plugins,
    add_transformers,
    "must specify a yaml file which contains a transformer plugin resource"};
EDIT_COMMAND(edit_add_transformer, "transformer", "FILE…", "add configurations to transformers",
             "  kiln edit add transformer labels.yaml\n", common_options, transformer_job);

static const struct edit_job configuration_job = {1,
                                                  EDIT_ANY,
                                                  "one or more files",
                                                  NULL,
                                                  expand_plugins,
                                                  add_configurations,
                                                  "must specify a yaml file which contains a configuration resource"};
EDIT_COMMAND(edit_add_configuration, "configuration", "FILE…", "add files to configurations",
             "  kiln edit add configuration labels-of-my-crd.yaml\n", common_options, configuration_job);

// --- Removing.

static bool remove_resources(struct edit *edit, struct edit_arguments *arguments)
{
    return edit_remove_paths(edit, &edit_resources, arguments->operands, arguments->operand_count);
}

static bool remove_components(struct edit *edit, struct edit_arguments *arguments)
{
    return edit_remove_paths(edit, &edit_components, arguments->operands, arguments->operand_count);
}

static bool remove_transformers(struct edit *edit, struct edit_arguments *arguments)
{
    return edit_remove_paths(edit, &edit_transformers, arguments->operands, arguments->operand_count);
}

static const struct edit_job remove_resource_job = {1,    EDIT_ANY,         "one or more patterns",        NULL,
                                                    NULL, remove_resources, "must specify a resource file"};
EDIT_COMMAND(edit_remove_resource, "resource", "PATTERN…", "remove entries from resources",
             "  kiln edit remove resource service.yaml\n  kiln edit remove resource 'old/*.yaml'\n", common_options,
             remove_resource_job);

static const struct edit_job remove_component_job = {1,    EDIT_ANY,          "one or more patterns",         NULL,
                                                     NULL, remove_components, "must specify a component file"};
EDIT_COMMAND(edit_remove_component, "component", "PATTERN…", "remove entries from components",
             "  kiln edit remove component ../components/tls\n", common_options, remove_component_job);

static const struct edit_job remove_transformer_job = {
    1, EDIT_ANY, "one or more patterns", NULL, NULL, remove_transformers, "must specify a transformer file"};
EDIT_COMMAND(edit_remove_transformer, "transformer", "PATTERN…", "remove entries from transformers",
             "  kiln edit remove transformer labels.yaml\n", common_options, remove_transformer_job);
