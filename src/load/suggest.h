// load/suggest.h
//
// Suggests what a path that doesn't exist may mean: hints for the newest diagnostic, from the names that exist.
#pragma once

#include "base/diagnostics.h"
#include "load/file_system.h"

// `written` is the path as the user wrote it, `absolute` the same, clean, and `directory` where it starts (empty: not
// known). A name that the file with the error names elsewhere is not suggested. With `may_leave`, directories above
// that of the kustomization are looked at, too. False: there is nothing to suggest.
bool suggest_path(const struct file_system *, struct diagnostics *, struct slice written, struct slice absolute,
                  struct slice directory, bool may_leave);

// For a path that an entry names, if nothing resembles it: says where to create it, and which files of that directory
// the kustomization in the directory `own` doesn't list. `place` is where it belongs, as messages show it.
void suggest_creation(const struct file_system *, struct diagnostics *, struct slice written, struct slice absolute,
                      struct slice place, struct slice own);

// For a component that was built on its own: the kustomizations of the repository that list it.
void suggest_users(const struct file_system *, struct diagnostics *, struct slice absolute);

// For a directory of the command line that doesn't exist: one with a similar name, or those with a kustomization.
void suggest_directory(const struct file_system *, struct diagnostics *, struct slice written, struct slice absolute);

// For a directory without a kustomization file; `shown` is its name in messages.
void suggest_kustomization(const struct file_system *, struct diagnostics *, struct slice absolute, struct slice shown,
                           bool is_root);
