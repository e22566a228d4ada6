#include "load/git_index.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/platform.h"
#include "load/path.h"

enum {
    HEADER_SIZE = 12,
    NUMBERS_SIZE = 40,
    SHA1_SIZE = 20,
    SHA256_SIZE = 32,
    VERSION_LEAST = 2,
    VERSION_EXTENDED = 3,
    VERSION_PREFIXES = 4,
};

// The numbers of an entry, in order.
enum { CHANGED, CHANGED_NANO, MODIFIED, MODIFIED_NANO, DEVICE, INODE, MODE, USER, GROUP, SIZE };

enum { FLAG_EXTENDED = 0x4000, FLAG_SKIPPED = 0x4000, FLAG_ANNOUNCED = 0x2000 };

struct reader {
    struct arena *arena;
    const unsigned char *data;
    size_t at, end;
    unsigned version, object_size;
};

static uint32_t number_at(const unsigned char *data)
{
    return (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 | data[3];
}

static unsigned flags_at(const unsigned char *data)
{
    return (unsigned)data[0] << 8 | data[1];
}

static uint32_t number_of(const struct git_index_entry *entry, int which)
{
    return number_at(entry->numbers + (size_t)which * 4);
}

static bool has(const struct reader *reader, size_t size)
{
    return reader->end - reader->at >= size;
}

// In version 4, the number of bytes to drop from the end of the previous path.
static bool read_length(struct reader *reader, size_t *length)
{
    enum { LENGTH_MAX = 1 << 24 };
    size_t value = 0;
    for (bool first = true;; first = false) {
        if (!has(reader, 1) || value > LENGTH_MAX)
            return false;
        unsigned char byte = reader->data[reader->at++];
        value = first ? byte & 0x7f : ((value + 1) << 7 | (byte & 0x7f));
        if (!(byte & 0x80))
            break;
    }
    *length = value;
    return true;
}

static bool read_path(struct reader *reader, size_t start, struct slice before, struct slice *path)
{
    enum { ALIGNMENT = 8, LENGTH_MAX = 4096 };
    size_t dropped = 0;
    if (reader->version >= VERSION_PREFIXES && (!read_length(reader, &dropped) || dropped > before.length))
        return false;
    const char *text = (const char *)reader->data + reader->at;
    const char *end = memchr(text, '\0', reader->end - reader->at);
    if (!end)
        return false;
    *path = (struct slice){text, (size_t)(end - text)};
    reader->at += path->length + 1;
    if (reader->version >= VERSION_PREFIXES)
        *path = arena_join(reader->arena, slice_part(before, 0, before.length - dropped), *path);
    else
        reader->at = start + (reader->at - 1 - start + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    return path->length > 0 && path->length <= LENGTH_MAX && reader->at <= reader->end;
}

static bool entry_of_mode(uint32_t mode, enum git_entry *entry)
{
    enum { KIND = 0170000, REGULAR = 0100000, LINK = 0120000, MODULE = 0160000 };
    *entry = (mode & KIND) == LINK ? GIT_ENTRY_LINK : (mode & KIND) == MODULE ? GIT_ENTRY_MODULE : GIT_ENTRY_FILE;
    return *entry != GIT_ENTRY_FILE || (mode & KIND) == REGULAR;
}

static bool read_entry(struct reader *reader, struct slice before, struct git_index_entry *entry)
{
    enum { STAGE_SHIFT = 12, STAGES = 3 };
    size_t start = reader->at;
    if (!has(reader, NUMBERS_SIZE + reader->object_size + 4))
        return false;
    const unsigned char *data = reader->data + start;
    *entry = (struct git_index_entry){.numbers = data, .object = data + NUMBERS_SIZE};
    unsigned flags = flags_at(entry->object + reader->object_size), more = 0;
    reader->at += NUMBERS_SIZE + reader->object_size + 2;
    if (flags & FLAG_EXTENDED) {
        if (reader->version < VERSION_EXTENDED)
            return false;
        more = flags_at(reader->data + reader->at);
        reader->at += 2;
    }
    entry->stage = flags >> STAGE_SHIFT & STAGES;
    entry->is_skipped = more & FLAG_SKIPPED;
    entry->is_announced = more & FLAG_ANNOUNCED;
    return entry_of_mode(number_of(entry, MODE), &entry->entry) && read_path(reader, start, before, &entry->path);
}

static struct slice object_text(struct arena *arena, const unsigned char *object, unsigned size)
{
    char *text = arena_allocate(arena, 2 * (size_t)size + 1, 1);
    sodium_bin2hex(text, 2 * (size_t)size + 1, object, size);
    return (struct slice){text, 2 * (size_t)size};
}

// The first record describes the whole tree: an empty path, "COUNT SUBTREES\n", and the tree's hash if the count is
// known.
static void read_tree(struct reader *reader, struct slice record, struct git_index *index)
{
    struct slice line, rest;
    if (record.length < 2 || record.data[0] != '\0' || record.data[1] == '-' ||
        !slice_cut(slice_from_index(record, 1), '\n', &line, &rest) || rest.length < reader->object_size)
        return;
    index->tree = object_text(reader->arena, (const unsigned char *)rest.data, reader->object_size);
}

// An extension that starts with a lowercase letter must be understood.
static bool read_extensions(struct reader *reader, struct git_index *index)
{
    enum { HEAD = 8 };
    while (has(reader, HEAD)) {
        const char *head = (const char *)reader->data + reader->at;
        size_t size = number_at(reader->data + reader->at + 4);
        reader->at += HEAD;
        if (!has(reader, size) || !(head[0] >= 'A' && head[0] <= 'Z'))
            return false;
        if (memcmp(head, "TREE", 4) == 0)
            read_tree(reader, (struct slice){head + HEAD, size}, index);
        reader->at += size;
    }
    return true;
}

static bool read_all(struct reader *reader, struct git_index *index)
{
    if (!has(reader, HEADER_SIZE) || memcmp(reader->data, "DIRC", 4) != 0)
        return false;
    reader->version = number_at(reader->data + 4);
    size_t count = number_at(reader->data + 8);
    reader->at = HEADER_SIZE;
    if (reader->version < VERSION_LEAST || reader->version > VERSION_PREFIXES ||
        count > (reader->end - reader->at) / (NUMBERS_SIZE + reader->object_size))
        return false;
    index->items = arena_array(reader->arena, struct git_index_entry, count);
    for (struct slice before = {0}; index->count < count; index->count++) {
        struct git_index_entry *entry = &index->items[index->count];
        if (!read_entry(reader, before, entry))
            return false;
        before = entry->path;
        index->has_modules = index->has_modules || entry->entry == GIT_ENTRY_MODULE;
        index->has_conflicts = index->has_conflicts || entry->stage;
    }
    return read_extensions(reader, index);
}

bool git_index_read(const struct git_repository *repository, struct arena *arena, struct git_index *index)
{
    const char *variable = getenv("GIT_INDEX_FILE");
    struct slice path = variable && *variable ? path_join(arena, repository->top, slice_from(variable))
                                              : path_join(arena, repository->git_directory, slice_literal("index"));
    struct slice content;
    struct stat status;
    size_t digits = repository->head.length;
    *index = (struct git_index){.object_size = digits == 2 * SHA256_SIZE ? SHA256_SIZE : SHA1_SIZE};
    int file = digits ? open(arena_copy(arena, path).data, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1;
    if (file < 0)
        return false;
    bool done = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    // The data about its entries, and about the files that they list, is several times as large.
    if (done && status.st_size > 0 && (uint64_t)status.st_size <= FILE_SIZE_MAX)
        arena_expect(arena, (size_t)status.st_size * 8);
    done = done && file_read_all(file, &status, arena, &content);
    close(file);
    if (!done || content.length < index->object_size)
        return false;
    index->seconds = (uint32_t)status.st_mtime;
    index->nanoseconds = platform_nanoseconds(&status, m);
    struct reader reader = {.arena = arena,
                            .data = (const unsigned char *)content.data,
                            .end = content.length - index->object_size,  // a checksum follows
                            .object_size = index->object_size};
    return read_all(&reader, index);
}

struct slice git_index_object(const struct git_index *index, const struct git_index_entry *entry, struct arena *arena)
{
    return object_text(arena, entry->object, index->object_size);
}

bool git_index_is_same(const struct git_index *index, const struct git_index_entry *entry, const struct stat *status)
{
    uint32_t seconds = number_of(entry, MODIFIED), nanoseconds = number_of(entry, MODIFIED_NANO);
    // A file that changed right after Git looked at it may have the same time and size.
    bool is_older = seconds < index->seconds || (seconds == index->seconds && nanoseconds < index->nanoseconds);
    return is_older && seconds == (uint32_t)status->st_mtime && nanoseconds == platform_nanoseconds(status, m) &&
           number_of(entry, CHANGED) == (uint32_t)status->st_ctime &&
           number_of(entry, CHANGED_NANO) == platform_nanoseconds(status, c) &&
           number_of(entry, INODE) == (uint32_t)status->st_ino && number_of(entry, USER) == status->st_uid &&
           number_of(entry, GROUP) == status->st_gid && number_of(entry, SIZE) == (uint32_t)status->st_size;
}
