#include "yaml/misread_case.h"

static bool is_quoted(const struct scan *scan)
{
    return scan->style == YAML_DOUBLE_QUOTED_SCALAR_STYLE || scan->style == YAML_SINGLE_QUOTED_SCALAR_STYLE;
}

static const char *quote_of(const struct scan *scan)
{
    return scan->style == YAML_DOUBLE_QUOTED_SCALAR_STYLE ? "\"" : "'";
}

bool misread_open_quote(const struct misread *misread)
{
    yaml_mark_t start = misread->parser->context_mark;
    struct slice text = misread_text(misread, start.line, start.column);
    bool ends_document = misread_is_problem(misread, "found unexpected document indicator");
    if (!misread_is_context(misread, "while scanning a quoted scalar") || !text.length ||
        !(ends_document || misread_is_problem(misread, "found unexpected end of stream")))
        return false;
    diagnose(misread->diagnostics, misread_position_of_mark(misread, start), "the quote is not closed");
    if (ends_document)
        diagnose_hint(
            misread->diagnostics,
            "add the closing %c where the string ends, or indent line %u, which is read as the end of the document",
            text.data[0], misread_number(misread, misread->line));
    else
        diagnose_hint(misread->diagnostics, "add the closing %c where the string ends", text.data[0]);
    return true;
}

// If a closing quote is missing, the next quote closes the string, and the text after it isn't part of any string.
bool misread_text_after_quote(const struct misread *misread)
{
    const struct scan *scan = &misread->scan;
    if (!is_quoted(scan) || scan->end.line != misread->line ||
        misread_is_context(misread, "while scanning a quoted scalar"))
        return false;
    if (scan->start.line < scan->end.line) {
        diagnose(misread->diagnostics, misread_position_of_mark(misread, scan->start),
                 "the quote is not closed: the string would end on line %u, and more text follows it there",
                 misread_number(misread, scan->end.line));
        diagnose_hint(misread->diagnostics, "add the closing %s where the string ends", quote_of(scan));
        return true;
    }
    if (scan->depth)
        return false;
    diagnose(misread->diagnostics, misread_position_of_mark(misread, scan->end), "found text after the closing quote");
    diagnose_hint(misread->diagnostics, "put the quotes around the whole value; inside it, write a quote as %s",
                  scan->style == YAML_DOUBLE_QUOTED_SCALAR_STYLE ? "\\\"" : "''");
    return true;
}
