// edit/present.h
//
// Whether what an edit names is in the tree: the kustomization is built as it stands, without network and programs.
// Where it does not build that way, and for kustomize, nothing is said.
#pragma once

#include "edit/images.h"

// Warns of each image that no object has, with the nearest.
void edit_warn_of_images(struct edit *, const struct image_arguments *);
// Warns of each name that no object has, with the nearest of those that have replicas.
void edit_warn_of_replicas(struct edit *, const struct replica_arguments *);
