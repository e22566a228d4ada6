// pipeline/stray_dash.h
//
// Explains an incomplete entry of a list of a kustomization that a '- ' has cut off from the rest:
//
//     patches:
//     - target: {kind: Deployment}
//     - patch: |-                     <- belongs to the entry above
#pragma once

#include "base/diagnostics.h"
#include "doc/node.h"

// Called after the list's entry with this index was configured. If the newest diagnostic is that it is incomplete, and
// the entry above or below it has what it lacks, the hint becomes to replace the '- ' between them.
void stray_dash_explain(struct diagnostics *, const char *field, const struct node *list, uint32_t entry);
