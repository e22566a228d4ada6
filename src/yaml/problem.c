#include "yaml/problem.h"

#include <stdio.h>

#include "base/ascii.h"
#include "base/fatal.h"
#include "base/utf8.h"
#include "doc/node.h"
#include "yaml/misread.h"
#include "yaml/suspect.h"
#include "yaml/walk.h"

// The position of a byte, because libyaml's reader gives no line.
static struct position position_of_byte(const struct yaml_chunk *chunk, size_t offset)
{
    struct yaml_walk walk = yaml_walk_start(chunk->text);
    yaml_walk_to_byte(&walk, offset);
    return yaml_chunk_position(chunk, walk.line, walk.column);
}

// The character at a line and column: marks that kiln makes itself have no index.
static uint32_t unit_at(const struct yaml_chunk *chunk, yaml_mark_t mark)
{
    struct yaml_walk walk = yaml_walk_start(chunk->text);
    while (!yaml_walk_at_end(&walk) && (walk.line < mark.line || (walk.line == mark.line && walk.column < mark.column)))
        yaml_walk_step(&walk);
    return yaml_walk_unit(&walk);
}

struct words {
    const char *problem;  // the start of libyaml's text
    const char *message;  // NULL: that text
    const char *hint;
};

static const struct words words[] = {
    {"mapping values are not allowed", "found an unexpected ': '",
     "quote a value that contains ': ', and start the keys of a map in the same column"},
    {"mapping keys are not allowed", "a value cannot start with '? '", "put the value in quotes"},
    {"did not find expected key", "expected the next key of the map",
     "start the keys of a map in the same column, and close every quote before more text follows"},
    {"did not find expected '-'", "expected the next item of the list",
     "start all items of a list in the same column, each with '- '"},
    {"block sequence entries are not allowed", "a list cannot start here",
     "start a list on a line of its own, below its key"},
    {"could not find expected ':'", "expected `key: value`",
     "write each line of a map as `key: value`; indent the lines of a string below `key: |`"},
    {"did not find expected ',' or ']'", "expected a comma or ']'",
     "separate the items with commas, and close every '[' and '{'"},
    {"did not find expected ',' or '}'", "expected a comma or '}'",
     "separate the entries with commas, and close every '[' and '{'"},
    {"did not find expected node content", "expected a value",
     "remove the extra comma, or quote a value that starts with ',', ']', or '}'"},
    {"found unexpected end of stream", "unexpected end of the input", "close every quote"},
    {"found unexpected document indicator", "unexpected end of the document",
     "close the quote, or indent the line that starts with '---' or '...'"},
    {"found unknown escape character", "unknown escape in a string in double quotes",
     "in double quotes, write a backslash as '\\\\' and a slash without one; in single quotes, a backslash needs no "
     "escape"},
    {"found invalid Unicode character escape", "invalid Unicode escape in a string in double quotes",
     "write the character itself: halves of a surrogate pair are not supported"},
    {"did not find expected hexdecimal number", "expected hexadecimal digits after a '\\x', '\\u', or '\\U'",
     "in double quotes, write a backslash as '\\\\'; in single quotes, a backslash needs no escape"},
    {"found undefined tag handle", "unknown YAML tag", "quote a value that starts with '!'"},
    {"did not find expected whitespace or line break", "expected a space after a name that starts with '!'",
     "quote a value that starts with '!'"},
    {"did not find expected tag URI", "invalid YAML tag", "quote a value that starts with '!'"},
    {"did not find expected '!'", "invalid YAML tag", "quote a value that starts with '!'"},
    {"did not find the expected '>'", "invalid YAML tag", "quote a value that starts with '!'"},
    {"did not find URI escaped octet", "invalid YAML tag", "quote a value that starts with '!'"},
    {"did not find expected alphabetic", "expected the name of an anchor or alias",
     "quote a value that starts with '*' or '&'"},
    {"could not find expected directive name", "a line cannot start with '%'", "quote a value that starts with '%'"},
    {"found unknown directive name", "a line cannot start with '%'", "quote a value that starts with '%'"},
    {"found unexpected non-alphabetical", "a line cannot start with '%'", "quote a value that starts with '%'"},
    {"did not find expected <document start>", "found text after the end of the document",
     "put '---' before text that follows '...'; a '%YAML' line is not supported"},
    {"did not find expected comment or line break", "found text after '|' or '>'",
     "start the string on the next line, indented further than its key"},
    {"found an indentation indicator equal to 0", "a multi-line string cannot be indented with 0 spaces",
     "write a number from 1 to 9 after '|' or '>', or none"},
    {"found a tab character", "found a tab in the indentation", "indent with spaces: YAML does not allow tabs there"},
    {"control characters are not allowed", NULL,
     "write it as an escape between double quotes, or keep binary data in base64"},
};

static const struct words *words_of(const char *problem)
{
    for (size_t i = 0; i < countof(words); i++)
        if (strncmp(problem, words[i].problem, strlen(words[i].problem)) == 0)
            return &words[i];
    return NULL;
}

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

// A character that starts no value.
static void diagnose_character(struct diagnostics *diagnostics, const yaml_parser_t *parser,
                               const struct yaml_chunk *chunk, struct position position)
{
    uint32_t unit = unit_at(chunk, parser->problem_mark);
    if (unit == '\t') {
        diagnose(diagnostics, position, "found a tab where YAML needs spaces");
        diagnose_hint(diagnostics, "use spaces: YAML does not allow tabs there");
    } else if (unit > ' ' && unit < 0x7F) {
        diagnose(diagnostics, position, "a value cannot start with '%c'", (int)unit);
        diagnose_hint(diagnostics, "put the value in quotes: \"%c…\"", (int)unit);
    } else {
        diagnose(diagnostics, position, "a value cannot start with this character");
        diagnose_hint(diagnostics, "put the value in quotes");
    }
}

// The rest of the line from a mark.
static struct slice line_from(const struct yaml_chunk *chunk, yaml_mark_t mark)
{
    struct slice rest = chunk->text, line = {0};
    for (size_t i = 0; i <= mark.line && rest.length; i++)
        line = slice_cut_line(&rest);
    for (size_t column = 0; column < mark.column && line.length; column++)
        line = slice_from_index(line, character_at(line, 0).length);
    return slice_trim(line, " \r");
}

// `*.yaml`, `*/base`, but not `*/5 * * * *` or `*.example.com`.
static bool is_file_pattern(struct slice value)
{
    static const char *const parts[] = {".yaml", ".yml", ".json"};
    for (size_t i = 0; i < countof(parts); i++)
        if (slice_find(value, slice_from(parts[i])) != SLICE_NOT_FOUND)
            return true;
    return value.length > 2 && value.data[1] == '/' && byte_is_letter(value.data[2]) &&
           slice_find_byte(value, ' ') == SLICE_NOT_FOUND;
}

// For a value such as `*` or `*/5`, which isn't an alias or anchor. The parser has stopped after the sign.
static bool refuse_sign(struct diagnostics *diagnostics, const yaml_parser_t *parser, const struct yaml_chunk *chunk)
{
    const char *context = parser->context ? parser->context : "";
    bool is_alias = strcmp(context, "while scanning an alias") == 0;
    if (!is_alias && strcmp(context, "while scanning an anchor") != 0)
        return false;
    yaml_mark_t mark = parser->context_mark;
    struct slice value = line_from(chunk, mark);
    char sign = is_alias ? '*' : '&';
    bool is_alone = value.length < 2 || strchr(",]}", value.data[1]);
    diagnose(diagnostics, yaml_chunk_position(chunk, mark.line, mark.column), "a value cannot start with '%c'", sign);
    if (is_alias && is_file_pattern(value))
        diagnose_hint(diagnostics, "list each file by its name: a kustomization cannot use patterns such as '*.yaml'");
    else
        diagnose_hint(diagnostics, "put the value in quotes: \"%c%s\"", sign, is_alone ? "" : "…");
    return true;
}

// libyaml before 0.2.5 refuses `%YAML 1.2` itself.
static bool refuse_version(struct diagnostics *diagnostics, const yaml_parser_t *parser, const struct yaml_chunk *chunk)
{
    enum { SHOWN = 16 };
    char line[SHOWN + 1] = "";
    yaml_version_directive_t version;
    yaml_mark_t mark = parser->problem_mark;
    if (!parser->problem || strcmp(parser->problem, "found incompatible YAML document") != 0)
        return false;
    struct slice text = slice_part(line_from(chunk, mark), 0, SHOWN);
    memcpy(line, text.data, text.length);
    return sscanf(line, "%%YAML %d.%d", &version.major, &version.minor) == 2 &&
           !yaml_check_version(diagnostics, yaml_chunk_position(chunk, mark.line, mark.column), &version);
}

// Bytes that aren't characters.
static void diagnose_encoding(struct diagnostics *diagnostics, const yaml_parser_t *parser,
                              const struct yaml_chunk *chunk)
{
    struct position position = position_of_byte(chunk, parser->problem_offset);
    const struct words *known = words_of(parser->problem);
    if (looks_binary(chunk->source->content)) {
        diagnose(diagnostics, (struct position){.file = position.file}, "expected YAML or JSON, found a binary file");
        diagnose_hint(diagnostics, "list it under `files` of a generator to put it into a ConfigMap or Secret");
    } else if (known) {
        diagnose(diagnostics, position, "%s", parser->problem);
        diagnose_hint(diagnostics, "%s", known->hint);
    } else {
        diagnose(diagnostics, position, "found bytes that are not valid %s",
                 yaml_walk_start(chunk->text).unit == 2 ? "UTF-16" : "UTF-8");
        diagnose_hint(diagnostics, "save the file as UTF-8");
    }
}

// For a line such as `{{- if .Values.x }}`, which may be the cause of a problem in a later line.
static void hint_directive(struct diagnostics *diagnostics, const struct yaml_chunk *chunk)
{
    uint32_t line = diagnostics->items[diagnostics->count - 1].position.line;
    const char *template = line > chunk->lines_before ? yaml_suspect_hint(chunk, line - chunk->lines_before - 1) : NULL;
    if (template)
        diagnose_hint(diagnostics, "%s", template);
}

void yaml_problem_diagnose(struct diagnostics *diagnostics, const yaml_parser_t *parser, const struct yaml_chunk *chunk)
{
    if (parser->error == YAML_MEMORY_ERROR)
        fatal_out_of_memory();
    if (parser->error == YAML_READER_ERROR) {
        diagnose_encoding(diagnostics, parser, chunk);
        return;
    }
    const char *problem = parser->problem ? parser->problem : "invalid YAML";
    struct position position = yaml_chunk_position(chunk, parser->problem_mark.line, parser->problem_mark.column);
    size_t last = parser->problem_mark.line, first = last;
    if (parser->context && parser->context_mark.line < first)
        first = parser->context_mark.line;
    if (yaml_suspect_diagnose(diagnostics, chunk, first, last))
        return;
    if (refuse_version(diagnostics, parser, chunk))
        return;
    const struct words *known = words_of(problem);
    const char *template = yaml_suspect_hint(chunk, last);
    if (!template && yaml_misread_diagnose(diagnostics, parser, chunk)) {
        hint_directive(diagnostics, chunk);
        return;
    }
    if (strncmp(problem, "found character that cannot start any token", 43) == 0) {
        diagnose_character(diagnostics, parser, chunk, position);
    } else if (!refuse_sign(diagnostics, parser, chunk)) {
        diagnose(diagnostics, position, "%s", known && known->message ? known->message : problem);
        if (known)
            diagnose_hint(diagnostics, "%s", known->hint);
    }
    if (template)
        diagnose_hint(diagnostics, "%s", template);
}

// The line of the anchor if it is in a document before that of the alias. 0: it isn't.
static uint32_t line_of_lost_anchor(const struct diagnostics *diagnostics, struct position position,
                                    struct slice anchor)
{
    const struct source *source = sources_get(diagnostics->sources, position.file);
    struct slice wanted = arena_format(diagnostics->arena, "&%.*s", SLICE_ARGS(anchor));
    struct slice rest = source ? source->content : (struct slice){0};
    uint32_t found = 0;
    bool has_ended = false;
    for (uint32_t number = 1; number < position.line && rest.length; number++) {
        struct slice line = slice_cut_line(&rest);
        size_t at = slice_find(line, wanted), end = at + wanted.length;
        has_ended |= found && slice_starts_with(line, slice_literal("---"));
        if (at != SLICE_NOT_FOUND && (end >= line.length || strchr(" \t\r,]}", line.data[end])))
            found = number;
    }
    return found && has_ended ? sources_line_in_file(diagnostics->sources, (struct position){position.file, found, 1})
                              : 0;
}

bool yaml_refuse_alias(struct diagnostics *diagnostics, struct position position, struct slice anchor)
{
    diagnose(diagnostics, position, "unknown anchor '%.*s'", SLICE_ARGS(anchor));
    uint32_t lost = line_of_lost_anchor(diagnostics, position, anchor);
    if (lost)
        diagnose_hint(diagnostics, "repeat the value here: the anchor on line %u ends at the next '---'", lost);
    else
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
    diagnose(diagnostics, position, "only YAML 1.1 is supported, not %d.%d", version->major, version->minor);
    diagnose_hint(diagnostics, "remove the line that starts with '%%YAML'");
    return false;
}

bool yaml_check_flow_text(struct diagnostics *diagnostics, struct position position, struct slice text)
{
    return slice_find_byte(text, '?') == SLICE_NOT_FOUND ||
           diagnose(diagnostics, position, "a string with '?' inside brackets must be quoted");
}
