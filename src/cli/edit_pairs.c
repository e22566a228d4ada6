// cli/edit_pairs.c
//
// `kiln edit add|remove|set label|annotation`.
#include "cli/edit.h"

static const struct option common_options[] = {EDIT_COMMON_OPTIONS};

#define FORCE_OPTION                                                                                                   \
    {                                                                                                                  \
        .name = "force", .letter = 'f', .kind = OPTION_BOOL, EDIT_AT(force),                                           \
        .help = "replace the value of an existing key"                                                                 \
    }

static const struct option label_options[] = {
    FORCE_OPTION,
    {.name = "without-selector", .kind = OPTION_BOOL, EDIT_AT(without_selector), .help = "don't add to selectors"},
    {.name = "include-templates",
     .kind = OPTION_BOOL,
     EDIT_AT(include_templates),
     .help = "with --without-selector, also add to Pod templates"},
    EDIT_COMMON_OPTIONS,
};

static const struct option annotation_options[] = {FORCE_OPTION, EDIT_COMMON_OPTIONS};

static bool check_labels(struct edit_arguments *arguments)
{
    if (arguments->include_templates && !arguments->without_selector) {
        diagnose(&arguments->build->diagnostics, (struct position){0},
                 "--include-templates requires --without-selector");
        return diagnose_phrase(&arguments->build->diagnostics,
                               "--without-selector flag must be specified for --include-templates to work");
    }
    return edit_parse_pairs(arguments->build, PAIR_LABEL, arguments->operands, arguments->operand_count,
                            &arguments->pairs);
}

static bool check_annotations(struct edit_arguments *arguments)
{
    return edit_parse_pairs(arguments->build, PAIR_ANNOTATION, arguments->operands, arguments->operand_count,
                            &arguments->pairs);
}

static bool add_labels(struct edit *edit, struct edit_arguments *arguments)
{
    struct pair_options options = {arguments->force, arguments->without_selector, arguments->include_templates};
    return edit_add_pairs(edit, PAIR_LABEL, &arguments->pairs, &options);
}

static bool add_annotations(struct edit *edit, struct edit_arguments *arguments)
{
    struct pair_options options = {.force = arguments->force};
    return edit_add_pairs(edit, PAIR_ANNOTATION, &arguments->pairs, &options);
}

static const struct edit_job label_job = {1,    EDIT_ANY,   "one or more KEY:VALUE pairs", check_labels,
                                          NULL, add_labels, "must specify label"};
EDIT_COMMAND(edit_add_label, "label", "KEY:VALUE…", "add labels to resources, selectors, and templates",
             "  kiln edit add label app:web\n  kiln edit add label --without-selector --include-templates team:a\n",
             label_options, label_job);

static const struct edit_job annotation_job = {1,    EDIT_ANY,        "one or more KEY:VALUE pairs", check_annotations,
                                               NULL, add_annotations, "must specify annotation"};
EDIT_COMMAND(edit_add_annotation, "annotation", "KEY:VALUE…", "add annotations to commonAnnotations",
             "  kiln edit add annotation 'note:needs review'\n", annotation_options, annotation_job);

// --- Setting.

static bool set_labels(struct edit *edit, struct edit_arguments *arguments)
{
    edit_set_pairs(edit, PAIR_LABEL, &arguments->pairs);
    return true;
}

static bool set_annotations(struct edit *edit, struct edit_arguments *arguments)
{
    edit_set_pairs(edit, PAIR_ANNOTATION, &arguments->pairs);
    return true;
}

static bool check_labels_only(struct edit_arguments *arguments)
{
    return edit_parse_pairs(arguments->build, PAIR_LABEL, arguments->operands, arguments->operand_count,
                            &arguments->pairs);
}

static bool check_annotation_keys(struct edit_arguments *arguments)
{
    return check_annotations(arguments) && edit_check_annotation_keys(arguments->build, &arguments->pairs);
}

static const struct edit_job set_label_job = {1,    EDIT_ANY,   "one or more KEY:VALUE pairs", check_labels_only,
                                              NULL, set_labels, "must specify label"};
EDIT_COMMAND(edit_set_label, "label", "KEY:VALUE…", "add or replace labels", "  kiln edit set label app:web\n",
             common_options, set_label_job);

static const struct edit_job set_annotation_job = {
    1,    EDIT_ANY,        "one or more KEY:VALUE pairs", check_annotation_keys,
    NULL, set_annotations, "must specify annotation"};
EDIT_COMMAND(edit_set_annotation, "annotation", "KEY:VALUE…", "add or replace annotations in commonAnnotations",
             "  kiln edit set annotation example.com/owner:team-a\n", common_options, set_annotation_job);

// --- Removing.

static const struct option remove_options[] = {
    {.name = "ignore-non-existence",
     .letter = 'i',
     .kind = OPTION_BOOL,
     EDIT_AT(ignore_absent),
     .help = "ignore keys that don't exist"},
    EDIT_COMMON_OPTIONS,
};

static bool check_label_keys(struct edit_arguments *arguments)
{
    return edit_parse_keys(arguments->build, PAIR_LABEL, slice_from(arguments->operands[0]), &arguments->pairs);
}

static bool check_annotation_names(struct edit_arguments *arguments)
{
    return edit_parse_keys(arguments->build, PAIR_ANNOTATION, slice_from(arguments->operands[0]), &arguments->pairs);
}

static bool remove_labels(struct edit *edit, struct edit_arguments *arguments)
{
    return edit_remove_pairs(edit, PAIR_LABEL, &arguments->pairs, arguments->ignore_absent);
}

static bool remove_annotations(struct edit *edit, struct edit_arguments *arguments)
{
    return edit_remove_pairs(edit, PAIR_ANNOTATION, &arguments->pairs, arguments->ignore_absent);
}

static const struct edit_job remove_label_job = {1,
                                                 1,
                                                 "one argument with comma-separated keys",
                                                 check_label_keys,
                                                 NULL,
                                                 remove_labels,
                                                 "must specify label",
                                                 "labels must be comma-separated, with no spaces"};
EDIT_COMMAND(edit_remove_label, "label", "KEY[,KEY…]", "remove labels", "  kiln edit remove label app,tier\n",
             remove_options, remove_label_job);

static const struct edit_job remove_annotation_job = {1,
                                                      1,
                                                      "one argument with comma-separated keys",
                                                      check_annotation_names,
                                                      NULL,
                                                      remove_annotations,
                                                      "must specify label",
                                                      "labels must be comma-separated, with no spaces"};
EDIT_COMMAND(edit_remove_annotation, "annotation", "KEY[,KEY…]", "remove annotations from commonAnnotations",
             "  kiln edit remove annotation note\n", remove_options, remove_annotation_job);
