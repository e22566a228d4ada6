// load/path_refusal.h
//
// Reports that a path or URL can't be used: it doesn't exist, can't be read, isn't of the expected kind, or is outside
// what its kustomization may read. Each function adds one error at the position of the path, with kustomize's own words
// for it, and the hint that helps most.
#pragma once

#include "load/loader.h"

// How messages name a path: as the user wrote it, in quotes, and where it leads if that isn't obvious:
//
//     'web.yaml'    '../web.yaml' ('base/web.yaml')
struct slice path_named(const struct file_loader *, struct text path);

// A directory as its kustomization or the caller (`parent` is NULL then) names it.
struct named_directory {
    const struct file_loader *parent;
    struct text written;
    struct slice absolute;
    struct slice shown;  // as messages show it
};

// For a directory that can't be resolved; `reason` is the system's.
void refuse_missing_directory(struct loader *, const struct named_directory *, struct slice reason);
// For a file where a directory belongs.
void refuse_file(struct loader *, const struct named_directory *);
// For a path that may be two entries that became one.
void refuse_ambiguous(struct loader *, struct text directory);

// The next functions are about a file that a kustomization names, and return false.
//
// For a file that can't be resolved.
bool refuse_missing_file(const struct file_loader *directory, struct text path, struct slice reason);
// For a file that can be resolved, but not read.
bool refuse_unreadable(const struct file_loader *directory, struct text path, struct slice reason);
// For a directory where a file belongs; `resolved` is its path, without links.
bool refuse_directory(const struct file_loader *directory, struct text path, struct slice resolved);
// For a file outside the directory of its kustomization. Nothing about the file itself is revealed.
bool refuse_outside(const struct file_loader *directory, struct text path);

// For a directory without a kustomization file, and one with several; `asked_for` is the entry that names it.
void refuse_no_kustomization(const struct file_loader *directory, struct position asked_for);
void refuse_two_kustomizations(const struct file_loader *directory, struct position asked_for, const char *first,
                               const char *second);

// For a URL in a build that can't fetch anything; `shown` is the URL as messages show it. Returns false.
bool refuse_remote(struct loader *, struct slice shown, struct position);
