// cli/build_files.h
//
// The result of a build in files: the stream in one, or each object in its own.
#pragma once

#include <stdbool.h>

#include "pipeline/build.h"

// Both are all or nothing. `sync`: they wait until the disk has everything. False: diagnosed.
bool build_files_write_one(struct build *, struct slice path, struct slice stream, bool sync);

// The names of the files are kustomize's, `apps_v1_deployment_web.yaml`, or those of a layout that file_layout_check
// has accepted. Nothing is written outside of the directory, whatever the names of objects are, and no two objects into
// one file. Directories that are missing are made. YAML and JSON files that are there and do not belong to this build are
// named in a warning.
bool build_files_write_each(struct build *, struct slice directory, struct slice layout, bool sync);

// False: diagnosed (an unknown placeholder, a path that leads elsewhere).
bool file_layout_check(struct diagnostics *, struct slice layout);
