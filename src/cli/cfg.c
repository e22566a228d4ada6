// cli/cfg.c
//
// `kiln cfg COMMAND`: shows the objects in the files of a directory as they are, without building anything.
#include "cli/cfg.h"

#include <string.h>

#include "base/output_file.h"
#include "cli/terminal.h"

// --- Arguments.

bool cfg_parse(struct invocation *call, void *settings, struct operands *operands, size_t most, enum status *status)
{
    struct slice wanted = arena_format(call->arena, "at most %zu argument%s", most, most == 1 ? "" : "s");
    if (!command_start(call, settings, operands, status))
        return false;
    return command_check_operands(call, operands, 0, most, wanted.data) ||
           diagnose_phrase(call->diagnostics, "accepts at most %zu arg(s), received %zu", most, operands->count);
}

static struct slice next_value(struct arena *arena, struct slice *rest)
{
    struct buffer value = {0};
    bool quoted = rest->length && rest->data[0] == '"';
    size_t at = quoted;
    for (; at < rest->length && (quoted || rest->data[at] != ','); at++) {
        if (quoted && rest->data[at] == '"') {
            // Two double quotes mean one.
            quoted = at + 1 < rest->length && rest->data[at + 1] == '"';
            at += quoted;
            if (!quoted)
                continue;
        }
        buffer_add_byte(&value, rest->data[at]);
    }
    bool more = at < rest->length;
    *rest = more ? slice_from_index(*rest, at + 1) : (struct slice){0};
    struct slice copy = arena_copy(arena, buffer_slice(&value));
    buffer_free(&value);
    return copy;
}

struct text_values cfg_split_values(struct arena *arena, const struct text_values *values)
{
    struct text_values parts = {0};
    for (size_t i = 0; i < values->count; i++) {
        struct slice rest = values->items[i];
        if (!rest.length)
            continue;
        do {
            struct slice part = next_value(arena, &rest);
            list_append(arena, &parts, part);
        } while (rest.data);
    }
    return parts;
}

// --- Input and output.

bool cfg_read_input(struct cfg *cfg, struct tree_documents *objects, struct package_wrapping *wrapping)
{
    struct slice content;
    if (!terminal_read_input(cfg->diagnostics, cfg->arena, &content))
        return false;
    struct source *source = sources_add(&cfg->build->sources, slice_literal("standard input"), content);
    bool done = package_read_stream(cfg, source, objects, wrapping);
    cfg_notice_secrets(objects, 0);
    return done;
}

static bool work_on_input(struct cfg *cfg, const struct cfg_job *job, struct buffer *out)
{
    struct tree_documents objects = {0};
    struct package_wrapping wrapping;
    return cfg_read_input(cfg, &objects, &wrapping) && job->work(cfg, job->settings, &objects, out);
}

static bool work_on_package(struct cfg *cfg, const struct cfg_job *job, struct slice path, struct buffer *out)
{
    struct package_request request = {.path = path, .within_package = true};
    struct tree_documents objects = {0};
    if (!package_read(cfg, &request, &objects))
        return false;
    if (job->titled)
        buffer_add_format(out, "%.*s/\n", SLICE_ARGS(path));
    size_t before = out->length;
    if (!job->work(cfg, job->settings, &objects, out))
        return false;
    if (job->separated && out->length > before)
        buffer_add_text(out, "---");
    return true;
}

static bool work_on_directory(struct cfg *cfg, const struct cfg_job *job, struct buffer *out)
{
    struct path_list packages = {0};
    if (!package_list(cfg, slice_from(job->directory), job->recurse, &packages))
        return false;
    for (size_t i = 0; i < packages.count; i++) {
        if (i)
            buffer_add_byte(out, '\n');
        if (!work_on_package(cfg, job, packages.items[i], out))
            return false;
    }
    if (job->separated && slice_ends_with(buffer_slice(out), slice_literal("---")))
        out->length -= 3;
    return true;
}

static enum status write_file(struct cfg *cfg, const char *path, struct slice text)
{
    struct output_batch batch;
    output_batch_begin(&batch, cfg->arena);
    if (output_batch_add(&batch, slice_from(path), text) && output_batch_commit(&batch))
        return STATUS_DONE;
    output_batch_report(&batch, cfg->diagnostics);
    return STATUS_FAILED;
}

enum status cfg_run(struct invocation *call, const struct cfg_job *job)
{
    struct build *build = command_build_new(call);
    struct cfg cfg = cfg_start(build);
    struct buffer out = {0};
    enum status status = STATUS_FAILED;
    if (job->directory ? work_on_directory(&cfg, job, &out) : work_on_input(&cfg, job, &out))
        status = job->output && *job->output ? write_file(&cfg, job->output, buffer_slice(&out))
                                             : terminal_write_result(cfg.diagnostics, buffer_slice(&out));
    buffer_free(&out);
    command_build_end(build);
    return status;
}

// --- The group.

extern const struct command cfg_cat_command, cfg_count_command, cfg_grep_command, cfg_tree_command;

static const struct command *const cfg_commands[] = {&cfg_cat_command, &cfg_count_command, &cfg_grep_command,
                                                     &cfg_tree_command, NULL};

const struct command cfg_command = {
    .name = "cfg",
    .summary = "print, count, search, or draw the resources in the files of a directory",
    .commands = cfg_commands,
};
