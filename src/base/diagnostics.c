#include "base/diagnostics.h"

#include <inttypes.h>

#include "base/shown.h"
#include "base/snippet.h"

void diagnostics_init(struct diagnostics *diagnostics, struct arena *arena, struct sources *sources)
{
    *diagnostics = (struct diagnostics){.arena = arena, .sources = sources};
}

static struct slice context_text(const struct diagnostics *diagnostics, const struct diagnostic_context *context)
{
    return context->describe ? context->describe(diagnostics->arena, context->subject) : context->text;
}

static struct slice chain_text(const struct diagnostics *diagnostics)
{
    struct slice chain = {0};
    for (size_t i = 0; i < diagnostics->context_count; i++)
        chain = arena_format(diagnostics->arena, "%.*s%s%.*s", SLICE_ARGS(chain), i ? " → " : "",
                             SLICE_ARGS(context_text(diagnostics, &diagnostics->contexts[i])));
    return chain;
}

static void add(struct diagnostics *diagnostics, enum severity severity, struct position position, const char *format,
                va_list arguments)
{
    struct diagnostic diagnostic = {
        .severity = severity,
        .position = position,
        .message = arena_format_list(diagnostics->arena, format, arguments),
        .chain = chain_text(diagnostics),
    };
    list_append(diagnostics->arena, diagnostics, diagnostic);
    diagnostics->error_count += severity == SEVERITY_ERROR;
}

bool diagnose_independent(struct diagnostics *diagnostics)
{
    if (diagnostics->count)
        diagnostics->items[diagnostics->count - 1].is_independent = true;
    return false;
}

enum { ERRORS_MAX = 200 };

bool diagnostics_is_full(const struct diagnostics *diagnostics)
{
    return diagnostics->error_count >= ERRORS_MAX;
}

bool diagnostics_may_continue(const struct diagnostics *diagnostics)
{
    return diagnostics->finds_all && !diagnostics_is_full(diagnostics) && !diagnostics_has_limit(diagnostics, 0);
}

void diagnostics_add(struct diagnostics *diagnostics, const struct diagnostic *diagnostic)
{
    list_append(diagnostics->arena, diagnostics, *diagnostic);
    diagnostics->error_count += diagnostic->severity == SEVERITY_ERROR;
}

bool diagnose(struct diagnostics *diagnostics, struct position position, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(diagnostics, SEVERITY_ERROR, position, format, arguments);
    va_end(arguments);
    return false;
}

bool diagnose_limit(struct diagnostics *diagnostics, struct position position, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(diagnostics, SEVERITY_ERROR, position, format, arguments);
    va_end(arguments);
    diagnostics->items[diagnostics->count - 1].is_limit = true;
    return false;
}

void diagnose_cause(struct diagnostics *diagnostics, enum cause cause)
{
    diagnostics->items[diagnostics->count - 1].cause = cause;
}

const struct diagnostic *diagnostics_caused_by(const struct diagnostics *diagnostics, enum cause cause)
{
    const struct diagnostic *newest = diagnostics->count ? &diagnostics->items[diagnostics->count - 1] : NULL;
    return newest && newest->cause == cause ? newest : NULL;
}

void diagnose_about(struct diagnostics *diagnostics, const char *rule)
{
    diagnostics->items[diagnostics->count - 1].about = rule;
}

bool diagnostics_has_limit(const struct diagnostics *diagnostics, size_t mark)
{
    for (size_t i = mark; i < diagnostics->count; i++)
        if (diagnostics->items[i].is_limit)
            return true;
    return false;
}

void diagnose_warning(struct diagnostics *diagnostics, struct position position, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(diagnostics, SEVERITY_WARNING, position, format, arguments);
    va_end(arguments);
}

// Shows the arguments in one line but keeps the line breaks and tabs of the format. To tell them apart, the message is
// formatted twice, the second time with other bytes for the breaks of the format.
static struct slice notice_text(struct arena *arena, const char *format, va_list arguments)
{
    struct slice marked = arena_copy(arena, slice_from(format));
    for (char *at = (char *)marked.data; *at; at++)
        *at = *at == '\n' || *at == '\t' ? '\x01' : *at;
    va_list again;
    va_copy(again, arguments);
    struct slice text = arena_format_list(arena, format, arguments);
    struct slice other = arena_format_list(arena, marked.data, again);
    va_end(again);
    struct buffer out = {0};
    size_t start = 0;
    for (size_t i = 0; i <= text.length; i++) {
        if (i < text.length && text.data[i] == other.data[i])
            continue;
        shown_escape(slice_part(text, start, i), &out);
        buffer_add_slice(&out, slice_part(text, i, i + 1));
        start = i + 1;
    }
    text = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return text;
}

void diagnose_notice(struct diagnostics *diagnostics, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct diagnostic notice = {.severity = SEVERITY_NOTICE,
                                .message = notice_text(diagnostics->arena, format, arguments)};
    va_end(arguments);
    diagnostics_add(diagnostics, &notice);
}

void diagnose_hint(struct diagnostics *diagnostics, const char *format, ...)
{
    if (diagnostics->count == 0)
        return;
    va_list arguments;
    va_start(arguments, format);
    diagnostics->items[diagnostics->count - 1].hint = arena_format_list(diagnostics->arena, format, arguments);
    va_end(arguments);
}

bool diagnose_phrase(struct diagnostics *diagnostics, const char *format, ...)
{
    if (diagnostics->count == 0)
        return false;
    va_list arguments;
    va_start(arguments, format);
    diagnostics->items[diagnostics->count - 1].phrase = arena_format_list(diagnostics->arena, format, arguments);
    va_end(arguments);
    return false;
}

const char *diagnostics_program(const struct diagnostics *diagnostics)
{
    return diagnostics->lead ? "kustomize" : "kiln";
}

void diagnostics_forget(struct diagnostics *diagnostics, size_t mark)
{
    while (diagnostics->count > mark)
        diagnostics->error_count -= diagnostics->items[--diagnostics->count].severity == SEVERITY_ERROR;
}

void diagnostics_keep_independent(struct diagnostics *diagnostics, size_t mark)
{
    size_t kept = mark;
    for (size_t i = mark; i < diagnostics->count; i++) {
        const struct diagnostic diagnostic = diagnostics->items[i];
        if (diagnostic.is_independent)
            diagnostics->items[kept++] = diagnostic;
        else
            diagnostics->error_count -= diagnostic.severity == SEVERITY_ERROR;
    }
    diagnostics->count = kept;
}

static void push(struct diagnostics *diagnostics, struct diagnostic_context context)
{
    if (diagnostics->context_count == diagnostics->context_capacity) {
        size_t capacity = diagnostics->context_capacity ? diagnostics->context_capacity * 2 : 8;
        diagnostics->contexts = arena_grow(diagnostics->arena, diagnostics->contexts, diagnostics->context_count,
                                           capacity, sizeof *diagnostics->contexts, 16);
        diagnostics->context_capacity = capacity;
    }
    diagnostics->contexts[diagnostics->context_count++] = context;
}

void diagnostics_push(struct diagnostics *diagnostics, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    push(diagnostics, (struct diagnostic_context){.text = arena_format_list(diagnostics->arena, format, arguments)});
    va_end(arguments);
}

void diagnostics_push_subject(struct diagnostics *diagnostics, struct slice (*describe)(struct arena *, const void *),
                              const void *subject)
{
    push(diagnostics, (struct diagnostic_context){.describe = describe, .subject = subject});
}

void diagnostics_follow(struct diagnostics *diagnostics, const struct diagnostics *other)
{
    diagnostics->release = other->release;
    for (size_t i = 0; i < other->context_count; i++)
        push(diagnostics, other->contexts[i]);
}

void diagnostics_pop(struct diagnostics *diagnostics)
{
    diagnostics->context_count--;
}

void diagnostics_progress(const struct diagnostics *diagnostics, const char *format, ...)
{
    if (!diagnostics->progress)
        return;
    va_list arguments;
    va_start(arguments, format);
    struct slice doing = arena_format_list(diagnostics->arena, format, arguments);
    diagnostics->progress(shown_text(diagnostics->arena, diagnostics->sources, doing));
    va_end(arguments);
}

void diagnostics_adopt(struct diagnostics *into, const struct diagnostics *from)
{
    for (size_t i = 0; i < from->count; i++) {
        struct diagnostic diagnostic = from->items[i];
        diagnostic.message = arena_copy(into->arena, diagnostic.message);
        diagnostic.hint = arena_copy(into->arena, diagnostic.hint);
        diagnostic.phrase = arena_copy(into->arena, diagnostic.phrase);
        diagnostic.chain = chain_text(into);
        list_append(into->arena, into, diagnostic);
        into->error_count += diagnostic.severity == SEVERITY_ERROR;
    }
}

struct slice position_text(const struct sources *sources, struct arena *arena, struct position position)
{
    const struct source *source = sources ? sources_get(sources, position.file) : NULL;
    if (!source)
        return (struct slice){0};
    if (!position.line)
        return source->path;
    position = source_place(source, position);
    return arena_format(arena, "%.*s:%" PRIu32 ":%" PRIu32, SLICE_ARGS(source->path), position.line, position.column);
}

static void add_text(const struct diagnostics *diagnostics, struct slice text, struct buffer *out)
{
    shown_add(diagnostics->sources, text, SHOWN_MAX, out);
}

// kiln's own words may span several lines; user input in them is already on one line (notice_text).
static void render_notice(const struct diagnostics *diagnostics, struct slice message, struct buffer *out)
{
    for (struct slice line; message.length;) {
        bool more = slice_cut(message, '\n', &line, &message);
        for (struct slice word; line.length;) {
            bool tab = slice_cut(line, '\t', &word, &line);
            add_text(diagnostics, word, out);
            if (tab)
                buffer_add_byte(out, '\t');
        }
        if (more)
            buffer_add_byte(out, '\n');
    }
    buffer_add_byte(out, '\n');
}

void diagnostics_render(const struct diagnostics *diagnostics, const struct diagnostic *diagnostic, struct buffer *out)
{
    if (diagnostic->severity == SEVERITY_NOTICE) {
        render_notice(diagnostics, diagnostic->message, out);
        return;
    }
    struct slice where = position_text(diagnostics->sources, diagnostics->arena, diagnostic->position);
    if (diagnostics->lead && diagnostic->severity == SEVERITY_ERROR) {
        buffer_add_format(out, "Error: %s", diagnostics->lead);
        add_text(diagnostics, diagnostic->phrase, out);
        buffer_add_text(out, diagnostic->phrase.length ? ": " : "");
    }
    buffer_add_text(out, "kiln: ");
    if (where.length) {
        shown_add(NULL, where, SHOWN_PATH_MAX, out);
        buffer_add_text(out, ": ");
    }
    if (diagnostic->severity == SEVERITY_WARNING)
        buffer_add_text(out, "warning: ");
    add_text(diagnostics, diagnostic->message, out);
    buffer_add_byte(out, '\n');
    // Finding a position means scanning the file, so stop after this many.
    enum { EXCERPTS = 20 };
    if (diagnostic < diagnostics->items + EXCERPTS)
        snippet_add(diagnostics->sources, diagnostic->position, diagnostics->columns, out);
    if (diagnostic->hint.length) {
        buffer_add_text(out, "  hint: ");
        add_text(diagnostics, diagnostic->hint, out);
        buffer_add_byte(out, '\n');
    }
    if (diagnostic->chain.length && diagnostic->severity == SEVERITY_ERROR) {
        buffer_add_text(out, "  while ");
        add_text(diagnostics, diagnostic->chain, out);
        buffer_add_byte(out, '\n');
    }
}

struct slice nearest_text(struct slice wanted, const struct slice *candidates, size_t count)
{
    // Up to a third of the letters may differ, plus one if there are at least five: 'fronted' finds 'frontend', 'x'
    // finds nothing.
    size_t best_distance = wanted.length < 3 ? 1 : wanted.length / 3 + 1;
    struct slice best = {0};
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].length == 0)
            continue;
        size_t distance = slice_edit_distance(wanted, candidates[i], best_distance);
        if (distance < best_distance || (distance == best_distance && !best.length && wanted.length > 4)) {
            best_distance = distance;
            best = candidates[i];
        }
    }
    return best;
}
