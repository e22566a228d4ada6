// cli/cfg_tree.c
//
// `kiln cfg tree [DIR]`: draws the objects as a tree, with some of their fields.
#include "cfg/tree_view.h"

#include <string.h>

#include "cli/cfg.h"
#include "cli/terminal.h"
#include "load/path.h"

enum { NAME_, IMAGE, COMMAND_, ARGS, ENV, REPLICAS, RESOURCES, PORTS, FIELD_COUNT };

struct settings {
    bool shown[FIELD_COUNT], all;
    struct text_values fields;
    bool include_local, exclude_others;
    const char *structure;
};

#define AT(member) .offset = offsetof(struct settings, member)

static const struct option options[] = {
    {.name = "name", .kind = OPTION_BOOL, AT(shown[NAME_]), .help = "show the names of containers"},
    {.name = "image", .kind = OPTION_BOOL, AT(shown[IMAGE]), .help = "show the images of containers"},
    {.name = "command", .kind = OPTION_BOOL, AT(shown[COMMAND_]), .help = "show the commands of containers"},
    {.name = "args", .kind = OPTION_BOOL, AT(shown[ARGS]), .help = "show the arguments of containers"},
    {.name = "env", .kind = OPTION_BOOL, AT(shown[ENV]), .help = "show the environment variables of containers"},
    {.name = "replicas", .kind = OPTION_BOOL, AT(shown[REPLICAS]), .help = "show the number of replicas"},
    {.name = "resources",
     .kind = OPTION_BOOL,
     AT(shown[RESOURCES]),
     .help = "show the resource requests and limits of containers"},
    {.name = "ports", .kind = OPTION_BOOL, AT(shown[PORTS]), .help = "show the ports of containers and Services"},
    {.name = "all", .kind = OPTION_BOOL, AT(all), .help = "show all of these"},
    {.name = "field",
     .kind = OPTION_LIST,
     AT(fields),
     .value = "PATH",
     .help = "show this field, as in metadata.annotations.owner; may be repeated"},
    {.name = "include-local",
     .kind = OPTION_BOOL,
     AT(include_local),
     .help = "also show resources with config.kubernetes.io/local-config"},
    {.name = "exclude-non-local",
     .kind = OPTION_BOOL,
     AT(exclude_others),
     .help = "show only resources with config.kubernetes.io/local-config"},
    {.name = "graph-structure",
     .kind = OPTION_TEXT,
     AT(structure),
     .value = "directory|owners",
     .help = "group resources by directory or by owner (owners, if there are any)"},
};

// --- Fields.

static void add_words(struct cfg *cfg, struct view *view, const char *const *words, size_t count, const char *last)
{
    struct query_words path = {0};
    for (size_t i = 0; i < count; i++)
        list_append(cfg->arena, &path, slice_from(words[i]));
    list_append(cfg->arena, &path, slice_from(last));
    view_add_field(cfg, view, &path);
}

static void add_of_containers(struct cfg *cfg, struct view *view, const char *field)
{
    static const char *const pod[] = {"spec", "containers", "[name=.*]"};
    static const char *const workload[] = {"spec", "template", "spec", "containers", "[name=.*]"};
    static const char *const cron_job[] = {"spec", "jobTemplate", "spec",     "template",
                                           "spec", "containers",  "[name=.*]"};
    add_words(cfg, view, pod, countof(pod), field);
    add_words(cfg, view, workload, countof(workload), field);
    add_words(cfg, view, cron_job, countof(cron_job), field);
}

static void add_shown(struct cfg *cfg, struct view *view, size_t field)
{
    static const char *const spec[] = {"spec"};
    static const char *const names[] = {
        [NAME_] = "name", [IMAGE] = "image",       [COMMAND_] = "command",    [ARGS] = "args",
        [ENV] = "env",    [REPLICAS] = "replicas", [RESOURCES] = "resources", [PORTS] = "ports",
    };
    if (field == REPLICAS) {
        add_words(cfg, view, spec, 1, names[field]);
        return;
    }
    add_of_containers(cfg, view, names[field]);
    if (field == PORTS)
        add_words(cfg, view, spec, 1, names[field]);
}

static bool add_fields(struct cfg *cfg, const struct settings *settings, struct view *view)
{
    struct text_values fields = cfg_split_values(cfg->arena, &settings->fields);
    for (size_t i = 0; i < fields.count; i++) {
        struct query_words words = {0};
        if (!query_split(cfg, fields.items[i], &words))
            return false;
        view_add_field(cfg, view, &words);
    }
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (settings->shown[i])
            add_shown(cfg, view, i);
    return true;
}

// --- The command.

// --all doesn't override a flag that was given explicitly. A flag was given if parsing sets the same value over either
// default.
static bool parse(struct invocation *call, struct settings *settings, struct operands *operands, enum status *status)
{
    struct settings other = {0};
    struct operands same = {0};
    memset(other.shown, true, sizeof other.shown);
    if (!cfg_parse(call, settings, operands, 1, status))
        return false;
    if (settings->all && options_parse(call, &other, &same) == OPTIONS_PARSED)
        for (size_t i = 0; i < FIELD_COUNT; i++)
            settings->shown[i] = settings->shown[i] || other.shown[i];
    return true;
}

static bool read_objects(struct cfg *cfg, const char *directory, struct tree_documents *objects)
{
    struct package_wrapping wrapping;
    if (strcmp(directory, "-") == 0)
        return cfg_read_input(cfg, objects, &wrapping);
    return package_read(cfg, &(struct package_request){.path = slice_from(directory)}, objects);
}

static bool draw(struct cfg *cfg, const struct settings *settings, const char *directory, struct buffer *out)
{
    struct view view = {.root = path_clean(cfg->arena, slice_from(strcmp(directory, "-") == 0 ? "." : directory))};
    struct tree_documents objects = {0};
    struct cfg_round round;
    if (settings->structure && strcmp(settings->structure, "owners") == 0)
        view.structure = VIEW_OWNERS;
    else if (settings->structure && strcmp(settings->structure, "directory") == 0)
        view.structure = VIEW_DIRECTORIES;
    if (!add_fields(cfg, settings, &view) || !read_objects(cfg, directory, &objects) ||
        !cfg_round_begin(cfg, &objects, &round))
        return false;
    cfg_keep(&objects, settings->include_local, !settings->exclude_others);
    return !objects.count || (cfg_round_end(cfg, &objects, &round) && view_draw(cfg, &view, &objects, out));
}

static enum status run(struct invocation *call)
{
    struct settings settings = {0};
    struct operands operands = {0};
    enum status status;
    if (!parse(call, &settings, &operands, &status))
        return status;
    struct build *build = command_build_new(call);
    struct cfg cfg = cfg_start(build);
    struct buffer out = {0};
    status = STATUS_FAILED;
    if (draw(&cfg, &settings, operands.count ? operands.items[0] : ".", &out))
        status = terminal_write_result(cfg.diagnostics, buffer_slice(&out));
    command_build_end(build);
    buffer_free(&out);
    return status;
}

const struct command cfg_tree_command = {
    .name = "tree",
    .operands = "[DIR]",
    .summary = "draw the resources in the files of a directory as a tree; '-' is standard input",
    .examples = "  kiln cfg tree deploy --image --replicas\n"
                "  kubectl get all -o yaml | kiln cfg tree -\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
