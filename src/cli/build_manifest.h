// cli/build_manifest.h
//
// When kiln builds several roots, DIR/.kiln-manifest lists the files that it has written below the directory of `-o`,
// with the hashes of their bytes. With it, kiln can remove files that are no longer written, and keep files that people
// have added or edited.
//
//     # Files that kiln has written below this directory.
//     6f0c…  apps/shop/overlays/prod.yaml
#pragma once

#include "base/diagnostics.h"
#include "base/hash_index.h"

enum { MANIFEST_HASH_SIZE = 64 };

struct manifest_entry {
    struct slice path;  // below the directory, clean
    struct slice hash;  // SHA-256 in hex
};

struct manifest {
    struct arena *arena;
    struct manifest_entry *items;
    size_t count, capacity;
    struct hash_index by_path;
};

struct slice manifest_hash(struct arena *, struct slice content);
// Replaces the entry of the path, or appends one.
void manifest_set(struct manifest *, struct slice path, struct slice hash);
const struct manifest_entry *manifest_find(const struct manifest *, struct slice path);

// Reads the manifest of an earlier build; empty if there is none. Lines that don't name a path below the directory are
// skipped. False: it cannot be read; diagnosed.
bool manifest_read(struct manifest *, struct diagnostics *, struct slice directory);

struct manifest_change {
    bool prune;  // remove files that only the old manifest has, unless they were edited since
    bool force;  // remove edited files, too
    int *lock;   // on the directory, for output_batch_enter_kept
    size_t removed;
    bool incomplete;  // set: a file was kept because it could not be compared
};

// Writes the new manifest, including entries of the old one whose files are kept. False: diagnosed.
bool manifest_replace(struct manifest *now, const struct manifest *old, struct diagnostics *, struct slice directory,
                      struct manifest_change *);
