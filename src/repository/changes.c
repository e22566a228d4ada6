#include "repository/changes.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kustomization/kustomization.h"
#include "load/path.h"
#include "repository/work_tree.h"

#define nowhere ((struct position){0})

// --- Lookups.

const struct listed_file *changes_listed(const struct changes *changes, struct slice path)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&changes->listed_by_path, slice_hash(path));
         hash_cursor_next(&at, &number);)
        if (slice_equal(changes->listed.items[number].path, path))
            return &changes->listed.items[number];
    return NULL;
}

// In byte order, the files of a directory directly follow `directory/`.
static bool lists_below(const struct listed_file *items, size_t count, struct slice directory)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct slice path = items[middle].path, head = slice_part(path, 0, directory.length);
        int order = slice_compare(head, directory);
        if (!order)
            order = path.length == directory.length ? -1 : (unsigned char)path.data[directory.length] - '/';
        if (!order)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool changes_lists_below(const struct changes *changes, struct slice directory)
{
    size_t middle = changes->listed.sorted_from;
    if (slice_equals(directory, "."))
        return changes->listed.count > 0;
    return changes->listed.count &&
           (lists_below(changes->listed.items, middle, directory) ||
            lists_below(changes->listed.items + middle, changes->listed.count - middle, directory));
}

static struct change *find_change(const struct changes *changes, struct slice path)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&changes->by_path, slice_hash(path)); hash_cursor_next(&at, &number);)
        if (slice_equal(changes->list.items[number].path, path))
            return &changes->list.items[number];
    return NULL;
}

const struct change *changes_at(const struct changes *changes, struct slice path)
{
    return find_change(changes, path);
}

const struct change *changes_add(struct changes *changes, struct change change)
{
    struct change *known = find_change(changes, change.path);
    if (known)
        return known;
    struct arena *arena = &changes->build->arena;
    hash_index_add(arena, &changes->by_path, slice_hash(change.path), (uint32_t)changes->list.count);
    list_append(arena, &changes->list, change);
    return &changes->list.items[changes->list.count - 1];
}

struct slice changes_absolute(const struct changes *changes, struct slice path)
{
    return path_join(&changes->build->arena, changes->top, path);
}

// --- Contents.

bool changes_before(struct changes *changes, const struct change *change, struct slice *content)
{
    struct slice object = change->object, reason;
    struct arena *arena = &changes->build->arena;
    // git_objects_read sends one request per line.
    if (!object.length && change->is_named && changes->base.length &&
        slice_find_byte(change->path, '\n') == SLICE_NOT_FOUND)
        object = arena_format(arena, "%.*s:%.*s", SLICE_ARGS(changes->base), SLICE_ARGS(change->path));
    if (!object.length || !changes->has_repository)
        return false;
    if (!changes->objects) {
        size_t mark = changes->build->diagnostics.count;
        changes->objects = git_objects_open(&changes->repository);
        diagnostics_forget(&changes->build->diagnostics, mark);
    }
    return changes->objects && git_objects_read(changes->objects, arena, object, content, &reason);
}

bool changes_after(struct changes *changes, struct slice path, struct slice *content, struct slice *reason)
{
    struct arena *arena = &changes->build->arena;
    const struct file_system *files = changes->files;
    const struct listed_file *listed = changes_listed(changes, path);
    if (listed && listed->content.data) {
        *content = listed->content;
        return true;
    }
    struct slice absolute = changes_absolute(changes, path);
    if (files->read_below(files->state, arena, NULL, absolute, content, reason) == READ_DONE ||
        files->read(files->state, arena, absolute, content, reason))
        return true;
    if (!listed || !listed->is_left_out)
        return false;
    const struct change in_index = {.path = path, .object = listed->object};
    return changes_before(changes, &in_index, content);
}

bool changes_have_links(const struct changes *changes)
{
    return changes->listed.has_links || !changes->has_repository;
}

bool changes_find_link(const struct changes *changes, struct slice path, struct listed_file *found_link)
{
    struct stat status;
    if (changes->has_repository) {
        const struct listed_file *listed = changes_listed(changes, path);
        if (!listed || listed->entry == GIT_ENTRY_FILE)
            return false;
        *found_link = *listed;
        return true;
    }
    *found_link = (struct listed_file){.path = path, .entry = GIT_ENTRY_LINK};
    return lstat(changes_absolute(changes, path).data, &status) == 0 && S_ISLNK(status.st_mode);
}

bool changes_link(struct changes *changes, const struct listed_file *listed, struct slice *target)
{
    struct arena *arena = &changes->build->arena;
    const struct change in_git = {.path = listed->path, .object = listed->object};
    if (listed->entry != GIT_ENTRY_LINK)
        return false;
    if (changes->after || listed->is_left_out)
        return changes_before(changes, &in_git, target);
    char text[PATH_MAX];
    ssize_t length = readlink(changes_absolute(changes, listed->path).data, text, sizeof text);
    if (length <= 0 || (size_t)length == sizeof text)
        return false;
    *target = arena_copy(arena, (struct slice){text, (size_t)length});
    return true;
}

// --- What differs.

struct doubtful {
    size_t *items;
    size_t count, capacity;
};

// Git reports a file as different if its time has changed, and writes the result of a comparison to the index. So kiln
// compares files itself.
static bool may_be_equal(const struct change *change, struct slice head)
{
    return change->status == CHANGE_MODIFIED && change->before == GIT_ENTRY_FILE && change->after == GIT_ENTRY_FILE &&
           slice_equal(slice_part(head, 1, 7), slice_part(head, 8, 14));
}

// ":MODE MODE OBJECT OBJECT STATUS", followed by the path.
static void take_difference(struct changes *changes, struct slice head, struct slice path, struct doubtful *doubtful)
{
    struct slice before, after, object, rest;
    slice_cut(slice_from_index(head, 1), ' ', &before, &rest);
    slice_cut(rest, ' ', &after, &rest);
    slice_cut(rest, ' ', &object, &rest);
    struct change change = {.path = path,
                            .before = git_entry_of_mode(before),
                            .after = git_entry_of_mode(after),
                            .status = CHANGE_MODIFIED};
    if (change.before != GIT_ENTRY_NONE)
        change.object = object;
    if (slice_ends_with(head, slice_literal("A")))
        change.status = CHANGE_ADDED;
    else if (slice_ends_with(head, slice_literal("D")))
        change.status = CHANGE_REMOVED;
    size_t number = changes->list.count;
    changes_add(changes, change);
    if (may_be_equal(&change, head) && changes->list.count > number)
        list_append(&changes->build->arena, doubtful, number);
}

static int compare_changes(const void *a, const void *b)
{
    return slice_compare(((const struct change *)a)->path, ((const struct change *)b)->path);
}

// Sorts the list, and drops entries whose path was cleared.
static void settle_list(struct changes *changes)
{
    size_t count = changes->list.count;
    changes->list.count = 0;
    changes->by_path = (struct hash_index){0};
    if (count)
        qsort(changes->list.items, count, sizeof *changes->list.items, compare_changes);
    for (size_t i = 0; i < count; i++)
        if (changes->list.items[i].path.length)
            changes_add(changes, changes->list.items[i]);
}

static bool is_regular(const struct changes *changes, struct slice path)
{
    struct stat status;
    return lstat(changes_absolute(changes, path).data, &status) == 0 && S_ISREG(status.st_mode);
}

static bool is_same_link(struct changes *changes, const struct change *change)
{
    const struct listed_file link = {.path = change->path, .entry = GIT_ENTRY_LINK};
    struct slice before, after;
    return changes_before(changes, change, &before) && changes_link(changes, &link, &after) &&
           slice_equal(before, after);
}

// Git gets the names of the files, one per line. Reading a pipe would never end.
static bool can_be_queried(const struct changes *changes, const struct change *change)
{
    return change->before == GIT_ENTRY_FILE && slice_find_byte(change->path, '\n') == SLICE_NOT_FOUND &&
           is_regular(changes, change->path);
}

// Drops changes whose content is the same as before. `doubtful` has indexes of the list.
static void drop_equal(struct changes *changes, struct doubtful *doubtful)
{
    static const char *const words[] = {"hash-object", "--stdin-paths", NULL};
    struct process_request request = git_repository_request(&changes->repository, words);
    struct buffer paths = {0};
    size_t asked = 0;
    for (size_t i = 0; i < doubtful->count; i++) {
        struct change *change = &changes->list.items[doubtful->items[i]];
        if (change->before == GIT_ENTRY_LINK && is_same_link(changes, change))
            change->path.length = 0;
        if (!change->path.length || !can_be_queried(changes, change))
            continue;
        doubtful->items[asked++] = doubtful->items[i];
        buffer_add_slice(&paths, change->path);
        buffer_add_byte(&paths, '\n');
    }
    if (!asked)
        return;
    request.input = buffer_slice(&paths);
    struct process_result result;
    process_run(&request, &result);
    struct slice names = buffer_slice(&result.output), name;
    // If Git can't tell, the change stays.
    for (size_t i = 0; i < asked && names.length; i++) {
        struct change *change = &changes->list.items[doubtful->items[i]];
        slice_cut(names, '\n', &name, &names);
        if (slice_equal(name, change->object))
            change->path.length = 0;
    }
    process_result_free(&result);
    buffer_free(&paths);
}

// --- What Git lists.

static void add_listed(struct changes *changes, struct listed_file file)
{
    struct arena *arena = &changes->build->arena;
    changes->listed.has_links = changes->listed.has_links || file.entry != GIT_ENTRY_FILE;
    hash_index_add(arena, &changes->listed_by_path, slice_hash(file.path), (uint32_t)changes->listed.count);
    list_append(arena, &changes->listed, file);
}

// True if the caller has named the differences.
static bool is_named(const struct changes *changes)
{
    return changes->list.count && changes->list.items[0].is_named;
}

// Adds a file that Git doesn't track yet. A directory is a repository of its own.
static void add_untracked(struct changes *changes, struct slice path)
{
    struct stat status;
    if (slice_ends_with(path, slice_literal("/")) || lstat(changes_absolute(changes, path).data, &status) != 0)
        return;
    struct listed_file file = {.path = path, .entry = S_ISLNK(status.st_mode) ? GIT_ENTRY_LINK : GIT_ENTRY_FILE};
    struct change *known = find_change(changes, path);
    add_listed(changes, file);
    // A file that was removed only from the index may or may not have changed.
    if (known && known->status == CHANGE_REMOVED)
        *known = (struct change){path, CHANGE_MODIFIED, known->before, file.entry, known->object, false};
    else if (!is_named(changes))
        changes_add(changes, (struct change){.path = path, .status = CHANGE_ADDED, .after = file.entry});
}

// "TAG MODE OBJECT STAGE\tPATH", or "? PATH". A lowercase letter: Git has been told to assume that the file is
// unchanged.
static void take_record(struct changes *changes, struct slice record)
{
    struct slice head, path, tag, mode, object;
    char letter = record.length ? record.data[0] : '\0';
    if (letter == '?') {
        add_untracked(changes, slice_from_index(record, 2));
        return;
    }
    if (!changes->listed.sorted_from)
        changes->listed.sorted_from = changes->listed.count;
    if (!slice_cut(record, '\t', &head, &path) || !slice_cut(head, ' ', &tag, &head) ||
        !slice_cut(head, ' ', &mode, &head))
        return;
    slice_cut(head, ' ', &object, &head);
    const struct change *change = changes_at(changes, path);
    if (change && change->status == CHANGE_REMOVED)
        return;
    struct listed_file file = {.path = path,
                               .entry = git_entry_of_mode(mode),
                               .object = object,
                               .is_left_out = letter == 'S' || letter == 's'};
    struct stat status;
    bool is_changed = letter >= 'a' && letter <= 'z';
    // A file that exists although a sparse work tree excludes it may have been changed.
    if (file.is_left_out && lstat(changes_absolute(changes, path).data, &status) == 0)
        file.is_left_out = !(is_changed = true);
    // A conflict has several entries for one file.
    if (!slice_equals(head, "0") && changes_listed(changes, path))
        return;
    if (change && change->after != GIT_ENTRY_NONE)
        file.entry = change->after;
    add_listed(changes, file);
    if (is_changed && !file.is_left_out)
        changes_add(changes, (struct change){path, CHANGE_IGNORED, file.entry, file.entry, object, false});
}

static bool list_by_git(struct changes *changes)
{
    static const char *const words[] = {"ls-files",           "-z", "-v", "--stage", "--cached", "--others",
                                        "--exclude-standard", NULL};
    struct slice list, record;
    if (!git_repository_ask(&changes->repository, words, false, &list))
        return false;
    while (list.length) {
        slice_cut(list, '\0', &record, &list);
        take_record(changes, record);
    }
    return true;
}

static void take_name(void *state, struct slice path, enum git_entry entry, struct slice object)
{
    add_listed(state, (struct listed_file){.path = path, .entry = entry, .object = object});
}

// Finds those of the paths missing from the index that Git doesn't ignore.
static bool list_untracked(struct changes *changes, const struct path_list *untracked)
{
    enum { NAMED_MAX = 500 };
    struct arena *arena = &changes->build->arena;
    struct {
        const char **items;
        size_t count, capacity;
    } words = {0};
    static const char *const first[] = {"ls-files", "-z", "--others", "--exclude-standard", "--"};
    struct slice list, path;
    if (!untracked->count)
        return true;
    for (size_t i = 0; i < countof(first); i++)
        list_append(arena, &words, first[i]);
    for (size_t i = 0; i < untracked->count && untracked->count <= NAMED_MAX; i++)
        list_append(arena, &words, arena_copy(arena, untracked->items[i]).data);
    list_append(arena, &words, (const char *)NULL);
    if (!git_repository_ask(&changes->repository, words.items, false, &list))
        return false;
    while (list.length) {
        slice_cut(list, '\0', &path, &list);
        add_untracked(changes, path);
    }
    for (size_t i = 0; i < untracked->count; i++)
        if (kustomization_is_file_name(path_base(untracked->items[i])) && !changes_listed(changes, untracked->items[i]))
            changes->hides_kustomizations = true;
    return true;
}

static void set_removed(struct changes *changes, struct slice path, enum git_entry entry, struct slice object)
{
    struct change *known = find_change(changes, path);
    if (known && known->status == CHANGE_ADDED)
        known->path.length = 0;
    else if (known)
        *known = (struct change){path, CHANGE_REMOVED, known->before, GIT_ENTRY_NONE, known->object, false};
    else
        changes_add(changes, (struct change){path, CHANGE_REMOVED, entry, GIT_ENTRY_NONE, object, false});
}

// Records that the work tree differs from an entry of the index. The index may already differ from the base there.
static void set_modified(struct changes *changes, const struct git_index_entry *entry, struct slice object,
                         enum work_tree_state state, struct doubtful *doubtful)
{
    enum git_entry after = state == WORK_TREE_LINK    ? GIT_ENTRY_LINK
                           : state == WORK_TREE_OTHER ? GIT_ENTRY_FILE
                                                      : entry->entry;
    struct change *known = find_change(changes, entry->path);
    if (known)
        known->after = after;
    else if (entry->is_announced)
        changes_add(changes, (struct change){.path = entry->path, .status = CHANGE_ADDED, .after = after});
    else
        changes_add(changes, (struct change){entry->path, CHANGE_MODIFIED, entry->entry, after, object, false});
    known = find_change(changes, entry->path);
    if (state == WORK_TREE_DOUBT && known->status == CHANGE_MODIFIED && known->before == after)
        list_append(&changes->build->arena, doubtful, (size_t)(known - changes->list.items));
}

static void take_entry(struct changes *changes, const struct git_index *index, size_t number,
                       const struct work_tree_entry *found, struct doubtful *doubtful)
{
    const struct git_index_entry *entry = &index->items[number];
    enum work_tree_state state = found->state;
    struct listed_file file = {.path = entry->path, .entry = entry->entry, .content = found->content};
    bool plain = entry->entry == GIT_ENTRY_FILE && state == WORK_TREE_SAME;
    if (!plain)
        file.object = git_index_object(index, entry, &changes->build->arena);
    file.is_left_out = entry->is_skipped && state == WORK_TREE_MISSING;
    bool is_gone = state == WORK_TREE_MISSING && !file.is_left_out, compares = !is_named(changes);
    if (compares && is_gone && !entry->is_announced)
        set_removed(changes, entry->path, entry->entry, file.object);
    if (compares && !is_gone && (entry->is_announced || (state != WORK_TREE_SAME && !file.is_left_out)))
        set_modified(changes, entry, file.object, state, doubtful);
    if (is_gone)
        return;
    const struct change *change = changes_at(changes, entry->path);
    if (change && change->after != GIT_ENTRY_NONE)
        file.entry = change->after;
    add_listed(changes, file);
}

// False: Git must be asked.
static bool look_at_work_tree(struct changes *changes, bool compares, struct git_index *index, struct work_tree *tree)
{
    struct arena *arena = &changes->build->arena;
    return git_index_read(&changes->repository, arena, index) && !index->has_modules && !index->has_conflicts &&
           !git_repository_ignores_case(&changes->repository) &&
           work_tree_read(arena, changes->top, index, compares, tree);
}

static bool list_state(struct changes *changes, struct slice commit)
{
    changes->after = git_files_open(&changes->repository, commit);
    if (!changes->after)
        return false;
    changes->system = git_files_system(changes->after);
    changes->files = &changes->system;
    git_files_each(changes->after, take_name, changes);
    return true;
}

// `to` is a commit; empty: the index or the work tree.
static bool ask_differences(struct changes *changes, bool of_index, struct slice to)
{
    enum { WORDS_MAX = 16 };
    const char *words[WORDS_MAX] = {"-c",
                                    "diff.autoRefreshIndex=false",
                                    "diff",
                                    "--raw",
                                    "-z",
                                    "--no-abbrev",
                                    "--no-renames",
                                    "--no-ext-diff",
                                    "--no-textconv",
                                    "--ignore-submodules=none"};
    size_t count = 10;
    struct arena *arena = &changes->build->arena;
    struct doubtful doubtful = {0};
    struct slice list, head, path;
    if (of_index)
        words[count++] = "--cached";
    words[count++] = arena_copy(arena, changes->base).data;
    if (to.length)
        words[count++] = arena_copy(arena, to).data;
    words[count++] = "--";
    if (!git_repository_ask(&changes->repository, words, false, &list))
        return false;
    while (list.length) {
        slice_cut(list, '\0', &head, &list);
        slice_cut(list, '\0', &path, &list);
        take_difference(changes, head, path, &doubtful);
    }
    if (doubtful.count && !to.length && !of_index) {
        drop_equal(changes, &doubtful);
        settle_list(changes);
    }
    return true;
}

static bool is_like_head(const struct changes *changes, const struct git_index *index)
{
    const struct git_repository *repository = &changes->repository;
    return slice_equal(changes->base, repository->head) && repository->tree.length &&
           slice_equal(index->tree, repository->tree);
}

// Combines three differences: base and index, index and work tree, and files that only the work tree has.
static bool take_work_tree(struct changes *changes, const struct git_index *index, const struct work_tree *tree)
{
    struct doubtful doubtful = {0};
    bool compares = !is_named(changes);
    if (compares && !is_like_head(changes, index) && !ask_differences(changes, true, (struct slice){0}))
        return false;
    list_reserve(&changes->build->arena, &changes->listed, index->count);
    hash_index_reserve(&changes->build->arena, &changes->listed_by_path, (uint32_t)index->count);
    for (size_t i = 0; i < index->count; i++)
        take_entry(changes, index, i, &tree->entries[i], &doubtful);
    if (doubtful.count)
        drop_equal(changes, &doubtful);
    if (compares)
        settle_list(changes);
    changes->listed.sorted_from = changes->listed.count;
    return list_untracked(changes, &tree->untracked);
}

// Finds the commit of the older state. False: diagnosed.
static bool find_base(struct changes *changes, const struct changes_request *request, struct slice *to)
{
    const struct git_repository *repository = &changes->repository;
    struct slice since = slice_from(request->since);
    if (request->to && !git_repository_commit(repository, slice_from(request->to), to))
        return false;
    if (!request->since || (slice_equals(since, "HEAD") && !request->of_branch)) {
        changes->base = repository->head;
        return !request->to || changes->base.length || git_repository_commit(repository, since, &changes->base);
    }
    if (!git_repository_commit(repository, since, &changes->base))
        return false;
    struct slice newer = request->to ? *to : repository->head;
    bool exact = request->to ? !request->of_branch : request->exact;
    if (exact || slice_equal(changes->base, newer) ||
        git_repository_merge_base(repository, changes->base, newer, &changes->base))
        return true;
    diagnose_hint(&changes->build->diagnostics,
                  "%sin a shallow clone, fetch the history first ('fetch-depth: 0' in GitHub's checkout)",
                  request->has_list_flags
                      ? "compare with the revision itself with --exact-since, or give the changed files with --stdin; "
                      : "");
    return false;
}

bool changes_exists(const struct changes *changes, struct slice path)
{
    struct stat status;
    struct slice absolute = changes_absolute(changes, path);
    return changes->files->kind(changes->files->state, absolute) != FILE_MISSING ||
           (slice_find_byte(absolute, '\0') == SLICE_NOT_FOUND && lstat(absolute.data, &status) == 0);
}

const bool *changes_existed(const struct changes *changes, const struct path_list *paths)
{
    static const char *const words[] = {"cat-file", "--batch-check", NULL};
    bool *existed = arena_array(&changes->build->arena, bool, paths->count);
    struct buffer questions = {0};
    struct process_result result;
    for (size_t i = 0; i < paths->count; i++) {
        existed[i] = slice_find_byte(paths->items[i], '\n') != SLICE_NOT_FOUND;
        if (!existed[i])
            buffer_add_format(&questions, "%.*s:%.*s\n", SLICE_ARGS(changes->base), SLICE_ARGS(paths->items[i]));
    }
    if (!questions.length || !changes->base.length) {
        buffer_free(&questions);
        return existed;
    }
    struct process_request request = git_repository_request(&changes->repository, words);
    request.input = buffer_slice(&questions);
    process_run(&request, &result);
    struct slice answers = buffer_slice(&result.output), line;
    for (size_t i = 0; i < paths->count && answers.length; i++) {
        if (existed[i])
            continue;
        slice_cut(answers, '\n', &line, &answers);
        existed[i] = !slice_ends_with(line, slice_literal(" missing"));
    }
    process_result_free(&result);
    buffer_free(&questions);
    return existed;
}

static void add_named(struct changes *changes, size_t number, struct slice path, bool removed)
{
    const struct file_system *files = changes->files;
    list_append(&changes->build->arena, &changes->named, ((struct named_path){number, path}));
    bool missing = removed || files->kind(files->state, changes_absolute(changes, path)) == FILE_MISSING;
    struct change change = {.path = path,
                            .status = missing ? CHANGE_REMOVED : CHANGE_MODIFIED,
                            .before = GIT_ENTRY_FILE,
                            .after = missing ? GIT_ENTRY_NONE : GIT_ENTRY_FILE,
                            .is_named = true};
    changes_add(changes, change);
}

static bool add_within(struct changes *changes, const struct changes_request *request, size_t number,
                       struct slice absolute)
{
    if (!path_is_within(absolute, changes->top))
        return false;
    add_named(changes, number, path_relative(&changes->build->arena, changes->top, absolute),
              request->named[number].removed);
    return true;
}

// Adds a path relative to the current directory. If it doesn't exist there, it may be relative to the top, as Git
// prints it. Git knows it by its directory with links resolved, and the file that the path itself leads to may be the
// one that has changed. False: diagnosed.
static bool take_named(struct changes *changes, const struct changes_request *request, size_t number)
{
    struct arena *arena = &changes->build->arena;
    const struct file_system *files = changes->files;
    const struct named_change *named = &request->named[number];
    struct slice absolute = path_join(arena, request->directory, named->path), above = absolute, whole, reason;
    struct slice from_top = path_clean(arena, named->path);
    bool added = add_within(changes, request, number, absolute);
    if (files->resolve(files->state, arena, path_directory(absolute), &above, &reason)) {
        above = path_join(arena, above, path_base(absolute));
        if (!slice_equal(above, absolute))
            added |= add_within(changes, request, number, above);
    }
    bool is_there = files->resolve(files->state, arena, absolute, &whole, &reason);
    if (is_there && !slice_equal(whole, absolute) && !slice_equal(whole, above))
        added |= add_within(changes, request, number, whole);
    if (!is_there && !path_is_absolute(named->path) && !slice_equal(request->directory, changes->top))
        added |= add_within(changes, request, number, path_join(arena, changes->top, from_top));
    return added ||
           diagnose(&changes->build->diagnostics, nowhere, "'%.*s' is outside %s '%.*s'", SLICE_ARGS(named->path),
                    changes->has_repository ? "the repository" : "the directory", SLICE_ARGS(changes->top));
}

static bool add_all_named(struct changes *changes, const struct changes_request *request)
{
    for (size_t i = 0; i < request->named_count; i++)
        if (!take_named(changes, request, i))
            return false;
    return true;
}

static bool take_differences(struct changes *changes, const struct changes_request *request, struct slice to)
{
    struct git_index index;
    struct work_tree tree;
    bool is_state = request->to || request->staged;
    if (request->is_named && !add_all_named(changes, request))
        return false;
    if (!is_state && look_at_work_tree(changes, !request->is_named, &index, &tree))
        return take_work_tree(changes, &index, &tree);
    if (!request->is_named && changes->base.length && !ask_differences(changes, request->staged, to))
        return false;
    changes->hides_kustomizations = !is_state;
    return is_state || list_by_git(changes);
}

// Before the first commit, everything is new.
static void add_everything(struct changes *changes)
{
    for (size_t i = 0; i < changes->listed.count; i++)
        changes_add(changes, (struct change){.path = changes->listed.items[i].path,
                                             .status = CHANGE_ADDED,
                                             .after = changes->listed.items[i].entry});
}

static bool open_repository(struct changes *changes, const struct changes_request *request)
{
    struct build *build = changes->build;
    size_t mark = build->diagnostics.count;
    changes->has_repository = git_repository_find(&changes->repository, &build->arena, &build->diagnostics,
                                                  request->directory);
    if (changes->has_repository) {
        changes->top = changes->repository.top;
        return true;
    }
    if (!request->is_named || request->since) {
        if (!build->diagnostics.items[build->diagnostics.count - 1].hint.length)
            diagnose_hint(&build->diagnostics, request->has_list_flags
                                                   ? "outside a repository, give the changed files with --stdin"
                                                   : "outside a repository, name the directories");
        return false;
    }
    diagnostics_forget(&build->diagnostics, mark);
    changes->top = request->directory;
    changes->head = slice_literal("worktree");
    return add_all_named(changes, request);
}

bool changes_open(struct build *build, const struct file_system *files, const struct changes_request *request,
                  struct changes *changes)
{
    struct slice to = {0};
    *changes = (struct changes){.build = build, .files = files, .current = request->directory};
    if (!open_repository(changes, request))
        return false;
    if (!changes->has_repository)
        return true;
    if (changes->repository.bare && !request->to)
        return diagnose(&build->diagnostics, nowhere, "a bare repository has no work tree: name two revisions");
    if (!find_base(changes, request, &to))
        return false;
    changes->head = request->to ? to : request->staged ? slice_literal("index") : slice_literal("worktree");
    bool is_state = request->to || request->staged;
    if (is_state && !list_state(changes, to))
        return false;
    if (!take_differences(changes, request, to))
        return false;
    if (!changes->base.length && !request->is_named)
        add_everything(changes);
    return true;
}

void changes_close(struct changes *changes)
{
    git_files_close(changes->after);
    git_objects_close(changes->objects);
    *changes = (struct changes){0};
}
