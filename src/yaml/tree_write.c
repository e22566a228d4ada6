// yaml/tree_write.c
//
// Prints maps, lists, and documents of a tree with the machine of yaml/tree_machine.h.
#include "doc/text_traits.h"
#include "yaml/tree.h"
#include "yaml/tree_machine.h"

enum { SIMPLE_KEY_MAX = 128 };

static void write_value(struct machine *, const struct tree *, struct role);

static bool is_collection(const struct tree *node)
{
    return node->kind == TREE_MAP || node->kind == TREE_SEQUENCE;
}

static bool is_simple_key(const struct tree *key)
{
    bool quotes;
    struct slice tag = tree_written_tag(key, &quotes);
    size_t length = key->anchor.length + tag.length;
    if (key->kind == TREE_ALIAS)
        return key->text.length <= SIMPLE_KEY_MAX;
    if (is_collection(key))
        return !key->count && length <= SIMPLE_KEY_MAX;
    return !(text_traits(key->text) & TEXT_BREAK) && length + key->text.length <= SIMPLE_KEY_MAX;
}

// Writes a scalar or an alias, or the anchor and tag of a map or list.
static void write_start(struct machine *machine, const struct tree *node, struct role role)
{
    bool quotes;
    if (node->kind == TREE_ALIAS) {
        machine_anchor(machine, "*", node->text);
    } else if (node->kind == TREE_SCALAR) {
        machine_scalar(machine, node, role);
    } else {
        machine_anchor(machine, "&", node->anchor);
        machine_tag(machine, tree_written_tag(node, &quotes));
    }
}

static void end_flow(struct machine *machine, const char *bracket, int indent)
{
    machine->flow_level--;
    machine->indent = indent;
    if (bracket[0] == ']' && machine_begins_line(machine))
        machine_indent(machine);
    machine_indicator(machine, bracket, PLAIN);
    machine_line_comment(machine);
    machine_foot_comment(machine);
}

// Writes a value in a flow collection.
static void write_flow_value(struct machine *machine, const struct tree *value, struct role role)
{
    write_start(machine, value, role);
    if (machine_comments_wait(machine))
        machine_indicator(machine, ",", PLAIN);
    machine_line_comment(machine);
    machine_foot_comment(machine);
    write_value(machine, value, role);
}

static void begin_flow(struct machine *machine, const char *bracket, bool item)
{
    machine_indicator(machine, bracket, SPACE_BEFORE | IS_SPACE);
    machine->indent = machine_deeper(machine, true, item, false);
    machine->flow_level++;
}

// Writes what comes before an entry or its key.
static void begin_flow_entry(struct machine *machine, bool comma)
{
    if (comma)
        machine_indicator(machine, ",", PLAIN);
    machine_head_comment(machine);
    if (machine_begins_line(machine))
        machine_indent(machine);
}

static void write_flow_sequence(struct machine *machine, const struct tree *node, bool item)
{
    int indent = machine->indent;
    bool comma = false;  // the next item needs one before it
    for (uint32_t i = 0; i < node->count; i++) {
        machine_announce(machine, node->items[i], node->items[i]->foot, (struct slice){0});
        if (i == 0)
            begin_flow(machine, "[", item);
        begin_flow_entry(machine, comma);
        comma = !machine_comments_wait(machine);
        write_flow_value(machine, node->items[i], (struct role){0});
    }
    machine_announce_end(machine, node, (struct slice){0});
    if (!node->count)
        begin_flow(machine, "[", item);
    end_flow(machine, "]", indent);
}

// Announces a key. Its foot comment follows its value, so it becomes the tail before the next key.
static struct tree begin_entry(struct machine *machine, const struct tree *node, struct slice *tail)
{
    struct tree key = *node;
    key.foot = (struct slice){0};
    machine_announce(machine, &key, key.foot, *tail);
    *tail = node->foot;
    return key;
}

// True: the key is on one line, without `?`.
static bool write_key(struct machine *machine, const struct tree *key, unsigned indentation)
{
    bool simple = is_simple_key(key);
    struct role role = {.in_map = true, .simple_key = simple};
    if (!simple)
        machine_indicator(machine, "?", SPACE_BEFORE | indentation);
    write_start(machine, key, role);
    write_value(machine, key, role);
    return simple;
}

static void write_flow_map(struct machine *machine, const struct tree *node, bool item)
{
    int indent = machine->indent;
    struct slice tail = {0};
    bool comma = false;
    for (uint32_t i = 0; i + 1 < node->count; i += 2) {
        const struct tree *value = node->items[i + 1], key = begin_entry(machine, node->items[i], &tail);
        if (i == 0)
            begin_flow(machine, "{", item);
        begin_flow_entry(machine, comma);
        bool simple = write_key(machine, &key, PLAIN);
        machine_announce(machine, value, value->foot, (struct slice){0});
        machine_indicator(machine, ":", simple ? PLAIN : SPACE_BEFORE);
        comma = !machine_comments_wait(machine);
        write_flow_value(machine, value, (struct role){.in_map = true});
    }
    machine_announce_end(machine, node, tail);
    if (!node->count)
        begin_flow(machine, "{", item);
    else if (comma && (machine->head.length || machine->foot.length || machine->tail.length))
        machine_indicator(machine, ",", PLAIN);
    machine_head_comment(machine);
    end_flow(machine, "}", indent);
}

static void write_block_sequence(struct machine *machine, const struct tree *node, struct role role)
{
    int indent = machine->indent;
    for (uint32_t i = 0; i < node->count; i++) {
        const struct tree *item = node->items[i];
        machine_announce(machine, item, item->foot, (struct slice){0});
        if (i == 0) {
            bool compact = role.in_map && (machine_begins_line(machine) || !machine->indention);
            machine->indent = machine_deeper(machine, false, role.item, compact);
        }
        machine_head_comment(machine);
        machine_indent(machine);
        machine_indicator(machine, "-", SPACE_BEFORE | IS_INDENTATION);
        struct role item_role = {.item = true};
        write_start(machine, item, item_role);
        machine_line_comment(machine);
        machine_foot_comment(machine);
        write_value(machine, item, item_role);
    }
    machine_announce_end(machine, node, (struct slice){0});
    machine->indent = indent;
}

// A comment after a key stays there when a block follows, and moves after a scalar that has no comment of its own.
static void place_key_comment(struct machine *machine, const struct tree *value)
{
    if (!machine->key_line.length)
        return;
    if (value->kind == TREE_SCALAR) {
        if (!machine->line.length) {
            machine->line = machine->key_line;
            machine->key_line = (struct slice){0};
        }
    } else if (is_collection(value) && value->style != STYLE_FLOW) {
        struct slice line = machine->line;
        machine->line = machine->key_line;
        machine_line_comment(machine);
        machine->key_line = machine->line;
        machine->line = line;
    }
}

static void write_block_map(struct machine *machine, const struct tree *node, bool item)
{
    int indent = machine->indent;
    struct slice tail = {0};
    for (uint32_t i = 0; i + 1 < node->count; i += 2) {
        const struct tree *value = node->items[i + 1], key = begin_entry(machine, node->items[i], &tail);
        if (i == 0)
            machine->indent = machine_deeper(machine, false, item, false);
        machine_head_comment(machine);
        machine_indent(machine);
        if (machine->line.length) {
            machine->key_line = machine->line;
            machine->line = (struct slice){0};
        }
        bool simple = write_key(machine, &key, IS_INDENTATION);
        machine_announce(machine, value, value->foot, (struct slice){0});
        if (simple) {
            machine_indicator(machine, ":", PLAIN);
        } else {
            machine_indent(machine);
            machine_indicator(machine, ":", SPACE_BEFORE | IS_INDENTATION);
        }
        place_key_comment(machine, value);
        struct role role = {.in_map = true};
        write_start(machine, value, role);
        machine_line_comment(machine);
        machine_foot_comment(machine);
        write_value(machine, value, role);
    }
    machine_announce_end(machine, node, tail);
    machine_head_comment(machine);
    machine->indent = indent;
}

// Writes what follows the start of a map or list.
static void write_value(struct machine *machine, const struct tree *node, struct role role)
{
    if (!is_collection(node))
        return;
    bool flow = machine->flow_level > 0 || node->style == STYLE_FLOW || !node->count;
    if (node->kind == TREE_MAP && flow)
        write_flow_map(machine, node, role.item);
    else if (node->kind == TREE_MAP)
        write_block_map(machine, node, role.item);
    else if (flow)
        write_flow_sequence(machine, node, role.item);
    else
        write_block_sequence(machine, node, role);
}

// --- Documents.

void tree_write_document(struct tree_writer *writer, const struct tree_document *document)
{
    struct machine machine = {
        .lines = {.out = writer->out, .line_start = writer->out->length},
        .indent = -1,
        .foot_indent = -1,
        .whitespace = true,
        .indention = true,
        .head = document->head.length ? document->head : writer->head,
        .line = writer->line,
        .foot = writer->foot,
        .tail = writer->tail,
        .key_line = writer->key_line,
    };
    if (writer->started) {
        buffer_add_text(writer->out, "---");
        machine_break(&machine);
    }
    if (machine.head.length) {
        machine_head_comment(&machine);
        machine_break(&machine);
    }
    const struct tree *root = document->root;
    machine_announce(&machine, root, root->foot, (struct slice){0});
    machine_head_comment(&machine);
    write_start(&machine, root, (struct role){0});
    machine_line_comment(&machine);
    machine_foot_comment(&machine);
    write_value(&machine, root, (struct role){0});
    machine_expect(&machine.foot, document->foot);
    machine.foot_indent = 0;
    machine_foot_comment(&machine);
    machine.foot_indent = -1;
    machine_indent(&machine);
    writer->started = true;
    writer->head = machine.head;
    writer->line = machine.line;
    writer->foot = machine.foot;
    writer->tail = machine.tail;
    writer->key_line = machine.key_line;
}

void tree_write(struct buffer *out, const struct tree *tree)
{
    struct tree_writer writer = {.out = out};
    tree_write_document(&writer, &(struct tree_document){.root = (struct tree *)tree});
}
