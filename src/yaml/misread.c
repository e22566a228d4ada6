#include "yaml/misread.h"

#include "base/utf8.h"
#include "yaml/mend.h"
#include "yaml/misread_case.h"
#include "yaml/walk.h"

bool misread_is_problem(const struct misread *misread, const char *start)
{
    return strncmp(misread->parser->problem, start, strlen(start)) == 0;
}

bool misread_is_context(const struct misread *misread, const char *context)
{
    return misread->parser->context && strcmp(misread->parser->context, context) == 0;
}

struct position misread_position(const struct misread *misread, size_t line, size_t column)
{
    return yaml_chunk_position(misread->chunk, line, column);
}

struct position misread_position_of_mark(const struct misread *misread, yaml_mark_t mark)
{
    return misread_position(misread, mark.line, mark.column);
}

unsigned misread_number(const struct misread *misread, size_t line)
{
    return sources_line_in_file(misread->diagnostics->sources, misread_position(misread, line, 0));
}

unsigned misread_spaces(const struct misread *misread, size_t line, size_t column)
{
    return source_place(misread->chunk->source, misread_position(misread, line, column)).column - 1;
}

void misread_report_dash(const struct misread *misread, size_t line)
{
    diagnose(misread->diagnostics, misread_position(misread, line, misread->lines[line].indent),
             "missing '- ' before an item of a list");
}

void misread_hint_key_of_item(const struct misread *misread, size_t item, size_t column)
{
    diagnose_hint(misread->diagnostics, "indent it with %u spaces to make it a key of the item on line %u",
                  misread_spaces(misread, item, column), misread_number(misread, item));
}

// --- Lines.

// How many lines after the problem the rules may look at.
enum { LINES_AFTER = 100 };

// The column where the content of an item starts, after its dashes and spaces.
static size_t content_column(struct slice line, size_t indent)
{
    size_t at = indent;
    while (slice_starts_with(slice_from_index(line, at), slice_literal("- ")))
        for (at++; at < line.length && line.data[at] == ' ';)
            at++;
    return at;
}

static void read_lines(struct misread *misread)
{
    struct slice rest = misread->chunk->text;
    size_t count = 0, wanted = misread->line + 1 + LINES_AFTER;
    for (size_t i = 0; i < wanted && rest.length; i++, count++)
        slice_cut_line(&rest);
    struct text_line *lines = arena_array(misread->diagnostics->arena, struct text_line, count);
    rest = misread->chunk->text;
    for (size_t i = 0; i < count; i++) {
        struct slice text = slice_cut_line(&rest), content = slice_trim(text, " \t");
        size_t indent = slice_count_leading(text, ' ');
        lines[i] = (struct text_line){
            .text = text,
            .indent = indent,
            .content = content_column(text, indent),
            .is_skipped = !content.length || content.data[0] == '#',
            .is_tabbed = indent < text.length && text.data[indent] == '\t',
        };
    }
    misread->lines = lines;
    misread->line_count = count;
}

struct text_line misread_line(const struct misread *misread, size_t line)
{
    return line < misread->line_count ? misread->lines[line] : (struct text_line){.is_skipped = true};
}

struct slice misread_text(const struct misread *misread, size_t line, size_t column)
{
    struct slice text = misread_line(misread, line).text;
    return slice_from_index(text, text_column_start(text, column + 1));
}

char misread_byte(const struct misread *misread)
{
    struct slice rest = misread_text(misread, misread->line, misread->column);
    return rest.length ? rest.data[0] : '\0';
}

size_t misread_line_above(const struct misread *misread, size_t line)
{
    while (line-- > 0)
        if (!misread_line(misread, line).is_skipped)
            return line;
    return SIZE_MAX;
}

size_t misread_line_below(const struct misread *misread, size_t line)
{
    while (++line < misread->line_count)
        if (!misread->lines[line].is_skipped)
            return line;
    return SIZE_MAX;
}

struct slice line_content(struct text_line line)
{
    struct slice content = slice_from_index(line.text, line.content);
    return slice_trim(slice_part(content, 0, slice_find(content, slice_literal(" #"))), " \t");
}

struct slice line_key(struct text_line line)
{
    struct slice content = line_content(line);
    size_t colon = slice_find(content, slice_literal(": "));
    if (colon == SLICE_NOT_FOUND && slice_ends_with(content, slice_literal(":")))
        colon = content.length - 1;
    return slice_part(content, 0, colon == SLICE_NOT_FOUND ? 0 : colon);
}

bool line_opens_string(struct text_line line)
{
    struct slice content = slice_trim(line_content(line), "+-123456789");
    return slice_ends_with(content, slice_literal(": |")) || slice_ends_with(content, slice_literal(": >"));
}

bool line_lacks_value(struct text_line line)
{
    return slice_ends_with(slice_trim(line_content(line), "+-123456789"), slice_literal(":"));
}

bool line_opens(struct text_line line)
{
    return line_lacks_value(line) || line_opens_string(line);
}

// --- Levels.

static void enter_level(struct arena *arena, struct level_list *levels, struct level level)
{
    if (levels->count && levels->items[levels->count - 1].column == level.column &&
        levels->items[levels->count - 1].is_item == level.is_item)
        levels->count--;
    list_append(arena, levels, level);
}

struct level_list misread_levels(const struct misread *misread, size_t line)
{
    struct arena *arena = misread->diagnostics->arena;
    struct level_list levels = {0};
    for (size_t i = 0; i < line && i < misread->line_count; i++) {
        struct text_line text = misread->lines[i];
        if (text.is_skipped)
            continue;
        bool is_item = line_is_item(text);
        for (; levels.count; levels.count--) {
            const struct level *last = &levels.items[levels.count - 1];
            if (last->column < text.indent || (last->column == text.indent && (is_item || !last->is_item)))
                break;
        }
        if (is_item)
            enter_level(arena, &levels, (struct level){i, text.indent, true});
        enter_level(arena, &levels, (struct level){i, text.content, false});
    }
    return levels;
}

bool misread_has_key(const struct misread *misread, struct level level, struct slice key)
{
    for (size_t i = level.line; i != SIZE_MAX && key.length; i = misread_line_above(misread, i)) {
        struct text_line line = misread->lines[i];
        if (line.content == level.column && slice_equal(line_key(line), key))
            return true;
        if (line.indent < level.column)
            break;
    }
    return false;
}

// --- Tokens up to the problem.

static bool is_before(yaml_mark_t mark, const struct misread *misread)
{
    return mark.line < misread->line || (mark.line == misread->line && mark.column < misread->column);
}

// False: the brackets don't match, or are nested too deeply.
static bool count_bracket(const yaml_token_t *token, struct bracket *open, size_t *depth)
{
    bool is_map = token->type == YAML_FLOW_MAPPING_START_TOKEN || token->type == YAML_FLOW_MAPPING_END_TOKEN;
    char sign = is_map ? '{' : '[';
    if (token->type == YAML_FLOW_MAPPING_START_TOKEN || token->type == YAML_FLOW_SEQUENCE_START_TOKEN) {
        if (*depth == NODE_DEPTH_MAX)
            return false;
        open[(*depth)++] = (struct bracket){token->start_mark, sign};
    } else if (token->type == YAML_FLOW_MAPPING_END_TOKEN || token->type == YAML_FLOW_SEQUENCE_END_TOKEN) {
        if (!*depth || open[*depth - 1].sign != sign)
            return false;
        --*depth;
    }
    return true;
}

static void scan_token(struct misread *misread, const yaml_token_t *token, size_t *depth, bool *goes_on)
{
    struct scan *scan = &misread->scan;
    bool before = is_before(token->start_mark, misread);
    *goes_on = token->type != YAML_STREAM_END_TOKEN && count_bracket(token, scan->open, depth);
    if (before)
        scan->depth = *depth;
    else if (*depth < scan->depth)
        scan->is_closed = true;
    *goes_on &= (before || scan->depth) && !scan->is_closed;
    if (!before || token->start_mark.index == token->end_mark.index)
        return;
    scan->type = token->type;
    scan->style = token->type == YAML_SCALAR_TOKEN ? token->data.scalar.style : YAML_ANY_SCALAR_STYLE;
    scan->start = token->start_mark;
    scan->end = token->end_mark;
}

static void scan_tokens(struct misread *misread)
{
    yaml_parser_t parser;
    yaml_token_t token;
    size_t depth = 0;
    bool goes_on = true;
    yaml_start_parser(&parser, misread->chunk->text);
    while (goes_on && yaml_parser_scan(&parser, &token)) {
        scan_token(misread, &token, &depth, &goes_on);
        yaml_token_delete(&token);
    }
    yaml_parser_delete(&parser);
}

bool yaml_misread_diagnose(struct diagnostics *diagnostics, const yaml_parser_t *parser, const struct yaml_chunk *chunk)
{
    if (parser->error == YAML_READER_ERROR || !parser->problem || yaml_walk_start(chunk->text).unit != 1)
        return false;
    struct misread misread = {.diagnostics = diagnostics,
                              .parser = parser,
                              .chunk = chunk,
                              .line = parser->problem_mark.line,
                              .column = parser->problem_mark.column};
    read_lines(&misread);
    scan_tokens(&misread);
    return misread_tab(&misread) || misread_open_quote(&misread) || misread_text_after_quote(&misread) ||
           misread_comment(&misread) || misread_brackets(&misread) || misread_missing_comma(&misread) ||
           misread_line_without_colon(&misread) || misread_colon(&misread) || misread_indentation(&misread);
}
