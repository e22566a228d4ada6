// tests/json_referee.h
//
// jansson reads the same text and must agree on whether it is JSON, and on every value. Each node must also have its
// exact position. This is in a header because a fuzz target is a single file.
//
// For the rules of OpenAPI, jansson gets the text unchanged. Otherwise, where the two differ on purpose, jansson gets a
// changed text, or there is no verdict:
//
//     half of a surrogate pair, bytes that aren't UTF-8   U+FFFD, as in Go; jansson rejects them
//     an escaped U+0000 in a key                          accepted, as in Go; jansson rejects it
//     U+0000 itself                                       rejected; jansson ignores it after a number or a word
//     more than NODE_DEPTH_MAX levels                     rejected; jansson accepts 2,048
//     integers beyond 64 bits                             accepted, as in Go; jansson reads them as reals if asked to
//     numbers beyond doubles                              accepted in OpenAPI; jansson rejects them
#pragma once

#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/line_index.h"
#include "base/utf8.h"
#include "json/json.h"

struct referee {
    struct arena arena;
    struct sources sources;
    struct diagnostics diagnostics;
    struct name_table names;
    struct name_cache cache;
    struct line_index lines;
};

static bool hex_at(struct slice text, size_t at, uint32_t *code)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    *code = 0;
    for (size_t i = at; i < at + 4; i++) {
        const char *found = i < text.length && text.data[i] ? strchr(digits, text.data[i]) : NULL;
        if (!found)
            return false;
        *code = *code * 16 + (uint32_t)(found - digits) % 16;
    }
    return true;
}

// Which half of a surrogate pair the escape at `at` is: 1, 2, or 0 if it isn't one.
static int half_at(struct slice text, size_t at)
{
    uint32_t code;
    if (at + 1 >= text.length || text.data[at] != '\\' || text.data[at + 1] != 'u' || !hex_at(text, at + 2, &code))
        return 0;
    return code >= 0xD800 && code < 0xDC00 ? 1 : code >= 0xDC00 && code < 0xE000 ? 2 : 0;
}

// Replaces what jansson rejects with what Go reads.
static void repair(struct slice text, struct buffer *out)
{
    for (size_t at = 0; at < text.length;) {
        struct character character = character_at(text, at);
        int half = half_at(text, at);
        bool pair = half == 1 && half_at(text, at + 6) == 2;
        size_t length = pair ? 12 : half ? 6 : text.data[at] == '\\' ? 1 : character.length;
        if (half && !pair)
            buffer_add_text(out, "\\ufffd");
        else if (!character.valid)
            buffer_add_text(out, "\xEF\xBF\xBD");
        else
            buffer_add(out, text.data + at, length);
        at += length;
        if (!half && character.code == '\\' && at < text.length && text.data[at] == '\\')
            buffer_add_byte(out, text.data[at++]);
    }
}

static bool is_where_it_says(const struct referee *referee, const struct node *node)
{
    struct slice text = referee->lines.text;
    size_t at = line_index_find(&referee->lines, node->position.line, node->position.column);
    if (at == SLICE_NOT_FOUND || at == text.length)
        return false;
    if (node->kind != NODE_SCALAR)
        return text.data[at] == (node->kind == NODE_MAP ? '{' : '[');
    return node->tag == TAG_STRING ? text.data[at] == '"'
                                   : slice_starts_with(slice_from_index(text, at), node_text(node));
}

static bool is_number(struct slice text, const json_t *value)
{
    char *copy = calloc(text.length + 1, 1);
    memcpy(copy, text.data, text.length);
    bool same = json_is_integer(value) ? !strpbrk(copy, ".eE") && strtoll(copy, NULL, 10) == json_integer_value(value)
                                       : strtod(copy, NULL) == json_real_value(value);
    free(copy);
    return same;
}

static bool is_value(struct referee *, const struct node *, const json_t *);

static bool is_object(struct referee *referee, const struct node *map, const json_t *value)
{
    if (!json_is_object(value) || json_object_size(value) != map->count)
        return false;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        size_t at = line_index_find(&referee->lines, entry->key_line, entry->key_column);
        const json_t *other = json_object_get(value, arena_copy(&referee->arena, entry->key->text).data);
        if (at == SLICE_NOT_FOUND || referee->lines.text.data[at] != '"' || !other ||
            !is_value(referee, entry->value, other))
            return false;
    }
    return true;
}

static bool is_array(struct referee *referee, const struct node *sequence, const json_t *value)
{
    bool same = json_is_array(value) && json_array_size(value) == sequence->count;
    for (uint32_t i = 0; same && i < sequence->count; i++)
        same = is_value(referee, sequence->items[i], json_array_get(value, i));
    return same;
}

static bool is_value(struct referee *referee, const struct node *node, const json_t *value)
{
    struct slice text = node_text(node);
    if (!is_where_it_says(referee, node))
        return false;
    if (node->kind == NODE_MAP)
        return is_object(referee, node, value);
    if (node->kind == NODE_SEQUENCE)
        return is_array(referee, node, value);
    if (node->tag == TAG_STRING)
        return json_is_string(value) &&
               slice_equal(text, (struct slice){json_string_value(value), json_string_length(value)});
    switch (json_typeof(value)) {
    case JSON_TRUE:
        return slice_equals(text, "true");
    case JSON_FALSE:
        return slice_equals(text, "false");
    case JSON_NULL:
        return slice_equals(text, "null");
    case JSON_INTEGER:
    case JSON_REAL:
        return is_number(text, value);
    default:
        return false;
    }
}

static bool is_beyond_jansson(const json_error_t *error, bool openapi)
{
    return json_error_code(error) == json_error_null_byte_in_key ||
           (openapi && json_error_code(error) == json_error_numeric_overflow);
}

// `node` is kiln's result for the text, or NULL if it was rejected.
static const char *compare(struct referee *referee, const struct node *node, struct slice text, bool openapi)
{
    const size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL | (openapi ? JSON_REJECT_DUPLICATES : 0);
    json_error_t error;
    json_t *value = json_loadb(text.data, text.length, flags, &error);
    if (!value && json_error_code(&error) == json_error_numeric_overflow)
        value = json_loadb(text.data, text.length, flags | JSON_DECODE_INT_AS_REAL, &error);
    if (!value)
        return node && !is_beyond_jansson(&error, openapi) ? "jansson refuses it" : NULL;
    const char *problem = NULL;
    if (node && !is_value(referee, node, value))
        problem = "jansson reads other values, or one is not where it says";
    else if (!node && !diagnostics_has_limit(&referee->diagnostics, 0) && !memchr(text.data, 0, text.length))
        problem = "jansson takes it";
    json_decref(value);
    return problem;
}

static const char *judge_by(struct slice text, bool openapi)
{
    struct referee *referee = calloc(1, sizeof *referee);
    referee->sources.arena = &referee->arena;
    diagnostics_init(&referee->diagnostics, &referee->arena, &referee->sources);
    name_table_init(&referee->names, NULL, 0);
    referee->cache.table = &referee->names;
    referee->lines = line_index_new(&referee->arena, text);
    const struct source *source = sources_add(&referee->sources, slice_literal("f.json"), text);
    const struct node *node = json_read_openapi(&referee->arena, &referee->cache, source, openapi ? 1 : UINT_MAX,
                                                &referee->diagnostics);
    struct buffer seen = {0};
    if (openapi)
        buffer_add_slice(&seen, text);
    else
        repair(text, &seen);
    buffer_add_byte(&seen, ' ');  // an empty buffer has no memory
    const char *problem = compare(referee, node, buffer_slice(&seen), openapi);
    // Reading fails if and only if it has reported one error.
    if (referee->diagnostics.error_count != (node ? 0 : 1))
        problem = "it failed without a message, or the other way round";
    buffer_free(&seen);
    name_table_free(&referee->names);
    arena_free(&referee->arena);
    free(referee);
    return problem;
}

// Returns NULL if both agree on the text or may differ, otherwise the problem.
static inline const char *referee_judge(struct slice text)
{
    const char *problem = judge_by(text, false);
    return problem ? problem : judge_by(text, true);
}
