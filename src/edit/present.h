// edit/present.h
//
// Checks that what an edit names exists: the kustomization is built without using the network or running programs. If
// that fails, or kiln behaves like kustomize, there are no warnings.
#pragma once

#include "edit/images.h"

// Warns about each image that no resource uses, and suggests the nearest.
void edit_warn_about_images(struct edit *, const struct image_arguments *);
// Warns about each name that no resource has, and suggests the nearest one with replicas.
void edit_warn_about_replicas(struct edit *, const struct replica_arguments *);
