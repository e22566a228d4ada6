// yaml/tree_scalar.c
//
// Prints scalars, tags, and anchors of a tree as kustomize's YAML library does: in their original style, if that is
// allowed.
#include "doc/scalar.h"
#include "doc/text_traits.h"
#include "yaml/tree_machine.h"

static bool is_one_of(char byte, const char *bytes)
{
    return byte && strchr(bytes, byte);
}

struct slice tree_written_tag(const struct tree *node, bool *quotes)
{
    static const struct slice none = {0};
    *quotes = false;
    if (node->tagged || !node->tag.length || node->kind == TREE_ALIAS)
        return node->kind == TREE_ALIAS ? none : node->tag;
    if (node->kind == TREE_MAP)
        return slice_equals(node->tag, "!!map") ? none : node->tag;
    if (node->kind == TREE_SEQUENCE)
        return slice_equals(node->tag, "!!seq") ? none : node->tag;
    bool string = slice_equals(node->tag, "!!str");
    if (string && node->style != STYLE_PLAIN && node->style != STYLE_FLOW)
        return none;
    // The library resolves `<<` only when it reads, so it prints the tag.
    enum node_tag resolved = slice_equals(node->text, "<<") ? TAG_STRING : scalar_resolve_tag(node->text);
    if (slice_equal(node->tag, tree_tag_text(resolved)))
        return none;
    *quotes = string;
    return string ? none : node->tag;
}

static void write_tag_content(struct machine *machine, struct slice text)
{
    for (size_t at = 0; at < text.length; at++) {
        unsigned char byte = (unsigned char)text.data[at];
        bool letter = (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || byte == '-';
        if (letter || is_one_of((char)byte, ";/?:@&=+$,_.~*'()[]"))
            buffer_add_byte(machine->lines.out, (char)byte);
        else
            buffer_add_format(machine->lines.out, "%%%02X", byte);
    }
    machine->whitespace = machine->indention = false;
}

static bool tag_has_handle(struct slice tag)
{
    return tag.data[0] == '!';
}

void machine_tag(struct machine *machine, struct slice tag)
{
    if (!tag.length)
        return;
    machine_indicator(machine, tag_has_handle(tag) ? "" : "!<", SPACE_BEFORE);
    if (tag_has_handle(tag)) {
        bool standard = slice_starts_with(tag, slice_literal("!!"));
        buffer_add_text(machine->lines.out, standard ? "!!" : "!");
        write_tag_content(machine, slice_from_index(tag, standard ? 2 : 1));
    } else {
        write_tag_content(machine, tag);
        machine_indicator(machine, ">", PLAIN);
    }
}

void machine_anchor(struct machine *machine, const char *indicator, struct slice name)
{
    if (!name.length)
        return;
    machine_indicator(machine, indicator, SPACE_BEFORE);
    buffer_add_slice(machine->lines.out, name);
    machine->whitespace = machine->indention = false;
}

// Writes `|` or `>`, the rest of its line, and the text.
static void write_block(struct machine *machine, struct slice text, uint32_t traits, enum node_style style)
{
    size_t indent = (size_t)machine->indent;
    machine_indicator(machine, "", SPACE_BEFORE);
    yaml_write_block_header(&machine->lines, style == STYLE_LITERAL ? '|' : '>', text);
    machine->whitespace = false;
    if (machine->line.length)
        machine_line_comment(machine);
    else
        machine_break(machine);
    if (style == STYLE_LITERAL)
        yaml_write_literal_lines(&machine->lines, text, traits, indent);
    else
        yaml_write_folded_lines(&machine->lines, text, indent);
    machine->whitespace = machine->indention = true;
    machine->foot_indent = -1;
}

static bool allows_plain(struct slice text, uint32_t traits, bool flow)
{
    for (size_t i = 0; flow && i < text.length; i++)
        if (strchr(",?[]{}:", text.data[i]))
            return false;
    return traits_allow_plain(traits);
}

static enum node_style choose_style(const struct machine *machine, const struct tree *node, uint32_t traits,
                                    bool quotes, bool simple_key)
{
    enum node_style style = node->style == STYLE_FLOW ? STYLE_PLAIN : (enum node_style)node->style;
    if (style == STYLE_PLAIN && traits & TEXT_LINE_FEED)
        style = STYLE_LITERAL;
    else if (style == STYLE_PLAIN && quotes)
        style = STYLE_DOUBLE_QUOTED;
    if (simple_key && traits & TEXT_BREAK)
        style = STYLE_DOUBLE_QUOTED;
    bool flow = machine->flow_level > 0, empty = !node->text.length;
    if (style == STYLE_PLAIN && (!allows_plain(node->text, traits, flow) || (empty && (flow || simple_key))))
        style = STYLE_SINGLE_QUOTED;
    if (style == STYLE_SINGLE_QUOTED && !traits_allow_single_quotes(traits))
        style = STYLE_DOUBLE_QUOTED;
    if ((style == STYLE_LITERAL || style == STYLE_FOLDED) &&
        (empty || !traits_allow_block(traits) || flow || simple_key))
        style = STYLE_DOUBLE_QUOTED;
    return style;
}

void machine_scalar(struct machine *machine, const struct tree *node, struct role role)
{
    bool quotes;
    struct slice tag = tree_written_tag(node, &quotes), text = node->text;
    uint32_t traits = text_traits(text);
    enum node_style style = choose_style(machine, node, traits, quotes, role.simple_key);
    machine_anchor(machine, "&", node->anchor);
    machine_tag(machine, tag);
    int indent = machine->indent;
    machine->indent = machine_deeper(machine, true, role.item, false);
    if (style == STYLE_LITERAL || style == STYLE_FOLDED) {
        write_block(machine, text, traits, style);
    } else {
        if (text.length || style != STYLE_PLAIN)
            machine_indicator(machine, "", SPACE_BEFORE);
        if (style == STYLE_SINGLE_QUOTED)
            yaml_write_single_quoted(&machine->lines, text, traits, (size_t)machine->indent, false);
        else if (style == STYLE_DOUBLE_QUOTED)
            yaml_write_double_quoted(&machine->lines, text, traits, (size_t)machine->indent, false);
        else
            buffer_add_slice(machine->lines.out, text);
        machine->indention = false;
    }
    machine->indent = indent;
}
