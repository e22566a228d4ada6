#include "load/file_system_git.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/hash_index.h"
#include "base/recovery.h"
#include "load/git_index.h"
#include "load/git_objects.h"
#include "load/glob.h"
#include "load/path.h"

enum entry_kind { ENTRY_FILE, ENTRY_LINK, ENTRY_MODULE, ENTRY_DIRECTORY };

struct entry {
    struct slice path;  // from the top
    struct slice object;
    enum entry_kind kind;
    bool loaded;
    struct slice content;
    struct git_files *module;  // once opened
};

struct git_files {
    struct git_repository repository;
    struct arena arena;  // guarded by the lock, like the entries and the program
    pthread_mutex_t lock;
    struct {
        struct entry *items;
        size_t count, capacity;
    } entries;
    struct hash_index by_path;
    struct git_objects *objects;
    bool is_index;
    struct git_files *older;  // NULL: none
    struct file_root tree;    // the work tree; its path is empty if there is none
};

// --- Names.

static struct entry *find(const struct git_files *files, struct slice path)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&files->by_path, slice_hash(path)); hash_cursor_next(&at, &number);)
        if (slice_equal(files->entries.items[number].path, path))
            return &files->entries.items[number];
    return NULL;
}

static void add(struct git_files *files, struct entry entry)
{
    list_append(&files->arena, &files->entries, entry);
    hash_index_add(&files->arena, &files->by_path, slice_hash(entry.path), (uint32_t)(files->entries.count - 1));
}

static void add_with_parents(struct git_files *files, struct entry entry)
{
    add(files, entry);
    for (size_t end = entry.path.length; end > 0; end--) {
        if (entry.path.data[end - 1] != '/')
            continue;
        struct slice parent = slice_part(entry.path, 0, end - 1);
        if (find(files, parent))
            return;
        add(files, (struct entry){.path = parent, .kind = ENTRY_DIRECTORY});
    }
}

static enum entry_kind kind_of_entry(enum git_entry entry)
{
    switch (entry) {
    case GIT_ENTRY_LINK:
        return ENTRY_LINK;
    case GIT_ENTRY_MODULE:
        return ENTRY_MODULE;
    default:
        return ENTRY_FILE;
    }
}

// "MODE TYPE OBJECT\tPATH" of ls-tree, "MODE OBJECT STAGE\tPATH" of ls-files.
static void read_names(struct git_files *files, struct slice list, bool is_index)
{
    struct slice record, head, path, mode, second, third;
    while (list.length) {
        slice_cut(list, '\0', &record, &list);
        if (!slice_cut(record, '\t', &head, &path) || !slice_cut(head, ' ', &mode, &head))
            continue;
        slice_cut(head, ' ', &second, &third);
        // In a conflict, our side counts.
        if (is_index && !slice_equals(third, "0") && !slice_equals(third, "2"))
            continue;
        add_with_parents(files, (struct entry){.path = path,
                                               .object = is_index ? second : third,
                                               .kind = kind_of_entry(git_entry_of_mode(mode))});
    }
}

// Files added with `git add -N` have no content that a commit would contain.
static void take_index(struct git_files *files, const struct git_index *index)
{
    for (size_t i = 0; i < index->count; i++) {
        const struct git_index_entry *entry = &index->items[i];
        if (!entry->is_announced && (!entry->stage || entry->stage == 2))
            add_with_parents(files, (struct entry){.path = entry->path,
                                                   .object = git_index_object(index, entry, &files->arena),
                                                   .kind = kind_of_entry(entry->entry)});
    }
}

void git_files_each(const struct git_files *files, void (*visit)(void *, struct slice, enum git_entry, struct slice),
                    void *state)
{
    static const enum git_entry kinds[] = {
        [ENTRY_FILE] = GIT_ENTRY_FILE, [ENTRY_LINK] = GIT_ENTRY_LINK, [ENTRY_MODULE] = GIT_ENTRY_MODULE};
    for (size_t i = 0; i < files->entries.count; i++) {
        const struct entry *entry = &files->entries.items[i];
        if (entry->kind != ENTRY_DIRECTORY)
            visit(state, entry->path, kinds[entry->kind], entry->object);
    }
}

struct git_files *git_files_open(const struct git_repository *repository, struct slice commit)
{
    return git_files_open_beside(repository, commit, NULL);
}

struct git_files *git_files_open_beside(const struct git_repository *repository, struct slice commit,
                                        struct git_files *older)
{
    struct slice copy = arena_copy(repository->arena, commit), list = {0};
    struct git_index index = {0};
    const char *const of_tree[] = {"ls-tree", "-r", "-z", "--full-tree", copy.data, NULL};
    const char *const of_index[] = {"ls-files", "-s", "-z", NULL};
    bool is_read = !commit.length && git_index_read(repository, repository->arena, &index);
    if (!is_read && !git_repository_ask(repository, commit.length ? of_tree : of_index, false, &list))
        return NULL;
    struct git_objects *objects = git_objects_open(repository);
    if (!objects)
        return NULL;
    struct git_files *files = piece_new(sizeof *files);
    files->repository = *repository;
    files->objects = objects;
    files->older = older;
    pthread_mutex_init(&files->lock, NULL);
    files->is_index = !commit.length;
    if (repository->bare || !file_root_open(&files->tree, repository->top))
        files->tree = (struct file_root){0};
    add(files, (struct entry){.kind = ENTRY_DIRECTORY});
    if (is_read)
        take_index(files, &index);
    else
        read_names(files, list, files->is_index);
    return files;
}

void git_files_close(struct git_files *files)
{
    if (!files)
        return;
    for (size_t i = 0; i < files->entries.count; i++)
        git_files_close(files->entries.items[i].module);
    git_objects_close(files->objects);
    if (files->tree.path.length)
        file_root_close(&files->tree);
    pthread_mutex_destroy(&files->lock);
    arena_free(&files->arena);
    piece_free(files);
}

// --- Contents.

static bool is_pointer(struct slice content)
{
    return slice_starts_with(content, slice_literal("version https://git-lfs.github.com/spec/"));
}

// Takes content that the older state has already read.
static bool take_from_older(struct git_files *files, struct entry *entry)
{
    if (!files->older)
        return false;
    pthread_mutex_lock(&files->older->lock);
    const struct entry *same = find(files->older, entry->path);
    if (same && same->loaded && slice_equal(same->object, entry->object)) {
        entry->content = same->content;
        entry->loaded = true;
    }
    pthread_mutex_unlock(&files->older->lock);
    return entry->loaded;
}

// Most files in the work tree are unchanged. Those whose hash matches are read directly, without git.
static bool take_from_tree(struct git_files *files, struct entry *entry)
{
    enum { TAKEN_MAX = 1 << 20 };
    struct stat status;
    struct slice content;
    if (!files->tree.path.length || entry->kind != ENTRY_FILE)
        return false;
    struct slice path = path_join(&files->arena, files->tree.path, entry->path);
    int file = beneath_open(&files->tree, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
    if (file < 0)
        return false;
    bool taken = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= TAKEN_MAX &&
                 file_read_all(file, &status, &files->arena, &content) && git_object_has_name(content, entry->object);
    close(file);
    if (taken)
        entry->content = content;
    return entry->loaded = taken;
}

static bool take(struct git_files *files, struct entry *entry)
{
    return take_from_older(files, entry) || take_from_tree(files, entry);
}

// True for files that a kustomization may read.
static bool is_manifest(struct slice path)
{
    static const char *const ends[] = {".yaml", ".yml", ".json", ".env", ".properties", ".txt", "Kustomization"};
    for (size_t i = 0; i < countof(ends); i++)
        if (slice_ends_with(path, slice_from(ends[i])))
            return true;
    return false;
}

enum { AT_ONCE = 32 };

// The entry, and nearby files that are likely to be read next: git is asked for all of them at once.
static size_t choose_entries(struct git_files *files, struct entry *entry, struct entry **chosen)
{
    size_t count = 1, at = (size_t)(entry - files->entries.items);
    struct slice directory = path_directory(entry->path);
    size_t from = at < AT_ONCE ? 0 : at - AT_ONCE;
    chosen[0] = entry;
    for (size_t i = from; i < files->entries.count && i < at + AT_ONCE && count < AT_ONCE; i++) {
        struct entry *other = &files->entries.items[i];
        if (other != entry && other->kind == ENTRY_FILE && !other->loaded && is_manifest(other->path) &&
            slice_equal(path_directory(other->path), directory) && !take(files, other))
            chosen[count++] = other;
    }
    return count;
}

static bool read_entries(struct git_files *files, struct entry *entry, struct slice *reason)
{
    struct entry *chosen[AT_ONCE];
    struct slice names[AT_ONCE], ignored;
    size_t count = entry->kind == ENTRY_FILE && is_manifest(entry->path) ? choose_entries(files, entry, chosen) : 1;
    chosen[0] = entry;
    for (size_t i = 0; i < count; i++)
        names[i] = chosen[i]->object;
    git_objects_ask(files->objects, names, count);
    for (size_t i = 0; i < count; i++)
        chosen[i]->loaded = git_objects_answer(files->objects, &files->arena, &chosen[i]->content,
                                               i ? &ignored : reason);
    return entry->loaded;
}

// Call this with the lock held.
static bool load(struct git_files *files, struct entry *entry, struct slice *reason)
{
    if (!entry->loaded && !take(files, entry) && !read_entries(files, entry, reason))
        return false;
    if (!is_pointer(entry->content))
        return true;
    *reason = slice_literal("its content is in Git LFS, not in the repository");
    return false;
}

// --- Paths.

// The result of following a path.
struct place {
    struct git_files *files;
    struct entry *entry;
    struct slice path;  // absolute, links resolved
};

static bool is_within(const struct git_files *files, struct slice path, struct slice *below)
{
    struct slice top = files->repository.top;
    if (!path_is_within(path, top))
        return false;
    *below = path.length == top.length ? (struct slice){0} : slice_from_index(path, top.length + (top.length > 1));
    return true;
}

// The tree of a submodule, at the commit that this tree names. NULL: it is missing.
static struct git_files *open_module(struct git_files *files, struct entry *entry)
{
    if (!entry->module) {
        struct git_repository module = files->repository;
        size_t mark = module.diagnostics->count;
        struct slice directory = path_join(&files->arena, files->repository.top, entry->path);
        directory = arena_copy(&files->arena, directory);
        // For a directory without a repository, git would find the outer one.
        if (git_repository_find(&module, files->repository.arena, files->repository.diagnostics, directory) &&
            slice_equal(module.top, directory))
            entry->module = git_files_open(&module, entry->object);
        diagnostics_forget(files->repository.diagnostics, mark);
    }
    return entry->module;
}

static bool locate(struct git_files *, struct arena *, struct slice path, unsigned links, struct place *);

// Follows the first link or submodule on the path; `rest` is the path below it.
static bool follow(struct git_files *files, struct arena *arena, struct entry *entry, struct slice rest, unsigned links,
                   struct place *place)
{
    enum { LINKS_MAX = 40 };
    struct slice reason;
    if (entry->kind == ENTRY_MODULE) {
        struct git_files *module = open_module(files, entry);
        return module && locate(module, arena, path_join(arena, module->repository.top, rest), links, place);
    }
    if (links == LINKS_MAX || !load(files, entry, &reason) || path_is_absolute(entry->content))
        return false;
    struct slice from = path_directory(path_join(arena, files->repository.top, entry->path));
    struct slice target = path_join(arena, from, entry->content);
    return locate(files, arena, rest.length ? path_join(arena, target, rest) : target, links + 1, place);
}

// Call this with the lock held. False: nothing is there.
static bool locate(struct git_files *files, struct arena *arena, struct slice path, unsigned links, struct place *place)
{
    struct slice below;
    if (!is_within(files, path, &below))
        return false;
    struct entry *entry = find(files, below);
    if (entry && entry->kind != ENTRY_LINK && entry->kind != ENTRY_MODULE) {
        *place = (struct place){files, entry, arena_copy(arena, path)};
        return true;
    }
    for (size_t end = 1; end <= below.length; end++) {
        if (end < below.length && below.data[end] != '/')
            continue;
        entry = find(files, slice_part(below, 0, end));
        if (!entry)
            return false;
        if (entry->kind == ENTRY_LINK || entry->kind == ENTRY_MODULE)
            return follow(files, arena, entry, slice_from_index(below, end < below.length ? end + 1 : end), links,
                          place);
    }
    return false;
}

// True for `.git` at the top, which marks the directory as a repository.
static bool is_git_directory(const struct git_files *files, struct slice path)
{
    return slice_equals(path_base(path), ".git") && slice_equal(path_directory(path), files->repository.top);
}

static enum file_kind kind_of(const struct place *place)
{
    return place->entry->kind == ENTRY_DIRECTORY ? FILE_DIRECTORY : FILE_REGULAR;
}

// --- The file system.

static bool find_place(struct git_files *files, struct arena *arena, struct slice path, struct place *place,
                       struct slice *reason)
{
    if (slice_find_byte(path, '\0') != SLICE_NOT_FOUND) {
        *reason = slice_from(file_path_refused);
        return false;
    }
    *reason = slice_literal("No such file or directory");
    return locate(files, arena, path_clean(arena, path), 0, place);
}

// The same, with a reason for messages: a file on the disk may be missing from the index.
static bool find_named(struct git_files *files, struct arena *arena, struct slice path, struct place *place,
                       struct slice *reason)
{
    struct stat status;
    if (find_place(files, arena, path, place, reason))
        return true;
    if (files->is_index && slice_find_byte(path, '\0') == SLICE_NOT_FOUND && lstat(path.data, &status) == 0)
        *reason = slice_literal("it is not in Git's index; if it holds no secrets, add it with 'git add'");
    return false;
}

static bool git_resolve(void *state, struct arena *arena, struct slice path, struct slice *resolved,
                        struct slice *reason)
{
    struct git_files *files = state;
    struct place place;
    pthread_mutex_lock(&files->lock);
    bool found = find_named(files, arena, path, &place, reason);
    pthread_mutex_unlock(&files->lock);
    if (found)
        *resolved = place.path;
    return found;
}

static bool git_resolve_from(void *state, struct arena *arena, struct slice path, size_t known, struct slice *resolved,
                             enum file_kind *kind, struct slice *reason)
{
    (void)known;
    struct git_files *files = state;
    struct place place;
    pthread_mutex_lock(&files->lock);
    bool found = find_named(files, arena, path, &place, reason);
    pthread_mutex_unlock(&files->lock);
    if (found) {
        *resolved = place.path;
        *kind = kind_of(&place);
    }
    return found;
}

static enum file_kind git_kind(void *state, struct slice path)
{
    struct git_files *files = state;
    struct arena scratch = {0};
    struct place place;
    struct slice reason;
    pthread_mutex_lock(&files->lock);
    enum file_kind kind = find_place(files, &scratch, path, &place, &reason) ? kind_of(&place)
                          : is_git_directory(files, path)                    ? FILE_DIRECTORY
                                                                             : FILE_MISSING;
    pthread_mutex_unlock(&files->lock);
    arena_free(&scratch);
    return kind;
}

static bool git_read(void *state, struct arena *arena, struct slice path, struct slice *content, struct slice *reason)
{
    struct git_files *files = state;
    struct place place;
    pthread_mutex_lock(&files->lock);
    bool done = find_named(files, arena, path, &place, reason);
    if (done && place.entry->kind == ENTRY_DIRECTORY) {
        *reason = slice_literal("Is a directory");
        done = false;
    }
    done = done && load(place.files, place.entry, reason);
    if (done)
        *content = place.entry->content;
    pthread_mutex_unlock(&files->lock);
    return done;
}

static enum read_outcome git_read_below(void *state, struct arena *arena, const struct file_root *root,
                                        struct slice path, struct slice *content, struct slice *reason)
{
    (void)root;
    struct git_files *files = state;
    struct place place;
    pthread_mutex_lock(&files->lock);
    bool found = find_place(files, arena, path, &place, reason);
    pthread_mutex_unlock(&files->lock);
    // A link may lead out of bounds, so the caller resolves the path and checks it.
    if (found && !slice_equal(place.path, path))
        return READ_MOVED;
    return git_read(state, arena, path, content, reason) ? READ_DONE : READ_FAILED;
}

static int compare_names(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static bool git_list(void *state, struct arena *arena, struct slice directory, struct path_list *names)
{
    struct git_files *files = state;
    struct place place;
    struct slice reason;
    pthread_mutex_lock(&files->lock);
    bool found = find_place(files, arena, directory, &place, &reason) && place.entry->kind == ENTRY_DIRECTORY;
    for (size_t i = 0; found && i < place.files->entries.count; i++) {
        struct slice path = place.files->entries.items[i].path, parent = place.entry->path;
        if (path.length > parent.length + (parent.length > 0) && slice_starts_with(path, parent) &&
            (!parent.length || path.data[parent.length] == '/') &&
            slice_find_byte(slice_from_index(path, parent.length + (parent.length > 0)), '/') == SLICE_NOT_FOUND)
            list_append(arena, names, path_base(path));
    }
    pthread_mutex_unlock(&files->lock);
    if (names->count)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    return found;
}

static bool git_current_directory(void *state, struct arena *arena, struct slice *path)
{
    (void)state;
    return file_system_posix.current_directory(file_system_posix.state, arena, path);
}

struct file_system git_files_system(struct git_files *files)
{
    return (struct file_system){
        .resolve = git_resolve,
        .resolve_from = git_resolve_from,
        .kind = git_kind,
        .read = git_read,
        .read_any = git_read,
        .read_below = git_read_below,
        .list = git_list,
        .current_directory = git_current_directory,
        .detached = true,
        .state = files,
    };
}
