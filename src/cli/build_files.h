// cli/build_files.h
//
// The result of a build in files: the stream in one, or each object in its own.
#pragma once

#include <stdbool.h>

#include "build/build.h"

// Both are all or nothing as far as the system allows. False: diagnosed.
bool build_files_write_one(struct build *, struct slice path, struct slice stream);
bool build_files_write_each(struct build *, struct slice directory);
