// localize/names.h
//
// The paths of copies of remote files, and the default name of a copy.
//
//     https://host:8080/a/../b/f.yaml?x           localized-files/host/b/f.yaml
//     https://github.com/org/repo.git//d?ref=v1   localized-files/github.com/org/repo/v1/d
//     git@github.com:org/repo//d?ref=v1           the same
//     file:///srv/repo//d?ref=v1                  localized-files/file-schemed/srv/repo/v1/d
#pragma once

#include "load/remote_url.h"

// The directory for remote files, next to the kustomization that names them.
#define LOCALIZED_FILES "localized-files"

// The path of the copy of a file. Empty: the host can't be the name of a directory.
struct slice localized_file_path(struct arena *, struct slice url);
// The path of the copy of a directory; `in_repository` is its path in the clone, with links resolved. Empty: as above.
struct slice localized_root_path(struct arena *, const struct git_url *, struct slice in_repository);

// The default destination: `localized-web`, `localized-repo-v1`. `directory` is absolute; `url` is NULL for a local
// directory; `is_whole_repository`: it is the root of its repository.
struct slice localized_destination(struct arena *, struct slice directory, const struct git_url *url,
                                   bool is_whole_repository);
