// bench/floor.c
//
// The cost of libyaml alone: one thread parses the input files and emits the documents of a finished stream, with
// nothing in between. Prints the milliseconds of reading, parsing, and emitting, and their sum.
//
//     floor STREAM INPUT...
//     floor STREAM @LIST       LIST holds a path a line
//
// The events of the stream are prepared before the clock starts, so that only emitting is measured.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <yaml.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static unsigned char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    size_t capacity = 1 << 16;
    unsigned char *data = malloc(capacity);
    *size = 0;
    for (size_t count; (count = fread(data + *size, 1, capacity - *size, file)) > 0;) {
        *size += count;
        if (*size == capacity)
            data = realloc(data, capacity *= 2);
    }
    fclose(file);
    return data;
}

struct events {
    yaml_event_t *items;
    size_t count, capacity;
};

// Parses a text, and keeps the events if `keep` isn't NULL.
static void parse(const unsigned char *data, size_t size, struct events *keep)
{
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, data, size);
    for (bool done = false; !done;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event))
            break;
        done = event.type == YAML_STREAM_END_EVENT;
        if (!keep) {
            yaml_event_delete(&event);
            continue;
        }
        if (keep->count == keep->capacity) {
            keep->capacity = keep->capacity ? keep->capacity * 2 : 1024;
            keep->items = realloc(keep->items, keep->capacity * sizeof *keep->items);
        }
        keep->items[keep->count++] = event;
    }
    yaml_parser_delete(&parser);
}

static int grow(void *state, unsigned char *data, size_t size)
{
    struct {
        unsigned char *data;
        size_t length, capacity;
    } *out = state;
    if (out->length + size > out->capacity) {
        out->capacity = (out->length + size) * 2;
        out->data = realloc(out->data, out->capacity);
    }
    memcpy(out->data + out->length, data, size);
    out->length += size;
    return 1;
}

int main(int count, char **arguments)
{
    if (count < 3) {
        fputs("usage: floor STREAM INPUT...\n", stderr);
        return 2;
    }
    size_t size;
    struct events events = {0};
    unsigned char *stream = read_file(arguments[1], &size);
    parse(stream, size, &events);

    double reading = 0, parsing = 0, start;
    FILE *list = arguments[2][0] == '@' ? fopen(arguments[2] + 1, "r") : NULL;
    char line[4096] = "";
    for (int i = 2; list ? fgets(line, sizeof line, list) != NULL : i < count; i++) {
        line[strcspn(line, "\n")] = '\0';
        start = now();
        unsigned char *input = read_file(list ? line : arguments[i], &size);
        reading += now() - start;
        start = now();
        parse(input, size, NULL);
        parsing += now() - start;
        free(input);
    }
    if (list)
        fclose(list);
    struct {
        unsigned char *data;
        size_t length, capacity;
    } out = {0};
    yaml_emitter_t emitter;
    yaml_emitter_initialize(&emitter);
    yaml_emitter_set_output(&emitter, grow, &out);
    yaml_emitter_set_unicode(&emitter, 1);
    start = now();
    for (size_t i = 0; i < events.count; i++)
        if (!yaml_emitter_emit(&emitter, &events.items[i])) {
            fprintf(stderr, "emitter: %s\n", emitter.problem);
            return 1;
        }
    yaml_emitter_flush(&emitter);
    double emitting = now() - start;
    yaml_emitter_delete(&emitter);
    printf("read %.3f parse %.3f emit %.3f total %.3f\n", reading, parsing, emitting, reading + parsing + emitting);
    return 0;
}
