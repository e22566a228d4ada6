// check/image_name.h
#pragma once

#include "base/slice.h"

// The name of an image, without tag or digest. Unlike images/reference.h, it also takes images that aren't valid.
struct slice image_name(struct slice image);
