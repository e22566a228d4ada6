// edit/layout.h
//
// The layout that kustomize gives a kustomization file when it edits it: the fields of the file in their order, each
// with the comments that kustomize finds for it, then the new ones in a fixed order; keys of entries sorted, empty
// members left out.
#pragma once

#include "edit/edit.h"

bool layout_write(struct edit *, struct buffer *);
