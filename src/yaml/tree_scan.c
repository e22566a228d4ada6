#include "yaml/tree_scan.h"

#include "base/recovery.h"
#include "base/utf8.h"
#include "doc/node.h"
#include "yaml/mend.h"
#include "yaml/problem.h"

// --- Tokens.

struct lexer {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct slice text;        // of the chunk
    struct yaml_chunk chunk;  // mended
    yaml_parser_t parser;
    yaml_token_t token;     // the current token, which owns libyaml's memory
    struct yaml_walk walk;  // through the text, in step with the tokens
    struct yaml_mend mend;
    int flow_level;
    bool may_hold_slash;
    bool begun, over;  // the document
    int beyond;        // tokens to read after it
};

static struct tree_mark mark_of(struct lexer *lexer, yaml_mark_t mark)
{
    return (struct tree_mark){(long)yaml_walk_to(&lexer->walk, mark.index), (long)mark.line, (long)mark.column};
}

static struct slice keep(struct lexer *lexer, const yaml_char_t *text)
{
    return arena_copy(lexer->arena, slice_from((const char *)text));
}

static struct position position_at(const struct lexer *lexer, yaml_mark_t mark)
{
    return yaml_chunk_position(&lexer->chunk, mark.line, mark.column);
}

static bool take_scalar(struct lexer *lexer, const yaml_token_t *token, struct tree_token *taken)
{
    struct slice text = {(const char *)token->data.scalar.value, token->data.scalar.length};
    taken->style = token->data.scalar.style;
    if (taken->style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) {
        struct yaml_walk walk = lexer->walk;
        if (lexer->may_hold_slash &&
            !yaml_check_slash(lexer->diagnostics, &lexer->chunk, &walk, token->start_mark, token->end_mark))
            return false;
    }
    yaml_mend_scalar(&lexer->mend, token->data.scalar.value, text.length);
    if (lexer->flow_level && taken->style == YAML_PLAIN_SCALAR_STYLE &&
        !yaml_check_flow_text(lexer->diagnostics, position_at(lexer, token->start_mark), text))
        return false;
    taken->text = arena_copy(lexer->arena, text);
    return true;
}

// The suffix of a tag, with mended characters restored.
static struct slice tag_suffix(struct lexer *lexer, const yaml_token_t *token)
{
    struct slice suffix = keep(lexer, token->data.tag.suffix);
    size_t handle = strlen((const char *)token->data.tag.handle), at = lexer->walk.at + handle;
    char *text = (char *)suffix.data;
    // `!<tag>` has no handle, and is never mended.
    for (size_t i = 0; handle && lexer->mend.text && i < suffix.length && at < lexer->text.length; i++) {
        if (text[i] == '_' && strchr(",[]", lexer->text.data[at]))
            text[i] = lexer->text.data[at];
        at += lexer->text.data[at] == '%' ? 3 : 1;
    }
    return suffix;
}

static bool take_token(struct lexer *lexer, const yaml_token_t *token, struct tree_tokens *tokens)
{
    struct tree_token taken = {.type = token->type, .start = mark_of(lexer, token->start_mark)};
    taken.comments_end = taken.start.at;
    switch (token->type) {
    case YAML_SCALAR_TOKEN:
        if (!take_scalar(lexer, token, &taken))
            return false;
        break;
    case YAML_ALIAS_TOKEN:
        taken.text = keep(lexer, token->data.alias.value);
        break;
    case YAML_ANCHOR_TOKEN:
        taken.text = keep(lexer, token->data.anchor.value);
        break;
    case YAML_TAG_TOKEN:
        taken.text = keep(lexer, token->data.tag.handle);
        taken.suffix = tag_suffix(lexer, token);
        break;
    case YAML_TAG_DIRECTIVE_TOKEN:
        taken.text = keep(lexer, token->data.tag_directive.handle);
        taken.suffix = keep(lexer, token->data.tag_directive.prefix);
        break;
    case YAML_VERSION_DIRECTIVE_TOKEN:
        if (!yaml_check_version(
                lexer->diagnostics, position_at(lexer, token->start_mark),
                &(yaml_version_directive_t){token->data.version_directive.major, token->data.version_directive.minor}))
            return false;
        break;
    case YAML_FLOW_SEQUENCE_START_TOKEN:
    case YAML_FLOW_MAPPING_START_TOKEN:
        lexer->flow_level++;
        break;
    case YAML_FLOW_SEQUENCE_END_TOKEN:
    case YAML_FLOW_MAPPING_END_TOKEN:
        lexer->flow_level--;
        break;
    default:
        break;
    }
    taken.end = mark_of(lexer, token->end_mark);
    list_append(lexer->arena, tokens, taken);
    return true;
}

bool tree_is_directive(yaml_token_type_t type)
{
    return type == YAML_VERSION_DIRECTIVE_TOKEN || type == YAML_TAG_DIRECTIVE_TOKEN;
}

static bool is_last(struct lexer *lexer, yaml_token_type_t type)
{
    if (type == YAML_STREAM_END_TOKEN || type == YAML_NO_TOKEN)
        return true;
    if (lexer->over)
        return --lexer->beyond <= 0;
    bool starts = type == YAML_DOCUMENT_START_TOKEN || tree_is_directive(type);
    lexer->over = type == YAML_DOCUMENT_END_TOKEN || (starts && lexer->begun);
    lexer->begun = lexer->begun || (type != YAML_STREAM_START_TOKEN && !tree_is_directive(type));
    return lexer->over && !lexer->beyond;
}

// Stops the scan with an end token when brackets are nested too deeply: the reader refuses the nesting before it gets
// there, and libyaml's cost for each token grows with the number of open brackets.
static bool is_nested_too_deep(struct lexer *lexer, struct tree_tokens *tokens)
{
    if (lexer->flow_level <= NODE_DEPTH_MAX)
        return false;
    struct tree_token end = {.type = YAML_STREAM_END_TOKEN, .start = tokens->items[tokens->count - 1].end};
    end.end = end.start;
    end.comments_end = end.start.at;
    list_append(lexer->arena, tokens, end);
    return true;
}

enum outcome { OUTCOME_GOOD, OUTCOME_FAILED, OUTCOME_AGAIN };

static enum outcome read_tokens(struct lexer *lexer, struct tree_tokens *tokens)
{
    for (;;) {
        if (!yaml_parser_scan(&lexer->parser, &lexer->token)) {
            if (yaml_mend_failure(&lexer->mend, &lexer->walk, &lexer->chunk.text, &lexer->parser))
                return OUTCOME_AGAIN;
            yaml_problem_diagnose(lexer->diagnostics, &lexer->parser, &lexer->chunk);
            return OUTCOME_FAILED;
        }
        if (lexer->token.type == YAML_TAG_TOKEN &&
            yaml_mend_tag(&lexer->mend, &lexer->walk, &lexer->chunk.text, lexer->token.start_mark)) {
            yaml_token_delete(&lexer->token);
            return OUTCOME_AGAIN;
        }
        bool good = take_token(lexer, &lexer->token, tokens);
        bool last = is_last(lexer, lexer->token.type) || is_nested_too_deep(lexer, tokens);
        yaml_token_delete(&lexer->token);
        if (!good)
            return OUTCOME_FAILED;
        if (last)
            return OUTCOME_GOOD;
    }
}

static void release_parser(void *state)
{
    struct lexer *lexer = state;
    yaml_token_delete(&lexer->token);
    yaml_parser_delete(&lexer->parser);
}

static bool read_all_tokens(struct lexer *lexer, int beyond, struct tree_tokens *tokens)
{
    enum outcome outcome;
    do {
        tokens->count = 0;
        lexer->flow_level = 0;
        lexer->beyond = beyond;
        lexer->begun = lexer->over = false;
        lexer->walk = yaml_walk_start(lexer->chunk.text);
        lexer->may_hold_slash = yaml_may_hold_slash(&lexer->walk);
        yaml_start_parser(&lexer->parser, lexer->chunk.text);
        struct held held;
        held_push(&held, release_parser, lexer);
        outcome = read_tokens(lexer, tokens);
        held_pop();
        yaml_parser_delete(&lexer->parser);
    } while (outcome == OUTCOME_AGAIN);
    yaml_mend_free(&lexer->mend);
    return outcome == OUTCOME_GOOD;
}

// --- Walking through the text between tokens.

struct indents {
    long *items;
    size_t count, capacity;
};

struct walk {
    struct arena *arena;
    struct yaml_walk place;
    long newlines;  // since the last character that isn't a blank
    int flow_level;
    long indent;
    struct indents indents;  // of the enclosing blocks
    struct tree_tokens *tokens;
    struct tree_comments *comments;
};

static unsigned char byte_at(const struct walk *walk, size_t ahead)
{
    size_t at = walk->place.at + ahead;
    return at < walk->place.text.length ? (unsigned char)walk->place.text.data[at] : 0;
}

static bool is_blank(unsigned char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool is_break(const struct walk *walk, size_t ahead)
{
    return yaml_break_length(walk->place.text, walk->place.at + ahead) > 0;
}

static bool at_end(const struct walk *walk)
{
    return yaml_walk_at_end(&walk->place);
}

static long byte_of(const struct walk *walk)
{
    return (long)walk->place.at;
}

static void step(struct walk *walk)
{
    bool blank = is_blank(byte_at(walk, 0));
    if (yaml_walk_step(&walk->place))
        walk->newlines++;
    else if (!blank)
        walk->newlines = 0;
}

static void walk_to(struct walk *walk, long at)
{
    while (byte_of(walk) < at && !at_end(walk))
        step(walk);
}

static struct slice walk_line(struct walk *walk)
{
    size_t start = walk->place.at;
    while (!at_end(walk) && !is_break(walk, 0))
        step(walk);
    return slice_part(walk->place.text, start, walk->place.at);
}

// --- Comments.

// How far ahead to look for a comment; one that is farther away is not attached here.
enum { LOOK_AHEAD = 512 };

static void add_comment(struct walk *walk, struct tree_comment comment)
{
    list_append(walk->arena, walk->comments, comment);
}

// Adds the comment on the rest of the line, which belongs to the token that starts at `at`.
static void scan_line_comment(struct walk *walk, long at)
{
    size_t ahead = 0;
    while (ahead < LOOK_AHEAD && is_blank(byte_at(walk, ahead)))
        ahead++;
    if (walk->newlines > 0 || ahead == LOOK_AHEAD || byte_at(walk, ahead) != '#')
        return;
    walk_to(walk, byte_of(walk) + (long)ahead);
    add_comment(walk, (struct tree_comment){.at = at, .line = walk_line(walk)});
}

// A group of comment lines, while it grows.
struct group {
    struct arena_text text;
    struct tree_mark start;  // column from 1
    long scan_start, at;
};

static void add_text(struct walk *walk, struct group *group, struct slice text)
{
    arena_text_add(walk->arena, &group->text, text);
}

static void end_foot(struct walk *walk, struct group *group, long end)
{
    add_comment(walk, (struct tree_comment){
                          .at = group->at,
                          .foot = group->text.slice,
                          .start = group->start.at,
                          .column = group->start.column,
                          .scan_start = group->scan_start,
                          .end = end,
                      });
    *group = (struct group){.start = group->start, .scan_start = end, .at = end};
}

// Adds the comments that start here, up to anything else. `token` is the token before them.
static void scan_comments(struct walk *walk, const struct yaml_walk *scan_start, const struct tree_token *token)
{
    struct group group = {.scan_start = (long)scan_start->at, .at = token->comments_end};
    long least_column = walk->indent < 0 ? 0 : walk->indent;
    bool recent_empty = false, first_empty = walk->newlines <= 1;
    long line = (long)walk->place.line, column = (long)walk->place.column;
    // A comment that starts on this line may still be the foot of what came before.
    long foot_line = -1;
    if (scan_start->line > 0)
        foot_line = line - walk->newlines + (walk->newlines == 0 && column > 1 ? 2 : 1);
    size_t ahead = 0;
    for (; ahead < LOOK_AHEAD; ahead++) {
        column++;
        unsigned char byte = byte_at(walk, ahead);
        if (is_blank(byte))
            continue;
        long here = byte_of(walk) + (long)ahead;
        bool closes = walk->flow_level > 0 && (byte == ']' || byte == '}');
        bool ends_line = byte == 0 || is_break(walk, ahead);
        bool outside = group.start.column - 1 < least_column;
        if (closes || ends_line) {
            bool at_foot = group.start.line == foot_line && token->type != YAML_VALUE_TOKEN;
            bool foot = closes || (!recent_empty && first_empty && (at_foot || outside));
            if (foot && group.text.slice.length) {
                if (outside)
                    group.at = group.start.at;
                end_foot(walk, &group, here);
            } else if (!foot && !recent_empty && group.text.slice.length && byte != 0) {
                add_text(walk, &group, slice_literal("\n"));
            }
            if (closes || byte == 0)
                break;
            first_empty = false;
            recent_empty = true;
            column = 0;
            line++;
            continue;
        }
        if (group.text.slice.length && column - 1 < least_column && column != group.start.column)
            end_foot(walk, &group, here);
        if (byte != '#')
            break;
        if (!group.text.slice.length)
            group.start = (struct tree_mark){here, line, column};
        else
            add_text(walk, &group, slice_literal("\n"));
        recent_empty = false;
        walk_to(walk, here);
        add_text(walk, &group, walk_line(walk));
        // The loop steps over the line break itself.
        ahead = 0;
        column = 0;
        line = (long)walk->place.line;
    }
    if (group.text.slice.length)
        add_comment(walk, (struct tree_comment){
                              .at = group.start.at,
                              .head = group.text.slice,
                              .start = group.start.at,
                              .column = group.start.column,
                              .scan_start = group.scan_start,
                              .end = byte_of(walk) + (long)ahead - 1,
                          });
}

static void scan_gap(struct walk *walk, size_t next)
{
    struct yaml_walk start = walk->place;
    const struct tree_token *token = &walk->tokens->items[next - 1];
    if (token->type == YAML_FLOW_ENTRY_TOKEN)
        token--;
    for (;;) {
        while (is_blank(byte_at(walk, 0)))
            step(walk);
        if (byte_at(walk, 0) == '#')
            scan_comments(walk, &start, token);
        if (!is_break(walk, 0))
            return;
        step(walk);
    }
}

// --- Where blocks and tokens end, considering the comments around them.

// A block ends before the comments in its own column, so those before them are its last ones.
static void place_block_end(struct walk *walk, struct tree_token *token, long *at)
{
    long stop = *at;
    for (size_t i = walk->comments->count; i > 0; i--) {
        const struct tree_comment *comment = &walk->comments->items[i - 1];
        if (comment->end < stop)
            break;
        if (comment->column == walk->indent + 1)
            *at = comment->start;
        stop = comment->scan_start;
    }
    token->comments_end = *at;
    walk->indent = walk->indents.items[--walk->indents.count];
}

static void open_block(struct walk *walk, const struct tree_token *token)
{
    list_append(walk->arena, &walk->indents, walk->indent);
    walk->indent = token->start.column;
}

// Moves past the token, as far as the scanner reads to find its end.
static void walk_through(struct walk *walk, const struct tree_token *token)
{
    walk_to(walk, token->start.at);
    bool block = tree_is_block_scalar(token);
    if (block) {
        step(walk);
        for (unsigned char hint; (hint = byte_at(walk, 0)) == '+' || hint == '-' || (hint >= '0' && hint <= '9');)
            step(walk);
        scan_line_comment(walk, token->start.at);
    }
    walk_to(walk, token->end.at);
    if (block)
        while (byte_at(walk, 0) == ' ')
            step(walk);
    if (token->type == YAML_SCALAR_TOKEN && token->style == YAML_PLAIN_SCALAR_STYLE)
        while (is_blank(byte_at(walk, 0)) || is_break(walk, 0))
            step(walk);
    if (tree_is_directive(token->type))
        walk_line(walk);
    if (token->type == YAML_FLOW_SEQUENCE_START_TOKEN || token->type == YAML_FLOW_MAPPING_START_TOKEN)
        walk->flow_level++;
    if (token->type == YAML_FLOW_SEQUENCE_END_TOKEN || token->type == YAML_FLOW_MAPPING_END_TOKEN)
        walk->flow_level--;
}

static bool is_marker(yaml_token_type_t type)
{
    return type == YAML_STREAM_START_TOKEN || type == YAML_STREAM_END_TOKEN || type == YAML_DOCUMENT_START_TOKEN ||
           type == YAML_DOCUMENT_END_TOKEN || tree_is_directive(type);
}

// True for a token that has no text of its own.
static bool is_empty(const struct tree_token *token)
{
    return token->type == YAML_BLOCK_END_TOKEN || token->type == YAML_BLOCK_MAPPING_START_TOKEN ||
           token->type == YAML_BLOCK_SEQUENCE_START_TOKEN ||
           (token->type == YAML_KEY_TOKEN && token->start.at == token->end.at);
}

// Scans the tokens from `first` to `last`, the next one with text of its own.
static void scan_group(struct walk *walk, size_t first, size_t last)
{
    struct tree_token *tokens = walk->tokens->items, *token = &tokens[last];
    long inner = byte_of(walk) - 1;
    scan_gap(walk, first);
    long outer = byte_of(walk) - 1;
    size_t previous = first - 1;
    for (size_t i = first; i < last; i++) {
        if (tokens[i].type == YAML_BLOCK_END_TOKEN) {
            bool ends_all = is_marker(token->type) && walk->indent <= (long)walk->place.column;
            place_block_end(walk, &tokens[i], ends_all ? &outer : &inner);
            previous = i;
        } else if (tokens[i].type != YAML_KEY_TOKEN) {
            open_block(walk, &tokens[i]);
        }
    }
    unsigned char byte = byte_at(walk, 0);
    bool of_previous = walk->flow_level == 0 ? byte == ':' : byte == ',';
    long comment_at = of_previous ? tokens[previous].comments_end : token->start.at;
    walk_through(walk, token);
    if (!is_marker(token->type) && token->type != YAML_BLOCK_ENTRY_TOKEN)
        scan_line_comment(walk, comment_at);
}

static void scan_all_comments(struct walk *walk)
{
    const struct tree_tokens *tokens = walk->tokens;
    for (size_t first = 1, last; first < tokens->count; first = last + 1) {
        last = first;
        while (last + 1 < tokens->count && is_empty(&tokens->items[last]))
            last++;
        scan_group(walk, first, last);
    }
}

// --- Encodings.

static void add_utf8(struct buffer *out, uint32_t code)
{
    char bytes[CHARACTER_BYTES_MAX];
    buffer_add_slice(out, (struct slice){bytes, character_write(code, bytes)});
}

// Converts text from UTF-16 and drops the byte order mark that it starts with. Unpaired surrogates stay invalid.
static struct slice from_utf16(struct arena *arena, struct slice text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    int high = bytes[0] == 0xFE ? 0 : 1;
    struct buffer utf8 = {0};
    for (size_t at = 2; at + 1 < text.length; at += 2) {
        uint32_t code = (uint32_t)bytes[at + (size_t)high] << 8 | bytes[at + 1 - (size_t)high];
        if (code >= 0xD800 && code < 0xDC00 && at + 3 < text.length) {
            uint32_t low = (uint32_t)bytes[at + 2 + (size_t)high] << 8 | bytes[at + 3 - (size_t)high];
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        add_utf8(&utf8, code);
    }
    struct slice copy = arena_copy(arena, buffer_slice(&utf8));
    buffer_free(&utf8);
    return copy;
}

bool tree_scan(struct arena *arena, struct diagnostics *diagnostics, const struct yaml_chunk *chunk, int beyond,
               struct tree_scan *scan)
{
    struct lexer lexer = {.arena = arena, .diagnostics = diagnostics, .chunk = *chunk};
    if (yaml_walk_start(chunk->text).unit == 2)
        lexer.chunk.text = from_utf16(arena, chunk->text);
    scan->text = lexer.text = lexer.chunk.text;
    yaml_mend_marks(&lexer.mend, &lexer.chunk.text);
    scan->comments.count = 0;
    if (!read_all_tokens(&lexer, beyond, &scan->tokens))
        return false;
    struct walk walk = {.arena = arena,
                        .place = yaml_walk_start(scan->text),
                        .indent = -1,
                        .tokens = &scan->tokens,
                        .comments = &scan->comments};
    scan_all_comments(&walk);
    return true;
}

bool tree_is_block_scalar(const struct tree_token *token)
{
    return token->type == YAML_SCALAR_TOKEN &&
           (token->style == YAML_LITERAL_SCALAR_STYLE || token->style == YAML_FOLDED_SCALAR_STYLE);
}
