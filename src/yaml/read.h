// yaml/read.h
//
// From text to nodes, with libyaml. Positions of all nodes, styles and tags are kept; anchors, aliases
// and merge keys are expanded into copies, within a bound.
#pragma once

#include "base/diagnostics.h"
#include "base/name.h"
#include "doc/node.h"

struct read_context {
    struct arena *arena;
    struct name_cache *names;
    struct diagnostics *diagnostics;
};

// The resources of a file, as kustomize reads them: CRLF becomes LF, UTF-16 and a BOM are understood,
// the text is cut at lines that start with `---` *before* parsing, each chunk yields its first document
// only, and chunks that are empty, null or `{}` are skipped. Appends to `documents`.
// False: diagnosed with position; what was appended before stays.
bool yaml_read_resources(struct read_context *, const struct source *, struct node_list *documents);

// A run of whole chunks of such a file, which can be read by itself, by any thread.
struct yaml_part {
    const struct source *source;
    struct slice text;
    uint32_t lines_before;
};

struct yaml_parts {
    struct yaml_part *items;
    size_t count, capacity;
};

// Cuts a file into parts of about `size` bytes, or of one chunk where that is larger. Reading them one after the
// other is yaml_read_resources.
void yaml_split_parts(struct read_context *, const struct source *, size_t size, struct yaml_parts *);
bool yaml_read_part(struct read_context *, const struct yaml_part *, struct node_list *documents);

// The first document of a text, without cutting: kustomization files, JSON patches in YAML form,
// configurations. `*document` is NULL when there is none (empty text, comments only, null).
//
// These are read as YAML 1.1, as kustomize does on their way to JSON: keys are the texts that they become there
// (`yes:` is "true") and stand once (the last counts, with a warning), `!!binary` is decoded, tags fit. Scalars
// keep their text; scalar_resolve_yaml11 tells what a plain one is.
bool yaml_read_first(struct read_context *, const struct source *, struct node **document);

// The same for files in which a repeated key is an error: field specs of `configurations`.
bool yaml_read_first_strict(struct read_context *, const struct source *, struct node **document);
