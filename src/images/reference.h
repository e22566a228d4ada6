// images/reference.h
//
// Parses the name of an image like registries and container runtimes (the grammar of distribution/reference):
//
//     registry.example:5000/team/web:1.0.4@sha256:…
//
// `nginx` is short for `docker.io/library/nginx:latest`.
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

struct image_reference {
    struct slice registry, repository;  // never empty, even for a short name
    struct slice tag, digest;           // as written; empty if absent
    struct slice normalized;            // complete, with registry, repository, and the effective tag or digest
};

// Allocates from the arena. False: the text is not an image reference.
bool image_reference_parse(struct arena *, struct slice text, struct image_reference *);
// The name without tag or digest, as in "registry.example/team/web".
struct slice image_reference_name(struct arena *, const struct image_reference *);
