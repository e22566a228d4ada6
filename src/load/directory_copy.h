// load/directory_copy.h
//
// Copies a directory of a kustomization to a private place, for programs that read it on their own. From there, nothing
// else can be reached.
#pragma once

#include "load/file_loader.h"

// Copies the directory, which is relative to the kustomization, with everything below it to `target`, which must not
// exist. False: diagnosed at the path's position: it is missing, it is outside the repository of its kustomization, or
// something below it is neither a file nor a directory. Links are refused, wherever they lead.
bool file_loader_copy_directory(struct file_loader *, struct text directory, struct slice target);
