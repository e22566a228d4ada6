// check/visits.h
//
// The kustomizations of the root that is being judged: which one a file belongs to, which are below another, which
// rename resources, and so what a file has to call a resource.
#pragma once

#include "check/judge.h"

// The kustomization whose directory has the file: the innermost one, or else the root. Its index; SIZE_MAX: none.
size_t visit_with_file(const struct judge *, uint32_t file);
// True if the first kustomization is the second or is below it. A component counts as the kustomization that lists it.
bool visit_is_within(const struct judge *, size_t visit, size_t top);
// True if the kustomization itself adds a prefix or a suffix to names. Call this only while the build exists.
bool visit_renames(struct judge *, size_t visit);
// True if the file belongs to a kustomization below the root, or if the root itself adds a prefix or a suffix. Such a
// file has to call a resource by its original name.
bool file_is_renamed_after(struct judge *, uint32_t file);
// True if a kustomization above that of the first resource defines the other one, which the first can't rely on.
bool is_defined_above(struct judge *, const struct resource *, const struct resource *other);
// The name of an object that the file has to use.
struct slice name_in_file(struct judge *, uint32_t file, const struct resource *);
// The object in a hint about the file: "Deployment 'web'".
struct slice resource_in_file(struct judge *, uint32_t file, const struct resource *);
// True if the file calls both by one name, so that it can't tell them apart.
bool have_one_name_in_file(struct judge *, uint32_t file, const struct resource *, const struct resource *other);
// Adds the question whether `owner` is meant, which has what `present` lacks: "key". Adds nothing if `owner` is NULL,
// or if the file can't tell the two apart.
void sighting_offer_owner(struct judge *, struct sighting *, const struct resource *owner,
                          const struct resource *present, const char *what);
