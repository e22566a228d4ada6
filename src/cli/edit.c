// cli/edit.c
//
// `kiln edit GROUP COMMAND`: changes the kustomization file of the current directory.
#include "cli/edit.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load/path.h"

// --- Arguments.

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
           diagnose(call->diagnostics, (struct position){0}, "-C: cannot change to the directory '%s': %s",
                    arguments->directory, strerror(errno));
}

// --- The file.

// Replaces a link instead of writing through it, because its target may belong to others.
static void warn_of_link(struct edit *edit)
{
    struct stat status;
    if (lstat(arena_copy(&edit->build->arena, edit->path).data, &status) == 0 && S_ISLNK(status.st_mode))
        diagnose_warning(&edit->build->diagnostics, source_position(edit->source, 0, 0),
                         "replaced the symbolic link with a regular file; its target is unchanged");
}

// A path that leads out of the directory, even through a link, is one that the kustomization names.
static bool add_other(const struct edit *edit, struct slice above, const struct edit_output *other,
                      struct output_batch *batch)
{
    struct arena *arena = &edit->build->arena;
    struct slice folder, reason;
    if (!edit->files->resolve(edit->files->state, arena, path_join(arena, above, path_directory(other->path)), &folder,
                              &reason) ||
        !path_is_within(folder, above))
        return output_batch_add(batch, other->path, other->content);
    struct slice place = path_relative(arena, above, path_join(arena, folder, path_base(other->path)));
    return output_batch_add_below(batch, place, other->content);
}

static bool add_all(const struct edit *edit, struct slice text, struct output_batch *batch)
{
    struct slice current, above, reason;
    const struct file_system *files = edit->files;
    bool known = files->current_directory(files->state, &edit->build->arena, &current) &&
                 files->resolve(files->state, &edit->build->arena, current, &above, &reason);
    for (size_t i = 0; i < edit->others.count; i++) {
        const struct edit_output *other = &edit->others.items[i];
        if (!(known ? add_other(edit, above, other, batch) : output_batch_add(batch, other->path, other->content)))
            return false;
    }
    return output_batch_add_below(batch, edit->path, text);
}

bool edit_place(struct edit *edit, struct slice text, int lock, struct output_batch *batch)
{
    size_t mark = edit->build->diagnostics.count;
    output_batch_begin(batch, &edit->build->arena);
    batch->sync = true;
    if (slice_equal(text, edit->source->content) && !edit->others.count)
        return true;
    // After the file is in place, nothing allocates memory.
    warn_of_link(edit);
    if (output_batch_enter_locked(batch, slice_literal("."), lock) && add_all(edit, text, batch) &&
        output_batch_place(batch))
        return true;
    diagnostics_forget(&edit->build->diagnostics, mark);
    return edit_refuse(edit, "cannot write '%s': %s", batch->failed_path, batch->reason);
}

bool edit_write(struct edit *edit, int lock)
{
    struct buffer text = {0};
    struct output_batch batch;
    bool written = edit_text(edit, &text) && edit_place(edit, buffer_slice(&text), lock, &batch) &&
                   output_batch_finish(&batch);
    buffer_free(&text);
    return written;
}

bool edit_lock(struct build *build, int *lock)
{
    return output_lock(".", lock) || diagnose(&build->diagnostics, (struct position){0},
                                              "cannot finish the changes of an interrupted run: %s", strerror(errno));
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
    // Without the lock, an edit by another process between reading and writing would be lost.
    int lock;
    if (!edit_lock(arguments->build, &lock))
        return STATUS_FAILED;
    bool done = edit_open(&edit, arguments->build, &file_system_posix,
                          arguments->kustomize_layout ? EDIT_KUSTOMIZE_LAYOUT : EDIT_IN_PLACE);
    edit.as_kustomize = arguments->as_kustomize;
    done = done && job->apply(&edit, arguments) && (edit.unchanged || edit_write(&edit, lock));
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
    .summary = "add resources, patches, labels, and more to the kustomization file",
    .examples = "  kiln edit add resource deployment.yaml service.yaml\n"
                "  kiln edit add configmap settings --from-literal=LOG_LEVEL=debug\n",
    .commands = add_commands,
};

static const struct command remove_ = {
    .name = "remove",
    .summary = "remove entries from the kustomization file",
    .examples = "  kiln edit remove resource 'old-*.yaml'\n"
                "  kiln edit remove label app,tier\n",
    .commands = remove_commands,
};

static const struct command set = {
    .name = "set",
    .summary = "set images, replicas, the namespace, and more",
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
    .description = "kiln changes only what must change. Comments, order, quotes, and blank lines stay as they are.\n",
    .examples = "  kiln edit add resource deployment.yaml\n"
                "  kiln edit set image nginx=nginx:1.27\n"
                "  kiln edit fix\n",
    .commands = groups,
};
