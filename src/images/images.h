// images/images.h
//
// Finds the images that the objects of builds use, the field of each, and where its value is set.
//
//     images_collect(build, &request, list.arena, &list.uses);        for each root
//     images_sort(&list);
//     image_format_find("json")->write(&list, &out);
#pragma once

#include "base/buffer.h"
#include "images/reference.h"
#include "pipeline/build.h"

struct image_use {
    struct slice root;  // the directory that was built, as named in the output
    struct slice text;  // as in the object
    bool is_valid;      // the text is an image reference, and `reference` is set
    struct image_reference reference;
    struct slice api_version, kind, namespace, name;  // of the object; the namespace may be empty
    struct slice path;                                // as in "spec.template.spec.containers[main].image"
    struct slice holder;                              // its last list item, as in "containers[main]"; may be empty
    struct slice container;                           // as in "main"; empty: not in a container
    struct slice pull_policy;                         // as written; empty if absent
    struct slice file;                                // that sets the value; empty: unknown
    uint32_t line, column;
    bool is_guess;  // a value in a custom resource that looks like an image
};

struct image_uses {
    struct image_use *items;
    size_t count, capacity;
};

struct image_request {
    struct slice root;
    bool guess;  // include values in custom resources that look like images
};

// Appends the images of a finished build in the order of its objects. Strings are allocated in `arena`, which may
// outlive the build. Warns about invalid references. Skips Secrets and CustomResourceDefinitions.
void images_collect(struct build *, const struct image_request *, struct arena *, struct image_uses *);

struct image_list {
    struct arena *arena;
    struct image_uses uses;
    struct slice top;        // the directory that the user named, as in "overlays/prod"
    bool many_roots;         // show the root of each use
    bool unique;             // list each image once, with the number of its uses
    struct slice timestamp;  // of the inventory; may be empty
};

// Sorts by image; equal ones keep their order. Must be called before writing.
void images_sort(struct image_list *);
// The end of the run of uses with the same text that starts at `first`.
size_t images_run_end(const struct image_list *, size_t first);
// The end of the run of uses of the same image, even if written differently.
size_t images_same_end(const struct image_list *, size_t first);
// The object of a use, as in "Deployment/shop/web".
struct slice image_use_object(struct arena *, const struct image_use *);

struct image_format {
    const char *name;
    void (*write)(const struct image_list *, struct buffer *);
};

extern const struct image_format image_formats[];  // the last row has no name
// NULL: unknown format.
const struct image_format *image_format_find(const char *name);
