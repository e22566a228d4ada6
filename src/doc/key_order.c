// doc/key_order.c
//
// kustomize's order of keys, which comes from its YAML library: letters after everything else, numbers by value.
//
//     1, 9, 10a, A, B, a-1, a_1, a1, a2, a10, ab
//
// The order isn't transitive (`9` < `21a` < `2Z` < `9`); for such keys, kustomize's order is random. kiln first sorts
// keys with digits by bytes, so that equal maps are always printed in the same order.
#include "doc/key_order.h"

#include <stdlib.h>

#include "base/recovery.h"
#include "base/utf8.h"
#include "doc/scalar.h"
#include "doc/text_traits.h"

void key_order_free(struct key_order *order)
{
    piece_free(order->items);
    *order = (struct key_order){0};
}

// --- Comparing.

struct number {
    int64_t value;
    size_t digits;
};

static struct number read_number(struct slice text, size_t at, uint64_t start)
{
    struct number number = {0};
    while (at < text.length) {
        struct character character = character_at(text, at);
        if (!character_is_digit(character.code))
            break;
        // Digits of other scripts count by their code point, and overflow wraps, as in the original.
        start = start * 10 + (uint64_t)character.code - '0';
        number.digits++;
        at += character.length;
    }
    number.value = (int64_t)start;
    return number;
}

// True if one of the digits directly before `at` isn't zero.
static bool continues_number(struct slice text, size_t at)
{
    while (at > 0) {
        at = character_before(text, at);
        uint32_t code = character_at(text, at).code;
        if (!character_is_digit(code))
            return false;
        if (code != '0')
            return true;
    }
    return false;
}

// Called with texts that differ in byte `at`.
static int compare_characters(struct slice a, struct slice b, size_t at)
{
    while (at > 0 && (((unsigned char)a.data[at] & 0xC0) == 0x80 || ((unsigned char)b.data[at] & 0xC0) == 0x80))
        at--;
    uint32_t x = character_at(a, at).code, y = character_at(b, at).code;
    bool x_letter = character_is_letter(x), y_letter = character_is_letter(y);
    if (x_letter != y_letter)
        return x_letter ? 1 : -1;
    if (!x_letter) {
        uint64_t start = (x == '0' || y == '0') && continues_number(a, at);
        struct number i = read_number(a, at, start), j = read_number(b, at, start);
        if (i.value != j.value)
            return i.value < j.value ? -1 : 1;
        if (i.digits != j.digits)
            return i.digits < j.digits ? -1 : 1;
    }
    if (x != y)
        return x < y ? -1 : 1;
    return slice_compare(a, b);  // invalid bytes
}

static bool is_ascii_digit(unsigned char byte)
{
    return (unsigned char)(byte - '0') < 10;
}

int key_compare_natural(struct slice a, struct slice b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    size_t i = 0;
    while (i < shorter && a.data[i] == b.data[i])
        i++;
    if (i == shorter)
        return a.length == b.length ? 0 : a.length < b.length ? -1 : 1;
    unsigned char x = (unsigned char)a.data[i], y = (unsigned char)b.data[i];
    if ((x | y) & 0x80 || is_ascii_digit(x) || is_ascii_digit(y))
        return compare_characters(a, b, i);
    bool x_letter = character_is_letter(x), y_letter = character_is_letter(y);
    if (x_letter != y_letter)
        return x_letter ? 1 : -1;
    return x < y ? -1 : 1;
}

// --- Sorting.

typedef int key_comparison(struct slice, struct slice);

static struct slice key_text(const struct ordered_entry *item)
{
    return item->entry->key->text;
}

static void insertion_sort(struct ordered_entry *items, size_t count, key_comparison *compare)
{
    for (size_t i = 1; i < count; i++) {
        struct ordered_entry item = items[i];
        size_t at = i;
        for (; at > 0 && compare(key_text(&item), key_text(&items[at - 1])) < 0; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

// Stable. `spare` has room for `count` items.
static void merge_sort(struct ordered_entry *items, size_t count, struct ordered_entry *spare, key_comparison *compare)
{
    if (count <= 12) {
        insertion_sort(items, count, compare);
        return;
    }
    size_t half = count / 2;
    merge_sort(items, half, spare, compare);
    merge_sort(items + half, count - half, spare, compare);
    if (compare(key_text(&items[half - 1]), key_text(&items[half])) <= 0)
        return;
    memcpy(spare, items, half * sizeof *spare);
    size_t left = 0, right = half, to = 0;
    while (left < half && right < count)
        items[to++] = compare(key_text(&items[right]), key_text(&spare[left])) < 0 ? items[right++] : spare[left++];
    memcpy(items + to, spare + left, (half - left) * sizeof *items);
}

static void reserve(struct key_order *order, size_t more)
{
    if (order->count + more <= order->capacity)
        return;
    size_t capacity = order->capacity ? order->capacity : 256;
    while (capacity < order->count + more)
        capacity *= 2;
    order->items = piece_resize(order->items, capacity * sizeof *order->items);
    order->capacity = capacity;
}

static void sort_from(struct key_order *order, size_t first, key_comparison *compare)
{
    size_t count = order->count - first;
    if (count < 2)
        return;
    reserve(order, count);  // the spare room for merging is above the items
    merge_sort(order->items + first, count, order->items + order->count, compare);
}

static uint32_t facts_of(const struct name *name)
{
    struct slice text = name->text;
    uint32_t facts = KEY_KNOWN;
    // Longer keys need a `?` before them.
    if (text.length && text.length <= 128 && text_traits(text) == 0 && !scalar_needs_quotes(text))
        facts |= KEY_PLAIN;
    // An empty key isn't null: it is printed in quotes.
    if (!text.length || scalar_resolve_tag(text) == TAG_STRING)
        facts |= KEY_STRING;
    for (size_t i = 0; i < text.length; i++)
        if (is_ascii_digit((unsigned char)text.data[i]) || (unsigned char)text.data[i] >= 0x80)
            facts |= KEY_DIGIT;
    return facts;
}

// Computed once for each name, because the same few keys occur again and again. Threads that compute the facts at the
// same time get the same result.
static uint32_t known_facts(const struct name *name)
{
    _Atomic(uint8_t) *known = &((struct name *)(uintptr_t)name)->facts;
    uint8_t facts = atomic_load_explicit(known, memory_order_relaxed);
    if (!facts) {
        facts = (uint8_t)facts_of(name);
        atomic_store_explicit(known, facts, memory_order_relaxed);
    }
    return facts;
}

size_t key_order_push_natural(struct key_order *order, const struct node *map)
{
    size_t first = order->count;
    reserve(order, map->count);
    size_t with_digits = 0;
    bool sorted = true;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        uint32_t facts = known_facts(entry->key);
        with_digits += (facts & KEY_DIGIT) != 0;
        if (sorted && i)
            sorted = key_compare_natural(entry[-1].key->text, entry->key->text) < 0;
        order->items[order->count++] = (struct ordered_entry){entry, facts};
    }
    if (with_digits >= 2) {
        const struct map_entry *repeated[2];
        sort_from(order, first, slice_compare);
        if (key_order_find_repeated(order, first, repeated))
            return first;
    } else if (sorted) {
        return first;
    }
    sort_from(order, first, key_compare_natural);
    return first;
}

size_t key_order_push_bytewise(struct key_order *order, const struct node *map)
{
    size_t first = order->count;
    reserve(order, map->count);
    for (uint32_t i = 0; i < map->count; i++)
        order->items[order->count++] = (struct ordered_entry){&map->entries[i], known_facts(map->entries[i].key)};
    sort_from(order, first, slice_compare);
    return first;
}

bool key_order_find_repeated(const struct key_order *order, size_t first, const struct map_entry *repeated[2])
{
    for (size_t i = first + 1; i < order->count; i++) {
        const struct map_entry *earlier = order->items[i - 1].entry, *later = order->items[i].entry;
        if (earlier->key == later->key || slice_equal(earlier->key->text, later->key->text)) {
            repeated[0] = earlier < later ? earlier : later;
            repeated[1] = earlier < later ? later : earlier;
            return true;
        }
    }
    return false;
}
