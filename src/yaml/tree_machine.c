#include "yaml/tree_machine.h"

#include "base/utf8.h"

enum { INDENT = 2 };

// --- Characters.

void machine_put(struct machine *machine, char byte)
{
    buffer_add_byte(machine->out, byte);
    machine->column++;
}

void machine_break(struct machine *machine)
{
    buffer_add_byte(machine->out, '\n');
    machine->column = 0;
    machine->indention = true;
}

size_t machine_break_at(struct slice text, size_t at)
{
    struct character character = character_at(text, at);
    bool is_break = character.code == '\n' || character.code == '\r' || character.code == CHARACTER_NEXT_LINE ||
                    character.code == CHARACTER_LINE_SEPARATOR || character.code == CHARACTER_PARAGRAPH_SEPARATOR;
    return is_break ? character.length : 0;
}

// Writes the character at `at` and returns its length.
size_t machine_put_character(struct machine *machine, struct slice text, size_t at)
{
    size_t length = character_at(text, at).length;
    buffer_add(machine->out, text.data + at, length);
    machine->column++;
    return length;
}

size_t machine_put_break_of(struct machine *machine, struct slice text, size_t at)
{
    if (text.data[at] == '\n') {
        machine_break(machine);
        return 1;
    }
    size_t length = machine_put_character(machine, text, at);
    machine->column = 0;
    machine->indention = true;
    return length;
}

void machine_put_text(struct machine *machine, struct slice text)
{
    for (size_t at = 0; at < text.length;)
        at += machine_put_character(machine, text, at);
}

void machine_indent(struct machine *machine)
{
    int indent = machine->indent < 0 ? 0 : machine->indent;
    if (!machine->indention || machine->column > indent || (machine->column == indent && !machine->whitespace))
        machine_break(machine);
    if (machine->foot_indent == indent)
        machine_break(machine);
    while (machine->column < indent)
        machine_put(machine, ' ');
    machine->whitespace = true;
    machine->foot_indent = -1;
}

void machine_indicator(struct machine *machine, const char *text, unsigned how)
{
    if ((how & SPACE_BEFORE) && !machine->whitespace)
        machine_put(machine, ' ');
    machine_put_text(machine, slice_from(text));
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
    bool breaks = false, pound = false;
    for (size_t at = 0; at < comment->length;) {
        if (machine_break_at(*comment, at)) {
            at += machine_put_break_of(machine, *comment, at);
            breaks = true;
            pound = false;
            continue;
        }
        if (breaks)
            machine_indent(machine);
        if (!pound && comment->data[at] != '#')
            machine_put_text(machine, slice_literal("# "));
        pound = true;
        at += machine_put_character(machine, *comment, at);
        machine->indention = false;
        breaks = false;
    }
    if (!breaks)
        machine_break(machine);
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
        machine_put(machine, ' ');
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
