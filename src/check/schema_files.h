// check/schema_files.h
//
// Schema files that --schema and .kiln.yaml name: JSON Schema with one kind per file, or CustomResourceDefinitions.
// Each is read once for all roots of a run, on whichever thread needs it first, and doesn't change afterwards.
#pragma once

#include <pthread.h>

#include "check/custom_kinds.h"
#include "check/schema_settings.h"
#include "load/file_system.h"

struct schema_file {
    struct slice path;
    const struct node *document;  // NULL: missing, or unreadable
};

struct schema_files {
    const struct schema_settings *settings;
    const struct file_system *system;
    pthread_mutex_t lock;  // protects the fields below
    struct arena arena;
    struct name_table *names;  // of the builds
    struct name_cache *cache;
    struct sources sources;
    struct diagnostics diagnostics;
    struct custom_kinds kinds;  // of CustomResourceDefinitions
    bool has_kinds;             // they have been read
    struct {
        struct schema_file **items;
        size_t count, capacity;
    } files;
    struct hash_index by_path;
};

void schema_files_init(struct schema_files *, const struct schema_settings *, const struct file_system *);
void schema_files_free(struct schema_files *);

// The kinds of all CustomResourceDefinitions in the files and directories of the settings that have no placeholder.
const struct custom_kinds *schema_files_kinds(struct schema_files *, struct name_table *);
// The JSON Schema of a kind; NULL: no pattern matches a file.
const struct schema_file *schema_files_find(struct schema_files *, struct name_table *, struct slice group,
                                            struct slice kind, struct slice version, unsigned release);
// The next unreadable file, after all roots have been judged. NULL: no more.
const struct diagnostic *schema_files_problem(const struct schema_files *, size_t number, struct slice *file);
