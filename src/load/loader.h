// load/loader.h
//
// Directories with kustomizations, one below the other on the way from the root of the build: where they
// are, what they may read, and that none comes back to itself. A directory is local or part of a clone; what is
// in a clone never reads outside of it.
#pragma once

#include "base/hash_index.h"
#include "load/file_loader.h"
#include "load/file_system.h"
#include "load/remote.h"

// A line of a file, and the text from it on.
struct line_cursor {
    const struct source *source;
    uint32_t line;
    struct slice rest;
};

struct directory_work;

// A directory, however often it is named: each visit of it has a file_loader of its own, since other directories lead
// to it.
struct known_directory {
    const struct file_loader *first;     // its first visit; all have the same path, and show it in the same way
    const struct source *kustomization;  // its file, once that has been read
    struct directory_work *work;         // what src/pipeline knows of it; NULL: nothing
    uint32_t number;                     // from 0
    struct known_directory *place;       // the first one with the same path
    uint32_t mark;                       // for walks, at the first one
};

// A file that has been read, as a directory names it.
struct known_file {
    const struct known_directory *directory;
    struct slice path;
    const struct source *source;
};

// What all directories of a build share.
struct loader {
    const struct file_system *files;
    struct arena *arena;
    struct sources *sources;
    struct diagnostics *diagnostics;
    bool unrestricted;          // files may lie outside of their kustomization's directory
    struct remote *remote;      // NULL: nothing is fetched (a tree in memory)
    bool no_remote;             // that is what the caller asked for
    struct line_cursor cursor;  // where the last inline text was found
    struct {
        struct file_root **items;
        size_t count, capacity;
    } roots;  // loader_close closes them
    // Nothing is read twice.
    struct {
        struct known_directory **items;
        uint32_t count, capacity;
        struct hash_index by_path;  // resolved
    } known_directories;
    struct {
        struct known_file *items;
        uint32_t count, capacity;
        struct hash_index by_path;  // of the directory's number and the path
    } known_files;
};

// A clone on the way to a directory.
struct repository_root {
    struct git_url url;
    struct slice clone;  // the clone's directory, links resolved
    struct slice shown;  // its URL, as messages show it
};

// What has been found out about a directory before its turn.
struct directory_probe {
    struct slice path;           // as its kustomization names it
    struct slice resolved;       // empty: there is no directory, or it takes more than a probe
    struct slice kustomization;  // the content of its file; data NULL: that takes more than a probe
};

// How many directories may name each other in a row: against endless chains that no cycle check sees, and a bound on
// the C stack.
enum { DIRECTORY_DEPTH_MAX = 500 };

// A directory that is being built.
struct file_loader {
    struct loader *loader;
    const struct file_loader *parent;          // the directory that names this one; NULL: the root
    struct slice path;                         // absolute, links resolved
    struct slice shown;                        // as messages show it
    const struct repository_root *repository;  // the clone that it is in; NULL: it is local
    const struct file_root *root;              // what is below it is opened from it; may be NULL
    // For origins: the directory as seen from the root of the build or from the root of its repository; empty for
    // the root itself.
    struct slice from_root;
    struct slice origin_repository, origin_reference;
    const struct directory_probe *probe;  // may be NULL
    struct known_directory *known;
};

// The directory that the build was asked for, also in a git repository. NULL: diagnosed.
struct file_loader *loader_open_root(struct loader *, struct slice directory);

// Closes what the directories hold open. Nothing is read through them afterwards.
void loader_close(struct loader *);

// A directory that a kustomization names: a git URL, else a path. NULL: diagnosed (missing, a file, absolute, a
// cycle, outside of the clone that the kustomization is in, no clone).
struct file_loader *file_loader_open(struct file_loader *, struct text directory);

// The same for a path that is no git URL. NULL where no directory is there: nothing is diagnosed then. The probe may
// be NULL.
struct file_loader *file_loader_enter(struct file_loader *, struct text directory, const struct directory_probe *);

// A file like file_loader_read gives it, if it can be had with few calls of the system: it is there, and no link leads
// to it. NULL: the other function knows more; nothing is diagnosed.
const struct source *file_loader_read_plain(struct file_loader *, struct slice path);

// A file that a program has made below the build's private directory, at an absolute path, whatever the restriction. No
// link is followed. NULL: diagnosed.
const struct source *file_loader_read_made(struct file_loader *, struct text path);

// A file that file_loader_read_ahead is going to fill.
struct source *file_loader_announce(struct file_loader *, struct slice path);

// These two may be called by any thread, with an arena of its own.
//
// Looks at the directory at probe->path.
void file_loader_probe(const struct file_loader *, struct arena *, struct directory_probe *probe);
// The content of a file; false as file_loader_read_plain gives NULL.
bool file_loader_read_ahead(const struct file_loader *, struct arena *, struct slice path, struct slice *content);

// The first known directory with a path that has been resolved; NULL: there is none.
struct known_directory *loader_known_at(const struct loader *, struct slice path);

// Fills the probe of a directory that has been visited already. False: it has not, or takes more to find.
bool file_loader_recall(const struct file_loader *, struct directory_probe *probe);

// True for a text that file_loader_open takes for a git URL.
bool file_loader_is_repository(struct file_loader *, struct slice text);

// The file behind an http(s) URL, like file_loader_read; `*outcome` says how far it came.
const struct source *file_loader_fetch(struct file_loader *, struct text url, enum http_outcome *outcome);

// What is at a path, seen from the directory.
enum file_kind file_loader_kind(struct file_loader *, struct slice path);

// The directory's kustomization file. NULL: diagnosed (none, more than one).
const struct source *file_loader_kustomization(struct file_loader *, struct position asked_for);
