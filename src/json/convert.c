// json/convert.c
//
// How converting a tree to JSON and back changes it.
#include "json/json.h"

#include <inttypes.h>

#include "doc/key_order.h"
#include "doc/scalar.h"
#include "doc/text_traits.h"
#include "json/roundtrip.h"

enum { YAML_EXPONENT_LIMIT = 6 };

struct conversion {
    struct arena *arena;
    struct name_table *names;
    const struct node *root;
    struct diagnostics *diagnostics;
    struct buffer scratch;
    struct buffer number;
    struct key_order order;
    bool exact_integers;
};

// Chooses the style in which the string would be printed and read again.
static bool choose_style(struct conversion *conversion, struct node *node, uint32_t traits)
{
    struct slice text = node_text(node);
    bool literal = traits & TEXT_LINE_FEED && traits_allow_block(traits);
    if (literal && text.data[0] == '\t') {
        diagnose(conversion->diagnostics, node->position,
                 "a multi-line string that starts with a tab cannot go through a JSON patch");
        return false;
    }
    bool plain = !(traits & TEXT_LINE_FEED) && scalar_resolve_tag(text) == TAG_STRING && !scalar_needs_quotes(text);
    if (literal)
        node->style = STYLE_LITERAL;
    else if (plain && traits_allow_plain(traits))
        node->style = STYLE_PLAIN;
    else if (plain && traits_allow_single_quotes(traits))
        node->style = STYLE_SINGLE_QUOTED;
    else
        node->style = STYLE_DOUBLE_QUOTED;
    return true;
}

static void set_number(struct conversion *conversion, struct node *node, double number)
{
    conversion->number.length = 0;
    scalar_write_float(&conversion->number, number, YAML_EXPONENT_LIMIT);
    struct slice text = buffer_slice(&conversion->number);
    if (!slice_equal(text, node_text(node)))
        node_set_text(node, arena_copy(conversion->arena, text));
}

// Bytes that may follow the first byte of a text that is obviously printed plain: printable ASCII, but not both a space
// and a colon or `#`.
enum {
    PLAIN_BYTE = 1,
    BESIDE_SPACES = 2,
    BESIDE_COLONS = 4,
    ANYWHERE = PLAIN_BYTE | BESIDE_SPACES | BESIDE_COLONS,
    COLON = PLAIN_BYTE | BESIDE_COLONS,
    SPACE = PLAIN_BYTE | BESIDE_SPACES,
};

// clang-format off
#define A ANYWHERE
static const unsigned char plain_bytes[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    SPACE, A, A, COLON, A, A, A, A, A, A, A, A, A, A, A, A,
    A, A, A, A, A, A, A, A, A, A, COLON, A, A, A, A, A,
    A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A,
    A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A,
    A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A,
    A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, 0,
};
#undef A
// clang-format on

static bool is_letter(unsigned char byte)
{
    return (unsigned)(byte | 0x20) - 'a' <= 'z' - 'a';
}

// True for `yes`, `false`, `null`, and anything that looks like them.
static bool may_be_word(struct slice text)
{
    enum { LONGEST_WORD = 5 };
    int letter = text.data[0] | 0x20;
    return text.length <= LONGEST_WORD &&
           (letter == 'f' || letter == 'n' || letter == 'o' || letter == 't' || letter == 'y');
}

// Most strings are names, paths, options, and plain words: `web-1`, `registry.example/web:1.2`, `--port`. They are
// strings in any style and are printed plain.
static bool is_evident_string(struct slice text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    if (!text.length || may_be_word(text))
        return false;
    size_t dashes = bytes[0] == '-' ? (text.length > 1 && bytes[1] == '-') + 1u : 0;
    if (dashes == text.length || (!is_letter(bytes[dashes]) && bytes[0] != '/'))
        return false;
    unsigned all = ANYWHERE, last = bytes[text.length - 1];
    for (size_t i = 1; i < text.length; i++)
        all &= plain_bytes[bytes[i]];
    return all & PLAIN_BYTE && all != PLAIN_BYTE && last != ' ' && last != ':';
}

// Whole numbers short enough that a double is written without an exponent.
static bool is_evident_number(struct slice text)
{
    if (!text.length || text.length > YAML_EXPONENT_LIMIT || (text.data[0] == '0' && text.length > 1))
        return false;
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] - (unsigned)'0' > 9)
            return false;
    return true;
}

// Converts common values without the checks that others need. False if the value isn't one of them; it is then
// unchanged.
static bool convert_evident(struct node *node)
{
    struct slice text = node_text(node);
    if (node->tag != TAG_IMPLICIT && node->tag != TAG_STRING)
        return false;
    if (is_evident_string(text))
        node->tag = TAG_STRING;
    else if (node->tag == TAG_STRING || node->style != STYLE_PLAIN || !is_evident_number(text))
        return false;
    node->style = STYLE_PLAIN;
    node->flags = 0;
    return true;
}

static bool convert_scalar(struct conversion *conversion, struct node *node, bool in_flow)
{
    struct roundtrip_scalar passed;
    if (!scalar_roundtrip(node, in_flow, &conversion->scratch, conversion->diagnostics, &passed))
        return false;
    node->style = STYLE_PLAIN;
    node->tag = TAG_IMPLICIT;
    node->flags = 0;
    switch (passed.value.type) {
    case SCALAR_NULL:
        node_set_text(node, slice_literal("null"));
        return true;
    case SCALAR_BOOL:
        node_set_text(node, passed.value.boolean ? slice_literal("true") : slice_literal("false"));
        return true;
    case SCALAR_INT:
        if (conversion->exact_integers)
            node_set_text(node, arena_format(conversion->arena, "%" PRId64, passed.value.integer));
        else
            set_number(conversion, node, (double)passed.value.integer);
        return true;
    case SCALAR_UINT:
        if (!conversion->exact_integers)
            set_number(conversion, node, (double)passed.value.unsigned_integer);
        return true;
    case SCALAR_FLOAT:
        set_number(conversion, node, passed.value.number);
        return true;
    default:
        node->tag = TAG_STRING;
        if (passed.text.data != node->text)
            node_set_text(node, arena_copy(conversion->arena, passed.text));
        if (slice_equals(passed.text, "<<")) {  // printed without quotes and read again
            node->tag = TAG_MERGE;
            return true;
        }
        return choose_style(conversion, node, text_traits(passed.text));
    }
}

// True if an earlier entry has the same key.
static bool has_earlier(const struct node *map, uint32_t number)
{
    for (uint32_t i = 0; i < number; i++)
        if (map->entries[i].key == map->entries[number].key)
            return true;
    return false;
}

// Keys from JSON have no quotes, so the next reader merges a `<<`.
static enum node_tag converted_key_tag(const struct map_entry *entry)
{
    return name_is_merge_key(entry->key) ? TAG_IMPLICIT : TAG_STRING;
}

// Checks what keys_are_strings and keys_differ check, but without sorting, for maps where the answer is obvious. Sets
// the key_tag of string keys.
static bool keys_evidently_pass(struct node *map)
{
    enum { ENTRIES_MAX = 128 };
    uint64_t seen[4] = {0};  // a set of hashes: a key whose hash isn't in it is new
    if (map->count > ENTRIES_MAX)
        return false;
    for (uint32_t i = 0; i < map->count; i++) {
        struct map_entry *entry = &map->entries[i];
        if (entry->key_tag != TAG_STRING && (entry->key_tag != TAG_IMPLICIT || !is_evident_string(entry->key->text)))
            return false;
        uint64_t *word = &seen[entry->key->hash % countof(seen)], bit = 1ull << (entry->key->hash >> 2) % 64;
        if (*word & bit && has_earlier(map, i))
            return false;
        *word |= bit;
        entry->key_tag = converted_key_tag(entry);
    }
    return true;
}

static bool convert_keys(struct conversion *conversion, struct node *map, bool in_flow)
{
    if (keys_evidently_pass(map))
        return true;
    size_t first = key_order_push_bytewise(&conversion->order, map);
    bool strings = keys_are_strings(&conversion->order, first);
    conversion->order.count = first;
    struct key_rules rules = {.arena = conversion->arena,
                              .names = conversion->names,
                              .diagnostics = conversion->diagnostics,
                              .top_level = map == conversion->root,
                              .in_flow = in_flow};
    if (!strings && !keys_to_strings(&rules, map))
        return false;
    key_order_push_bytewise(&conversion->order, map);
    bool differ = keys_differ(map, &conversion->order, first, conversion->diagnostics);
    conversion->order.count = first;
    for (uint32_t i = 0; differ && i < map->count; i++)
        map->entries[i].key_tag = converted_key_tag(&map->entries[i]);
    return differ;
}

static bool convert_collection(struct conversion *conversion, struct node *node, bool in_flow)
{
    in_flow |= node->style == STYLE_FLOW;
    node->style = node->count ? STYLE_PLAIN : STYLE_FLOW;
    node->flags = 0;
    bool map = node->kind == NODE_MAP;
    if (map && !convert_keys(conversion, node, in_flow))
        return false;
    for (uint32_t i = 0; i < node->count; i++) {
        struct node *child = map ? node->entries[i].value : node->items[i];
        if (child->kind != NODE_SCALAR ? !convert_collection(conversion, child, in_flow)
                                       : !convert_evident(child) && !convert_scalar(conversion, child, in_flow))
            return false;
    }
    return true;
}

static bool convert(struct conversion *conversion, struct node *node)
{
    return node->kind == NODE_SCALAR ? convert_scalar(conversion, node, false)
                                     : convert_collection(conversion, node, false);
}

static bool convert_all(struct arena *arena, struct name_table *names, struct node *node, bool exact_integers,
                        struct diagnostics *diagnostics)
{
    struct conversion conversion = {
        .arena = arena, .names = names, .root = node, .diagnostics = diagnostics, .exact_integers = exact_integers};
    bool converted = convert(&conversion, node);
    buffer_free(&conversion.scratch);
    buffer_free(&conversion.number);
    key_order_free(&conversion.order);
    return converted;
}

bool node_through_json(struct arena *arena, struct name_table *names, struct node *node,
                       struct diagnostics *diagnostics)
{
    return convert_all(arena, names, node, false, diagnostics);
}

// `node` must be a map or a list.
static void separate(struct arena *arena, struct node *node)
{
    node->flags |= NODE_MET;
    for (uint32_t i = 0; i < node->count; i++) {
        struct node **place = node->kind == NODE_MAP ? &node->entries[i].value : &node->items[i];
        if ((*place)->flags & NODE_MET)
            *place = node_copy(arena, *place);
        else if ((*place)->kind == NODE_SCALAR)
            (*place)->flags |= NODE_MET;
        else
            separate(arena, *place);
    }
}

bool node_separate_through_json(struct arena *arena, struct name_table *names, struct node *node,
                                struct diagnostics *diagnostics)
{
    separate(arena, node);
    return node_through_json(arena, names, node, diagnostics);
}

// Values that are decoded without being printed first are not affected by their styles.
static void drop_styles(struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        if (node->style == STYLE_FOLDED)
            node->style = STYLE_DOUBLE_QUOTED;
        return;
    }
    node->style = STYLE_PLAIN;
    for (uint32_t i = 0; i < node->count; i++)
        drop_styles(node->kind == NODE_MAP ? node->entries[i].value : node->items[i]);
}

// Gives the tree the styles of JSON, where strings are quoted.
static void take_json_styles(struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        if (node_resolved_tag(node) == TAG_STRING) {
            node->style = STYLE_DOUBLE_QUOTED;
            node->tag = TAG_STRING;
        }
        return;
    }
    node->style = STYLE_FLOW;
    for (uint32_t i = 0; i < node->count; i++)
        take_json_styles(node->kind == NODE_MAP ? node->entries[i].value : node->items[i]);
}

bool node_through_data(struct arena *arena, struct name_table *names, struct node *node,
                       struct diagnostics *diagnostics)
{
    drop_styles(node);
    if (!convert_all(arena, names, node, true, diagnostics))
        return false;
    take_json_styles(node);
    return true;
}

static bool settle_scalar(struct arena *arena, struct node *node, struct buffer *scratch,
                          struct diagnostics *diagnostics)
{
    struct roundtrip_scalar passed;
    if (node->style != STYLE_FOLDED)
        return true;
    if (!scalar_roundtrip(node, false, scratch, diagnostics, &passed))
        return false;
    node_set_text(node, arena_copy(arena, passed.text));
    node->style = STYLE_LITERAL;
    return true;
}

static bool settle(struct arena *arena, struct node *node, struct buffer *scratch, struct diagnostics *diagnostics)
{
    if (node->kind == NODE_SCALAR)
        return settle_scalar(arena, node, scratch, diagnostics);
    for (uint32_t i = 0; i < node->count; i++)
        if (!settle(arena, node->kind == NODE_MAP ? node->entries[i].value : node->items[i], scratch, diagnostics))
            return false;
    return true;
}

bool node_settle_folded(struct arena *arena, struct node *node, struct diagnostics *diagnostics)
{
    struct buffer scratch = {0};
    bool settled = settle(arena, node, &scratch, diagnostics);
    buffer_free(&scratch);
    return settled;
}

const struct node *node_settle_end(struct arena *arena, struct node *node)
{
    while (node->kind != NODE_SCALAR && node->count)
        node = node->kind == NODE_MAP ? node->entries[node->count - 1].value : node->items[node->count - 1];
    if (node->kind != NODE_SCALAR || !(node->flags & NODE_GROWS))
        return NULL;
    node->flags &= (uint8_t)~NODE_GROWS;
    if (node->style != STYLE_LITERAL && node->style != STYLE_FOLDED)
        return NULL;
    node_set_text(node, arena_join(arena, node_text(node), slice_literal("\n")));
    return node;
}
