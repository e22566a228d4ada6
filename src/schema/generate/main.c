// schema/generate/main.c
//
// Prints the built-in schema as a C table, from an OpenAPI v2 document in JSON: our facts, or the output of
// `kubectl get --raw /openapi/v2` for a cluster:
//
//     schema-generate src/schema/facts/openapi.json > src/schema/builtin_table.h
#include <stdio.h>
#include <stdlib.h>

#include "base/diagnostics.h"
#include "json/json.h"
#include "schema/schema_print.h"

static bool read_file(const char *path, struct buffer *content)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    for (size_t count = 1; count;) {
        char *room = buffer_reserve(content, 1 << 16);
        count = fread(room, 1, 1 << 16, file);
        content->length += count;
    }
    bool done = !ferror(file);
    fclose(file);
    return done;
}

static bool generate(const char *path, struct slice content, struct buffer *out, struct buffer *messages)
{
    struct arena arena = {0};
    struct sources sources = {.arena = &arena};
    struct diagnostics diagnostics;
    diagnostics_init(&diagnostics, &arena, &sources);
    struct name_table names;
    name_table_init(&names, NULL, 0);
    struct name_cache *cache = arena_new(&arena, struct name_cache);
    cache->table = &names;

    const struct source *source = sources_add(&sources, slice_from(path), content);
    const struct node *document = json_read(&arena, cache, source, &diagnostics);
    const struct schema *schema = document ? schema_from_openapi(&arena, document, &diagnostics) : NULL;
    if (schema)
        schema_print(schema, "src/schema/generate/main.c", path, out);
    for (size_t i = 0; i < diagnostics.count; i++)
        diagnostics_render(&diagnostics, &diagnostics.items[i], messages);
    name_table_free(&names);
    arena_free(&arena);
    return schema != NULL;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: schema-generate OPENAPI.json > TABLE.h\n");
        return EXIT_FAILURE;
    }
    struct buffer content = {0}, out = {0}, messages = {0};
    bool done = read_file(argv[1], &content);
    if (!done)
        perror(argv[1]);
    else
        done = generate(argv[1], buffer_slice(&content), &out, &messages);
    fprintf(stderr, "%.*s", SLICE_ARGS(buffer_slice(&messages)));
    if (out.length)
        fwrite(out.data, 1, out.length, stdout);
    if (fflush(stdout) != 0)
        done = false;
    buffer_free(&content);
    buffer_free(&out);
    buffer_free(&messages);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
