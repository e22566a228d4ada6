// base/slice.h
//
// A view of bytes: a pointer and a length. It owns nothing and may contain any byte, including NUL.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
    const char *data;  // may be NULL if length is 0
    size_t length;
};

#define slice_literal(text) ((struct slice){(text), sizeof(text) - 1})
// The arguments for "%.*s" in a format of the printf family.
#define SLICE_ARGS(slice) (int)(slice).length, ((slice).data ? (slice).data : "")
#define SLICE_NOT_FOUND SIZE_MAX

static inline struct slice slice_from(const char *text)
{
    return (struct slice){text, text ? strlen(text) : 0};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static inline bool slice_equals(struct slice a, const char *text)
{
    return slice_equal(a, slice_from(text));
}

// Compares bytes like memcmp; a prefix comes before a longer string.
int slice_compare(struct slice, struct slice);
// `texts` ends with NULL; NULL has none.
bool slice_is_one_of(struct slice, const char *const *texts);

bool slice_starts_with(struct slice, struct slice prefix);
bool slice_ends_with(struct slice, struct slice suffix);
// The case of ASCII letters doesn't count. Inline, because most fields that are searched for differ in length.
bool slice_same_letters(const char *, const char *, size_t length);
static inline bool slice_equal_ignoring_case(struct slice a, struct slice b)
{
    return a.length == b.length && slice_same_letters(a.data, b.data, a.length);
}

// The index of the first (last) `byte`, or SLICE_NOT_FOUND.
size_t slice_find_byte(struct slice, char byte);
size_t slice_find_last_byte(struct slice, char byte);
size_t slice_find(struct slice, struct slice part);

// From `start` up to but not including `end`; both are limited to the length.
struct slice slice_part(struct slice, size_t start, size_t end);
static inline struct slice slice_from_index(struct slice slice, size_t start)
{
    return slice_part(slice, start, slice.length);
}

// Cuts at the first `separator`: `*head` is the part before it, `*rest` the part after it. False if there is none;
// `*head` is then the whole slice, and `*rest` is empty.
bool slice_cut(struct slice, char separator, struct slice *head, struct slice *rest);

// Finds the part at `index`, counted from 0, of a string that `delimiter` splits. False: there are not that many parts.
bool slice_split_at(struct slice, struct slice delimiter, int64_t index, struct slice *part);

// Cuts off the first line and returns it without its line feed and the carriage returns before that.
struct slice slice_cut_line(struct slice *rest);

struct slice slice_trim(struct slice, const char *bytes);
// The number of times that the slice repeats `byte` at its start.
size_t slice_count_leading(struct slice, char byte);
// True if it is not empty and all of its bytes are of a class (base/ascii.h).
bool slice_consists_of(struct slice, bool (*is_of_class)(char));

uint64_t slice_hash(struct slice);
uint64_t hash_combine(uint64_t, uint64_t);

static inline uint64_t slice_hash_pair(struct slice a, struct slice b)
{
    return hash_combine(slice_hash(a), slice_hash(b));
}

// The number of single-character edits between the two, for "did you mean". Swapping two adjacent characters counts
// as one edit. Returns at most `limit` + 1; strings longer than 64 bytes count as that far apart.
size_t slice_edit_distance(struct slice, struct slice, size_t limit);
// True for `web-1` and `web-2`, or for equal strings.
bool slices_differ_in_digits_only(struct slice, struct slice);
// True if the list (NULL: empty), whose words are separated by spaces, has the word, ignoring case.
bool slice_has_word(const char *list, struct slice word);
