// resource/written_made.h
//
// Trees of nodes that kustomize creates, which have no line, column, or comment. Internal to resource/written.h.
#pragma once

#include "resource/written.h"
#include "resource/written_notes.h"

struct written_maker {
    struct resource_context *context;
    struct written shared;  // values that kustomize uses in several places
    bool generated;
};

struct tree *written_make(struct written_maker *, const struct node *);
// The tree of a generated resource. NULL: it doesn't start like one.
struct tree *written_make_generated(struct resource_context *, const struct resource *);
void written_add_note(struct resource_context *, struct tree *annotations, const struct written_note *);
void written_add_pair(struct arena *, struct written *, const struct node *, struct tree *);
// Reads the first document of a text.
struct tree *written_read_text(struct resource_context *, struct slice);
