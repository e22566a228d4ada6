// yaml/tree_machine.h
//
// Lays out a tree in lines. The machine knows whether white space or indentation came last, and which comments are
// pending. It follows kustomize's YAML library step by step; yaml/text.h writes the strings. Internal to yaml.
#pragma once

#include "doc/tree.h"
#include "yaml/text.h"

struct machine {
    struct yaml_lines lines;
    int indent;
    int foot_indent;  // -1: the last thing written was not a foot comment
    int flow_level;
    bool whitespace, indention;  // the last character is a blank; the line has only indentation so far
    struct slice head, line, foot, tail, key_line;  // pending comments
};

// Where a node is, which decides how it is written.
struct role {
    bool in_map;      // it is a key or a value
    bool simple_key;  // it is a key on one line
    bool item;        // it is an item of a block list
};

static inline bool machine_begins_line(const struct machine *machine)
{
    return machine->lines.out->length == machine->lines.line_start;
}

void machine_break(struct machine *);
// Starts a new line if one is needed, and indents it.
void machine_indent(struct machine *);
// The indentation inside the current node.
int machine_deeper(const struct machine *, bool flow, bool item, bool compact);

enum indicator { PLAIN = 0, SPACE_BEFORE = 1, IS_SPACE = 2, IS_INDENTATION = 4 };
void machine_indicator(struct machine *, const char *text, unsigned how);

// Queues the comments of a node that is about to be written. The foot and line comments of a map or list are queued at
// its end.
void machine_announce(struct machine *, const struct tree *, struct slice foot, struct slice tail);
void machine_announce_end(struct machine *, const struct tree *, struct slice tail);
void machine_expect(struct slice *waiting, struct slice comment);
bool machine_comments_wait(const struct machine *);
// These write the pending comments.
void machine_head_comment(struct machine *);
void machine_line_comment(struct machine *);
void machine_foot_comment(struct machine *);

// The tag to write; empty: none. `*quotes` is set for a string that would be read as another type without quotes.
struct slice tree_written_tag(const struct tree *, bool *quotes);
void machine_tag(struct machine *, struct slice tag);
void machine_anchor(struct machine *, const char *indicator, struct slice name);
void machine_scalar(struct machine *, const struct tree *, struct role);
