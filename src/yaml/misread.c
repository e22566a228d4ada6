#include "yaml/misread.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "doc/node.h"
#include "yaml/mend.h"

struct misread {
    struct diagnostics *diagnostics;
    const yaml_parser_t *parser;
    const struct yaml_chunk *chunk;
    size_t line, column;  // where libyaml stopped
};

static bool is_problem(const struct misread *misread, const char *start)
{
    return strncmp(misread->parser->problem, start, strlen(start)) == 0;
}

static bool is_context(const struct misread *misread, const char *context)
{
    return misread->parser->context && strcmp(misread->parser->context, context) == 0;
}

static struct position position_of(const struct misread *misread, size_t line, size_t column)
{
    return yaml_chunk_position(misread->chunk, line, column);
}

static struct position position_of_mark(const struct misread *misread, yaml_mark_t mark)
{
    return position_of(misread, mark.line, mark.column);
}

static unsigned line_in_file(const struct misread *misread, size_t line)
{
    return sources_line_in_file(misread->diagnostics->sources, position_of(misread, line, 0));
}

// --- Lines. Numbers and columns count from 0 in the chunk.

static struct slice line_of(const struct misread *misread, size_t number)
{
    struct slice rest = misread->chunk->text, line = {0};
    for (size_t i = 0; i <= number; i++)
        line = slice_cut_line(&rest);
    return line;
}

// The bytes of the line from a column on.
static struct slice from_column(struct slice line, size_t column)
{
    size_t at = 0;
    for (; column && at < line.length; column--)
        at += character_at(line, at).length;
    return slice_from_index(line, at);
}

static char byte_at(const struct misread *misread)
{
    struct slice rest = from_column(line_of(misread, misread->line), misread->column);
    return rest.length ? rest.data[0] : '\0';
}

static bool is_skipped(struct slice line)
{
    line = slice_trim(line, " \t");
    return !line.length || line.data[0] == '#';
}

// The nearest line above that isn't blank or a comment; SIZE_MAX: there is none.
static size_t line_above(const struct misread *misread, size_t number)
{
    struct slice rest = misread->chunk->text;
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < number; i++)
        if (!is_skipped(slice_cut_line(&rest)))
            found = i;
    return found;
}

// The column where the content of an item starts, after its dashes and spaces.
static size_t item_column(struct slice line)
{
    size_t at = slice_count_leading(line, ' ');
    while (slice_starts_with(slice_from_index(line, at), slice_literal("- ")))
        for (at++; at < line.length && line.data[at] == ' ';)
            at++;
    return at;
}

// --- Tokens up to the problem.

struct bracket {
    yaml_mark_t mark;
    char sign;
};

struct scan {
    struct bracket open[NODE_DEPTH_MAX];
    size_t depth;            // of `open`
    bool is_closed;          // the innermost of them closes after the problem
    yaml_token_type_t type;  // of the last token before the problem
    yaml_scalar_style_t style;
    yaml_mark_t start, end;
};

static bool is_before(yaml_mark_t mark, const struct misread *misread)
{
    return mark.line < misread->line || (mark.line == misread->line && mark.column < misread->column);
}

// False: the brackets don't match, or are nested too deeply.
static bool count_bracket(const yaml_token_t *token, struct bracket *open, size_t *depth)
{
    bool is_map = token->type == YAML_FLOW_MAPPING_START_TOKEN || token->type == YAML_FLOW_MAPPING_END_TOKEN;
    char sign = is_map ? '{' : '[';
    if (token->type == YAML_FLOW_MAPPING_START_TOKEN || token->type == YAML_FLOW_SEQUENCE_START_TOKEN) {
        if (*depth == NODE_DEPTH_MAX)
            return false;
        open[(*depth)++] = (struct bracket){token->start_mark, sign};
    } else if (token->type == YAML_FLOW_MAPPING_END_TOKEN || token->type == YAML_FLOW_SEQUENCE_END_TOKEN) {
        if (!*depth || open[*depth - 1].sign != sign)
            return false;
        --*depth;
    }
    return true;
}

static void scan_token(const struct misread *misread, const yaml_token_t *token, struct scan *scan, size_t *depth,
                       bool *goes_on)
{
    bool before = is_before(token->start_mark, misread);
    *goes_on = token->type != YAML_STREAM_END_TOKEN && count_bracket(token, scan->open, depth);
    if (before)
        scan->depth = *depth;
    else if (*depth < scan->depth)
        scan->is_closed = true;
    *goes_on &= (before || scan->depth) && !scan->is_closed;
    if (!before || token->start_mark.index == token->end_mark.index)
        return;
    scan->type = token->type;
    scan->style = token->type == YAML_SCALAR_TOKEN ? token->data.scalar.style : YAML_ANY_SCALAR_STYLE;
    scan->start = token->start_mark;
    scan->end = token->end_mark;
}

static void scan_tokens(const struct misread *misread, struct scan *scan)
{
    yaml_parser_t parser;
    yaml_token_t token;
    size_t depth = 0;
    bool goes_on = true;
    yaml_start_parser(&parser, misread->chunk->text);
    while (goes_on && yaml_parser_scan(&parser, &token)) {
        scan_token(misread, &token, scan, &depth, &goes_on);
        yaml_token_delete(&token);
    }
    yaml_parser_delete(&parser);
}

static bool is_quoted(const struct scan *scan)
{
    return scan->style == YAML_DOUBLE_QUOTED_SCALAR_STYLE || scan->style == YAML_SINGLE_QUOTED_SCALAR_STYLE;
}

// --- Tabs.

static bool refuse_tab(const struct misread *misread)
{
    struct slice line = line_of(misread, misread->line);
    size_t spaces = slice_count_leading(line, ' ');
    if (spaces == line.length || line.data[spaces] != '\t')
        return false;
    diagnose(misread->diagnostics, position_of(misread, misread->line, spaces), "found a tab in the indentation");
    diagnose_hint(misread->diagnostics, "indent with spaces: YAML does not allow tabs there");
    return true;
}

// --- Quotes.

static const char *quote_of(const struct scan *scan)
{
    return scan->style == YAML_DOUBLE_QUOTED_SCALAR_STYLE ? "\"" : "'";
}

static bool refuse_open_quote(const struct misread *misread)
{
    yaml_mark_t start = misread->parser->context_mark;
    struct slice text = from_column(line_of(misread, start.line), start.column);
    bool ends_document = is_problem(misread, "found unexpected document indicator");
    if (!is_context(misread, "while scanning a quoted scalar") || !text.length ||
        !(ends_document || is_problem(misread, "found unexpected end of stream")))
        return false;
    diagnose(misread->diagnostics, position_of_mark(misread, start), "the quote is not closed");
    if (ends_document)
        diagnose_hint(
            misread->diagnostics,
            "add the closing %c where the string ends, or indent line %u, which is read as the end of the document",
            text.data[0], line_in_file(misread, misread->line));
    else
        diagnose_hint(misread->diagnostics, "add the closing %c where the string ends", text.data[0]);
    return true;
}

// If a closing quote is missing, the next quote closes the string, and the text after it isn't part of any string.
static bool refuse_text_after_quote(const struct misread *misread, const struct scan *scan)
{
    if (!is_quoted(scan) || scan->end.line != misread->line || is_context(misread, "while scanning a quoted scalar"))
        return false;
    if (scan->start.line < scan->end.line) {
        diagnose(misread->diagnostics, position_of_mark(misread, scan->start),
                 "the quote is not closed: the string would end on line %u, and more text follows it there",
                 line_in_file(misread, scan->end.line));
        diagnose_hint(misread->diagnostics, "add the closing %s where the string ends", quote_of(scan));
        return true;
    }
    if (scan->depth)
        return false;
    diagnose(misread->diagnostics, position_of_mark(misread, scan->end), "found text after the closing quote");
    diagnose_hint(misread->diagnostics, "put the quotes around the whole value; inside it, write a quote as %s",
                  scan->style == YAML_DOUBLE_QUOTED_SCALAR_STYLE ? "\\\"" : "''");
    return true;
}

// --- Brackets.

static bool refuse_open_bracket(const struct misread *misread, const struct scan *scan)
{
    if (!scan->depth || scan->is_closed)
        return false;
    const struct bracket *open = &scan->open[scan->depth - 1];
    bool is_map = open->sign == '{';
    diagnose(misread->diagnostics, position_of_mark(misread, open->mark), "the '%c' is not closed", open->sign);
    diagnose_hint(misread->diagnostics, "write '%c' where the %s ends, and a comma between its %s", is_map ? '}' : ']',
                  is_map ? "map" : "list", is_map ? "entries" : "items");
    return true;
}

static bool refuse_stray_bracket(const struct misread *misread, const struct scan *scan)
{
    char sign = byte_at(misread);
    if (scan->depth || (sign != ']' && sign != '}'))
        return false;
    diagnose(misread->diagnostics, position_of(misread, misread->line, misread->column), "found '%c' without a '%c'",
             sign, sign == ']' ? '[' : '{');
    diagnose_hint(misread->diagnostics, "remove it; put a string that has it in quotes");
    return true;
}

// `[a.yaml] b`
static bool refuse_text_after_bracket(const struct misread *misread, const struct scan *scan)
{
    bool is_list = scan->type == YAML_FLOW_SEQUENCE_END_TOKEN;
    if (scan->depth || scan->end.line != misread->line || (!is_list && scan->type != YAML_FLOW_MAPPING_END_TOKEN))
        return false;
    diagnose(misread->diagnostics, position_of_mark(misread, scan->end), "found text after the closing '%c'",
             is_list ? ']' : '}');
    diagnose_hint(misread->diagnostics, "remove it, or put the whole value in quotes if it is a string");
    return true;
}

static bool refuse_missing_comma(const struct misread *misread, const struct scan *scan)
{
    if (!is_problem(misread, "did not find expected ',' or ") || !scan->depth)
        return false;
    if (scan->style == YAML_PLAIN_SCALAR_STYLE &&
        slice_starts_with(from_column(line_of(misread, scan->start.line), scan->start.column), slice_literal("//"))) {
        diagnose(misread->diagnostics, position_of_mark(misread, scan->start), "'//' does not start a comment");
        diagnose_hint(misread->diagnostics, "remove the comment: JSON has none, and in YAML it starts with '#'");
        return true;
    }
    // The comma belongs at the end of the last item. Without it, a plain item continues on the next line.
    bool goes_on = scan->style == YAML_PLAIN_SCALAR_STYLE && scan->start.line < scan->end.line;
    bool is_later = goes_on || scan->end.line < misread->line;
    struct position position = position_of(misread, misread->line, misread->column);
    if (goes_on)
        position = position_of(misread, scan->start.line,
                               text_width(slice_trim(line_of(misread, scan->start.line), "\r ")) +
                                   slice_count_leading(line_of(misread, scan->start.line), ' '));
    else if (is_later)
        position = position_of_mark(misread, scan->end);
    diagnose(misread->diagnostics, position, "expected a comma or '%c'%s",
             scan->open[scan->depth - 1].sign == '{' ? '}' : ']', is_later ? " after this" : "");
    if (byte_at(misread) == ':' && !is_later)
        diagnose_hint(misread->diagnostics, "separate the entries with commas; quote a string that contains ': '");
    else
        diagnose_hint(misread->diagnostics, "separate the items with commas");
    return true;
}

// --- A missing space or colon.

static bool is_word_byte(char byte)
{
    return byte_is_alphanumeric(byte) ||
           strchr("_./-", byte);
}

// The length of the word that the text starts with.
static size_t word_length(struct slice text)
{
    size_t length = 0;
    while (length < text.length && text.data[length] && is_word_byte(text.data[length]))
        length++;
    return length;
}

// True if `rest` could be the value of a key without its colon: `kind Service`, `resources [a.yaml]`.
static bool is_value(struct slice text, size_t length, struct slice rest)
{
    bool follows = text.data[length] == ' ' && slice_find_byte(text, ':') == SLICE_NOT_FOUND;
    return follows && (strchr("[{\"'", rest.data[0]) || slice_find_byte(rest, ' ') == SLICE_NOT_FOUND);
}

// `text` starts in a column of the line, as a key or an item.
static bool refuse_missing_sign(const struct misread *misread, size_t line, size_t column)
{
    struct slice text = from_column(line_of(misread, line), column);
    if (text.length > 1 && text.data[0] == '-' && !strchr(" -\t", text.data[1])) {
        diagnose(misread->diagnostics, position_of(misread, line, column + 1), "missing space after '-'");
        diagnose_hint(misread->diagnostics, "write `- ` before each item of a list");
        return true;
    }
    if (text.length && slice_count_leading(text, '-') == text.length) {
        diagnose(misread->diagnostics, position_of(misread, line, column), "expected '---' between two documents");
        diagnose_hint(misread->diagnostics, "write three dashes, and nothing else, on the line");
        return true;
    }
    size_t length = word_length(text);
    struct slice rest = slice_trim(slice_from_index(text, length), " \t");
    if (!length || (rest.length && rest.data[0] != ':' && rest.data[0] != '#' && !is_value(text, length, rest)))
        return false;
    if (rest.length > 1 && rest.data[0] == ':' && rest.data[1] != '/' && rest.data[1] != ' ') {
        diagnose(misread->diagnostics, position_of(misread, line, column + length + 1), "missing space after ':'");
        diagnose_hint(misread->diagnostics, "write `key: value`, with a space after the colon");
        return true;
    }
    if (rest.length && rest.data[0] == ':')
        return false;
    diagnose(misread->diagnostics, position_of(misread, line, column + length), "missing ':' after a key");
    diagnose_hint(misread->diagnostics,
                  "write `key:` or `key: value`; if the line belongs to the string above, indent it further");
    return true;
}

static bool refuse_line_without_colon(const struct misread *misread)
{
    yaml_mark_t start = misread->parser->context_mark;
    if (!is_problem(misread, "could not find expected ':'") || misread->parser->error != YAML_SCANNER_ERROR)
        return false;
    if (refuse_missing_sign(misread, start.line, start.column))
        return true;
    diagnose(misread->diagnostics, position_of_mark(misread, start), "expected `key: value`, found other text");
    diagnose_hint(misread->diagnostics, "if the line belongs to the string above, indent it further than its key");
    return true;
}

// --- A colon where YAML allows none.

static bool refuse_colon(const struct misread *misread, const struct scan *scan)
{
    if (!is_problem(misread, "mapping values are not allowed"))
        return false;
    bool is_plain = scan->type == YAML_SCALAR_TOKEN && scan->style == YAML_PLAIN_SCALAR_STYLE;
    struct slice line = line_of(misread, misread->line);
    size_t above = line_above(misread, misread->line);
    if (!is_plain || scan->start.line == misread->line || above == SIZE_MAX || scan->start.line > above) {
        diagnose(misread->diagnostics, position_of(misread, misread->line, misread->column),
                 "a value that is not in quotes cannot contain ': '");
        diagnose_hint(misread->diagnostics,
                      "put the whole value in quotes, or start the second key on a line of its own");
        return true;
    }
    struct slice first = line_of(misread, scan->start.line);
    bool starts_line = from_column(first, scan->start.column).data == first.data + item_column(first);
    bool is_item = slice_count_leading(first, ' ') != item_column(first);
    struct slice before = line_of(misread, above);
    size_t column = above == scan->start.line ? scan->start.column : slice_count_leading(before, ' ');
    if (starts_line && !is_item && refuse_missing_sign(misread, above, column))
        return true;
    struct slice text = from_column(before, item_column(before));
    if (is_item && above == scan->start.line && slice_find_byte(text, ':') != SLICE_NOT_FOUND &&
        refuse_missing_sign(misread, above, item_column(before)))
        return true;
    size_t indent = slice_count_leading(line, ' ');
    if (starts_line && !is_item && indent <= scan->start.column) {
        diagnose(misread->diagnostics, position_of_mark(misread, scan->start),
                 "expected `key: value`, found other text");
        diagnose_hint(misread->diagnostics, "write `key: value`, or put a string of several lines in quotes");
        return true;
    }
    diagnose(misread->diagnostics, position_of(misread, misread->line, indent),
             "this key is part of the value on line %u, because it is indented further",
             line_in_file(misread, scan->start.line));
    diagnose_hint(misread->diagnostics, "indent the key like the other keys of its map; put a value that contains ': ' "
                                        "in quotes");
    return true;
}

// --- Indentation.

// The indentation in the file; the chunk may be a string that is itself indented.
static unsigned spaces_in_file(const struct misread *misread, size_t line, size_t column)
{
    return source_place(misread->chunk->source, position_of(misread, line, column)).column - 1;
}

// The nearest line above with an item whose content starts in the column. SIZE_MAX: none, or a line between them starts
// before it.
static size_t item_line_above(const struct misread *misread, size_t column)
{
    struct slice rest = misread->chunk->text;
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < misread->line; i++) {
        struct slice line = slice_cut_line(&rest);
        size_t indent = slice_count_leading(line, ' ');
        if (is_skipped(line))
            continue;
        if (item_column(line) == column && indent < column)
            found = i;
        else if (indent < column)
            found = SIZE_MAX;
    }
    return found;
}

// For an item in the column of the keys of the item above.
static bool hint_item_above(const struct misread *misread)
{
    size_t above = item_line_above(misread, misread->column);
    if (above == SIZE_MAX)
        return false;
    diagnose_hint(
        misread->diagnostics,
        "indent it with %u spaces, like the item on line %u; if it starts a list of its own, write the key of "
        "that list on the line above",
        spaces_in_file(misread, above, slice_count_leading(line_of(misread, above), ' ')),
        line_in_file(misread, above));
    return true;
}

// For a key in the column of the items above, if the last of these has keys.
static bool hint_keys_above(const struct misread *misread)
{
    struct slice rest = misread->chunk->text;
    size_t above = SIZE_MAX, column = 0;
    for (size_t i = 0; i < misread->line; i++) {
        struct slice line = slice_cut_line(&rest);
        bool is_item = item_column(line) > slice_count_leading(line, ' ');
        if (is_skipped(line) || slice_count_leading(line, ' ') != misread->column || !is_item)
            continue;
        above = slice_find(line, slice_literal(": ")) != SLICE_NOT_FOUND || slice_ends_with(line, slice_literal(":"))
                    ? i
                    : SIZE_MAX;
        column = item_column(line);
    }
    if (above == SIZE_MAX)
        return false;
    diagnose_hint(misread->diagnostics,
                  "indent it with %u spaces if it belongs to the item on line %u; otherwise, write '- ' before it",
                  spaces_in_file(misread, above, column), line_in_file(misread, above));
    return true;
}

static bool refuse_list_among_keys(const struct misread *misread, bool is_item)
{
    struct position position = position_of(misread, misread->line, misread->column);
    if (is_item) {
        diagnose(misread->diagnostics, position, "found an item of a list where a key is expected");
        if (hint_item_above(misread))
            return true;
        diagnose_hint(misread->diagnostics, "write the key of the list on the line above its first item, such as "
                                            "`resources:`, or remove the '- '");
    } else {
        diagnose(misread->diagnostics, position, "expected the next item of the list, which starts with '- '");
        if (hint_keys_above(misread))
            return true;
        diagnose_hint(misread->diagnostics,
                      "write '- ' before each item, and give the list a key, such as `resources:`");
    }
    return true;
}

// Where a line above starts, or the content of its item.
struct level {
    size_t line, column;
};

// For a line that starts in a column in which no line above starts.
static bool refuse_indentation(const struct misread *misread)
{
    struct slice line = line_of(misread, misread->line), rest = misread->chunk->text;
    size_t above = line_above(misread, misread->line), indent = slice_count_leading(line, ' ');
    bool is_item = slice_starts_with(slice_from_index(line, indent), slice_literal("- "));
    if (above == SIZE_MAX || misread->column != indent ||
        !(is_problem(misread, "did not find expected key") || is_problem(misread, "did not find expected '-'")))
        return false;
    struct slice before = line_of(misread, above);
    if (indent > item_column(before)) {
        diagnose(misread->diagnostics, position_of(misread, misread->line, indent),
                 "wrong indentation: the line is indented further than line %u, which already has a value",
                 line_in_file(misread, above));
        diagnose_hint(misread->diagnostics, "indent it with %u spaces, like line %u",
                      spaces_in_file(misread, above, item_column(before)), line_in_file(misread, above));
        return true;
    }
    // The nearest level above that is indented less, and the least indented one that is indented more.
    struct level outer = {SIZE_MAX, 0}, inner = {SIZE_MAX, 0};
    bool fits = false;
    for (size_t i = 0; i <= above; i++) {
        struct slice other = slice_cut_line(&rest);
        size_t columns[] = {slice_count_leading(other, ' '), item_column(other)};
        if (is_skipped(other))
            continue;
        if (columns[0] < indent) {
            fits = false;
            inner = (struct level){SIZE_MAX, 0};
        }
        fits |= columns[0] == indent || columns[1] == indent;
        // An item belongs beside other items, a key beside the keys in them.
        size_t column = columns[is_item ? 0 : 1];
        if (column < indent)
            outer = (struct level){i, column};
        else if (inner.line == SIZE_MAX || column < inner.column)
            inner = (struct level){i, column};
    }
    if (fits || inner.line == SIZE_MAX || outer.line == SIZE_MAX)
        return refuse_list_among_keys(misread, is_item);
    diagnose(misread->diagnostics, position_of(misread, misread->line, indent),
             "wrong indentation: the line starts between two levels");
    diagnose_hint(misread->diagnostics, "indent it with %u spaces, like line %u, or with %u, like line %u",
                  spaces_in_file(misread, inner.line, inner.column), line_in_file(misread, inner.line),
                  spaces_in_file(misread, outer.line, outer.column), line_in_file(misread, outer.line));
    return true;
}

bool yaml_misread_diagnose(struct diagnostics *diagnostics, const yaml_parser_t *parser, const struct yaml_chunk *chunk)
{
    if (parser->error == YAML_READER_ERROR || !parser->problem || yaml_walk_start(chunk->text).unit != 1)
        return false;
    struct misread misread = {diagnostics, parser, chunk, parser->problem_mark.line, parser->problem_mark.column};
    struct scan scan = {0};
    scan_tokens(&misread, &scan);
    bool is_structure = parser->error == YAML_PARSER_ERROR || is_problem(&misread, "block sequence entries");
    return refuse_tab(&misread) || refuse_open_quote(&misread) || refuse_text_after_quote(&misread, &scan) ||
           (is_structure && (refuse_open_bracket(&misread, &scan) || refuse_stray_bracket(&misread, &scan) ||
                             refuse_text_after_bracket(&misread, &scan))) ||
           refuse_missing_comma(&misread, &scan) || refuse_line_without_colon(&misread) ||
           refuse_colon(&misread, &scan) || refuse_indentation(&misread);
}
