#include "load/path_refusal.h"

#include <errno.h>
#include <string.h>

#include "kustomization/kustomization.h"
#include "load/misread_path.h"
#include "load/path.h"
#include "load/suggest.h"

static struct slice quoted(struct arena *arena, struct slice text)
{
    return arena_format(arena, "'%.*s'", SLICE_ARGS(text));
}

struct slice path_named(const struct file_loader *directory, struct text path)
{
    struct arena *arena = directory->loader->arena;
    struct slice shown = file_loader_shown(directory, path.slice);
    // A path into the private directory of a clone is kiln's own, and differs in each run.
    if (!path.position.line || (directory->repository && path_is_within(path.slice, directory->repository->clone)))
        return quoted(arena, shown);
    struct slice clean = path_clean(arena, path.slice);
    if (!path_leads_out(clean) || slice_equal(clean, shown))
        return quoted(arena, path.slice);
    return arena_format(arena, "'%.*s' ('%.*s')", SLICE_ARGS(path.slice), SLICE_ARGS(shown));
}

static struct slice name_of(const struct loader *loader, const struct named_directory *named)
{
    return named->parent ? path_named(named->parent, named->written) : quoted(loader->arena, named->shown);
}

// Doesn't search for paths outside a clone.
static void suggest(const struct loader *loader, const struct file_loader *directory, struct slice written,
                    struct slice absolute, struct slice reason)
{
    bool is_local = !directory || !directory->repository;
    if (!is_local && !path_is_within(absolute, directory->repository->clone))
        return;
    if (!directory && slice_equals(reason, strerror(ENOENT))) {
        suggest_directory(loader->files, loader->diagnostics, written, absolute);
        return;
    }
    bool is_entry = directory && loader->diagnostics->items[loader->diagnostics->count - 1].position.line > 0;
    if (is_entry && misread_path_hint(loader->files, loader->diagnostics, written, directory->path))
        return;
    bool done = suggest_path(loader->files, loader->diagnostics, written, absolute,
                             directory ? directory->path : (struct slice){0}, is_local);
    if (!done && directory && is_local && slice_equals(reason, strerror(ENOENT)))
        suggest_creation(loader->files, loader->diagnostics, written, absolute,
                         file_loader_shown(directory, arena_copy(loader->arena, path_directory(written))),
                         directory->path);
}

static void phrase_no_directory(struct loader *loader, struct slice written, struct slice absolute)
{
    diagnose_phrase(loader->diagnostics,
                    "must build at directory: not a valid directory: evalsymlink failure on '%.*s' : lstat %.*s: no "
                    "such file or directory",
                    SLICE_ARGS(written), SLICE_ARGS(absolute));
}

// `s3://bucket/x`, `https//host/x`: a path would lose a slash on the way. True: diagnosed.
static bool refuse_scheme(struct loader *loader, struct slice written, struct position position)
{
    struct slice shown = url_shown(loader->arena, written);
    bool is_http = slice_starts_with(written, slice_literal("http:/")) ||
                   slice_starts_with(written, slice_literal("https:/")) ||
                   slice_starts_with(written, slice_literal("http//")) ||
                   slice_starts_with(written, slice_literal("https//"));
    if (!is_http && slice_find(written, slice_literal("://")) == SLICE_NOT_FOUND)
        return false;
    if (slice_starts_with(written, slice_literal("https://")) || slice_starts_with(written, slice_literal("http://"))) {
        struct git_url url;
        if (!git_url_parse(loader->arena, written, &url) && url.leads_out) {
            diagnose(loader->diagnostics, position, "the directory in '%.*s' is outside the repository",
                     SLICE_ARGS(shown));
            diagnose_hint(loader->diagnostics, "remove the '..' that leads out of the repository");
            return true;
        }
        diagnose(
            loader->diagnostics, position,
            "expected a directory or the URL of a Git repository, but kiln cannot tell which part of '%.*s' is the "
            "repository",
            SLICE_ARGS(shown));
        diagnose_hint(
            loader->diagnostics,
            "for a Git repository, write '//' after its name, as in 'https://HOST/ORG/REPO//DIR?ref=REV'; for "
            "a file of resources, list the URL under `resources` in a kustomization");
        return true;
    }
    diagnose(loader->diagnostics, position, "'%.*s' is not a URL that can be fetched", SLICE_ARGS(shown));
    diagnose_hint(loader->diagnostics, "%s",
                  is_http ? "start the URL with 'https://'"
                  : slice_starts_with(written, slice_literal("git://"))
                      ? "use https:// or ssh:// instead of git://"
                      : "use an https:// URL, a Git repository, or the path of a file or directory");
    return true;
}

// --- Directories.

void refuse_missing_directory(struct loader *loader, const struct named_directory *named, struct slice reason)
{
    struct slice path = named->written.slice, absolute = named->absolute;
    struct slice phrased = named->parent ? absolute : path;
    if (refuse_scheme(loader, path, named->written.position)) {
        phrase_no_directory(loader, phrased, absolute);
        return;
    }
    path_refuse_named(loader->diagnostics, named->written.position, name_of(loader, named), reason);
    phrase_no_directory(loader, phrased, absolute);
    suggest(loader, named->parent, path, absolute, reason);
}

void refuse_file(struct loader *loader, const struct named_directory *named)
{
    diagnose(loader->diagnostics, named->written.position,
             "expected a directory with a kustomization, but %.*s is a file", SLICE_ARGS(name_of(loader, named)));
    diagnose_phrase(loader->diagnostics, "must build at directory: '%.*s': file is not directory",
                    SLICE_ARGS(named->written.slice));
    if (named->parent)
        return;
    if (kustomization_is_file_name(path_base(named->shown)))
        diagnose_hint(loader->diagnostics, "use its directory: '%.*s'", SLICE_ARGS(path_directory(named->shown)));
    else
        diagnose_hint(loader->diagnostics, "use the directory of a kustomization that lists it under `resources`");
}

void refuse_ambiguous(struct loader *loader, struct text directory)
{
    struct slice clean = path_clean(loader->arena, directory.slice);
    diagnose(loader->diagnostics, directory.position,
             "the path '%.*s' contains a name with '..', which kustomize has rejected since v5.8.3",
             SLICE_ARGS(directory.slice));
    if (slice_equal(clean, directory.slice))
        diagnose_hint(loader->diagnostics,
                      "rename the directory; if two list entries became one, correct the indentation");
    else
        diagnose_hint(loader->diagnostics, "write '%.*s'; if two list entries became one, correct the indentation",
                      SLICE_ARGS(clean));
}

// --- Files.

bool refuse_unreadable(const struct file_loader *directory, struct text path, struct slice reason)
{
    diagnose(directory->loader->diagnostics, path.position, "cannot read %.*s: %.*s",
             SLICE_ARGS(path_named(directory, path)), SLICE_ARGS(reason));
    struct slice absolute = path_join(directory->loader->arena, directory->path, path.slice);
    phrase_no_directory(directory->loader, absolute, absolute);
    return false;
}

bool refuse_missing_file(const struct file_loader *directory, struct text path, struct slice reason)
{
    struct loader *loader = directory->loader;
    struct slice absolute = path_join(loader->arena, directory->path, path.slice);
    if (refuse_scheme(loader, path.slice, path.position)) {
        phrase_no_directory(loader, absolute, absolute);
        return false;
    }
    refuse_unreadable(directory, path, reason);
    suggest(loader, directory, path.slice, absolute, reason);
    return false;
}

bool refuse_directory(const struct file_loader *directory, struct text path, struct slice resolved)
{
    struct loader *loader = directory->loader;
    diagnose(loader->diagnostics, path.position, "expected a file, but %.*s is a directory",
             SLICE_ARGS(path_named(directory, path)));
    if (path_is_within(resolved, directory->path))
        misread_directory_hint(loader->files, loader->diagnostics, path.slice, resolved);
    return false;
}

bool refuse_outside(const struct file_loader *directory, struct text path)
{
    struct diagnostics *diagnostics = directory->loader->diagnostics;
    struct slice absolute = path_join(directory->loader->arena, directory->path, path.slice);
    bool is_link = path_is_within(absolute, directory->path);
    diagnose(diagnostics, path.position, "%.*s %snot in or below '%.*s', the directory of its kustomization",
             SLICE_ARGS(path_named(directory, path)),
             is_link ? "resolves, through a symbolic link, to a file that is " : "is ", SLICE_ARGS(directory->shown));
    if (!directory->repository) {
        struct slice remedy = is_link ? slice_literal("replace the link with a copy of what it points to")
                                      : arena_format(directory->loader->arena,
                                                     "copy the file into that directory and change the path to '%.*s'",
                                                     SLICE_ARGS(path_base(path.slice)));
        diagnose_hint(
            diagnostics, "%.*s%s", SLICE_ARGS(remedy),
            directory->loader->is_restricted_always ? "" : ", or build with --load-restrictor LoadRestrictionsNone");
        diagnose_cause(diagnostics, CAUSE_OUTSIDE_FILE);
    }
    return diagnose_phrase(diagnostics, "security; file '%.*s' is not in or below '%.*s'", SLICE_ARGS(absolute),
                           SLICE_ARGS(directory->path));
}

// --- Kustomization files.

static struct slice name_of_directory(const struct file_loader *directory)
{
    bool is_path = directory->parent && directory->parent->repository == directory->repository;
    return is_path ? path_named(directory->parent, directory->listed)
                   : quoted(directory->loader->arena, directory->shown);
}

void refuse_no_kustomization(const struct file_loader *directory, struct position asked_for)
{
    struct loader *loader = directory->loader;
    diagnose(loader->diagnostics, asked_for, "no kustomization.yaml, kustomization.yml, or Kustomization in %.*s",
             SLICE_ARGS(name_of_directory(directory)));
    diagnose_phrase(loader->diagnostics,
                    "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in "
                    "directory '%.*s'",
                    SLICE_ARGS(directory->path));
    suggest_kustomization(loader->files, loader->diagnostics, directory->path, directory->shown, !directory->parent);
}

void refuse_two_kustomizations(const struct file_loader *directory, struct position asked_for, const char *first,
                               const char *second)
{
    struct diagnostics *diagnostics = directory->loader->diagnostics;
    diagnose(diagnostics, asked_for, "%.*s has both %s and %s", SLICE_ARGS(name_of_directory(directory)), first,
             second);
    diagnose_hint(diagnostics, "keep one of them");
    diagnose_phrase(diagnostics, "Found multiple kustomization files under: %.*s", SLICE_ARGS(directory->path));
}

// --- Remote files.

bool refuse_remote(struct loader *loader, struct slice shown, struct position position)
{
    diagnose(loader->diagnostics, position, "cannot fetch '%.*s': remote access is disabled for this build",
             SLICE_ARGS(shown));
    if (loader->no_remote)
        diagnose_hint(loader->diagnostics, "remove --no-remote to fetch it");
    return false;
}
