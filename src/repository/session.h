// repository/session.h
//
// State that many builds share: names, files, parsed documents, and downloads. Three rules: an entry never changes once
// it is visible, each entry depends only on its own file, and different options have different entries.
//
//     struct session *session = session_new(limit);
//     struct build *build = session_build_new(session);
//     options.files = session_files(session, build, root_directory);
//     …
//     session_build_free(session, build);
//     session_free(session);
#pragma once

#include "pipeline/build.h"

// The default limit for parsed documents, in bytes.
#define SESSION_TREES_MAX ((size_t)512 << 20)

struct session;

struct session *session_new(size_t tree_limit);
// The same for files that aren't on the disk. They must outlive the session.
struct session *session_new_on(const struct file_system *, size_t tree_limit);
// The same for another state of these files. Documents that are equal in both are parsed once. The other session must
// outlive this one.
struct session *session_new_beside(const struct file_system *, size_t tree_limit, struct session *older);
// All builds must be freed first.
void session_free(struct session *);

// Can be called on any thread.
struct build *session_build_new(struct session *);
void session_build_free(struct session *, struct build *);
// The files for building a directory, which doesn't have to exist. Empty: for other uses.
const struct file_system *session_files(struct session *, struct build *, struct slice directory);
