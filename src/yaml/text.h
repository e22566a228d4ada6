// yaml/text.h
//
// Writes a string in each of YAML's five styles, byte for byte as libyaml's emitter and its Go port write it.
// Everything that prints YAML uses it. Internal to yaml.
#pragma once

#include "base/buffer.h"
#include "base/slice.h"

// Where text is written: a buffer, and the start of its current line.
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

// `traits` are those of the text (doc/text_traits.h). With `may_fold`, a line that is longer than 80 columns is broken
// at a space; the next line starts at column `indent`.
void yaml_write_plain(struct yaml_lines *, struct slice text, uint32_t traits, size_t indent, bool may_fold);
void yaml_write_single_quoted(struct yaml_lines *, struct slice text, uint32_t traits, size_t indent, bool may_fold);
void yaml_write_double_quoted(struct yaml_lines *, struct slice text, uint32_t traits, size_t indent, bool may_fold);
// Appends `|` or `>`, then `2` if leading blanks of the text could be taken for indentation, then how line breaks at
// its end are handled.
void yaml_write_block_header(struct yaml_lines *, char indicator, struct slice text);
// Append the lines after the header. They end their last line unless the text ends with a line break that isn't a line
// feed.
void yaml_write_literal_lines(struct yaml_lines *, struct slice text, uint32_t traits, size_t indent);
void yaml_write_folded_lines(struct yaml_lines *, struct slice text, size_t indent);

// The letter of the short escape between double quotes; 0: the character has none.
char yaml_short_escape(uint32_t code);
