// compare/trace_line.h
//
// Finds out what becomes of a line of a file. Observes one build, and follows each value whose text was ever on the
// line to the result.
//
//     struct line_watch *watch = trace_line_watch(arena, directory, file, line);
//     options.observer = trace_line_observer(watch);
//     if (build_run(build, &options, directory) && trace_line_values(watch, build, &hidden, arena, &values)) …
#pragma once

#include "compare/comparison.h"
#include "pipeline/build.h"

enum line_fate { FATE_KEPT, FATE_CHANGED, FATE_OVERRIDDEN, FATE_REMOVED, FATE_DELETED };

struct line_value {
    struct slice kind, name, namespace;  // of the object in its final state
    struct slice first_name;             // the name in its file
    struct slice field;
    enum line_fate fate;
    struct slice value;  // the final value without secrets; shortened if long
    struct slice json;   // the same as JSON, complete
    struct slice file;   // where the text of that value is; empty: nowhere
    uint32_t line, column;
};

struct line_values {
    struct line_value *items;
    size_t count, capacity;
};

// Parses FILE:LINE. False: the text has another form.
bool trace_line_parse(struct slice text, struct slice *file, uint32_t *line);

struct line_watch;

// For one build. The file may be relative to `directory`, which is the current one, or absolute.
struct line_watch *trace_line_watch(struct arena *, struct slice directory, struct slice file, uint32_t line);
const struct build_observer *trace_line_observer(const struct line_watch *);

// Appends what became of the line in a build that has succeeded. The results live in `into`. False: the build doesn't
// read the file. The options say what is hidden.
bool trace_line_values(struct line_watch *, struct build *, const struct compare_options *, struct arena *into,
                       struct line_values *);
