// pipeline/read_ahead.h
//
// Reads the resources of a kustomization ahead of their use. While the build works on earlier entries, other threads
// parse files, and the kustomizations of directories are read. This has no visible effect: an error found here is
// dropped and found again when its turn comes.
#pragma once

#include "base/task_pool.h"
#include "pipeline/kust_target.h"

struct read_ahead;

struct read_ahead *read_ahead_new(struct build *, struct task_pool *);
// Waits for files that are still being read. The build's arena takes over the memory of the documents.
void read_ahead_free(struct read_ahead *);

// What has been read ahead for one entry of `resources`; zero: nothing.
struct resource_ahead {
    const struct source *source;    // of a file
    struct file_reading *reading;   // until the first visit takes it
    struct file_loader *directory;  // whose kustomization has been read; until the first visit takes it
    bool is_directory;
};

// Starts reading the entries of a kustomization that is about to be built. target->ahead then has one item per entry.
void read_ahead_start(struct kust_target *);

// Appends the documents of a file, as yaml_read_resources would. False: diagnosed.
bool read_ahead_take(struct build *, struct file_reading *, struct node_list *documents);
