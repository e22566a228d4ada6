// images/reference.h
//
// Reading the name of an image as registries and container runtimes do (the grammar of distribution/reference):
//
//     registry.example:5000/team/web:1.0.4@sha256:…
//
// `nginx` is short for `docker.io/library/nginx:latest`.
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

struct image_reference {
    struct slice registry, repository;  // never empty: those that a short name stands for
    struct slice tag, digest;           // as written; empty where absent
    struct slice normalized;            // nothing left out: registry, repository, and the tag that counts
};

// False: the text is not an image reference. What is made lives in the arena.
bool image_reference_parse(struct arena *, struct slice text, struct image_reference *);
// "registry.example/team/web": without tag and digest.
struct slice image_reference_name(struct arena *, const struct image_reference *);
