#include "yaml/problem.h"

#include "base/fatal.h"
#include "base/utf8.h"
#include "doc/node.h"
#include "yaml/suspect.h"
#include "yaml/walk.h"

// The position of a byte, because libyaml's reader gives no line.
static struct position position_of_byte(const struct yaml_chunk *chunk, size_t offset)
{
    struct yaml_walk walk = yaml_walk_start(chunk->text);
    yaml_walk_to_byte(&walk, offset);
    return yaml_chunk_position(chunk, walk.line, walk.column);
}

static uint32_t unit_at(const struct yaml_chunk *chunk, yaml_mark_t mark)
{
    struct yaml_walk walk = yaml_walk_start(chunk->text);
    yaml_walk_to(&walk, mark.index);
    return yaml_walk_unit(&walk);
}

static bool is_indented_by_tab(const struct yaml_chunk *chunk, size_t line)
{
    struct yaml_walk walk = yaml_walk_start(chunk->text);
    while (walk.line < line && !yaml_walk_at_end(&walk))
        yaml_walk_step(&walk);
    while (yaml_walk_unit(&walk) == ' ')
        yaml_walk_step(&walk);
    return yaml_walk_unit(&walk) == '\t';
}

struct hint {
    const char *problem;  // the start of libyaml's message
    const char *hint;
};

static const struct hint hints[] = {
    {"mapping values are not allowed",
     "quote a value that contains ': ', and start the keys of a map in the same column"},
    {"did not find expected key",
     "start the keys of a map in the same column, and close every quote before more text follows"},
    {"did not find expected '-'", "start all items of a list in the same column, each with '- '"},
    {"block sequence entries are not allowed", "start a list on a line of its own, below its key"},
    {"could not find expected ':'",
     "write each line of a map as `key: value`; indent the lines of a string below `key: |`"},
    {"did not find expected ','", "separate the items with commas, and close every '[' and '{'"},
    {"did not find expected node content", "quote a value that starts with ',', ']', or '}'"},
    {"found unexpected end of stream", "close the quote"},
    {"found unexpected document indicator", "close the quote, or indent the line that starts with '---' or '...'"},
    {"found unknown escape character", "in double quotes, write a backslash as '\\\\' and a slash without one; in "
                                       "single quotes, a backslash needs no escape"},
    {"found invalid Unicode character escape",
     "write the character itself: halves of a surrogate pair are not supported"},
    {"found undefined tag handle", "quote a value that starts with '!'"},
    {"did not find expected whitespace or line break", "quote a value that starts with '!'"},
    {"did not find expected alphabetic", "quote a value that starts with '*' or '&'"},
    {"could not find expected directive name", "quote a value that starts with '%'"},
    {"did not find expected <document start>",
     "put '---' before text that follows '...'; a '%YAML' line is not supported"},
    {"did not find expected comment or line break", "start the string on the line after '|' or '>'"},
    {"control characters are not allowed",
     "write it as an escape between double quotes, or keep binary data in base64"},
};

// True when there is a NUL near the start, or one of the first bytes can't start a text file.
static bool looks_binary(struct slice content)
{
    enum { LOOKED_AT = 1024, START = 3 };
    struct slice head = slice_part(content, 0, LOOKED_AT);
    if (slice_find_byte(head, '\0') != SLICE_NOT_FOUND)
        return true;
    head = slice_part(content, 0, START);
    for (size_t at = 0; at < head.length;) {
        struct character character = character_at(content, at);
        if (!character.valid || (character.code < ' ' && !strchr("\t\r\n", (int)character.code)))
            return true;
        at += character.length;
    }
    return false;
}

static const char *hint_for(const yaml_parser_t *parser, const struct yaml_chunk *chunk)
{
    const char *problem = parser->problem;
    if (parser->error == YAML_READER_ERROR)
        return strncmp(problem, "control", 7) == 0 ? hints[countof(hints) - 1].hint : "save the file in UTF-8";
    if (is_indented_by_tab(chunk, parser->problem_mark.line))
        return "indent with spaces: YAML does not allow tabs there";
    if (strncmp(problem, "found character that cannot start any token", 43) == 0)
        switch (unit_at(chunk, parser->problem_mark)) {
        case '\t':
            return "use spaces: YAML does not allow tabs there";
        case '@':
        case '`':
        case '%':
            return "quote a value that starts with '@', '`', or '%'";
        default:
            return NULL;
        }
    for (size_t i = 0; i < countof(hints); i++)
        if (strncmp(problem, hints[i].problem, strlen(hints[i].problem)) == 0)
            return hints[i].hint;
    return NULL;
}

void yaml_problem_diagnose(struct diagnostics *diagnostics, const yaml_parser_t *parser, const struct yaml_chunk *chunk)
{
    if (parser->error == YAML_MEMORY_ERROR)
        fatal_out_of_memory();
    const char *problem = parser->problem ? parser->problem : "invalid YAML";
    struct position position = parser->error == YAML_READER_ERROR
                                   ? position_of_byte(chunk, parser->problem_offset)
                                   : yaml_chunk_position(chunk, parser->problem_mark.line, parser->problem_mark.column);
    size_t last = parser->problem_mark.line, first = last;
    if (parser->context && parser->context_mark.line < first)
        first = parser->context_mark.line;
    if (parser->error != YAML_READER_ERROR && yaml_suspect_diagnose(diagnostics, chunk, first, last))
        return;
    if (parser->error == YAML_READER_ERROR && looks_binary(chunk->source->content)) {
        diagnose(diagnostics, (struct position){.file = position.file}, "expected YAML or JSON, found a binary file");
        diagnose_hint(diagnostics,
                      "to put any file into a ConfigMap or Secret, list it under `files` of its generator");
        return;
    }
    // Point at the open quote, which may be far above the end of the text.
    if (parser->error == YAML_SCANNER_ERROR && parser->context &&
        strcmp(parser->context, "while scanning a quoted scalar") == 0 &&
        strncmp(problem, "found unexpected", 16) == 0) {
        diagnose(diagnostics, yaml_chunk_position(chunk, parser->context_mark.line, parser->context_mark.column),
                 "the quote is not closed: %s on line %u", problem,
                 sources_line_in_file(diagnostics->sources, position));
    } else if (parser->error != YAML_READER_ERROR && parser->context &&
               parser->context_mark.line != parser->problem_mark.line) {
        struct position start = yaml_chunk_position(chunk, parser->context_mark.line, parser->context_mark.column);
        diagnose(diagnostics, position, "%s, %s that starts on line %u", problem, parser->context,
                 sources_line_in_file(diagnostics->sources, start));
    } else {
        diagnose(diagnostics, position, "%s", problem);
    }
    const char *hint = parser->error == YAML_READER_ERROR ? NULL : yaml_suspect_hint(chunk, last);
    if (!hint && parser->problem)
        hint = hint_for(parser, chunk);
    if (hint)
        diagnose_hint(diagnostics, "%s", hint);
}

bool yaml_refuse_alias(struct diagnostics *diagnostics, struct position position, struct slice anchor)
{
    diagnose(diagnostics, position, "unknown anchor '%.*s'", SLICE_ARGS(anchor));
    diagnose_hint(diagnostics,
                  "put the alias after its anchor, in the same document; quote a string that starts with '*'");
    return false;
}

bool yaml_refuse_depth(struct diagnostics *diagnostics, struct position position)
{
    return diagnose(diagnostics, position, "maps and lists are nested more than %d deep", NODE_DEPTH_MAX);
}

bool yaml_check_version(struct diagnostics *diagnostics, struct position position,
                        const yaml_version_directive_t *version)
{
    if (!version || (version->major == 1 && version->minor == 1))
        return true;
    return diagnose(diagnostics, position, "only YAML 1.1 is supported, not %d.%d", version->major, version->minor);
}

bool yaml_check_flow_text(struct diagnostics *diagnostics, struct position position, struct slice text)
{
    return slice_find_byte(text, '?') == SLICE_NOT_FOUND ||
           diagnose(diagnostics, position, "a string with '?' inside brackets must be quoted");
}
