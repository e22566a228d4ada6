// json/roundtrip.c
//
// How printing and reading changes a scalar:
//
//     a: {b: }          null becomes ""
//     a: >              "x\n\n  y\n" becomes "x\n\n\n  y\n": the printer of folded text and the reader disagree
//       x
//
//         y
//     a: !!int abc      cannot be read again
//
// Source: the emitter and decoder of go.yaml.in/yaml v3, observed.
#include "json/roundtrip.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "doc/joined_maps.h"
#include "doc/merge_key.h"
#include "doc/text_traits.h"
#include "doc/timestamp.h"
#include "doc/yaml11.h"

// --- Folded text.

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

// The number of line feeds that are read back if `count` are printed between two lines of folded text.
static size_t line_feeds_between(size_t count, bool left_indented, bool right_indented, bool starts_flush)
{
    if (left_indented)
        return count;
    if (right_indented)
        return starts_flush ? count + 1 : count;
    return starts_flush ? count : count - 1;  // 0 means a space
}

static void add_line_feeds(struct buffer *out, size_t count)
{
    memset(buffer_reserve(out, count), '\n', count);
    out->length += count;
}

// A line that begins with a blank is indented: such lines are not folded, but the printer adds an empty line anyway.
static void add_folded_again(struct buffer *out, struct slice text)
{
    const char *at = text.data, *end = text.data + text.length;
    while (at < end && *at == '\n')
        at++;
    buffer_add(out, text.data, (size_t)(at - text.data));
    bool starts_flush = at < end && !is_blank(*at);
    while (at < end) {
        const char *line = at;
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        at = feed ? feed : end;
        buffer_add(out, line, (size_t)(at - line));
        const char *next = at;
        while (next < end && *next == '\n')
            next++;
        size_t count = (size_t)(next - at);
        if (next == end) {
            add_line_feeds(out, count + (count >= 2 && !is_blank(*line) && starts_flush));
        } else {
            size_t between = line_feeds_between(count, is_blank(*line), is_blank(*next), starts_flush);
            if (between == 0)
                buffer_add_byte(out, ' ');
            add_line_feeds(out, between);
        }
        at = next;
    }
}

// --- Binary.

static bool pass_binary(const struct node *node, struct buffer *scratch, struct diagnostics *diagnostics,
                        struct roundtrip_scalar *passed)
{
    struct slice bytes;
    if (!base64_decode_new(diagnostics->arena, node_text(node), BASE64_GO, &bytes))
        return diagnose(diagnostics, node->position, "a !!binary value must be base64");
    scratch->length = 0;
    text_add_valid(scratch, bytes);
    passed->value.type = SCALAR_STRING;
    passed->text = buffer_slice(scratch);
    passed->traits = text_traits(passed->text);
    return true;
}

// --- Strings.

static bool pass_string(const struct node *node, bool in_flow, struct buffer *scratch, struct diagnostics *diagnostics,
                        struct roundtrip_scalar *passed)
{
    struct slice text = passed->text;
    passed->value.type = SCALAR_STRING;
    passed->traits = text_traits(text);
    if (passed->traits & TEXT_INVALID)
        return diagnose(diagnostics, node->position, "the string is not valid UTF-8");
    bool lines = passed->traits & TEXT_LINE_FEED;
    bool block = node->style == STYLE_LITERAL || node->style == STYLE_FOLDED || (node->style == STYLE_PLAIN && lines);
    if (!block || in_flow || !text.length || !traits_allow_block(passed->traits))
        return true;
    if (text.data[0] == '\t') {
        diagnose(diagnostics, node->position, "a multi-line string cannot start with a tab here");
        diagnose_hint(diagnostics, "write it in double quotes, with \\t and \\n, if it is in a file of resources");
        return false;
    }
    if (node->style == STYLE_FOLDED && lines) {
        scratch->length = 0;
        add_folded_again(scratch, text);
        passed->text = buffer_slice(scratch);
        passed->traits = text_traits(passed->text);
    }
    return true;
}

// --- Everything else.

static const struct {
    const char *tag;
    const char *description;
} tag_texts[] = {
    [TAG_NULL] = {"!!null", "null"},
    [TAG_BOOL] = {"!!bool", "true or false"},
    [TAG_INT] = {"!!int", "an integer"},
    [TAG_FLOAT] = {"!!float", "a number"},
    [TAG_TIMESTAMP] = {"!!timestamp", "a timestamp"},
};

static bool refuse_value(const struct node *node, struct diagnostics *diagnostics)
{
    diagnose(diagnostics, node->position, "'%.*s' is not %s", SLICE_ARGS(node_text(node)),
             node->tag == TAG_BOOL ? "a boolean" : tag_texts[node->tag].description);
    if (node->flags & NODE_TAG_EXPLICIT)
        diagnose_hint(diagnostics, "remove the tag %s, or write %s", tag_texts[node->tag].tag,
                      tag_texts[node->tag].description);
    else
        diagnose_hint(
            diagnostics,
            "write %s, or quote the value that this one replaces: kustomize keeps the type of the replaced value",
            tag_texts[node->tag].description);
    diagnose_cause(diagnostics, CAUSE_REPLACED_TYPE);
    return false;
}

static bool pass_value(const struct node *node, struct buffer *scratch, struct diagnostics *diagnostics,
                       struct roundtrip_scalar *passed)
{
    struct slice text = passed->text;
    if (passed->value.type == SCALAR_FLOAT && !isfinite(passed->value.number)) {
        diagnose(diagnostics, node->position, "the number %.*s cannot be printed", SLICE_ARGS(text));
        diagnose_hint(diagnostics, "write '%.*s' in quotes if you mean a string", SLICE_ARGS(text));
        return false;
    }
    if (passed->value.type == SCALAR_TIMESTAMP) {
        scratch->length = 0;
        timestamp_write(scratch, text);
        passed->text = buffer_slice(scratch);
        passed->traits = 0;
        // A zone of a whole day can be read, but no timestamp with it can be printed.
        struct slice zone = slice_from_index(passed->text, passed->text.length - 6);
        if ((zone.data[0] == '+' || zone.data[0] == '-') && zone.data[1] == '2' && zone.data[2] >= '4')
            return diagnose(diagnostics, node->position, "the time zone %.*s is out of range", SLICE_ARGS(zone));
    }
    return true;
}

bool scalar_roundtrip(const struct node *node, bool in_flow, struct buffer *scratch, struct diagnostics *diagnostics,
                      struct roundtrip_scalar *passed)
{
    bool explicit = node->flags & NODE_TAG_EXPLICIT;
    bool quoted = node->style != STYLE_PLAIN;
    passed->text = node_text(node);
    switch (node->tag) {
    case TAG_STRING:
    case TAG_MERGE:
    case TAG_OTHER:
        return pass_string(node, in_flow, scratch, diagnostics, passed);
    case TAG_BINARY:
        return pass_binary(node, scratch, diagnostics, passed);
    case TAG_IMPLICIT:
        if (quoted)
            return pass_string(node, in_flow, scratch, diagnostics, passed);
        break;
    default:
        // A tag that wasn't written is printed only if the text alone wouldn't tell the type. Quoted text that fits its
        // tag is read back as a string.
        if (quoted && !explicit && scalar_resolve_tag(passed->text) == (enum node_tag)node->tag)
            return pass_string(node, in_flow, scratch, diagnostics, passed);
        break;
    }
    // An empty value is printed as '' in a flow collection.
    if (in_flow && !explicit && !quoted && !node->count && (node->tag == TAG_IMPLICIT || node->tag == TAG_NULL))
        return pass_string(node, in_flow, scratch, diagnostics, passed);
    if (node->tag == TAG_IMPLICIT) {
        passed->value = scalar_resolve(passed->text);
        if (passed->value.type == SCALAR_STRING || passed->value.type == SCALAR_MERGE)
            return pass_string(node, in_flow, scratch, diagnostics, passed);
    } else if (!resource_resolve(node, &passed->value)) {
        return refuse_value(node, diagnostics);
    }
    // Plain text in a flow collection can't contain a colon, so a time is printed in quotes there.
    if (in_flow && !explicit && passed->value.type == SCALAR_TIMESTAMP &&
        slice_find_byte(passed->text, ':') != SLICE_NOT_FOUND)
        return pass_string(node, in_flow, scratch, diagnostics, passed);
    return pass_value(node, scratch, diagnostics, passed);
}

// --- Keys.

// The start of the key before a value in its line; the value's own position if the key isn't there.
static struct position find_key(struct diagnostics *diagnostics, struct position value)
{
    const struct source *source = sources_get(diagnostics->sources, value.file);
    struct slice line;
    if (!source || !value.column || !sources_line(diagnostics->sources, source, value.line, &line))
        return value;
    size_t end = text_column_start(line, value.column);
    while (end && strchr(" \t", line.data[end - 1]))
        end--;
    if (!end || line.data[end - 1] != ':')
        return value;
    for (end--; end && strchr(" \t", line.data[end - 1]);)
        end--;
    size_t start = end;
    while (start && !strchr("{, \t", line.data[start - 1]))
        start--;
    if (start < end)
        value.column = (uint32_t)text_width(slice_part(line, 0, start)) + 1;
    return value;
}

static void hint_key(const struct map_entry *entry, struct position place, struct diagnostics *diagnostics)
{
    const struct source *source = sources_get(diagnostics->sources, place.file);
    struct slice text = entry->key->text, line = {0};
    if (source && place.column)
        sources_line(diagnostics->sources, source, place.line, &line);
    struct slice written = line.length ? slice_from_index(line, text_column_start(line, place.column)) : line;
    // kustomize reads the key of a label or an annotation, such as `on`, as a boolean before adding it, unless it is in
    // quotes. Other such keys are written without quotes, and read again.
    struct slice token = slice_trim(slice_part(written, 0, slice_find_byte(written, ':')), " \t\"'");
    bool is_changed = token.length && scalar_resolve_tag(text) == TAG_BOOL && scalar_resolve_tag(token) != TAG_BOOL &&
                      scalar_resolve_yaml11(token).type == SCALAR_BOOL;
    if (entry->key_tag == TAG_IMPLICIT)
        diagnose_hint(diagnostics, "quote it: \"%.*s\"", SLICE_ARGS(text));
    else if (slice_starts_with(written, slice_literal("!")))
        diagnose_hint(diagnostics, "remove the tag before the key, and quote the key");
    else if (is_changed)
        diagnose_hint(diagnostics, "quote the key");
    else
        diagnose_hint(diagnostics, "choose a key that is not read as a number, a boolean, or null: quotes do not help");
}

static bool refuse_key(const struct node *map, const struct map_entry *entry, struct diagnostics *diagnostics)
{
    struct slice text = entry->key->text;
    struct position place = key_position(map, entry), value = entry->value->position;
    // A pair from a kustomization has only one position, in a different file from the map that it was added to.
    if (place.line == value.line && place.column == value.column)
        place = find_key(diagnostics, value);
    enum node_tag tag = scalar_resolve_tag(text);
    const char *type = tag == TAG_BOOL                      ? "boolean"
                       : tag == TAG_INT || tag == TAG_FLOAT ? "number"
                       : tag == TAG_TIMESTAMP               ? "date"
                                                            : NULL;
    if (type)
        diagnose(diagnostics, place, "the key is read as the %s %.*s, not as a string", type, SLICE_ARGS(text));
    else
        diagnose(diagnostics, place, "the key '%.*s' is not a string", SLICE_ARGS(text));
    hint_key(entry, place, diagnostics);
    return false;
}

// The number of the line above in its file if it ends with a separator that should be on a line of its own; else 0.
static uint32_t line_with_glued_separator(struct sources *all, struct position position)
{
    const struct source *source = sources_get(all, position.file);
    struct slice line;
    if (!source || position.line < 2 || !sources_line(all, source, position.line - 1, &line))
        return 0;
    line = slice_trim(line, " \t\r");
    // More dashes end a certificate or underline a title.
    bool is_glued = position.column == 1 && line.length > 3 && slice_ends_with(line, slice_literal("---")) &&
                    !slice_ends_with(line, slice_literal("----")) && line.data[0] != '#';
    struct position above = {position.file, position.line - 1, 1};
    return is_glued ? sources_line_in_file(all, above) : 0;
}

// True if the value is of this kind (map or list), isn't empty, and is written after its key. An alias has the position
// of its anchor, which comes before the key.
static bool has_content(const struct map_entry *entry, enum node_kind kind)
{
    const struct node *value = entry->value;
    bool is_after = value->position.line > entry->key_line ||
                    (value->position.line == entry->key_line && value->position.column > entry->key_column);
    return value->kind == kind && value->count && is_after;
}

const char *key_parts_to_merge(const struct map_entry *before, const struct map_entry *repeated)
{
    if (has_content(before, NODE_MAP) && has_content(repeated, NODE_MAP))
        return "fields";
    return has_content(before, NODE_SEQUENCE) && has_content(repeated, NODE_SEQUENCE) ? "items" : NULL;
}

// The key above the repeated one, if it has no value: perhaps a map whose fields aren't indented far enough. NULL:
// there is none.
static const struct map_entry *empty_above(const struct node *map, const struct map_entry *repeated)
{
    bool is_in_map = repeated > map->entries && repeated < map->entries + map->count;
    const struct map_entry *above = is_in_map && map->style != STYLE_FLOW ? repeated - 1 : NULL;
    return above && node_is_null(above->value) && !above->value->count && above->key_line < repeated->key_line ? above
                                                                                                               : NULL;
}

bool key_refuse_repeated(const struct node *map, const struct map_entry *before, const struct map_entry *repeated,
                         struct diagnostics *diagnostics)
{
    struct slice place = position_text(diagnostics->sources, diagnostics->arena, key_position(map, before));
    diagnose(diagnostics, key_position(map, repeated), "duplicate key '%.*s'%s%.*s", SLICE_ARGS(repeated->key->text),
             place.length ? ": it is already set at " : "", SLICE_ARGS(place));
    struct joined_map joined = joined_map_find(diagnostics->sources, diagnostics->arena, map);
    uint32_t glued = line_with_glued_separator(diagnostics->sources, key_position(map, repeated));
    const struct map_entry *above = empty_above(map, repeated);
    const char *parts = key_parts_to_merge(before, repeated);
    if (above)
        diagnose_hint(
            diagnostics, "remove one of the two, or, if this one belongs to the empty '%.*s' on line %u, indent it%s",
            SLICE_ARGS(above->key->text), sources_line_in_file(diagnostics->sources, key_position(map, above)),
            repeated->value->kind == NODE_SCALAR ? "" : " and its content");
    else if (glued)
        diagnose_hint(diagnostics, "move the '---' at the end of line %u to a line of its own", glued);
    else if (joined.start)
        diagnose_hint(diagnostics, "%.*s",
                      SLICE_ARGS(joined_map_hint(diagnostics->sources, diagnostics->arena, map, &joined, repeated)));
    else if (parts)
        diagnose_hint(diagnostics, KEY_MERGE_HINT, parts, SLICE_ARGS(repeated->key->text));
    else
        diagnose_hint(diagnostics, "remove one of them");
    diagnose_about(diagnostics, "key-duplicate");
    return false;
}

bool keys_are_strings(const struct key_order *order, size_t first)
{
    for (size_t i = first; i < order->count; i++) {
        const struct ordered_entry *item = &order->items[i];
        if (item->entry->key_tag != TAG_STRING && (item->entry->key_tag != TAG_IMPLICIT || !(item->facts & KEY_STRING)))
            return false;
    }
    return true;
}

bool keys_differ(const struct node *map, const struct key_order *order, size_t first, struct diagnostics *diagnostics)
{
    const struct map_entry *repeated[2];
    return !key_order_find_repeated(order, first, repeated) ||
           key_refuse_repeated(map, repeated[0], repeated[1], diagnostics);
}

static const struct name *name_of(const struct key_rules *rules, const struct map_entry *entry, struct slice text)
{
    if (slice_equal(text, entry->key->text))
        return entry->key;
    if (rules->names)
        return name_intern(rules->names, text);
    struct name *name = arena_new(rules->arena, struct name);
    name->text = arena_copy(rules->arena, text);
    return name;
}

// Reads a key: sets its text, or returns false if kustomize rejects it.
static bool pass_key(const struct key_rules *rules, const struct node *map, const struct map_entry *entry,
                     struct buffer *scratch, struct roundtrip_scalar *passed)
{
    bool takes_integers = rules->diagnostics->release >= RELEASE_V5_8_3;  // Go 1.27's JSON does
    struct node key = {
        .kind = NODE_SCALAR, .style = STYLE_PLAIN, .tag = entry->key_tag, .position = key_position(map, entry)};
    node_set_text(&key, entry->key->text);
    if (!takes_integers && key.tag != TAG_IMPLICIT)
        return refuse_key(map, entry, rules->diagnostics);
    if (!scalar_roundtrip(&key, rules->in_flow, scratch, rules->diagnostics, passed))
        return false;
    switch (passed->value.type) {
    case SCALAR_STRING:
        return true;
    case SCALAR_INT:
    case SCALAR_UINT:
        scratch->length = 0;
        if (passed->value.type == SCALAR_INT)
            buffer_add_format(scratch, "%" PRId64, passed->value.integer);
        else
            buffer_add_format(scratch, "%" PRIu64, passed->value.unsigned_integer);
        passed->text = buffer_slice(scratch);
        return takes_integers || refuse_key(map, entry, rules->diagnostics);
    case SCALAR_TIMESTAMP:
        return takes_integers || refuse_key(map, entry, rules->diagnostics);
    default:
        return refuse_key(map, entry, rules->diagnostics);
    }
}

// Integers and timestamps among the keys of a map, collected to find equal ones.
struct typed_key {
    const struct name *name;
    uint32_t number;  // of the entry
};

static int compare_typed_keys(const void *left, const void *right)
{
    const struct typed_key *a = left, *b = right;
    int order = slice_compare(a->name->text, b->name->text);
    return order ? order : a->number < b->number ? -1 : 1;
}

// Removes entries whose key occurs again in another spelling. Returns the number of remaining entries.
static uint32_t drop_earlier(struct map_entry *entries, uint32_t count, struct typed_key *keys, size_t key_count)
{
    if (key_count > 1)
        qsort(keys, key_count, sizeof *keys, compare_typed_keys);
    for (size_t i = 0; i + 1 < key_count; i++)
        if (slice_equal(keys[i].name->text, keys[i + 1].name->text))
            entries[keys[i].number].key = NULL;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (entries[i].key)
            entries[kept++] = entries[i];
    return kept;
}

static bool has_merge_key(const struct node *map)
{
    for (uint32_t i = 0; i < map->count; i++)
        if (name_is_merge_key(map->entries[i].key) && map->entries[i].key_tag == TAG_IMPLICIT)
            return true;
    return false;
}

// Checked before conversion, because kustomize rejects keys that are written twice in any case.
static bool texts_differ(const struct node *map, struct diagnostics *diagnostics)
{
    struct key_order order = {0};
    key_order_push_bytewise(&order, map);
    bool differ = keys_differ(map, &order, 0, diagnostics);
    key_order_free(&order);
    return differ;
}

// Builds new entries, because the map's index is by key.
bool keys_to_strings(const struct key_rules *rules, struct node *map)
{
    if (has_merge_key(map) && !yaml_merge_made(rules->arena, rules->diagnostics, map))
        return false;
    struct buffer scratch = {0};
    struct map_entry *entries = arena_array(rules->arena, struct map_entry, map->count);
    struct typed_key *typed = arena_array(rules->arena, struct typed_key, map->count);
    size_t typed_count = 0;
    bool good = texts_differ(map, rules->diagnostics);
    for (uint32_t i = 0; good && i < map->count; i++) {
        struct roundtrip_scalar passed;
        entries[i] = map->entries[i];
        entries[i].key_tag = TAG_STRING;
        if (map->entries[i].key_tag == TAG_STRING || rules->top_level)
            continue;
        good = pass_key(rules, map, &map->entries[i], &scratch, &passed);
        if (!good)
            break;
        entries[i].key = name_of(rules, &entries[i], passed.text);
        if (passed.value.type != SCALAR_STRING)
            typed[typed_count++] = (struct typed_key){entries[i].key, i};
    }
    buffer_free(&scratch);
    if (!good)
        return false;
    uint32_t count = drop_earlier(entries, map->count, typed, typed_count);
    map->entries = NULL;
    map->count = map->capacity = 0;
    node_map_fill(rules->arena, map, entries, count);
    return true;
}

const struct node *keys_copied_as_strings(const struct key_rules *rules, const struct node *map)
{
    struct node *copy = arena_new(rules->arena, struct node);
    *copy = *map;
    return keys_to_strings(rules, copy) ? copy : NULL;
}
