#include "cli/build_files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash_index.h"
#include "base/output_file.h"
#include "load/glob.h"
#include "load/path.h"

static void begin(struct build *build, const struct file_options *options, struct output_batch *batch)
{
    output_batch_begin(batch, &build->arena);
    batch->sync = options->sync;
    batch->mode = options->mode;
}

bool build_files_begin_one(struct build *build, struct slice path, struct slice stream,
                           const struct file_options *options, struct output_batch *batch)
{
    begin(build, options, batch);
    return output_batch_add(batch, path, stream) || output_batch_report(batch, &build->diagnostics);
}

bool build_files_write_one(struct build *build, struct slice path, struct slice stream,
                           const struct file_options *options)
{
    struct output_batch batch;
    return build_files_begin_one(build, path, stream, options, &batch) &&
           (output_batch_commit(&batch) || output_batch_report(&batch, &build->diagnostics));
}

bool build_files_write_below(struct build *build, struct slice path, struct slice text,
                             const struct file_options *options)
{
    struct output_batch batch;
    begin(build, options, &batch);
    batch.single = true;
    return (output_batch_enter(&batch, arena_copy(&build->arena, path_directory(path)), true) &&
            output_batch_add_below(&batch, path_base(path), text) && output_batch_commit(&batch)) ||
           output_batch_report(&batch, &build->diagnostics);
}

// --- Names of files.

// True if the namespaced objects are in more than one namespace: kustomize's file names then begin with it.
static bool has_several_namespaces(const struct build *build)
{
    const struct name *first = NULL;
    for (size_t i = 0; i < build->resources.count; i++) {
        const struct resource *resource = build->resources.items[i];
        if (resource->cluster_scoped)
            continue;
        const struct name *namespace = resource_effective_namespace(resource);
        if (first && namespace != first)
            return true;
        first = namespace;
    }
    return false;
}

static void add_lower(struct buffer *name, struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        buffer_add_byte(name, byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte);
    }
}

static void add_part(struct buffer *name, const struct name *part)
{
    if (name_is_empty(part))
        return;
    if (name->length)
        buffer_add_byte(name, '_');
    add_lower(name, part->text);
}

// apps_v1_deployment_web.yaml, prod_apps_v1_deployment_web.yaml
static void kustomize_name(const struct resource *resource, bool with_namespace, struct buffer *name)
{
    if (with_namespace && !resource->cluster_scoped)
        add_part(name, resource_effective_namespace(resource));
    add_part(name, resource->id.gvk.group);
    add_part(name, resource->id.gvk.version);
    add_part(name, resource->id.gvk.kind);
    add_part(name, resource->id.name);
    buffer_add_text(name, ".yaml");
}

enum placeholder { NAMESPACE, KIND, NAME_, GROUP, VERSION, ROOT, PLACEHOLDERS };

static const char *const placeholders[PLACEHOLDERS] = {"namespace", "kind", "name", "group", "version", "root"};

static enum placeholder placeholder_of(struct slice word)
{
    int found = 0;
    while (found < PLACEHOLDERS && !slice_equals(word, placeholders[found]))
        found++;
    return (enum placeholder)found;
}

static struct slice value_of(const struct resource *resource, enum placeholder placeholder)
{
    switch (placeholder) {
    case NAMESPACE:
        return resource->cluster_scoped ? (struct slice){0} : resource_effective_namespace(resource)->text;
    case KIND:
        return resource->id.gvk.kind->text;
    case NAME_:
        return resource->id.name->text;
    case GROUP:
        return name_is_empty(resource->id.gvk.group) ? slice_literal("core") : resource->id.gvk.group->text;
    case VERSION:
        return resource->id.gvk.version->text;
    case ROOT:
    case PLACEHOLDERS:
        break;
    }
    return (struct slice){0};
}

// Splits off the text before the next placeholder, and the placeholder's word. False: no placeholder is left.
static bool next_placeholder(struct slice *layout, struct slice *text, struct slice *word)
{
    return slice_cut(*layout, '{', text, layout) && slice_cut(*layout, '}', word, layout);
}

bool file_layout_check(struct diagnostics *diagnostics, struct slice layout)
{
    struct slice rest = layout, text, word, element;
    while (slice_find_byte(rest, '{') != SLICE_NOT_FOUND) {
        if (!next_placeholder(&rest, &text, &word))
            return diagnose(diagnostics, (struct position){0}, "--output-layout: missing '}' in '%.*s'",
                            SLICE_ARGS(layout));
        if (placeholder_of(word) != PLACEHOLDERS)
            continue;
        diagnose(diagnostics, (struct position){0}, "--output-layout: unknown placeholder '{%.*s}'", SLICE_ARGS(word));
        diagnose_hint(diagnostics,
                      "use {namespace}, {kind}, {name}, {group}, {version}, or, for several roots, {root}");
        return false;
    }
    bool wrong = !layout.length || layout.data[0] == '/' || layout.data[layout.length - 1] == '/';
    for (rest = layout; rest.length;) {
        slice_cut(rest, '/', &element, &rest);
        wrong = wrong || slice_equals(element, ".") || slice_equals(element, "..");
    }
    return !wrong ||
           diagnose(diagnostics, (struct position){0},
                    "--output-layout must be a file path within the directory, not '%.*s'", SLICE_ARGS(layout));
}

static void layout_name(const struct resource *resource, struct slice layout, struct slice root, struct buffer *name)
{
    struct slice rest = layout, text, word;
    while (next_placeholder(&rest, &text, &word)) {
        buffer_add_slice(name, text);
        if (placeholder_of(word) == ROOT)
            buffer_add_slice(name, root);
        else
            add_lower(name, value_of(resource, placeholder_of(word)));
    }
    buffer_add_slice(name, text);
}

// --- Writing.

struct written_file {
    struct slice path;  // below the directory
    const struct resource *resource;
    struct slice content;  // kept only if a callback gets it
    bool changed;
};

struct writer {
    const struct file_request *request;
    struct build *build;
    struct slice directory, layout;
    struct output_batch batch;
    struct hash_index by_path;
    struct {
        struct written_file *items;
        size_t count, capacity;
    } files;
    bool batch_ended;
};

static const struct written_file *find_written(const struct writer *writer, struct slice path)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&writer->by_path, slice_hash(path)); hash_cursor_next(&at, &number);)
        if (slice_equal(writer->files.items[number].path, path))
            return &writer->files.items[number];
    return NULL;
}

// Object names are untrusted: with a slash or dots, they would lead out of the directory.
static bool has_safe_name(const struct resource *resource)
{
    struct slice parts[] = {resource->id.name->text, resource_effective_namespace(resource)->text,
                            resource->id.gvk.group->text, resource->id.gvk.version->text, resource->id.gvk.kind->text};
    for (size_t i = 0; i < countof(parts); i++)
        if (slice_find_byte(parts[i], '/') != SLICE_NOT_FOUND || slice_find_byte(parts[i], '\0') != SLICE_NOT_FOUND)
            return false;
    return true;
}

// Sets the path within the directory, without empty elements. False: diagnosed.
static bool choose_path(struct writer *writer, const struct resource *resource, bool with_namespace, struct slice *path)
{
    struct arena *arena = &writer->build->arena;
    struct diagnostics *diagnostics = &writer->build->diagnostics;
    struct slice shown = resource_text(arena, resource), rest, element;
    if (!has_safe_name(resource))
        return diagnose(diagnostics, resource_name_position(resource),
                        "cannot write %.*s to its own file: a file name cannot contain '/'", SLICE_ARGS(shown));
    struct buffer name = {0};
    if (writer->layout.length)
        layout_name(resource, writer->layout, writer->request->root, &name);
    else
        kustomize_name(resource, with_namespace, &name);
    rest = arena_copy(arena, buffer_slice(&name));
    buffer_free(&name);
    *path = (struct slice){0};
    while (rest.length) {
        slice_cut(rest, '/', &element, &rest);
        if (!element.length)
            continue;
        if (slice_equals(element, ".") || slice_equals(element, ".."))
            return diagnose(diagnostics, resource_name_position(resource),
                            "cannot write %.*s to its own file: its path would contain '%.*s'", SLICE_ARGS(shown),
                            SLICE_ARGS(element));
        *path = arena_format(arena, "%.*s%s%.*s", SLICE_ARGS(*path), path->length ? "/" : "", SLICE_ARGS(element));
    }
    const struct written_file *other = find_written(writer, *path);
    if (!other)
        return true;
    diagnose(diagnostics, resource_name_position(resource), "%.*s and %.*s would be written to the same file, '%.*s'",
             SLICE_ARGS(resource_text(arena, other->resource)), SLICE_ARGS(shown), SLICE_ARGS(*path));
    diagnose_hint(diagnostics, writer->layout.length ? "use a layout with {namespace}, {kind}, {name}, and {group}"
                                                     : "use --output-layout to choose other names");
    return false;
}

static bool write_resource(struct writer *writer, const struct resource *resource, bool with_namespace,
                           struct buffer *document)
{
    struct build *build = writer->build;
    struct slice path;
    document->length = 0;
    if (!choose_path(writer, resource, with_namespace, &path) || !build_write_resource(build, resource, document))
        return false;
    const struct file_request *request = writer->request;
    struct written_file file = {.path = path, .resource = resource, .changed = true};
    if (request->if_changed)
        file.changed = !output_is_same(output_batch_directory(&writer->batch), arena_copy(&build->arena, path).data,
                                       buffer_slice(document), request->options.mode);
    if (file.changed && !output_batch_add_below(&writer->batch, path, buffer_slice(document))) {
        writer->batch_ended = true;
        return output_batch_report(&writer->batch, &build->diagnostics);
    }
    if (request->wrote)
        file.content = arena_copy(&build->arena, buffer_slice(document));
    list_append(&build->arena, &writer->files, file);
    hash_index_add(&build->arena, &writer->by_path, slice_hash(path), (uint32_t)(writer->files.count - 1));
    return true;
}

// --- Files left by an earlier build.

struct stale {
    struct slice text;
    size_t count;
};

static bool refuse_unreadable(struct writer *writer, struct slice path)
{
    return diagnose(&writer->build->diagnostics, (struct position){0},
                    "cannot look for files of an earlier build in '%.*s': %s", SLICE_ARGS(path), strerror(errno));
}

// Runs before any file is moved into place. False: diagnosed.
static bool find_stale(struct writer *writer, struct stale *stale)
{
    enum { SHOWN = 5 };
    struct arena *arena = &writer->build->arena;
    struct path_list pending = {0};  // subdirectories of the output directory
    list_append(arena, &pending, slice_literal("."));
    for (size_t next = 0; next < pending.count; next++) {
        struct path_list names = {0};
        struct slice below = pending.items[next];
        struct slice at = path_join(arena, writer->directory, below);
        if (!directory_list(arena, at, &names))
            return refuse_unreadable(writer, at);
        for (size_t i = 0; i < names.count; i++) {
            struct slice path = path_join(arena, below, names.items[i]);
            struct stat status;
            if (names.items[i].data[0] == '.')
                continue;
            bool found = lstat(path_join(arena, writer->directory, path).data, &status) == 0;
            if (!found && errno != ENOENT)
                return refuse_unreadable(writer, path_join(arena, writer->directory, path));
            if (!found)
                continue;
            if (S_ISDIR(status.st_mode) && slice_find_byte(writer->layout, '/') != SLICE_NOT_FOUND)
                list_append(arena, &pending, path);
            else if (S_ISREG(status.st_mode) && path_is_manifest(path) && !find_written(writer, path) &&
                     stale->count++ < SHOWN)
                stale->text = arena_format(arena, "%.*s%s%.*s", SLICE_ARGS(stale->text), stale->text.length ? ", " : "",
                                           SLICE_ARGS(path));
        }
    }
    if (stale->count > SHOWN)
        stale->text = arena_format(arena, "%.*s …", SLICE_ARGS(stale->text));
    return true;
}

static void warn_of_stale(struct writer *writer, struct stale stale)
{
    struct diagnostics *diagnostics = &writer->build->diagnostics;
    if (!stale.count)
        return;
    diagnose_warning(diagnostics, (struct position){0}, "'%.*s' also has %zu %s that this build did not write: %.*s",
                     SLICE_ARGS(writer->directory), stale.count, stale.count == 1 ? "file" : "files",
                     SLICE_ARGS(stale.text));
    diagnose_hint(diagnostics, "remove %s, or 'kubectl apply -f' will apply %s too", stale.count == 1 ? "it" : "them",
                  stale.count == 1 ? "it" : "them");
}

bool build_files_write_each(struct build *build, const struct file_request *request)
{
    struct writer writer = {
        .request = request,
        .build = build,
        .directory = path_clean(&build->arena, request->directory),
        .layout = request->layout,
    };
    struct buffer document = {0};
    bool with_namespace = has_several_namespaces(build);
    begin(build, &request->options, &writer.batch);
    if (!(request->lock ? output_batch_enter_kept(&writer.batch, writer.directory, request->lock)
                        : output_batch_enter(&writer.batch, writer.directory, true)))
        return output_batch_report(&writer.batch, &build->diagnostics);
    struct stale stale = {0};
    bool good = true;
    for (size_t i = 0; i < build->resources.count && good; i++)
        good = write_resource(&writer, build->resources.items[i], with_namespace, &document);
    good = good && (request->root.length || find_stale(&writer, &stale));
    // Nothing may fail after this.
    size_t mark = build->diagnostics.count;
    if (good) {
        warn_of_stale(&writer, stale);
        good = output_batch_commit(&writer.batch);
        if (!good) {
            diagnostics_forget(&build->diagnostics, mark);
            output_batch_report(&writer.batch, &build->diagnostics);
        }
    } else if (!writer.batch_ended) {
        output_batch_discard(&writer.batch);
    }
    for (size_t i = 0; good && request->wrote && i < writer.files.count; i++)
        request->wrote(request->state, writer.files.items[i].path, writer.files.items[i].content,
                       writer.files.items[i].changed);
    buffer_free(&document);
    return good;
}
