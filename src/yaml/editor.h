// yaml/editor.h
//
// What the parts of yaml_edit share. Internal to yaml.
#pragma once

#include "yaml/edit.h"
#include "yaml/tree.h"
#include "yaml/walk.h"
#include "yaml/write.h"

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
    struct tree *tree, *parent;
    size_t index;  // in the parent
    const struct node *is;
};

struct places {
    struct place *items;
    size_t count, capacity;
};

struct editor {
    struct read_context *read;
    struct slice source;   // ends with a newline, but where it is empty
    uint32_t file;         // of the positions of its nodes
    struct tree *root;     // of the first document; NULL: there is none, or its places are not known
    struct places places;  // by line and column
    struct yaml_writer *writer;
    const struct name *name_key;  // `name`, by which items of lists are known
    const char *newline;
    size_t list_indent;  // of a list below its key
    size_t map_indent;   // of a map below its key
    struct changes changes;
    bool expand;                  // aliases are written out: the anchor of one has gone
    const struct tree *replaced;  // the value in whose place text is printed; what follows it in its line stays
};

// Notes that a range is replaced; takes the buffer over.
void editor_change(struct editor *, size_t start, size_t end, struct buffer *text);
void editor_remove(struct editor *, size_t start, size_t end);

// Notes what makes the value the wanted one.
void editor_edit_value(struct editor *, const struct place *, const struct node *wanted);
// The text from `from` to `to`, with what makes the value in it the wanted one.
struct slice editor_edited_text(struct editor *, const struct place *, const struct node *wanted, size_t from,
                                size_t to);
// Where a node of the wanted tree comes from; NULL: it is new.
const struct place *editor_place_of(const struct editor *, const struct node *wanted);
// Where the lines of an item begin: with the comments above it, also those behind blank lines when `all`.
size_t editor_owned_start(const struct editor *, const struct tree *parent, size_t index, bool all);
// Behind a value, or the colon or dash before an absent one; its last byte; and where its lines end.
size_t editor_value_end(const struct tree *);
size_t editor_last_byte(const struct tree *);
size_t editor_lines_end(const struct editor *, const struct tree *);
// Takes the lines of a child out; comments above it stay.
void editor_remove_lines(struct editor *, const struct tree *child);
// The same for the children up to `next`, of which the first shares its line with a dash.
void editor_remove_up_to(struct editor *, const struct tree *parent, size_t next);

// The values of a map or the items of a list.
static inline size_t child_count(const struct tree *tree)
{
    return tree->kind == TREE_MAP ? tree->count / 2 : tree->count;
}

static inline struct tree *child_at(const struct tree *tree, size_t index)
{
    return tree->items[tree->kind == TREE_MAP ? 2 * index + 1 : index];
}

static inline struct tree *key_at(const struct tree *map, size_t index)
{
    return map->items[2 * index];
}

static inline struct place child_place(struct tree *parent, size_t index, const struct node *is)
{
    return (struct place){child_at(parent, index), parent, index, is};
}

static inline bool is_flow(const struct tree *tree)
{
    return tree->style == STYLE_FLOW;
}

static inline bool is_collection(const struct tree *tree)
{
    return tree->kind == TREE_MAP || tree->kind == TREE_SEQUENCE;
}

static inline bool is_block_scalar(const struct tree *tree)
{
    return tree->style == STYLE_LITERAL || tree->style == STYLE_FOLDED;
}

// ' or " around a scalar, 0: none.
static inline char quote_of(const struct tree *tree)
{
    return tree->style == STYLE_SINGLE_QUOTED ? '\'' : tree->style == STYLE_DOUBLE_QUOTED ? '"' : '\0';
}

// An alias counts as a scalar.
static inline bool is_same_kind(const struct tree *tree, const struct node *node)
{
    return tree->kind == TREE_MAP        ? node->kind == NODE_MAP
           : tree->kind == TREE_SEQUENCE ? node->kind == NODE_SEQUENCE
                                         : node->kind == NODE_SCALAR;
}

// As yaml_read_first names a key: `yes` is "true". One that is no scalar has no name.
struct slice editor_key_text(struct arena *, const struct tree *key);
const struct name *editor_key(const struct editor *, const struct tree *map, size_t index);
// A map with `<<`; one with a key that is no scalar.
bool editor_has_merges(const struct tree *);
bool editor_is_odd(const struct tree *);

// True when two items of lists have the same scalar in their field `name`, which may be empty where `empty` says so.
bool editor_same_name(const struct editor *, const struct node *, const struct node *, bool empty);

// --- Another value in the place of one (yaml_edit_replace.c).

// The column from which a value is indented: that of its key or of its dash.
size_t editor_parent_column(const struct editor *, const struct tree *);
// True for a map or list that stands below its key in lines of its own.
bool editor_stands_below(const struct editor *, const struct tree *);
void editor_replace_value(struct editor *, const struct place *, const struct node *wanted);

// --- Lists in lines (yaml_edit_list.c).

void editor_edit_list(struct editor *, const struct place *, const struct node *wanted);

// True when the text of a value says what is wanted, and may stay.
bool editor_may_stay(const struct editor *, const struct place *, const struct node *wanted);

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
