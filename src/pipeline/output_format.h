// pipeline/output_format.h
//
// The formats in which a build prints its objects. To add one, add a constant here, a name in cli/build.c, and in
// output_format.c a row and a case in object_write.
#pragma once

#include "base/diagnostics.h"
#include "doc/node.h"

enum output_format {
    OUTPUT_YAML,   // what kustomize prints
    OUTPUT_KYAML,  // yaml/kyaml.h
    OUTPUT_JSON,   // a stream is one List, with one object per line
    OUTPUT_FORMAT_COUNT
};

struct object_writer;
struct object_writer *object_writer_new(enum output_format, struct arena *, struct diagnostics *);
void object_writer_free(struct object_writer *);

// Appends one object as if it were a whole file. False: diagnosed.
bool object_write(struct object_writer *, struct buffer *, const struct node *object);

// What is printed before, between, and after the objects of a stream.
struct output_frame {
    const char *begin, *between, *end;
};
extern const struct output_frame output_frames[OUTPUT_FORMAT_COUNT];
