// yaml/tree_read.c
//
// Parses tokens into a tree. The grammar is libyaml's. Comments follow kustomize's YAML library, which attaches each
// comment to the next scalar or bracket that it reads after the comment's place.
#include <stdlib.h>

#include "base/fatal.h"
#include "base/hash_index.h"
#include "doc/scalar.h"
#include "yaml/problem.h"
#include "yaml/scalar_style.h"
#include "yaml/tree.h"
#include "yaml/tree_scan.h"
#include "yaml/walk.h"

struct directive {
    struct slice handle, prefix;
};

struct parser {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct yaml_chunk chunk;
    struct tree_scan scan;
    size_t next, next_comment;
    // Pending comments of the next node.
    struct arena_text head, line, foot;
    struct slice stem;  // the head comment of a map or list after a dash
    bool has_stem;
    struct {
        struct directive *items;
        size_t count, capacity;
    } directives;
    struct {
        struct tree **items;
        size_t count, capacity;
        struct hash_index index;  // by the text of the anchor
    } anchors;
    int depth;
};

static struct tree *parse_node(struct parser *, bool block, bool indentless);

// --- Tokens and their comments.

static void add_lines(struct parser *parser, struct arena_text *lines, struct slice more)
{
    if (!more.length)
        return;
    if (lines->slice.length)
        arena_text_add(parser->arena, lines, slice_literal("\n"));
    arena_text_add(parser->arena, lines, more);
}

// Drops the first bytes of the head comment.
static void drop_head(struct parser *parser, size_t length)
{
    parser->head = (struct arena_text){.slice = slice_from_index(parser->head.slice, length)};
}

static const struct tree_token *peek(struct parser *parser)
{
    const struct tree_token *token = &parser->scan.tokens.items[parser->next];
    for (; parser->next_comment < parser->scan.comments.count; parser->next_comment++) {
        const struct tree_comment *comment = &parser->scan.comments.items[parser->next_comment];
        // At the end of a block, the head comment of what follows stays pending.
        if (token->comments_end < comment->at || (comment->head.length && token->type == YAML_BLOCK_END_TOKEN))
            break;
        add_lines(parser, &parser->head, comment->head);
        add_lines(parser, &parser->foot, comment->foot);
        add_lines(parser, &parser->line, comment->line);
    }
    return token;
}

static void skip(struct parser *parser)
{
    if (parser->next + 1 < parser->scan.tokens.count)
        parser->next++;
}

static void take_comments(struct parser *parser, struct tree *node)
{
    node->head = parser->head.slice;
    node->line = parser->line.slice;
    node->foot = parser->foot.slice;
    parser->head = parser->line = parser->foot = (struct arena_text){0};
    parser->has_stem = false;
}

static bool fail(struct parser *parser, const char *context, const struct tree_token *token, const char *problem)
{
    yaml_parser_t libyaml = {
        .error = YAML_PARSER_ERROR,
        .context = context,
        .problem = problem,
        .problem_mark = {.line = (size_t)token->start.line, .column = (size_t)token->start.column},
    };
    libyaml.context_mark = libyaml.problem_mark;
    yaml_problem_diagnose(parser->diagnostics, &libyaml, &parser->chunk);
    return false;
}

static struct tree *new_node(struct parser *parser, enum tree_kind kind, const struct tree_mark *mark)
{
    struct tree *node = tree_new(parser->arena, kind);
    node->position = yaml_chunk_position(&parser->chunk, (size_t)mark->line, (size_t)mark->column);
    node->span.start = node->span.content = node->span.end = (size_t)mark->at;
    return node;
}

// --- Scalars and tags.

// The short form `!!x` of a tag.
static struct slice short_tag(struct arena *arena, struct slice tag)
{
    static const struct slice prefix = {"tag:yaml.org,2002:", 18};
    if (!slice_starts_with(tag, prefix))
        return tag;
    return arena_format(arena, "!!%.*s", SLICE_ARGS(slice_from_index(tag, prefix.length)));
}

static bool resolve_tag(struct parser *parser, const struct tree_token *token, struct slice *tag)
{
    if (!token->text.length) {
        *tag = token->suffix;
        return true;
    }
    for (size_t i = 0; i < parser->directives.count; i++)
        if (slice_equal(parser->directives.items[i].handle, token->text)) {
            *tag = arena_join(parser->arena, parser->directives.items[i].prefix, token->suffix);
            return true;
        }
    return fail(parser, "while parsing a node", token, "found undefined tag handle");
}

static void set_tag(struct parser *parser, struct tree *node, struct slice tag)
{
    if (tag.length && !slice_equals(tag, "!")) {
        node->tag = short_tag(parser->arena, tag);
        node->tagged = true;
    } else if (node->kind == TREE_MAP) {
        node->tag = slice_literal("!!map");
    } else if (node->kind == TREE_SEQUENCE) {
        node->tag = slice_literal("!!seq");
    } else if (node->style != STYLE_PLAIN) {
        node->tag = tree_tag_text(TAG_STRING);
    } else {
        node->tag = slice_equals(node->text, "<<") ? tree_tag_text(TAG_MERGE)
                                                   : tree_tag_text(scalar_resolve_tag(node->text));
    }
}

// Its position is after a dash, `?`, or `:`, and before any other token.
static struct tree *empty_scalar(struct parser *parser, const struct tree_token *token)
{
    bool after = token->type == YAML_BLOCK_ENTRY_TOKEN || token->type == YAML_KEY_TOKEN ||
                 token->type == YAML_VALUE_TOKEN;
    struct tree *node = new_node(parser, TREE_SCALAR, after ? &token->end : &token->start);
    node->text = slice_literal("");
    set_tag(parser, node, (struct slice){0});
    return node;
}

// --- Maps and lists.

// A comment before a dash belongs to the whole map or list that follows it.
static void split_stem(struct parser *parser, size_t length)
{
    if (!length)
        return;
    yaml_token_type_t type = peek(parser)->type;
    if (type != YAML_BLOCK_SEQUENCE_START_TOKEN && type != YAML_BLOCK_MAPPING_START_TOKEN)
        return;
    parser->stem = slice_part(parser->head.slice, 0, length);
    parser->has_stem = true;
    drop_head(parser, length + 1);
}

// Appends the value after a dash or a colon, `mark`, which may be absent; items in brackets never have one. `value` is
// NULL when parsing it failed and was diagnosed.
static bool add_entry(struct parser *parser, struct tree *node, struct tree *key, const struct tree_token *mark,
                      struct tree *value)
{
    if (!value)
        return false;
    struct tree_span *span = &value->span;
    span->entry_start = key ? key->span.start : mark ? (size_t)mark->start.at : span->start;
    span->after = mark ? (size_t)mark->end.at : key ? key->span.end : span->start;
    if (!node->count && node->style != STYLE_FLOW)
        node->span.content = span->entry_start;
    if (node->style != STYLE_FLOW && span->end > node->span.end)
        node->span.end = span->end;
    node->span.has_alias |= span->has_alias;
    if (key)
        tree_append(parser->arena, node, key);
    tree_append(parser->arena, node, value);
    return true;
}

// The value after a dash.
static struct tree *parse_item(struct parser *parser, bool indentless)
{
    size_t head_length = parser->head.slice.length;
    const struct tree_token *dash = peek(parser);
    skip(parser);
    split_stem(parser, head_length);
    yaml_token_type_t type = peek(parser)->type;
    bool absent = type == YAML_BLOCK_ENTRY_TOKEN || type == YAML_BLOCK_END_TOKEN;
    if (indentless)
        absent = absent || type == YAML_KEY_TOKEN || type == YAML_VALUE_TOKEN;
    return absent ? empty_scalar(parser, dash) : parse_node(parser, true, false);
}

static bool parse_block_sequence(struct parser *parser, struct tree *node, bool indentless)
{
    if (!indentless)
        skip(parser);
    const struct tree_token *token;
    while ((token = peek(parser))->type == YAML_BLOCK_ENTRY_TOKEN)
        if (!add_entry(parser, node, NULL, token, parse_item(parser, indentless)))
            return false;
    if (indentless)
        return true;
    if (token->type != YAML_BLOCK_END_TOKEN)
        return fail(parser, "while parsing a block collection", token, "did not find expected '-' indicator");
    skip(parser);
    return true;
}

static bool is_block_end(yaml_token_type_t type)
{
    return type == YAML_KEY_TOKEN || type == YAML_VALUE_TOKEN || type == YAML_BLOCK_END_TOKEN;
}

// The value after `?` or `:`, which may be implicit.
static struct tree *parse_after(struct parser *parser, const struct tree_token *mark)
{
    skip(parser);
    return is_block_end(peek(parser)->type) ? empty_scalar(parser, mark) : parse_node(parser, true, true);
}

// Foot comments of entries are stored in their keys; a foot comment of a key itself belongs to the entry before it.
static void settle_key(struct tree *map, struct tree *key)
{
    if (key->foot.length && map->count) {
        map->items[map->count - 2]->foot = key->foot;
        key->foot = (struct slice){0};
    }
}

static void settle_value(struct tree *key, struct tree *value)
{
    if (!key->foot.length && value->foot.length) {
        key->foot = value->foot;
        value->foot = (struct slice){0};
    }
}

static void end_node(struct parser *parser, struct tree *node)
{
    struct tree end = {0};
    take_comments(parser, &end);
    node->line = end.line;
    node->foot = end.foot;
}

static bool parse_block_entry(struct parser *parser, struct tree *map)
{
    struct tree *key = parse_after(parser, peek(parser)), *value;
    if (!key)
        return false;
    settle_key(map, key);
    const struct tree_token *token = peek(parser), *colon = token->type == YAML_VALUE_TOKEN ? token : NULL;
    value = colon ? parse_after(parser, colon) : empty_scalar(parser, token);
    if (!add_entry(parser, map, key, colon, value))
        return false;
    settle_value(key, value);
    return true;
}

static bool parse_block_map(struct parser *parser, struct tree *node)
{
    skip(parser);
    while (peek(parser)->type == YAML_KEY_TOKEN)
        if (!parse_block_entry(parser, node))
            return false;
    if (peek(parser)->type != YAML_BLOCK_END_TOKEN)
        return fail(parser, "while parsing a block mapping", peek(parser), "did not find expected key");
    end_node(parser, node);
    skip(parser);
    if (node->foot.length && node->count > 1) {
        node->items[node->count - 2]->foot = node->foot;
        node->foot = (struct slice){0};
    }
    return true;
}

// An entry of a flow map, or the single entry of a map in a list, `[a: b]`. `end` closes the enclosing collection.
static bool parse_flow_entry(struct parser *parser, struct tree *map, yaml_token_type_t end)
{
    const struct tree_token *token = peek(parser);
    bool keyed = token->type == YAML_KEY_TOKEN, absent = false;
    if (keyed) {
        skip(parser);
        token = peek(parser);
        absent = token->type == YAML_VALUE_TOKEN || token->type == YAML_FLOW_ENTRY_TOKEN || token->type == end;
    }
    struct tree *key = absent ? empty_scalar(parser, token) : parse_node(parser, false, false), *value;
    if (!key)
        return false;
    // libyaml does the same in a list.
    if (absent && end == YAML_FLOW_SEQUENCE_END_TOKEN)
        skip(parser);
    token = peek(parser);
    const struct tree_token *colon = keyed && token->type == YAML_VALUE_TOKEN ? token : NULL;
    if (colon) {
        skip(parser);
        token = peek(parser);
    }
    bool present = colon && token->type != YAML_FLOW_ENTRY_TOKEN && token->type != end;
    value = present ? parse_node(parser, false, false) : empty_scalar(parser, token);
    if (!add_entry(parser, map, key, colon, value))
        return false;
    settle_value(key, value);
    return true;
}

static struct tree *parse_flow_pair(struct parser *parser)
{
    struct tree *map = new_node(parser, TREE_MAP, &peek(parser)->start);
    map->style = STYLE_FLOW;
    set_tag(parser, map, (struct slice){0});
    if (!parse_flow_entry(parser, map, YAML_FLOW_SEQUENCE_END_TOKEN))
        return NULL;
    map->span.end = (size_t)peek(parser)->start.at;
    return map;
}

// The comma after the last entry. False: diagnosed (it is missing).
static bool parse_comma(struct parser *parser, const struct tree *node, const char *context, const char *problem)
{
    if (!node->count)
        return true;
    const struct tree_token *token = peek(parser);
    if (token->type != YAML_FLOW_ENTRY_TOKEN)
        return fail(parser, context, token, problem);
    node->items[node->count - 1]->span.comma = (size_t)token->start.at;
    skip(parser);
    peek(parser);
    return true;
}

static bool parse_flow_sequence(struct parser *parser, struct tree *node)
{
    skip(parser);
    while (peek(parser)->type != YAML_FLOW_SEQUENCE_END_TOKEN) {
        if (!parse_comma(parser, node, "while parsing a flow sequence", "did not find expected ',' or ']'"))
            return false;
        yaml_token_type_t type = peek(parser)->type;
        if (type == YAML_FLOW_SEQUENCE_END_TOKEN)
            break;
        bool pair = type == YAML_KEY_TOKEN;
        if (!add_entry(parser, node, NULL, NULL, pair ? parse_flow_pair(parser) : parse_node(parser, false, false)))
            return false;
    }
    return true;
}

static bool parse_flow_map(struct parser *parser, struct tree *node)
{
    skip(parser);
    while (peek(parser)->type != YAML_FLOW_MAPPING_END_TOKEN) {
        if (!parse_comma(parser, node, "while parsing a flow mapping", "did not find expected ',' or '}'"))
            return false;
        if (peek(parser)->type == YAML_FLOW_MAPPING_END_TOKEN)
            break;
        if (!parse_flow_entry(parser, node, YAML_FLOW_MAPPING_END_TOKEN))
            return false;
    }
    return true;
}

static bool parse_flow(struct parser *parser, struct tree *node)
{
    node->style = STYLE_FLOW;
    take_comments(parser, node);
    node->line = node->foot = (struct slice){0};
    if (!(node->kind == TREE_MAP ? parse_flow_map(parser, node) : parse_flow_sequence(parser, node)))
        return false;
    end_node(parser, node);
    node->span.end = (size_t)peek(parser)->end.at;
    skip(parser);
    return true;
}

// --- Nodes.

// The slot of the node with an anchor; NULL: there is none so far.
static struct tree **find_anchor(const struct parser *parser, struct slice text)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&parser->anchors.index, slice_hash(text));
         hash_cursor_next(&at, &number);)
        if (slice_equal(parser->anchors.items[number]->anchor, text))
            return &parser->anchors.items[number];
    return NULL;
}

// A repeated anchor replaces the earlier one from here on.
static void set_anchor(struct parser *parser, struct tree *node)
{
    struct tree **place = find_anchor(parser, node->anchor);
    if (place) {
        *place = node;
        return;
    }
    hash_index_add(parser->arena, &parser->anchors.index, slice_hash(node->anchor), (uint32_t)parser->anchors.count);
    list_append(parser->arena, &parser->anchors, node);
}

static struct tree *parse_alias(struct parser *parser, const struct tree_token *token)
{
    struct tree *node = new_node(parser, TREE_ALIAS, &token->start);
    node->text = token->text;
    node->span.end = (size_t)token->end.at;
    node->span.has_alias = true;
    struct tree **place = find_anchor(parser, token->text);
    if (!place) {
        yaml_refuse_alias(parser->diagnostics, node->position, token->text);
        return NULL;
    }
    node->target = *place;
    take_comments(parser, node);
    skip(parser);
    return node;
}

// Parses an anchor and a tag, in any order.
static bool parse_properties(struct parser *parser, struct slice *anchor, struct slice *tag)
{
    bool has_anchor = false, has_tag = false;
    for (;;) {
        const struct tree_token *token = peek(parser);
        if (token->type == YAML_ANCHOR_TOKEN && !has_anchor) {
            has_anchor = true;
            *anchor = token->text;
        } else if (token->type == YAML_TAG_TOKEN && !has_tag) {
            has_tag = true;
            if (!resolve_tag(parser, token, tag))
                return false;
        } else {
            return true;
        }
        skip(parser);
        if (has_anchor && has_tag)
            return true;
    }
}

// Skips an anchor and a tag.
static size_t skip_properties(struct slice text, size_t at)
{
    while (at < text.length && (text.data[at] == '&' || text.data[at] == '!')) {
        while (at < text.length && !strchr(" \t\r\n,[]{}", text.data[at]))
            at++;
        while (at < text.length && (text.data[at] == ' ' || text.data[at] == '\t'))
            at++;
    }
    return at;
}

static struct tree *begin(struct parser *parser, const struct tree_token *token, enum tree_kind kind,
                          struct slice anchor, struct slice tag)
{
    struct tree *node = new_node(parser, kind, &token->start);
    node->span.content = node->span.end = skip_properties(parser->scan.text, node->span.start);
    node->span.tagged = tag.length > 0;
    node->anchor = anchor;
    if (anchor.length)
        set_anchor(parser, node);
    if (kind != TREE_SCALAR)
        set_tag(parser, node, tag);
    return node;
}

static void end_scalar(struct parser *parser, struct tree *node, const struct tree_token *token)
{
    const char *text = parser->scan.text.data;
    struct tree_span *span = &node->span;
    span->end = (size_t)token->end.at;
    if (tree_is_block_scalar(token)) {
        // Empty lines after a block belong to what follows, unless its header has `+`.
        size_t line_end = span->content;
        bool keeps = false;
        for (; line_end < span->end && !strchr("\r\n#", text[line_end]); line_end++)
            keeps |= text[line_end] == '+';
        while (!keeps && span->end > line_end && strchr(" \r\n", text[span->end - 1]))
            span->end--;
    }
    if (span->end < span->content)
        span->content = span->end;
}

static struct tree *parse_scalar(struct parser *parser, const struct tree_token *start, struct slice anchor,
                                 struct slice tag)
{
    const struct tree_token *token = peek(parser);
    struct tree *node = begin(parser, start, TREE_SCALAR, anchor, tag);
    node->text = token->text;
    node->style = (uint8_t)node_style_of(token->style);
    set_tag(parser, node, tag);
    end_scalar(parser, node, token);
    take_comments(parser, node);
    skip(parser);
    return node;
}

static struct tree *parse_collection(struct parser *parser, const struct tree_token *start, struct slice anchor,
                                     struct slice tag)
{
    yaml_token_type_t type = peek(parser)->type;
    bool map = type == YAML_BLOCK_MAPPING_START_TOKEN || type == YAML_FLOW_MAPPING_START_TOKEN;
    bool flow = type == YAML_FLOW_MAPPING_START_TOKEN || type == YAML_FLOW_SEQUENCE_START_TOKEN;
    struct tree *node = begin(parser, start, map ? TREE_MAP : TREE_SEQUENCE, anchor, tag);
    if (parser->depth == NODE_DEPTH_MAX) {
        yaml_refuse_depth(parser->diagnostics, node->position);
        return NULL;
    }
    parser->depth++;
    bool good;
    if (flow) {
        good = parse_flow(parser, node);
    } else if (type == YAML_BLOCK_ENTRY_TOKEN) {
        good = parse_block_sequence(parser, node, true);
    } else {
        if (parser->has_stem)
            node->head = parser->stem;
        parser->has_stem = false;
        good = map ? parse_block_map(parser, node) : parse_block_sequence(parser, node, false);
    }
    parser->depth--;
    return good ? node : NULL;
}

static struct tree *parse_node(struct parser *parser, bool block, bool indentless)
{
    const struct tree_token *start = peek(parser);
    struct slice anchor = {0}, tag = {0};
    if (start->type == YAML_ALIAS_TOKEN)
        return parse_alias(parser, start);
    if (!parse_properties(parser, &anchor, &tag))
        return NULL;
    const struct tree_token *token = peek(parser);
    switch (token->type) {
    case YAML_SCALAR_TOKEN:
        return parse_scalar(parser, start, anchor, tag);
    case YAML_BLOCK_ENTRY_TOKEN:
        if (indentless)
            return parse_collection(parser, start, anchor, tag);
        break;
    case YAML_BLOCK_SEQUENCE_START_TOKEN:
    case YAML_BLOCK_MAPPING_START_TOKEN:
        if (block)
            return parse_collection(parser, start, anchor, tag);
        break;
    case YAML_FLOW_SEQUENCE_START_TOKEN:
    case YAML_FLOW_MAPPING_START_TOKEN:
        return parse_collection(parser, start, anchor, tag);
    default:
        break;
    }
    if (!anchor.length && !tag.length) {
        fail(parser, block ? "while parsing a block node" : "while parsing a flow node", token,
             "did not find expected node content");
        return NULL;
    }
    struct tree *node = begin(parser, start, TREE_SCALAR, anchor, tag);
    node->text = slice_literal("");
    set_tag(parser, node, tag);
    end_scalar(parser, node, &parser->scan.tokens.items[parser->next - 1]);
    return node;
}

// --- Documents.

static void add_directive(struct parser *parser, struct slice handle, struct slice prefix)
{
    struct directive directive = {handle, prefix};
    list_append(parser->arena, &parser->directives, directive);
}

// Comments at the top belong to the document down to their last empty line.
static void split_document_head(struct parser *parser, struct tree_document *document)
{
    struct slice head = parser->head.slice;
    for (size_t i = head.length; i-- > 1;) {
        if (head.data[i] != '\n' || (i + 1 < head.length && head.data[i - 1] != '\n'))
            continue;
        document->head = slice_part(head, 0, i + 1 == head.length ? i : i - 1);
        drop_head(parser, i + 1);
        return;
    }
}

// False: diagnosed. `*explicit_start`: there is a line `---`.
static bool parse_document_start(struct parser *parser, bool *explicit_start)
{
    for (; tree_is_directive(peek(parser)->type); skip(parser))
        if (peek(parser)->type == YAML_TAG_DIRECTIVE_TOKEN)
            add_directive(parser, peek(parser)->text, peek(parser)->suffix);
    bool directives = parser->directives.count > 0;
    add_directive(parser, slice_literal("!"), slice_literal("!"));
    add_directive(parser, slice_literal("!!"), slice_literal("tag:yaml.org,2002:"));
    *explicit_start = peek(parser)->type == YAML_DOCUMENT_START_TOKEN;
    if (*explicit_start)
        skip(parser);
    else if (directives)
        return fail(parser, NULL, peek(parser), "did not find expected <document start>");
    return true;
}

static bool is_document_end(yaml_token_type_t type)
{
    return tree_is_directive(type) || type == YAML_DOCUMENT_START_TOKEN || type == YAML_DOCUMENT_END_TOKEN ||
           type == YAML_STREAM_END_TOKEN;
}

static bool parse_document(struct parser *parser, struct tree_document **result)
{
    *result = NULL;
    peek(parser);
    skip(parser);  // the start of the stream
    if (peek(parser)->type == YAML_STREAM_END_TOKEN)
        return true;
    struct tree_document *document = arena_new(parser->arena, struct tree_document);
    bool explicit_start;
    if (!parse_document_start(parser, &explicit_start))
        return false;
    if (!explicit_start)
        split_document_head(parser, document);
    if (explicit_start && is_document_end(peek(parser)->type))
        document->root = empty_scalar(parser, peek(parser));
    else
        document->root = parse_node(parser, true, false);
    if (!document->root)
        return false;
    peek(parser);
    document->foot = parser->foot.slice.length ? parser->foot.slice : parser->head.slice;
    *result = document;
    return true;
}

// kustomize reads this many tokens after the first document, and fails if they are invalid.
enum { TOKENS_BEYOND = 2 };

// Reuses the lists of the previous chunk.
static bool read_chunk(struct parser *parser, const struct yaml_chunk *chunk, int beyond,
                       struct tree_document **document)
{
    *parser = (struct parser){
        .arena = parser->arena,
        .diagnostics = parser->diagnostics,
        .chunk = *chunk,
        .scan = parser->scan,
    };
    return tree_scan(parser->arena, parser->diagnostics, chunk, beyond, &parser->scan) &&
           parse_document(parser, document);
}

static bool read_first(struct read_context *context, const struct source *source, int beyond,
                       struct tree_document **document)
{
    struct parser parser = {.arena = context->arena, .diagnostics = context->diagnostics};
    return read_chunk(&parser, &(struct yaml_chunk){.source = source, .text = source->content}, beyond, document);
}

bool tree_read_first(struct read_context *context, const struct source *source, struct tree_document **document)
{
    return read_first(context, source, TOKENS_BEYOND, document);
}

bool tree_read(struct read_context *context, const struct source *source, struct tree_documents *documents)
{
    struct slice content = source->content;
    if (slice_find(content, slice_literal("\r\n")) != SLICE_NOT_FOUND)
        content = yaml_copy_with_line_feeds(arena_allocate(context->arena, content.length, 1), content);
    struct yaml_splitter splitter = {.source = source, .rest = content};
    struct parser parser = {.arena = context->arena, .diagnostics = context->diagnostics};
    struct yaml_chunk chunk;
    enum yaml_split cut;
    while ((cut = yaml_splitter_next(&splitter, context->diagnostics, &chunk)) != YAML_NO_MORE) {
        struct tree_document *document;
        if (cut != YAML_CHUNK || !read_chunk(&parser, &chunk, TOKENS_BEYOND, &document))
            return false;
        if (document && !tree_is_null(document->root))
            list_append(context->arena, documents, document);
    }
    return true;
}

struct tree *tree_read_spans(struct arena *arena, struct slice text)
{
    struct sources sources = {.arena = arena};
    struct diagnostics ignored;
    diagnostics_init(&ignored, arena, &sources);
    struct read_context read = {.arena = arena, .diagnostics = &ignored};
    struct tree_document *document;
    // The offsets would be those of the text in UTF-8.
    if (yaml_walk_start(text).unit == 2 || !read_first(&read, &(struct source){.content = text}, 0, &document))
        return NULL;
    return document ? document->root : NULL;
}

// --- Comments without a tree.

static void add_comments(struct arena *arena, struct slice text, size_t at, size_t end,
                         struct tree_comment_lines *comments)
{
    for (; at < end; at++) {
        if (text.data[at] != '#')
            continue;
        size_t line_end = yaml_line_end(text, at);
        list_append(arena, comments, slice_trim(slice_part(text, at, line_end), "\r"));
        at = line_end;
    }
}

void tree_read_comments(struct arena *arena, struct slice text, struct tree_comment_lines *comments)
{
    struct sources sources = {.arena = arena};
    struct diagnostics ignored;
    struct tree_scan scan = {0};
    struct source source = {.content = text};
    if (slice_find_byte(text, '#') == SLICE_NOT_FOUND || yaml_walk_start(text).unit == 2)
        return;
    diagnostics_init(&ignored, arena, &sources);
    tree_scan(arena, &ignored, &(struct yaml_chunk){.source = &source, .text = text}, 0, &scan);
    size_t at = 0;
    for (size_t i = 0; i < scan.tokens.count; i++) {
        const struct tree_token *token = &scan.tokens.items[i];
        size_t start = (size_t)token->start.at;
        add_comments(arena, scan.text, at, start, comments);
        // `|- # words`
        if (tree_is_block_scalar(token))
            add_comments(arena, scan.text, start, yaml_line_end(scan.text, start), comments);
        at = (size_t)token->end.at;
    }
}
