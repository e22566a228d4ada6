// resource/written_notes.h
//
// What kustomize records in the annotations of a resource, and kiln keeps separately: previous names, prefixes,
// suffixes, and how it was generated.
#pragma once

#include "resource/resource.h"

struct written_note {
    struct slice key;
    struct slice text;
    enum node_style style;
};

struct written_notes {
    struct written_note *items;
    size_t count, capacity;
};

// Appends the notes about a generated resource.
void written_notes_of_generator(struct arena *, const struct resource *, struct written_notes *);
// Appends all notes, in the order in which kustomize records them.
void written_notes_of(struct arena *, const struct resource *, struct written_notes *);
