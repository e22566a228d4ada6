// compare/trace_line.h
//
// The other way round: what becomes of a line of a file. One build, observed: each value that ever had its text on the
// line is followed to the result.
//
//     struct line_watch *watch = trace_line_watch(arena, directory, file, line);
//     options.observer = trace_line_observer(watch);
//     if (build_run(build, &options, directory) && trace_line_values(watch, build, &hidden, arena, &values)) …
#pragma once

#include "compare/comparison.h"
#include "pipeline/build.h"

enum line_fate { FATE_KEPT, FATE_CHANGED, FATE_OVERRIDDEN, FATE_REMOVED, FATE_DELETED };

struct line_value {
    struct slice kind, name, namespace;  // of the object as it is in the end
    struct slice first_name;             // as its file calls it
    struct slice field;
    enum line_fate fate;
    struct slice value;  // in the end, without secrets; a long one is cut
    struct slice json;   // the same as JSON, whole
    struct slice file;   // where the text of that is; empty: nowhere
    uint32_t line, column;
};

struct line_values {
    struct line_value *items;
    size_t count, capacity;
};

// FILE:LINE. False: the text has another form.
bool trace_line_parse(struct slice text, struct slice *file, uint32_t *line);

struct line_watch;

// For one build. The file may be named from the current directory, which is given, or by its whole path.
struct line_watch *trace_line_watch(struct arena *, struct slice directory, struct slice file, uint32_t line);
const struct build_observer *trace_line_observer(const struct line_watch *);

// Appends what became of the line in the build, which has succeeded; all that is in it lives in `into`. False: the
// build does not read the file. The options say what is hidden.
bool trace_line_values(struct line_watch *, struct build *, const struct compare_options *, struct arena *into,
                       struct line_values *);
