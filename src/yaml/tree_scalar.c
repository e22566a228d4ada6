// yaml/tree_scalar.c
//
// Scalars, tags and anchors of a tree as kustomize's YAML library prints them: in the style they had, where that is
// allowed.
#include "base/utf8.h"
#include "doc/scalar.h"
#include "yaml/tree_machine.h"

// What a text allows.
struct analysis {
    bool many_lines, flow_plain, block_plain, single_quoted, block;
};

static bool is_printable(uint32_t code)
{
    return code == '\n' || (code >= 0x20 && code <= 0x7E) || (code >= 0xA0 && code <= 0xFFFD && code != 0xFEFF);
}

static bool is_blank(struct slice text, size_t at)
{
    return at < text.length && (text.data[at] == ' ' || text.data[at] == '\t');
}

static bool is_one_of(char byte, const char *bytes)
{
    return byte && strchr(bytes, byte);
}

static struct analysis analyze(struct slice text)
{
    if (!text.length)
        return (struct analysis){.block_plain = true, .single_quoted = true};
    bool marker = text.length >= 3 && (memcmp(text.data, "---", 3) == 0 || memcmp(text.data, "...", 3) == 0);
    bool block_indicators = marker, flow_indicators = marker, breaks = false, special = false, tabs = false;
    bool edge = false, trailing_space = false, break_space = false, space_break = false;
    bool after_space = false, after_break = false, after_white = true;
    for (size_t at = 0; at < text.length;) {
        char byte = text.data[at];
        struct character character = character_at(text, at);
        size_t next = at + character.length;
        bool before_white = next >= text.length || is_blank(text, next);
        if (at == 0 ? is_one_of(byte, "#,[]{}&*!|>'\"%@`") || (byte == '-' && before_white)
                    : byte == '#' && after_white)
            flow_indicators = block_indicators = true;
        if (is_one_of(byte, at == 0 ? "?:" : ",?[]{}:"))
            flow_indicators = true;
        if ((byte == ':' || (at == 0 && byte == '?')) && before_white)
            block_indicators = true;
        bool space = byte == ' ', is_break = machine_break_at(text, at) > 0;
        tabs |= byte == '\t';
        special |= byte != '\t' && !is_printable(character.code);
        edge |= (space || is_break) && (at == 0 || next == text.length);
        trailing_space |= space && next == text.length;
        break_space |= space && after_break;
        space_break |= is_break && after_space;
        breaks |= is_break;
        after_space = space;
        after_break = is_break;
        after_white = space || byte == '\t' || is_break;
        at = next;
    }
    bool plain = !edge && !break_space && !space_break && !tabs && !special && !breaks;
    return (struct analysis){
        .many_lines = breaks,
        .flow_plain = plain && !flow_indicators,
        .block_plain = plain && !block_indicators,
        .single_quoted = !break_space && !space_break && !tabs && !special,
        .block = !trailing_space && !space_break && !special,
    };
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
    // The library resolves `<<` only where it reads: printed it has its tag.
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
        if (letter || is_one_of((char)byte, ";/?:@&=+$,_.~*'()[]")) {
            machine_put(machine, (char)byte);
        } else {
            buffer_add_format(machine->out, "%%%02X", byte);
            machine->column += 3;
        }
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
        machine_put_text(machine, standard ? slice_literal("!!") : slice_literal("!"));
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
    machine_put_text(machine, name);
    machine->whitespace = machine->indention = false;
}

// A run of lines in a plain or single-quoted text: one line break is written as two.
static void write_folding_lines(struct machine *machine, struct slice text, bool quoted)
{
    bool breaks = false;
    for (size_t at = 0; at < text.length;) {
        if (machine_break_at(text, at)) {
            if (!breaks && text.data[at] == '\n')
                machine_break(machine);
            at += machine_put_break_of(machine, text, at);
            breaks = true;
            continue;
        }
        if (text.data[at] != ' ') {
            if (breaks)
                machine_indent(machine);
            if (quoted && text.data[at] == '\'')
                machine_put(machine, '\'');
            machine->indention = false;
            breaks = false;
        }
        at += machine_put_character(machine, text, at);
    }
}

static void write_plain(struct machine *machine, struct slice text)
{
    if (text.length && !machine->whitespace)
        machine_put(machine, ' ');
    write_folding_lines(machine, text, false);
    if (text.length)
        machine->whitespace = false;
    machine->indention = false;
}

static void write_single_quoted(struct machine *machine, struct slice text)
{
    machine_indicator(machine, "'", SPACE_BEFORE);
    write_folding_lines(machine, text, true);
    machine_indicator(machine, "'", PLAIN);
    machine->indention = false;
}

static void write_escape(struct machine *machine, uint32_t code)
{
    static const struct {
        uint32_t code;
        char letter;
    } letters[] = {
        {0x00, '0'}, {0x07, 'a'}, {0x08, 'b'},  {0x09, 't'}, {0x0A, 'n'}, {0x0B, 'v'},   {0x0C, 'f'},   {0x0D, 'r'},
        {0x1B, 'e'}, {'"', '"'},  {'\\', '\\'}, {0x85, 'N'}, {0xA0, '_'}, {0x2028, 'L'}, {0x2029, 'P'},
    };
    size_t start = machine->out->length;
    buffer_add_byte(machine->out, '\\');
    size_t i = 0;
    while (i < countof(letters) && letters[i].code != code)
        i++;
    if (i < countof(letters))
        buffer_add_byte(machine->out, letters[i].letter);
    else if (code <= 0xFF)
        buffer_add_format(machine->out, "x%02X", (unsigned)code);
    else if (code <= 0xFFFF)
        buffer_add_format(machine->out, "u%04X", (unsigned)code);
    else
        buffer_add_format(machine->out, "U%08X", (unsigned)code);
    machine->column += (int)(machine->out->length - start);
}

static void write_double_quoted(struct machine *machine, struct slice text)
{
    // The library looks for the mark at the start, whichever character it asks about.
    bool escape_all = slice_starts_with(text, slice_literal("\xEF\xBB\xBF"));
    machine_indicator(machine, "\"", SPACE_BEFORE);
    for (size_t at = 0; at < text.length;) {
        struct character character = character_at(text, at);
        bool plain = !escape_all && is_printable(character.code) && !machine_break_at(text, at) &&
                     character.code != '"' && character.code != '\\';
        if (plain)
            machine_put_character(machine, text, at);
        else
            write_escape(machine, character.code);
        at += character.length;
    }
    machine_indicator(machine, "\"", PLAIN);
    machine->indention = false;
}

// `|` or `>` with the hints for indentation and for line breaks at the end, and the rest of the line.
static void write_block_header(struct machine *machine, const char *indicator, struct slice text)
{
    machine_indicator(machine, indicator, SPACE_BEFORE);
    if (text.data[0] == ' ' || machine_break_at(text, 0))
        machine_indicator(machine, "2", PLAIN);
    size_t last = character_before(text, text.length);
    if (!machine_break_at(text, last))
        machine_indicator(machine, "-", PLAIN);
    else if (last == 0 || machine_break_at(text, character_before(text, last)))
        machine_indicator(machine, "+", PLAIN);
    if (machine->line.length)
        machine_line_comment(machine);
    else
        machine_break(machine);
    machine->whitespace = true;
}

static void write_literal(struct machine *machine, struct slice text)
{
    write_block_header(machine, "|", text);
    bool breaks = true;
    for (size_t at = 0; at < text.length;) {
        if (machine_break_at(text, at)) {
            at += machine_put_break_of(machine, text, at);
            breaks = true;
            continue;
        }
        if (breaks)
            machine_indent(machine);
        at += machine_put_character(machine, text, at);
        machine->indention = false;
        breaks = false;
    }
}

static void write_folded(struct machine *machine, struct slice text)
{
    write_block_header(machine, ">", text);
    size_t first = 0;  // behind the line breaks that the text starts with
    while (first < text.length && machine_break_at(text, first))
        first += machine_break_at(text, first);
    bool starts_white = first == text.length || is_blank(text, first);
    bool breaks = true, leading_spaces = true;
    for (size_t at = 0; at < text.length;) {
        if (machine_break_at(text, at)) {
            if (!breaks && !leading_spaces && text.data[at] == '\n' && !starts_white)
                machine_break(machine);
            at += machine_put_break_of(machine, text, at);
            breaks = true;
            continue;
        }
        if (breaks) {
            machine_indent(machine);
            leading_spaces = is_blank(text, at);
        }
        at += machine_put_character(machine, text, at);
        machine->indention = false;
        breaks = false;
    }
}

static enum node_style choose_style(const struct machine *machine, const struct tree *node, bool quotes,
                                    bool simple_key, const struct analysis *allows)
{
    enum node_style style = node->style == STYLE_FLOW ? STYLE_PLAIN : (enum node_style)node->style;
    if (style == STYLE_PLAIN && slice_find_byte(node->text, '\n') != SLICE_NOT_FOUND)
        style = STYLE_LITERAL;
    else if (style == STYLE_PLAIN && quotes)
        style = STYLE_DOUBLE_QUOTED;
    if (simple_key && allows->many_lines)
        style = STYLE_DOUBLE_QUOTED;
    bool flow = machine->flow_level > 0;
    if (style == STYLE_PLAIN &&
        (!(flow ? allows->flow_plain : allows->block_plain) || (!node->text.length && (flow || simple_key))))
        style = STYLE_SINGLE_QUOTED;
    if (style == STYLE_SINGLE_QUOTED && !allows->single_quoted)
        style = STYLE_DOUBLE_QUOTED;
    if ((style == STYLE_LITERAL || style == STYLE_FOLDED) && (!allows->block || flow || simple_key))
        style = STYLE_DOUBLE_QUOTED;
    return style;
}

void machine_scalar(struct machine *machine, const struct tree *node, struct role role)
{
    bool quotes;
    struct slice tag = tree_written_tag(node, &quotes);
    struct analysis allows = analyze(node->text);
    enum node_style style = choose_style(machine, node, quotes, role.simple_key, &allows);
    machine_anchor(machine, "&", node->anchor);
    machine_tag(machine, tag);
    int indent = machine->indent;
    machine->indent = machine_deeper(machine, true, role.item, false);
    switch (style) {
    case STYLE_SINGLE_QUOTED:
        write_single_quoted(machine, node->text);
        break;
    case STYLE_DOUBLE_QUOTED:
        write_double_quoted(machine, node->text);
        break;
    case STYLE_LITERAL:
        write_literal(machine, node->text);
        break;
    case STYLE_FOLDED:
        write_folded(machine, node->text);
        break;
    default:
        write_plain(machine, node->text);
    }
    machine->indent = indent;
}

bool tree_is_one_line(struct slice text)
{
    return !analyze(text).many_lines;
}
