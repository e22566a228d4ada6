// edit/edit.h
//
// One kustomization file that is to be changed: it is read into a tree, operations change the tree, and the text
// follows it.
//
//     struct edit edit;
//     if (edit_open(&edit, build, files, layout) && edit_add_paths(&edit, …) && edit_text(&edit, &text)) …
//
// Opening does what every edit of kustomize does: `bases` go into `resources`, `imageTags` into `images`, `env` into
// `envs`, helmChartInflationGenerator into `helmCharts`, and apiVersion and kind are set where they are missing.
#pragma once

#include "doc/decode.h"
#include "doc/scalar.h"
#include "load/file_system.h"
#include "pipeline/build.h"
#include "yaml/edit.h"

enum edit_layout {
    EDIT_IN_PLACE,          // only the bytes that must change
    EDIT_KUSTOMIZE_LAYOUT,  // the file is written anew as kustomize writes it
};

// Another file that changes with it.
struct edit_output {
    struct slice path, content;
};

struct edit {
    struct build *build;  // whose arena, names and diagnostics serve
    const struct file_system *files;
    enum edit_layout layout;
    struct read_context read;
    struct decode_type shape;  // of a kustomization
    struct slice path;         // the file's name in the current directory
    const struct source *source;
    struct node *root;  // what the file is to say
    bool as_kustomize;  // results and messages are those of kustomize; set by the caller after opening
    bool unchanged;     // the operation found nothing to do: nothing is written
    struct {
        struct edit_output *items;
        size_t count, capacity;
    } others;
};

// Reads the kustomization file of the current directory. False: diagnosed (none, several, it does not decode).
// Fields that are not known stay, with a warning; with kustomize's layout, which has no place for them, and by the name
// of kustomize they are an error.
bool edit_open(struct edit *, struct build *, const struct file_system *, enum edit_layout);
// The same without a file, for a new one.
void edit_open_empty(struct edit *, struct build *, const struct file_system *);

// The text of the file after the operations, appended. False: diagnosed.
bool edit_text(struct edit *, struct buffer *);

// --- Fields, found without regard to case, as kustomize finds them.

// NULL when the field is absent or null.
struct node *edit_get(const struct node *map, const char *field);
// The text of a field; empty when it is absent.
struct slice edit_get_text(const struct node *map, const char *field);
bool edit_get_bool(const struct node *map, const char *field);
// Sets a field under the name that it has in the map.
void edit_set(struct edit *, struct node *map, const char *field, struct node *value);
// An empty text takes the field away.
void edit_set_text(struct edit *, struct node *map, const char *field, struct slice text);
void edit_set_bool(struct edit *, struct node *map, const char *field, bool value);
void edit_drop(struct node *map, const char *field);
// The list or map of a field, made where it is absent.
struct node *edit_list(struct edit *, struct node *map, const char *field);
struct node *edit_map(struct edit *, struct node *map, const char *field);
// Takes a list or map away that has become empty.
void edit_drop_empty(struct node *map, const char *field);

struct node *edit_new_text(struct edit *, struct slice);
struct node *edit_new_map(struct edit *);
struct node *edit_new_list(struct edit *);
// Sets a value in a map of texts. True when the key was there.
void edit_set_pair(struct edit *, struct node *map, struct slice key, struct slice value);
bool edit_has_pair(struct edit *, const struct node *map, struct slice key);

// What is wrong with the call or the file, without position. Always false.
enum edit_reading { EDIT_READ, EDIT_NO_FILE, EDIT_UNREADABLE };

// The file at a path relative to the current directory. EDIT_NO_FILE: nothing or a directory is there. EDIT_UNREADABLE:
// diagnosed.
enum edit_reading edit_read_file(struct edit *, struct slice path, struct slice *content);

#define edit_refuse(edit, ...) diagnose(&(edit)->build->diagnostics, (struct position){0}, __VA_ARGS__)
// What kustomize says in the newest case. Always false.
#define edit_phrase(edit, ...) diagnose_phrase(&(edit)->build->diagnostics, __VA_ARGS__)
// A line that scripts know from kustomize.
#define edit_note(edit, ...) diagnose_notice(&(edit)->build->diagnostics, __VA_ARGS__)
