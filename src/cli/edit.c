// cli/edit.c
//
// `kiln edit GROUP COMMAND`: changes the kustomization file of the current directory.
#include "cli/edit.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/output_file.h"

// --- The call.

static void phrase_operands(struct invocation *call, const struct operands *operands, const struct edit_job *job)
{
    const char *phrase = operands->count && job->excess ? job->excess : job->absent;
    struct buffer text = {0};
    for (; phrase && *phrase; phrase++) {
        if (*phrase != '@')
            buffer_add_byte(&text, *phrase);
        for (size_t i = 0; *phrase == '@' && i < operands->count; i++)
            buffer_add_format(&text, "%s%s", i ? " " : "", operands->items[i]);
    }
    diagnose_phrase(call->diagnostics, "%.*s", SLICE_ARGS(buffer_slice(&text)));
    buffer_free(&text);
}

bool edit_arguments_parse(struct invocation *call, const struct edit_job *job, struct edit_arguments *arguments,
                          enum status *status)
{
    struct operands operands = {0};
    if (!command_start(call, arguments, &operands, status))
        return false;
    if (!command_check_operands(call, &operands, job->operands_min, job->operands_max, job->wanted)) {
        phrase_operands(call, &operands, job);
        return false;
    }
    arguments->operands = operands.items;
    arguments->operand_count = operands.count;
    arguments->as_kustomize = call->as_kustomize;
    return !arguments->directory || chdir(arguments->directory) == 0 ||
           diagnose(call->diagnostics, (struct position){0}, "-C: cannot enter '%s': %s", arguments->directory,
                    strerror(errno));
}

// --- The file.

// A link is replaced by a file of its own: what it leads to may belong to somebody else.
static void warn_of_link(struct edit *edit)
{
    struct stat status;
    if (lstat(arena_copy(&edit->build->arena, edit->path).data, &status) == 0 && S_ISLNK(status.st_mode))
        diagnose_warning(&edit->build->diagnostics, source_position(edit->source, 0, 0),
                         "the symbolic link is now a file of its own; what it led to is unchanged");
}

bool edit_write(struct edit *edit)
{
    struct buffer text = {0};
    struct output_batch batch;
    bool written = edit_text(edit, &text);
    if (written && (!slice_equal(buffer_slice(&text), edit->source->content) || edit->others.count)) {
        warn_of_link(edit);
        output_batch_begin(&batch, &edit->build->arena);
        batch.sync = true;
        written = output_batch_add(&batch, edit->path, buffer_slice(&text));
        for (size_t i = 0; i < edit->others.count && written; i++)
            written = output_batch_add(&batch, edit->others.items[i].path, edit->others.items[i].content);
        written = written && output_batch_commit(&batch);
        if (!written)
            edit_refuse(edit, "cannot write %s: %s", batch.failed_path, batch.reason);
    }
    buffer_free(&text);
    return written;
}

bool edit_lock(struct build *build, int *lock)
{
    return output_lock(".", lock) ||
           diagnose(&build->diagnostics, (struct position){0},
                    "cannot finish what an interrupted kiln has begun here: %s", strerror(errno));
}

static enum status run_job(struct edit_arguments *arguments, const struct edit_job *job)
{
    struct edit edit;
    if (job->check && !job->check(arguments))
        return STATUS_USAGE;
    if (job->prepare && !job->prepare(arguments))
        return STATUS_FAILED;
    if (arguments->nothing_to_do)
        return STATUS_DONE;
    // What another edit writes between reading and writing would be lost.
    int lock;
    if (!edit_lock(arguments->build, &lock))
        return STATUS_FAILED;
    bool done = edit_open(&edit, arguments->build, &file_system_posix,
                          arguments->kustomize_layout ? EDIT_KUSTOMIZE_LAYOUT : EDIT_IN_PLACE);
    edit.as_kustomize = arguments->as_kustomize;
    done = done && job->apply(&edit, arguments) && (edit.unchanged || edit_write(&edit));
    output_unlock(lock);
    return done ? STATUS_DONE : STATUS_FAILED;
}

enum status edit_command_run(struct invocation *call)
{
    const struct edit_job *job = call->command->details;
    struct edit_arguments arguments = {.type = "Opaque"};
    enum status status;
    if (!edit_arguments_parse(call, job, &arguments, &status))
        return status;
    arguments.build = command_build_new(call);
    status = run_job(&arguments, job);
    command_build_end(arguments.build);
    return status;
}

// --- The groups.

#define COMMAND(name) &name##_command,
#define NONE(name)

#define EDIT_ADD(name) COMMAND(edit_add_##name)
#define EDIT_REMOVE NONE
#define EDIT_SET NONE
static const struct command *const add_commands[] = {
#include "cli/edit_registry.h"
    NULL,
};

#define EDIT_ADD NONE
#define EDIT_REMOVE(name) COMMAND(edit_remove_##name)
#define EDIT_SET NONE
static const struct command *const remove_commands[] = {
#include "cli/edit_registry.h"
    NULL,
};

#define EDIT_ADD NONE
#define EDIT_REMOVE NONE
#define EDIT_SET(name) COMMAND(edit_set_##name)
static const struct command *const set_commands[] = {
#include "cli/edit_registry.h"
    NULL,
};

static const struct command add = {
    .name = "add",
    .summary = "add a resource, a patch, a label … to the kustomization file",
    .examples = "  kiln edit add resource deployment.yaml service.yaml\n"
                "  kiln edit add configmap settings --from-literal=LOG_LEVEL=debug\n",
    .commands = add_commands,
};

static const struct command remove_ = {
    .name = "remove",
    .summary = "take one out of it",
    .examples = "  kiln edit remove resource 'old-*.yaml'\n"
                "  kiln edit remove label app,tier\n",
    .commands = remove_commands,
};

static const struct command set = {
    .name = "set",
    .summary = "set images, replicas, names, the namespace …",
    .examples = "  kiln edit set image nginx=nginx:1.27\n"
                "  kiln edit set replicas web=3\n",
    .commands = set_commands,
};

extern const struct command edit_fix_command, edit_list_builtin_command;

static const struct command *const groups[] = {
    &add, &remove_, &set, &edit_fix_command, &edit_list_builtin_command, NULL,
};

const struct command edit_command = {
    .name = "edit",
    .summary = "change the kustomization file of the current directory",
    .description = "Only the bytes that must change do. Comments, order, quotes and blank lines stay.\n",
    .examples = "  kiln edit add resource deployment.yaml\n"
                "  kiln edit set image nginx=nginx:1.27\n"
                "  kiln edit fix\n",
    .commands = groups,
};
