#include "load/loader.h"

#include "kustomization/kustomization.h"
#include "load/path.h"

static struct slice shown_path(const struct file_loader *directory, struct slice path)
{
    return path_join(directory->loader->arena, directory->shown, path);
}

static struct file_loader *open_directory(struct loader *loader, const struct file_loader *parent, struct slice absolute,
                                          struct slice shown, struct position position)
{
    struct slice resolved, reason;
    if (!loader->files->resolve(loader->files->state, loader->arena, absolute, &resolved, &reason)) {
        diagnose(loader->diagnostics, position, "no directory '%.*s': %.*s", SLICE_ARGS(shown), SLICE_ARGS(reason));
        return NULL;
    }
    if (loader->files->kind(loader->files->state, resolved) != FILE_DIRECTORY) {
        diagnose(loader->diagnostics, position, "'%.*s' is a file, a directory with a kustomization is wanted",
                 SLICE_ARGS(shown));
        return NULL;
    }
    for (const struct file_loader *visited = parent; visited; visited = visited->parent) {
        if (!path_is_within(visited->path, resolved))
            continue;
        diagnose(loader->diagnostics, position, "cycle: '%.*s' contains '%.*s', which is being built", SLICE_ARGS(shown),
                 SLICE_ARGS(visited->shown));
        diagnose_hint(loader->diagnostics, "a kustomization cannot name itself or a directory above it");
        return NULL;
    }
    struct file_loader *directory = arena_new(loader->arena, struct file_loader);
    *directory = (struct file_loader){.loader = loader, .parent = parent, .path = resolved, .shown = shown};
    return directory;
}

struct file_loader *loader_open_root(struct loader *loader, struct slice directory)
{
    struct position nowhere = {0};
    if (!directory.length) {
        diagnose(loader->diagnostics, nowhere, "the directory to build is empty");
        diagnose_hint(loader->diagnostics, "name a directory with a kustomization.yaml, or leave it out for '.'");
        return NULL;
    }
    struct slice current;
    if (!loader->files->current_directory(loader->files->state, loader->arena, &current)) {
        diagnose(loader->diagnostics, nowhere, "the current directory cannot be found");
        return NULL;
    }
    return open_directory(loader, NULL, path_join(loader->arena, current, directory),
                          path_clean(loader->arena, directory), nowhere);
}

struct file_loader *file_loader_open(struct file_loader *parent, struct text directory)
{
    struct loader *loader = parent->loader;
    if (path_is_absolute(directory.slice)) {
        diagnose(loader->diagnostics, directory.position, "the directory '%.*s' must be relative",
                 SLICE_ARGS(directory.slice));
        return NULL;
    }
    struct file_loader *opened = open_directory(loader, parent, path_join(loader->arena, parent->path, directory.slice),
                                                shown_path(parent, directory.slice), directory.position);
    if (opened)
        opened->from_root = path_join(loader->arena, parent->from_root, directory.slice);
    return opened;
}

enum file_kind file_loader_kind(struct file_loader *directory, struct slice path)
{
    struct loader *loader = directory->loader;
    return loader->files->kind(loader->files->state, path_join(loader->arena, directory->path, path));
}

bool file_loader_exists(struct file_loader *directory, struct slice path)
{
    return path.length && file_loader_kind(directory, path) == FILE_REGULAR;
}

// The path to read, within the restriction. False: diagnosed.
static bool permitted_path(struct file_loader *directory, struct text path, struct slice *permitted)
{
    struct loader *loader = directory->loader;
    struct slice shown = shown_path(directory, path.slice), reason;
    struct slice absolute = path_join(loader->arena, directory->path, path.slice);
    if (!path.slice.length)
        return diagnose(loader->diagnostics, path.position, "the path is empty");
    if (!loader->files->resolve(loader->files->state, loader->arena, absolute, permitted, &reason)) {
        diagnose(loader->diagnostics, path.position, "cannot read '%.*s': %.*s", SLICE_ARGS(shown), SLICE_ARGS(reason));
        return false;
    }
    if (loader->files->kind(loader->files->state, *permitted) == FILE_DIRECTORY)
        return diagnose(loader->diagnostics, path.position, "'%.*s' is a directory, a file is wanted", SLICE_ARGS(shown));
    if (loader->unrestricted || path_is_within(path_directory(*permitted), directory->path))
        return true;
    diagnose(loader->diagnostics, path.position, "'%.*s' is not in or below '%.*s', the directory of its kustomization",
             SLICE_ARGS(shown), SLICE_ARGS(directory->shown));
    diagnose_hint(loader->diagnostics, "move the file, make its directory a base, or build with "
                                       "--load-restrictor LoadRestrictionsNone");
    return false;
}

const struct source *file_loader_read(struct file_loader *directory, struct text path)
{
    struct loader *loader = directory->loader;
    struct slice permitted, content, reason;
    if (!permitted_path(directory, path, &permitted))
        return NULL;
    struct slice shown = shown_path(directory, path.slice);
    if (!loader->files->read(loader->files->state, loader->arena, permitted, &content, &reason)) {
        diagnose(loader->diagnostics, path.position, "cannot read '%.*s': %.*s", SLICE_ARGS(shown), SLICE_ARGS(reason));
        return NULL;
    }
    return sources_add(loader->sources, shown, content);
}

// Where the text of a block scalar starts: the line behind the `|`, and the spaces before its first line.
static uint32_t block_indentation(struct slice content, uint32_t indicator_line)
{
    for (uint32_t line = 1; line <= indicator_line && content.length; line++) {
        struct slice head;
        slice_cut(content, '\n', &head, &content);
    }
    while (content.length) {
        struct slice line;
        slice_cut(content, '\n', &line, &content);
        uint32_t spaces = 0;
        while (spaces < line.length && line.data[spaces] == ' ')
            spaces++;
        if (spaces < line.length && line.data[spaces] != '\r')
            return spaces;
    }
    return 0;
}

static char byte_at(struct slice content, uint32_t line, uint32_t column)
{
    struct slice head = content;
    for (uint32_t i = 0; i < line && content.length; i++)
        slice_cut(content, '\n', &head, &content);
    return column && column <= head.length ? head.data[column - 1] : '\0';
}

const struct source *file_loader_inline(struct file_loader *directory, struct slice text, struct position position)
{
    struct sources *sources = directory->loader->sources;
    const struct source *around = sources_get(sources, position.file);
    struct source *source = sources_add(sources, around ? around->path : directory->shown, text);
    if (!around || !position.line)
        return source;
    char first = byte_at(around->content, position.line, position.column);
    if (first == '|' || first == '>') {
        source->line_offset = position.line;
        source->column_offset = block_indentation(around->content, position.line);
    } else {
        source->line_offset = position.line - 1;
        source->column_offset = position.column - 1 + (first == '"' || first == '\'');
    }
    source->line_offset += around->line_offset;
    source->column_offset += around->column_offset;
    return source;
}

const struct source *file_loader_kustomization(struct file_loader *directory, struct position asked_for)
{
    struct loader *loader = directory->loader;
    const char *found = NULL;
    for (size_t i = 0; i < countof(kustomization_file_names); i++) {
        const char *name = kustomization_file_names[i];
        if (!file_loader_exists(directory, slice_from(name)))
            continue;
        // A link that leads out of the directory counts as absent.
        size_t mark = loader->diagnostics->count;
        struct slice permitted;
        bool usable = permitted_path(directory, (struct text){slice_from(name), asked_for}, &permitted);
        diagnostics_forget(loader->diagnostics, mark);
        if (!usable)
            continue;
        if (found) {
            diagnose(loader->diagnostics, asked_for, "'%.*s' has both %s and %s", SLICE_ARGS(directory->shown), found, name);
            diagnose_hint(loader->diagnostics, "keep one of them");
            return NULL;
        }
        found = name;
    }
    if (!found) {
        diagnose(loader->diagnostics, asked_for, "no kustomization.yaml, kustomization.yml or Kustomization in '%.*s'",
                 SLICE_ARGS(directory->shown));
        if (file_loader_exists(directory, slice_literal("kustomization")))
            diagnose_hint(loader->diagnostics, "rename 'kustomization' to 'kustomization.yaml'");
        return NULL;
    }
    return file_loader_read(directory, (struct text){slice_from(found), asked_for});
}
