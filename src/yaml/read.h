// yaml/read.h
//
// Parses text into nodes, with libyaml unless the text is plain (yaml/plain.h). Positions, styles, and tags of all
// nodes are kept; anchors, aliases, and merge keys are expanded into copies, within a bound.
#pragma once

#include "base/diagnostics.h"
#include "base/name.h"
#include "doc/node.h"

struct read_context {
    struct arena *arena;
    struct name_cache *names;
    struct diagnostics *diagnostics;
};

// The resources of a file, as kustomize reads them: CR LF becomes LF, and UTF-16 and a byte order mark are understood.
// The text is cut at lines that start with `---` *before* parsing, each chunk yields only its first document, and
// chunks that are empty, null, or `{}` are skipped. Appends to `documents`. False: diagnosed with position; what was
// appended before stays.
bool yaml_read_resources(struct read_context *, const struct source *, struct node_list *documents);

// A run of whole chunks of such a file, which any thread can read independently.
struct yaml_part {
    const struct source *source;
    struct slice text;
    uint32_t lines_before;
};

struct yaml_parts {
    struct yaml_part *items;
    size_t count, capacity;
};

// Cuts a file into parts of about `size` bytes, or of one chunk if that is larger. Reading the parts in order gives the
// same result as yaml_read_resources.
void yaml_split_parts(struct read_context *, const struct source *, size_t size, struct yaml_parts *);
bool yaml_read_part(struct read_context *, const struct yaml_part *, struct node_list *documents);

// The first document of a text that isn't cut into chunks: kustomization files, JSON patches in YAML, configurations.
// `*document` is NULL when there is none (the text is empty, has only comments, or is null).
//
// These are read as YAML 1.1, as kustomize does on their way to JSON: keys become the strings that JSON has for them
// (`yes:` is "true"), a repeated key overrides the earlier one with a warning, `!!binary` is decoded, and tags must
// match. Scalars keep their text; scalar_resolve_yaml11 gives the type of a plain one.
bool yaml_read_first(struct read_context *, const struct source *, struct node **document);

// The same for files in which a repeated key is an error: field specs in `configurations`.
bool yaml_read_first_strict(struct read_context *, const struct source *, struct node **document);
