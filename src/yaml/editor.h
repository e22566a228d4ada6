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
    size_t order;  // insertions at the same offset keep this order
};

struct changes {
    struct change *items;
    size_t count, capacity;
};

// A value in the text, found by its position.
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
    struct slice source;   // ends with a newline unless it is empty
    uint32_t file;         // the file number in the positions of its nodes
    struct tree *root;     // of the first document; NULL: there is none, or its offsets are unknown
    struct places places;  // sorted by line and column
    struct yaml_writer *writer;
    const struct name *name_key;  // `name`, which identifies items of lists
    const char *newline;
    size_t list_indent;  // of a list below its key
    size_t map_indent;   // of a map below its key
    struct changes changes;
    bool expand;                  // aliases are written out, because an anchor was removed
    const struct tree *replaced;  // the value that is being replaced; the rest of its line stays
};

// Records that a range is replaced; takes ownership of the buffer.
void editor_change(struct editor *, size_t start, size_t end, struct buffer *text);
void editor_remove(struct editor *, size_t start, size_t end);

// Records the changes that turn the value into the wanted one.
void editor_edit_value(struct editor *, const struct place *, const struct node *wanted);
// The text from `from` to `to`, changed so that the value in it becomes the wanted one.
struct slice editor_edited_text(struct editor *, const struct place *, const struct node *wanted, size_t from,
                                size_t to);
// The place that a node of the wanted tree comes from; NULL: the node is new.
const struct place *editor_place_of(const struct editor *, const struct node *wanted);
// The start of the lines of an item, including the comments directly above it, and with `all` also those above blank
// lines.
size_t editor_owned_start(const struct editor *, const struct tree *parent, size_t index, bool all);
// The end of a value, or of the colon or dash before an absent one; its last byte; and the end of its last line.
size_t editor_value_end(const struct tree *);
size_t editor_last_byte(const struct tree *);
size_t editor_lines_end(const struct editor *, const struct tree *);
// Removes the lines of a child; comments above it stay.
void editor_remove_lines(struct editor *, const struct tree *child);
// Removes the children before `next` when the first shares its line with a dash: `next` moves up to the dash, below the
// comments between them.
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

// The quote around a scalar; 0: none.
static inline char quote_of(const struct tree *tree)
{
    return tree->style == STYLE_SINGLE_QUOTED ? '\'' : tree->style == STYLE_DOUBLE_QUOTED ? '"' : '\0';
}

// Aliases count as scalars.
static inline bool is_same_kind(const struct tree *tree, const struct node *node)
{
    return tree->kind == TREE_MAP        ? node->kind == NODE_MAP
           : tree->kind == TREE_SEQUENCE ? node->kind == NODE_SEQUENCE
                                         : node->kind == NODE_SCALAR;
}

// The name that yaml_read_first gives a key: `yes` is "true". A key that isn't a scalar has none.
struct slice editor_key_text(struct arena *, const struct tree *key);
const struct name *editor_key(const struct editor *, const struct tree *map, size_t index);
// True for a map with `<<`, and for a map with a key that isn't a scalar.
bool editor_has_merges(const struct tree *);
bool editor_has_complex_keys(const struct tree *);

// The entry that takes over the value of a removed key, as when `bases` become `resources`; NULL: none.
const struct map_entry *editor_renamed_to(struct editor *, const struct place *map, const struct tree *child,
                                          const struct node *wanted);

// True when two items of lists have the same scalar in their field `name`; `empty`: it may be empty.
bool editor_same_name(const struct editor *, const struct node *, const struct node *, bool empty);

// --- Replacing a value (edit_replace.c).

// The column that the indentation of a value is relative to: the column of its key or dash.
size_t editor_parent_column(const struct editor *, const struct tree *);
// True for a map or list that starts on a line below its key.
bool editor_starts_below(const struct editor *, const struct tree *);
void editor_replace_value(struct editor *, const struct place *, const struct node *wanted);

// --- Block lists (edit_list.c).

void editor_edit_list(struct editor *, const struct place *, const struct node *wanted);

// True when the text of a value already means what is wanted and can stay.
bool editor_may_stay(const struct editor *, const struct place *, const struct node *wanted);

// --- The text of new values (edit_print.c).

bool editor_is_block(const struct node *);
// Appends one line, without a leading space or a line break.
void editor_print_scalar(struct editor *, const struct node *, struct buffer *);
// Appends what follows the colon of a key at column `parent`: a space or line break first, and a line break last.
void editor_print_value(struct editor *, const struct node *, size_t parent, struct buffer *);
// These append whole lines.
void editor_print_field(struct editor *, const struct name *key, const struct node *, size_t indent, struct buffer *);
void editor_print_item(struct editor *, const struct node *, size_t indent, struct buffer *);
void editor_print_block(struct editor *, const struct node *, size_t indent, struct buffer *);
void editor_print_flow(struct editor *, const struct node *, bool quote_all, struct buffer *);
void editor_print_flow_key(struct editor *, const struct name *, bool quote_all, struct buffer *);
// Appends whole lines, moved from column `from` to column `to`.
void editor_shift_lines(struct editor *, struct slice lines, size_t from, size_t to, struct buffer *);

// --- Flow maps and lists (edit_flow.c).

void editor_edit_flow(struct editor *, const struct place *, const struct node *wanted);
