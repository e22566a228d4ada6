#include "yaml/mend.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/fatal.h"
#include "base/recovery.h"
#include "base/utf8.h"

// Bytes to parse again in total: each mended scalar or tag costs one more parse of its document.
enum { COST_MAX = 64 * 1024 * 1024 };

void yaml_start_parser(yaml_parser_t *parser, struct slice text)
{
    if (!yaml_parser_initialize(parser))
        fatal_out_of_memory();
    yaml_parser_set_input_string(parser, (const unsigned char *)(text.data ? text.data : ""), text.length);
}

bool yaml_may_hold_slash(const struct yaml_walk *walk)
{
    return walk->unit == 2 || slice_find(walk->text, slice_literal("\\/")) != SLICE_NOT_FOUND;
}

bool yaml_check_slash(struct diagnostics *diagnostics, const struct yaml_chunk *chunk, struct yaml_walk *walk,
                      yaml_mark_t start, yaml_mark_t end)
{
    bool quoted = false, escape = false, comment = false;
    yaml_walk_to(walk, start.index);
    for (struct yaml_walk at = *walk; at.index < end.index && !yaml_walk_at_end(&at);) {
        uint32_t unit = yaml_walk_unit(&at);
        if (escape && unit == '/') {
            diagnose(diagnostics, yaml_chunk_position(chunk, at.line, at.column - 1),
                     "unknown escape '\\/' in a string in double quotes");
            diagnose_hint(diagnostics, "remove the backslash: a slash needs none");
            return false;
        }
        escape = quoted && !escape && unit == '\\';
        // An anchor, a tag, and comments may come before the quote.
        bool line_ends = yaml_walk_step(&at);
        comment = !quoted && (comment ? !line_ends : unit == '#');
        quoted |= !comment && unit == '"';
    }
    return true;
}

// The writable copy of the text.
static char *copy_of(struct yaml_mend *mend, struct slice *text)
{
    if (!mend->text) {
        mend->text = piece_resize(NULL, text->length);
        memcpy(mend->text, text->data, text->length);
        text->data = mend->text;
    }
    return mend->text;
}

// --- Apostrophes. `\'` becomes an escape of the same length for a character that the text does not have.

// True when the backslash at `at` may start an escape for the control character with this letter and last digit.
static bool is_escape_for(struct slice text, size_t at, char letter, char digit)
{
    char kind = at + 1 < text.length ? text.data[at + 1] : '\0';
    if (kind != 'x' && kind != 'u' && kind != 'U')
        return kind == letter;
    for (at += 2; at < text.length && text.data[at] == '0'; at++)
        continue;
    return at < text.length && (text.data[at] | 0x20) == (digit | 0x20);
}

// An escape that the text doesn't use. Its character can't occur either: control characters come only from escapes.
static char find_spare_escape(struct slice text, char *character)
{
    static const struct {
        char letter, character, digit;
    } spares[] = {{'a', '\a', '7'}, {'v', '\v', 'b'}, {'f', '\f', 'c'}, {'b', '\b', '8'}};
    for (size_t i = 0; i < countof(spares); i++) {
        bool found = false;
        for (size_t at = 0; !found && at < text.length; at++)
            found = text.data[at] == '\\' && is_escape_for(text, at, spares[i].letter, spares[i].digit);
        if (!found) {
            *character = spares[i].character;
            return spares[i].letter;
        }
    }
    return '\0';
}

static bool mend_apostrophes(struct yaml_mend *mend, struct slice *text, size_t at)
{
    static const char letters[] = {['\a'] = 'a', ['\v'] = 'v', ['\f'] = 'f', ['\b'] = 'b'};
    if (at + 1 >= text->length || text->data[at] != '\\' || text->data[at + 1] != '\'')
        return false;
    char letter = mend->apostrophe ? letters[(int)mend->apostrophe] : find_spare_escape(*text, &mend->apostrophe);
    mend->cost += text->length;
    if (!letter || mend->cost > COST_MAX)
        return false;
    // Mend all of them up to the end of the scalar.
    for (char *copy = copy_of(mend, text); at + 1 < text->length && copy[at] != '"'; at++)
        if (copy[at] == '\\' && copy[++at] == '\'')
            copy[at] = letter;
    return true;
}

// --- Byte order marks.

static const char byte_order_mark[] = "\xEF\xBB\xBF";

static void replace_all(char *text, size_t length, const char old[3], const char new[3])
{
    for (size_t at = 0; at + 3 <= length; at++)
        if (memcmp(text + at, old, 3) == 0)
            memcpy(text + at, new, 3);
}

// Finds a private-use character that the text doesn't have, from U+E000 on.
static bool find_placeholder(struct slice text, char placeholder[CHARACTER_BYTES_MAX])
{
    for (uint32_t code = 0xE000; code < 0xF900; code++)
        if (slice_find(text, (struct slice){placeholder, character_write(code, placeholder)}) == SLICE_NOT_FOUND)
            return true;
    placeholder[0] = '\0';
    return false;
}

void yaml_mend_marks(struct yaml_mend *mend, struct slice *text)
{
    const struct slice mark = {byte_order_mark, 3};
    size_t start = slice_starts_with(*text, mark) ? 3 : 0;
    size_t found = text->length > start ? slice_find(slice_from_index(*text, start), mark) : SLICE_NOT_FOUND;
    if (found == SLICE_NOT_FOUND || !find_placeholder(*text, mend->mark))
        return;
    struct yaml_walk walk = yaml_walk_start(*text);
    yaml_walk_to_byte(&walk, start + found);
    mend->line = walk.line;
    mend->column = walk.column;
    replace_all(copy_of(mend, text) + start + found, text->length - start - found, byte_order_mark, mend->mark);
}

// --- Tags.

static bool is_tag_character(char byte)
{
    return byte_is_alphanumeric(byte) ||
           (byte && strchr("_-;/?:@&=+$,.!~*'()[]%", byte));
}

static size_t skip_anchor(struct slice text, size_t at)
{
    if (at >= text.length || text.data[at] != '&')
        return at;
    while (at < text.length && !strchr(" \t\r\n", text.data[at]))
        at++;
    while (at < text.length && strchr(" \t\r\n", text.data[at]))
        at++;
    return at;
}

bool yaml_mend_tag(struct yaml_mend *mend, struct yaml_walk *walk, struct slice *text, yaml_mark_t start)
{
    if (walk->unit != 1)
        return false;
    size_t at = skip_anchor(*text, yaml_walk_to(walk, start.index)), end = at;
    if (at >= text->length || text->data[at] != '!' || (at + 1 < text->length && text->data[at + 1] == '<'))
        return false;
    bool goes_on = false;
    for (; end < text->length && is_tag_character(text->data[end]); end++)
        goes_on |= strchr(",[]", text->data[end]) != NULL;
    mend->cost += goes_on ? text->length : 0;
    if (!goes_on || mend->cost > COST_MAX)
        return false;
    for (char *copy = copy_of(mend, text); at < end; at++)
        if (strchr(",[]", copy[at]))
            copy[at] = '_';
    return true;
}

// --- Failures and results.

bool yaml_mend_failure(struct yaml_mend *mend, struct yaml_walk *walk, struct slice *text, const yaml_parser_t *parser)
{
    if (parser->error != YAML_SCANNER_ERROR || walk->unit != 1)
        return false;
    if (parser->context && strcmp(parser->context, "while scanning a tag") == 0)
        return yaml_mend_tag(mend, walk, text, parser->context_mark);
    return strncmp(parser->problem, "found unknown escape", 20) == 0 &&
           mend_apostrophes(mend, text, yaml_walk_to(walk, parser->problem_mark.index));
}

void yaml_mend_scalar(const struct yaml_mend *mend, yaml_char_t *scalar, size_t length)
{
    for (size_t i = 0; mend->apostrophe && i < length; i++)
        if (scalar[i] == (yaml_char_t)mend->apostrophe)
            scalar[i] = '\'';
    if (mend->mark[0])
        replace_all((char *)scalar, length, mend->mark, byte_order_mark);
}

void yaml_mend_free(struct yaml_mend *mend)
{
    piece_free(mend->text);
    *mend = (struct yaml_mend){0};
}
