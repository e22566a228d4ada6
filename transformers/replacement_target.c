// transformers/replacement_target.c
//
// Writes the value of a replacement into the objects that a target selects. An object must match the labels and
// annotations of `select`, must not match `reject`, and one of its current and former IDs must match the expressions
// in `select`.
#include "transformers/replacement.h"

#include "base/utf8.h"
#include "doc/scalar.h"
#include "merge/misspelled_target.h"
#include "resource/selector.h"
#include "resource/written.h"
#include "schema/well_known_names.h"
#include "transform/doubt.h"
#include "transform/matches.h"
#include "transformers/structured_text.h"
#include "yaml/tree.h"

// --- Preparing a target.

struct target_path {
    struct text text;
    struct field_path *path;     // as written
    struct field_path *trimmed;  // without blanks around its elements; used to find structured strings
    bool changes_id;
};

struct target {
    const struct replacement_target *written;
    const struct compiled_selector *select;
    const struct compiled_selector **rejects;
    size_t reject_count;
    struct target_path *paths;
    size_t path_count;
    bool create;
    struct slice delimiter;
    int64_t index;
};

// True for fields that may be part of an ID, such as `kind`, `metadata`, or `metadata.name`.
static bool may_change_id(const struct field_path *path)
{
    const struct name *first = path->elements[0].key;
    if (first != NAME(metadata))
        return first == NAME(kind) || first == NAME(apiVersion);
    return path->count == 1 || path->elements[1].key == NAME(name) || path->elements[1].key == NAME(namespace);
}

static bool parse_path(struct transform_context *context, struct text text, struct target_path *path)
{
    path->text = text;
    path->path = replacement_parse_path(context, text, 0);
    path->trimmed = path->path;
    bool has_blanks = slice_find_byte(text.slice, ' ') != SLICE_NOT_FOUND ||
                      slice_find_byte(text.slice, '\t') != SLICE_NOT_FOUND;
    if (path->path && has_blanks)
        path->trimmed = replacement_parse_path(context, text, FIELD_PATH_TRIM);
    if (!path->path || !path->trimmed)
        return false;
    path->changes_id = may_change_id(path->path) || may_change_id(path->trimmed);
    return true;
}

static bool prepare(struct transform_context *context, const struct replacement_target *written, struct target *target)
{
    *target = (struct target){.written = written, .reject_count = written->reject.count};
    if (!written->select) {
        diagnose(context->diagnostics, written->position, "the target has no 'select'");
        diagnose_hint(context->diagnostics, "add `select`; `select: {}` selects every resource");
        return false;
    }
    target->select = selector_compile(context->resources, written->select);
    if (!target->select)
        return false;
    target->rejects = arena_array(context->arena, const struct compiled_selector *, written->reject.count);
    for (size_t i = 0; i < written->reject.count; i++)
        if (!(target->rejects[i] = selector_compile(context->resources, written->reject.items[i])))
            return false;
    struct text default_path = {slice_literal("metadata.name"), written->position};
    const struct text *texts = written->field_paths.count ? written->field_paths.items : &default_path;
    target->path_count = written->field_paths.count ? written->field_paths.count : 1;
    target->paths = arena_array(context->arena, struct target_path, target->path_count);
    for (size_t i = 0; i < target->path_count; i++)
        if (!parse_path(context, texts[i], &target->paths[i]))
            return false;
    if (written->options) {
        target->create = written->options->create;
        target->delimiter = written->options->delimiter.slice;
        target->index = written->options->index.value;
    }
    return true;
}

// --- Writing one value.

bool replacement_check_size(struct replacement_run *run, const struct node *value, size_t depth,
                            struct position position)
{
    size_t deepest = depth;
    run->copied += node_memory(value, depth, &deepest);
    if (deepest > NODE_DEPTH_MAX)
        return diagnose(run->context->diagnostics, position,
                        "the replacement creates a resource with more than %d levels", (int)NODE_DEPTH_MAX);
    return run->copied <= (size_t)COPIES_MAX << 20 ||
           diagnose(run->context->diagnostics, position, "the replacements write more than %d MiB", (int)COPIES_MAX);
}

static struct slice join(struct arena *arena, struct slice a, struct slice b, struct slice c)
{
    return arena_join(arena, arena_join(arena, a, b), c);
}

// Replaces the part at `index` with the value. A negative index adds it before all parts, and one that is too large
// adds it after them.
static struct slice replace_part(struct arena *arena, struct slice old, struct slice delimiter, int64_t index,
                                 struct slice value)
{
    if (index < 0)
        return join(arena, value, delimiter, old);
    size_t start = 0;
    for (int64_t i = 0;; i++) {
        size_t length = slice_find(slice_from_index(old, start), delimiter);
        bool last = length == SLICE_NOT_FOUND;
        size_t end = last ? old.length : start + length;
        if (i == index)
            return join(arena, slice_part(old, 0, start), value, slice_from_index(old, end));
        if (last)
            return join(arena, old, delimiter, value);
        start = end + delimiter.length;
    }
}

static void put_into_node(struct transform_context *context, const struct field_path_place *place,
                          const struct node *value, struct slice text, struct position path)
{
    struct node *node = place->at.node;
    if (node->kind != NODE_SCALAR) {
        *node = *node_copy(context->arena, value);
        if (node->kind == NODE_SCALAR)
            overwritten_add(context->arena, &context->resources->overwritten, node, path);
        return;
    }
    if (place->created)
        node->flags |= NODE_UNTYPED;
    else if (!(node->flags & NODE_UNTYPED))
        node->tag = (uint8_t)node_resolved_tag(node);
    node->flags |= NODE_REPLACED;
    node_set_text(node, text);
    // Even if only a part was replaced, the value is what changed the string.
    node_move(node, value->position);
}

// A scalar keeps its type and quotes, and gets the new text. A scalar that was created has no type. Anything else
// becomes a copy of the value. `path` is the position of the replacement's path.
static void put(struct transform_context *context, const struct field_path_place *place, const struct node *value,
                struct slice text, struct position path)
{
    struct tree *tree = place->at.tree;
    if (!tree)
        put_into_node(context, place, value, text, path);
    else if (tree->kind == TREE_SCALAR)
        tree->text = text;
    else
        *tree = *tree_from_node(context->arena, value);
}

static struct slice text_of(const struct node *value)
{
    return value->kind == NODE_SCALAR ? node_text(value) : (struct slice){0};
}

// True for a scalar; stores its text in `*text`.
static bool is_scalar(struct field_path_at at, struct slice *text)
{
    bool scalar = at.tree ? at.tree->kind == TREE_SCALAR : at.node->kind == NODE_SCALAR;
    if (scalar)
        *text = at.tree ? at.tree->text : node_text(at.node);
    return scalar;
}

static bool set_place(struct replacement_run *run, const struct target *target, const struct field_path_place *place,
                      const struct target_path *path, const struct node *value, bool cut)
{
    struct transform_context *context = run->context;
    struct slice old, text = text_of(value);
    cut = cut && target->delimiter.length;
    if (cut) {
        if (!is_scalar(place->at, &old))
            return diagnose(context->diagnostics, target->written->options->delimiter.position,
                            "options.delimiter can only split a string, but '%.*s' is %s", SLICE_ARGS(path->text.slice),
                            place->at.node ? node_kind_phrase(place->at.node) : "a map or a list");
        text = replace_part(context->arena, old, target->delimiter, target->index, text);
        run->copied += text.length;
    }
    if (!replacement_check_size(run, value, path->path->count, path->text.position))
        return false;
    put(context, place, value, text, path->text.position);
    return true;
}

// --- Finding the places.

static struct tree *open_scalar(void *state, struct slice text, struct slice *problem)
{
    struct structured_text parsed;
    return structured_text_read(state, text, &parsed, problem) ? parsed.document->root : NULL;
}

// True for a string that YAML prints unchanged.
static bool is_word(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                     byte == '-' || byte == '_' || byte == '/';
        if (!plain)
            return false;
    }
    return true;
}

// The text that expressions in a path are compared with.
static struct slice print_node(void *state, struct field_path_at at)
{
    struct transform_context *context = state;
    const struct node *node = at.node;
    if (node && node->kind == NODE_SCALAR && node->tag == TAG_IMPLICIT && node->style == STYLE_PLAIN &&
        is_word(node_text(node)))
        return node_text(node);
    struct buffer out = {0};
    tree_write(&out, node ? tree_from_node(context->arena, node) : at.tree);
    struct slice text = text_trim_space(arena_copy(context->arena, buffer_slice(&out)));
    buffer_free(&out);
    return text;
}

static struct field_path_search search_for(struct transform_context *context, const struct target *target,
                                           const struct target_path *path, const struct node *value)
{
    return (struct field_path_search){
        .arena = context->arena,
        .create = target->create,
        .create_kind = (enum node_kind)value->kind,
        .position = path->text.position,
        .open = open_scalar,
        .print = print_node,
        .state = context,
    };
}

// Follows the path, by the rules for sources, to the first structured string. `*used` is the number of elements that
// lead to it. NULL: there is none.
static struct node *find_structured(struct transform_context *context, const struct target_path *path,
                                    struct node *root, size_t *used, struct structured_text *parsed)
{
    struct node *at = root;
    struct slice problem = {0};
    for (size_t i = 0; i + 1 < path->trimmed->count; i++) {
        if (!field_path_step_into(context->arena, &path->trimmed->elements[i], at, &at, &problem) || !at)
            return NULL;
        if (at->kind != NODE_SCALAR)
            continue;
        *used = i + 1;
        return structured_text_read(context, node_text(at), parsed, &problem) ? at : NULL;
    }
    return NULL;
}

// Writes the value into a structured string. `*done` becomes false if there is none on the path, or if it cannot be
// written in its format. False: diagnosed.
static bool write_structured(struct replacement_run *run, const struct target *target, const struct target_path *path,
                             const struct node *value, struct node *root, bool *done)
{
    struct transform_context *context = run->context;
    struct structured_text parsed;
    size_t used;
    *done = false;
    struct node *scalar = find_structured(context, path, root, &used, &parsed);
    if (!scalar)
        return true;
    struct field_path_search search = search_for(context, target, path, value);
    struct field_path_places places = {0};
    struct slice problem = {0}, text;
    if (!field_path_find(&search, path->path->elements + used, path->path->count - used,
                         (struct field_path_at){.tree = parsed.document->root}, &places, &problem) ||
        !places.count)
        return true;
    // v5.8.1 doesn't look at the delimiter here.
    bool cut = context->diagnostics->release >= RELEASE_V5_8_3;
    for (size_t i = 0; i < places.count; i++)
        if (!set_place(run, target, &places.items[i], path, value, cut))
            return false;
    if (!structured_text_write(context, &parsed, &text))
        return true;
    run->copied += text.length;
    scalar->tag = (uint8_t)node_resolved_tag(scalar);
    scalar->flags |= NODE_REPLACED;
    node_set_text(scalar, text);
    *done = true;
    return true;
}

static bool write_path(struct replacement_run *run, const struct target *target, const struct target_path *path,
                       const struct node *value, struct resource *resource, bool *is_plain)
{
    struct transform_context *context = run->context;
    bool done;
    if (context->matches)
        notify_match(context, (struct match){.kind = MATCH_PATH,
                                             .position = path->text.position,
                                             .name = path->text,
                                             .path = path->path,
                                             .value = value,
                                             .source = run->source,
                                             .source_path = run->source_path,
                                             .source_place = run->source_place,
                                             .delimiter = target->delimiter,
                                             .index = target->index,
                                             .creates = target->create,
                                             .is_default = !target->written->field_paths.count,
                                             .resource = resource});
    if (!write_structured(run, target, path, value, resource->root, &done))
        return false;
    if (done)
        return true;
    struct field_path_search search = search_for(context, target, path, value);
    struct field_path_places places = {0};
    struct slice problem = {0};
    if (!field_path_find(&search, path->path->elements, path->path->count,
                         (struct field_path_at){.node = resource->root}, &places, &problem) ||
        !places.count) {
        *is_plain = replacement_diagnose_path(run, path->text, path->path, target->create, resource, value, problem);
        return false;
    }
    for (size_t i = 0; i < places.count; i++)
        if (!set_place(run, target, &places.items[i], path, value, true))
            return false;
    return true;
}

// --- Applying a target.

static bool refresh_id(struct replacement_run *run, struct resource *resource, struct position cause)
{
    struct resource_id before = resource->id;
    if (!resource_refresh_id(run->context->resources, resource))
        return resource_blame(run->context->resources, resource, cause);
    bool same = gvk_equal(before.gvk, resource->id.gvk) && before.name == resource->id.name &&
                before.namespace == resource->id.namespace;
    if (!same) {
        resource->id_set_at = cause;
        resource_map_reindex(run->resources, resource);
    }
    return true;
}

// An invalid label selector is reported only here, because it is not an error if there are no objects. False:
// diagnosed.
static bool labels_fit(const struct compiled_selector *selector, const struct resource *resource, bool *fit)
{
    if (!selector_parse_labels(selector))
        return false;
    *fit = selector_matches_labels(selector, resource);
    return true;
}

// The resources that `select` matches, but `reject` excludes.
struct rejection {
    size_t count;
    const struct resource *first;
    size_t entry;  // the one that excludes the first of them
};

static bool is_selected(const struct target *target, const struct resource *resource, bool *selected,
                        struct rejection *rejection)
{
    if (!labels_fit(target->select, resource, selected))
        return false;
    bool rejected = false;
    size_t entry = 0;
    for (size_t i = 0; *selected && !rejected && i < target->reject_count; entry = i++)
        if (selector_has_labels(target->rejects[i]) && !labels_fit(target->rejects[i], resource, &rejected))
            return false;
    for (size_t i = 0; *selected && !rejected && i < target->reject_count; entry = i++)
        rejected = selector_has_id(target->rejects[i]) && selector_matches_any_id(target->rejects[i], resource);
    *selected = *selected && selector_matches_any_id(target->select, resource);
    if (*selected && rejected && !rejection->count++) {
        rejection->first = resource;
        rejection->entry = entry;
    }
    *selected = *selected && !rejected;
    return true;
}

static bool has_only(const struct selector *selector, bool is_kind)
{
    return (selector->kind.slice.length > 0) == is_kind && (selector->name.slice.length > 0) != is_kind &&
           !selector->namespace.slice.length && !selector->label_selector.slice.length &&
           !selector->annotation_selector.slice.length;
}

// True for `- kind: Deployment` next to `- name: web`.
static bool is_divided(const struct replacement_target *target, size_t entry)
{
    struct selector *const *reject = target->reject.items;
    return has_only(reject[entry], true) && ((entry && has_only(reject[entry - 1], false)) ||
                                             (entry + 1 < target->reject.count && has_only(reject[entry + 1], false)));
}

static struct match explain_rejection(const struct transform_context *context, const struct replacement_target *target,
                                      const struct rejection *rejection)
{
    struct match match = {.rejected = rejection->count};
    if (!rejection->count)
        return match;
    match.rejected_by = target->reject.items[rejection->entry]->position;
    match.problem = rejection->count == 1
                        ? arena_format(context->arena, "'reject' excludes %.*s",
                                       SLICE_ARGS(resource_text(context->arena, rejection->first)))
                        : arena_format(context->arena, "'reject' excludes the %zu resources that 'select' matches",
                                       rejection->count);
    match.hint = is_divided(target, rejection->entry)
                     ? slice_literal("write `kind` and `name` in the same entry of `reject`: each entry excludes "
                                     "resources by itself")
                     : slice_literal("correct `reject`, or remove the target");
    return match;
}

// Tells the observer how many resources the target matched. Without an observer, warns if the target matched none, but
// only if `reject` excluded them all or `select` looks misspelled.
static void report(const struct replacement_run *run, const struct replacement_target *target,
                   const struct rejection *rejection, size_t count)
{
    struct transform_context *context = run->context;
    if (!context->matches && count)
        return;
    if (!context->matches && !rejection->count) {
        warn_of_misspelled_target(context, target->select, run->resources);
        return;
    }
    struct match match = explain_rejection(context, target, rejection);
    if (!context->matches) {
        diagnose_warning(context->diagnostics, match.rejected_by, "the target matches no resource: %.*s",
                         SLICE_ARGS(match.problem));
        diagnose_hint(context->diagnostics, "%.*s", SLICE_ARGS(match.hint));
        return;
    }
    match.kind = MATCH_REPLACEMENT;
    match.position = target->select->position;
    match.resources = run->resources;
    match.selector = target->select;
    match.count = count;
    notify_match(context, match);
}

// What is in doubt if a path was not written.
static enum doubt doubt_of_path(const struct target_path *path)
{
    const struct field_path *keys = path->path;
    return keys->count ? doubt_of_field(keys->elements[0].key->text,
                                        keys->count > 1 ? keys->elements[1].key->text : (struct slice){0})
                       : DOUBT_IDENTITY;
}

static enum doubt doubt_of_target(const struct target *target)
{
    enum doubt doubt = DOUBT_CONTENT;
    for (size_t i = 0; i < target->path_count; i++)
        if (doubt_of_path(&target->paths[i]) > doubt)
            doubt = doubt_of_path(&target->paths[i]);
    return doubt;
}

static bool write_paths(struct replacement_run *run, const struct target *target, const struct node *value,
                        struct resource *resource)
{
    const struct target_path *naming = NULL;
    bool good = true;
    for (size_t i = 0; i < target->path_count; i++) {
        bool is_plain = false;
        if (!write_path(run, target, &target->paths[i], value, resource, &is_plain)) {
            good = false;
            if (!is_plain)
                doubt_resource(resource, doubt_of_path(&target->paths[i]));
            if (!replacement_failed(run))
                return false;
            continue;
        }
        // A map or list brings the lines and comments of its source.
        if (value->kind != NODE_SCALAR)
            written_discard(resource);
        if (target->paths[i].changes_id)
            naming = &target->paths[i];
    }
    if (naming && good && !refresh_id(run, resource, naming->text.position)) {
        doubt_resource(resource, DOUBT_IDENTITY);
        return false;
    }
    return good;
}

// If a resource rejects the value, puts that resource and the remaining ones in doubt.
bool replacement_write(struct replacement_run *run, const struct replacement_target *written, const struct node *value)
{
    struct target target;
    if (!prepare(run->context, written, &target)) {
        doubt_all_resources(run->resources, DOUBT_IDENTITY);
        return diagnose_independent(run->context->diagnostics);
    }
    // A plain name is looked up; only expressions must be compared with all objects. All are also visited if there is a
    // label selector, since an invalid one is an error only if there is an object.
    const struct name *name = selector_exact_name(target.select);
    struct resource_list candidates = {run->resources->items, run->resources->count, 0};
    if (name && !selector_has_labels(target.select))
        candidates = resource_map_named(run->resources, name);
    size_t count = 0;
    struct rejection rejection = {0};
    bool good = true, writes = value != NULL;
    bool copies_doubt = writes && run->source && run->source->doubt;
    for (size_t i = 0; i < candidates.count; i++) {
        struct resource *resource = candidates.items[i];
        bool selected;
        if (resource->removed)
            continue;
        if (!is_selected(&target, resource, &selected, &rejection)) {
            doubt_all_resources(run->resources, DOUBT_IDENTITY);
            return false;
        }
        if (!selected)
            continue;
        count++;
        if (!writes)
            doubt_resource(resource, doubt_of_target(&target));
        else if (!write_paths(run, &target, value, resource))
            good = writes = false;  // the others would have the same error
        if (copies_doubt)
            doubt_resource(resource, doubt_of_target(&target));
    }
    if (good && value)
        report(run, written, &rejection, count);
    return good;
}
