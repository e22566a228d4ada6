// engine/ninja.c
//
// A build.ninja. A build tells ninja by a depfile what it has read; the graph depends on all kustomizations and on
// their directories, so that ninja makes it again when a root comes or goes.
#include "engine/formats.h"
#include "engine/words.h"

// Bytes of paths in one call: a shell takes 128 KiB.
enum { BATCH_BYTES_MAX = 64 << 10 };

struct writer {
    const struct engine *engine;
    struct buffer *out;
};

// --- Texts.

static bool can_say(struct slice path)
{
    return depfile_can_say(DEPFILE_NINJA, path);
}

static bool can_say_line(struct slice text)
{
    return slice_find_byte(text, '\n') == SLICE_NOT_FOUND && slice_find_byte(text, '\r') == SLICE_NOT_FOUND;
}

static void add_path(struct buffer *out, struct slice path)
{
    for (size_t i = 0; i < path.length; i++) {
        if (path.data[i] == '$' || path.data[i] == ' ' || path.data[i] == ':')
            buffer_add_byte(out, '$');
        buffer_add_byte(out, path.data[i]);
    }
}

// A part of a command.
static void add_text(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '$')
            buffer_add_byte(out, '$');
        buffer_add_byte(out, text.data[i]);
    }
}

static void add_words(struct writer *writer, const struct path_list *words)
{
    words_add_escaped(writer->out, words, add_text);
}

static void add_word(struct writer *writer, struct slice word)
{
    words_add_one_escaped(writer->out, word, add_text);
}

// --- What holds for all.

static void write_head(struct writer *writer)
{
    const struct engine_request *request = writer->engine->request;
    struct buffer *out = writer->out;
    // From 1.10 on, a depfile may be that of several outputs.
    buffer_add_format(out, "# Made by `kiln graph`: do not change it.\nninja_required_version = %s\nbuilddir = ",
                      request->batch > 1 ? "1.10" : "1.7");
    add_text(out, request->out_directory);
    buffer_add_format(out, "/%s\nkiln = ", request->format->directory);
    add_word(writer, request->kiln);
    buffer_add_text(
        out, "\n\nrule build\n"
             "  command = $kiln build $in_dir -o $out --if-changed --depfile $out.d --depfile-format ninja $flags\n"
             "  depfile = $out.d\n  deps = gcc\n  restat = 1\n  description = kiln build $in_dir\n");
    if (request->batch > 1)
        buffer_add_text(
            out, "\nrule batch\n"
                 "  command = $kiln build $in_dirs -o $out_dir/ --depfile $batch.d --depfile-format ninja $flags\n"
                 "  depfile = $name.d\n  deps = gcc\n  restat = 1\n  description = kiln build $in_dirs\n");
}

static void write_graph_rule(struct writer *writer)
{
    const struct engine *engine = writer->engine;
    struct buffer *out = writer->out;
    struct path_list call = engine_call(engine);
    if (!engine->request->file.length)
        return;
    buffer_add_text(out, "\nrule graph\n  command = $kiln ");
    add_words(writer, &call);
    buffer_add_text(out, "\n  depfile = ");
    add_text(out, engine_depfile_path(engine));
    buffer_add_text(out, "\n  generator = 1\n  restat = 1\n  description = kiln graph\nbuild ");
    add_path(out, engine->request->file);
    buffer_add_text(out, ": graph\n");
}

// --- Roots.

// A file that comes into being is in no depfile yet.
static void add_config(struct writer *writer)
{
    if (writer->engine->config_file.length) {
        buffer_add_text(writer->out, " | ");
        add_path(writer->out, writer->engine->config_file);
    }
    buffer_add_byte(writer->out, '\n');
}

static void add_flags(struct writer *writer, const struct engine_root *root)
{
    if (!root->flags.count)
        return;
    buffer_add_text(writer->out, "  flags = ");
    add_words(writer, &root->flags);
    buffer_add_byte(writer->out, '\n');
}

static void write_root(struct writer *writer, const struct engine_root *root)
{
    buffer_add_text(writer->out, "\nbuild ");
    add_path(writer->out, root->output);
    buffer_add_text(writer->out, ": build ");
    add_path(writer->out, root->file);
    add_config(writer);
    buffer_add_text(writer->out, "  in_dir = ");
    add_word(writer, engine_operand(&writer->engine->build->arena, root->path));
    buffer_add_byte(writer->out, '\n');
    add_flags(writer, root);
}

static bool have_same_flags(const struct engine_root *a, const struct engine_root *b)
{
    bool same = a->flags.count == b->flags.count;
    for (size_t i = 0; i < a->flags.count && same; i++)
        same = slice_equal(a->flags.items[i], b->flags.items[i]);
    return same;
}

// How many roots from `start` on one call builds.
static size_t batch_length(const struct engine *engine, size_t start)
{
    const struct engine_root *roots = engine->roots.items;
    size_t length = 1, bytes = roots[start].path.length;
    // With several roots, that of the current directory would be named after it.
    while (!slice_equals(roots[start].path, ".") && length < engine->request->batch &&
           start + length < engine->roots.count && have_same_flags(&roots[start], &roots[start + length])) {
        bytes += roots[start + length].path.length;
        if (bytes > BATCH_BYTES_MAX)
            break;
        length++;
    }
    return length;
}

static void write_batch(struct writer *writer, size_t start, size_t count, size_t number)
{
    const struct engine *engine = writer->engine;
    const struct engine_root *roots = engine->roots.items + start;
    struct arena *arena = &engine->build->arena;
    struct buffer *out = writer->out;
    struct path_list directories = {0};
    buffer_add_text(out, "\nbuild");
    for (size_t i = 0; i < count; i++) {
        buffer_add_byte(out, ' ');
        add_path(out, roots[i].output);
        list_append(arena, &directories, engine_operand(arena, roots[i].path));
    }
    buffer_add_text(out, ": batch");
    for (size_t i = 0; i < count; i++) {
        buffer_add_byte(out, ' ');
        add_path(out, roots[i].file);
    }
    add_config(writer);
    buffer_add_text(out, "  in_dirs = ");
    add_words(writer, &directories);
    buffer_add_text(out, "\n  out_dir = ");
    add_word(writer, engine->request->out_directory);
    struct slice name = arena_format(arena, "%.*s/%s/batch-%zu", SLICE_ARGS(engine->request->out_directory),
                                     engine->request->format->directory, number);
    buffer_add_text(out, "\n  name = ");
    add_text(out, name);
    buffer_add_text(out, "\n  batch = ");
    add_word(writer, name);
    buffer_add_byte(out, '\n');
    add_flags(writer, roots);
}

static bool write(const struct engine *engine, struct buffer *out, struct slice *problem)
{
    struct writer writer = {.engine = engine, .out = out};
    if (!engine_can_say(engine, can_say, can_say_line, problem))
        return false;
    write_head(&writer);
    write_graph_rule(&writer);
    for (size_t start = 0, length, number = 1; start < engine->roots.count; start += length) {
        length = batch_length(engine, start);
        if (length > 1)
            write_batch(&writer, start, length, number++);
        else
            write_root(&writer, &engine->roots.items[start]);
    }
    buffer_add_text(out, "\nbuild all: phony");
    for (size_t i = 0; i < engine->roots.count; i++) {
        buffer_add_text(out, " $\n  ");
        add_path(out, engine->roots.items[i].output);
    }
    buffer_add_text(out, "\ndefault all\n");
    return true;
}

const struct engine_format engine_format_ninja = {
    .name = "ninja", .directory = ".ninja", .depfile = DEPFILE_NINJA, .has_batches = true, .write = write};
