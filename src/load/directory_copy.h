// load/directory_copy.h
//
// A directory of a kustomization for programs that read it by themselves: copied to a private place, from where nothing
// else can be reached.
#pragma once

#include "load/file_loader.h"

// Copies the directory, relative to the kustomization, with all below it to `target`, which must not be there. False:
// diagnosed at the path's position: it is missing, it is not in the repository that its kustomization is in, or
// something below is neither a file nor a directory. A link is refused, wherever it leads.
bool file_loader_copy_directory(struct file_loader *, struct text directory, struct slice target);
