#include "cli/build_files.h"

#include "base/output_file.h"

static bool report(struct build *build, const struct output_batch *batch)
{
    return diagnose(&build->diagnostics, (struct position){0}, "cannot write %s: %s", batch->failed_path, batch->reason);
}

bool build_files_write_one(struct build *build, struct slice path, struct slice stream)
{
    struct output_batch batch;
    output_batch_begin(&batch, &build->arena);
    return (output_batch_add(&batch, path, stream) && output_batch_commit(&batch)) || report(build, &batch);
}

// True when the namespaced objects live in more than one namespace: then file names begin with it.
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

static void add_part(struct buffer *name, const struct name *part)
{
    if (name_is_empty(part))
        return;
    if (name->length)
        buffer_add_byte(name, '_');
    for (size_t i = 0; i < part->text.length; i++) {
        char byte = part->text.data[i];
        buffer_add_byte(name, byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte);
    }
}

// apps_v1_deployment_web.yaml, prod_apps_v1_deployment_web.yaml
static void file_name(const struct resource *resource, bool with_namespace, struct buffer *name)
{
    name->length = 0;
    if (with_namespace && !resource->cluster_scoped)
        add_part(name, resource_effective_namespace(resource));
    add_part(name, resource->id.gvk.group);
    add_part(name, resource->id.gvk.version);
    add_part(name, resource->id.gvk.kind);
    add_part(name, resource->id.name);
    buffer_add_text(name, ".yaml");
}

bool build_files_write_each(struct build *build, struct slice directory)
{
    bool with_namespace = has_several_namespaces(build);
    bool written = true;
    struct buffer name = {0}, document = {0};
    struct output_batch batch;
    output_batch_begin(&batch, &build->arena);
    for (size_t i = 0; i < build->resources.count && written; i++) {
        const struct resource *resource = build->resources.items[i];
        file_name(resource, with_namespace, &name);
        struct slice path = arena_format(&build->arena, "%.*s/%.*s", SLICE_ARGS(directory),
                                         SLICE_ARGS(buffer_slice(&name)));
        document.length = 0;
        // A name is input: it must not lead out of the directory.
        if (slice_find_byte(buffer_slice(&name), '/') != SLICE_NOT_FOUND) {
            written = diagnose(&build->diagnostics, resource_name_position(resource),
                               "cannot write %.*s into a file of its own: a file name has no '/'",
                               SLICE_ARGS(resource_text(&build->arena, resource)));
            output_batch_discard(&batch);
        } else if (!build_write_resource(build, resource, &document)) {
            written = false;
            output_batch_discard(&batch);
        } else if (!output_batch_add(&batch, path, buffer_slice(&document))) {
            written = report(build, &batch);
        }
    }
    if (written)
        written = output_batch_commit(&batch) || report(build, &batch);
    buffer_free(&name);
    buffer_wipe(&document);
    return written;
}
