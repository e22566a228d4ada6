#include "base/utf8.h"
#include "yaml/misread_case.h"
#include "yaml/problem.h"

// `{"a": 1, // note`: a comment from another language becomes a plain string, which continues on the next line.
bool misread_comment(const struct misread *misread)
{
    const struct scan *scan = &misread->scan;
    yaml_mark_t start = scan->start;
    // The scanner has no token yet for a string that it can't read.
    if (misread_is_context(misread, "while scanning a plain scalar") ||
        misread_is_context(misread, "while scanning a simple key"))
        start = misread->parser->context_mark;
    else if (scan->style != YAML_PLAIN_SCALAR_STYLE)
        return false;
    struct slice text = misread_text(misread, start.line, start.column);
    if ((!slice_starts_with(text, slice_literal("//")) && !slice_starts_with(text, slice_literal("/*"))) ||
        (!scan->depth && !misread->parser->flow_level && start.column != misread_line(misread, start.line).indent))
        return false;
    diagnose(misread->diagnostics, misread_position_of_mark(misread, start), "'%.2s' does not start a comment",
             text.data);
    diagnose_hint(misread->diagnostics, "remove the comment: JSON has none, and in YAML it starts with '#'");
    return true;
}

static bool refuse_open_bracket(const struct misread *misread)
{
    const struct scan *scan = &misread->scan;
    if (!scan->depth || scan->is_closed)
        return false;
    const struct bracket *open = &scan->open[scan->depth - 1];
    bool is_map = open->sign == '{';
    diagnose(misread->diagnostics, misread_position_of_mark(misread, open->mark), "the '%c' is not closed", open->sign);
    diagnose_hint(misread->diagnostics, "write '%c' where the %s ends, and a comma between its %s", is_map ? '}' : ']',
                  is_map ? "map" : "list", is_map ? "entries" : "items");
    return true;
}

static bool refuse_stray_bracket(const struct misread *misread)
{
    const struct scan *scan = &misread->scan;
    char sign = misread_byte(misread);
    if (scan->depth || (sign != ']' && sign != '}'))
        return false;
    diagnose(misread->diagnostics, misread_position(misread, misread->line, misread->column),
             "found '%c' without a '%c'", sign, sign == ']' ? '[' : '{');
    diagnose_hint(misread->diagnostics, "remove it, or put the string that contains it in quotes");
    return true;
}

// `[a.yaml] b`
static bool refuse_text_after_bracket(const struct misread *misread)
{
    const struct scan *scan = &misread->scan;
    bool is_list = scan->type == YAML_FLOW_SEQUENCE_END_TOKEN;
    if (scan->depth || scan->end.line != misread->line || (!is_list && scan->type != YAML_FLOW_MAPPING_END_TOKEN))
        return false;
    diagnose(misread->diagnostics, misread_position_of_mark(misread, scan->end), "found text after the closing '%c'",
             is_list ? ']' : '}');
    diagnose_hint(misread->diagnostics, "remove it, or put the whole value in quotes if it is a string");
    return true;
}

bool misread_brackets(const struct misread *misread)
{
    bool is_structure = misread->parser->error == YAML_PARSER_ERROR ||
                        misread_is_problem(misread, "block sequence entries");
    return is_structure &&
           (refuse_open_bracket(misread) || refuse_stray_bracket(misread) || refuse_text_after_bracket(misread));
}

// The length of an item that contains brackets: up to a comma or a bracket that was opened before it.
static size_t item_length(struct slice text)
{
    size_t at = 0;
    for (size_t depth = 0; at < text.length && text.data[at] != '\r'; at++) {
        char byte = text.data[at];
        if (byte == '[' || byte == '{')
            depth++;
        else if (!depth && (byte == ',' || byte == ']' || byte == '}'))
            break;
        else if (byte == ']' || byte == '}')
            depth--;
    }
    return at;
}

// `[spec.containers.[name=web].image]`: a bracket in the middle of a plain string.
static bool hint_bracket_in_string(const struct misread *misread)
{
    enum { SHOWN = 120 };
    const struct scan *scan = &misread->scan;
    char byte = misread_byte(misread);
    if (scan->style != YAML_PLAIN_SCALAR_STYLE || (byte != '[' && byte != '{') || scan->end.line != misread->line ||
        scan->end.column != misread->column || scan->start.line != misread->line)
        return false;
    struct slice item = misread_text(misread, scan->start.line, scan->start.column);
    item = slice_trim(slice_part(item, 0, item_length(item)), " ");
    if (item.length > SHOWN || slice_find_byte(item, '"') != SLICE_NOT_FOUND)
        diagnose_hint(misread->diagnostics, "put a string that contains '%c' in quotes", byte);
    else
        diagnose_hint(misread->diagnostics, "put a string that contains '%c' in quotes: `\"%.*s\"`", byte,
                      SLICE_ARGS(item));
    return true;
}

bool misread_missing_comma(const struct misread *misread)
{
    const struct scan *scan = &misread->scan;
    if (!misread_is_problem(misread, "did not find expected ',' or ") || !scan->depth)
        return false;
    // libyaml before 0.2.3 ends a plain string at '?'.
    if (misread_byte(misread) == '?' && scan->style == YAML_PLAIN_SCALAR_STYLE && scan->end.line == misread->line &&
        scan->end.column == misread->column)
        return !yaml_check_flow_text(misread->diagnostics, misread_position_of_mark(misread, scan->start),
                                     slice_literal("?"));
    // The comma belongs at the end of the last item. Without it, a plain item continues on the next line.
    bool goes_on = scan->style == YAML_PLAIN_SCALAR_STYLE && scan->start.line < scan->end.line;
    bool is_later = goes_on || scan->end.line < misread->line;
    struct position position = misread_position(misread, misread->line, misread->column);
    struct text_line first = misread_line(misread, scan->start.line);
    if (goes_on)
        position = misread_position(misread, scan->start.line,
                                    first.indent + text_width(slice_trim(first.text, "\r ")));
    else if (is_later)
        position = misread_position_of_mark(misread, scan->end);
    diagnose(misread->diagnostics, position, "expected a comma or '%c'%s",
             scan->open[scan->depth - 1].sign == '{' ? '}' : ']', is_later ? " after this" : "");
    if (!is_later && hint_bracket_in_string(misread))
        return true;
    if (misread_byte(misread) == ':' && !is_later)
        diagnose_hint(misread->diagnostics, "separate the entries with commas; quote a string that contains ': '");
    else
        diagnose_hint(misread->diagnostics, "separate the items with commas");
    return true;
}
