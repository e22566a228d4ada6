// check/image_name.h
//
// Cuts the name out of an image that may not be valid, which images/reference.h would refuse.
#pragma once

#include "base/slice.h"

// Without tag or digest.
struct slice image_name(struct slice image);
