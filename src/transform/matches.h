// transform/matches.h
//
// What the parts of a configuration matched. Steps report it to an observer that checks kustomizations. Without an
// observer, a build counts nothing.
#pragma once

#include "doc/decode.h"
#include "resource/selector.h"
#include "transform/context.h"

struct json_patch;   // merge/json_patch.h
struct patch_notes;  // merge/json_patch.h

enum match_kind {
    MATCH_PATCH_BEFORE,   // `targets` are about to be patched; has `selector`, and `patch` or `json`
    MATCH_PATCH,          // they have been patched; an object that was deleted has no content
    MATCH_IMAGE,          // an image was set to `made`
    MATCH_IMAGES,         // an entry of `images` has been applied; it matched `count` images
    MATCH_REPLACEMENT,    // a target of a replacement has been applied; has `count` and `rejected`
    MATCH_PATH,           // `path` of a replacement is about to be followed in `resource`
    MATCH_FIELD,          // a field spec from the user was followed in `resource`; it matched `count` fields
    MATCH_VAR,            // a var was looked up; `count` is 0 if it was never used
    MATCH_CONFIGURATION,  // `object` configures a built-in plugin, whose fields are those of `type`
};

struct match {
    enum match_kind kind;
    struct position position;         // of the entry, target, field spec, or var
    struct file_loader *directory;    // of its kustomization; NULL: a final step at the root
    struct resource_map *resources;   // all resources
    const struct selector *selector;  // NULL: the patch has no target
    const struct resource_list *targets;
    const struct resource *patch;
    const struct json_patch *json;
    bool has_target;  // the patch has a target, so its labels and annotations are taken as strings
    const struct patch_notes *notes;
    struct text name;  // of the image, path, or var
    struct slice made;
    size_t count, rejected;
    struct position rejected_by;  // of a replacement target, if `reject` excludes all of its resources
    struct slice problem, hint;   // the same
    const struct field_path *path;
    const struct node *value;              // that is written to the place
    const struct resource *source;         // that has the value; NULL: `sourceValue`
    const struct field_path *source_path;  // of the value in it
    struct position source_place;          // of that path or, if none is written, of the source
    struct slice delimiter;                // of the part at `index` that is written; empty: the whole string
    int64_t index;
    bool creates;     // missing fields on the path are created
    bool is_default;  // the target has no `fieldPaths`
    const struct resource *resource;
    const struct decode_type *type;
    const struct node *object;
};

struct match_observer {
    void (*notify)(void *state, const struct match *);
    void *state;
};

static inline void notify_match(const struct transform_context *context, struct match match)
{
    match.directory = context->files;
    context->matches->notify(context->matches->state, &match);
}
