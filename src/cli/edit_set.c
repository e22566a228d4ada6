// cli/edit_set.c
//
// `kiln edit set image|replicas|namespace|nameprefix|namesuffix`.
#include "cli/edit.h"
#include "edit/present.h"

static const struct option common_options[] = {EDIT_COMMON_OPTIONS};

static bool check_images(struct edit_arguments *arguments)
{
    return edit_parse_images(arguments->build, arguments->operands, arguments->operand_count, &arguments->images);
}

static bool set_images(struct edit *edit, struct edit_arguments *arguments)
{
    edit_warn_about_images(edit, &arguments->images);
    edit_set_images(edit, &arguments->images);
    return true;
}

static const struct edit_job image_job = {1,    EDIT_ANY,   "one or more images", check_images,
                                          NULL, set_images, "no image specified"};
EDIT_COMMAND(edit_set_image, "image", "IMAGE…", "set names, tags, and digests in images",
             "  kiln edit set image nginx:1.27 app=registry.example.com/app:v2\n"
             "  kiln edit set image 'app=*@sha256:24a0…'    # `*` keeps the current name\n",
             common_options, image_job);

static bool check_replicas(struct edit_arguments *arguments)
{
    return edit_parse_replicas(arguments->build, arguments->operands, arguments->operand_count, &arguments->replicas);
}

static bool set_replicas(struct edit *edit, struct edit_arguments *arguments)
{
    edit_warn_about_replicas(edit, &arguments->replicas);
    edit_set_replicas(edit, &arguments->replicas);
    return true;
}

static const struct edit_job replicas_job = {1,    EDIT_ANY,     "one or more NAME=COUNT pairs", check_replicas,
                                             NULL, set_replicas, "no replicas specified"};
EDIT_COMMAND(edit_set_replicas, "replicas", "NAME=COUNT…", "set counts in replicas", "  kiln edit set replicas web=3\n",
             common_options, replicas_job);

// --- Single values; an empty one removes the field.

static bool set_value(struct edit *edit, const char *field, struct edit_arguments *arguments)
{
    edit_set_text(edit, edit->root, field, slice_from(arguments->operands[0]));
    return true;
}

static bool set_namespace(struct edit *edit, struct edit_arguments *arguments)
{
    return set_value(edit, "namespace", arguments);
}

static bool set_name_prefix(struct edit *edit, struct edit_arguments *arguments)
{
    return set_value(edit, "namePrefix", arguments);
}

static bool set_name_suffix(struct edit *edit, struct edit_arguments *arguments)
{
    return set_value(edit, "nameSuffix", arguments);
}

static const struct edit_job namespace_job = {
    1, 1, "one namespace", NULL, NULL, set_namespace, "must specify exactly one namespace value"};
EDIT_COMMAND(edit_set_namespace, "namespace", "NAMESPACE", "set the namespace", "  kiln edit set namespace staging\n",
             common_options, namespace_job);

static const struct edit_job name_prefix_job = {
    1, 1, "one prefix", NULL, NULL, set_name_prefix, "must specify exactly one prefix value"};
EDIT_COMMAND(edit_set_nameprefix, "nameprefix", "PREFIX", "set the name prefix",
             "  kiln edit set nameprefix staging-\n", common_options, name_prefix_job);

static const struct edit_job name_suffix_job = {
    1, 1, "one suffix", NULL, NULL, set_name_suffix, "must specify exactly one suffix value"};
EDIT_COMMAND(edit_set_namesuffix, "namesuffix", "SUFFIX", "set the name suffix", "  kiln edit set namesuffix -- -v2\n",
             common_options, name_suffix_job);
