// edit/edit.h
//
// Edits a kustomization file: it is read into a tree, operations change the tree, and the text is updated to match.
//
//     struct edit edit;
//     if (edit_open(&edit, build, files, layout)) {
//         edit_add_paths(&edit, …);              edit/paths.h
//         if (edit_text(&edit, &text)) …
//     }
//
// Opening makes the changes that every edit of kustomize makes: `bases` go into `resources`, `imageTags` into `images`,
// `env` into `envs`, and helmChartInflationGenerator into `helmCharts`; apiVersion and kind are set if they are
// missing.
#pragma once

#include "doc/decode.h"
#include "doc/scalar.h"
#include "load/file_system.h"
#include "pipeline/build.h"
#include "yaml/edit.h"

enum edit_layout {
    EDIT_IN_PLACE,          // change only the bytes that must change
    EDIT_KUSTOMIZE_LAYOUT,  // rewrite the file as kustomize does
};

// Another file that changes with the kustomization.
struct edit_output {
    struct slice path, content;
};

struct edit_replacement {
    const char *from, *to;
};

struct edit {
    struct build *build;  // provides the arena, names, and diagnostics
    const struct file_system *files;
    enum edit_layout layout;
    struct read_context read;
    struct decode_type shape;  // of a kustomization
    struct slice path;         // the name of the file in the current directory
    const struct source *source;
    struct node *root;  // what the file should mean
    bool as_kustomize;  // behave exactly like kustomize; set by the caller after opening
    bool unchanged;     // the operation had nothing to do, so nothing is written
    struct {
        struct edit_replacement *items;
        size_t count, capacity;
    } replaced;  // deprecated fields
    struct {
        struct edit_output *items;
        size_t count, capacity;
    } others;
};

// Reads the kustomization file of the current directory. False: diagnosed (none, several, it does not decode). Unknown
// fields stay, with a warning. They are an error with kustomize's layout, which has no place for them, and when kiln
// runs as `kustomize`.
bool edit_open(struct edit *, struct build *, const struct file_system *, enum edit_layout);
// The same for a new file.
void edit_open_empty(struct edit *, struct build *, const struct file_system *);

// Appends the text of the file after the operations. False: diagnosed.
bool edit_text(struct edit *, struct buffer *);

// --- Fields, looked up case-insensitively as in kustomize.

// NULL: the field is absent or null.
struct node *edit_get(const struct node *map, const char *field);
// The string in a field; empty if it is absent.
struct slice edit_get_text(const struct node *map, const char *field);
bool edit_get_bool(const struct node *map, const char *field);
// Sets a field, under its existing spelling in the map.
void edit_set(struct edit *, struct node *map, const char *field, struct node *value);
// An empty string removes the field.
void edit_set_text(struct edit *, struct node *map, const char *field, struct slice text);
void edit_set_bool(struct edit *, struct node *map, const char *field, bool value);
void edit_drop(struct node *map, const char *field);
// Records that a deprecated field has been replaced.
void edit_note_replaced(struct edit *, const char *from, const char *to);
// The list or map in a field, created if it is absent.
struct node *edit_list(struct edit *, struct node *map, const char *field);
struct node *edit_map(struct edit *, struct node *map, const char *field);
// Removes a list or map if it is empty.
void edit_drop_empty(struct node *map, const char *field);

struct node *edit_new_text(struct edit *, struct slice);
struct node *edit_new_map(struct edit *);
struct node *edit_new_list(struct edit *);
// Sets a value in a map of strings.
void edit_set_pair(struct edit *, struct node *map, struct slice key, struct slice value);
bool edit_has_pair(struct edit *, const struct node *map, struct slice key);

// The result of reading a file.
enum edit_reading { EDIT_READ, EDIT_NO_FILE, EDIT_UNREADABLE };

// Reads the file at a path relative to the current directory. EDIT_NO_FILE: the path is missing or a directory.
// EDIT_UNREADABLE: diagnosed.
enum edit_reading edit_read_file(struct edit *, struct slice path, struct slice *content);

// Reports an error without a position. Always false.
#define edit_refuse(edit, ...) diagnose(&(edit)->build->diagnostics, (struct position){0}, __VA_ARGS__)
// Adds kustomize's wording to the newest error. Always false.
#define edit_phrase(edit, ...) diagnose_phrase(&(edit)->build->diagnostics, __VA_ARGS__)
// Prints one of kustomize's own lines, which scripts look for.
#define edit_note(edit, ...) diagnose_notice(&(edit)->build->diagnostics, __VA_ARGS__)
