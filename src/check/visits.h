// check/visits.h
//
// The kustomizations of the root that is being judged: which one a file belongs to, which are below another, and which
// rename resources.
#pragma once

#include "check/judge.h"

// The kustomization whose directory has the file: the innermost one, or else the root. Its index; SIZE_MAX: none.
size_t visit_with_file(const struct judge *, uint32_t file);
// True if the first kustomization is the second or is below it. A component counts as the kustomization that lists it.
bool visit_is_within(const struct judge *, size_t visit, size_t top);
// True if the kustomization itself adds a prefix or a suffix to names. Call this only while the build exists.
bool visit_renames(struct judge *, size_t visit);
