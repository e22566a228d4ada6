// report/sections.h
//
// Roots with the same changes, which formats for people show only once.
#pragma once

#include "base/hash_index.h"
#include "report/report.h"

struct section {
    struct slice body;    // the output of the format for each of these roots
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

// Collects the roots that differ, in the order of the first root of each section. `write` writes to report->out.
void sections_collect(struct report *, void (*write)(struct report *, const struct comparison *), struct sections *);

// "overlays/dev, overlays/test, and 41 more"; a function adds each path.
void section_add_roots(struct buffer *, struct report *, const struct section *, size_t named,
                       void (*add)(struct buffer *, struct slice path));

// "Deployment/web, Service/web, and 94 more: the root is new": one line for the many objects of an added or removed
// root. Empty for other roots.
struct slice lone_root_text(struct report *, const struct comparison *);

// Describes a root that can't be compared: "was broken, and now builds".
const char *failed_root_text(const struct failed_root *);
