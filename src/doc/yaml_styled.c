#include "doc/yaml_styled.h"

#include "doc/characters.h"
#include "doc/scalar.h"
#include "doc/yaml_comments.h"

struct level {
    uint32_t column;  // in the source
    int indent;       // in the output
};

struct printer {
    struct buffer *out;
    struct arena scratch;
    const struct source *source;
    struct {
        size_t *items;  // where each line of the source starts
        size_t count, capacity;
    } lines;
    struct {
        struct level *items;  // the maps around the newest entry
        size_t count, capacity;
    } levels;
    size_t depth;
    struct yaml_comments comments;
    size_t next_comment;
    uint32_t comment_line;  // 0: no comment can stand behind the present value
    bool started;  // something else than comments was printed
    uint32_t last_column;  // of the newest entry: in the source, and in the output
    int last_indent;
    bool open_end;  // the source does not end with a line break
    uint32_t dropped_column;  // comments behind it stood in a value that is gone; UINT32_MAX: none did
};

enum { INDENT = 2 };

static void print(struct printer *, const struct node *, int indent, bool in_map, bool in_flow);

static void add_indent(struct printer *printer, int indent)
{
    for (int i = 0; i < indent; i++)
        buffer_add_byte(printer->out, ' ');
}

static void break_line(struct printer *printer)
{
    if (printer->out->length && printer->out->data[printer->out->length - 1] != '\n')
        buffer_add_byte(printer->out, '\n');
}

// --- Comments.

static bool stood_in_source(const struct printer *printer, struct position position)
{
    return printer->source && position.line && position.file == printer->source->file;
}

// Comments on lines of their own that stand together in front of an entry, from `first` on.
struct comment_group {
    const struct yaml_comment *first;
    size_t count;
    bool closed;  // right below the entry before, with an empty line behind: it belongs to that entry
    bool deeper;  // directly above something else that leaves the level of the entry before
};

static const struct yaml_comment *next_comment(const struct printer *printer, size_t number, uint32_t line)
{
    for (; number < printer->comments.count && printer->comments.items[number].line < line; number++)
        if (printer->comments.items[number].own_line &&
            printer->comments.items[number].column <= printer->dropped_column)
            return &printer->comments.items[number];
    return NULL;
}

// False: there is none left before `next`. Comments inside of a group that are skipped are counted, too.
static bool next_group(const struct printer *printer, bool nothing_before, struct position next,
                       struct comment_group *group)
{
    const struct yaml_comment *comment = next_comment(printer, printer->next_comment, next.line), *following;
    *group = (struct comment_group){.first = comment};
    if (!comment)
        return false;
    bool may_close = nothing_before && comment->below_entry && printer->started;
    for (;; comment = following) {
        size_t number = (size_t)(comment - printer->comments.items) + 1;
        group->count = number - (size_t)(group->first - printer->comments.items);
        following = next_comment(printer, number, next.line);
        bool last_line = !following && next.line == UINT32_MAX && printer->open_end;
        group->closed = may_close && (comment->before_blank || last_line);
        uint32_t column = following ? following->column : next.column;
        group->deeper = !group->closed && column < printer->last_column && column != group->first->column;
        if (!following || group->closed || group->deeper)
            return true;
    }
}

static void print_group(struct printer *printer, const struct comment_group *group, int indent)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct yaml_comment *comment = &group->first[i];
        if (!comment->own_line || comment->column > printer->dropped_column)
            continue;
        if (i && comment->after_blank)
            buffer_add_byte(printer->out, '\n');
        add_indent(printer, indent);
        buffer_add_slice(printer->out, comment->text);
        buffer_add_byte(printer->out, '\n');
    }
}

// The output's indentation of the map that stood at a column of the source, among those around the newest entry.
static int level_indent(const struct printer *printer, uint32_t column, int otherwise)
{
    for (size_t i = printer->levels.count; i-- > 0;)
        if (printer->levels.items[i].column == column)
            return printer->levels.items[i].indent;
    return otherwise;
}

// The comments in front of the entry at `next`, or at the end of the text (line UINT32_MAX). What belongs to the entry
// before stands at its level, and an empty line behind it where the next level is the same.
static void print_comments_before(struct printer *printer, struct position next, int indent)
{
    struct comment_group group;
    bool at_end = next.line == UINT32_MAX;
    for (bool first = true; next_group(printer, first, next, &group); first = false) {
        break_line(printer);
        bool of_newest = group.deeper || group.first->column >= printer->last_column || (at_end && printer->open_end);
        int own_indent = indent;
        if (first && (group.closed || group.deeper))
            own_indent = of_newest ? printer->last_indent : level_indent(printer, group.first->column, indent);
        bool belongs_before = group.closed || group.deeper;
        if (at_end && !belongs_before && first)
            buffer_add_byte(printer->out, '\n');
        print_group(printer, &group, own_indent);
        printer->next_comment = (size_t)(group.first - printer->comments.items) + group.count;
        const struct yaml_comment *newest = &printer->comments.items[printer->next_comment - 1];
        bool more = next_comment(printer, printer->next_comment, next.line);
        bool blank_behind = belongs_before ? own_indent == indent : !printer->started && newest->before_blank;
        if (blank_behind && (!at_end || (belongs_before && more)))
            buffer_add_byte(printer->out, '\n');
    }
    while (printer->next_comment < printer->comments.count &&
           printer->comments.items[printer->next_comment].line < next.line)
        printer->next_comment++;
    printer->dropped_column = UINT32_MAX;
}

static void print_comment_on(struct printer *printer, uint32_t line)
{
    if (!line)
        return;
    size_t at = printer->next_comment;
    while (at < printer->comments.count && printer->comments.items[at].line < line)
        at++;
    if (at == printer->comments.count)
        return;
    const struct yaml_comment *comment = &printer->comments.items[at];
    if (comment->own_line || comment->line != line)
        return;
    buffer_add_byte(printer->out, ' ');
    buffer_add_slice(printer->out, comment->text);
    printer->next_comment = at + 1;
}

// The comment behind the value that is being printed; that of a block stands on its first line.
static void print_waiting_comment(struct printer *printer)
{
    print_comment_on(printer, printer->comment_line);
    printer->comment_line = 0;
}

// --- Scalars.

static bool is_flow_indicator(struct slice text, size_t at)
{
    char byte = text.data[at];
    return byte == ',' || byte == '?' || byte == '[' || byte == ']' || byte == '{' || byte == '}' || byte == ':';
}

static bool plain_allowed(struct slice text, uint32_t traits, bool in_flow, bool key)
{
    if (!text.length)
        return !in_flow && !key;
    if (!traits_allow_plain(traits))
        return false;
    for (size_t i = 0; in_flow && i < text.length; i++)
        if (is_flow_indicator(text, i))
            return false;
    return true;
}

static void print_single_quoted(struct printer *printer, struct slice text, int indent)
{
    buffer_add_byte(printer->out, '\'');
    bool breaks = false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\n') {
            if (!breaks)
                buffer_add_byte(printer->out, '\n');
            buffer_add_byte(printer->out, '\n');
            breaks = true;
            continue;
        }
        if (breaks)
            add_indent(printer, indent);
        breaks = false;
        if (text.data[i] == '\'')
            buffer_add_byte(printer->out, '\'');
        buffer_add_byte(printer->out, text.data[i]);
    }
    buffer_add_byte(printer->out, '\'');
}

// The letter behind the backslash; 0: the code in hexadecimal digits, or no escape at all.
static char escape_letter(uint32_t code)
{
    static const char controls[] = "0......abtnvfr.............e";
    if (code < sizeof controls - 1)
        return controls[code] == '.' ? 0 : controls[code];
    if (code == '"' || code == '\\')
        return (char)code;
    if (code == CHARACTER_NEXT_LINE)
        return 'N';
    if (code == CHARACTER_LINE_SEPARATOR)
        return 'L';
    return code == CHARACTER_PARAGRAPH_SEPARATOR ? 'P' : 0;
}

static bool is_printable(uint32_t code)
{
    return (code >= 0x20 && code <= 0x7E) || (code >= 0xA0 && code <= 0xD7FF) ||
           (code >= 0xE000 && code <= 0xFFFD && code != CHARACTER_BYTE_ORDER_MARK);
}

static void print_double_quoted(struct printer *printer, struct slice text)
{
    buffer_add_byte(printer->out, '"');
    for (size_t i = 0; i < text.length;) {
        struct character character = character_at(text, i);
        uint32_t code = character.code;
        char letter = escape_letter(code);
        if (letter)
            buffer_add_format(printer->out, "\\%c", letter);
        else if (is_printable(code))
            buffer_add(printer->out, text.data + i, character.length);
        else if (code <= 0xFF)
            buffer_add_format(printer->out, "\\x%02X", (unsigned)code);
        else if (code <= 0xFFFF)
            buffer_add_format(printer->out, "\\u%04X", (unsigned)code);
        else
            buffer_add_format(printer->out, "\\U%08X", (unsigned)code);
        i += character.length;
    }
    buffer_add_byte(printer->out, '"');
}

// `|` or `>` with the hints for indentation and for line breaks at the end.
static void print_block_header(struct printer *printer, char indicator, struct slice text)
{
    buffer_add_byte(printer->out, indicator);
    if (text.data[0] == ' ' || text.data[0] == '\n')
        buffer_add_byte(printer->out, '0' + INDENT);
    bool ends = text.data[text.length - 1] == '\n';
    if (!ends)
        buffer_add_byte(printer->out, '-');
    else if (text.length == 1 || text.data[text.length - 2] == '\n')
        buffer_add_byte(printer->out, '+');
    print_waiting_comment(printer);
    buffer_add_byte(printer->out, '\n');
}

static void print_literal(struct printer *printer, struct slice text, int indent)
{
    print_block_header(printer, '|', text);
    bool breaks = true;
    for (size_t i = 0; i < text.length; i++) {
        if (breaks && text.data[i] != '\n')
            add_indent(printer, indent);
        breaks = text.data[i] == '\n';
        buffer_add_byte(printer->out, text.data[i]);
    }
}

// One line break of the value is two in the text, unless the line is indented: then the text is taken as
// it stands. Lines are never cut. The look at the character behind the first line breaks of the whole
// value is what kustomize's printer does.
static void print_folded(struct printer *printer, struct slice text, int indent)
{
    print_block_header(printer, '>', text);
    size_t first = 0;
    while (first < text.length && text.data[first] == '\n')
        first++;
    bool first_is_blank = first == text.length || text.data[first] == ' ' || text.data[first] == '\t';
    bool breaks = true, leading_spaces = true;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\n') {
            if (!breaks && !leading_spaces && !first_is_blank)
                buffer_add_byte(printer->out, '\n');
            buffer_add_byte(printer->out, '\n');
            breaks = true;
            continue;
        }
        if (breaks) {
            add_indent(printer, indent);
            leading_spaces = text.data[i] == ' ' || text.data[i] == '\t';
        }
        breaks = false;
        buffer_add_byte(printer->out, text.data[i]);
    }
}

// NULL: there is nothing to write.
static const char *tag_text(enum node_tag tag)
{
    static const char *const texts[] = {
        [TAG_STRING] = "!!str",   [TAG_NULL] = "!!null",           [TAG_BOOL] = "!!bool",     [TAG_INT] = "!!int",
        [TAG_FLOAT] = "!!float",  [TAG_TIMESTAMP] = "!!timestamp", [TAG_BINARY] = "!!binary", [TAG_MERGE] = "!!merge",
        [TAG_OTHER] = NULL,
    };
    return texts[tag];
}

static void print_scalar(struct printer *printer, struct slice text, enum node_style style, enum node_tag tag,
                         bool explicit_tag, int indent, bool in_flow, bool key)
{
    const char *written_tag = NULL;
    bool quotes = false;
    if (explicit_tag) {
        written_tag = tag_text(tag);
    } else if (tag != TAG_IMPLICIT && !(tag == TAG_STRING && style != STYLE_PLAIN) && scalar_resolve_tag(text) != tag) {
        quotes = tag == TAG_STRING;
        written_tag = quotes ? NULL : tag_text(tag);
    }
    bool lines = slice_find_byte(text, '\n') != SLICE_NOT_FOUND;
    if (style == STYLE_PLAIN && lines)
        style = STYLE_LITERAL;
    else if (style == STYLE_PLAIN && quotes)
        style = STYLE_DOUBLE_QUOTED;
    if (key && lines)
        style = STYLE_DOUBLE_QUOTED;

    uint32_t traits = text_traits(text);
    if (style == STYLE_PLAIN && !plain_allowed(text, traits, in_flow, key))
        style = STYLE_SINGLE_QUOTED;
    if (style == STYLE_SINGLE_QUOTED && text.length && !traits_allow_single_quotes(traits))
        style = STYLE_DOUBLE_QUOTED;
    if ((style == STYLE_LITERAL || style == STYLE_FOLDED) &&
        (!text.length || !traits_allow_block(traits) || in_flow || key))
        style = STYLE_DOUBLE_QUOTED;

    if (written_tag) {
        buffer_add_text(printer->out, written_tag);
        if (text.length)
            buffer_add_byte(printer->out, ' ');
    }
    switch (style) {
    case STYLE_SINGLE_QUOTED:
        print_single_quoted(printer, text, indent);
        break;
    case STYLE_DOUBLE_QUOTED:
        print_double_quoted(printer, text);
        break;
    case STYLE_LITERAL:
        print_literal(printer, text, indent);
        break;
    case STYLE_FOLDED:
        print_folded(printer, text, indent);
        break;
    default:
        buffer_add_slice(printer->out, text);
    }
}

// The byte of the source at a position; 0 beyond its end.
static char source_byte(const struct printer *printer, uint32_t line, uint32_t column)
{
    if (line > printer->lines.count)
        return 0;
    struct slice text = printer->source->content;
    size_t at = printer->lines.items[line - 1];
    for (uint32_t i = 1; i < column && at < text.length; i++)
        at += character_at(text, at).length;
    return at < text.length ? text.data[at] : 0;
}

// The style of a key is not kept in the tree; that it was quoted shows in its tag, and how in the source.
static void print_key(struct printer *printer, const struct map_entry *entry, bool known, bool in_flow)
{
    struct slice text = entry->key->text;
    enum node_style style = entry->key_tag == TAG_STRING ? STYLE_DOUBLE_QUOTED : STYLE_PLAIN;
    if (style != STYLE_PLAIN && known && source_byte(printer, entry->key_line, entry->key_column) == '\'')
        style = STYLE_SINGLE_QUOTED;
    print_scalar(printer, text, style, (enum node_tag)entry->key_tag, false, 0, in_flow, true);
    buffer_add_byte(printer->out, ':');
}

// --- Collections.

static bool is_block(const struct node *node)
{
    return node->kind != NODE_SCALAR && node->style != STYLE_FLOW && node->count > 0;
}

static void print_flow(struct printer *printer, const struct node *node, int indent)
{
    bool map = node->kind == NODE_MAP;
    buffer_add_byte(printer->out, map ? '{' : '[');
    for (uint32_t i = 0; i < node->count; i++) {
        if (i)
            buffer_add_text(printer->out, ", ");
        const struct node *value = map ? node->entries[i].value : node->items[i];
        if (map) {
            const struct map_entry *entry = &node->entries[i];
            struct position position = {node->position.file, entry->key_line, entry->key_column};
            print_key(printer, entry, stood_in_source(printer, position), true);
            buffer_add_byte(printer->out, ' ');
        }
        print(printer, value, indent, map, true);
    }
    buffer_add_byte(printer->out, map ? '}' : ']');
}

static void begin_entry(struct printer *printer, struct position position, int indent, bool first)
{
    if (stood_in_source(printer, position)) {
        print_comments_before(printer, position, indent);
        printer->last_column = position.column;
        printer->last_indent = indent;
    }
    printer->started = true;
    // The first entry of a map in a list stands behind the dash.
    size_t length = printer->out->length;
    if (first && length >= 2 && printer->out->data[length - 1] == ' ' && printer->out->data[length - 2] == '-')
        return;
    break_line(printer);
    add_indent(printer, indent);
}

// Nothing was printed for an empty value, and no blank behind the colon or the dash.
static void end_entry(struct printer *printer)
{
    if (printer->out->length && printer->out->data[printer->out->length - 1] == ' ')
        printer->out->length--;
    print_waiting_comment(printer);
}

static void print_map(struct printer *printer, const struct node *map, int indent)
{
    struct level level = {stood_in_source(printer, map->position) ? map->position.column : 0, indent};
    size_t depth = printer->depth++;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        const struct node *value = entry->value;
        struct position position = {map->position.file, entry->key_line, entry->key_column};
        bool known = stood_in_source(printer, position);
        begin_entry(printer, position, indent, i == 0);
        printer->levels.count = depth;
        list_append(&printer->scratch, &printer->levels, level);
        print_key(printer, entry, known, false);
        if (is_block(value)) {
            if (known)
                print_comment_on(printer, entry->key_line);
        } else {
            buffer_add_byte(printer->out, ' ');
            printer->comment_line = known ? entry->key_line : 0;
        }
        print(printer, value, indent, true, false);
        end_entry(printer);
        if (known && !stood_in_source(printer, value->position))
            printer->dropped_column = entry->key_column;
    }
    printer->depth = depth;
}

static void print_sequence(struct printer *printer, const struct node *sequence, int indent)
{
    for (uint32_t i = 0; i < sequence->count; i++) {
        const struct node *item = sequence->items[i];
        struct position dash = {item->position.file, item->position.line, sequence->position.column};
        begin_entry(printer, dash, indent, i == 0);
        buffer_add_text(printer->out, "- ");
        printer->comment_line = !is_block(item) && stood_in_source(printer, item->position) ? item->position.line : 0;
        print(printer, item, indent, false, false);
        end_entry(printer);
    }
}

// `indent` is that of the map or list that holds the node.
static void print(struct printer *printer, const struct node *node, int indent, bool in_map, bool in_flow)
{
    if (node->kind == NODE_SCALAR)
        print_scalar(printer, node_text(node), (enum node_style)node->style, (enum node_tag)node->tag,
                     node->flags & NODE_TAG_EXPLICIT, indent + INDENT, in_flow, false);
    else if (in_flow || !is_block(node))
        print_flow(printer, node, indent);
    else if (node->kind == NODE_MAP)
        print_map(printer, node, indent + INDENT);
    else
        print_sequence(printer, node, in_map ? indent : indent + INDENT);
}

static void read_lines(struct printer *printer)
{
    struct slice text = printer->source->content;
    for (size_t at = 0;;) {
        list_append(&printer->scratch, &printer->lines, at);
        size_t end = slice_find_byte(slice_from_index(text, at), '\n');
        if (end == SLICE_NOT_FOUND)
            return;
        at += end + 1;
    }
}

void yaml_styled_write(struct buffer *out, const struct node *root, const struct source *source)
{
    struct buffer text = {0};
    struct printer printer = {.out = &text, .source = source, .dropped_column = UINT32_MAX};
    if (source) {
        read_lines(&printer);
        printer.open_end = !slice_ends_with(source->content, slice_literal("\n"));
        yaml_comments_read(&printer.scratch, source->content, &printer.comments);
    }
    print(&printer, root, -INDENT, false, false);
    break_line(&printer);
    if (source)
        print_comments_before(&printer, (struct position){0, UINT32_MAX, 1}, 0);
    break_line(&printer);
    buffer_add_slice(out, buffer_slice(&text));
    buffer_free(&text);
    arena_free(&printer.scratch);
}
