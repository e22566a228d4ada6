#include "base/secrets.h"

#include <string.h>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "base/word_filter.h"

enum {
    VALUE_MIN = 4,  // shorter values would be found in every message
    WORD_MAX = 8,   // shorter values are found only as whole words
    BASE64_MAX = 64 * 1024,
};

struct value {
    struct slice text;
    uint32_t next;  // index + 1 of the next one with the same start
    bool looked_up, is_name, is_word_of_name;
};

struct secrets {
    uint32_t examined;  // the number of sources that have been examined
    struct value *items;
    size_t count, capacity;
    uint32_t *buckets;
    size_t bucket_count;
    uint32_t seconds[256];  // for the first byte of a value, a LETTER_BIT for each second one
};

// --- Values.

static struct secrets *secrets_of(struct sources *sources)
{
    if (!sources->secrets)
        sources->secrets = arena_new(sources->arena, struct secrets);
    return sources->secrets;
}

static uint64_t hash_of_start(struct slice text)
{
    return slice_hash(slice_part(text, 0, text.length < WORD_MAX ? text.length : WORD_MAX));
}

static void put(struct secrets *secrets, uint32_t index)
{
    uint32_t *bucket = &secrets->buckets[hash_of_start(secrets->items[index].text) & (secrets->bucket_count - 1)];
    secrets->items[index].next = *bucket;
    *bucket = index + 1;
}

static bool is_known(const struct secrets *secrets, struct slice text)
{
    if (!secrets->bucket_count)
        return false;
    for (uint32_t at = secrets->buckets[hash_of_start(text) & (secrets->bucket_count - 1)]; at;
         at = secrets->items[at - 1].next)
        if (slice_equal(secrets->items[at - 1].text, text))
            return true;
    return false;
}

// True for the markers of a merge conflict, such as `=======`, and for parts of them, such as what follows a '='.
static bool is_conflict_marker(struct slice text)
{
    return text.length && strchr("<=>|", text.data[0]) && slice_count_leading(text, text.data[0]) == text.length;
}

static bool reveals_nothing(const struct sources *sources, struct slice text)
{
    static const char *const words[] = {"true", "false", "null", NULL};
    return text.length < VALUE_MIN || slice_is_one_of(text, words) || is_conflict_marker(text) ||
           (sources->rules && slice_is_one_of(text, sources->rules->public_values));
}

void secrets_declare_value(struct sources *sources, struct slice text)
{
    struct secrets *secrets = secrets_of(sources);
    text = slice_trim(text, " \t\r\n");
    if (reveals_nothing(sources, text) || is_known(secrets, text))
        return;
    memory_hold_secret();
    struct value value = {.text = text};
    list_append(sources->arena, secrets, value);
    secrets->seconds[(unsigned char)text.data[0]] |= LETTER_BIT(text.data[1]);
    if (secrets->count <= secrets->bucket_count) {
        put(secrets, (uint32_t)secrets->count - 1);
        return;
    }
    secrets->bucket_count = secrets->bucket_count ? secrets->bucket_count * 2 : 64;
    secrets->buckets = arena_array(sources->arena, uint32_t, secrets->bucket_count);
    for (uint32_t i = 0; i < secrets->count; i++)
        put(secrets, i);
}

// A secret is also masked in its base64 form, and so is what it decodes to.
static void add_forms(struct sources *sources, struct slice text)
{
    secrets_declare_value(sources, text);
    if (text.length < VALUE_MIN || text.length > BASE64_MAX)
        return;
    secrets_declare_value(sources, base64_encode(sources->arena, text));
    struct slice decoded;
    if (base64_decode_new(sources->arena, text, BASE64_WRITTEN, &decoded) && text_is_utf8(decoded))
        secrets_declare_value(sources, decoded);
}

void secrets_declare(struct sources *sources, struct slice text)
{
    add_forms(sources, text);
    for (struct slice line, rest = text; rest.length;) {
        slice_cut(rest, '\n', &line, &rest);
        struct slice key, value;
        add_forms(sources, slice_trim(line, " \t\r"));
        if (slice_cut(line, '=', &key, &value)) {
            add_forms(sources, slice_trim(value, " \t\r"));
            add_forms(sources, slice_trim(value, " \t\r\"'"));
            add_forms(sources, slice_from_index(value, slice_find_last_byte(value, '=') + 1));
        }
    }
}

// --- Sources.

static void examine(struct sources *sources, struct source *source)
{
    struct secret_lines *lines = arena_new(sources->arena, struct secret_lines);
    source->secrets = lines;
    for (struct slice line, rest = source->content; slice_cut(rest, '\n', &line, &rest);)
        lines->count++;
    lines->count++;
    lines->marked = arena_array(sources->arena, bool, lines->count);
    lines->all = source->hidden || !sources->rules;
    if (!lines->all)
        sources->rules->examine(sources, source);
    else if (source->hidden && source->secret)
        secrets_declare(sources, source->content);
}

// Marks the lines of the file that the patch is in.
static void examine_inner_patch(struct sources *sources, const struct source *patch)
{
    struct source *file = sources->items[patch->file - 1];
    while (file->outer)
        file = sources->items[file->outer - 1];
    if (!file->secrets)
        examine(sources, file);
    if (sources->rules)
        sources->rules->examine_patch(sources, patch, file);
}

static void examine_all(struct sources *sources)
{
    struct secrets *secrets = secrets_of(sources);
    for (; secrets->examined < sources->count; secrets->examined++) {
        struct source *source = sources->items[secrets->examined];
        if (source->patches_secret && source->outer)
            examine_inner_patch(sources, source);
        // A text inside a file is examined with the file.
        if (!source->secrets && !source->outer && (!source->hidden || source->secret || source->patches_secret))
            examine(sources, source);
    }
}

bool secrets_are_in_line(struct sources *sources, const struct source *source, uint32_t line)
{
    secrets_of(sources);
    if (!source->secrets)
        examine(sources, sources->items[source->file - 1]);
    const struct secret_lines *lines = source->secrets;
    return lines->all || (line && line <= lines->count && lines->marked[line - 1]);
}

void secrets_expect_patch(struct sources *sources, uint32_t file)
{
    struct source *source = file && file <= sources->count ? sources->items[file - 1] : NULL;
    if (!source || source->patches_secret)
        return;
    source->patches_secret = true;
    source->secrets = NULL;
    if (sources->secrets && sources->secrets->examined >= file)
        sources->secrets->examined = file - 1;
}

// --- Masking.

static bool is_start(struct slice text, size_t at)
{
    return at == 0 || !byte_is_word(text.data[at - 1]);
}

static bool is_end(struct slice text, size_t at)
{
    return at >= text.length || !byte_is_word(text.data[at]);
}

// True if the value may be an ordinary word of a message.
static bool is_plain_word(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < 'a' || text.data[i] > 'z')
            return false;
    return text.length <= 12;
}

static bool ends_in_name_field(const struct sources *sources, struct slice text)
{
    const char *const *field = sources->rules ? sources->rules->name_fields : NULL;
    if (!slice_ends_with(text, slice_literal(":")))
        return false;
    text.length--;
    for (; field && *field; field++)
        if (slice_ends_with(text, slice_from(*field)))
            return true;
    return false;
}

// True if the value at `start` is a word of a name: `shop` of `name: shop-config`.
static bool is_word_of_name(const struct sources *sources, struct slice all, size_t start, size_t length)
{
    enum { NAME_MAX_LENGTH = 253 };
    size_t begin = start;
    if (!is_start(all, start) || !is_end(all, start + length))
        return false;
    while (begin > 0 && start - begin < NAME_MAX_LENGTH && byte_is_path(all.data[begin - 1]))
        begin--;
    return ends_in_name_field(sources, slice_trim(slice_part(all, begin < 16 ? 0 : begin - 16, begin), " \"'"));
}

// Looks once for the value in the names of resources.
static void look_up(const struct sources *sources, struct value *value)
{
    if (value->looked_up)
        return;
    bool may_be_word = is_plain_word(value->text);
    value->looked_up = true;
    for (uint32_t i = 0; i < sources->count && !value->is_name; i++) {
        struct slice content = sources->items[i]->content, all = content;
        for (size_t at; !value->is_name && (at = slice_find(content, value->text)) != SLICE_NOT_FOUND;) {
            size_t start = (size_t)(content.data - all.data) + at;
            struct slice before = slice_trim(slice_part(all, start < 16 ? 0 : start - 16, start), " \"'");
            struct slice after = slice_from_index(content, at + value->text.length);
            value->is_name = ends_in_name_field(sources, before) &&
                             (!after.length || strchr("\r\n \"',}", after.data[0]));
            if (may_be_word && !value->is_word_of_name)
                value->is_word_of_name = is_word_of_name(sources, all, start, value->text.length);
            content = slice_from_index(content, at + 1);
        }
    }
}

static bool joins_words(char byte)
{
    return byte == '-' || byte == '.' || byte == '/';
}

static bool is_joined(struct slice text, size_t start, size_t end)
{
    return (start > 1 && joins_words(text.data[start - 1]) && byte_is_word(text.data[start - 2])) ||
           (end + 1 < text.length && joins_words(text.data[end]) && byte_is_word(text.data[end + 1]));
}

// A value that is also the name of a resource isn't confidential: `name: wordpress`. An ordinary word of a longer name
// isn't confidential inside such names.
static bool is_public(const struct sources *sources, struct value *value, struct slice text, size_t at)
{
    look_up(sources, value);
    return value->is_name || (value->is_word_of_name && is_joined(text, at, at + value->text.length));
}

// Messages quote values.
static bool is_quoted(struct slice text, size_t start, size_t end)
{
    return is_start(text, start) && is_end(text, end) &&
           ((start > 0 && strchr("'\"=", text.data[start - 1])) ||
            (end < text.length && strchr("'\"", text.data[end])));
}

// The length of the longest secret value that begins here.
static size_t value_length(const struct sources *sources, struct slice text, size_t at)
{
    struct secrets *secrets = sources->secrets;
    struct slice rest = slice_from_index(text, at);
    size_t longest = 0;
    if (rest.length < VALUE_MIN || !(secrets->seconds[(unsigned char)rest.data[0]] & LETTER_BIT(rest.data[1])))
        return 0;
    for (size_t length = VALUE_MIN; length <= WORD_MAX && length <= rest.length; length++) {
        uint64_t hash = slice_hash(slice_part(rest, 0, length));
        for (uint32_t i = secrets->buckets[hash & (secrets->bucket_count - 1)]; i; i = secrets->items[i - 1].next) {
            struct value *value = &secrets->items[i - 1];
            bool has_start = length == WORD_MAX ? value->text.length >= WORD_MAX : value->text.length == length;
            if (!has_start || value->text.length <= longest || !slice_starts_with(rest, value->text))
                continue;
            size_t end = at + value->text.length;
            bool is_word = is_start(text, at) && is_end(text, end);
            if (is_plain_word(value->text) ? !is_quoted(text, at, end) : length < WORD_MAX && !is_word)
                continue;
            if (!is_public(sources, value, text, at))
                longest = value->text.length;
        }
    }
    return longest;
}

void secrets_mask(struct sources *sources, struct slice text, struct buffer *out)
{
    if (sources)
        examine_all(sources);
    if (!sources || !sources->secrets->count) {
        buffer_add_slice(out, text);
        return;
    }
    for (size_t at = 0; at < text.length;) {
        size_t length = value_length(sources, text, at);
        if (length)
            buffer_add_text(out, "***");
        else
            buffer_add_byte(out, text.data[at]);
        at += length ? length : 1;
    }
}
