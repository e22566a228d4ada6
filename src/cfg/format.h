// cfg/format.h
//
// The customary order of fields: names of Kubernetes fields that people read first come first, others by name.
#pragma once

#include "cfg/object.h"

// Puts the fields of the objects into order, at every depth, and a few lists whose order has no meaning. An object
// without kind and apiVersion, or with the annotation `config.kubernetes.io/formatting: none`, stays. False: diagnosed.
bool format_objects(struct cfg *, const struct tree_documents *);

// The rank of a field name, from 1; 0: it is not known.
unsigned format_rank(struct slice name);
