// cli/build_manifest.h
//
// DIR/.kiln-manifest: the files that kiln has written below a directory of `-o`, with the hashes of their bytes, so
// that what is no longer made can be removed and what a person has put there stays.
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

// What an earlier build has written down; nothing where there is no manifest. Lines that name no path below the
// directory are passed over. False: it cannot be read; diagnosed.
bool manifest_read(struct manifest *, struct diagnostics *, struct slice directory);

struct manifest_change {
    bool prune;  // remove the files of the old one that the new one lacks, but for those that were changed since
    bool force;  // these too
    int *lock;   // of the directory, for output_batch_enter_kept
    size_t removed;
    bool incomplete;  // whether a file was changed could not be found out, so that it stays
};

// Writes the new manifest, which keeps the entries of the old one whose files stay. False: diagnosed.
bool manifest_replace(struct manifest *now, const struct manifest *old, struct diagnostics *, struct slice directory,
                      struct manifest_change *);
