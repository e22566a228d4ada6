// cfg/format.h
//
// The conventional order of fields: well-known Kubernetes fields come first, in the order in which people read them,
// and all others are sorted by name.
#pragma once

#include "cfg/object.h"

// Sorts the fields of the objects at every depth, and a few lists whose order has no meaning. Skips objects that lack
// kind or apiVersion, or that have the annotation `config.kubernetes.io/formatting: none`. False: diagnosed.
bool format_objects(struct cfg *, const struct tree_documents *);

// The rank of a field name, starting at 1; 0: the name is unknown.
unsigned format_rank(struct slice name);
