#include "yaml/tree_machine.h"

enum { INDENT = 2 };

// --- Lines.

void machine_break(struct machine *machine)
{
    yaml_end_line(&machine->lines);
    machine->indention = true;
}

void machine_indent(struct machine *machine)
{
    // The column may count bytes: only indentation matters here.
    size_t indent = machine->indent < 0 ? 0 : (size_t)machine->indent;
    size_t column = machine->lines.out->length - machine->lines.line_start;
    if (!machine->indention || column > indent || (column == indent && !machine->whitespace)) {
        machine_break(machine);
        column = 0;
    }
    if (machine->foot_indent == (int)indent) {
        machine_break(machine);
        column = 0;
    }
    if (column < indent)
        yaml_add_spaces(&machine->lines, indent - column);
    machine->whitespace = true;
    machine->foot_indent = -1;
}

void machine_indicator(struct machine *machine, const char *text, unsigned how)
{
    if ((how & SPACE_BEFORE) && !machine->whitespace)
        yaml_add_spaces(&machine->lines, 1);
    buffer_add_text(machine->lines.out, text);
    machine->whitespace = how & IS_SPACE;
    machine->indention = machine->indention && (how & IS_INDENTATION);
}

int machine_deeper(const struct machine *machine, bool flow, bool item, bool compact)
{
    if (machine->indent < 0)
        return flow ? INDENT : 0;
    if (item)
        return machine->indent + INDENT;
    return INDENT * ((machine->indent + INDENT) / INDENT) - (compact ? INDENT : 0);
}

// --- Comments.

static void write_comment(struct machine *machine, struct slice *comment)
{
    struct slice rest = *comment, line;
    for (bool first = true; rest.length; first = false) {
        slice_cut(rest, '\n', &line, &rest);
        if (line.length) {
            if (!first)
                machine_indent(machine);
            if (line.data[0] != '#')
                buffer_add_text(machine->lines.out, "# ");
            buffer_add_slice(machine->lines.out, line);
        }
        machine_break(machine);
    }
    machine->whitespace = true;
    *comment = (struct slice){0};
}

static void begin_foot(struct machine *machine)
{
    machine->foot_indent = machine->indent < 0 ? 0 : machine->indent;
}

void machine_head_comment(struct machine *machine)
{
    if (machine->tail.length) {
        machine_indent(machine);
        write_comment(machine, &machine->tail);
        begin_foot(machine);
    }
    if (machine->head.length) {
        machine_indent(machine);
        write_comment(machine, &machine->head);
    }
}

void machine_line_comment(struct machine *machine)
{
    if (!machine->line.length)
        return;
    if (!machine->whitespace)
        yaml_add_spaces(&machine->lines, 1);
    write_comment(machine, &machine->line);
}

void machine_foot_comment(struct machine *machine)
{
    if (!machine->foot.length)
        return;
    machine_indent(machine);
    write_comment(machine, &machine->foot);
    begin_foot(machine);
}

void machine_expect(struct slice *waiting, struct slice comment)
{
    if (comment.length)
        *waiting = comment;
}

void machine_announce(struct machine *machine, const struct tree *node, struct slice foot, struct slice tail)
{
    machine_expect(&machine->head, node->head);
    if (node->kind == TREE_SCALAR || node->kind == TREE_ALIAS) {
        machine_expect(&machine->line, node->line);
        machine_expect(&machine->foot, foot);
    }
    if (node->kind == TREE_SCALAR || node->kind == TREE_MAP)
        machine_expect(&machine->tail, tail);
}

void machine_announce_end(struct machine *machine, const struct tree *node, struct slice tail)
{
    machine_expect(&machine->tail, tail);
    machine_expect(&machine->line, node->line);
    machine_expect(&machine->foot, node->foot);
}

bool machine_comments_wait(const struct machine *machine)
{
    return machine->line.length || machine->foot.length || machine->tail.length;
}
