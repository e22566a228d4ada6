#include "cli/build_manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "base/beneath.h"
#include "base/buffer.h"
#include "base/output_file.h"
#include "load/path.h"

#define FILE_NAME ".kiln-manifest"
#define FIRST_LINE "# Files that kiln has written below this directory.\n"
#define nowhere ((struct position){0})

struct slice manifest_hash(struct arena *arena, struct slice content)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char hex[2 * sizeof hash + 1];
    crypto_hash_sha256(hash, (const unsigned char *)(content.data ? content.data : ""), content.length);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return arena_copy(arena, slice_from(hex));
}

const struct manifest_entry *manifest_find(const struct manifest *manifest, struct slice path)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&manifest->by_path, slice_hash(path)); hash_cursor_next(&at, &number);)
        if (slice_equal(manifest->items[number].path, path))
            return &manifest->items[number];
    return NULL;
}

void manifest_set(struct manifest *manifest, struct slice path, struct slice hash)
{
    const struct manifest_entry *present = manifest_find(manifest, path);
    if (present) {
        manifest->items[present - manifest->items].hash = hash;
        return;
    }
    struct manifest_entry entry = {path, hash};
    hash_index_add(manifest->arena, &manifest->by_path, slice_hash(path), (uint32_t)manifest->count);
    list_append(manifest->arena, manifest, entry);
}

// --- Reading. `\` and line breaks in names are written as `\\` and `\n`.

static struct slice unescaped(struct arena *arena, struct slice text)
{
    struct buffer plain = {0};
    for (size_t i = 0; i < text.length; i++) {
        bool escape = text.data[i] == '\\' && i + 1 < text.length;
        if (escape)
            i++;
        buffer_add_byte(&plain, escape && text.data[i] == 'n' ? '\n' : text.data[i]);
    }
    struct slice copy = arena_copy(arena, buffer_slice(&plain));
    buffer_free(&plain);
    return copy;
}

// An edited manifest must not make kiln remove files elsewhere.
static bool is_below(struct arena *arena, struct slice path)
{
    return path.length && !path_leads_out(path) && slice_find_byte(path, '\0') == SLICE_NOT_FOUND &&
           slice_equal(path_clean(arena, path), path) && !slice_equals(path, ".");
}

static void take_lines(struct manifest *manifest, struct slice text)
{
    struct slice line;
    while (text.length) {
        slice_cut(text, '\n', &line, &text);
        struct slice hash = slice_part(line, 0, MANIFEST_HASH_SIZE);
        struct slice path = unescaped(manifest->arena, slice_from_index(line, MANIFEST_HASH_SIZE + 2));
        if (line.length > MANIFEST_HASH_SIZE + 2 && line.data[0] != '#' && is_below(manifest->arena, path))
            manifest_set(manifest, path, hash);
    }
}

bool manifest_read(struct manifest *manifest, struct diagnostics *diagnostics, struct slice directory)
{
    struct slice path = path_join(manifest->arena, directory, slice_literal(FILE_NAME)), content;
    struct stat status;
    int file = open(path.data, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0 && (errno == ENOENT || errno == ENOTDIR))
        return true;
    bool read = file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
                file_read_all(file, &status, manifest->arena, &content);
    if (!read)
        diagnose(diagnostics, nowhere, "cannot read '%.*s': %s", SLICE_ARGS(path), strerror(errno));
    else
        take_lines(manifest, content);
    if (file >= 0)
        close(file);
    return read;
}

// --- Writing.

static int compare_entries(const void *a, const void *b)
{
    return slice_compare(((const struct manifest_entry *)a)->path, ((const struct manifest_entry *)b)->path);
}

static void write_text(const struct manifest *manifest, struct buffer *text)
{
    buffer_add_text(text, FIRST_LINE);
    for (size_t i = 0; i < manifest->count; i++) {
        const struct manifest_entry *entry = &manifest->items[i];
        buffer_add_format(text, "%.*s  ", SLICE_ARGS(entry->hash));
        for (size_t k = 0; k < entry->path.length; k++) {
            char byte = entry->path.data[k];
            if (byte == '\\' || byte == '\n')
                buffer_add_byte(text, '\\');
            buffer_add_byte(text, byte == '\n' ? 'n' : byte);
        }
        buffer_add_byte(text, '\n');
    }
}

enum file_state { FILE_GONE, FILE_AS_WRITTEN, FILE_CHANGED, FILE_UNREADABLE };

// FILE_UNREADABLE: errno says why.
static enum file_state state_of(struct arena *arena, int directory, const struct manifest_entry *entry)
{
    struct stat status;
    struct slice content;
    int file = beneath_open_at(directory, entry->path.data, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
                               0);
    if (file < 0 && (errno == ENOENT || errno == ENOTDIR))
        return FILE_GONE;
    if (file < 0)
        return beneath_has_moved(errno) || errno == ENXIO ? FILE_CHANGED : FILE_UNREADABLE;
    enum file_state state = FILE_CHANGED;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
        if (!file_read_all(file, &status, arena, &content))
            state = FILE_UNREADABLE;
        else if (slice_equal(manifest_hash(arena, content), entry->hash))
            state = FILE_AS_WRITTEN;
    }
    int error = errno;
    close(file);
    errno = error;
    return state;
}

// False: the batch has ended.
static bool remove_old(struct manifest *now, const struct manifest *old, struct diagnostics *diagnostics,
                       struct output_batch *batch, struct manifest_change *change)
{
    for (size_t i = 0; i < old->count; i++) {
        const struct manifest_entry *entry = &old->items[i];
        if (manifest_find(now, entry->path))
            continue;
        enum file_state state = state_of(now->arena, output_batch_directory(batch), entry);
        if (state == FILE_GONE)
            continue;
        if (!change->prune || state == FILE_UNREADABLE || (state == FILE_CHANGED && !change->force)) {
            int error = errno;
            manifest_set(now, entry->path, entry->hash);
            if (!change->prune)
                continue;
            if (state == FILE_UNREADABLE) {
                diagnose(diagnostics, nowhere, "cannot read '%.*s': %s", SLICE_ARGS(entry->path), strerror(error));
                change->incomplete = true;
                continue;
            }
            diagnose_warning(diagnostics, nowhere, "kept '%.*s': it has changed since kiln wrote it",
                             SLICE_ARGS(entry->path));
            diagnose_hint(diagnostics, "use --force to remove it anyway");
            continue;
        }
        if (!output_batch_remove_below(batch, entry->path))
            return false;
        change->removed++;
    }
    return true;
}

static bool commit(struct manifest *now, struct output_batch *batch)
{
    struct buffer text = {0};
    if (now->count)
        qsort(now->items, now->count, sizeof *now->items, compare_entries);
    write_text(now, &text);
    bool same = output_is_same(output_batch_directory(batch), FILE_NAME, buffer_slice(&text), 0);
    bool done = (same || output_batch_add_below(batch, slice_literal(FILE_NAME), buffer_slice(&text))) &&
                output_batch_commit(batch);
    buffer_free(&text);
    return done;
}

bool manifest_replace(struct manifest *now, const struct manifest *old, struct diagnostics *diagnostics,
                      struct slice directory, struct manifest_change *change)
{
    struct output_batch batch;
    output_batch_begin(&batch, now->arena);
    if (output_batch_enter_kept(&batch, directory, change->lock) && remove_old(now, old, diagnostics, &batch, change) &&
        commit(now, &batch))
        return !change->incomplete;
    return output_batch_report(&batch, diagnostics);
}
