// localize/names.h
//
// Where the copies of remote things lie, and what a copy is called that the caller gives no name.
//
//     https://host:8080/a/../b/f.yaml?x           localized-files/host/b/f.yaml
//     https://github.com/org/repo.git//d?ref=v1   localized-files/github.com/org/repo/v1/d
//     git@github.com:org/repo//d?ref=v1           the same
//     file:///srv/repo//d?ref=v1                  localized-files/file-schemed/srv/repo/v1/d
#pragma once

#include "load/remote_url.h"

// The directory for remote things, beside the kustomization that names them.
#define LOCALIZED_FILES "localized-files"

// The path of the copy of a file. Empty: the host is no name for a directory.
struct slice localized_file_path(struct arena *, struct slice url);
// The path of the copy of a directory; `in_repository` is where it is in the clone, links resolved. Empty: as above.
struct slice localized_root_path(struct arena *, const struct git_url *, struct slice in_repository);

// What is made where no destination is given: `localized-web`, `localized-repo-v1`. `directory` is absolute; `url` is
// NULL for a local one, `is_whole_repository` tells whether it is the root of its repository.
struct slice localized_destination(struct arena *, struct slice directory, const struct git_url *url,
                                   bool is_whole_repository);
