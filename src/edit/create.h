// edit/create.h
//
// `create`: a new kustomization file, with the resources that are found.
#pragma once

#include "edit/edit.h"
#include "edit/pairs.h"
#include "load/glob.h"

// Appends the files below the current directory that can be read as resources, and with `recursive` the directories
// that have a kustomization of their own; what is in `paths` already is left out. False: diagnosed.
bool create_detect(struct build *, const struct file_system *, bool recursive, struct path_list *paths);

// True when the current directory has one of the names of a kustomization file.
bool create_exists(struct build *, const struct file_system *);
