// edit/images.h
//
// The lists that `edit set image` and `edit set replicas` keep: one entry a name, sorted by name.
#pragma once

#include "edit/edit.h"

// One argument of `set image`; a member `*` keeps what the file has.
struct image_argument {
    struct slice name, new_name, new_tag, digest;
};

struct image_arguments {
    struct image_argument *items;
    size_t count, capacity;
};

// `NAME=NEW` or `NEW`, where NEW is `name[:tag][@digest]`. Of one name the last counts. False: diagnosed.
bool edit_parse_images(struct build *, const char *const *arguments, size_t count, struct image_arguments *);
// The parts of `name[:tag][@digest]` into the members of a new image.
void edit_split_image(struct slice text, struct image_argument *);
void edit_set_images(struct edit *, const struct image_arguments *);

struct replica_argument {
    struct slice name, count;  // the count is a decimal number
};

struct replica_arguments {
    struct replica_argument *items;
    size_t count, capacity;
};

// `NAME=COUNT`. False: diagnosed.
bool edit_parse_replicas(struct build *, const char *const *arguments, size_t count, struct replica_arguments *);
void edit_set_replicas(struct edit *, const struct replica_arguments *);
