// transformers/replacement_path.c
//
// Explains field paths of replacements that lead to nothing.
#include "transformers/replacement.h"

#include "base/ascii.h"
#include "base/json_pointer.h"
#include "doc/scalar.h"
#include "schema/well_known_names.h"
#include "transform/doubt.h"
#include "transform/resource_typo.h"
#include "yaml/inline_text.h"
#include "yaml/read.h"

// Field paths of targets lead into strings that contain YAML or JSON.
static const struct node *open_text(void *state, const struct node *scalar)
{
    struct transform_context *context = state;
    struct read_context read = transform_read_context(context);
    size_t mark = context->diagnostics->count;
    const struct source *source = file_loader_inline(context->files, node_text(scalar), (struct position){0});
    struct node *document = NULL;
    if (!yaml_read_first(&read, source, &document))
        document = NULL;
    diagnostics_forget(context->diagnostics, mark);
    return document;
}

struct path_misfit replacement_find_misfit(struct transform_context *context, const struct field_path *path,
                                           bool is_target, const struct node *root)
{
    struct path_parts parts = path_parts_of_field(context->arena, path);
    parts.names = context->names;
    parts.is_single = !is_target;
    parts.open = is_target ? open_text : NULL;
    parts.state = context;
    resource_judge_path(context->resources, root, &parts);
    return path_misfit_find(context->arena, &parts, root);
}

struct slice replacement_misfit_hint(struct transform_context *context, const struct field_path *path,
                                     const struct path_misfit *misfit, const struct node *root)
{
    const struct path_parts parts = path_parts_of_field(context->arena, path);
    return resource_path_hint(context->resources, root, &parts, misfit);
}

struct position replacement_misfit_position(struct transform_context *context, struct text path,
                                            const struct path_misfit *misfit)
{
    return inline_text_position(context->diagnostics->sources, context->arena, path.slice, path.position,
                                misfit->start);
}

// --- Paths of targets.

struct failed_path {
    struct text text;
    const struct field_path *path;
    struct path_parts parts;
    const struct node *root;
    struct path_misfit misfit;
    struct slice hint;  // for the path, whether it is created or not
    bool creates;       // the target has `create`
    bool is_created;    // `create` made what the misfit is about before the path failed
    bool is_past_end;   // an index is out of range
    bool may_create;    // `create` may help
};

// The value of the path's next key in the map that lacks the one before it, as when a patch has `containers` beside
// `spec`. NULL: there is none, or the API of the kind doesn't have the missing key.
static const struct node *next_key_here(const struct failed_path *failed)
{
    const struct path_misfit *misfit = &failed->misfit;
    if (misfit->is_in_text || misfit->meant.length || misfit->part + 1 >= failed->path->count ||
        !node_is_map(misfit->at) || resource_refuses_key(failed->root, &failed->parts, misfit->part))
        return NULL;
    const struct node *value = node_map_get(misfit->at, failed->path->elements[misfit->part + 1].key);
    return value && value->kind != NODE_SCALAR ? value : NULL;
}

// The path, starting at the part that leads to nothing.
static struct slice missing_text(const struct failed_path *failed)
{
    struct slice text = failed->text.slice;
    return failed->misfit.start < text.length ? slice_from_index(text, failed->misfit.start) : (struct slice){0};
}

// True if only an item such as `{name: PORT, value: …}` is missing, which `create` would add in full.
static bool lacks_pair(const struct failed_path *failed)
{
    const struct path_misfit *misfit = &failed->misfit;
    struct slice missing = missing_text(failed);
    return !misfit->meant.length && node_is_sequence(misfit->at) && misfit->part + 2 == failed->path->count &&
           slice_starts_with(missing, slice_literal("[name=")) && slice_ends_with(missing, slice_literal("].value"));
}

// True if only keys of maps are missing, starting at part `first`. `create` would also make an item of a list, such as
// a container with nothing but a name.
static bool makes_only_keys(const struct path_parts *parts, size_t first)
{
    int64_t index;
    for (size_t i = first; i < parts->count; i++)
        if (slice_starts_with(parts->items[i].text, slice_literal("[")) ||
            (i + 1 < parts->count && scalar_parse_decimal(parts->items[i].text, &index)))
            return false;
    return true;
}

static bool lacks_keys(const struct failed_path *failed)
{
    const struct path_misfit *misfit = &failed->misfit;
    return !misfit->meant.length && (!misfit->at || node_is_map(misfit->at)) &&
           makes_only_keys(&failed->parts, misfit->part);
}

// What is to be created at a path that leads to nothing.
struct creation {
    struct slice path;  // a similar path that the API has; empty: none, or the path itself can be created
    bool is_refused;    // the API doesn't have the path
};

static struct creation judge_creation(struct transform_context *context, const struct failed_path *failed)
{
    const struct path_misfit *misfit = &failed->misfit;
    struct creation creation = {0};
    struct slice problem = {0};
    const struct field_path *path = failed->path;
    if (misfit->meant.length && misfit->lacks_key)
        path = field_path_parse(context->arena, context->names, misfit->meant, '.', 0, &problem);
    else if (!failed->is_created && (misfit->meant.length || !node_is_map(misfit->at)))
        return creation;
    if (!path || misfit->is_in_text)
        return creation;
    const struct path_parts parts = path_parts_of_field(context->arena, path);
    size_t first = failed->is_created ? 0 : misfit->part;
    while (misfit->lacks_key && first < parts.count && parts.items[first].start <= misfit->found.length)
        first++;
    creation.is_refused = resource_refuses_path(context->resources, failed->root, &parts, first, &creation.path);
    if (misfit->lacks_key && !creation.is_refused)
        creation.path = misfit->meant;
    if (!failed->is_created && !makes_only_keys(&parts, first)) {
        creation.path = (struct slice){0};
        creation.is_refused = true;
    }
    return creation;
}

static void hint_path(struct transform_context *context, const struct failed_path *failed)
{
    struct diagnostics *diagnostics = context->diagnostics;
    const struct path_misfit *misfit = &failed->misfit;
    const struct creation creation = judge_creation(context, failed);
    bool may_create = failed->may_create && !creation.is_refused;
    const struct node *outdented = next_key_here(failed);
    if (failed->is_created && creation.path.length)
        diagnose_hint(diagnostics, "did you mean '%.*s'?%s", SLICE_ARGS(creation.path),
                      failed->is_past_end ? " In a list that `create` adds, use index 0" : "");
    else if (failed->is_created && failed->is_past_end)
        diagnose_hint(diagnostics, "use index 0: `create` adds the list");
    else if (failed->is_created)
        return;
    else if (outdented)
        diagnose_hint(diagnostics, "indent '%.*s' further: at %.*s, it is not below '%.*s'",
                      SLICE_ARGS(failed->path->elements[misfit->part + 1].key->text),
                      SLICE_ARGS(position_text(diagnostics->sources, context->arena, outdented->position)),
                      SLICE_ARGS(failed->path->elements[misfit->part].key->text));
    else if (creation.path.length && !failed->creates)
        diagnose_hint(diagnostics, "did you mean '%.*s'? If so, also add `options: {create: true}` to the target",
                      SLICE_ARGS(creation.path));
    else if (may_create && lacks_pair(failed) && failed->hint.length)
        diagnose_hint(diagnostics,
                      "correct the name, or add `options: {create: true}` to the target to create the item: %.*s",
                      SLICE_ARGS(failed->hint));
    else if (may_create && (lacks_keys(failed) || lacks_pair(failed)))
        diagnose_hint(diagnostics, "add `options: {create: true}` to the target to create it");
    else if (failed->hint.length)
        diagnose_hint(diagnostics, "%.*s", SLICE_ARGS(failed->hint));
    else if (misfit->part && misfit->at && node_is_null(misfit->at))
        diagnose_hint(diagnostics, "remove '%.*s' from the resource, or give it a value: it is null",
                      SLICE_ARGS(slice_part(failed->text.slice, 0, misfit->start - 1)));
}

// True if one of the paths leads through the other.
static bool overlap(struct slice a, struct slice b)
{
    struct slice shorter = a.length < b.length ? a : b, longer = a.length < b.length ? b : a;
    return slice_starts_with(longer, shorter) &&
           (longer.length == shorter.length || longer.data[shorter.length] == '.');
}

// If the missing key would hold only a scalar, adding it can't add other keys, so errors about those still hold.
static bool note_failure(struct replacement_run *run, const struct failed_path *failed, struct resource *resource,
                         const struct node *value)
{
    struct diagnostics *diagnostics = run->context->diagnostics;
    const struct path_misfit *misfit = &failed->misfit;
    const struct path_parts *parts = &failed->parts;
    struct slice second = parts->count > 1 ? parts->items[1].text : (struct slice){0};
    bool is_first = true, overlaps = false;
    bool is_plain = !failed->creates && value->kind == NODE_SCALAR && misfit->part && misfit->at &&
                    node_is_map(misfit->at) && !misfit->is_in_text &&
                    doubt_of_field(parts->items[0].text, second) == DOUBT_CONTENT;
    size_t end = misfit->part + 1 < parts->count ? parts->items[misfit->part + 1].start - 1 : parts->text.length;
    struct slice missing = slice_part(parts->text, 0, end);
    for (size_t i = 0; i < run->plain.count; i++)
        if (run->plain.items[i].resource == resource) {
            is_first = false;
            overlaps |= overlap(run->plain.items[i].missing, missing);
        }
    if (is_first || (is_plain && !overlaps))
        diagnose_about_resource(diagnostics, resource);
    run->overlaps += overlaps;
    const struct plain_failure failure = {resource, missing};
    if (is_plain && !overlaps)
        list_append(run->context->arena, &run->plain, failure);
    return is_plain;
}

static bool is_number(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!byte_is_digit(text.data[i]))
            return false;
    return text.length > 0;
}

// For a key that is a number, which a field path takes for an index. Empty: the path has no such key.
static struct slice hint_number(struct arena *arena, const struct failed_path *failed)
{
    const struct path_parts *parts = &failed->parts;
    const struct node *node = failed->root;
    struct buffer text = {0};
    bool has_number = false;
    for (size_t i = 0; i < parts->count; i++) {
        struct slice key = slice_trim(parts->items[i].text, "[]");
        node = node_is_map(node) ? node_map_get_text(node, key) : NULL;
        has_number |= node && is_number(key);
        buffer_add_byte(&text, '/');
        json_pointer_add_escaped(&text, key);
    }
    struct slice hint = {0};
    if (has_number && node)
        hint = arena_format(arena,
                            "use a JSON patch with the path '%.*s': a field path cannot name a key that is a number",
                            SLICE_ARGS(buffer_slice(&text)));
    buffer_free(&text);
    return hint;
}

bool replacement_diagnose_path(struct replacement_run *run, struct text text, const struct field_path *path,
                               bool creates, struct resource *resource, const struct node *value, struct slice problem)
{
    struct transform_context *context = run->context;
    // The error would be dropped.
    if (resource->doubt)
        return false;
    struct slice what = resource_text(context->arena, resource);
    struct failed_path failed = {
        .text = text,
        .path = path,
        .parts = path_parts_of_field(context->arena, path),
        .root = resource->root,
        .misfit = replacement_find_misfit(context, path, true, resource->root),
        .creates = creates,
        .may_create = !creates && !problem.length,
    };
    const struct path_misfit *misfit = &failed.misfit;
    failed.hint = resource_path_hint(context->resources, resource->root, &failed.parts, misfit);
    struct slice number = hint_number(context->arena, &failed);
    if (number.length)
        failed.hint = number;
    failed.is_created = creates && misfit->at && position_equal(misfit->at->position, text.position);
    failed.is_past_end = slice_find(problem, slice_literal("out of range")) != SLICE_NOT_FOUND;
    // The hint for a list also says which indexes there are; any other one is about something else.
    if (failed.hint.length && !failed.is_created && failed.is_past_end)
        *(node_is_sequence(misfit->at) ? &problem : &failed.hint) = (struct slice){0};
    diagnose(context->diagnostics, replacement_misfit_position(context, text, misfit), "%.*s has no field '%.*s'%s%.*s",
             SLICE_ARGS(what), SLICE_ARGS(text.slice), problem.length ? ": " : "", SLICE_ARGS(problem));
    diagnose_about(context->diagnostics, "replacement-target-no-match");
    bool is_plain = note_failure(run, &failed, resource, value);
    // The keys and names in the value of a Secret are as secret as the rest of it.
    if (!misfit->is_in_text || resource->id.gvk.kind != NAME(Secret))
        hint_path(context, &failed);
    return is_plain;
}
