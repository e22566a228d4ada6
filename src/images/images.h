// images/images.h
//
// Which images the objects of builds use, in which field, and where the text of each is set.
//
//     images_collect(build, &request, &uses);        for each root
//     image_format_find("json")->write(&list, &out);
#pragma once

#include "base/buffer.h"
#include "images/reference.h"
#include "pipeline/build.h"

struct image_use {
    struct slice root;  // the directory that was built, as it is named in the output
    struct slice text;  // as it stands in the object
    bool is_valid;      // `reference` is set; else the text is no image reference
    struct image_reference reference;
    struct slice api_version, kind, namespace, name;  // of the object; the namespace is empty where it has none
    struct slice path;                                // "spec.template.spec.containers[main].image"
    struct slice holder;                              // its last part with a list: "containers[main]"; may be empty
    struct slice container;                           // "main"; empty: it is no container
    struct slice pull_policy;                         // as written; empty where absent
    struct slice file;                                // where the text is set; empty: unknown
    uint32_t line, column;
    bool is_guess;  // found by its looks, in a custom resource
};

struct image_uses {
    struct image_use *items;
    size_t count, capacity;
};

struct image_request {
    struct slice root;
    bool guess;  // also what looks like an image in custom resources
};

// Appends the images of a finished build in the order of its objects. Texts live in `arena`, which may outlive the
// build. Fields that hold no valid reference are warned of. Secrets and definitions of custom resources have none.
void images_collect(struct build *, const struct image_request *, struct arena *, struct image_uses *);

struct image_list {
    struct arena *arena;
    struct image_uses uses;
    struct slice top;        // what was asked for: "overlays/prod"
    bool many_roots;         // roots are named
    bool unique;             // each image once, without the places that use it
    struct slice timestamp;  // of the inventory; empty: none
};

// Sorts by image; equal ones keep their order. To be called before anything is written.
void images_sort(struct image_list *);
// The end of the run of uses with the same text that begins at `first`.
size_t images_run_end(const struct image_list *, size_t first);
// The same for uses of one image, however it is written.
size_t images_same_end(const struct image_list *, size_t first);
// "Deployment/shop/web"
struct slice image_use_object(struct arena *, const struct image_use *);

struct image_format {
    const char *name;
    void (*write)(const struct image_list *, struct buffer *);
};

extern const struct image_format image_formats[];  // ended by a row without a name
// NULL: there is none of this name.
const struct image_format *image_format_find(const char *name);
