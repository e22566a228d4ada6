// kiln.h
//
// The library: builds a kustomization from the file system or from a tree in memory. The result is the stream
// for `kubectl apply -f -`, or diagnostics that explain the failure.
//
//     struct kiln_options options = {0};
//     struct kiln *kiln = kiln_new();
//     if (kiln_build(kiln, &options, "overlays/prod"))
//         fwrite(kiln_stream(kiln), 1, kiln_stream_size(kiln), stdout);
//     for (size_t i = 0; i < kiln_diagnostic_count(kiln); i++)
//         fputs(kiln_diagnostic(kiln, i).text, stderr);
//     kiln_free(kiln);
//
// Everything that a `struct kiln` returns is valid until kiln_free. Different threads may use different objects at
// the same time. The library changes nothing in your process: no signal handlers, no exit functions, no
// environment variables. If memory runs out or max_memory is reached, the build fails like any other.
#ifndef KILN_H
#define KILN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// How the hash in a generated name is computed. V3: over content and name, as in the Kubernetes tutorials and
// kustomize up to v3. V4: as in kustomize v4 and later. DEFAULT: the root's annotation kiln.dev/name-hash, else
// nameHash in the repository's .kiln.yaml, else V3.
enum kiln_name_hash { KILN_NAME_HASH_DEFAULT, KILN_NAME_HASH_V3, KILN_NAME_HASH_V4 };

// The kustomize release whose output kiln reproduces. DEFAULT: the root's annotation kiln.dev/compat, else compat in
// the repository's .kiln.yaml, else the newest.
enum kiln_compat { KILN_COMPAT_DEFAULT, KILN_COMPAT_V5_8_1, KILN_COMPAT_V5_8_3 };

// DEFAULT: the root's sortOptions, else the legacy order.
enum kiln_reorder { KILN_REORDER_DEFAULT, KILN_REORDER_LEGACY, KILN_REORDER_NONE };

struct kiln_tree;

struct kiln_options {
    enum kiln_name_hash name_hash;
    enum kiln_reorder reorder;
    enum kiln_compat compat;
    bool unrestricted;             // files may be outside their kustomization's directory
    size_t max_memory;             // bytes; 0: 4 GiB if the directory is a URL, else unlimited. SIZE_MAX: unlimited
    const struct kiln_tree *tree;  // NULL: the file system. Several builds may use a tree at once
    bool no_remote;                // URLs are errors: no process is started and no connection is opened
};

// A tree of files in memory. Contents are copied. kiln_tree_new never returns NULL. If memory runs out, kiln_tree_add
// returns false, and every build of this tree fails.
struct kiln_tree *kiln_tree_new(void);
void kiln_tree_free(struct kiln_tree *);
bool kiln_tree_add(struct kiln_tree *, const char *path, const void *content, size_t size);

struct kiln;

// NULL: out of memory. Every function accepts NULL and treats it as a build that failed for that reason.
struct kiln *kiln_new(void);
void kiln_free(struct kiln *);

// False: there is no stream, and the diagnostics contain at least one error. NULL options mean the defaults.
// The build runs on its own threads, so the caller's stack may be small. They end before this function returns.
// Call it only once per `struct kiln`: a second call adds a diagnostic, keeps the first result, and returns false.
bool kiln_build(struct kiln *, const struct kiln_options *, const char *directory);

// The stream. Its size is 0 if the build failed. It may contain NUL bytes.
const char *kiln_stream(const struct kiln *);
size_t kiln_stream_size(const struct kiln *);

enum kiln_severity { KILN_ERROR, KILN_WARNING, KILN_NOTICE };

struct kiln_diagnostic {
    enum kiln_severity severity;
    const char *file;  // empty: unknown
    uint32_t line;     // from 1; 0: the whole file
    uint32_t column;   // from 1, in characters
    const char *message;
    const char *hint;  // may be empty
    const char *text;  // the complete message as the command line prints it, with newlines
};

size_t kiln_diagnostic_count(const struct kiln *);
// Allocates nothing. An index out of range returns a notice with empty strings.
struct kiln_diagnostic kiln_diagnostic(const struct kiln *, size_t index);

#ifdef __cplusplus
}
#endif

#endif
