// resource/written_notes.h
//
// What kustomize has noted in the annotations of an object, and kiln keeps beside it: former names, prefixes, suffixes,
// and how a generator made it.
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

// Of an object that a generator made.
void written_notes_of_generator(struct arena *, const struct resource *, struct written_notes *);
// All. In the order in which kustomize came to them.
void written_notes_of(struct arena *, const struct resource *, struct written_notes *);
