#include "base/source.h"

#include "base/utf8.h"

struct source *sources_add(struct sources *sources, struct slice path, struct slice content)
{
    struct source *source = arena_new(sources->arena, struct source);
    *source = (struct source){.path = path, .content = content, .file = sources->count + 1};
    list_append(sources->arena, sources, source);
    return source;
}

void sources_hide(struct sources *sources, const struct source *source, bool secret)
{
    sources->items[source->file - 1]->hidden = true;
    sources->items[source->file - 1]->secret |= secret;
}

const struct source *sources_get(const struct sources *sources, uint32_t file)
{
    return sources && file && file <= sources->count ? sources->items[file - 1] : NULL;
}

struct position sources_file_position(const struct sources *sources, struct position position)
{
    const struct source *source = sources_get(sources, position.file);
    while (source && source->printed_for.line) {
        position = source->printed_for;
        source = sources_get(sources, position.file);
    }
    return position;
}

// The last segment that begins at or before the position.
static const struct text_segment *find_segment(const struct source *source, struct position position)
{
    size_t low = 0, high = source->segment_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        const struct text_segment *segment = &source->segments[middle];
        bool is_after = segment->line > position.line ||
                        (segment->line == position.line && segment->column > position.column);
        *(is_after ? &high : &low) = middle;
    }
    return &source->segments[low];
}

struct position source_place(const struct source *source, struct position position)
{
    if (!source || !position.line)
        return position;
    if (!source->segment_count) {
        position.line += source->line_offset;
        position.column += source->column_offset;
        return position;
    }
    const struct text_segment *segment = find_segment(source, position);
    uint32_t start = position.line == segment->line ? segment->column : 1;
    position.line = segment->file_line;
    position.column = segment->file_column + (position.column > start ? position.column - start : 0);
    return position;
}

bool source_line(const struct source *source, uint32_t number, struct slice *line)
{
    struct slice content = slice_from_index(source->content, text_mark_length(source->content));
    for (; number > 1; number--) {
        size_t end = slice_find_byte(content, '\n');
        if (end == SLICE_NOT_FOUND)
            return false;
        content = slice_from_index(content, end + 1);
    }
    *line = slice_cut_line(&content);
    return true;
}

static void find_lines(struct arena *arena, struct source *source)
{
    struct slice content = source->content;
    size_t count = 1;
    for (size_t i = 0; i < content.length; i++)
        count += content.data[i] == '\n';
    source->line_starts = arena_array(arena, size_t, count);
    source->line_starts[source->line_count++] = text_mark_length(content);
    for (size_t i = 0; i < content.length; i++)
        if (content.data[i] == '\n')
            source->line_starts[source->line_count++] = i + 1;
}

bool sources_line(struct sources *sources, const struct source *source, uint32_t number, struct slice *line)
{
    if (!source->line_starts)
        find_lines(sources->arena, sources->items[source->file - 1]);
    number = number ? number : 1;
    if (number > source->line_count)
        return false;
    struct slice rest = slice_from_index(source->content, source->line_starts[number - 1]);
    *line = slice_cut_line(&rest);
    return true;
}

uint32_t sources_line_in_file(const struct sources *sources, struct position position)
{
    return source_place(sources ? sources_get(sources, position.file) : NULL, position).line;
}
