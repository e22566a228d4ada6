#include "load/file_loader.h"

#include "kustomization/kustomization.h"
#include "load/loader.h"
#include "load/path.h"
#include "load/path_refusal.h"
#include "yaml/inline_text.h"

enum file_kind file_loader_kind(struct file_loader *directory, struct slice path)
{
    struct loader *loader = directory->loader;
    return loader->files->kind(loader->files->state, path_join(loader->arena, directory->path, path));
}

bool file_loader_is_detached(const struct file_loader *directory)
{
    return directory->loader->files->detached;
}

void file_loader_hand_over(struct file_loader *directory, struct slice path)
{
    struct loader *loader = directory->loader;
    if (loader->files->hand_over)
        loader->files->hand_over(loader->files->state, path_join(loader->arena, directory->path, path));
}

bool file_loader_exists(struct file_loader *directory, struct slice path)
{
    if (url_is_http(path))
        return directory->loader->remote != NULL;
    return path.length && file_loader_kind(directory, path) == FILE_REGULAR;
}

// The load restrictor applies only to the user's own files; files in a clone are always confined to it.
static bool is_unrestricted(const struct file_loader *directory)
{
    return directory->loader->unrestricted && !directory->repository;
}

static bool is_permitted(const struct file_loader *directory, struct slice resolved)
{
    return is_unrestricted(directory) || path_is_within(path_directory(resolved), directory->path);
}

// The path to read, within the restriction. False: diagnosed.
static bool permitted_path(struct file_loader *directory, struct text path, struct slice *permitted)
{
    struct loader *loader = directory->loader;
    if (!path.slice.length) {
        diagnose(loader->diagnostics, path.position, "the path is empty");
        diagnose_hint(loader->diagnostics, "name a file or directory, or remove this entry");
        return false;
    }
    struct slice absolute = path_join(loader->arena, directory->path, path.slice), reason;
    enum file_kind kind;
    if (!loader_resolve(loader, loader->arena, directory, absolute, permitted, &kind, &reason))
        return refuse_missing_file(directory, path, reason);
    if (kind == FILE_DIRECTORY)
        return refuse_directory(directory, path, *permitted);
    // Reveal nothing about files outside, not even their kind.
    if (!is_permitted(directory, *permitted))
        return refuse_outside(directory, path);
    return kind == FILE_REGULAR ||
           diagnose(loader->diagnostics, path.position, "expected a regular file, but %.*s is %s",
                    SLICE_ARGS(path_named(directory, path)), file_kind_text(kind));
}

const struct source *file_loader_fetch(struct file_loader *directory, struct text url, enum http_outcome *outcome)
{
    struct loader *loader = directory->loader;
    struct slice shown = url_shown(loader->arena, url.slice);
    *outcome = HTTP_FAILED;
    if (!loader->remote) {
        refuse_remote(loader, shown, url.position);
        return NULL;
    }
    diagnostics_progress(loader->diagnostics, "fetching %.*s", SLICE_ARGS(shown));
    const struct remote_file *file = remote_fetch(loader->remote, url.slice);
    *outcome = file->result.outcome;
    if (!file->source)
        diagnose(loader->diagnostics, url.position, "cannot fetch '%.*s': %.*s", SLICE_ARGS(shown),
                 SLICE_ARGS(file->result.reason));
    if (file->result.timed_out)
        diagnose_cause(loader->diagnostics, CAUSE_TIMEOUT);
    if (file->result.untrusted)
        diagnose_hint(
            loader->diagnostics,
            "add the server's certificate authority to the system's, or set SSL_CERT_FILE to a file that contains it");
    return file->source;
}

// --- Files that were read.

static struct source *add_source(struct loader *loader, struct slice shown, struct slice content)
{
    struct source *source = sources_add(loader->sources, shown, content);
    if (loader->files->shared_text)
        source->shared = loader->files->shared_text(loader->files->state, content);
    return source;
}

static uint64_t file_hash(const struct file_loader *directory, struct slice path)
{
    return hash_combine(slice_hash(path), directory->known->number);
}

static const struct source *find_file(const struct file_loader *directory, struct slice path)
{
    const struct loader *loader = directory->loader;
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&loader->known_files.by_path, file_hash(directory, path));
         hash_cursor_next(&at, &number);) {
        const struct known_file *file = &loader->known_files.items[number];
        if (file->directory == directory->known && slice_equal(file->path, path))
            return file->source;
    }
    return NULL;
}

static const struct source *remember_file(struct file_loader *directory, struct slice path, struct slice content)
{
    struct loader *loader = directory->loader;
    struct known_file file = {directory->known, path, add_source(loader, file_loader_shown(directory, path), content)};
    hash_index_add(loader->arena, &loader->known_files.by_path, file_hash(directory, path), loader->known_files.count);
    list_append(loader->arena, &loader->known_files, file);
    return file.source;
}

bool file_loader_read_ahead(const struct file_loader *directory, struct arena *arena, struct slice path,
                            struct slice *content)
{
    const struct file_system *files = directory->loader->files;
    struct slice absolute = path_join(arena, directory->path, path), reason;
    return path.length && is_permitted(directory, absolute) &&
           files->read_below(files->state, arena, directory->root, absolute, content, &reason) == READ_DONE;
}

const struct source *file_loader_read_plain(struct file_loader *directory, struct slice path)
{
    struct loader *loader = directory->loader;
    struct slice content;
    if (!file_loader_read_ahead(directory, loader->arena, path, &content))
        return NULL;
    return add_source(loader, file_loader_shown(directory, path), content);
}

struct source *file_loader_announce(struct file_loader *directory, struct slice path)
{
    return sources_add(directory->loader->sources, file_loader_shown(directory, path), (struct slice){0});
}

// Somebody may put a link into the path between checking and opening it, so check again then.
static bool read_resolved(struct file_loader *directory, struct text path, struct slice *content)
{
    const struct file_system *files = directory->loader->files;
    struct slice permitted, reason = slice_literal("it changed while it was being read");
    for (int attempt = 0; attempt < BENEATH_ATTEMPTS; attempt++) {
        if (!permitted_path(directory, path, &permitted))
            return false;
        enum read_outcome outcome = files->read_below(files->state, directory->loader->arena, directory->root,
                                                      permitted, content, &reason);
        if (outcome == READ_DONE)
            return true;
        if (outcome == READ_FAILED)
            break;
    }
    return refuse_unreadable(directory, path, reason);
}

// Standard input isn't a regular file, and its path can't always be resolved.
static bool is_standard_input(const struct file_loader *directory, struct slice path)
{
    return is_unrestricted(directory) && slice_equals(path, "/dev/stdin");
}

static bool read_standard_input(struct file_loader *directory, struct text path, struct slice *content)
{
    struct loader *loader = directory->loader;
    struct slice reason;
    return loader->files->read_any(loader->files->state, loader->arena, arena_copy(loader->arena, path.slice), content,
                                   &reason) ||
           refuse_unreadable(directory, path, reason);
}

const struct source *file_loader_read_made(struct file_loader *directory, struct text path)
{
    struct loader *loader = directory->loader;
    struct slice content, reason = slice_literal("it is a symbolic link");
    // Messages never show where the file is.
    struct text shown = {path_base(path.slice), path.position};
    enum read_outcome outcome = loader->files->read_below(loader->files->state, loader->arena, NULL, path.slice,
                                                          &content, &reason);
    if (outcome == READ_DONE)
        return sources_add(loader->sources, shown.slice, content);
    refuse_unreadable(directory, shown, reason);
    return NULL;
}

const struct source *file_loader_read(struct file_loader *directory, struct text path)
{
    struct slice content;
    enum http_outcome outcome;
    if (url_is_http(path.slice))
        return file_loader_fetch(directory, path, &outcome);
    if (is_standard_input(directory, path.slice))
        return read_standard_input(directory, path, &content)
                   ? sources_add(directory->loader->sources, file_loader_shown(directory, path.slice), content)
                   : NULL;
    const struct source *known = find_file(directory, path.slice);
    if (known)
        return known;
    return file_loader_read_ahead(directory, directory->loader->arena, path.slice, &content) ||
                   read_resolved(directory, path, &content)
               ? remember_file(directory, path.slice, content)
               : NULL;
}

// The text from a line (from 1) on. Inline texts are requested from top to bottom, so each search continues where the
// last one ended.
static struct slice text_from_line(struct loader *loader, const struct source *source, uint32_t line)
{
    struct line_cursor *cursor = &loader->cursor;
    if (cursor->source != source || cursor->line > line)
        *cursor = (struct line_cursor){source, 1, source->content};
    for (; cursor->line < line && cursor->rest.length; cursor->line++) {
        struct slice head;
        slice_cut(cursor->rest, '\n', &head, &cursor->rest);
    }
    return cursor->line == line ? cursor->rest : (struct slice){0};
}

const struct source *file_loader_inline(struct file_loader *directory, struct slice text, struct position position)
{
    struct sources *sources = directory->loader->sources;
    const struct source *around = sources_get(sources, position.file);
    struct source *source = sources_add(sources, around ? around->path : directory->shown, text);
    if (!around || !position.line)
        return source;
    inline_text_place(sources->arena, source, around, text_from_line(directory->loader, around, position.line),
                      position);
    return source;
}

// --- Kustomization files.

// Reads the file with the most common name, if none of the other names exists. False: not possible.
static bool read_usual(const struct file_system *files, const struct file_root *root, struct arena *arena,
                       struct slice directory, struct slice *content)
{
    for (size_t i = 1; i < countof(kustomization_file_names); i++)
        if (files->kind(files->state, path_join(arena, directory, slice_from(kustomization_file_names[i]))) !=
            FILE_MISSING)
            return false;
    struct slice usual = path_join(arena, directory, slice_from(kustomization_file_names[0])), reason;
    return files->read_below(files->state, arena, root, usual, content, &reason) == READ_DONE;
}

void file_loader_probe(const struct file_loader *parent, struct arena *arena, struct directory_probe *probe)
{
    struct slice resolved, content;
    if (!file_loader_find_directory(parent, arena, probe->path, &resolved))
        return;
    probe->resolved = resolved;
    if (read_usual(parent->loader->files, parent->root, arena, resolved, &content))
        probe->kustomization = content;
}

static const struct source *usual_kustomization(struct file_loader *directory)
{
    struct loader *loader = directory->loader;
    const struct directory_probe *probe = directory->probe;
    struct slice content;
    if (probe)
        content = probe->kustomization;
    else if (!read_usual(loader->files, directory->root, loader->arena, directory->path, &content))
        return NULL;
    if (!content.data)
        return NULL;
    return add_source(loader, file_loader_shown(directory, slice_from(kustomization_file_names[0])), content);
}

// True when the directory has a readable kustomization file of this name. False: either diagnosed, `*failed` (a pipe, a
// broken disk), or not (missing, a directory, a link out of the directory).
static bool is_usable(struct file_loader *directory, const char *name, struct position asked_for, bool *failed)
{
    struct diagnostics *diagnostics = directory->loader->diagnostics;
    enum file_kind kind = file_loader_kind(directory, slice_from(name));
    if (kind == FILE_MISSING || kind == FILE_DIRECTORY)
        return false;
    size_t mark = diagnostics->count;
    struct slice permitted;
    if (permitted_path(directory, (struct text){slice_from(name), asked_for}, &permitted))
        return true;
    *failed = kind != FILE_REGULAR;
    if (!*failed)
        diagnostics_forget(diagnostics, mark);
    return false;
}

static const struct source *find_kustomization(struct file_loader *directory, struct position asked_for)
{
    const struct source *usual = usual_kustomization(directory);
    if (usual)
        return usual;
    const char *found = NULL;
    for (size_t i = 0; i < countof(kustomization_file_names); i++) {
        const char *name = kustomization_file_names[i];
        bool failed = false;
        if (!is_usable(directory, name, asked_for, &failed)) {
            if (failed)
                return NULL;
            continue;
        }
        if (found) {
            refuse_two_kustomizations(directory, asked_for, found, name);
            return NULL;
        }
        found = name;
    }
    if (!found) {
        refuse_no_kustomization(directory, asked_for);
        return NULL;
    }
    return file_loader_read(directory, (struct text){slice_from(found), asked_for});
}

const struct source *file_loader_kustomization(struct file_loader *directory, struct position asked_for)
{
    struct known_directory *known = directory->known;
    if (!known->kustomization)
        known->kustomization = find_kustomization(directory, asked_for);
    return known->kustomization;
}
