// kiln.h
//
// The library: builds a kustomization, from the file system or from a tree in memory, into the stream
// that `kubectl apply -f -` takes, or says what is wrong.
//
//     struct kiln_options options = {0};
//     struct kiln *kiln = kiln_new();
//     if (kiln_build(kiln, &options, "overlays/prod"))
//         fwrite(kiln_stream(kiln), 1, kiln_stream_size(kiln), stdout);
//     for (size_t i = 0; i < kiln_diagnostic_count(kiln); i++)
//         fputs(kiln_diagnostic(kiln, i).text, stderr);
//     kiln_free(kiln);
//
// Everything that a `struct kiln` hands out lives until kiln_free. Different objects may be used by different
// threads at the same time. The library changes nothing in your process: no signal handlers, no exit
// functions, no environment. When memory runs out, or max_memory is reached, the build fails
// like any other.
#ifndef KILN_H
#define KILN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What the hash of a generated name is taken of. V3: with the name, as in the Kubernetes tutorials
// and kustomize up to v3. V4: as in kustomize v4 and later. DEFAULT: the root's annotation
// kiln.dev/name-hash, else nameHash of the repository's .kiln.yaml, else V3.
enum kiln_name_hash { KILN_NAME_HASH_DEFAULT, KILN_NAME_HASH_V3, KILN_NAME_HASH_V4 };

// The release of kustomize whose output is reproduced. DEFAULT: the root's annotation kiln.dev/compat, else
// compat of the repository's .kiln.yaml, else the newest.
enum kiln_compat { KILN_COMPAT_DEFAULT, KILN_COMPAT_V5_8_1, KILN_COMPAT_V5_8_3 };

// DEFAULT: the root's sortOptions, else the legacy order.
enum kiln_reorder { KILN_REORDER_DEFAULT, KILN_REORDER_LEGACY, KILN_REORDER_NONE };

struct kiln_tree;

struct kiln_options {
    enum kiln_name_hash name_hash;
    enum kiln_reorder reorder;
    enum kiln_compat compat;
    bool unrestricted;             // files may lie outside of their kustomization's directory
    size_t max_memory;             // bytes; 0: 4 GiB if the directory is a URL, else any number. SIZE_MAX: any number
    const struct kiln_tree *tree;  // NULL: the file system. A tree may serve several builds at once
    bool no_remote;                // a URL is an error: no process and no socket is opened for it
};

// A tree of files in memory. Contents are copied. kiln_tree_new never returns NULL. If memory runs out, kiln_tree_add
// returns false, and so does every build of this tree.
struct kiln_tree *kiln_tree_new(void);
void kiln_tree_free(struct kiln_tree *);
bool kiln_tree_add(struct kiln_tree *, const char *path, const void *content, size_t size);

struct kiln;

// NULL: there is no memory. Every function takes NULL for a build that failed because of that.
struct kiln *kiln_new(void);
void kiln_free(struct kiln *);

// False: the diagnostics hold at least one error, and there is no stream. Options may be NULL for the defaults.
// The build runs on threads with stacks of their own, so the caller's may be small; they end before this returns.
// Only once for each `struct kiln`: a second call returns false, adds a diagnostic, and leaves the first result.
bool kiln_build(struct kiln *, const struct kiln_options *, const char *directory);

// The stream. Its size is 0 when the build failed; it may hold NUL bytes.
const char *kiln_stream(const struct kiln *);
size_t kiln_stream_size(const struct kiln *);

enum kiln_severity { KILN_ERROR, KILN_WARNING, KILN_NOTICE };

struct kiln_diagnostic {
    enum kiln_severity severity;
    const char *file;  // empty: unknown
    uint32_t line;     // from 1; 0: the file as a whole
    uint32_t column;   // from 1, in characters
    const char *message;
    const char *hint;  // may be empty
    const char *text;  // all of it as the command line prints it, with newlines
};

size_t kiln_diagnostic_count(const struct kiln *);
// Allocates nothing. An index out of range gives a notice with empty strings.
struct kiln_diagnostic kiln_diagnostic(const struct kiln *, size_t index);

#ifdef __cplusplus
}
#endif

#endif
