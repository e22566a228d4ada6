// An inventory in CycloneDX 1.6. The same images produce the same bytes: there is no serial number, and a timestamp
// only on request.
#include "images/formats.h"
#include "base/percent.h"
#include "json/machine.h"
#include "load/path.h"

static struct slice percent_encoded(struct arena *arena, struct slice text)
{
    struct buffer out = {0};
    percent_encode(&out, text);
    struct slice copy = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return copy;
}

// An image with a digest is identified by its content (pkg:oci), and any other by its tag (pkg:docker). The default
// registry of pkg:docker is Docker Hub.
static struct slice package_url(struct arena *arena, const struct image_reference *image)
{
    struct slice name = image_reference_name(arena, image);
    if (image->digest.length)
        return arena_format(arena, "pkg:oci/%.*s@%.*s?repository_url=%.*s%s%.*s", SLICE_ARGS(path_base(name)),
                            SLICE_ARGS(percent_encoded(arena, image->digest)), SLICE_ARGS(percent_encoded(arena, name)),
                            image->tag.length ? "&tag=" : "", SLICE_ARGS(image->tag));
    struct slice tag = image->tag.length ? image->tag : slice_literal("latest");
    bool is_default = slice_equals(image->registry, "docker.io");
    struct slice registry = is_default ? (struct slice){0} : percent_encoded(arena, image->registry);
    return arena_format(arena, "pkg:docker/%.*s@%.*s%s%.*s", SLICE_ARGS(image->repository), SLICE_ARGS(tag),
                        is_default ? "" : "?repository_url=", SLICE_ARGS(registry));
}

static void add_property(json_t *properties, const char *name, struct slice value)
{
    json_t *property = machine_object();
    machine_set(property, "name", json_string(name));
    machine_set(property, "value", machine_text(value));
    machine_append(properties, property);
}

static json_t *component(const struct image_list *list, size_t first, size_t end)
{
    const struct image_reference *image = &list->uses.items[first].reference;
    struct slice url = package_url(list->arena, image), tag = image->tag;
    json_t *object = machine_object(), *properties = machine_array();
    machine_set(object, "type", json_string("container"));
    machine_set(object, "bom-ref", machine_text(url));
    machine_set(object, "name", machine_text(image_reference_name(list->arena, image)));
    machine_set(object, "version",
                machine_text(tag.length             ? tag
                             : image->digest.length ? image->digest
                                                    : slice_literal("latest")));
    machine_set(object, "purl", machine_text(url));
    for (size_t i = first; i < end && !list->unique; i++) {
        const struct image_use *use = &list->uses.items[i];
        if (list->many_roots)
            add_property(properties, "kiln:root", use->root);
        add_property(properties, "kiln:object", image_use_object(list->arena, use));
    }
    if (json_array_size(properties))
        machine_set(object, "properties", properties);
    else
        json_decref(properties);
    return object;
}

static json_t *metadata(const struct image_list *list)
{
    json_t *object = machine_object(), *application = machine_object();
    machine_set_text(object, "timestamp", list->timestamp);
    machine_set(application, "type", json_string("application"));
    machine_set(application, "name", machine_text(list->top));
    machine_set(object, "component", application);
    return object;
}

void images_write_cyclonedx(const struct image_list *list, struct buffer *out)
{
    json_t *root = machine_object(), *components = machine_array();
    size_t end;
    for (size_t first = 0; first < list->uses.count; first = end) {
        end = images_same_end(list, first);
        if (list->uses.items[first].is_valid)
            machine_append(components, component(list, first, end));
    }
    machine_set(root, "bomFormat", json_string("CycloneDX"));
    machine_set(root, "specVersion", json_string("1.6"));
    machine_set(root, "version", json_integer(1));
    machine_set(root, "metadata", metadata(list));
    machine_set(root, "components", components);
    machine_write(out, root, JSON_INDENT(2));
}
