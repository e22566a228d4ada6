// pipeline/read_ahead.h
//
// Reads the resources of a kustomization ahead of their use: files are parsed by other threads, and the
// kustomizations of directories are read, while the build works on what comes before. Nothing that is seen from outside
// depends on it: what goes wrong here is forgotten, and found again when its turn comes.
#pragma once

#include "base/task_pool.h"
#include "pipeline/kust_target.h"

struct read_ahead;

struct read_ahead *read_ahead_new(struct build *, struct task_pool *);
// Waits for what is being read. The memory of the documents goes to the build's arena.
void read_ahead_free(struct read_ahead *);

// What is known of one entry of `resources`; zero: nothing.
struct resource_ahead {
    const struct source *source;    // of a file
    struct file_reading *reading;   // of the first visit that takes it
    struct file_loader *directory;  // the same: its kustomization has been read
    bool is_directory;
};

// Begins with the entries of a kustomization that is about to be built: target->ahead has one item for each of them.
void read_ahead_start(struct kust_target *);

// The documents of a file, as yaml_read_resources gives them. False: diagnosed.
bool read_ahead_take(struct build *, struct file_reading *, struct node_list *documents);
