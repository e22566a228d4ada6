// doc/yaml_editor.h
//
// What the parts of yaml_edit share. Internal to doc.
#pragma once

#include "doc/yaml_edit.h"
#include "doc/yaml_spans.h"
#include "doc/yaml_write.h"

struct change {
    size_t start, end;
    struct slice text;
    size_t order;  // of two insertions at one place the earlier comes first
};

struct changes {
    struct change *items;
    size_t count, capacity;
};

// A value of the text, by its position.
struct place {
    struct yaml_span *span, *parent;
    size_t index;  // in the parent
    const struct node *is;
};

struct places {
    struct place *items;
    size_t count, capacity;
};

struct editor {
    struct read_context *read;
    struct slice source;  // ends with a newline, but where it is empty
    uint32_t file;        // of the positions of its nodes
    struct yaml_spans spans;
    struct places places;  // by line and column
    struct yaml_writer *writer;
    const char *newline;
    size_t list_indent;  // of a list below its key
    size_t map_indent;   // of a map below its key
    struct changes changes;
    const struct yaml_span *replaced;  // the value in whose place text is printed; what follows it in its line stays
};

// --- Lines of the source.

size_t editor_line_start(const struct editor *, size_t at);
size_t editor_line_end(const struct editor *, size_t at);   // where its line break is
size_t editor_next_line(const struct editor *, size_t at);  // behind that
size_t editor_column(const struct editor *, size_t at);
// True when only spaces stand before `at` in its line.
bool editor_begins_line(const struct editor *, size_t at);
// True for a line with nothing but a comment.
bool editor_is_comment(const struct editor *, size_t line_start);

// Notes that a range is replaced; takes the buffer over.
void editor_change(struct editor *, size_t start, size_t end, struct buffer *text);
void editor_remove(struct editor *, size_t start, size_t end);

// Notes what makes the value at `span` the wanted one.
void editor_edit_value(struct editor *, const struct place *, const struct node *wanted);
// The text from `from` to `to`, with what makes the value in it the wanted one.
struct slice editor_edited_text(struct editor *, const struct place *, const struct node *wanted, size_t from, size_t to);
// Where a node of the wanted tree comes from; NULL: it is new.
const struct place *editor_place_of(const struct editor *, const struct node *wanted);
// Where the lines of an item begin: with the comments above it, also those behind blank lines when `all`.
size_t editor_owned_start(const struct editor *, const struct yaml_span *parent, size_t index, bool all);
// Where the lines of a value end.
size_t editor_lines_end(const struct editor *, const struct yaml_span *);

// --- Text of new values (yaml_edit_print.c).

bool editor_is_block(const struct node *);
// One line, without line break, with no space in front.
void editor_print_scalar(struct editor *, const struct node *, struct buffer *);
// What stands behind a colon at column `parent`: the space or the line break first, a line break last.
void editor_print_value(struct editor *, const struct node *, size_t parent, struct buffer *);
// Whole lines.
void editor_print_field(struct editor *, const struct name *key, const struct node *, size_t indent, struct buffer *);
void editor_print_item(struct editor *, const struct node *, size_t indent, struct buffer *);
void editor_print_block(struct editor *, const struct node *, size_t indent, struct buffer *);
void editor_print_flow(struct editor *, const struct node *, bool quote_all, struct buffer *);
void editor_print_flow_key(struct editor *, const struct name *, bool quote_all, struct buffer *);
// Whole lines that began at column `from`, moved to `to`.
void editor_shift_lines(struct editor *, struct slice lines, size_t from, size_t to, struct buffer *);

// --- Collections between brackets (yaml_edit_flow.c).

void editor_edit_flow(struct editor *, const struct place *, const struct node *wanted);
