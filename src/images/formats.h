// images/formats.h
//
// The formats of an inventory of images. To add one, define its function in a new file, add a line
// here, and add its name to the help and the messages in cli/images.c.
#pragma once

#include "images/images.h"

#define IMAGE_FORMATS(X)                                                                                               \
    X(text)                                                                                                            \
    X(json)                                                                                                            \
    X(list)                                                                                                            \
    X(cyclonedx)                                                                                                       \
    X(csv)

#define DECLARE(name) void images_write_##name(const struct image_list *, struct buffer *);
IMAGE_FORMATS(DECLARE)
#undef DECLARE
