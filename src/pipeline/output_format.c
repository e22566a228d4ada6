#include "pipeline/output_format.h"

#include "json/json.h"
#include "yaml/kyaml.h"
#include "yaml/write.h"

struct object_writer {
    enum output_format format;
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct yaml_writer *yaml;
    struct buffer text;  // the current object as YAML, for KYAML
};

const struct output_frame output_frames[OUTPUT_FORMAT_COUNT] = {
    [OUTPUT_YAML] = {"", "---\n", ""},
    [OUTPUT_KYAML] = {"", "", ""},
    [OUTPUT_JSON] = {"{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[\n", ",\n", "\n]}\n"},
};

struct object_writer *object_writer_new(enum output_format format, struct arena *arena, struct diagnostics *diagnostics)
{
    struct object_writer *writer = arena_new(arena, struct object_writer);
    *writer = (struct object_writer){.format = format, .arena = arena, .diagnostics = diagnostics};
    if (format != OUTPUT_JSON)
        writer->yaml = yaml_writer_new(diagnostics);
    return writer;
}

void object_writer_free(struct object_writer *writer)
{
    if (writer->yaml)
        yaml_writer_free(writer->yaml);
    buffer_wipe(&writer->text);
}

// Prints YAML and reads it back, so that values have the types that a YAML reader would see.
static bool write_kyaml(struct object_writer *writer, struct buffer *out, const struct node *object)
{
    writer->text.length = 0;
    if (!yaml_write_document(writer->yaml, &writer->text, object))
        return false;
    const struct source source = {.content = buffer_slice(&writer->text)};
    struct arena scratch = {0};
    struct read_context read = {.arena = &scratch, .diagnostics = writer->diagnostics};
    struct tree_document *document;
    bool good = tree_read_first(&read, &source, &document) &&
                (!document || kyaml_write_document(writer->diagnostics, out, document));
    arena_free(&scratch);
    return good;
}

bool object_write(struct object_writer *writer, struct buffer *out, const struct node *object)
{
    switch (writer->format) {
    case OUTPUT_KYAML:
        return write_kyaml(writer, out, object);
    case OUTPUT_JSON:
        return json_write_object(out, object, true, writer->diagnostics);
    default:
        return yaml_write_document(writer->yaml, out, object);
    }
}
