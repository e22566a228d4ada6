// edit/layout.h
//
// The layout that kustomize gives a kustomization file that it edits: the existing fields in order, each with the
// comments that kustomize finds for it, then new fields in a fixed order. Keys of entries are sorted, and empty members
// are left out.
#pragma once

#include "edit/edit.h"

bool layout_write(struct edit *, struct buffer *);
