// load/ring.h
//
// Reports kustomizations that list each other, with every entry of the ring.
#pragma once

#include "load/loader.h"

// `parent` lists a directory that is being built, or one that contains such a directory; `resolved` is its path, and
// `shown` the same for messages.
void diagnose_ring(const struct file_loader *parent, struct slice resolved, struct slice shown, struct text listed);

// Adds the hint that says which entry to remove; `listed` in `parent` leads back to `visited`.
void hint_ring(const struct file_loader *parent, const struct file_loader *visited, struct text listed);
