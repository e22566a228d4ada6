// edit/create.h
//
// `create`: a new kustomization file that lists the resources found.
#pragma once

#include "edit/edit.h"
#include "edit/pairs.h"
#include "load/glob.h"

// Appends the files below the current directory that can be read as resources, and with `recursive` the directories
// with their own kustomization; paths that are already listed are skipped. False: diagnosed.
bool create_detect(struct build *, const struct file_system *, bool recursive, struct path_list *paths);

// True when the current directory has a kustomization file, under any of its names.
bool create_exists(struct build *, const struct file_system *);
