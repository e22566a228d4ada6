#include "doc/yaml_comments.h"

#include <yaml.h>

// Walks through a text by characters, as libyaml counts them.
struct walk {
    struct slice text;
    size_t at;     // byte
    size_t index;  // character
    uint32_t line, column;
    bool blank_so_far;    // only blanks on this line
    bool line_above_empty;
    bool line_above_comment;
    bool comment_on_line;
    bool behind_colon;  // the newest token opens a value
    bool behind_plain;  // it is a plain scalar, with nothing behind it on its line
};

static void step(struct walk *walk)
{
    char byte = walk->text.data[walk->at++];
    while (walk->at < walk->text.length && ((unsigned char)walk->text.data[walk->at] & 0xC0) == 0x80)
        walk->at++;
    walk->index++;
    walk->column++;
    if (byte != '\n') {
        walk->blank_so_far = walk->blank_so_far && (byte == ' ' || byte == '\t' || byte == '\r');
        return;
    }
    walk->line_above_empty = walk->blank_so_far;
    walk->line_above_comment = walk->comment_on_line;
    walk->comment_on_line = false;
    walk->blank_so_far = true;
    walk->line++;
    walk->column = 1;
}

// The end of the text counts as an empty line.
static bool next_line_is_empty(struct slice text, size_t line_end)
{
    for (size_t i = line_end + 1; i < text.length && text.data[i] != '\n'; i++)
        if (text.data[i] != ' ' && text.data[i] != '\t' && text.data[i] != '\r')
            return false;
    return line_end < text.length;
}

static void read_comment(struct arena *arena, struct walk *walk, struct yaml_comments *comments)
{
    struct slice rest = slice_from_index(walk->text, walk->at);
    size_t end = slice_find_byte(rest, '\n');
    if (end == SLICE_NOT_FOUND)
        end = rest.length;
    struct yaml_comment comment = {
        .text = slice_trim(slice_part(rest, 0, end), "\r"),
        .line = walk->line,
        .column = walk->column,
        .own_line = walk->blank_so_far,
        .after_blank = walk->line_above_empty,
        .before_blank = next_line_is_empty(walk->text, walk->at + end),
        .below_entry = !walk->line_above_empty && !walk->line_above_comment && !walk->behind_colon &&
                       (walk->line > 2 || walk->behind_plain),
    };
    list_append(arena, comments, comment);
    walk->comment_on_line = comment.own_line;
    walk->behind_plain = walk->behind_plain && comment.own_line;
    for (size_t stop = walk->at + end; walk->at < stop;)
        step(walk);
}

// What lies between two tokens is blanks and comments.
static void walk_gap(struct arena *arena, struct walk *walk, size_t end_index, struct yaml_comments *comments)
{
    while (walk->at < walk->text.length && walk->index < end_index) {
        if (walk->text.data[walk->at] == '#')
            read_comment(arena, walk, comments);
        else
            step(walk);
    }
}

// `|- # words`: behind the first line of a block scalar.
static void walk_block_header(struct arena *arena, struct walk *walk, struct yaml_comments *comments)
{
    while (walk->at < walk->text.length && walk->text.data[walk->at] != '\n')
        if (walk->text.data[walk->at] == '#')
            read_comment(arena, walk, comments);
        else
            step(walk);
}

static bool is_block_scalar(const yaml_token_t *token)
{
    return token->type == YAML_SCALAR_TOKEN && (token->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
                                                token->data.scalar.style == YAML_FOLDED_SCALAR_STYLE);
}

void yaml_comments_read(struct arena *arena, struct slice text, struct yaml_comments *comments)
{
    struct walk walk = {.text = text, .line = 1, .column = 1, .blank_so_far = true, .line_above_empty = true};
    yaml_parser_t parser;
    if (slice_find_byte(text, '#') == SLICE_NOT_FOUND || !yaml_parser_initialize(&parser))
        return;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.data, text.length);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    for (bool more = true; more;) {
        yaml_token_t token;
        if (!yaml_parser_scan(&parser, &token))
            break;
        walk_gap(arena, &walk, token.start_mark.index, comments);
        if (is_block_scalar(&token))
            walk_block_header(arena, &walk, comments);
        while (walk.at < text.length && walk.index < token.end_mark.index)
            step(&walk);
        walk.behind_colon = token.type == YAML_VALUE_TOKEN;
        walk.behind_plain = token.type == YAML_SCALAR_TOKEN && token.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        // Only the first document counts.
        more = token.type != YAML_STREAM_END_TOKEN && token.type != YAML_DOCUMENT_END_TOKEN &&
               token.type != YAML_NO_TOKEN;
        yaml_token_delete(&token);
    }
    yaml_parser_delete(&parser);
}
