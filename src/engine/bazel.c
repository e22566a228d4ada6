// engine/bazel.c
//
// The roots and their inputs as Starlark, for kiln_roots of docs/bazel/kiln.bzl. Labels are those of files of the top
// package.
#include "engine/formats.h"

// A label has no `:`, and Bazel takes no other control characters or backslashes in the name of a file.
static bool can_say(struct slice path)
{
    for (size_t i = 0; i < path.length; i++)
        if ((unsigned char)path.data[i] < ' ' || path.data[i] == ':' || path.data[i] == '\\' || path.data[i] == 0x7f)
            return false;
    return true;
}

static void add_string(struct buffer *out, struct slice text)
{
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\')
            buffer_add_byte(out, '\\');
        if (text.data[i] == '\n')
            buffer_add_text(out, "\\n");
        else
            buffer_add_byte(out, text.data[i]);
    }
    buffer_add_byte(out, '"');
}

static bool write_root(const struct engine_root *root, struct buffer *out, struct slice *problem)
{
    *problem = root->path;
    if (!can_say(root->path))
        return false;
    buffer_add_text(out, "    ");
    add_string(out, root->path);
    buffer_add_text(out, ": {\n        \"flags\": [");
    for (size_t i = 0; i < root->flags.count; i++) {
        buffer_add_text(out, i ? ", " : "");
        add_string(out, root->flags.items[i]);
    }
    buffer_add_text(out, "],\n        \"output\": ");
    add_string(out, root->output);
    buffer_add_text(out, ",\n        \"srcs\": [\n");
    for (size_t i = 0; i < root->inputs.count; i++) {
        *problem = root->inputs.items[i].path;
        // A link to a directory is no file: what is read below it has its own line.
        if (root->inputs.items[i].kind == ENGINE_LINK)
            continue;
        if (!can_say(*problem))
            return false;
        buffer_add_text(out, "            ");
        add_string(out, *problem);
        buffer_add_text(out, ",\n");
    }
    buffer_add_text(out, "        ],\n    },\n");
    return true;
}

static bool write(const struct engine *engine, struct buffer *out, struct slice *problem)
{
    buffer_add_text(out,
                    "\"\"\"The roots of this repository. Made by `kiln graph`: do not change it.\"\"\"\n\nCONFIG = ");
    if (engine->config_file.length)
        add_string(out, engine->config_file);
    else
        buffer_add_text(out, "None");
    buffer_add_text(out, "\n\nROOTS = {\n");
    for (size_t i = 0; i < engine->roots.count; i++)
        if (!write_root(&engine->roots.items[i], out, problem))
            return false;
    buffer_add_text(out, "}\n");
    return true;
}

const struct engine_format engine_format_bazel = {.name = "bazel", .has_inputs = true, .write = write};
