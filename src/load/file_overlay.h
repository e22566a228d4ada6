// load/file_overlay.h
//
// Files as they would be: those of another file system, and the contents that a few of them are to have. A build over
// it shows what comes of a change before anything is written.
#pragma once

#include "base/hash_index.h"
#include "load/file_system.h"

struct covered_file {
    struct slice path, content;
};

struct file_overlay {
    const struct file_system *files;  // below
    struct slice directory;           // the current one; empty: that of `files`
    struct slice itself;              // a file that must not be a link when it is read; may be empty
    struct covered_file *items;
    size_t count, capacity;
    struct hash_index by_path;
};

// The path is absolute and clean, with all links resolved. Neither it nor the content is copied.
void file_overlay_cover(struct file_overlay *, struct arena *, struct slice path, struct slice content);
// All files are as they are.
void file_overlay_uncover(struct file_overlay *);
// Lives as long as the overlay.
struct file_system file_overlay_system(struct file_overlay *);
