#include "cli/root_output_report.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/output_file.h"
#include "cli/root_report.h"
#include "cli/terminal.h"
#include "json/machine.h"

static const char *const status_texts[] = {
    [ROOT_SKIPPED] = "skipped", [ROOT_BUILT] = "built", [ROOT_FAILED] = "failed"};

void root_outputs_show_finished(struct root_outputs *outputs, size_t index)
{
    struct buffer line = {0};
    buffer_add_text(&line, "[");
    root_report_number(&line, ++outputs->ended_count);
    buffer_add_text(&line, "/");
    root_report_number(&line, outputs->roots.count);
    buffer_add_format(&line, "] %s ", status_texts[outputs->results[index].status]);
    root_report_path(&line, outputs->roots.items[index].path);
    buffer_add_byte(&line, '\n');
    write_all(STDERR_FILENO, buffer_slice(&line));
    buffer_free(&line);
}

struct root_totals root_totals_count(const struct root_outputs *outputs)
{
    struct root_totals totals = {0};
    for (size_t i = 0; i < outputs->roots.count; i++) {
        const struct root_result *result = &outputs->results[i];
        totals.statuses[result->status]++;
        totals.objects += result->object_count;
        if (result->status == ROOT_BUILT && outputs->directory.length)
            *(outputs->items[i].changed ? &totals.changed : &totals.unchanged) += 1;
    }
    return totals;
}

// The output of a root that was not built is from an earlier build.
static void add_old_outputs(const struct root_outputs *outputs, struct buffer *text)
{
    struct stat status;
    for (size_t i = 0; i < outputs->roots.count && outputs->directory.length && !outputs->settings->output_layout;
         i++) {
        struct slice path = root_output_path(outputs, i);
        if (outputs->results[i].status == ROOT_BUILT || lstat(path.data, &status) != 0)
            continue;
        root_report_path(text, path);
        buffer_add_text(text, " is from an older build\n");
    }
}

void root_outputs_report(const struct root_outputs *outputs, size_t removed)
{
    struct root_totals totals = root_totals_count(outputs);
    struct buffer text = {0};
    add_old_outputs(outputs, &text);
    root_report_number(&text, outputs->roots.count);
    buffer_add_format(&text, " %s: ", outputs->roots.count == 1 ? "root" : "roots");
    root_report_number(&text, totals.statuses[ROOT_BUILT]);
    buffer_add_text(&text, " built, ");
    root_report_number(&text, totals.statuses[ROOT_FAILED]);
    buffer_add_text(&text, " failed");
    if (totals.statuses[ROOT_SKIPPED]) {
        buffer_add_text(&text, ", ");
        root_report_number(&text, totals.statuses[ROOT_SKIPPED]);
        buffer_add_text(&text, " skipped");
    }
    if (outputs->directory.length) {
        buffer_add_text(&text, ", ");
        root_report_number(&text, totals.changed);
        buffer_add_text(&text, " changed, ");
        root_report_number(&text, totals.unchanged);
        buffer_add_text(&text, " unchanged");
    }
    if (outputs->settings->prune_output) {
        buffer_add_text(&text, ", ");
        root_report_number(&text, removed);
        buffer_add_format(&text, " %s removed", removed == 1 ? "file" : "files");
    }
    buffer_add_text(&text, ", ");
    root_report_number(&text, totals.objects);
    buffer_add_format(&text, " %s, %.1f s\n", totals.objects == 1 ? "resource" : "resources",
                      root_report_seconds(outputs->start));
    write_all(STDERR_FILENO, buffer_slice(&text));
    buffer_free(&text);
}

// --- JSON.

static json_t *json_message(const struct root_message *message, struct slice root)
{
    static const char *const severities[] = {"error", "warning", "note"};
    json_t *object = machine_object();
    machine_set(object, "severity", json_string(severities[message->severity]));
    machine_set(object, "message", machine_text(message->message));
    machine_set_text(object, "hint", message->hint);
    machine_set_text(object, "file", message->file);
    if (message->line) {
        machine_set(object, "line", json_integer(message->line));
        machine_set(object, "column", json_integer(message->column));
    }
    machine_set(object, "root", machine_text(root));
    machine_set_text(object, "chain", message->chain);
    return object;
}

static json_t *json_root(const struct root_outputs *outputs, size_t index)
{
    const struct root_result *result = &outputs->results[index];
    const struct root_output *output = &outputs->items[index];
    struct slice path = outputs->roots.items[index].path;
    json_t *object = machine_object();
    machine_set(object, "path", machine_text(path));
    machine_set(object, "status", json_string(status_texts[result->status]));
    if (result->status == ROOT_BUILT) {
        machine_set(object, "output", machine_text(root_output_path(outputs, index)));
        machine_set(object, "objects", json_integer((json_int_t)result->object_count));
        machine_set(object, "bytes", json_integer((json_int_t)output->bytes));
        machine_set_text(object, "sha256", output->hash);
        machine_set(object, "changed", json_boolean(output->changed));
    }
    if (result->messages.count) {
        json_t *messages = machine_array();
        for (size_t i = 0; i < result->messages.count; i++)
            machine_append(messages, json_message(&result->messages.items[i], path));
        machine_set(object, "diagnostics", messages);
    }
    return object;
}

enum status root_outputs_print_json(const struct root_outputs *outputs)
{
    struct root_totals totals = root_totals_count(outputs);
    struct buffer json = {0};
    json_t *root = machine_object(), *roots = machine_array();
    for (size_t i = 0; i < outputs->roots.count; i++)
        machine_append(roots, json_root(outputs, i));
    machine_set(root, "schemaVersion", json_integer(1));
    machine_set(root, "roots", roots);
    machine_set(root, "built", json_integer((json_int_t)totals.statuses[ROOT_BUILT]));
    machine_set(root, "failed", json_integer((json_int_t)totals.statuses[ROOT_FAILED]));
    machine_set(root, "skipped", json_integer((json_int_t)totals.statuses[ROOT_SKIPPED]));
    machine_write(&json, root, JSON_COMPACT);
    enum status status = terminal_write_result(&outputs->build->diagnostics, buffer_slice(&json));
    buffer_free(&json);
    return status;
}
