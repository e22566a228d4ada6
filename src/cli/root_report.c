#include "cli/root_report.h"

#include "base/shown.h"
#include "cli/terminal.h"

double root_report_seconds(struct timespec start)
{
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

void root_report_number(struct buffer *text, size_t number)
{
    if (number >= 1000) {
        root_report_number(text, number / 1000);
        buffer_add_format(text, ",%03zu", number % 1000);
    } else {
        buffer_add_format(text, "%zu", number);
    }
}

void root_report_path(struct buffer *text, struct slice path)
{
    shown_add(NULL, path, SHOWN_PATH_MAX, text);
}

static void add_others(const struct root_list *roots, const struct shared_message *shared, bool verbose,
                       struct buffer *text)
{
    enum { SHOWN = 5 };
    size_t count = shared->other_count;
    bool all = verbose || count <= SHOWN;
    buffer_add_text(text, "  … and ");
    root_report_number(text, count);
    buffer_add_format(text, " more %s: ", count == 1 ? "root" : "roots");
    for (size_t i = 0; i < count && (all || i < SHOWN); i++) {
        if (i)
            buffer_add_text(text, ", ");
        root_report_path(text, roots->items[shared->others[i]].path);
    }
    buffer_add_text(text, all ? "\n" : " … (--verbose lists all)\n");
}

// Errors at the end of a build and during writing have no chain, but the root is still named.
static void add_chain(struct slice root, struct slice chain, struct buffer *text)
{
    buffer_add_text(text, "  while ");
    buffer_add_slice(text, chain);
    if (!chain.length) {
        buffer_add_text(text, "building ");
        root_report_path(text, root);
    }
    buffer_add_byte(text, '\n');
}

void root_report_messages(struct arena *arena, const struct root_list *roots, const struct root_result *results,
                          bool verbose)
{
    struct shared_messages shared = {0};
    struct buffer text = {0};
    root_messages_join(arena, results, roots->count, &shared);
    for (size_t i = 0; i < shared.count; i++) {
        const struct shared_message *message = &shared.items[i];
        const struct root_message *said = &results[message->root].messages.items[message->message];
        text.length = 0;
        buffer_add_slice(&text, said->text);
        if (said->severity == SEVERITY_ERROR)
            add_chain(roots->items[message->root].path, said->chain, &text);
        if (message->other_count)
            add_others(roots, message, verbose, &text);
        terminal_write_message(buffer_slice(&text), said->severity);
    }
    buffer_free(&text);
}
