#include "images/formats.h"
#include "json/machine.h"

static json_t *object_id(const struct image_use *use)
{
    json_t *object = machine_object();
    machine_set_text(object, "apiVersion", use->api_version);
    machine_set_text(object, "kind", use->kind);
    machine_set_text(object, "namespace", use->namespace);
    machine_set_text(object, "name", use->name);
    return object;
}

static json_t *use_json(const struct image_use *use)
{
    json_t *object = machine_object();
    machine_set(object, "root", machine_text(use->root));
    machine_set(object, "object", object_id(use));
    machine_set_text(object, "container", use->container);
    machine_set(object, "path", machine_text(use->path));
    machine_set_text(object, "pullPolicy", use->pull_policy);
    if (use->file.length) {
        json_t *origin = machine_object();
        machine_set(origin, "file", machine_text(use->file));
        machine_set(origin, "line", json_integer(use->line));
        machine_set(origin, "column", json_integer(use->column));
        machine_set(object, "origin", origin);
    }
    if (use->is_guess)
        machine_set(object, "guess", json_true());
    return object;
}

void images_write_json(const struct image_list *list, struct buffer *out)
{
    json_t *root = machine_object(), *images = machine_array();
    size_t end;
    for (size_t first = 0; first < list->uses.count; first = end) {
        const struct image_use *use = &list->uses.items[first];
        json_t *image = machine_object();
        end = images_run_end(list, first);
        machine_set(image, "reference", machine_text(use->text));
        machine_set(image, "registry", machine_text_or_null(use->reference.registry));
        machine_set(image, "repository", machine_text_or_null(use->reference.repository));
        machine_set(image, "tag", machine_text_or_null(use->reference.tag));
        machine_set(image, "digest", machine_text_or_null(use->reference.digest));
        machine_set(image, "normalized", machine_text_or_null(use->reference.normalized));
        if (!list->unique) {
            json_t *uses = machine_array();
            for (size_t i = first; i < end; i++)
                machine_append(uses, use_json(&list->uses.items[i]));
            machine_set(image, "uses", uses);
        }
        machine_append(images, image);
    }
    machine_set(root, "schemaVersion", json_integer(1));
    machine_set(root, "images", images);
    machine_write(out, root, JSON_INDENT(2));
}
