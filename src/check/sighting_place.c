#include "check/sighting_place.h"

#include "base/snippet.h"
#include "base/utf8.h"
#include "check/findings.h"

static const struct source *file_of(const struct judge *judge, const struct source *source)
{
    while (source && source->outer)
        source = sources_get(&judge->build->sources, source->outer);
    return source;
}

static bool is_word_end(struct slice line, size_t at, bool flow)
{
    char byte = line.data[at];
    bool spaced = at + 1 == line.length || line.data[at + 1] == ' ';
    return (byte == ':' && spaced) || (byte == '#' && at && line.data[at - 1] == ' ') ||
           (flow && (byte == ',' || byte == '}' || byte == ']'));
}

// The end of the token that begins at the byte: a quoted string, or a plain one without the text after it.
static size_t token_end(struct slice line, size_t start)
{
    char quote = line.data[start];
    size_t end = start + 1;
    if (quote == '"' || quote == '\'') {
        while (end < line.length && line.data[end] != quote)
            end += line.data[end] == '\\' && quote == '"' ? 2 : 1;
        return end < line.length ? end + 1 : line.length;
    }
    if (strchr("{[|>", quote))
        return end;
    bool flow = slice_find_byte(slice_part(line, 0, start), '{') != SLICE_NOT_FOUND ||
                slice_find_byte(slice_part(line, 0, start), '[') != SLICE_NOT_FOUND;
    while (end < line.length && !is_word_end(line, end, flow))
        end++;
    while (end > start + 1 && strchr(" \t\r", line.data[end - 1]))
        end--;
    return end;
}

static void underline(struct buffer *snippet, uint32_t columns)
{
    if (snippet->length < 2 || snippet->data[snippet->length - 2] != '^' ||
        slice_find(buffer_slice(snippet), slice_literal("…")) != SLICE_NOT_FOUND)
        return;
    snippet->length--;
    for (uint32_t i = 1; i < columns; i++)
        buffer_add_byte(snippet, '~');
    buffer_add_byte(snippet, '\n');
}

static void show_line(struct judge *judge, struct position position, struct sighting *sighting)
{
    struct buffer snippet = {0};
    snippet_add(&judge->build->sources, position, judge->check->columns, &snippet);
    underline(&snippet, sighting->end_column - sighting->column);
    sighting->snippet = arena_copy(&judge->arena, buffer_slice(&snippet));
    buffer_free(&snippet);
}

bool sighting_set_start(struct judge *judge, struct sighting *sighting, struct position position)
{
    const struct source *source = sources_get(&judge->build->sources, position.file);
    if (!source)
        return false;
    sighting->file = arena_copy(&judge->arena, source->path);
    if (!position.line)
        return false;
    sighting->position = position;
    position = source_place(source, position);
    sighting->line = sighting->end_line = position.line;
    sighting->column = sighting->end_column = position.column;
    return true;
}

void sighting_set_place(struct judge *judge, struct sighting *sighting, struct position position)
{
    struct slice line;
    if (!sighting_set_start(judge, sighting, position))
        return;
    const struct source *file = file_of(judge, sources_get(&judge->build->sources, position.file));
    if (!sources_line(&judge->build->sources, file, sighting->line, &line))
        return;
    size_t start = text_column_start(line, sighting->column);
    if (start < line.length)
        sighting->end_column += (uint32_t)text_width(slice_part(line, start, token_end(line, start)));
    show_line(judge, position, sighting);
    // A line that isn't shown must not be in the fingerprint either.
    if (sighting->snippet.length)
        sighting->source_line = arena_copy(&judge->arena, slice_trim(line, " \t"));
}

// The text of a plain or quoted token; empty: it has escapes.
static struct slice token_text(struct slice token)
{
    bool is_quoted = token.length > 1 && (token.data[0] == '"' || token.data[0] == '\'');
    struct slice text = is_quoted ? slice_part(token, 1, token.length - 1) : token;
    char escape = is_quoted && token.data[0] == '\'' ? '\'' : '\\';
    return is_quoted && slice_find_byte(text, escape) != SLICE_NOT_FOUND ? (struct slice){0} : text;
}

struct slice written_text(struct judge *judge, const struct node *node)
{
    struct sources *sources = &judge->build->sources;
    const struct source *source = sources_get(sources, node->position.file);
    struct slice line, now = node_text(node);
    struct position place = source_place(source, node->position);
    if (!source || !place.line || !sources_line(sources, file_of(judge, source), place.line, &line))
        return now;
    size_t start = text_column_start(line, place.column);
    struct slice text = start < line.length ? token_text(slice_part(line, start, token_end(line, start)))
                                            : (struct slice){0};
    // Prefixes, suffixes, and hashes leave the written name intact inside the new one. If the token isn't part of the
    // value, it isn't the text of this scalar.
    return text.length && slice_find(now, text) != SLICE_NOT_FOUND ? text : now;
}
