// transform/matches.h
//
// What the parts of a configuration fitted, told by the steps themselves to who judges kustomizations. A build that
// nobody judges counts nothing.
#pragma once

#include "doc/decode.h"
#include "resource/selector.h"
#include "transform/context.h"

struct json_patch;   // merge/json_patch.h
struct patch_notes;  // the same

enum match_kind {
    MATCH_PATCH_BEFORE,   // `targets` are about to be patched: `selector`, and `patch` or `json`
    MATCH_PATCH,          // they have been patched; an object that was deleted has no content any more
    MATCH_IMAGE,          // an image got the text `made`
    MATCH_IMAGES,         // all that an entry of `images` does is done; `count` images
    MATCH_REPLACEMENT,    // all objects of a target of a replacement are written; `count`, `rejected`
    MATCH_PATH,           // `path` of a replacement is going to be followed in `resource`
    MATCH_FIELD,          // a field spec of the user was followed in `resource`; `count` places
    MATCH_VAR,            // a var was put in `count` times
    MATCH_CONFIGURATION,  // `object` configures a builtin plugin, whose fields are those of `type`
};

struct match {
    enum match_kind kind;
    struct position position;         // of the entry, target, field spec or var
    struct file_loader *directory;    // of its kustomization; NULL: the end of the build
    struct resource_map *resources;   // all of them
    const struct selector *selector;  // NULL: the patch has no target
    const struct resource_list *targets;
    const struct resource *patch;
    const struct json_patch *json;
    bool is_aimed;  // labels and annotations of the patch are taken for texts
    const struct patch_notes *notes;
    struct text name;  // of the image, the path, the var
    struct slice made;
    size_t count, rejected;
    const struct field_path *path;
    const struct resource *resource;
    const struct decode_type *type;
    const struct node *object;
};

struct match_observer {
    void (*tell)(void *state, const struct match *);
    void *state;
};

static inline void tell_match(const struct transform_context *context, struct match match)
{
    match.directory = context->files;
    context->matches->tell(context->matches->state, &match);
}
