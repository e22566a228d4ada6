// cli/edit.h
//
// Shared by the subcommands of `edit`. Each is a row in edit_registry.h, with a job and a table of flags.
#pragma once

#include "base/output_file.h"
#include "cli/command.h"
#include "cli/options.h"
#include "edit/edit.h"
#include "edit/generated.h"
#include "edit/images.h"
#include "edit/pairs.h"
#include "edit/patches.h"
#include "edit/paths.h"

// The flags of all subcommands, the operands, and what was parsed from them.
struct edit_arguments {
    bool kustomize_layout, as_kustomize;
    const char *directory;
    bool no_verify;                                   // resource
    bool force, without_selector, include_templates;  // label, annotation
    bool ignore_absent;
    bool vars;  // fix
    const char *path, *patch, *group, *version, *kind, *name, *namespace, *annotation_selector, *label_selector;
    struct text_values from_file, from_literal;  // configmap, secret
    const char *from_env_file, *behavior, *type, *new_namespace;
    bool disable_name_suffix_hash;

    const char *const *operands;
    size_t operand_count;
    struct build *build;  // for messages and for memory that lives until the end

    struct path_list paths;
    struct pair_list pairs;
    struct image_arguments images;
    struct replica_arguments replicas;
    struct text_list texts;
    struct generated_arguments generated;
    bool nothing_to_do;  // set by `prepare`: the file isn't even opened
};

enum { EDIT_ANY = 1 << 30 };  // operands

struct edit_job {
    size_t operands_min, operands_max;
    const char *wanted;                        // the operands, as in a message: "one or more files"
    bool (*check)(struct edit_arguments *);    // false: a usage error (diagnosed); may be NULL
    bool (*prepare)(struct edit_arguments *);  // false: it failed (diagnosed); may be NULL
    bool (*apply)(struct edit *, struct edit_arguments *);
    // kustomize's phrases for too few operands and for too many; NULL: the same, or none. `@` is replaced by the
    // operands.
    const char *absent, *excess;
};

// The `run` of all subcommands; their `details` is a job.
enum status edit_command_run(struct invocation *);

// Reads flags and operands. False: `*status` is the exit status.
bool edit_arguments_parse(struct invocation *, const struct edit_job *, struct edit_arguments *, enum status *status);
// Writes the file and the files that changed with it. The caller holds the lock of edit_lock. False: diagnosed.
bool edit_write(struct edit *, int lock);
// The same with the text of edit_text; the caller ends the batch with output_batch_finish or output_batch_discard.
// False: diagnosed, and the batch has ended.
bool edit_place(struct edit *, struct slice text, int lock, struct output_batch *);
// Takes the lock of the current directory (base/output_file.h), for output_unlock. False: diagnosed.
bool edit_lock(struct build *, int *lock);

#define EDIT_AT(member) .offset = offsetof(struct edit_arguments, member)
// The last flags of each table.
#define EDIT_COMMON_OPTIONS                                                                                            \
    {.name = "kustomize-layout",                                                                                       \
     .is_extra = true,                                                                                                 \
     .kind = OPTION_BOOL,                                                                                              \
     EDIT_AT(kustomize_layout),                                                                                        \
     .help = "rewrite the whole file as kustomize does, instead of only what must change"},                            \
    {                                                                                                                  \
        .name = "directory", .is_extra = true, .letter = 'C', .kind = OPTION_TEXT, EDIT_AT(directory), .value = "DIR", \
        .help = "work in this directory instead of the current one"                                                    \
    }

// One subcommand.
#define EDIT_COMMAND(identifier, text_name, text_operands, text_summary, text_example, option_table, job)              \
    const struct command identifier##_command = {                                                                      \
        .name = text_name,                                                                                             \
        .operands = text_operands,                                                                                     \
        .summary = text_summary,                                                                                       \
        .examples = text_example,                                                                                      \
        .options = option_table,                                                                                       \
        .option_count = countof(option_table),                                                                         \
        .run = edit_command_run,                                                                                       \
        .details = &job,                                                                                               \
    }

#define COMMAND(name) extern const struct command name##_command;
#include "cli/edit_registry.h"
#undef COMMAND
