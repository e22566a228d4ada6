// repository/session.h
//
// What many builds share: names, files and what is parsed of them, and what is fetched. Three laws: nothing here is
// changed once it can be seen, each entry depends on its own file alone, and entries of different options are
// different entries.
//
//     struct session *session = session_new(limit);
//     struct build *build = session_build_new(session);
//     options.files = session_files(session, build, root_directory);
//     …
//     session_build_free(session, build);
//     session_free(session);
#pragma once

#include "pipeline/build.h"

// Bytes that parsed documents may take without being asked.
#define SESSION_TREES_MAX ((size_t)512 << 20)

struct session;

struct session *session_new(size_t tree_limit);
// The same for files other than those of the disk, which outlive it.
struct session *session_new_on(const struct file_system *, size_t tree_limit);
// The same beside another state of these files, whose session outlives it: what is the same in both is parsed once.
struct session *session_new_beside(const struct file_system *, size_t tree_limit, struct session *older);
// Every build is gone by then.
void session_free(struct session *);

// On any thread.
struct build *session_build_new(struct session *);
void session_build_free(struct session *, struct build *);
// The files for a build of a directory, which need not be there. Empty: for what is no build.
const struct file_system *session_files(struct session *, struct build *, struct slice directory);
