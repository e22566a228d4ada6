// tests/world.h
//
// A real directory for tests that run programs: files, scripts, git repositories, and builds of them. It is its own
// home and its own folder for temporary files, so that none of the user's files or settings interfere, and a test can
// check that nothing is left.
#pragma once

#include "base/process.h"
#include "tests/support.h"

struct world {
    struct arena arena;
    char folder[64];
    const char *path_before, *home_before;  // $PATH and $HOME, to be restored
    struct build *build;                    // the latest; NULL before the first
    bool succeeded;
    struct buffer stream, messages;
};

#define world_test(function) cmocka_unit_test_setup_teardown(function, world_setup, world_teardown)
int world_setup(void **state);
int world_teardown(void **state);

// FOLDER/path, from a format.
const char *world_path(struct world *, const char *format, ...) __attribute__((format(printf, 2, 3)));
// `{W}` in the text is replaced with the folder.
void world_write(struct world *, const char *path, const char *text);
void world_write_script(struct world *, const char *path, const char *text);
bool world_has(struct world *, const char *path);
struct slice world_read(struct world *, const char *path);

// Runs a shell command in the folder, which must succeed, and returns its output.
struct slice world_run(struct world *, const char *command);
// The same, with the programs in FOLDER/bin first on PATH from now on until the end of the test.
void world_put_on_path(struct world *, const char *folder);

// Skips the test if kiln refuses to clone with the git on this machine, because it is older than 2.32.
void world_require_cloning(struct world *);
// Makes a repository from the files in its folder, with one commit on the branch main. Skips the test if there is no
// git.
void world_commit(struct world *, const char *repository);

// Builds a directory of the folder, or a URL; `{W}` is replaced with the folder. Checks that no temporary file is left.
void world_build(struct world *, const struct build_options *, const char *directory);
void world_expect_stream(struct world *, const struct build_options *, const char *directory, const char *stream);
void world_expect_error(struct world *, const struct build_options *, const char *directory, const char *part);
