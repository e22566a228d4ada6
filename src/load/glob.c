#include "load/glob.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/fatal.h"
#include "base/recovery.h"
#include "base/utf8.h"
#include "load/path.h"

// --- One pattern against one text. A pattern is cut into chunks at its stars; each chunk is matched at the first
// place where it fits, which is enough.

// A stray byte counts as a character.
static struct slice take_character(struct slice *text)
{
    struct slice character = slice_part(*text, 0, character_at(*text, 0).length);
    *text = slice_from_index(*text, character.length);
    return character;
}

// Takes a bound of a range. False: malformed.
static bool take_bound(struct slice *chunk, struct slice *bound)
{
    if (!chunk->length || chunk->data[0] == '-' || chunk->data[0] == ']')
        return false;
    if (chunk->data[0] == '\\') {
        *chunk = slice_from_index(*chunk, 1);
        if (!chunk->length)
            return false;
    }
    *bound = take_character(chunk);
    return chunk->length > 0;
}

// Matches a class `[…]`, after its opening bracket. False: malformed.
static bool match_class(struct slice *chunk, struct slice character, bool *matches)
{
    bool negated = chunk->length && chunk->data[0] == '^';
    if (negated)
        *chunk = slice_from_index(*chunk, 1);
    bool within = false;
    for (size_t ranges = 0;; ranges++) {
        if (chunk->length && chunk->data[0] == ']' && ranges > 0) {
            *chunk = slice_from_index(*chunk, 1);
            break;
        }
        struct slice low, high;
        if (!take_bound(chunk, &low))
            return false;
        high = low;
        if (chunk->data[0] == '-') {
            *chunk = slice_from_index(*chunk, 1);
            if (!take_bound(chunk, &high))
                return false;
        }
        // UTF-8 sorts like the characters.
        within = within || (slice_compare(low, character) <= 0 && slice_compare(character, high) <= 0);
    }
    *matches = within != negated;
    return true;
}

// Matches a chunk without stars at the start of the text. `*rest` is what follows. False: malformed, even if the text
// failed to match earlier.
static bool match_chunk(struct slice chunk, struct slice text, struct slice *rest, bool *matches)
{
    bool failed = false;
    while (chunk.length) {
        failed = failed || !text.length;
        char first = chunk.data[0];
        if (first == '[') {
            struct slice character = failed ? slice_literal("x") : take_character(&text);
            chunk = slice_from_index(chunk, 1);
            bool within;
            if (!match_class(&chunk, character, &within))
                return false;
            failed = failed || !within;
        } else if (first == '?') {
            failed = failed || text.data[0] == '/';
            if (!failed)
                take_character(&text);
            chunk = slice_from_index(chunk, 1);
        } else {
            if (first == '\\') {
                chunk = slice_from_index(chunk, 1);
                if (!chunk.length)
                    return false;
            }
            failed = failed || text.data[0] != chunk.data[0];
            chunk = slice_from_index(chunk, 1);
            if (!failed)
                text = slice_from_index(text, 1);
        }
    }
    *matches = !failed;
    *rest = text;
    return true;
}

// Takes the leading stars, and what follows them up to the next star.
static struct slice take_chunk(struct slice *pattern, bool *star)
{
    *star = false;
    while (pattern->length && pattern->data[0] == '*') {
        *star = true;
        *pattern = slice_from_index(*pattern, 1);
    }
    bool in_class = false;
    size_t end = 0;
    for (; end < pattern->length; end++) {
        char byte = pattern->data[end];
        if (byte == '\\' && end + 1 < pattern->length)
            end++;
        else if (byte == '[')
            in_class = true;
        else if (byte == ']')
            in_class = false;
        else if (byte == '*' && !in_class)
            break;
    }
    struct slice chunk = slice_part(*pattern, 0, end);
    *pattern = slice_from_index(*pattern, end);
    return chunk;
}

bool glob_match(struct slice pattern, struct slice text, bool *matches)
{
    *matches = false;
    while (pattern.length) {
        bool star;
        struct slice chunk = take_chunk(&pattern, &star);
        if (star && !chunk.length) {
            *matches = slice_find_byte(text, '/') == SLICE_NOT_FOUND;
            return true;
        }
        bool found = false;
        struct slice rest;
        for (size_t skip = 0;; skip++) {
            bool fits;
            if (!match_chunk(chunk, slice_from_index(text, skip), &rest, &fits))
                return false;
            // The last chunk must reach the end.
            found = fits && (pattern.length || !rest.length);
            if (found || !star || skip >= text.length || text.data[skip] == '/')
                break;
        }
        // As in kustomize, the rest is no longer examined, even if it is malformed.
        if (!found)
            return true;
        text = rest;
    }
    *matches = !text.length;
    return true;
}

// --- Directories.

static int compare_names(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

bool directory_list(struct arena *arena, struct slice directory, struct path_list *names)
{
    const char *path = file_path(arena, directory);
    return path && directory_list_opened(arena, open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), names);
}

static void close_stream(void *stream)
{
    closedir(stream);
}

bool directory_list_opened(struct arena *arena, int directory, struct path_list *names)
{
    DIR *stream = directory < 0 ? NULL : fdopendir(directory);
    if (!stream) {
        int error = errno;
        if (directory >= 0)
            close(directory);
        if (error == ENOMEM)
            fatal_out_of_memory();
        errno = error;
        return false;
    }
    struct held held;
    held_push(&held, close_stream, stream);
    errno = 0;
    for (struct dirent *entry; (entry = readdir(stream)); errno = 0)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            list_append(arena, names, arena_copy(arena, slice_from(entry->d_name)));
    int error = errno;
    held_pop();
    closedir(stream);
    errno = error;
    if (names->count)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    return error == 0;
}

bool glob_is_literal(struct slice pattern)
{
    for (size_t i = 0; i < pattern.length; i++)
        if (strchr("*?[\\", pattern.data[i]))
            return false;
    return true;
}

static void add_matches(struct arena *arena, struct slice directory, struct slice pattern, struct path_list *paths,
                        struct glob_failure *failure)
{
    struct path_list names = {0};
    if (!directory_list(arena, directory, &names)) {
        bool nothing = errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG || errno == ELOOP;
        if (!nothing && !failure->error)
            *failure = (struct glob_failure){directory, errno};
        return;
    }
    for (size_t i = 0; i < names.count; i++) {
        bool matches;
        if (glob_match(pattern, names.items[i], &matches) && matches)
            list_append(arena, paths, path_join(arena, directory, names.items[i]));
    }
}

static bool exists(struct arena *arena, struct slice path)
{
    struct stat status;
    // What can't be examined still exists.
    return lstat(arena_copy(arena, path).data, &status) == 0 ||
           (errno != ENOENT && errno != ENOTDIR && errno != ENAMETOOLONG);
}

// Expand the directories before the last element first, which bounds the depth by their number.
static void expand(struct arena *arena, struct slice pattern, struct path_list *paths, struct glob_failure *failure)
{
    if (glob_is_literal(pattern)) {
        if (exists(arena, pattern))
            list_append(arena, paths, pattern);
        return;
    }
    size_t slash = slice_find_last_byte(pattern, '/');
    struct slice last = slash == SLICE_NOT_FOUND ? pattern : slice_from_index(pattern, slash + 1);
    struct slice before = slash == SLICE_NOT_FOUND ? slice_literal(".")
                          : slash == 0             ? slice_literal("/")
                                                   : slice_part(pattern, 0, slash);
    if (glob_is_literal(before)) {
        add_matches(arena, before, last, paths, failure);
        return;
    }
    struct path_list directories = {0};
    expand(arena, before, &directories, failure);
    for (size_t i = 0; i < directories.count; i++)
        add_matches(arena, directories.items[i], last, paths, failure);
}

bool glob_paths(struct arena *arena, struct slice pattern, struct path_list *paths, struct glob_failure *failure)
{
    enum { ELEMENTS_MAX = 512 };
    bool matches;
    if (!glob_match(pattern, (struct slice){0}, &matches))
        return false;
    size_t elements = 0;
    for (size_t i = 0; i < pattern.length; i++)
        elements += pattern.data[i] == '/';
    struct path_list all = {0};
    if (elements <= ELEMENTS_MAX)
        expand(arena, pattern, &all, failure);
    bool matches_hidden = slice_starts_with(path_base(pattern), slice_literal("."));
    for (size_t i = 0; i < all.count; i++)
        if (matches_hidden || !slice_starts_with(path_base(all.items[i]), slice_literal(".")))
            list_append(arena, paths, all.items[i]);
    return true;
}

// --- Patterns with `**`, element by element. After a failure only the last `**` takes one element more, which is
// enough.

bool glob_match_path(struct slice pattern, struct slice path, bool *matches)
{
    struct slice after_stars = {0}, taken_from = {0}, element, name;
    bool has_stars = false, more_pattern = true, more_path = true;
    *matches = false;
    for (struct slice rest = pattern; rest.length;) {
        bool ignored;
        slice_cut(rest, '/', &element, &rest);
        if (!slice_equals(element, "**") && !glob_match(element, (struct slice){0}, &ignored))
            return false;
    }
    while (more_path || more_pattern) {
        struct slice pattern_rest = pattern, path_rest = path;
        bool next_pattern = more_pattern && slice_cut(pattern_rest, '/', &element, &pattern_rest);
        if (more_pattern && slice_equals(element, "**")) {
            has_stars = true;
            after_stars = pattern = pattern_rest;
            taken_from = path;
            if (!next_pattern) {
                *matches = true;  // it matches everything that is left
                return true;
            }
            continue;
        }
        bool next_path = more_path && slice_cut(path_rest, '/', &name, &path_rest), fits = false;
        if (more_pattern && more_path && !glob_match(element, name, &fits))
            return false;
        if (fits) {
            pattern = pattern_rest;
            path = path_rest;
            more_pattern = next_pattern;
            more_path = next_path;
            continue;
        }
        if (!has_stars || !slice_cut(taken_from, '/', &name, &taken_from))
            return true;
        pattern = after_stars;
        path = taken_from;
        more_pattern = more_path = true;
    }
    *matches = true;
    return true;
}

bool entry_is_directory(int directory, const struct dirent *entry)
{
    struct stat status;
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type == DT_DIR;
    return fstatat(directory, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}

// --- Lists of paths.

int path_compare(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

void path_list_sort_once(struct path_list *paths)
{
    size_t count = 0, sorted = 1;
    // Many lists are already sorted.
    while (sorted < paths->count && slice_compare(paths->items[sorted - 1], paths->items[sorted]) <= 0)
        sorted++;
    if (sorted < paths->count)
        qsort(paths->items, paths->count, sizeof *paths->items, path_compare);
    for (size_t i = 0; i < paths->count; i++)
        if (!count || !slice_equal(paths->items[count - 1], paths->items[i]))
            paths->items[count++] = paths->items[i];
    paths->count = count;
}
