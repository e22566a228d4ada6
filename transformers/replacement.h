// transformers/replacement.h
//
// Shared only by the files of the `replacements` transformer: an entry as it is written, and the two halves of the
// work, which are finding the value and writing it.
#pragma once

#include "doc/field_path.h"
#include "doc/path_misfit.h"
#include "resource/selector.h"
#include "transformers/transformer.h"

struct replacement_options {
    struct position position;
    struct text delimiter, encoding;  // `encoding` has no effect
    struct integer index;
    bool create;
};

struct replacement_source {
    struct position position;
    struct text group, version, kind, name, namespace, field_path;
    struct replacement_options *options;
};

struct replacement_target {
    struct position position;
    struct selector *select;
    DECODE_LIST_OF(struct selector) reject;
    struct text_list field_paths;
    struct replacement_options *options;
};

struct replacement {
    struct position position;
    struct text path;
    struct replacement_source *source;
    struct text source_value;
    DECODE_LIST_OF(struct replacement_target) targets;
    bool has_targets;  // may be true for an empty list
    bool is_wrapped;   // from a file with a list below `replacements`
};

// One run over the objects of a kustomization.
struct replacement_run {
    struct transform_context *context;
    struct resource_map *resources;
    size_t copied;  // bytes of memory written so far, to limit growth
    // After an error.
    size_t kept;  // the number of diagnostics that are kept
    struct {
        struct plain_failure {
            struct resource *resource;
            struct slice missing;  // the path up to the key that doesn't exist
        } * items;
        size_t count, capacity;
    } plain;          // in resources that are not in doubt yet
    size_t overlaps;  // failures that one of them may have caused
    // Of the last value that was found. If it is a literal, `source` is NULL, and the other two are meaningless.
    const struct resource *source;
    const struct field_path *source_path;
    struct position source_place;  // of that path or, if none is written, of the source
};

// Finds the node that holds the value, and sets run->source, its path, and its place. The node is not a copy: if a
// target changes it, later targets get the new value. NULL: diagnosed.
struct node *replacement_find_value(struct replacement_run *, const struct replacement *);

// Writes the value into the fields of one entry of `targets`. False: diagnosed; after an error, the other fields are
// tried, too. If the value is NULL, because it was not found, only puts the resources of the entry in doubt.
bool replacement_write(struct replacement_run *, const struct replacement_target *, const struct node *value);

// Called after each error. Of all diagnostics after the first error, only independent errors are kept. True if the
// caller should look for more errors.
bool replacement_failed(struct replacement_run *);

// Parses a field path. NULL: diagnosed at its position.
struct field_path *replacement_parse_path(struct transform_context *, struct text, unsigned flags);

// For messages: the part of the path that leads to nothing in the resource.
struct path_misfit replacement_find_misfit(struct transform_context *, const struct field_path *, bool is_target,
                                           const struct node *root);
// Where that part is written: at the start of the path if it is unknown.
struct position replacement_misfit_position(struct transform_context *, struct text path, const struct path_misfit *);
// What to write instead, or what there is; empty: neither is known.
struct slice replacement_misfit_hint(struct transform_context *, const struct field_path *, const struct path_misfit *,
                                     const struct node *root);
// Reports that the field path of a target leads to nothing in the resource. `creates`: the target has `create`.
// `problem` says why, unless a key or an item is simply missing; may be empty. True if only the
// value of a scalar was not written, so the resource isn't in doubt.
bool replacement_diagnose_path(struct replacement_run *, struct text, const struct field_path *, bool creates,
                               struct resource *, const struct node *value, struct slice problem);

// Accounts for a copy of the value. False: diagnosed (the copies are too large or too deep).
bool replacement_check_size(struct replacement_run *, const struct node *value, size_t depth, struct position);
