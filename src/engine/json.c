// engine/json.c
//
// Writes everything that is known about the roots as JSON.
#include "engine/formats.h"
#include "json/machine.h"

static json_t *inputs(const struct engine_root *root)
{
    json_t *array = machine_array();
    for (size_t i = 0; i < root->inputs.count; i++)
        machine_append(array, machine_text(root->inputs.items[i].path));
    return array;
}

static json_t *json_root(const struct engine_root *root)
{
    json_t *object = machine_object();
    machine_set(object, "path", machine_text(root->path));
    machine_set(object, "output", machine_text(root->output));
    machine_set(object, "flags", machine_texts(root->flags.items, root->flags.count));
    machine_set(object, "inputs", inputs(root));
    machine_set(object, "missing", machine_texts(root->missing.items, root->missing.count));
    machine_set(object, "remote", machine_texts(root->remote.items, root->remote.count));
    machine_set(object, "programs", machine_texts(root->programs.items, root->programs.count));
    machine_set(object, "digest", machine_text(root->digest));
    return object;
}

static json_t *json_edge(const struct engine_edge *edge)
{
    json_t *object = machine_object();
    machine_set(object, "from", machine_text(edge->from));
    machine_set(object, "to", machine_text(edge->to));
    machine_set(object, "field", machine_text(edge->field));
    machine_set(object, "file", machine_text(edge->file));
    machine_set(object, "line", json_integer(edge->line));
    return object;
}

static bool write(const struct engine *engine, struct buffer *out, struct slice *problem)
{
    json_t *root = machine_object(), *roots = machine_array(), *edges = machine_array();
    (void)problem;
    for (size_t i = 0; i < engine->roots.count; i++)
        machine_append(roots, json_root(&engine->roots.items[i]));
    for (size_t i = 0; i < engine->edges.count; i++)
        machine_append(edges, json_edge(&engine->edges.items[i]));
    machine_set(root, "schemaVersion", json_integer(1));
    machine_set(root, "roots", roots);
    machine_set(root, "edges", edges);
    machine_write(out, root, JSON_INDENT(2));
    return true;
}

const struct engine_format engine_format_json = {.name = "json", .has_inputs = true, .write = write};
