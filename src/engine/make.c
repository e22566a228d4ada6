// engine/make.c
//
// A makefile for GNU make, with a rule for each root. What a build has read is in a depfile beside its output.
#include "engine/formats.h"
#include "engine/words.h"
#include "load/path.h"

struct writer {
    const struct engine *engine;
    struct buffer *out;
};

// Blanks and these mean something to make in a name, whatever is in front of them.
static bool can_say(struct slice path)
{
    for (size_t i = 0; i < path.length; i++)
        if ((unsigned char)path.data[i] <= ' ' || strchr("&\\()~", path.data[i]))
            return false;
    return depfile_can_say(DEPFILE_MAKE, path);
}

static bool can_say_line(struct slice text)
{
    return slice_find_byte(text, '\n') == SLICE_NOT_FOUND;
}

static void add_escaped(struct buffer *out, struct slice text, const char *with_backslash)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '$')
            buffer_add_byte(out, '$');
        else if (strchr(with_backslash, text.data[i]))
            buffer_add_byte(out, '\\');
        buffer_add_byte(out, text.data[i]);
    }
}

static void add_target(struct buffer *out, struct slice path)
{
    add_escaped(out, path, "#:%");
}

static void add_prerequisite(struct buffer *out, struct slice path)
{
    add_escaped(out, path, "#:");
}

// In a recipe, which the shell reads next.
static void add_recipe(struct buffer *out, struct slice text)
{
    add_escaped(out, text, "");
}

static void add_variable(struct buffer *out, struct slice text)
{
    add_escaped(out, text, "#");
}

static void add_words(struct writer *writer, const struct path_list *words)
{
    words_add_escaped(writer->out, words, add_recipe);
}

static void add_word(struct writer *writer, struct slice word)
{
    words_add_one_escaped(writer->out, word, add_recipe);
}

static void write_head(struct writer *writer)
{
    const struct engine *engine = writer->engine;
    struct buffer *out = writer->out;
    buffer_add_text(out, "# Made by `kiln graph`: do not change it.\nKILN = ");
    words_add_one_escaped(out, engine->request->kiln, add_variable);
    buffer_add_text(out, "\n\n.DELETE_ON_ERROR:\n.PHONY: all always\nall:");
    for (size_t i = 0; i < engine->roots.count; i++) {
        buffer_add_text(out, " \\\n  ");
        add_prerequisite(out, engine->roots.items[i].output);
    }
    buffer_add_byte(out, '\n');
}

static void write_graph_rule(struct writer *writer)
{
    const struct engine *engine = writer->engine;
    struct buffer *out = writer->out;
    if (!engine->request->file.length)
        return;
    struct path_list call = engine_call(engine);
    buffer_add_byte(out, '\n');
    add_target(out, engine->request->file);
    buffer_add_text(out, ":\n\t$(KILN) ");
    add_words(writer, &call);
    buffer_add_text(out, " && touch -c ");
    add_word(writer, engine->request->file);
    buffer_add_text(out, "\n-include ");
    add_variable(out, engine_depfile_path(engine));
    buffer_add_byte(out, '\n');
}

// A file that is as it was is touched all the same: make knows times only.
static void write_root(struct writer *writer, const struct engine_root *root)
{
    struct arena *arena = &writer->engine->build->arena;
    struct buffer *out = writer->out;
    struct slice depfile = arena_format(arena, "%.*s.d", SLICE_ARGS(root->output));
    buffer_add_byte(out, '\n');
    add_target(out, root->output);
    buffer_add_text(out, ": ");
    add_prerequisite(out, root->file);
    if (writer->engine->config_file.length) {
        buffer_add_byte(out, ' ');
        add_prerequisite(out, writer->engine->config_file);
    }
    // Without a depfile, nobody knows what the output depends on.
    buffer_add_text(out, " $(if $(wildcard ");
    add_variable(out, depfile);
    buffer_add_text(out, "),,always)\n\t@mkdir -p ");
    add_word(writer, path_directory(root->output));
    buffer_add_text(out, "\n\t$(KILN) build ");
    add_word(writer, engine_operand(arena, root->path));
    buffer_add_text(out, " -o ");
    add_word(writer, root->output);
    buffer_add_text(out, " --if-changed --depfile ");
    add_word(writer, depfile);
    if (root->flags.count) {
        buffer_add_byte(out, ' ');
        add_words(writer, &root->flags);
    }
    buffer_add_text(out, " && touch -c ");
    add_word(writer, root->output);
    buffer_add_text(out, "\n-include ");
    add_variable(out, depfile);
    buffer_add_byte(out, '\n');
}

static bool write(const struct engine *engine, struct buffer *out, struct slice *problem)
{
    struct writer writer = {.engine = engine, .out = out};
    if (!engine_can_say(engine, can_say, can_say_line, problem))
        return false;
    write_head(&writer);
    write_graph_rule(&writer);
    for (size_t i = 0; i < engine->roots.count; i++)
        write_root(&writer, &engine->roots.items[i]);
    return true;
}

const struct engine_format engine_format_make = {
    .name = "make", .directory = ".make", .depfile = DEPFILE_MAKE, .write = write};
