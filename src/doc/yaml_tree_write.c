// doc/yaml_tree_write.c
//
// Prints a tree byte for byte as kustomize's YAML library does: a machine that knows the column, whether white space
// or indentation came last, and which comments wait to be written.
#include "doc/characters.h"
#include "doc/scalar.h"
#include "doc/yaml_tree.h"

enum { INDENT = 2, SIMPLE_KEY_MAX = 128 };

struct machine {
    struct buffer *out;
    int column, indent;
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

static void write_value(struct machine *, const struct tree *, struct role);

// --- Characters.

static void put(struct machine *machine, char byte)
{
    buffer_add_byte(machine->out, byte);
    machine->column++;
}

static void put_break(struct machine *machine)
{
    buffer_add_byte(machine->out, '\n');
    machine->column = 0;
    machine->indention = true;
}

static size_t break_at(struct slice text, size_t at)
{
    struct character character = character_at(text, at);
    bool is_break = character.code == '\n' || character.code == '\r' || character.code == CHARACTER_NEXT_LINE ||
                    character.code == CHARACTER_LINE_SEPARATOR || character.code == CHARACTER_PARAGRAPH_SEPARATOR;
    return is_break ? character.length : 0;
}

// Writes the character at `at` and returns its length.
static size_t put_character(struct machine *machine, struct slice text, size_t at)
{
    size_t length = character_at(text, at).length;
    buffer_add(machine->out, text.data + at, length);
    machine->column++;
    return length;
}

static size_t put_text_break(struct machine *machine, struct slice text, size_t at)
{
    if (text.data[at] == '\n') {
        put_break(machine);
        return 1;
    }
    size_t length = put_character(machine, text, at);
    machine->column = 0;
    machine->indention = true;
    return length;
}

static void put_text(struct machine *machine, struct slice text)
{
    for (size_t at = 0; at < text.length;)
        at += put_character(machine, text, at);
}

static void write_indent(struct machine *machine)
{
    int indent = machine->indent < 0 ? 0 : machine->indent;
    if (!machine->indention || machine->column > indent || (machine->column == indent && !machine->whitespace))
        put_break(machine);
    if (machine->foot_indent == indent)
        put_break(machine);
    while (machine->column < indent)
        put(machine, ' ');
    machine->whitespace = true;
    machine->foot_indent = -1;
}

enum indicator { PLAIN = 0, SPACE_BEFORE = 1, IS_SPACE = 2, IS_INDENTATION = 4 };

static void write_indicator(struct machine *machine, const char *text, unsigned how)
{
    if ((how & SPACE_BEFORE) && !machine->whitespace)
        put(machine, ' ');
    put_text(machine, slice_from(text));
    machine->whitespace = how & IS_SPACE;
    machine->indention = machine->indention && (how & IS_INDENTATION);
}

// --- Comments.

static void write_comment(struct machine *machine, struct slice *comment)
{
    bool breaks = false, pound = false;
    for (size_t at = 0; at < comment->length;) {
        if (break_at(*comment, at)) {
            at += put_text_break(machine, *comment, at);
            breaks = true;
            pound = false;
            continue;
        }
        if (breaks)
            write_indent(machine);
        if (!pound && comment->data[at] != '#')
            put_text(machine, slice_literal("# "));
        pound = true;
        at += put_character(machine, *comment, at);
        machine->indention = false;
        breaks = false;
    }
    if (!breaks)
        put_break(machine);
    machine->whitespace = true;
    *comment = (struct slice){0};
}

static void begin_foot(struct machine *machine)
{
    machine->foot_indent = machine->indent < 0 ? 0 : machine->indent;
}

static void write_head_comment(struct machine *machine)
{
    if (machine->tail.length) {
        write_indent(machine);
        write_comment(machine, &machine->tail);
        begin_foot(machine);
    }
    if (machine->head.length) {
        write_indent(machine);
        write_comment(machine, &machine->head);
    }
}

static void write_line_comment(struct machine *machine)
{
    if (!machine->line.length)
        return;
    if (!machine->whitespace)
        put(machine, ' ');
    write_comment(machine, &machine->line);
}

static void write_foot_comment(struct machine *machine)
{
    if (!machine->foot.length)
        return;
    write_indent(machine);
    write_comment(machine, &machine->foot);
    begin_foot(machine);
}

static void expect(struct slice *waiting, struct slice comment)
{
    if (comment.length)
        *waiting = comment;
}

// A node is about to be written: its comments wait. Those of a map or list at its end come with the end.
static void announce(struct machine *machine, const struct tree *node, struct slice foot, struct slice tail)
{
    expect(&machine->head, node->head);
    if (node->kind == TREE_SCALAR || node->kind == TREE_ALIAS) {
        expect(&machine->line, node->line);
        expect(&machine->foot, foot);
    }
    if (node->kind == TREE_SCALAR || node->kind == TREE_MAP)
        expect(&machine->tail, tail);
}

static void announce_end(struct machine *machine, const struct tree *node, struct slice tail)
{
    expect(&machine->tail, tail);
    expect(&machine->line, node->line);
    expect(&machine->foot, node->foot);
}

static bool comments_wait(const struct machine *machine)
{
    return machine->line.length || machine->foot.length || machine->tail.length;
}

// --- Scalars.

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
        bool space = byte == ' ', is_break = break_at(text, at) > 0;
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

// The tag as it is to be written; empty: none. `*quotes` is set for a string that would be read as something else.
static struct slice written_tag(const struct tree *node, bool *quotes)
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
    static const char *const texts[] = {
        [TAG_STRING] = "!!str",   [TAG_NULL] = "!!null",           [TAG_BOOL] = "!!bool",     [TAG_INT] = "!!int",
        [TAG_FLOAT] = "!!float",  [TAG_TIMESTAMP] = "!!timestamp", [TAG_BINARY] = "!!binary", [TAG_MERGE] = "!!merge",
    };
    // The library resolves `<<` only where it reads: printed it has its tag.
    enum node_tag resolved = slice_equals(node->text, "<<") ? TAG_STRING : scalar_resolve_tag(node->text);
    if (slice_equals(node->tag, texts[resolved]))
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
            put(machine, (char)byte);
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

static void write_tag(struct machine *machine, struct slice tag)
{
    if (!tag.length)
        return;
    write_indicator(machine, tag_has_handle(tag) ? "" : "!<", SPACE_BEFORE);
    if (tag_has_handle(tag)) {
        bool standard = slice_starts_with(tag, slice_literal("!!"));
        put_text(machine, standard ? slice_literal("!!") : slice_literal("!"));
        write_tag_content(machine, slice_from_index(tag, standard ? 2 : 1));
    } else {
        write_tag_content(machine, tag);
        write_indicator(machine, ">", PLAIN);
    }
}

static void write_anchor(struct machine *machine, const char *indicator, struct slice name)
{
    if (!name.length)
        return;
    write_indicator(machine, indicator, SPACE_BEFORE);
    put_text(machine, name);
    machine->whitespace = machine->indention = false;
}

// A run of lines in a plain or single-quoted text: one line break is written as two.
static void write_folding_lines(struct machine *machine, struct slice text, bool quoted)
{
    bool breaks = false;
    for (size_t at = 0; at < text.length;) {
        if (break_at(text, at)) {
            if (!breaks && text.data[at] == '\n')
                put_break(machine);
            at += put_text_break(machine, text, at);
            breaks = true;
            continue;
        }
        if (text.data[at] != ' ') {
            if (breaks)
                write_indent(machine);
            if (quoted && text.data[at] == '\'')
                put(machine, '\'');
            machine->indention = false;
            breaks = false;
        }
        at += put_character(machine, text, at);
    }
}

static void write_plain(struct machine *machine, struct slice text)
{
    if (text.length && !machine->whitespace)
        put(machine, ' ');
    write_folding_lines(machine, text, false);
    if (text.length)
        machine->whitespace = false;
    machine->indention = false;
}

static void write_single_quoted(struct machine *machine, struct slice text)
{
    write_indicator(machine, "'", SPACE_BEFORE);
    write_folding_lines(machine, text, true);
    write_indicator(machine, "'", PLAIN);
    machine->indention = false;
}

static void write_escape(struct machine *machine, uint32_t code)
{
    static const struct {
        uint32_t code;
        char letter;
    } letters[] = {
        {0x00, '0'}, {0x07, 'a'}, {0x08, 'b'}, {0x09, 't'}, {0x0A, 'n'}, {0x0B, 'v'},   {0x0C, 'f'},   {0x0D, 'r'},
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
    write_indicator(machine, "\"", SPACE_BEFORE);
    for (size_t at = 0; at < text.length;) {
        struct character character = character_at(text, at);
        bool plain = !escape_all && is_printable(character.code) && !break_at(text, at) && character.code != '"' && character.code != '\\';
        if (plain)
            put_character(machine, text, at);
        else
            write_escape(machine, character.code);
        at += character.length;
    }
    write_indicator(machine, "\"", PLAIN);
    machine->indention = false;
}

// `|` or `>` with the hints for indentation and for line breaks at the end, and the rest of the line.
static void write_block_header(struct machine *machine, const char *indicator, struct slice text)
{
    write_indicator(machine, indicator, SPACE_BEFORE);
    if (text.data[0] == ' ' || break_at(text, 0))
        write_indicator(machine, "2", PLAIN);
    size_t last = character_before(text, text.length);
    if (!break_at(text, last))
        write_indicator(machine, "-", PLAIN);
    else if (last == 0 || break_at(text, character_before(text, last)))
        write_indicator(machine, "+", PLAIN);
    if (machine->line.length)
        write_line_comment(machine);
    else
        put_break(machine);
    machine->whitespace = true;
}

static void write_literal(struct machine *machine, struct slice text)
{
    write_block_header(machine, "|", text);
    bool breaks = true;
    for (size_t at = 0; at < text.length;) {
        if (break_at(text, at)) {
            at += put_text_break(machine, text, at);
            breaks = true;
            continue;
        }
        if (breaks)
            write_indent(machine);
        at += put_character(machine, text, at);
        machine->indention = false;
        breaks = false;
    }
}

static void write_folded(struct machine *machine, struct slice text)
{
    write_block_header(machine, ">", text);
    size_t first = 0;  // behind the line breaks that the text starts with
    while (first < text.length && break_at(text, first))
        first += break_at(text, first);
    bool starts_white = first == text.length || is_blank(text, first);
    bool breaks = true, leading_spaces = true;
    for (size_t at = 0; at < text.length;) {
        if (break_at(text, at)) {
            if (!breaks && !leading_spaces && text.data[at] == '\n' && !starts_white)
                put_break(machine);
            at += put_text_break(machine, text, at);
            breaks = true;
            continue;
        }
        if (breaks) {
            write_indent(machine);
            leading_spaces = is_blank(text, at);
        }
        at += put_character(machine, text, at);
        machine->indention = false;
        breaks = false;
    }
}

static enum node_style choose_style(const struct machine *machine, const struct tree *node, bool quotes, bool simple_key,
                                    const struct analysis *allows)
{
    enum node_style style = node->style == STYLE_FLOW ? STYLE_PLAIN : (enum node_style)node->style;
    if (style == STYLE_PLAIN && slice_find_byte(node->text, '\n') != SLICE_NOT_FOUND)
        style = STYLE_LITERAL;
    else if (style == STYLE_PLAIN && quotes)
        style = STYLE_DOUBLE_QUOTED;
    if (simple_key && allows->many_lines)
        style = STYLE_DOUBLE_QUOTED;
    bool flow = machine->flow_level > 0;
    if (style == STYLE_PLAIN && (!(flow ? allows->flow_plain : allows->block_plain) ||
                                 (!node->text.length && (flow || simple_key))))
        style = STYLE_SINGLE_QUOTED;
    if (style == STYLE_SINGLE_QUOTED && !allows->single_quoted)
        style = STYLE_DOUBLE_QUOTED;
    if ((style == STYLE_LITERAL || style == STYLE_FOLDED) && (!allows->block || flow || simple_key))
        style = STYLE_DOUBLE_QUOTED;
    return style;
}

static int deeper(const struct machine *machine, bool flow, bool item, bool compact)
{
    if (machine->indent < 0)
        return flow ? INDENT : 0;
    if (item)
        return machine->indent + INDENT;
    return INDENT * ((machine->indent + INDENT) / INDENT) - (compact ? INDENT : 0);
}

static void write_scalar(struct machine *machine, const struct tree *node, struct role role)
{
    bool quotes;
    struct slice tag = written_tag(node, &quotes);
    struct analysis allows = analyze(node->text);
    enum node_style style = choose_style(machine, node, quotes, role.simple_key, &allows);
    write_anchor(machine, "&", node->anchor);
    write_tag(machine, tag);
    int indent = machine->indent;
    machine->indent = deeper(machine, true, role.item, false);
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

// --- Maps and lists.

static bool is_collection(const struct tree *node)
{
    return node->kind == TREE_MAP || node->kind == TREE_SEQUENCE;
}

static bool is_simple_key(const struct tree *key)
{
    bool quotes;
    struct slice tag = written_tag(key, &quotes);
    size_t length = key->anchor.length + tag.length;
    if (key->kind == TREE_ALIAS)
        return key->text.length <= SIMPLE_KEY_MAX;
    if (is_collection(key))
        return !key->count && length <= SIMPLE_KEY_MAX;
    return !analyze(key->text).many_lines && length + key->text.length <= SIMPLE_KEY_MAX;
}

// The node itself, or what a map or list starts with.
static void write_start(struct machine *machine, const struct tree *node, struct role role)
{
    bool quotes;
    if (node->kind == TREE_ALIAS) {
        write_anchor(machine, "*", node->text);
    } else if (node->kind == TREE_SCALAR) {
        write_scalar(machine, node, role);
    } else {
        write_anchor(machine, "&", node->anchor);
        write_tag(machine, written_tag(node, &quotes));
    }
}

static bool needs_indent(const struct machine *machine)
{
    return machine->column == 0;
}

static void end_flow(struct machine *machine, const char *bracket, int indent)
{
    machine->flow_level--;
    machine->indent = indent;
    if (bracket[0] == ']' && needs_indent(machine))
        write_indent(machine);
    write_indicator(machine, bracket, PLAIN);
    write_line_comment(machine);
    write_foot_comment(machine);
}

// The value after its start, in a flow collection.
static void write_flow_value(struct machine *machine, const struct tree *value, struct role role)
{
    write_start(machine, value, role);
    if (comments_wait(machine))
        write_indicator(machine, ",", PLAIN);
    write_line_comment(machine);
    write_foot_comment(machine);
    write_value(machine, value, role);
}

static void begin_flow(struct machine *machine, const char *bracket, bool item)
{
    write_indicator(machine, bracket, SPACE_BEFORE | IS_SPACE);
    machine->indent = deeper(machine, true, item, false);
    machine->flow_level++;
}

static void write_flow_sequence(struct machine *machine, const struct tree *node, bool item)
{
    int indent = machine->indent;
    bool comma = false;  // the next item needs one in front
    for (uint32_t i = 0; i < node->count; i++) {
        announce(machine, node->items[i], node->items[i]->foot, (struct slice){0});
        if (i == 0)
            begin_flow(machine, "[", item);
        if (comma)
            write_indicator(machine, ",", PLAIN);
        write_head_comment(machine);
        if (needs_indent(machine))
            write_indent(machine);
        comma = !comments_wait(machine);
        write_flow_value(machine, node->items[i], (struct role){0});
    }
    announce_end(machine, node, (struct slice){0});
    if (!node->count)
        begin_flow(machine, "[", item);
    end_flow(machine, "]", indent);
}

static void write_flow_map(struct machine *machine, const struct tree *node, bool item)
{
    int indent = machine->indent;
    struct slice tail = {0};
    bool comma = false;
    for (uint32_t i = 0; i + 1 < node->count; i += 2) {
        const struct tree *key = node->items[i], *value = node->items[i + 1];
        announce(machine, key, (struct slice){0}, tail);
        tail = key->foot;
        if (i == 0)
            begin_flow(machine, "{", item);
        if (comma)
            write_indicator(machine, ",", PLAIN);
        write_head_comment(machine);
        if (needs_indent(machine))
            write_indent(machine);
        bool simple = is_simple_key(key);
        if (!simple)
            write_indicator(machine, "?", SPACE_BEFORE);
        struct role role = {.in_map = true, .simple_key = simple};
        write_start(machine, key, role);
        write_value(machine, key, role);
        announce(machine, value, value->foot, (struct slice){0});
        write_indicator(machine, ":", simple ? PLAIN : SPACE_BEFORE);
        comma = !comments_wait(machine);
        write_flow_value(machine, value, (struct role){.in_map = true});
    }
    announce_end(machine, node, tail);
    if (!node->count)
        begin_flow(machine, "{", item);
    else if (comma && (machine->head.length || machine->foot.length || machine->tail.length))
        write_indicator(machine, ",", PLAIN);
    write_head_comment(machine);
    end_flow(machine, "}", indent);
}

static void write_block_sequence(struct machine *machine, const struct tree *node, struct role role)
{
    int indent = machine->indent;
    for (uint32_t i = 0; i < node->count; i++) {
        const struct tree *item = node->items[i];
        announce(machine, item, item->foot, (struct slice){0});
        if (i == 0) {
            bool compact = role.in_map && (machine->column == 0 || !machine->indention);
            machine->indent = deeper(machine, false, role.item, compact);
        }
        write_head_comment(machine);
        write_indent(machine);
        write_indicator(machine, "-", SPACE_BEFORE | IS_INDENTATION);
        struct role item_role = {.item = true};
        write_start(machine, item, item_role);
        write_line_comment(machine);
        write_foot_comment(machine);
        write_value(machine, item, item_role);
    }
    announce_end(machine, node, (struct slice){0});
    machine->indent = indent;
}

// A comment behind a key stays there when a block follows, and moves behind a scalar that has none of its own.
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
        write_line_comment(machine);
        machine->key_line = machine->line;
        machine->line = line;
    }
}

static void write_block_map(struct machine *machine, const struct tree *node, bool item)
{
    int indent = machine->indent;
    struct slice tail = {0};
    for (uint32_t i = 0; i + 1 < node->count; i += 2) {
        const struct tree *key = node->items[i], *value = node->items[i + 1];
        announce(machine, key, (struct slice){0}, tail);
        tail = key->foot;
        if (i == 0)
            machine->indent = deeper(machine, false, item, false);
        write_head_comment(machine);
        write_indent(machine);
        if (machine->line.length) {
            machine->key_line = machine->line;
            machine->line = (struct slice){0};
        }
        bool simple = is_simple_key(key);
        if (!simple)
            write_indicator(machine, "?", SPACE_BEFORE | IS_INDENTATION);
        struct role role = {.in_map = true, .simple_key = simple};
        write_start(machine, key, role);
        write_value(machine, key, role);
        announce(machine, value, value->foot, (struct slice){0});
        if (simple) {
            write_indicator(machine, ":", PLAIN);
        } else {
            write_indent(machine);
            write_indicator(machine, ":", SPACE_BEFORE | IS_INDENTATION);
        }
        place_key_comment(machine, value);
        role.simple_key = false;
        write_start(machine, value, role);
        write_line_comment(machine);
        write_foot_comment(machine);
        write_value(machine, value, role);
    }
    announce_end(machine, node, tail);
    write_head_comment(machine);
    machine->indent = indent;
}

// What follows the start of a map or list.
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
        .out = writer->out,
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
        put_text(&machine, slice_literal("---"));
        put_break(&machine);
    }
    if (machine.head.length) {
        write_head_comment(&machine);
        put_break(&machine);
    }
    const struct tree *root = document->root;
    announce(&machine, root, root->foot, (struct slice){0});
    write_head_comment(&machine);
    write_start(&machine, root, (struct role){0});
    write_line_comment(&machine);
    write_foot_comment(&machine);
    write_value(&machine, root, (struct role){0});
    expect(&machine.foot, document->foot);
    machine.foot_indent = 0;
    write_foot_comment(&machine);
    machine.foot_indent = -1;
    write_indent(&machine);
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
