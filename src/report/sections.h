// report/sections.h
//
// Roots with the same changes, which formats for people show once.
#pragma once

#include "base/hash_index.h"
#include "report/report.h"

struct section {
    struct slice body;    // what the format writes of each of these roots
    struct slice counts;  // "1 changed"
    struct {
        struct slice *items;
        size_t count, capacity;
    } roots;  // their paths
};

struct sections {
    struct section **items;
    size_t count, capacity;
    struct hash_index by_body;
};

// The roots that differ, in the order of the first of each section. `write` writes into report->out.
void sections_collect(struct report *, void (*write)(struct report *, const struct comparison *), struct sections *);

// "overlays/dev, overlays/test, and 41 more", by a function that adds one path.
void section_add_roots(struct buffer *, struct report *, const struct section *, size_t named,
                       void (*add)(struct buffer *, struct slice path));

// "Deployment/web, Service/web, and 94 more: the root is new", for a root that came or went, whose many objects are on
// one line. Empty for others.
struct slice lone_root_text(struct report *, const struct comparison *);

// What is the matter with a root: "was broken, builds now".
const char *failed_root_text(const struct failed_root *);
