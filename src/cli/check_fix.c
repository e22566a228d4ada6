#include "cli/check_fix.h"

#include <string.h>
#include <sys/stat.h>

#include "base/shown.h"
#include "edit/fmt.h"
#include "load/path.h"

#define nowhere ((struct position){0})

// A file with at least one fixable finding.
struct fixable_file {
    struct slice path;
    bool is_kept;  // one of its findings is silenced, so the file is meant to be as it is
};

struct fixable_files {
    struct fixable_file *items;
    size_t count, capacity;
    struct hash_index by_path;
};

static struct fixable_file *find_file(struct fixable_files *files, struct slice path)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&files->by_path, slice_hash(path)); hash_cursor_next(&at, &number);)
        if (slice_equal(files->items[number].path, path))
            return &files->items[number];
    return NULL;
}

static void collect(struct check_fix *fix, const struct check_run *run, struct fixable_files *files)
{
    struct arena *arena = &fix->build->arena;
    for (size_t i = 0; i < run->findings.count; i++) {
        const struct finding *finding = &run->findings.items[i];
        struct slice path = finding->sighting->file;
        if (!finding->rule->is_fixable)
            continue;
        if (!find_file(files, path)) {
            hash_index_add(arena, &files->by_path, slice_hash(path), (uint32_t)files->count);
            list_append(arena, files, ((struct fixable_file){.path = path}));
        }
        // Findings in the baseline are fixed, because they are supposed to disappear.
        find_file(files, path)->is_kept |= finding->silence == FINDING_SUPPRESSED ||
                                           finding->silence == FINDING_IGNORED;
    }
}

// Finds the file's directory with all links resolved. False: --fix may not change the file; diagnosed.
static bool find_directory(struct check_fix *fix, const struct check *check, struct slice file, struct slice *directory)
{
    struct arena *arena = &fix->build->arena;
    struct slice path = path_join(arena, check->current, file), reason;
    struct stat status;
    const char *why = NULL;
    if (lstat(arena_copy(arena, path).data, &status) != 0 || !S_ISREG(status.st_mode))
        why = "it is not a regular file";
    else if (!file_system_posix.resolve(NULL, arena, arena_copy(arena, path_directory(path)), directory, &reason))
        why = "its directory cannot be read";
    else if (!path_is_within(*directory, check->top))
        why = "it is outside the repository";
    if (why)
        diagnose_warning(fix->call->diagnostics, nowhere, "skipped %.*s: %s", SLICE_ARGS(file), why);
    return !why;
}

static void add_change(struct check_fix *fix, const struct fmt_file *file)
{
    struct arena *arena = &fix->build->arena;
    const struct kustomization_change *change = kustomization_changes_add(&fix->changes, arena, file,
                                                                          (struct slice){0});
    kustomization_changes_widen(&fix->changes, change->directory);
    file_overlay_cover(&fix->overlay, arena, path_join(arena, change->directory, change->name), change->after);
}

static void fix_file(struct check_fix *fix, const struct check *check, const struct fixable_file *fixable)
{
    struct fmt_file file = {.name = path_base(fixable->path), .shown = fixable->path, .keeps_layout = true};
    if (fixable->is_kept) {
        diagnose_warning(fix->call->diagnostics, nowhere, "skipped %.*s: one of its findings is ignored",
                         SLICE_ARGS(fixable->path));
        return;
    }
    if (!find_directory(fix, check, fixable->path, &file.directory))
        return;
    struct build *build = command_build_new(fix->call);
    if (fmt_run(build, &file_system_posix, &file) && !slice_equal(file.before, file.after))
        add_change(fix, &file);
    command_build_end(build);
}

bool check_fix_find(struct check_fix *fix, const struct check_run *run)
{
    struct fixable_files files = {0};
    fix->changes.call = fix->call;
    fix->overlay.files = &file_system_posix;
    collect(fix, run, &files);
    for (size_t i = 0; i < files.count; i++)
        fix_file(fix, run->check, &files.items[i]);
    return fix->changes.count > 0;
}

struct file_system check_fix_files(struct check_fix *fix)
{
    return file_overlay_system(&fix->overlay);
}

// --- The result.

static bool builds_the_same(const struct check_run *before, const struct check_run *after, size_t root)
{
    size_t at = root * CHECK_DIGEST_SIZE;
    bool built = before->check->judges[root]->built;
    return built == after->check->judges[root]->built &&
           (!built || memcmp(before->digests + at, after->digests + at, CHECK_DIGEST_SIZE) == 0);
}

static bool is_same(const struct finding *a, const struct finding *b)
{
    return a->rule == b->rule && slice_equal(a->sighting->file, b->sighting->file) &&
           slice_equal(a->sighting->message, b->sighting->message);
}

static uint64_t finding_hash(const struct finding *finding)
{
    return slice_hash_pair(finding->sighting->file, finding->sighting->message);
}

static struct hash_index index_fixable(struct arena *arena, const struct finding_list *findings)
{
    struct hash_index index = {0};
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].rule->is_fixable)
            hash_index_add(arena, &index, finding_hash(&findings->items[i]), (uint32_t)i);
    return index;
}

static bool is_left(const struct hash_index *index, const struct finding_list *after, const struct finding *finding)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(index, finding_hash(finding)); hash_cursor_next(&at, &number);)
        if (is_same(&after->items[number], finding))
            return true;
    return false;
}

// Lines such as "fixed: base/kustomization.yaml:3:1: 'commonLabels' is deprecated [field-deprecated]".
static void add_reports(struct check_fix *fix, const struct finding_list *before, const struct finding_list *after)
{
    struct arena *arena = &fix->build->arena;
    struct hash_index left = index_fixable(arena, after), changes = {0};
    struct buffer *reports = arena_array(arena, struct buffer, fix->changes.count);
    for (size_t i = 0; i < fix->changes.count; i++)
        hash_index_add(arena, &changes, slice_hash(fix->changes.items[i].shown), (uint32_t)i);
    for (size_t i = 0; i < before->count; i++) {
        const struct finding *finding = &before->items[i];
        const struct sighting *sighting = finding->sighting;
        uint32_t number;
        if (!finding->rule->is_fixable || is_left(&left, after, finding))
            continue;
        for (struct hash_cursor at = hash_index_find(&changes, slice_hash(sighting->file));
             hash_cursor_next(&at, &number);)
            if (slice_equal(fix->changes.items[number].shown, sighting->file))
                buffer_add_format(&reports[number], "fixed: %.*s:%u:%u: %.*s [%s]\n",
                                  SLICE_ARGS(shown_escaped(arena, sighting->file)), sighting->line, sighting->column,
                                  SLICE_ARGS(sighting->message), finding->rule->id);
    }
    for (size_t i = 0; i < fix->changes.count; i++) {
        fix->changes.items[i].report = arena_copy(arena, buffer_slice(&reports[i]));
        buffer_free(&reports[i]);
    }
}

bool check_fix_is_correct(struct check_fix *fix, const struct check_run *before, const struct check_run *after)
{
    for (size_t i = 0; i < before->roots->count; i++) {
        if (builds_the_same(before, after, i))
            continue;
        diagnose(fix->call->diagnostics, nowhere, "fixed nothing: the output of '%.*s' would change",
                 SLICE_ARGS(before->roots->items[i].path));
        diagnose_hint(fix->call->diagnostics, "run 'kiln edit fix' to convert it anyway and see the difference");
        return false;
    }
    add_reports(fix, &before->findings, &after->findings);
    return true;
}
