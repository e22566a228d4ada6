// pipeline/output_format.h
//
// The forms in which a build prints its objects. A new form is a constant, a name in cli/build.c, and a row in
// output_format.c.
#pragma once

#include "base/diagnostics.h"
#include "doc/node.h"

enum output_format {
    OUTPUT_YAML,   // what kustomize prints
    OUTPUT_KYAML,  // yaml/kyaml.h
    OUTPUT_JSON,   // a stream is one List, a line an object
    OUTPUT_FORMAT_COUNT
};

struct object_writer;
struct object_writer *object_writer_new(enum output_format, struct arena *, struct diagnostics *);
void object_writer_free(struct object_writer *);

// Appends an object by itself, as a whole file. False: diagnosed.
bool object_write(struct object_writer *, struct buffer *, const struct node *object);

// What stands around the objects of a stream, and between two of them.
struct output_frame {
    const char *begin, *between, *end;
};
extern const struct output_frame output_frames[OUTPUT_FORMAT_COUNT];
