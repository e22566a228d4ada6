// cli/edit_patch.c
//
// `kiln edit add|remove patch`, `kiln edit add|remove|set buildmetadata`.
#include "cli/edit.h"

static const struct option common_options[] = {EDIT_COMMON_OPTIONS};

// --- Patches.

#define PATCH_OPTION(flag, member, text)                                                                               \
    {                                                                                                                  \
        .name = flag, .kind = OPTION_TEXT, EDIT_AT(member), .help = text                                               \
    }
static const struct option patch_options[] = {
    PATCH_OPTION("path", path, "the patch file"),
    PATCH_OPTION("patch", patch, "the patch itself"),
    PATCH_OPTION("group", group, "target: the API group"),
    PATCH_OPTION("version", version, "target: the API version"),
    PATCH_OPTION("kind", kind, "target: the kind"),
    PATCH_OPTION("name", name, "target: the name"),
    PATCH_OPTION("namespace", namespace, "target: the namespace"),
    PATCH_OPTION("annotation-selector", annotation_selector, "target: an annotation selector"),
    PATCH_OPTION("label-selector", label_selector, "target: a label selector"),
    EDIT_COMMON_OPTIONS,
};

static struct patch_argument patch_argument(const struct edit_arguments *arguments)
{
    return (struct patch_argument){
        .path = slice_from(arguments->path),
        .patch = slice_from(arguments->patch),
        .group = slice_from(arguments->group),
        .version = slice_from(arguments->version),
        .kind = slice_from(arguments->kind),
        .name = slice_from(arguments->name),
        .namespace = slice_from(arguments->namespace),
        .annotation_selector = slice_from(arguments->annotation_selector),
        .label_selector = slice_from(arguments->label_selector),
    };
}

static bool check_added_patch(struct edit_arguments *arguments)
{
    struct patch_argument patch = patch_argument(arguments);
    return edit_check_patch(arguments->build, &patch, true);
}

static bool check_removed_patch(struct edit_arguments *arguments)
{
    struct patch_argument patch = patch_argument(arguments);
    return edit_check_patch(arguments->build, &patch, false);
}

static bool add_patch(struct edit *edit, struct edit_arguments *arguments)
{
    struct patch_argument patch = patch_argument(arguments);
    edit_add_patch(edit, &patch);
    return true;
}

static bool remove_patch(struct edit *edit, struct edit_arguments *arguments)
{
    struct patch_argument patch = patch_argument(arguments);
    edit_remove_patch(edit, &patch);
    return true;
}

static const struct edit_job add_patch_job = {0, EDIT_ANY, "flags", check_added_patch, NULL, add_patch};
EDIT_COMMAND(edit_add_patch, "patch", NULL, "add an entry to patches",
             "  kiln edit add patch --path more-memory.yaml --kind Deployment --name web\n", patch_options,
             add_patch_job);

static const struct edit_job remove_patch_job = {0, EDIT_ANY, "flags", check_removed_patch, NULL, remove_patch};
EDIT_COMMAND(edit_remove_patch, "patch", NULL, "remove the entries from patches that match the flags exactly",
             "  kiln edit remove patch --path more-memory.yaml --kind Deployment --name web\n", patch_options,
             remove_patch_job);

// --- buildMetadata.

static bool check_build_metadata(struct edit_arguments *arguments)
{
    return edit_parse_build_metadata(arguments->build, slice_from(arguments->operands[0]), &arguments->texts);
}

static bool add_build_metadata(struct edit *edit, struct edit_arguments *arguments)
{
    return edit_add_build_metadata(edit, &arguments->texts);
}

static bool remove_build_metadata(struct edit *edit, struct edit_arguments *arguments)
{
    edit_remove_build_metadata(edit, &arguments->texts);
    return true;
}

static bool set_build_metadata(struct edit *edit, struct edit_arguments *arguments)
{
    edit_set_build_metadata(edit, &arguments->texts);
    return true;
}

#define METADATA_JOB(change)                                                                                           \
    {                                                                                                                  \
        1, 1, "one argument with comma-separated options", check_build_metadata, NULL, change,                         \
            "must specify a buildMetadata option",                                                                     \
            "too many arguments: [@]; to provide multiple buildMetadata options, please separate options by comma"     \
    }

static const struct edit_job add_metadata_job = METADATA_JOB(add_build_metadata);
EDIT_COMMAND(edit_add_buildmetadata, "buildmetadata", "OPTION[,OPTION…]", "add options to buildMetadata",
             "  kiln edit add buildmetadata originAnnotations,managedByLabel\n", common_options, add_metadata_job);

static const struct edit_job remove_metadata_job = METADATA_JOB(remove_build_metadata);
EDIT_COMMAND(edit_remove_buildmetadata, "buildmetadata", "OPTION[,OPTION…]", "remove options from buildMetadata",
             "  kiln edit remove buildmetadata managedByLabel\n", common_options, remove_metadata_job);

static const struct edit_job set_metadata_job = METADATA_JOB(set_build_metadata);
EDIT_COMMAND(edit_set_buildmetadata, "buildmetadata", "OPTION[,OPTION…]", "replace the options of buildMetadata",
             "  kiln edit set buildmetadata transformerAnnotations\n", common_options, set_metadata_job);
