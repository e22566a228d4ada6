// images/formats.h
//
// The formats of an inventory of images. To add one: its function in a file of its own, and its line here.
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
