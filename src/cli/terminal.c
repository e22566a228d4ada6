#include "cli/terminal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/output_file.h"

enum status terminal_write_result(struct diagnostics *diagnostics, struct slice text)
{
    if (write_all(STDOUT_FILENO, text))
        return STATUS_DONE;
    // SIGPIPE has ended the process already, unless whoever started it has switched the signal off.
    if (errno != EPIPE)
        diagnose(diagnostics, (struct position){0}, "cannot write to standard output: %s", strerror(errno));
    return STATUS_FAILED;
}

static bool wants_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && !(no_colour && *no_colour) && terminal && strcmp(terminal, "dumb") != 0;
}

// The first line stands out, what follows it steps back.
static void add_coloured(struct buffer *out, struct slice text, enum severity severity)
{
    struct slice line, rest = text;
    const char *colour = severity == SEVERITY_ERROR ? "\033[31m" : "\033[33m";
    while (rest.length > 0) {
        slice_cut(rest, '\n', &line, &rest);
        buffer_add_format(out, "%s%.*s\033[0m\n", colour, SLICE_ARGS(line));
        colour = "\033[2m";
    }
}

void terminal_report(const struct diagnostics *diagnostics)
{
    if (diagnostics->count == 0)
        return;
    bool colour = wants_colour();
    struct buffer text = {0}, coloured = {0};
    for (size_t i = 0; i < diagnostics->count; i++) {
        size_t start = text.length;
        diagnostics_render(diagnostics, &diagnostics->items[i], &text);
        if (colour)
            add_coloured(&coloured, slice_from_index(buffer_slice(&text), start), diagnostics->items[i].severity);
    }
    // Where standard error cannot be written either, the exit status is all that is left to say.
    write_all(STDERR_FILENO, buffer_slice(colour ? &coloured : &text));
    buffer_free(&text);
    buffer_free(&coloured);
}
