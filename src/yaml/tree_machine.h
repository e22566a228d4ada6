// yaml/tree_machine.h
//
// How a tree gets onto lines: a machine that knows whether white space or indentation came last, and which comments
// wait to be written. It follows kustomize's YAML library step by step; the forms of a text are those of yaml/text.h.
// Internal to yaml.
#pragma once

#include "doc/tree.h"
#include "yaml/text.h"

struct machine {
    struct yaml_lines lines;
    int indent;
    int foot_indent;  // -1: no foot comment came last
    int flow_level;
    bool whitespace, indention;  // the newest character is a blank; only indentation on this line so far
    struct slice head, line, foot, tail, key_line;  // comments that wait
};

// How a node is to be written; where it stands.
struct role {
    bool in_map;      // a key or a value
    bool simple_key;  // on one line
    bool item;        // of a block list
};

static inline bool machine_begins_line(const struct machine *machine)
{
    return machine->lines.out->length == machine->lines.line_start;
}

void machine_break(struct machine *);
// A new line where one is needed, and its indentation.
void machine_indent(struct machine *);
// The indentation inside of the present node.
int machine_deeper(const struct machine *, bool flow, bool item, bool compact);

enum indicator { PLAIN = 0, SPACE_BEFORE = 1, IS_SPACE = 2, IS_INDENTATION = 4 };
void machine_indicator(struct machine *, const char *text, unsigned how);

// A node is about to be written: its comments wait. Those of a map or list at its end come with the end.
void machine_announce(struct machine *, const struct tree *, struct slice foot, struct slice tail);
void machine_announce_end(struct machine *, const struct tree *, struct slice tail);
void machine_expect(struct slice *waiting, struct slice comment);
bool machine_comments_wait(const struct machine *);
// Those that wait.
void machine_head_comment(struct machine *);
void machine_line_comment(struct machine *);
void machine_foot_comment(struct machine *);

// The tag as it is to be written; empty: none. `*quotes` is set for a string that would be read as something else.
struct slice tree_written_tag(const struct tree *, bool *quotes);
void machine_tag(struct machine *, struct slice tag);
void machine_anchor(struct machine *, const char *indicator, struct slice name);
void machine_scalar(struct machine *, const struct tree *, struct role);
