// cli/create.c
//
// `kiln create`: a new kustomization.yaml in the current directory.
#include "edit/create.h"

#include "cli/edit.h"

struct settings {
    const char *resources, *namespace, *name_prefix, *name_suffix, *annotations, *labels;
    bool detect, recursive;
};

#define AT(member) .offset = offsetof(struct settings, member)

static const struct option options[] = {
    {.name = "resources",
     .kind = OPTION_TEXT,
     AT(resources),
     .value = "PATH[,PATH…]",
     .help = "files, directories, or file patterns to add",
     .mistaken_for = "f file filename"},
    {.name = "autodetect",
     .kind = OPTION_BOOL,
     AT(detect),
     .help = "add the files of this directory that contain resources"},
    {.name = "recursive", .kind = OPTION_BOOL, AT(recursive), .help = "with --autodetect, also search subdirectories"},
    {.name = "namespace", .kind = OPTION_TEXT, AT(namespace), .help = "set the namespace"},
    {.name = "nameprefix", .kind = OPTION_TEXT, AT(name_prefix), .help = "set namePrefix"},
    {.name = "namesuffix", .kind = OPTION_TEXT, AT(name_suffix), .help = "set nameSuffix"},
    {.name = "labels",
     .kind = OPTION_TEXT,
     AT(labels),
     .value = "KEY:VALUE[,…]",
     .help = "labels to add to resources, selectors, and templates"},
    {.name = "annotations",
     .kind = OPTION_TEXT,
     AT(annotations),
     .value = "KEY:VALUE[,…]",
     .help = "set commonAnnotations"},
};

static bool find_resources(struct invocation *call, struct build *build, const struct settings *settings,
                           struct path_list *paths)
{
    struct slice rest = slice_from(settings->resources), pattern;
    for (bool more = rest.length > 0; more;) {
        more = slice_cut(rest, ',', &pattern, &rest);
        const char *text = arena_copy(call->arena, pattern).data;
        if (!edit_expand_paths(build, &file_system_posix, PATH_OR_DIRECTORY, &text, 1, paths))
            return false;
    }
    if (create_exists(build, &file_system_posix)) {
        diagnose(&build->diagnostics, (struct position){0}, "a kustomization file already exists");
        return diagnose_phrase(&build->diagnostics, "kustomization file already exists");
    }
    return !settings->detect || create_detect(build, &file_system_posix, settings->recursive, paths);
}

static void fill(struct edit *edit, const struct settings *settings, const struct path_list *paths,
                 const struct pair_list *labels, const struct pair_list *annotations)
{
    struct node *resources = edit_list(edit, edit->root, "resources");
    for (size_t i = 0; i < paths->count; i++)
        node_sequence_append(&edit->build->arena, resources, edit_new_text(edit, paths->items[i]));
    edit_set_text(edit, edit->root, "namespace", slice_from(settings->namespace));
    edit_set_text(edit, edit->root, "namePrefix", slice_from(settings->name_prefix));
    edit_set_text(edit, edit->root, "nameSuffix", slice_from(settings->name_suffix));
    edit_set_pairs(edit, PAIR_LABEL, labels);
    edit_set_pairs(edit, PAIR_ANNOTATION, annotations);
}

static enum status create(struct invocation *call, struct build *build, const struct settings *settings, int lock)
{
    struct path_list paths = {0};
    struct pair_list labels = {0}, annotations = {0};
    struct edit edit;
    if (!edit_parse_pair_text(build, PAIR_ANNOTATION, slice_from(settings->annotations), &annotations) ||
        !edit_parse_pair_text(build, PAIR_LABEL, slice_from(settings->labels), &labels))
        return STATUS_USAGE;
    if (!find_resources(call, build, settings, &paths))
        return STATUS_FAILED;
    edit_open_empty(&edit, build, &file_system_posix);
    edit.as_kustomize = call->as_kustomize;
    fill(&edit, settings, &paths, &labels, &annotations);
    return edit_write(&edit, lock) ? STATUS_DONE : STATUS_FAILED;
}

static enum status run(struct invocation *call)
{
    struct settings settings = {0};
    struct operands operands = {0};
    enum status status;
    if (!command_start(call, &settings, &operands, &status))
        return status;
    struct build *build = command_build_new(call);
    int lock;
    status = STATUS_FAILED;
    if (edit_lock(build, &lock)) {
        status = create(call, build, &settings, lock);
        output_unlock(lock);
    }
    command_build_end(build);
    return status;
}

const struct command create_command = {
    .name = "create",
    .alias = "init",
    .summary = "create a kustomization.yaml in the current directory",
    .examples = "  kiln create --resources deployment.yaml,service.yaml,../base --namespace staging\n"
                "  kiln create --autodetect\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
