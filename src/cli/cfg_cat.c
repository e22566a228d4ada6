// cli/cfg_cat.c
//
// `kiln cfg cat [DIR]`: prints the objects in the files of a directory as one stream.
#include "cfg/format.h"
#include "cfg/print.h"
#include "cli/cfg.h"

struct settings {
    bool format, annotate, strip_comments, include_local, exclude_others, recurse;
    const char *wrap_kind, *wrap_version, *function_config, *output;
    struct text_values styles;
    struct print_request print;
};

#define AT(member) .offset = offsetof(struct settings, member)

static const struct option options[] = {
    {.name = "format", .kind = OPTION_BOOL, AT(format), .help = "sort fields into the conventional order (true)"},
    {.name = "annotate",
     .kind = OPTION_BOOL,
     AT(annotate),
     .help = "add annotations that say which file a resource is from"},
    {.name = "strip-comments", .kind = OPTION_BOOL, AT(strip_comments), .help = "remove comments"},
    {.name = "include-local",
     .kind = OPTION_BOOL,
     AT(include_local),
     .help = "also print resources with config.kubernetes.io/local-config"},
    {.name = "exclude-non-local",
     .kind = OPTION_BOOL,
     AT(exclude_others),
     .help = "print only resources with config.kubernetes.io/local-config"},
    {.name = "style",
     .kind = OPTION_LIST,
     AT(styles),
     .value = "STYLE",
     .help = "TaggedStyle, DoubleQuotedStyle, SingleQuotedStyle, LiteralStyle, FoldedStyle, or FlowStyle"},
    {.name = "wrap-kind",
     .kind = OPTION_TEXT,
     AT(wrap_kind),
     .value = "KIND",
     .help = "wrap the resources in a list of this kind"},
    {.name = "wrap-version",
     .kind = OPTION_TEXT,
     AT(wrap_version),
     .value = "VERSION",
     .help = "the apiVersion of the list"},
    {.name = "function-config",
     .kind = OPTION_TEXT,
     AT(function_config),
     .value = "FILE",
     .help = "the resource to use as the list's functionConfig"},
    {.name = "dest", .kind = OPTION_TEXT, AT(output), .value = "FILE", .help = "write to this file"},
    {.name = "recurse-subpackages",
     .letter = 'R',
     .kind = OPTION_BOOL,
     AT(recurse),
     .help = "include subdirectories that have a Krmfile (true)"},
};

static bool read_function_config(struct cfg *cfg, struct settings *settings)
{
    if (!settings->function_config || !*settings->function_config)
        return true;
    struct package_request request = {.path = slice_from(settings->function_config), .unmarked = !settings->annotate};
    struct tree_documents configs = {0};
    if (!package_read(cfg, &request, &configs))
        return false;
    if (configs.count != 1)
        return diagnose(cfg->diagnostics, (struct position){0}, "'%s' must contain one resource, not %zu",
                        settings->function_config, configs.count);
    settings->print.function_config = configs.items[0]->root;
    return true;
}

static bool work(struct cfg *cfg, void *state, struct tree_documents *objects, struct buffer *out)
{
    struct settings *settings = state;
    struct cfg_round round;
    if (!read_function_config(cfg, settings) || !cfg_round_begin(cfg, objects, &round))
        return false;
    cfg_keep(objects, settings->include_local, !settings->exclude_others);
    if (!objects->count)
        return true;
    if (settings->format && !format_objects(cfg, objects))
        return false;
    for (size_t i = 0; settings->strip_comments && i < objects->count; i++)
        tree_strip_comments(objects->items[i]->root);
    return cfg_round_end(cfg, objects, &round) && print_objects(cfg, &settings->print, objects, out);
}

// Only the styles that a map can have are visible.
static void choose_style(struct invocation *call, struct settings *settings)
{
    static const char *const known[] = {"TaggedStyle",  "DoubleQuotedStyle", "SingleQuotedStyle",
                                        "LiteralStyle", "FoldedStyle",       "FlowStyle"};
    struct text_values styles = cfg_split_values(call->arena, &settings->styles);
    for (size_t i = 0; i < styles.count; i++) {
        for (size_t k = 0; k < countof(known); k++)
            settings->print.styled = settings->print.styled || slice_equals(styles.items[i], known[k]);
        settings->print.flow = settings->print.flow || slice_equals(styles.items[i], "FlowStyle");
        settings->print.tagged = settings->print.tagged || slice_equals(styles.items[i], "TaggedStyle");
    }
}

static enum status run(struct invocation *call)
{
    struct settings settings = {.format = true, .recurse = true};
    struct operands operands = {0};
    enum status status;
    if (!cfg_parse(call, &settings, &operands, 1, &status))
        return status;
    settings.print.keep_origin = settings.annotate;
    settings.print.clear_path = !settings.annotate;
    settings.print.wrap_kind = slice_from(settings.wrap_kind);
    settings.print.wrap_version = slice_from(settings.wrap_version ? settings.wrap_version : "");
    choose_style(call, &settings);
    return cfg_run(call, &(struct cfg_job){
                             .directory = operands.count ? operands.items[0] : NULL,
                             .recurse = settings.recurse,
                             .separated = true,
                             .work = work,
                             .settings = &settings,
                             .output = settings.output,
                         });
}

const struct command cfg_cat_command = {
    .name = "cat",
    .operands = "[DIR]",
    .summary = "print the resources in the files of a directory or on standard input",
    .examples = "  kiln cfg cat deploy\n"
                "  kiln cfg cat deploy --wrap-kind ResourceList --wrap-version config.kubernetes.io/v1\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
