#include "load/depfile.h"

#include <stdlib.h>

#include "json/machine.h"
#include "load/path.h"

enum { TREE_DEPTH_MAX = 64 };

static struct slice relative(struct depfile *depfile, struct slice path)
{
    size_t length = depfile->current.length;
    // A shortcut for most paths, which are clean and below the current directory.
    if (path.length > length + 1 && path.data[length] == '/' && slice_starts_with(path, depfile->current))
        return slice_from_index(path, length + 1);
    return path_relative(depfile->arena, depfile->current, path);
}

static bool is_output(const struct depfile *depfile, struct slice path)
{
    for (size_t i = 0; i < countof(depfile->outputs); i++)
        if (depfile->outputs[i].length && slice_equal(depfile->outputs[i], path))
            return true;
    return false;
}

static enum file_kind kind_of(const struct depfile *depfile, struct slice path)
{
    return depfile->files->kind(depfile->files->state, path);
}

// --- Collecting paths.

// Calls `found` for each regular file below a directory, or for the path itself if it is a file.
static void each_file(struct depfile *depfile, struct slice path, size_t depth,
                      void (*found)(struct depfile *, struct slice path))
{
    struct path_list names = {0};
    enum file_kind kind = kind_of(depfile, path);
    if (kind == FILE_REGULAR)
        found(depfile, path);
    if (kind != FILE_DIRECTORY || depth == TREE_DEPTH_MAX ||
        !depfile->files->list(depfile->files->state, depfile->arena, path, &names))
        return;
    for (size_t i = 0; i < names.count; i++)
        if (!slice_equals(names.items[i], ".git"))
            each_file(depfile, path_join(depfile->arena, path, names.items[i]), depth + 1, found);
}

void depfile_add(struct depfile *depfile, struct slice path)
{
    if (!is_output(depfile, path))
        list_append(depfile->arena, &depfile->inputs, relative(depfile, path));
}

// The nearest existing directory above a missing path.
static struct slice directory_of_missing(struct depfile *depfile, struct slice path)
{
    struct slice directory = path_directory(path);
    while (directory.length > 1 && kind_of(depfile, arena_copy(depfile->arena, directory)) != FILE_DIRECTORY)
        directory = path_directory(directory);
    return arena_copy(depfile->arena, directory);
}

static bool holds_output(const struct depfile *depfile, struct slice directory)
{
    for (size_t i = 0; i < countof(depfile->outputs); i++)
        if (depfile->outputs[i].length && slice_equal(path_directory(depfile->outputs[i]), directory))
            return true;
    return false;
}

static bool add_directory(struct depfile *depfile, struct slice directory, struct slice *problem)
{
    if (holds_output(depfile, directory)) {
        *problem = relative(depfile, directory);
        return false;
    }
    depfile_add(depfile, directory);
    return true;
}

// kiln looks for `.git` in every directory up to `/`. A new repository isn't worth rebuilding everything.
static bool is_repository(struct slice path)
{
    return slice_equals(path_base(path), ".git");
}

static bool add_lookup(struct depfile *depfile, const struct lookup *lookup, struct slice *problem)
{
    switch (lookup->kind) {
    case LOOKUP_TREE:
        each_file(depfile, lookup->path, 0, depfile_add);
        return true;
    case LOOKUP_MISSING:
        if (depfile->lists_missing)
            list_append(depfile->arena, &depfile->missing, relative(depfile, lookup->path));
        return !depfile->directories || is_repository(lookup->path) ||
               add_directory(depfile, directory_of_missing(depfile, lookup->path), problem);
    case LOOKUP_READ:
        depfile->reads_itself = depfile->reads_itself || slice_equal(lookup->path, depfile->outputs[0]);
        depfile_add(depfile, lookup->path);
        return true;
    case LOOKUP_LINK:
        depfile_add(depfile, lookup->path);
        return true;
    case LOOKUP_LISTED:
        return !depfile->directories || add_directory(depfile, lookup->path, problem);
    case LOOKUP_FOUND:
        if (kind_of(depfile, lookup->path) == FILE_REGULAR)
            depfile_add(depfile, lookup->path);
        return true;
    case LOOKUP_UNREADABLE:
        return true;
    }
    return true;
}

bool depfile_find(struct depfile *depfile, const struct lookup_list *lookups, struct slice *problem)
{
    for (size_t i = 0; i < lookups->count; i++)
        if (!add_lookup(depfile, &lookups->items[i], problem))
            return false;
    path_list_sort_once(&depfile->inputs);
    path_list_sort_once(&depfile->missing);
    return true;
}

// --- Make, ninja.

// The class of each ASCII byte. `.`: literal in both. `b`: not possible in either; `n`: not in ninja 1.11; `m`: not in
// make. Both read `\ `, `\#`, and `\:` (`e`), and `$$` (`d`). make reads a target with `%` (`p`) as a pattern.
static const char byte_classes[] = "bnnnnnnnnbbnnbnn"
                                   "nnnnnnnnnnnnnnnn"
                                   "e.nedpnn..b....."  // blank to /
                                   "..........ebnmnb"  // 0 to ?
                                   "................"
                                   "...........m.mn."  // P to _
                                   "n..............."
                                   "............b..n";

static char class_of(char byte)
{
    return (unsigned char)byte < 0x80 ? byte_classes[(unsigned char)byte] : '.';
}

const char *depfile_format_text(enum depfile_format format)
{
    static const char *const texts[] = {[DEPFILE_MAKE] = "make",
                                        [DEPFILE_NINJA] = "ninja",
                                        [DEPFILE_JSON] = "json",
                                        [DEPFILE_BAZEL_UNUSED] = "bazel-unused"};
    return texts[format];
}

bool depfile_can_represent(enum depfile_format format, struct slice path)
{
    bool is_ninja = format == DEPFILE_NINJA;
    const char refused = is_ninja ? 'n' : 'm';
    for (size_t i = 0; i < path.length; i++) {
        char class = class_of(path.data[i]);
        if (class != '.' && (class == 'b' || class == refused))
            return false;
    }
    // A trailing backslash or blank would join the name with what follows.
    if (slice_ends_with(path, slice_literal("\\")) || slice_ends_with(path, slice_literal(" ")))
        return false;
    // In ninja, a `:` before a blank ends a target even if it is escaped.
    return !is_ninja || !slice_ends_with(path, slice_literal(":"));
}

// Appends a path with escapes. A backslash is literal except before an escaped character. False: not possible.
static bool add_rule_path(struct buffer *out, enum depfile_format format, struct slice path, bool is_target)
{
    bool escapes_percent = is_target && format == DEPFILE_MAKE;
    size_t start = 0;
    if (!depfile_can_represent(format, path))
        return false;
    for (size_t i = 0; i < path.length; i++) {
        char class = class_of(path.data[i]);
        if (class != 'e' && class != 'd' && (class != 'p' || !escapes_percent))
            continue;
        buffer_add(out, path.data + start, i - start);
        start = i;
        if (class == 'd')
            buffer_add_byte(out, '$');
        for (size_t k = i; class != 'd' && k > 0 && path.data[k - 1] == '\\'; k--)
            buffer_add_byte(out, '\\');
        if (class != 'd')
            buffer_add_byte(out, '\\');
    }
    buffer_add(out, path.data + start, path.length - start);
    return true;
}

// True for most paths, which need no escapes anywhere.
static bool is_plain(struct slice path)
{
    size_t plain = 0;
    while (plain < path.length && class_of(path.data[plain]) == '.')
        plain++;
    return plain == path.length && !slice_ends_with(path, slice_literal("\\"));
}

static bool add_input(struct buffer *out, struct buffer *empty, enum depfile_format format, struct slice path)
{
    if (!is_plain(path))
        return add_rule_path(out, format, path, false) && add_rule_path(empty, format, path, true);
    buffer_add_slice(out, path);
    buffer_add_slice(empty, path);
    return true;
}

static bool write_rules(struct depfile *depfile, enum depfile_format format, struct buffer *out, struct slice *problem)
{
    // Rules without a recipe, so that a deleted file is not an error.
    struct buffer empty = {0};
    *problem = depfile->target;
    bool possible = add_rule_path(out, format, depfile->target, true);
    buffer_add_byte(out, ':');
    for (size_t i = 0; i < depfile->inputs.count && possible; i++) {
        *problem = depfile->inputs.items[i];
        buffer_add_text(out, " \\\n  ");
        possible = add_input(out, &empty, format, *problem);
        buffer_add_text(&empty, ":\n");
    }
    buffer_add_byte(out, '\n');
    buffer_add_slice(out, buffer_slice(&empty));
    buffer_free(&empty);
    return possible;
}

static bool write_make(struct depfile *depfile, struct buffer *out, struct slice *problem)
{
    return write_rules(depfile, DEPFILE_MAKE, out, problem);
}

static bool write_ninja(struct depfile *depfile, struct buffer *out, struct slice *problem)
{
    return write_rules(depfile, DEPFILE_NINJA, out, problem);
}

// --- JSON.

static bool write_json(struct depfile *depfile, struct buffer *out, struct slice *problem)
{
    (void)problem;
    json_t *root = machine_object();
    machine_set(root, "schemaVersion", json_integer(1));
    machine_set(root, "target", machine_text(depfile->target));
    machine_set(root, "inputs", machine_texts(depfile->inputs.items, depfile->inputs.count));
    machine_set(root, "missing", machine_texts(depfile->missing.items, depfile->missing.count));
    machine_write(out, root, JSON_INDENT(2));
    return true;
}

// --- Bazel.

static bool is_input(const struct depfile *depfile, struct slice path)
{
    return depfile->inputs.count &&
           bsearch(&path, depfile->inputs.items, depfile->inputs.count, sizeof *depfile->inputs.items, path_compare);
}

struct unused {
    struct depfile depfile;  // its `inputs` collect the unused files
    const struct depfile *used;
};

static void add_unused(struct depfile *depfile, struct slice path)
{
    const struct unused *unused = (const struct unused *)(const void *)depfile;
    if (!is_input(unused->used, relative(depfile, path)))
        depfile_add(depfile, path);
}

// Bazel also passed the files next to those that were read, which were not needed.
static bool write_unused(struct depfile *depfile, struct buffer *out, struct slice *problem)
{
    struct unused unused = {.depfile = *depfile, .used = depfile};
    struct slice before = {0};
    unused.depfile.inputs = (struct path_list){0};
    for (size_t i = 0; i < depfile->inputs.count; i++) {
        struct slice path = path_join(depfile->arena, depfile->current, depfile->inputs.items[i]);
        struct slice directory = arena_copy(depfile->arena, path_directory(path));
        if ((before.length && path_is_within(directory, before)) || !path_is_within(directory, depfile->current))
            continue;
        each_file(&unused.depfile, directory, 0, add_unused);
        before = directory;
    }
    path_list_sort_once(&unused.depfile.inputs);
    for (size_t i = 0; i < unused.depfile.inputs.count; i++) {
        *problem = unused.depfile.inputs.items[i];
        if (slice_find_byte(*problem, '\n') != SLICE_NOT_FOUND)
            return false;
        buffer_add_slice(out, *problem);
        buffer_add_byte(out, '\n');
    }
    return true;
}

bool depfile_write(struct depfile *depfile, enum depfile_format format, struct buffer *out, struct slice *problem)
{
    static bool (*const writers[])(struct depfile *, struct buffer *,
                                   struct slice *) = {[DEPFILE_MAKE] = write_make,
                                                      [DEPFILE_NINJA] = write_ninja,
                                                      [DEPFILE_JSON] = write_json,
                                                      [DEPFILE_BAZEL_UNUSED] = write_unused};
    return writers[format](depfile, out, problem);
}
