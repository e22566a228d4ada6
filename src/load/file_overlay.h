// load/file_overlay.h
//
// A file system with new contents for a few files of another one. A build over it shows the effect of a change before
// anything is written.
#pragma once

#include "base/hash_index.h"
#include "load/file_system.h"

struct covered_file {
    struct slice path, content;
};

struct file_overlay {
    const struct file_system *files;  // the underlying files
    struct slice directory;           // the current directory; empty: that of `files`
    struct slice itself;              // a file that is refused if it is a link; may be empty
    struct covered_file *items;
    size_t count, capacity;
    struct hash_index by_path;
};

// The path must be absolute and clean, with all links resolved. Neither it nor the content is copied.
void file_overlay_cover(struct file_overlay *, struct arena *, struct slice path, struct slice content);
// Removes all covers.
void file_overlay_uncover(struct file_overlay *);
// The file system is valid as long as the overlay.
struct file_system file_overlay_system(struct file_overlay *);
