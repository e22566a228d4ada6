#include "yaml/comments.h"

#include <yaml.h>

#include "base/fatal.h"

// Walks through a text by characters, as libyaml counts them.
struct walk {
    struct slice text;
    size_t at;     // byte
    size_t index;  // character
};

static void step(struct walk *walk)
{
    walk->at++;
    while (walk->at < walk->text.length && ((unsigned char)walk->text.data[walk->at] & 0xC0) == 0x80)
        walk->at++;
    walk->index++;
}

static void read_comment(struct arena *arena, struct walk *walk, struct yaml_comments *comments)
{
    size_t start = walk->at;
    while (walk->at < walk->text.length && walk->text.data[walk->at] != '\n')
        step(walk);
    struct slice comment = slice_trim(slice_part(walk->text, start, walk->at), "\r");
    list_append(arena, comments, comment);
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
    struct walk walk = {.text = text};
    yaml_parser_t parser;
    bool out_of_memory = false;
    if (slice_find_byte(text, '#') == SLICE_NOT_FOUND)
        return;
    if (!yaml_parser_initialize(&parser))
        fatal_out_of_memory();
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.data, text.length);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    for (bool more = true; more;) {
        yaml_token_t token;
        if (!yaml_parser_scan(&parser, &token)) {
            out_of_memory = parser.error == YAML_MEMORY_ERROR;
            break;
        }
        walk_gap(arena, &walk, token.start_mark.index, comments);
        if (is_block_scalar(&token))
            walk_block_header(arena, &walk, comments);
        while (walk.at < text.length && walk.index < token.end_mark.index)
            step(&walk);
        // Only the first document counts.
        more = token.type != YAML_STREAM_END_TOKEN && token.type != YAML_DOCUMENT_END_TOKEN &&
               token.type != YAML_NO_TOKEN;
        yaml_token_delete(&token);
    }
    yaml_parser_delete(&parser);
    if (out_of_memory)
        fatal_out_of_memory();
}
