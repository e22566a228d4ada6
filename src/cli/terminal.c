#include "cli/terminal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/hash_index.h"
#include "base/memory.h"
#include "base/output_file.h"
#include "base/recovery.h"

enum status terminal_write_result(struct diagnostics *diagnostics, struct slice text)
{
    if (write_all(STDOUT_FILENO, text))
        return STATUS_DONE;
    // SIGPIPE has already ended the process, unless its parent ignores the signal.
    if (errno != EPIPE)
        diagnose(diagnostics, (struct position){0}, "cannot write to standard output: %s", strerror(errno));
    return STATUS_FAILED;
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

static bool wants_color(int descriptor)
{
    const char *terminal = getenv("TERM"), *forced = getenv("CLICOLOR_FORCE");
    if (is_set("NO_COLOR"))
        return false;
    if (is_set("CLICOLOR_FORCE") && strcmp(forced, "0") != 0)
        return true;
    return isatty(descriptor) && terminal && strcmp(terminal, "dumb") != 0;
}

bool terminal_colors_output(void)
{
    return wants_color(STDOUT_FILENO);
}

// True for a redirected file that is too long, without reading it.
static bool is_large_file(void)
{
    struct stat status;
    return fstat(STDIN_FILENO, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0 &&
           (size_t)status.st_size > FILE_SIZE_MAX;
}

bool terminal_read_input(struct diagnostics *diagnostics, struct arena *arena, struct slice *content)
{
    enum { PART = 64 * 1024 };
    struct buffer text = {0};
    ssize_t length;
    if (is_large_file())
        return diagnose(diagnostics, (struct position){0}, "standard input is longer than 1 GiB");
    do {
        length = read(STDIN_FILENO, buffer_reserve(&text, PART), PART);
        if (length > 0)
            text.length += (size_t)length;
    } while ((length > 0 && text.length <= FILE_SIZE_MAX) || (length < 0 && errno == EINTR));
    if (length > 0)
        diagnose(diagnostics, (struct position){0}, "standard input is longer than 1 GiB");
    if (length < 0)
        diagnose(diagnostics, (struct position){0}, "cannot read standard input: %s", strerror(errno));
    *content = arena_copy(arena, buffer_slice(&text));
    buffer_wipe(&text);
    return length == 0;
}

// Names come from the input, so control characters are not sent to the terminal.
static void add_printable(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        bool next_is_control = byte == 0xC2 && i + 1 < text.length && (unsigned char)text.data[i + 1] < 0xA0;
        if ((byte < ' ' && byte != '\n' && byte != '\t') || byte == 0x7F || next_is_control) {
            buffer_add_text(out, "\xEF\xBF\xBD");
            i += next_is_control;
        } else {
            buffer_add_byte(out, (char)byte);
        }
    }
}

// The width of the gutter before a source line; 0: not a source line.
static size_t gutter_of(struct slice line)
{
    size_t at = 0;
    while (at < line.length && (line.data[at] == ' ' || (line.data[at] >= '0' && line.data[at] <= '9')))
        at++;
    return at >= 5 && at + 1 < line.length && line.data[at] == '|' && line.data[at - 1] == ' ' ? at + 1 : 0;
}

#define RED "\033[1;31m"
#define YELLOW "\033[1;33m"
#define GREEN "\033[1;32m"
#define CYAN "\033[36m"
#define FAINT "\033[2m"
#define PLAIN "\033[0m"

// Highlights the first line, the mark below the column, and the hint, and dims the rest.
static void add_colored(struct buffer *out, struct slice text, enum severity severity)
{
    struct slice line, rest = text;
    const char *first = severity == SEVERITY_ERROR ? RED : YELLOW;
    for (bool is_first = true; rest.length > 0; is_first = false) {
        slice_cut(rest, '\n', &line, &rest);
        size_t gutter = is_first ? 0 : gutter_of(line);
        if (gutter) {
            struct slice shown = slice_from_index(line, gutter);
            bool mark = slice_equals(slice_trim(shown, " "), "^");
            buffer_add_format(out, FAINT "%.*s" PLAIN "%s%.*s%s\n", (int)gutter, line.data, mark ? GREEN : "",
                              SLICE_ARGS(shown), mark ? PLAIN : "");
        } else {
            bool hint = !is_first && slice_starts_with(line, slice_literal("  hint: "));
            buffer_add_format(out, "%s%.*s" PLAIN "\n", is_first ? first : hint ? CYAN : FAINT, SLICE_ARGS(line));
        }
    }
}

static void show_progress(struct slice doing)
{
    struct buffer line = {0};
    buffer_add_text(&line, "kiln: ");
    add_printable(&line, doing);
    buffer_add_text(&line, " …\n");
    write_all(STDERR_FILENO, buffer_slice(&line));
    buffer_free(&line);
}

static size_t columns_of(int terminal)
{
    struct winsize size = {0};
    return ioctl(terminal, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

size_t terminal_columns(int descriptor)
{
    return isatty(descriptor) ? columns_of(descriptor) : 0;
}

void terminal_watch(struct diagnostics *diagnostics)
{
    if (!isatty(STDERR_FILENO))
        return;
    diagnostics->columns = columns_of(STDERR_FILENO);
    diagnostics->progress = show_progress;
}

void terminal_write_message(struct slice text, enum severity severity)
{
    struct buffer clean = {0}, shown = {0};
    bool colour = wants_color(STDERR_FILENO);
    add_printable(&clean, text);
    if (colour)
        add_colored(&shown, buffer_slice(&clean), severity);
    write_all(STDERR_FILENO, buffer_slice(colour ? &shown : &clean));
    buffer_free(&clean);
    buffer_free(&shown);
}

// The number of occurrences, at the first one; 0 for the others.
struct repeats {
    size_t *times;  // NULL: each once
    struct arena arena;
};

static bool is_same(const struct diagnostics *diagnostics, const struct diagnostic *a, const struct diagnostic *b,
                    struct arena *arena)
{
    return a->severity == b->severity && slice_equal(a->message, b->message) &&
           slice_equal(position_text(diagnostics->sources, arena, a->position),
                       position_text(diagnostics->sources, arena, b->position));
}

// A base repeats its messages for each overlay that builds it. kustomize's lines are kept as they are.
static void find_repeats(const struct diagnostics *diagnostics, struct repeats *repeats)
{
    struct hash_index index = {0};
    if (diagnostics->count < 2)
        return;
    repeats->times = arena_array(&repeats->arena, size_t, diagnostics->count);
    for (size_t i = 0; i < diagnostics->count; i++) {
        const struct diagnostic *item = &diagnostics->items[i];
        uint64_t place = (uint64_t)item->position.line << 32 | item->position.column;
        uint64_t hash = slice_hash(item->message) ^ place * 0x9E3779B97F4A7C15u;
        uint32_t before;
        bool found = false;
        if (item->severity != SEVERITY_NOTICE)
            for (struct hash_cursor at = hash_index_find(&index, hash); !found && hash_cursor_next(&at, &before);)
                if (is_same(diagnostics, &diagnostics->items[before], item, &repeats->arena)) {
                    repeats->times[before]++;
                    found = true;
                }
        if (found)
            continue;
        repeats->times[i] = 1;
        hash_index_add(&repeats->arena, &index, hash, (uint32_t)i);
    }
}

// When the list of errors is full, the count is only a lower bound.
static void add_times(const struct diagnostics *diagnostics, const struct diagnostic *diagnostic, size_t times,
                      struct buffer *text)
{
    bool is_more = diagnostic->severity == SEVERITY_ERROR && diagnostics_is_full(diagnostics);
    buffer_add_format(text, "  and %s%zu more time%s\n", is_more ? "at least " : "", times, times == 1 ? "" : "s");
}

static void report(const struct diagnostics *diagnostics)
{
    enum { ERRORS_MAX = 20 };
    bool colour = wants_color(STDERR_FILENO);
    struct buffer text = {0}, clean = {0}, shown = {0};
    struct repeats repeats = {0};
    find_repeats(diagnostics, &repeats);
    size_t errors = 0;
    for (size_t i = 0; i < diagnostics->count; i++) {
        text.length = clean.length = 0;
        if (repeats.times && !repeats.times[i])
            continue;
        if (diagnostics->items[i].severity == SEVERITY_ERROR && ++errors > ERRORS_MAX)
            continue;
        diagnostics_render(diagnostics, &diagnostics->items[i], &text);
        if (repeats.times && repeats.times[i] > 1)
            add_times(diagnostics, &diagnostics->items[i], repeats.times[i] - 1, &text);
        add_printable(&clean, buffer_slice(&text));
        if (colour)
            add_colored(&shown, buffer_slice(&clean), diagnostics->items[i].severity);
        else
            buffer_add_slice(&shown, buffer_slice(&clean));
    }
    if (errors > ERRORS_MAX)
        buffer_add_format(&shown, "kiln: %s%zu more error%s not shown\n",
                          diagnostics_is_full(diagnostics) ? "at least " : "", errors - ERRORS_MAX,
                          errors - ERRORS_MAX == 1 ? " is" : "s are");
    arena_free(&repeats.arena);
    // If standard error can't be written, either, only the exit status is left.
    write_all(STDERR_FILENO, buffer_slice(&shown));
    buffer_free(&text);
    buffer_free(&clean);
    buffer_free(&shown);
}

// The work has succeeded or failed by now; a message that doesn't fit in memory doesn't change that.
void terminal_report(const struct diagnostics *diagnostics)
{
    // Static, because arenas of the build may keep some pieces for longer than this call.
    static struct pieces pieces = {.lock = PTHREAD_MUTEX_INITIALIZER};
    struct recovery recovery = {.pieces = &pieces};
    if (diagnostics->count == 0)
        return;
    if (setjmp(*recovery_enter(&recovery)) == 0) {
        report(diagnostics);
    } else {
        write_all(STDERR_FILENO, slice_literal("kiln: "));
        write_all(STDERR_FILENO, slice_from(memory_failure_text()));
        write_all(STDERR_FILENO, slice_literal("; messages are not shown\n"));
    }
    recovery_leave();
}
