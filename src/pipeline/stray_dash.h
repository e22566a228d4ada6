// pipeline/stray_dash.h
//
// Explains an incomplete list entry in a kustomization, which a stray '- ' has cut off from its other half:
//
//     patches:
//     - target: {kind: Deployment}
//     - patch: |-                     <- belongs to the entry above
#pragma once

#include "base/diagnostics.h"
#include "doc/node.h"

// Call this after configuring the entry with this index. If the newest diagnostic says that the entry is incomplete,
// and the entry above or below it has what it lacks, the new hint is to replace the '- ' between them.
void stray_dash_explain(struct diagnostics *, const char *field, const struct node *list, uint32_t entry);
