// load/file_loader.h
//
// Reads the files that a kustomization names, within its load restriction. This is how transformers and generators see
// the file system.
#pragma once

#include "base/diagnostics.h"
#include "base/source.h"
#include "doc/decode.h"

struct file_loader;

// The file with its content; NULL: diagnosed at the path's position (missing, a directory, outside the root). The path
// is relative to the kustomization, or an http(s) URL; `path.position` is where it was written.
const struct source *file_loader_read(struct file_loader *, struct text path);

// A source for text inside a kustomization, such as an inline patch. Positions inside it are those of the
// kustomization, as far as the scalar's style allows.
const struct source *file_loader_inline(struct file_loader *, struct slice text, struct position);

// Records that a program is about to read the path, absolute or relative to the kustomization, with everything below
// it.
void file_loader_hand_over(struct file_loader *, struct slice path);
// True when the directory is not on the disk, so that a program needs a copy (load/directory_copy.h).
bool file_loader_is_detached(const struct file_loader *);

// True when the path can be read as a file; nothing is diagnosed. An http(s) URL counts as readable.
bool file_loader_exists(struct file_loader *, struct slice path);
