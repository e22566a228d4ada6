#include "yaml/suspect.h"

#include "base/utf8.h"
#include "doc/template_marks.h"

// --- Merge conflicts.

enum { MARKER_LENGTH = 7 };

// `<<<<<<< HEAD`, `=======`, `>>>>>>> branch`, and `|||||||` of diff3.
static bool is_conflict_marker(struct slice line)
{
    if (line.length < MARKER_LENGTH || !strchr("<=>|", line.data[0]))
        return false;
    for (size_t i = 1; i < MARKER_LENGTH; i++)
        if (line.data[i] != line.data[0])
            return false;
    return line.length == MARKER_LENGTH || line.data[MARKER_LENGTH] == ' ';
}

// --- Spaces.

// The name and column (from 0) of an odd space where YAML needs a real one: in the indentation, or after '-', ':', or
// '?'.
static const char *find_space(struct slice line, size_t *column)
{
    bool needs_space = true;
    *column = 0;
    for (size_t at = 0; at < line.length; ++*column) {
        struct character character = character_at(line, at);
        const char *name = character_space_name(character.code);
        if (name && needs_space)
            return name;
        needs_space = character.code == '-' || character.code == ':' || character.code == '?' ||
                      (needs_space && character.code == ' ');
        at += character.length;
    }
    return NULL;
}

// --- Web pages.

static bool is_page(struct slice text)
{
    static const struct slice starts[] = {{"<!doctype html", 14}, {"<html", 5}};
    text = slice_trim(text, " \t\r\n");
    for (size_t i = 0; i < countof(starts); i++)
        if (slice_equal_ignoring_case(slice_part(text, 0, starts[i].length), starts[i]))
            return true;
    return false;
}

bool yaml_suspect_diagnose(struct diagnostics *diagnostics, const struct yaml_chunk *chunk, size_t first, size_t last)
{
    struct slice rest = chunk->text;
    if (is_page(rest)) {
        diagnose(diagnostics, yaml_chunk_position(chunk, 0, 0), "expected YAML or JSON, found a web page");
        diagnose_hint(
            diagnostics,
            "use the URL of the file itself, such as GitHub's 'Raw' link; some servers answer with a login page "
            "instead");
        return true;
    }
    for (size_t number = 0; number <= last && rest.length; number++) {
        struct slice line = slice_cut_line(&rest);
        size_t column;
        if (is_conflict_marker(line)) {
            diagnose(diagnostics, yaml_chunk_position(chunk, number, 0), "unresolved merge conflict: found '%.*s'",
                     MARKER_LENGTH, line.data);
            diagnose_hint(diagnostics,
                          "keep one side, and delete the lines that start with '<<<<<<<', '=======', or '>>>>>>>'");
            return true;
        }
        const char *space = number >= first ? find_space(line, &column) : NULL;
        if (space) {
            diagnose(diagnostics, yaml_chunk_position(chunk, number, column),
                     "found %s where YAML needs an ordinary space", space);
            diagnose_hint(diagnostics, "type the space again; such characters often come from a web page or a chat");
            return true;
        }
    }
    return false;
}

// --- Templates.

const char *yaml_suspect_hint(const struct yaml_chunk *chunk, size_t line)
{
    struct slice rest = chunk->text, text = {0};
    for (size_t number = 0; number <= line; number++)
        text = slice_cut_line(&rest);
    return text_is_template(text) ? TEMPLATE_HINT ": templates are not YAML" : NULL;
}
