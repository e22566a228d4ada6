// yaml/read.c
//
// libyaml's events become nodes at once. Entries of open maps and items of open lists wait on two stacks, so that each
// map and list is allocated once, in its final size.
#include "yaml/read.h"

#include <stdlib.h>
#include <yaml.h>

#include "base/base64.h"
#include "base/fatal.h"
#include "base/recovery.h"
#include "base/hash_index.h"
#include "base/utf8.h"
#include "doc/yaml11.h"
#include "doc/merge_key.h"
#include "yaml/chunk.h"
#include "yaml/suspect.h"
#include "yaml/mend.h"
#include "yaml/plain.h"
#include "yaml/problem.h"
#include "yaml/scalar_style.h"
#include "yaml/shared_text.h"

// Bounds on what aliases may add to a file: a few lines of aliases of aliases could ask for more memory than there is.
enum { ALIAS_NODES_MAX = 1 << 18, ALIAS_BYTES_MAX = 64 << 20 };

enum dialect {
    DIALECT_RESOURCE,
    DIALECT_YAML11,         // read as YAML 1.1 and converted to JSON
    DIALECT_YAML11_STRICT,  // a repeated key is an error
};

// An open map or list.
struct frame {
    struct node *node;
    size_t base;             // the start of its entries or items on their stack
    struct map_entry entry;  // of a map; its key is set while the value is awaited
    uint32_t anchor;         // 1 + its number; 0: none
    bool merges;             // has `<<`
};

struct anchor {
    const struct name *name;
    struct node *node;
    bool open;  // the map or list is not complete yet
};

struct reader {
    struct arena *arena;
    struct name_cache *names;
    struct diagnostics *diagnostics;
    enum dialect dialect;
    struct yaml_chunk chunk;
    yaml_parser_t parser;
    yaml_event_t event;  // the current event, which owns libyaml's memory

    struct frame *frames;
    size_t frame_count, frame_capacity;
    struct map_entry *entries;
    size_t entry_count, entry_capacity;
    struct node **items;
    size_t item_count, item_capacity;
    struct node *root;
    struct node *kept;     // the newest node, if it is a block scalar with blank lines at its end
    yaml_mark_t kept_end;  // its end

    struct anchor *anchors;
    size_t anchor_count, anchor_capacity;
    struct hash_index anchor_index;  // by the ID of the name
    size_t copied;                   // nodes that aliases added
    size_t copied_bytes;             // bytes of their strings and keys

    struct plain_events plain;
    struct yaml_walk walk;  // through the chunk's text, in step with the events
    bool may_hold_slash;
    struct yaml_mend mend;
};

// --- Stacks.

static void *grow(void *items, size_t *capacity, size_t size)
{
    size_t wanted = *capacity ? *capacity * 2 : 64;
    if (wanted > SIZE_MAX / size)
        fatal_out_of_memory();
    void *grown = piece_resize(items, wanted * size);
    *capacity = wanted;
    return grown;
}

static void push_entry(struct reader *reader, struct map_entry entry)
{
    if (reader->entry_count == reader->entry_capacity)
        reader->entries = grow(reader->entries, &reader->entry_capacity, sizeof *reader->entries);
    reader->entries[reader->entry_count++] = entry;
}

static void push_item(struct reader *reader, struct node *item)
{
    if (reader->item_count == reader->item_capacity)
        reader->items = grow(reader->items, &reader->item_capacity, sizeof *reader->items);
    reader->items[reader->item_count++] = item;
}

static struct frame *innermost(struct reader *reader)
{
    return reader->frame_count ? &reader->frames[reader->frame_count - 1] : NULL;
}

static bool awaits_key(const struct frame *frame)
{
    return frame && frame->node->kind == NODE_MAP && !frame->entry.key;
}

static struct position position_of(const struct reader *reader, yaml_mark_t mark)
{
    return yaml_chunk_position(&reader->chunk, mark.line, mark.column);
}

// --- Anchors and aliases.

static bool find_anchor(const struct reader *reader, const struct name *name, uint32_t *number)
{
    struct hash_cursor at = hash_index_find(&reader->anchor_index, name->id);
    return hash_cursor_next(&at, number);
}

// A repeated name refers to the newest node. Returns 1 + the number of the anchor.
static uint32_t set_anchor(struct reader *reader, const yaml_char_t *text, struct node *node)
{
    const struct name *name = name_intern_cached(reader->names, slice_from((const char *)text));
    struct anchor anchor = {name, node, node->kind != NODE_SCALAR};
    uint32_t number;
    if (find_anchor(reader, name, &number)) {
        reader->anchors[number] = anchor;
        return number + 1;
    }
    if (reader->anchor_count == reader->anchor_capacity)
        reader->anchors = grow(reader->anchors, &reader->anchor_capacity, sizeof *reader->anchors);
    reader->anchors[reader->anchor_count] = anchor;
    hash_index_add(reader->arena, &reader->anchor_index, name->id, (uint32_t)reader->anchor_count);
    return (uint32_t)++reader->anchor_count;
}

// The node that an alias refers to; NULL: diagnosed.
static struct node *anchored_node(struct reader *reader, const yaml_event_t *event)
{
    struct slice text = slice_from((const char *)event->data.alias.anchor);
    struct position position = position_of(reader, event->start_mark);
    uint32_t number;
    if (!find_anchor(reader, name_intern_cached(reader->names, text), &number)) {
        yaml_refuse_alias(reader->diagnostics, position, text);
        return NULL;
    }
    if (reader->anchors[number].open) {
        diagnose(reader->diagnostics, position, "the alias '*%.*s' is inside its own anchor", SLICE_ARGS(text));
        return NULL;
    }
    return reader->anchors[number].node;
}

// The copies share their strings, but whatever prints or changes the nodes writes each of them out.
static bool count_bytes(struct reader *reader, const struct node *node, struct position alias)
{
    if (node_is_scalar(node))
        reader->copied_bytes += node_text(node).length;
    for (uint32_t i = 0; node->kind == NODE_MAP && i < node->count; i++)
        reader->copied_bytes += node->entries[i].key->text.length;
    return reader->copied_bytes <= ALIAS_BYTES_MAX ||
           diagnose_limit(reader->diagnostics, alias, "the aliases of this file expand to more than %d MiB of text",
                          ALIAS_BYTES_MAX >> 20);
}

static struct node *copy_anchored(struct reader *reader, const struct node *node, size_t depth, struct position alias)
{
    if (++reader->copied > ALIAS_NODES_MAX) {
        diagnose_limit(reader->diagnostics, alias, "the aliases of this file expand to more than %d values",
                       ALIAS_NODES_MAX);
        return NULL;
    }
    if (!count_bytes(reader, node, alias))
        return NULL;
    if (depth > NODE_DEPTH_MAX && node->kind != NODE_SCALAR) {
        yaml_refuse_depth(reader->diagnostics, alias);
        return NULL;
    }
    struct node *copy = arena_new(reader->arena, struct node);
    *copy = *node;
    if (node->kind == NODE_SCALAR)
        return copy;
    copy->count = copy->capacity = 0;
    if (node->kind == NODE_MAP) {
        copy->entries = NULL;
        node_map_fill(reader->arena, copy, node->entries, node->count);
        for (uint32_t i = 0; i < copy->count; i++)
            if (!(copy->entries[i].value = copy_anchored(reader, node->entries[i].value, depth + 1, alias)))
                return NULL;
    } else {
        node_sequence_fill(reader->arena, copy, node->items, node->count);
        for (uint32_t i = 0; i < copy->count; i++)
            if (!(copy->items[i] = copy_anchored(reader, node->items[i], depth + 1, alias)))
                return NULL;
    }
    return copy;
}

// --- Tags.

static enum node_tag tag_of(const char *tag)
{
    static const struct {
        const char *text;
        enum node_tag tag;
    } tags[] = {
        {"str", TAG_STRING},  {"null", TAG_NULL},           {"bool", TAG_BOOL},     {"int", TAG_INT},
        {"float", TAG_FLOAT}, {"timestamp", TAG_TIMESTAMP}, {"binary", TAG_BINARY}, {"merge", TAG_MERGE},
    };
    static const char prefix[] = "tag:yaml.org,2002:";
    if (strncmp(tag, prefix, sizeof prefix - 1) != 0)
        return TAG_OTHER;
    for (size_t i = 0; i < countof(tags); i++)
        if (strcmp(tag + sizeof prefix - 1, tags[i].text) == 0)
            return tags[i].tag;
    return TAG_OTHER;
}

// kustomize prints the tag `!%21` as `!!`, which no reader accepts.
static bool check_tag(struct reader *reader, const yaml_event_t *event, const yaml_char_t *tag)
{
    if (reader->dialect != DIALECT_RESOURCE || !tag || strcmp((const char *)tag, "!!") != 0)
        return true;
    return diagnose(reader->diagnostics, position_of(reader, event->start_mark), "the tag '!%%21' cannot be printed");
}

// The kind, style, tag, and position of a scalar; the event still owns its text.
static struct node describe_scalar(const struct reader *reader, const yaml_event_t *event)
{
    struct node scalar = {
        .kind = NODE_SCALAR,
        .style = (uint8_t)node_style_of(event->data.scalar.style),
        .position = position_of(reader, event->start_mark),
    };
    node_set_text(&scalar, (struct slice){(const char *)event->data.scalar.value, event->data.scalar.length});
    const char *tag = (const char *)event->data.scalar.tag;
    scalar.tag = scalar.style == STYLE_PLAIN ? TAG_IMPLICIT : TAG_STRING;
    if (tag && strcmp(tag, "!") == 0) {
        // `! 5` is a string in YAML 1.1; in a resource, `!` has no effect.
        if (reader->dialect != DIALECT_RESOURCE)
            scalar.tag = TAG_STRING;
    } else if (tag) {
        scalar.tag = (uint8_t)tag_of(tag);
        scalar.flags = NODE_TAG_EXPLICIT;
    }
    return scalar;
}

// --- YAML 1.1: tags take effect at once, because everything becomes JSON.

static bool check_yaml11(struct reader *reader, struct node *scalar, struct scalar_value *value)
{
    struct slice text = node_text(scalar);
    if (scalar->tag == TAG_BINARY) {
        if (!base64_decode_new(reader->arena, text, BASE64_GO, &text))
            return diagnose(reader->diagnostics, scalar->position, "a !!binary value must be base64");
        node_set_text(scalar, text);
        scalar->tag = TAG_STRING;
    }
    if (yaml11_resolve(scalar, value))
        return true;
    return diagnose(reader->diagnostics, scalar->position, "'%.*s' does not match its tag", SLICE_ARGS(text));
}

static bool check_yaml11_value(struct reader *reader, struct node *scalar)
{
    // A plain scalar needs a check only if it may be `.inf` or `.nan`.
    if (scalar->tag == TAG_STRING || (scalar->tag == TAG_IMPLICIT && (scalar->count < 4 || scalar->count > 5)))
        return true;
    struct scalar_value value;
    if (!check_yaml11(reader, scalar, &value))
        return false;
    if (value.type != SCALAR_FLOAT || value.number - value.number == 0)
        return true;
    return diagnose(reader->diagnostics, scalar->position, "JSON cannot represent the number %.*s",
                    SLICE_ARGS(node_text(scalar)));
}

// Sets the text of a key to the string that it becomes in JSON.
static bool name_yaml11_key(struct reader *reader, struct node *key)
{
    struct scalar_value value;
    if (key->tag == TAG_STRING)
        return true;
    if (!check_yaml11(reader, key, &value))
        return false;
    if (value.type == SCALAR_NULL || value.type == SCALAR_UINT) {
        diagnose(reader->diagnostics, key->position, "a %s cannot be a key",
                 value.type == SCALAR_NULL ? "null" : "number of this size");
        // A label or an annotation with this key cannot be printed, even if it is in quotes here.
        diagnose_hint(reader->diagnostics, value.type == SCALAR_NULL ? "choose another key" : "quote the key");
        return false;
    }
    if (value.type != SCALAR_STRING && value.type != SCALAR_MERGE)
        node_set_text(key, scalar_value_text(reader->arena, value));
    key->tag = TAG_STRING;
    return true;
}

// --- Events.

// Puts a complete node where it belongs: into the innermost map or list, or at the root of the document.
static void place(struct reader *reader, struct node *node)
{
    struct frame *frame = innermost(reader);
    if (!frame) {
        reader->root = node;
    } else if (frame->node->kind == NODE_SEQUENCE) {
        push_item(reader, node);
    } else {
        frame->entry.value = node;
        push_entry(reader, frame->entry);
        frame->entry.key = NULL;
    }
}

static bool add_key(struct reader *reader, struct frame *frame, struct node *key, bool from_alias)
{
    bool resource = reader->dialect == DIALECT_RESOURCE;
    struct slice text = node_text(key);
    bool is_merge_text = text.length == 2 && text.data[0] == '<' && text.data[1] == '<';
    bool merge = !from_alias && ((is_merge_text && key->tag == TAG_IMPLICIT) ||
                                 (key->tag == TAG_MERGE && (resource || is_merge_text)));
    if (!resource && !merge && !name_yaml11_key(reader, key))
        return false;
    frame->entry = (struct map_entry){
        .key = name_intern_cached(reader->names, node_text(key)),
        .key_line = key->position.line,
        .key_column = key->position.column < 0xFFFFFF ? key->position.column : 0xFFFFFF,
        .key_tag = merge                   ? TAG_MERGE
                   : key->tag == TAG_MERGE ? TAG_STRING
                                           : key->tag,
    };
    frame->merges |= merge || (resource && is_merge_text);
    return true;
}

static struct node *keep_scalar(struct reader *reader, const struct node *scalar)
{
    struct node *node = arena_new(reader->arena, struct node);
    *node = *scalar;
    node->text = arena_copy(reader->arena, node_text(scalar)).data;
    return node;
}

// True when a blank line after a block scalar belongs to its text.
static bool keeps_blank_line(const struct node *scalar)
{
    if (scalar->style != STYLE_LITERAL && scalar->style != STYLE_FOLDED)
        return false;
    struct slice text = node_text(scalar), left = text;
    size_t breaks = 0;
    while (left.length) {
        size_t last = character_before(left, left.length);
        if (!character_is_break(character_at(left, last).code))
            break;
        left.length = last;
        breaks++;
    }
    return breaks > 1 || (breaks && !left.length);
}

// kustomize prints a resource with its comments and reads it again. It puts an empty line before a comment at the end,
// and a block scalar that keeps its line breaks absorbs that line.
static void mark_growing(struct reader *reader)
{
    struct yaml_walk walk = yaml_walk_start(reader->chunk.text);
    if (!reader->kept || walk.unit != 1)
        return;
    struct slice rest = text_trim_space(slice_from_index(walk.text, yaml_walk_to(&walk, reader->kept_end.index)));
    if (slice_starts_with(rest, slice_literal("#")))
        reader->kept->flags |= NODE_GROWS;
}

static bool read_scalar(struct reader *reader, yaml_event_t *event)
{
    if (event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) {
        if (reader->may_hold_slash &&
            !yaml_check_slash(reader->diagnostics, &reader->chunk, &reader->walk, event->start_mark, event->end_mark))
            return false;
    }
    if (reader->mend.text)
        yaml_mend_scalar(&reader->mend, event->data.scalar.value, event->data.scalar.length);
    if (!check_tag(reader, event, event->data.scalar.tag))
        return false;
    struct node scalar = describe_scalar(reader, event);
    struct frame *frame = innermost(reader);
    if (frame && frame->node->style == STYLE_FLOW && scalar.style == STYLE_PLAIN &&
        !yaml_check_flow_text(reader->diagnostics, scalar.position, node_text(&scalar)))
        return false;
    bool is_key = awaits_key(frame);
    if (!is_key && reader->dialect != DIALECT_RESOURCE && !check_yaml11_value(reader, &scalar))
        return false;
    if (is_key) {
        if (event->data.scalar.anchor)
            set_anchor(reader, event->data.scalar.anchor, keep_scalar(reader, &scalar));
        return add_key(reader, frame, &scalar, false);
    }
    struct node *node = keep_scalar(reader, &scalar);
    if (reader->dialect == DIALECT_RESOURCE && keeps_blank_line(node)) {
        reader->kept = node;
        reader->kept_end = event->end_mark;
    }
    if (event->data.scalar.anchor)
        set_anchor(reader, event->data.scalar.anchor, node);
    place(reader, node);
    return true;
}

static bool refuse_key(struct reader *reader, struct position position, const char *kind)
{
    const char *hint = yaml_suspect_hint(&reader->chunk, position.line - reader->chunk.lines_before - 1);
    diagnose(reader->diagnostics, position, "%s cannot be a key", kind);
    diagnose_hint(reader->diagnostics, "%s", hint ? hint : "quote a key that starts with '[' or '{'");
    return false;
}

static bool read_alias(struct reader *reader, const yaml_event_t *event)
{
    struct frame *frame = innermost(reader);
    struct position position = position_of(reader, event->start_mark);
    const struct node *anchored = anchored_node(reader, event);
    if (!anchored)
        return false;
    if (awaits_key(frame)) {
        if (anchored->kind != NODE_SCALAR)
            return refuse_key(reader, position, node_kind_phrase(anchored));
        struct node key = *anchored;
        key.position = position;
        return add_key(reader, frame, &key, true);
    }
    struct node *copy = copy_anchored(reader, anchored, reader->frame_count + 1, position);
    if (!copy)
        return false;
    if (copy->kind == NODE_SEQUENCE && frame && frame->node->kind == NODE_MAP && frame->entry.key_tag == TAG_MERGE)
        copy->flags |= NODE_FROM_ALIAS;
    place(reader, copy);
    return true;
}

static bool open_collection(struct reader *reader, const yaml_event_t *event, enum node_kind kind, bool flow,
                            const yaml_char_t *anchor)
{
    struct position position = position_of(reader, event->start_mark);
    if (awaits_key(innermost(reader)))
        return refuse_key(reader, position, kind == NODE_MAP ? "a map" : "a list");
    if (reader->frame_count == NODE_DEPTH_MAX)
        return yaml_refuse_depth(reader->diagnostics, position);
    if (reader->frame_count == reader->frame_capacity)
        reader->frames = grow(reader->frames, &reader->frame_capacity, sizeof *reader->frames);
    struct frame *frame = &reader->frames[reader->frame_count++];
    *frame = (struct frame){.base = kind == NODE_MAP ? reader->entry_count : reader->item_count};
    frame->node = kind == NODE_MAP ? node_new_map(reader->arena, position) : node_new_sequence(reader->arena, position);
    frame->node->style = flow ? STYLE_FLOW : STYLE_PLAIN;
    if (anchor)
        frame->anchor = set_anchor(reader, anchor, frame->node);
    return true;
}

// True when the innermost map is merged into another: it is the value of `<<`, or an item of the list that is.
static bool is_merged(const struct reader *reader)
{
    size_t depth = reader->frame_count - 1;
    if (depth && reader->frames[depth - 1].node->kind == NODE_SEQUENCE)
        depth--;
    const struct frame *around = depth ? &reader->frames[depth - 1] : NULL;
    return around && around->node->kind == NODE_MAP && around->entry.key && around->entry.key_tag == TAG_MERGE;
}

static bool fill_map(struct reader *reader, const struct frame *frame)
{
    uint32_t count = (uint32_t)(reader->entry_count - frame->base);
    if (!count)
        return true;
    const struct map_entry *entries = reader->entries + frame->base;
    struct yaml_merge merge = {.arena = reader->arena,
                               .diagnostics = reader->diagnostics,
                               .refuse_repeated = reader->dialect == DIALECT_YAML11_STRICT};
    if (reader->dialect != DIALECT_RESOURCE)
        return yaml_merge_in_order(&merge, frame->node, entries, count);
    merge.keep_quoted = frame->merges && is_merged(reader);
    if (frame->merges)
        return yaml_merge_resource(&merge, frame->node, entries, count);
    node_map_fill(reader->arena, frame->node, entries, count);
    return true;
}

static bool close_collection(struct reader *reader)
{
    struct frame frame = *innermost(reader);
    if (frame.node->kind == NODE_MAP) {
        if (!fill_map(reader, &frame))
            return false;
        reader->entry_count = frame.base;
    } else if (reader->item_count > frame.base) {
        node_sequence_fill(reader->arena, frame.node, reader->items + frame.base,
                           (uint32_t)(reader->item_count - frame.base));
        reader->item_count = frame.base;
    }
    if (frame.anchor && reader->anchors[frame.anchor - 1].node == frame.node)
        reader->anchors[frame.anchor - 1].open = false;
    reader->frame_count--;
    place(reader, frame.node);
    return true;
}

// kustomize reads two tokens more than it needs, and fails if they are invalid.
static bool scan_beyond(struct reader *reader, bool explicit_end)
{
    for (int left = explicit_end ? 2 : 3; left > 0; left--) {
        yaml_token_t token;
        if (!yaml_parser_scan(&reader->parser, &token)) {
            yaml_problem_diagnose(reader->diagnostics, &reader->parser, &reader->chunk);
            return false;
        }
        bool last = token.type == YAML_STREAM_END_TOKEN || token.type == YAML_NO_TOKEN;
        yaml_token_delete(&token);
        if (last)
            break;
    }
    return true;
}

// `*done` is set at the end of the first document or of the text.
static bool read_event(struct reader *reader, yaml_event_t *event, bool *done)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        reader->kept = NULL;
        return read_scalar(reader, event);
    case YAML_ALIAS_EVENT:
        reader->kept = NULL;
        return read_alias(reader, event);
    case YAML_MAPPING_START_EVENT:
        reader->kept = NULL;
        return open_collection(reader, event, NODE_MAP, event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE,
                               event->data.mapping_start.anchor);
    case YAML_SEQUENCE_START_EVENT:
        reader->kept = NULL;
        return open_collection(reader, event, NODE_SEQUENCE,
                               event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
                               event->data.sequence_start.anchor);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        return close_collection(reader);
    case YAML_DOCUMENT_START_EVENT:
        return yaml_check_version(reader->diagnostics, position_of(reader, event->start_mark),
                                  event->data.document_start.version_directive);
    case YAML_DOCUMENT_END_EVENT:
        *done = true;
        mark_growing(reader);
        return reader->dialect != DIALECT_RESOURCE || scan_beyond(reader, !event->data.document_end.implicit);
    case YAML_STREAM_END_EVENT:
        *done = true;
        return true;
    default:
        return true;
    }
}

enum outcome { OUTCOME_GOOD, OUTCOME_FAILED, OUTCOME_AGAIN };

static const yaml_char_t *tag_of_event(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return event->data.scalar.tag;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.tag;
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.tag;
    default:
        return NULL;
    }
}

static struct position position_of_mark(const struct reader *reader)
{
    return yaml_chunk_position(&reader->chunk, reader->mend.line, reader->mend.column);
}

static const char without_marks[] = "remove the invisible character U+FEFF, which belongs at the start of a file";

static enum outcome diagnose_problem(struct reader *reader)
{
    if (!reader->mend.mark[0]) {
        yaml_problem_diagnose(reader->diagnostics, &reader->parser, &reader->chunk);
        return OUTCOME_FAILED;
    }
    diagnose(reader->diagnostics, position_of_mark(reader), "byte order mark inside the file");
    diagnose_hint(reader->diagnostics, "%s", without_marks);
    return OUTCOME_FAILED;
}

static void release_parser(void *state)
{
    struct reader *reader = state;
    yaml_event_delete(&reader->event);
    yaml_parser_delete(&reader->parser);
}

static enum outcome read_events(struct reader *reader)
{
    for (bool done = false; !done;) {
        yaml_event_t *event = &reader->event;
        if (!yaml_parser_parse(&reader->parser, event))
            return yaml_mend_failure(&reader->mend, &reader->walk, &reader->chunk.text, &reader->parser)
                       ? OUTCOME_AGAIN
                       : diagnose_problem(reader);
        if (tag_of_event(event) &&
            yaml_mend_tag(&reader->mend, &reader->walk, &reader->chunk.text, event->start_mark)) {
            yaml_event_delete(event);
            return OUTCOME_AGAIN;
        }
        bool good = read_event(reader, event, &done);
        yaml_event_delete(event);
        if (!good)
            return OUTCOME_FAILED;
    }
    return OUTCOME_GOOD;
}

static void begin_text(struct reader *reader)
{
    reader->root = reader->kept = NULL;
    reader->frame_count = reader->entry_count = reader->item_count = reader->anchor_count = 0;
    reader->anchor_index = (struct hash_index){0};
}

// Makes the event that libyaml would produce. A scalar in plain text has no escapes: its value is in the text.
static void take_plain(const struct reader *reader, const struct plain_event *plain, yaml_event_t *event)
{
    event->start_mark = (yaml_mark_t){plain->start, plain->line, plain->column};
    bool flow = plain->style == STYLE_FLOW, quoted = !flow && plain->style != STYLE_PLAIN;
    switch ((enum plain_event_type)plain->type) {
    case PLAIN_SCALAR:
        event->type = YAML_SCALAR_EVENT;
        event->end_mark.index = plain->end;
        event->data.scalar.anchor = event->data.scalar.tag = NULL;
        // Not changed, because plain text is never mended.
        event->data.scalar.value = (yaml_char_t *)(uintptr_t)(reader->chunk.text.data + plain->start + quoted);
        event->data.scalar.length = plain->end - plain->start - 2 * (size_t)quoted;
        event->data.scalar.style = plain->style == STYLE_SINGLE_QUOTED   ? YAML_SINGLE_QUOTED_SCALAR_STYLE
                                   : plain->style == STYLE_DOUBLE_QUOTED ? YAML_DOUBLE_QUOTED_SCALAR_STYLE
                                                                         : YAML_PLAIN_SCALAR_STYLE;
        break;
    case PLAIN_MAP:
        event->type = YAML_MAPPING_START_EVENT;
        event->data.mapping_start.anchor = event->data.mapping_start.tag = NULL;
        event->data.mapping_start.style = flow ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE;
        break;
    case PLAIN_LIST:
        event->type = YAML_SEQUENCE_START_EVENT;
        event->data.sequence_start.anchor = event->data.sequence_start.tag = NULL;
        event->data.sequence_start.style = flow ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE;
        break;
    case PLAIN_END:
        event->type = YAML_MAPPING_END_EVENT;
    }
}

// False: libyaml has to read the text, and to report what is wrong with it.
static bool read_plain(struct reader *reader)
{
    size_t mark = reader->diagnostics->count;
    bool done = false;
    if (!plain_scan(reader->chunk.text, &reader->plain))
        return false;
    begin_text(reader);
    reader->walk = yaml_walk_start(reader->chunk.text);
    reader->may_hold_slash = yaml_may_hold_slash(&reader->walk);
    yaml_event_t event = {0};
    for (size_t i = 0; i < reader->plain.count; i++) {
        take_plain(reader, &reader->plain.items[i], &event);
        if (!read_event(reader, &event, &done)) {
            diagnostics_forget(reader->diagnostics, mark);
            return false;
        }
    }
    return true;
}

// Parses the first document of a chunk into `root`; NULL: there is none.
static bool read_chunk(struct reader *reader, const struct yaml_chunk *chunk)
{
    size_t mark = reader->diagnostics->count;
    enum outcome outcome;
    reader->chunk = *chunk;
    if (read_plain(reader))
        return true;
    yaml_mend_marks(&reader->mend, &reader->chunk.text);
    do {
        diagnostics_forget(reader->diagnostics, mark);
        begin_text(reader);
        reader->walk = yaml_walk_start(reader->chunk.text);
        reader->may_hold_slash = yaml_may_hold_slash(&reader->walk);
        yaml_start_parser(&reader->parser, reader->chunk.text);
        struct held held;
        held_push(&held, release_parser, reader);
        outcome = read_events(reader);
        held_pop();
        yaml_parser_delete(&reader->parser);
    } while (outcome == OUTCOME_AGAIN);
    if (reader->mend.mark[0] && outcome == OUTCOME_GOOD) {
        diagnose_warning(reader->diagnostics, position_of_mark(reader),
                         "byte order mark inside the file: it is part of the string");
        diagnose_hint(reader->diagnostics, "%s", without_marks);
    }
    yaml_mend_free(&reader->mend);
    return outcome == OUTCOME_GOOD;
}

static struct reader reader_start(struct read_context *context, enum dialect dialect)
{
    return (struct reader){
        .arena = context->arena,
        .names = context->names,
        .diagnostics = context->diagnostics,
        .dialect = dialect,
    };
}

static void reader_end(struct reader *reader)
{
    piece_free(reader->frames);
    piece_free(reader->entries);
    piece_free(reader->items);
    piece_free(reader->anchors);
    piece_free(reader->plain.items);
}

// --- Public functions.

static bool is_empty(const struct node *root)
{
    return node_is_null(root) || (root->kind != NODE_SCALAR && !root->count);
}

bool yaml_read_part(struct read_context *context, const struct yaml_part *part, struct node_list *documents)
{
    struct slice content = part->text;
    char *unix_text = NULL;
    if (slice_find(content, slice_literal("\r\n")) != SLICE_NOT_FOUND) {
        unix_text = piece_resize(NULL, content.length);
        content = yaml_copy_with_line_feeds(unix_text, content);
    }
    struct reader reader = reader_start(context, DIALECT_RESOURCE);
    struct yaml_splitter splitter = {.source = part->source, .rest = content, .line = part->lines_before};
    struct yaml_chunk chunk;
    enum yaml_split cut;
    bool good = true;
    while (good && (cut = yaml_splitter_next(&splitter, context->diagnostics, &chunk)) != YAML_NO_MORE) {
        good = cut == YAML_CHUNK && read_chunk(&reader, &chunk);
        if (good && is_empty(reader.root))
            documents->skipped++;
        else if (good)
            list_append(context->arena, documents, reader.root);
    }
    reader_end(&reader);
    piece_free(unix_text);
    return good;
}

static bool read_all(struct read_context *context, const struct source *source, struct node_list *documents)
{
    return yaml_read_part(context, &(struct yaml_part){source, source->content, 0}, documents);
}

bool yaml_read_resources(struct read_context *context, const struct source *source, struct node_list *documents)
{
    return (source->shared && shared_text_take(context, source, SHARED_RESOURCES, read_all, documents)) ||
           read_all(context, source, documents);
}

void yaml_split_parts(struct read_context *context, const struct source *source, size_t size, struct yaml_parts *parts)
{
    struct yaml_part part = {source, source->content, 0};
    struct yaml_splitter splitter = {.source = source, .rest = source->content};
    struct yaml_chunk chunk;
    size_t mark = context->diagnostics->count;
    bool whole = source->content.length < 2 * size ||
                 slice_find(source->content, slice_literal("\r\n")) != SLICE_NOT_FOUND;
    // An empty file has no data to point into.
    const char *end = whole ? NULL : source->content.data + source->content.length;
    // A bad separator ends the cutting; it is reported when the last part is read.
    while (!whole && yaml_splitter_next(&splitter, context->diagnostics, &chunk) == YAML_CHUNK && !splitter.done) {
        size_t length = (size_t)(chunk.text.data + chunk.text.length - part.text.data);
        if (length < size)
            continue;
        part.text.length = length;
        list_append(context->arena, parts, part);
        part.text = (struct slice){splitter.rest.data, (size_t)(end - splitter.rest.data)};
        part.lines_before = splitter.line;
    }
    diagnostics_forget(context->diagnostics, mark);
    list_append(context->arena, parts, part);
}

static bool read_first(struct read_context *context, const struct source *source, enum dialect dialect,
                       struct node **document)
{
    struct reader reader = reader_start(context, dialect);
    struct yaml_chunk chunk = {.source = source, .text = source->content};
    bool good = read_chunk(&reader, &chunk);
    *document = good && !node_is_null(reader.root) ? reader.root : NULL;
    reader_end(&reader);
    return good;
}

static bool append_first(struct read_context *context, const struct source *source, enum dialect dialect,
                         struct node_list *documents)
{
    struct node *document;
    if (!read_first(context, source, dialect, &document))
        return false;
    if (document)
        list_append(context->arena, documents, document);
    return true;
}

static bool read_first_shared(struct read_context *context, const struct source *source, struct node_list *documents)
{
    return append_first(context, source, DIALECT_YAML11, documents);
}

static bool read_strict_shared(struct read_context *context, const struct source *source, struct node_list *documents)
{
    return append_first(context, source, DIALECT_YAML11_STRICT, documents);
}

static bool take_first(struct read_context *context, const struct source *source, enum shared_reading reading,
                       shared_parse *parse, struct node **document)
{
    struct node_list documents = {0};
    if (!source->shared || !shared_text_take(context, source, reading, parse, &documents))
        return false;
    *document = documents.count ? documents.items[0] : NULL;
    return true;
}

bool yaml_read_first(struct read_context *context, const struct source *source, struct node **document)
{
    return take_first(context, source, SHARED_FIRST, read_first_shared, document) ||
           read_first(context, source, DIALECT_YAML11, document);
}

bool yaml_read_first_strict(struct read_context *context, const struct source *source, struct node **document)
{
    return take_first(context, source, SHARED_FIRST_STRICT, read_strict_shared, document) ||
           read_first(context, source, DIALECT_YAML11_STRICT, document);
}
