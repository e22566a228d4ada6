// yaml/text.h
//
// One text in each of the five forms that YAML has for it, byte for byte as the emitter of libyaml and its Go port
// write it: for all that prints YAML, in the final form or as it was written. Internal to yaml.
#pragma once

#include "base/buffer.h"
#include "base/slice.h"

// Where text is written: a buffer, and where its present line began.
struct yaml_lines {
    struct buffer *out;
    size_t line_start;
};

static inline void yaml_add_spaces(struct yaml_lines *lines, size_t count)
{
    memset(buffer_reserve(lines->out, count), ' ', count);
    lines->out->length += count;
}

static inline void yaml_end_line(struct yaml_lines *lines)
{
    buffer_add_byte(lines->out, '\n');
    lines->line_start = lines->out->length;
}

// `traits` are those of the text (doc/text_traits.h). Where `may_fold`, a line that is longer than 80 columns is
// broken at a space; what follows a line break then stands at column `indent`.
void yaml_write_plain(struct yaml_lines *, struct slice text, uint32_t traits, size_t indent, bool may_fold);
void yaml_write_single_quoted(struct yaml_lines *, struct slice text, uint32_t traits, size_t indent, bool may_fold);
void yaml_write_double_quoted(struct yaml_lines *, struct slice text, uint32_t traits, size_t indent, bool may_fold);
// `|` or `>`, `2` where the text's own start would be taken for indentation, and what becomes of line breaks at its
// end.
void yaml_write_block_header(struct yaml_lines *, char indicator, struct slice text);
// What follows the line of the header. They end their last line, but where the text ends with a line break that is no
// line feed.
void yaml_write_literal_lines(struct yaml_lines *, struct slice text, uint32_t traits, size_t indent);
void yaml_write_folded_lines(struct yaml_lines *, struct slice text, size_t indent);

// The letter of the short escape between double quotes; 0: the character has none.
char yaml_short_escape(uint32_t code);
