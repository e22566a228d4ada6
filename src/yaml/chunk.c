#include "yaml/chunk.h"

#include "base/utf8.h"

static bool is_blank_or_comment(struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        struct character character = character_at(text, at);
        if (!character_is_space(character.code))
            return character.code == '#';
        at += character.length;
    }
    return true;
}

static bool starts_separator(const char *at, const char *end)
{
    return end - at >= 3 && at[0] == '-' && at[1] == '-' && at[2] == '-';
}

enum yaml_split yaml_splitter_next(struct yaml_splitter *splitter, struct diagnostics *diagnostics,
                                   struct yaml_chunk *chunk)
{
    if (splitter->done)
        return YAML_NO_MORE;
    struct slice rest = splitter->rest.data ? splitter->rest : slice_literal("");
    *chunk = (struct yaml_chunk){splitter->source, rest, splitter->line};
    const char *end = rest.data + rest.length;
    for (const char *at = rest.data, *feed; at < end && (feed = memchr(at, '\n', (size_t)(end - at))); at = feed + 1) {
        splitter->line++;
        const char *separator = feed + 1;
        if (!starts_separator(separator, end))
            continue;
        const char *separator_end = memchr(separator, '\n', (size_t)(end - separator));
        if (!separator_end)
            break;
        struct slice rest_of_line = {separator + 3, (size_t)(separator_end - separator) - 3};
        if (!is_blank_or_comment(rest_of_line)) {
            struct position position = yaml_chunk_position(&(struct yaml_chunk){splitter->source, rest, splitter->line},
                                                           0, 0);
            diagnose(diagnostics, position,
                     "a line that starts with '---' separates documents: only a comment may follow");
            struct slice words = slice_trim(rest_of_line, " \t\r");
            diagnose_hint(diagnostics, "%s; inside a string, indent the line or quote the string",
                          slice_count_leading(words, '-') == words.length ? "write three dashes, and nothing else"
                                                                          : "start the document on the next line");
            return YAML_BAD_SEPARATOR;
        }
        chunk->text.length = (size_t)(separator - rest.data);
        splitter->rest = (struct slice){separator_end + 1, (size_t)(end - separator_end) - 1};
        splitter->line++;
        return YAML_CHUNK;
    }
    splitter->done = true;
    return YAML_CHUNK;
}

struct slice yaml_copy_with_line_feeds(char *to, struct slice text)
{
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] != '\r' || i + 1 == text.length || text.data[i + 1] != '\n')
            to[length++] = text.data[i];
    return (struct slice){to, length};
}

bool yaml_chunk_find(struct yaml_chunk_search *search, const struct source *source, uint32_t line,
                     struct diagnostics *diagnostics)
{
    if (search->splitter.source != source || line <= search->found.line_offset)
        *search = (struct yaml_chunk_search){.splitter = {.source = source, .rest = source->content}};
    struct yaml_chunk *next = &search->next;
    while (next->source || yaml_splitter_next(&search->splitter, diagnostics, next) == YAML_CHUNK) {
        if (next->lines_before >= line)
            break;
        search->found = (struct source){.file = source->file, .content = next->text, .line_offset = next->lines_before};
        next->source = NULL;
    }
    return search->found.content.length > 0;
}
