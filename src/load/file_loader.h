// load/file_loader.h
//
// Reads the files that a kustomization names, within its load restriction. What transformers and
// generators see of the file system.
#pragma once

#include "base/diagnostics.h"
#include "base/source.h"
#include "doc/decode.h"

struct file_loader;

// The file with its content, or NULL (diagnosed at the path's position): missing, a directory, outside
// of the root. The path is relative to the kustomization, or an http(s) URL; `path.position` is where it was
// written.
const struct source *file_loader_read(struct file_loader *, struct text path);

// A source for a text that stands inside a kustomization (an inline patch): positions inside it are those
// of the kustomization, as near as the scalar's style allows.
const struct source *file_loader_inline(struct file_loader *, struct slice text, struct position);

// Says that a program is about to read the path, absolute or seen from the kustomization, with all below it.
void file_loader_hand_over(struct file_loader *, struct slice path);
// True where the directory is not on the disk: a program gets a copy (load/directory_copy.h).
bool file_loader_is_detached(const struct file_loader *);

// True when a file can be read at the path; nothing is diagnosed. An http(s) URL counts as readable.
bool file_loader_exists(struct file_loader *, struct slice path);
