// yaml/spans.c
//
// libyaml is asked twice: its scanner tells where dashes, colons and commas are, its parser what the values are.
#include "yaml/spans.h"

#include <yaml.h>

#include "base/fatal.h"
#include "doc/yaml11.h"

struct span_reader {
    struct arena *arena;
    struct slice text;
    yaml_parser_t *parser;
    size_t byte, character;  // a place of which both counts are known
    struct yaml_offsets dashes, colons, *commas;
};

// libyaml counts characters; its marks come in rising order, nearly always.
static size_t byte_of(struct span_reader *reader, yaml_mark_t mark)
{
    if (mark.index < reader->character)
        reader->byte = reader->character = 0;
    if (reader->byte == 0 && slice_starts_with(reader->text, slice_literal("\xEF\xBB\xBF")))
        reader->byte = 3;
    while (reader->character < mark.index && reader->byte < reader->text.length) {
        reader->byte++;
        while (reader->byte < reader->text.length && ((unsigned char)reader->text.data[reader->byte] & 0xC0) == 0x80)
            reader->byte++;
        reader->character++;
    }
    return reader->byte;
}

// --- Dashes, colons, commas.

// The first offset above `limit` has this index.
static size_t index_above(const struct yaml_offsets *offsets, size_t limit)
{
    size_t low = 0, high = offsets->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (offsets->items[middle] <= limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// The last offset that is not above `limit`, 0 when there is none.
static size_t last_until(const struct yaml_offsets *offsets, size_t limit)
{
    size_t index = index_above(offsets, limit);
    return index ? offsets->items[index - 1] : 0;
}

size_t yaml_offsets_next(const struct yaml_offsets *offsets, size_t from)
{
    size_t index = from ? index_above(offsets, from - 1) : 0;
    return index < offsets->count ? offsets->items[index] : SLICE_NOT_FOUND;
}

static void start_parser(struct span_reader *reader, yaml_parser_t *parser)
{
    if (!yaml_parser_initialize(parser))
        fatal_out_of_memory();
    yaml_parser_set_input_string(parser, (const unsigned char *)(reader->text.data ? reader->text.data : ""),
                                 reader->text.length);
    reader->parser = parser;
    reader->byte = reader->character = 0;
}

// Without memory a text seems to end early, and would be changed in the wrong places.
static void check_memory(yaml_parser_t *parser)
{
    if (parser->error != YAML_MEMORY_ERROR)
        return;
    yaml_parser_delete(parser);
    fatal_out_of_memory();
}

static void read_indicators(struct span_reader *reader)
{
    yaml_parser_t parser;
    start_parser(reader, &parser);
    for (bool more = true; more;) {
        yaml_token_t token;
        if (!yaml_parser_scan(&parser, &token)) {
            check_memory(&parser);
            break;
        }
        more = token.type != YAML_STREAM_END_TOKEN && token.type != YAML_NO_TOKEN;
        if (token.type == YAML_BLOCK_ENTRY_TOKEN)
            list_append(reader->arena, &reader->dashes, byte_of(reader, token.start_mark));
        else if (token.type == YAML_VALUE_TOKEN)
            list_append(reader->arena, &reader->colons, byte_of(reader, token.end_mark));
        else if (token.type == YAML_FLOW_ENTRY_TOKEN)
            list_append(reader->arena, reader->commas, byte_of(reader, token.start_mark));
        yaml_token_delete(&token);
    }
    yaml_parser_delete(&parser);
}

// --- Values.

// Behind an anchor and a tag.
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

static char quote_of(yaml_scalar_style_t style)
{
    return style == YAML_SINGLE_QUOTED_SCALAR_STYLE ? '\'' : style == YAML_DOUBLE_QUOTED_SCALAR_STYLE ? '"' : '\0';
}

static bool next_event(struct span_reader *reader, yaml_event_t *event)
{
    if (yaml_parser_parse(reader->parser, event))
        return true;
    check_memory(reader->parser);
    return false;
}

static struct yaml_span *read_value(struct span_reader *, yaml_event_t *);

// Places a child that has been read behind its key or dash.
static void place(struct span_reader *reader, struct yaml_span *parent, struct yaml_span *child)
{
    if (parent->kind == NODE_MAP) {
        child->after = last_until(&reader->colons, child->start);
        if (child->after < child->key_end)
            child->after = child->key_end;
    } else if (parent->flow) {
        child->entry_start = child->after = child->start;
    } else {
        child->entry_start = child->start ? last_until(&reader->dashes, child->start - 1) : 0;
        child->after = child->entry_start + 1;
    }
    list_append(reader->arena, parent, child);
    parent->has_alias |= child->has_alias;
    if (!parent->flow && child->end > parent->end)
        parent->end = child->end;
    if (!parent->flow && parent->count == 1)
        parent->content = child->entry_start;
}

// As yaml_read names it: `yes` is "true".
static struct slice name_of_key(struct arena *arena, const yaml_event_t *event)
{
    struct node key = {.kind = NODE_SCALAR,
                       .tag = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE ? TAG_IMPLICIT : TAG_STRING};
    struct scalar_value value;
    node_set_text(&key, (struct slice){(const char *)event->data.scalar.value, event->data.scalar.length});
    bool other = key.tag == TAG_IMPLICIT && yaml11_resolve(&key, &value) &&
                 (value.type == SCALAR_BOOL || value.type == SCALAR_INT || value.type == SCALAR_FLOAT);
    return other ? scalar_value_text(arena, value) : arena_copy(arena, node_text(&key));
}

static bool read_children(struct span_reader *reader, struct yaml_span *span, yaml_event_type_t end)
{
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event))
            return false;
        if (event.type == end) {
            if (span->flow)
                span->end = byte_of(reader, event.end_mark);
            yaml_event_delete(&event);
            return true;
        }
        struct yaml_span *key = NULL;
        struct slice key_text = {0};
        if (span->kind == NODE_MAP) {
            if (event.type == YAML_SCALAR_EVENT)
                key_text = name_of_key(reader->arena, &event);
            else
                span->odd = true;
            key = read_value(reader, &event);
            if (!key || !next_event(reader, &event))
                return false;
            span->merges |= !key->quote && slice_equals(key_text, "<<");
        }
        struct yaml_span *child = read_value(reader, &event);
        if (!child)
            return false;
        if (key) {
            child->key = key_text;
            child->entry_start = key->start;
            child->key_end = key->end;
            child->key_quote = key->quote;
        }
        place(reader, span, child);
    }
}

static void describe_scalar(struct span_reader *reader, struct yaml_span *span, const yaml_event_t *event)
{
    span->quote = quote_of(event->data.scalar.style);
    span->tagged = event->data.scalar.tag != NULL;
    span->block_scalar = event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
                         event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
    span->end = byte_of(reader, event->end_mark);
    if (!span->block_scalar)
        return;
    // Empty lines behind a block belong to what follows, unless its header says `+`.
    size_t line_end = span->content;
    bool keeps = false;
    for (; line_end < span->end && !strchr("\r\n#", reader->text.data[line_end]); line_end++)
        keeps |= reader->text.data[line_end] == '+';
    while (!keeps && span->end > line_end && strchr(" \r\n", reader->text.data[span->end - 1]))
        span->end--;
}

// Takes over the event. NULL: the text does not parse.
static struct yaml_span *read_value(struct span_reader *reader, yaml_event_t *event)
{
    struct yaml_span *span = arena_new(reader->arena, struct yaml_span);
    span->start = byte_of(reader, event->start_mark);
    span->line = (uint32_t)event->start_mark.line + 1;
    span->column = (uint32_t)event->start_mark.column + 1;
    span->content = skip_properties(reader->text, span->start);
    span->end = span->content;
    bool done = true;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        span->kind = NODE_SCALAR;
        describe_scalar(reader, span, event);
        if (span->end < span->content)
            span->content = span->end;
        break;
    case YAML_ALIAS_EVENT:
        span->kind = NODE_SCALAR;
        span->alias = span->has_alias = true;
        span->content = span->start;
        span->end = byte_of(reader, event->end_mark);
        break;
    case YAML_MAPPING_START_EVENT:
        span->kind = NODE_MAP;
        span->flow = event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
        span->tagged = event->data.mapping_start.tag != NULL;
        done = read_children(reader, span, YAML_MAPPING_END_EVENT);
        break;
    case YAML_SEQUENCE_START_EVENT:
        span->kind = NODE_SEQUENCE;
        span->flow = event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
        span->tagged = event->data.sequence_start.tag != NULL;
        done = read_children(reader, span, YAML_SEQUENCE_END_EVENT);
        break;
    default:
        done = false;
    }
    yaml_event_delete(event);
    return done ? span : NULL;
}

static struct yaml_span *read_document(struct span_reader *reader)
{
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event))
            return NULL;
        if (event.type != YAML_STREAM_START_EVENT && event.type != YAML_DOCUMENT_START_EVENT)
            return read_value(reader, &event);
        yaml_event_delete(&event);
    }
}

void yaml_spans_read(struct arena *arena, struct slice text, struct yaml_spans *spans)
{
    *spans = (struct yaml_spans){0};
    struct span_reader reader = {.arena = arena, .text = text, .commas = &spans->commas};
    read_indicators(&reader);
    yaml_parser_t parser;
    start_parser(&reader, &parser);
    spans->root = read_document(&reader);
    yaml_parser_delete(&parser);
}
