#include "base/slice.h"

#include "base/arena.h"
#include "base/ascii.h"

bool slice_is_one_of(struct slice text, const char *const *texts)
{
    for (; texts && *texts; texts++)
        if (slice_equals(text, *texts))
            return true;
    return false;
}

int slice_compare(struct slice a, struct slice b)
{
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    if (order)
        return order;
    return a.length < b.length ? -1 : a.length > b.length;
}

bool slice_starts_with(struct slice slice, struct slice prefix)
{
    return slice.length >= prefix.length && (prefix.length == 0 || memcmp(slice.data, prefix.data, prefix.length) == 0);
}

bool slice_ends_with(struct slice slice, struct slice suffix)
{
    return slice.length >= suffix.length &&
           (suffix.length == 0 || memcmp(slice.data + slice.length - suffix.length, suffix.data, suffix.length) == 0);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool slice_same_letters(const char *a, const char *b, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (a[i] != b[i] && lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

size_t slice_find_byte(struct slice slice, char byte)
{
    const char *found = slice.length ? memchr(slice.data, byte, slice.length) : NULL;
    return found ? (size_t)(found - slice.data) : SLICE_NOT_FOUND;
}

size_t slice_find_last_byte(struct slice slice, char byte)
{
    for (size_t i = slice.length; i-- > 0;)
        if (slice.data[i] == byte)
            return i;
    return SLICE_NOT_FOUND;
}

size_t slice_find(struct slice slice, struct slice part)
{
    if (part.length == 0)
        return 0;
    for (size_t from = 0; from + part.length <= slice.length;) {
        const char *found = memchr(slice.data + from, part.data[0], slice.length - part.length - from + 1);
        if (!found)
            break;
        size_t at = (size_t)(found - slice.data);
        if (memcmp(found, part.data, part.length) == 0)
            return at;
        from = at + 1;
    }
    return SLICE_NOT_FOUND;
}

struct slice slice_part(struct slice slice, size_t start, size_t end)
{
    if (end > slice.length)
        end = slice.length;
    if (start > end)
        start = end;
    return (struct slice){slice.data ? slice.data + start : NULL, end - start};
}

bool slice_cut(struct slice slice, char separator, struct slice *head, struct slice *rest)
{
    size_t at = slice_find_byte(slice, separator);
    if (at == SLICE_NOT_FOUND) {
        *head = slice;
        *rest = (struct slice){0};
        return false;
    }
    *head = slice_part(slice, 0, at);
    *rest = slice_from_index(slice, at + 1);
    return true;
}

bool slice_split_at(struct slice text, struct slice delimiter, int64_t index, struct slice *part)
{
    for (int64_t i = 0; index >= 0; i++) {
        size_t end = slice_find(text, delimiter);
        *part = end == SLICE_NOT_FOUND ? text : slice_part(text, 0, end);
        if (i == index)
            return true;
        if (end == SLICE_NOT_FOUND)
            return false;
        text = slice_from_index(text, end + delimiter.length);
    }
    return false;
}

struct slice slice_cut_line(struct slice *rest)
{
    struct slice line;
    slice_cut(*rest, '\n', &line, rest);
    while (line.length && line.data[line.length - 1] == '\r')
        line.length--;
    return line;
}

struct slice slice_trim(struct slice slice, const char *bytes)
{
    while (slice.length && strchr(bytes, slice.data[0]) && slice.data[0]) {
        slice.data++;
        slice.length--;
    }
    while (slice.length && strchr(bytes, slice.data[slice.length - 1]) && slice.data[slice.length - 1])
        slice.length--;
    return slice;
}

uint64_t hash_combine(uint64_t a, uint64_t b)
{
    uint64_t mixed = (a ^ (b + 0x9e3779b97f4a7c15u + (a << 6) + (a >> 2))) * 0xff51afd7ed558ccdu;
    return mixed ^ (mixed >> 32);
}

bool slice_consists_of(struct slice slice, bool (*is_of_class)(char))
{
    size_t count = 0;
    while (count < slice.length && is_of_class(slice.data[count]))
        count++;
    return count && count == slice.length;
}

size_t slice_count_leading(struct slice slice, char byte)
{
    size_t count = 0;
    while (count < slice.length && slice.data[count] == byte)
        count++;
    return count;
}

// Loads one to seven bytes into the low bytes of a word. A memcpy of a variable length would be a call, and its
// destination would need a stack guard.
static uint64_t load_tail(const char *data, size_t length)
{
    if (length >= 4) {
        uint32_t first, last;
        memcpy(&first, data, 4);
        memcpy(&last, data + length - 4, 4);
        return first | (uint64_t)last << 8 * (length - 4);
    }
    uint64_t first = (unsigned char)data[0], middle = (unsigned char)data[length / 2];
    return first | middle << 8 * (length / 2) | (uint64_t)(unsigned char)data[length - 1] << 8 * (length - 1);
}

uint64_t slice_hash(struct slice slice)
{
    uint64_t hash = 0x2545f4914f6cdd1du ^ slice.length;
    size_t i = 0;
    for (; i + 8 <= slice.length; i += 8) {
        uint64_t word;
        memcpy(&word, slice.data + i, 8);
        hash = (hash ^ word) * 0x9fb21c651e98df25u;
        hash ^= hash >> 35;
    }
    if (i < slice.length)
        hash = (hash ^ load_tail(slice.data + i, slice.length - i)) * 0x9fb21c651e98df25u;
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93u;
    return hash ^ (hash >> 32);
}

size_t slice_edit_distance(struct slice a, struct slice b, size_t limit)
{
    enum { LONGEST = 64 };
    if (a.length > LONGEST || b.length > LONGEST)
        return limit + 1;
    size_t before[LONGEST + 1], above[LONGEST + 1] = {0}, row[LONGEST + 1];
    for (size_t j = 0; j <= b.length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        memcpy(before, above, sizeof(before));
        memcpy(above, row, sizeof(above));
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            int left = lower(a.data[i - 1]), right = lower(b.data[j - 1]);
            size_t best = above[j - 1] + (left != right);
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            bool is_swap = i > 1 && j > 1 && left == lower(b.data[j - 2]) && lower(a.data[i - 2]) == right;
            if (is_swap && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
    }
    return row[b.length] > limit ? limit + 1 : row[b.length];
}

static struct slice skip_digits(struct slice text)
{
    while (text.length && byte_is_digit(text.data[0]))
        text = slice_from_index(text, 1);
    return text;
}

bool slices_differ_in_digits_only(struct slice a, struct slice b)
{
    for (;;) {
        a = skip_digits(a);
        b = skip_digits(b);
        if (!a.length || !b.length || a.data[0] != b.data[0])
            return !a.length && !b.length;
        a = slice_from_index(a, 1);
        b = slice_from_index(b, 1);
    }
}

bool slice_has_word(const char *list, struct slice word)
{
    struct slice rest = slice_from(list ? list : ""), next;
    while (rest.length) {
        slice_cut(rest, ' ', &next, &rest);
        if (slice_equal_ignoring_case(next, word))
            return true;
    }
    return false;
}
