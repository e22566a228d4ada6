// load/loader.h
//
// The chain of kustomization directories from the root of the build: where they are, what they may read, and that there
// is no cycle. A directory is local or part of a clone; a clone never reads anything outside itself. The functions that
// read or examine files are in file_loader.c.
#pragma once

#include "base/hash_index.h"
#include "load/file_loader.h"
#include "load/file_system.h"
#include "load/remote.h"

// A line of a file, and the text from there on.
struct line_cursor {
    const struct source *source;
    uint32_t line;
    struct slice rest;
};

struct directory_work;

// A directory. It may be visited several times, and each visit has its own file_loader because different directories
// lead to it.
struct known_directory {
    const struct file_loader *first;     // its first visit; all visits have the same path, and show it the same way
    const struct source *kustomization;  // its file, once read
    struct directory_work *work;         // what src/pipeline knows about it; NULL: nothing
    uint32_t number;                     // from 0
    struct known_directory *place;       // the first one with the same path
    uint32_t mark;                       // for walks, at the first one
};

// A file that was read, under the name that a directory has for it.
struct known_file {
    const struct known_directory *directory;
    struct slice path;
    const struct source *source;
};

// State that all directories of a build share.
struct loader {
    const struct file_system *files;
    struct arena *arena;
    struct sources *sources;
    struct diagnostics *diagnostics;
    bool unrestricted;          // files may be outside their kustomization's directory
    bool is_restricted_always;  // no flag of the command allows such files
    struct remote *remote;      // NULL: nothing can be fetched (a tree in memory)
    bool no_remote;             // because the caller asked for that
    struct line_cursor cursor;  // where the last inline text was found
    struct {
        struct file_root **items;
        size_t count, capacity;
    } roots;         // loader_close closes them
    bool is_closed;  // by loader_close
    // These avoid reading anything twice.
    struct {
        struct known_directory **items;
        uint32_t count, capacity;
        struct hash_index by_path;  // resolved
    } known_directories;
    struct {
        struct known_file *items;
        uint32_t count, capacity;
        struct hash_index by_path;  // by the directory's number and the path
    } known_files;
};

// The clone that a directory is in.
struct repository_root {
    struct git_url url;
    struct slice clone;  // the clone's directory, links resolved
    struct slice shown;  // its URL, as messages show it
};

// What was found out about a directory in advance.
struct directory_probe {
    struct slice path;           // as its kustomization names it
    struct slice resolved;       // empty: there is no directory, or a probe isn't enough
    struct slice kustomization;  // the content of its file; NULL data: a probe isn't enough
};

// Limits the length of a chain of directories, against endless chains that the cycle check can't see, and to bound the
// C stack.
enum { DIRECTORY_DEPTH_MAX = 500 };

// A directory that is being built.
struct file_loader {
    struct loader *loader;
    const struct file_loader *parent;          // the directory that names this one; NULL: the root
    struct slice path;                         // absolute, links resolved
    struct slice shown;                        // as messages show it
    struct text listed;                        // the parent's entry for it
    const struct repository_root *repository;  // its clone; NULL: it is local
    const struct file_root *root;              // files below it are opened through it; may be NULL
    // For origins: the directory relative to the root of the build or of its repository; empty for the root itself.
    struct slice from_root;
    struct slice origin_repository, origin_reference;
    const struct directory_probe *probe;  // may be NULL
    struct known_directory *known;
};

// The directory to build, which may be in a git repository. NULL: diagnosed.
struct file_loader *loader_open_root(struct loader *, struct slice directory);

// Closes what the directories keep open. Don't read through them afterwards.
void loader_close(struct loader *);

// A directory that a kustomization names, by git URL or path. NULL: diagnosed (missing, a file, absolute, a cycle,
// outside the kustomization's clone, or cloning failed).
struct file_loader *file_loader_open(struct file_loader *, struct text directory);

// The same for a path that isn't a git URL. NULL: there is no directory, and nothing is diagnosed. The probe may be
// NULL.
struct file_loader *file_loader_enter(struct file_loader *, struct text directory, const struct directory_probe *);

// A file as from file_loader_read, if a few system calls are enough: it exists, and no link leads to it. NULL: use
// file_loader_read; nothing is diagnosed.
const struct source *file_loader_read_plain(struct file_loader *, struct slice path);

// A file that a program created below the build's private directory, at an absolute path, regardless of the
// restriction. Links are not followed. NULL: diagnosed.
const struct source *file_loader_read_made(struct file_loader *, struct text path);

// Adds a source whose content comes later, from file_loader_read_ahead.
struct source *file_loader_announce(struct file_loader *, struct slice path);

// The next two functions may be called by any thread, with its own arena.
//
// Examines the directory at probe->path.
void file_loader_probe(const struct file_loader *, struct arena *, struct directory_probe *probe);
// The content of a file; false in the same cases as file_loader_read_plain returns NULL.
bool file_loader_read_ahead(const struct file_loader *, struct arena *, struct slice path, struct slice *content);

// Resolves the links in an absolute path, and finds out what is there. `directory` is the one that names it, whose own
// path needs no resolving; it may be NULL. False: `*reason` is the system's, and nothing is diagnosed.
bool loader_resolve(const struct loader *, struct arena *, const struct file_loader *directory, struct slice absolute,
                    struct slice *resolved, enum file_kind *, struct slice *reason);

// The directory at a relative path. False: there is none, and nothing is diagnosed.
bool file_loader_find_directory(const struct file_loader *, struct arena *, struct slice path, struct slice *resolved);

// The first known directory with this resolved path; NULL: there is none.
struct known_directory *loader_known_at(const struct loader *, struct slice path);

// Fills the probe of a directory that has been visited before. False: it hasn't, or finding it takes more work.
bool file_loader_recall(const struct file_loader *, struct directory_probe *probe);

// True for a string that file_loader_open takes for a git URL.
bool file_loader_is_repository(struct file_loader *, struct slice text);

// The file at an http(s) URL, like file_loader_read; `*outcome` is the result of the request.
const struct source *file_loader_fetch(struct file_loader *, struct text url, enum http_outcome *outcome);

// The kind of file at a path, relative to the directory.
enum file_kind file_loader_kind(struct file_loader *, struct slice path);

// The path in messages.
struct slice file_loader_shown(const struct file_loader *, struct slice path);

// An entry of a kustomization, in a hint: "`../base` at dev/kustomization.yaml:2:3".
struct slice loader_entry_text(const struct loader *, struct text entry);

// The directory's kustomization file. NULL: diagnosed (none, more than one).
const struct source *file_loader_kustomization(struct file_loader *, struct position asked_for);
