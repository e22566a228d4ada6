// Applies JSON patches.
#include "merge/json_patch_operation.h"

#include "base/ascii.h"
#include "base/json_pointer.h"
#include "doc/path_misfit.h"
#include "doc/scalar.h"
#include "json/json.h"
#include "merge/json_patch_items.h"
#include "resource/written.h"
#include "schema/well_known_names.h"
#include "transform/resource_typo.h"
#include "yaml/inline_text.h"

// --- Paths.

struct run {
    struct resource_context *context;
    const struct json_patch *patch;
    const struct operation *operation;
    const struct resource *resource;
    struct node *root;
    const struct node *state;   // the annotations in which kustomize keeps state; NULL: there is no state
    struct node_list inserted;  // values that have not been converted to JSON and back yet
    size_t copied;              // bytes of memory
    bool gaps;                  // removed fields have left gaps in their maps, to be closed after the last operation
    bool has_others;            // the patch is also applied to other resources
    struct patch_notes *notes;  // may be NULL
};

// A place in the tree: a map or list, and a key or index in it.
struct place {
    struct node *parent;
    const struct name *key;  // of a map
    struct slice text;       // the last element of the path
};

// Parses an index below `limit`. Negative ones count back from `limit`.
static bool resolve_index(struct slice text, size_t limit, size_t *index)
{
    int64_t number;
    if (!scalar_parse_decimal(text, &number) || number >= (int64_t)limit || number < -(int64_t)limit)
        return false;
    *index = (size_t)(number < 0 ? number + (int64_t)limit : number);
    return true;
}

// The node at a place, which may contain gaps. NULL: there is none, or the index is out of range.
static struct node *get(const struct place *place)
{
    size_t index;
    if (place->parent->kind == NODE_MAP)
        return node_map_get(place->parent, place->key);
    return resolve_index(place->text, place->parent->count, &index) ? place->parent->items[index] : NULL;
}

static void close_gaps(const struct run *run, struct node *node)
{
    if (run->gaps && node)
        node_close_gaps(node);
}

// The node at a place, without gaps.
static struct node *get_whole(const struct run *run, const struct place *place)
{
    struct node *node = get(place);
    close_gaps(run, node);
    return node;
}

static const char *operation_name(const struct run *run)
{
    return json_patch_operation_names[run->operation->kind];
}

static struct slice resource_words(struct run *run)
{
    return resource_text(run->context->arena, run->resource);
}

// Suggests `~1` if a key with a slash seems to be meant, as in `/metadata/labels/app.kubernetes.io~1name`.
// False: no hint was added.
static bool hint_escaped_slash(struct run *run, struct slice text, size_t length, const struct node *parent)
{
    size_t start = slice_find_last_byte(slice_part(text, 0, length), '/');
    struct slice key = slice_from_index(text, start == SLICE_NOT_FOUND ? 0 : start + 1), domain, name, rest;
    if (parent->kind != NODE_MAP || !slice_cut(key, '/', &domain, &name))
        return false;
    slice_cut(name, '/', &name, &rest);
    struct slice whole = arena_format(run->context->arena, "%.*s/%.*s", SLICE_ARGS(domain), SLICE_ARGS(name));
    bool is_there = node_map_find(parent, name_intern(run->context->names, whole)) != NULL;
    if (!is_there && slice_find_byte(domain, '.') == SLICE_NOT_FOUND)
        return false;
    struct slice before = slice_part(text, 0, text.length - key.length);
    struct slice after = slice_from_index(key, domain.length + 1);
    diagnose_hint(run->context->diagnostics, "write '~1' for a '/' inside a key: '%.*s%.*s~1%.*s'", SLICE_ARGS(before),
                  SLICE_ARGS(domain), SLICE_ARGS(after));
    return true;
}

// For an `add` into a map or list that doesn't exist, such as `annotations` of `/metadata/annotations/a`: how to add
// it. Empty: that wouldn't help.
static struct slice parent_remedy(struct run *run, struct slice text, size_t length)
{
    if (run->operation->kind != OPERATION_ADD || length >= text.length)
        return (struct slice){0};
    struct slice rest = slice_from_index(text, length + 1);
    bool is_list = rest.length && (rest.data[0] == '-' || (rest.data[0] >= '0' && rest.data[0] <= '9'));
    if (is_list && !slice_equals(rest, "-") && !slice_equals(rest, "0"))
        return (struct slice){0};  // an empty list wouldn't help
    // In the other resources, `add` would replace the existing value.
    return arena_format(run->context->arena, "add the %s first%s: `- {op: add, path: %.*s, value: %s}`",
                        is_list ? "list" : "map",
                        run->has_others ? ", in a separate, earlier patch that targets only this resource" : "",
                        (int)length, text.data, is_list ? "[]" : "{}");
}

// Adds to the hint which items the indexes in the path stand for.
static void hint_items(struct run *run, const struct node *path)
{
    struct diagnostics *diagnostics = run->context->diagnostics;
    struct slice hint = diagnostics->items[diagnostics->count - 1].hint, meant;
    close_gaps(run, run->root);
    struct slice items = json_patch_items_text(run->context, run->resource, run->root, node_text(path), &meant);
    if (!items.length)
        return;
    if (meant.length)
        diagnose_hint(diagnostics, "%.*s; did you mean '%.*s' there?", SLICE_ARGS(items), SLICE_ARGS(meant));
    else if (hint.length)
        diagnose_hint(diagnostics, slice_ends_with(hint, slice_literal(")")) ? "%.*s; %.*s" : "%.*s (%.*s)",
                      SLICE_ARGS(hint), SLICE_ARGS(items));
    else
        diagnose_hint(diagnostics, "%.*s", SLICE_ARGS(items));
}

// True if the operation inserts a value at the first `length` bytes of the path.
static bool inserts_at(const struct run *run, struct slice text, size_t length)
{
    enum operation_kind kind = run->operation->kind;
    return (kind == OPERATION_ADD || kind == OPERATION_MOVE || kind == OPERATION_COPY) && length == text.length &&
           text.data == node_text(run->operation->path).data;
}

static void hint_index_to_insert(struct run *run, const struct node *list)
{
    if (list->count == 1)
        diagnose_hint(run->context->diagnostics, "use index 0 or 1, or '-' to append");
    else if (list->count)
        diagnose_hint(run->context->diagnostics, "use an index from 0 to %u, or '-' to append", list->count);
    else
        diagnose_hint(run->context->diagnostics, "use '-' to append: the list is empty");
}

// Suggests the path `meant` with the correction that it may still need or, if the operation can't use it, says what
// there is instead. False: no hint was added.
static bool hint_meant(struct run *run, struct slice text, struct slice meant)
{
    struct arena *arena = run->context->arena;
    struct diagnostics *diagnostics = run->context->diagnostics;
    struct path_parts parts = path_parts_of_pointer(arena, meant);
    resource_judge_path(run->context, run->root, &parts);
    const struct path_misfit misfit = path_misfit_find(arena, &parts, run->root);
    struct slice near = {0};
    bool lacks = misfit.part < parts.count, adds = run->operation->kind == OPERATION_ADD;
    bool is_last = misfit.part + 1 == parts.count;
    bool writes = adds || (is_last && run->operation->kind == OPERATION_REPLACE);  // `replace` also adds a missing key
    bool is_refused = lacks && resource_refuses_path(run->context, run->root, &parts, misfit.part, &near);
    if (near.length && writes) {
        is_refused = false;
        meant = near;
        parts = path_parts_of_pointer(arena, meant);
    }
    bool is_map = node_is_map(misfit.at);
    int64_t index;
    struct slice last = lacks ? parts.items[misfit.part].text : (struct slice){0};
    bool inserts = adds && node_is_sequence(misfit.at) &&
                   (slice_equals(last, "-") || (scalar_parse_decimal(last, &index) && index == misfit.at->count));
    struct slice first = {0};
    if (lacks && !is_refused && adds && is_map && !is_last)
        first = parent_remedy(run, meant, parts.items[misfit.part + 1].start - 1);
    else if (lacks && !is_refused && adds && misfit.part && node_is_null(misfit.at))
        first = parent_remedy(run, meant, parts.items[misfit.part].start - 1);
    struct slice rest = misfit.part ? path_misfit_alternatives(arena, &parts, &misfit) : (struct slice){0};
    struct slice found = lacks ? slice_part(meant, 0, parts.items[misfit.part].start)
                               : meant;  // if a part is missing, ends with a slash
    if (first.length)
        diagnose_hint(diagnostics, "did you mean '%.*s'? If so, %.*s", SLICE_ARGS(meant), SLICE_ARGS(first));
    else if (!lacks || (!is_refused && is_last && (inserts || (is_map && writes))))
        diagnose_hint(diagnostics, "did you mean '%.*s'?", SLICE_ARGS(meant));
    else if (rest.length && slice_starts_with(text, found))
        diagnose_hint(diagnostics, "%.*s", SLICE_ARGS(rest));
    else if (rest.length)
        diagnose_hint(diagnostics, "start the path with '%.*s'; %.*s",
                      SLICE_ARGS(slice_part(found, 0, found.length - 1)), SLICE_ARGS(rest));
    else
        return false;
    return true;
}

// Suggests a path that leads to something or, if none is similar, says what there is.
static void hint_path(struct run *run, struct slice text, size_t length, const struct node *parent)
{
    struct diagnostics *diagnostics = run->context->diagnostics;
    bool is_map = parent->kind == NODE_MAP;
    close_gaps(run, run->root);
    if (text.length && text.data[0] != '/') {  // kustomize drops what precedes the first '/'
        diagnose_hint(diagnostics, "start the path with '/': '/%.*s'", SLICE_ARGS(text));
        return;
    }
    if (is_map && hint_escaped_slash(run, text, length, parent))
        return;
    struct path_parts parts = path_parts_of_pointer(run->context->arena, text);
    parts.optional = is_map && run->operation->kind == OPERATION_ADD && parts.count > 1;
    resource_judge_path(run->context, run->root, &parts);
    struct path_misfit misfit = path_misfit_find(run->context->arena, &parts, run->root);
    struct slice near;
    bool is_refused = is_map && resource_refuses_path(run->context, run->root, &parts, misfit.part, &near);
    if (!misfit.meant.length && is_refused && near.length)
        misfit.meant = near;
    struct slice others = path_misfit_alternatives(run->context->arena, &parts, &misfit);
    struct slice typo = resource_typo_field_hint(run->context, run->root, &parts, &misfit);
    struct slice remedy = is_map && !is_refused ? parent_remedy(run, text, length) : (struct slice){0};
    if (typo.length)
        diagnose_hint(diagnostics, "%.*s", SLICE_ARGS(typo));
    else if (misfit.meant.length && hint_meant(run, text, misfit.meant))
        return;
    else if (!is_map && inserts_at(run, text, length))
        hint_index_to_insert(run, parent);
    else if (remedy.length || others.length)
        diagnose_hint(diagnostics, "%.*s", SLICE_ARGS(remedy.length ? remedy : others));
}

// The position of the last part of the first `length` bytes of the path, or of the path if its first slash is missing.
static struct position part_position(struct run *run, const struct node *path, size_t length)
{
    if (!slice_starts_with(node_text(path), slice_literal("/")))
        return path->position;
    size_t slash = slice_find_last_byte(slice_part(node_text(path), 0, length), '/');
    return inline_text_position(run->context->diagnostics->sources, run->context->arena, node_text(path),
                                path->position, slash == SLICE_NOT_FOUND ? 0 : slash + 1);
}

// Reports that there is nothing at the first `length` bytes of the path. `parent` is the map or list that lacks `key`.
static bool diagnose_missing(struct run *run, const struct node *path, size_t length, struct node *parent,
                             struct slice key)
{
    struct slice text = node_text(path), missing = slice_part(text, 0, length);
    struct slice object = resource_words(run);
    struct position position = part_position(run, path, length);
    if (parent->kind == NODE_SEQUENCE)
        diagnose(run->context->diagnostics, position,
                 "cannot %s '%.*s': '%.*s' is not a valid index of this list in %.*s", operation_name(run),
                 SLICE_ARGS(text), SLICE_ARGS(key), SLICE_ARGS(object));
    else
        diagnose(run->context->diagnostics, position, "cannot %s '%.*s': %.*s has no '%.*s'", operation_name(run),
                 SLICE_ARGS(text), SLICE_ARGS(object), SLICE_ARGS(missing));
    hint_path(run, text, length, parent);
    hint_items(run, path);
    return false;
}

// Letters, digits, and what separates keys, with no separator at the start.
static bool is_path_text(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!byte_is_alphanumeric(text.data[i]) && (!text.data[i] || !strchr(i ? "-_~/." : "_~", text.data[i])))
            return false;
    return text.length > 0;
}

static bool diagnose_path(struct run *run, const struct node *path)
{
    diagnose(run->context->diagnostics, path->position, "%s: invalid path '%.*s'", operation_name(run),
             SLICE_ARGS(node_text(path)));
    struct slice text = node_text(path);
    bool has_dots = slice_find_byte(text, '/') == SLICE_NOT_FOUND && slice_find_byte(text, '.') != SLICE_NOT_FOUND;
    if (!is_path_text(text)) {
        diagnose_hint(run->context->diagnostics, "start the path with '/', as in /metadata/name");
        return false;
    }
    struct slice pointer = arena_format(run->context->arena, "/%.*s", SLICE_ARGS(text));
    for (size_t i = 0; has_dots && i < pointer.length; i++)
        if (pointer.data[i] == '.')
            ((char *)pointer.data)[i] = '/';
    diagnose_hint(run->context->diagnostics,
                  has_dots ? "separate keys with '/': '%.*s'" : "start the path with '/': '%.*s'", SLICE_ARGS(pointer));
    return false;
}

static bool find_place(struct run *run, const struct node *path, struct place *place)
{
    struct diagnostics *diagnostics = run->context->diagnostics;
    struct slice text = node_text(path), element, rest;
    if (!slice_cut(text, '/', &element, &rest))
        return diagnose_path(run, path);
    *place = (struct place){.parent = run->root};
    for (bool more = true; more;) {
        more = slice_cut(rest, '/', &element, &rest);
        place->text = json_pointer_unescape(run->context->arena, element);
        if (place->parent->kind == NODE_MAP)
            place->key = name_intern(run->context->names, place->text);
        if (!more)
            return true;
        struct node *next = get(place);
        size_t length = (size_t)(element.data + element.length - text.data);
        if (node_is_null(next))
            return diagnose_missing(run, path, length, place->parent, place->text);
        if (next->kind == NODE_SCALAR) {
            diagnose(diagnostics, part_position(run, path, length),
                     "cannot %s '%.*s': '%.*s' in %.*s is %s, which has no fields", operation_name(run),
                     SLICE_ARGS(text), SLICE_ARGS(slice_part(text, 0, length)), SLICE_ARGS(resource_words(run)),
                     node_kind_phrase(next));
            hint_items(run, path);
            return false;
        }
        place->parent = next;
    }
    return true;
}

static bool diagnose_nothing_at(struct run *run, const struct node *path, const struct place *place)
{
    return diagnose_missing(run, path, path->count, place->parent, place->text);
}

// --- Operations.

static struct node *new_null(struct run *run)
{
    return node_new_scalar(run->context->arena, slice_literal("null"), STYLE_PLAIN, TAG_IMPLICIT,
                           run->operation->position);
}

static struct node *new_value(struct run *run)
{
    if (!run->operation->value)
        return new_null(run);
    struct node *value = node_copy(run->context->arena, run->operation->value);
    list_append(run->context->arena, &run->inserted, value);
    return value;
}

static bool check_depth(struct run *run, const struct node *path, const struct node *value)
{
    size_t deepest = 0, level = 0;
    struct slice text = node_text(path);
    for (size_t i = 0; i < text.length; i++)
        level += text.data[i] == '/';
    node_memory(value, level, &deepest);
    return deepest <= NODE_DEPTH_MAX ||
           diagnose(run->context->diagnostics, path->position, "%s creates a resource with more than %d levels",
                    operation_name(run), (int)NODE_DEPTH_MAX);
}

// Inserts into a list before the element at the index, or at the end for `-`. In a map, sets the key, replacing any
// value.
static bool insert(struct run *run, const struct node *path, const struct place *place, struct node *value)
{
    struct arena *arena = run->context->arena;
    if (!check_depth(run, path, value))
        return false;
    if (place->parent->kind == NODE_MAP) {
        node_map_set(arena, place->parent, place->key, value);
        return true;
    }
    size_t index = place->parent->count;
    if (!slice_equals(place->text, "-") && !resolve_index(place->text, (size_t)place->parent->count + 1, &index))
        return diagnose_nothing_at(run, path, place);
    node_sequence_insert(arena, place->parent, index, value);
    return true;
}

static bool take_out(struct run *run, const struct node *path, const struct place *place)
{
    size_t index;
    if (place->parent->kind == NODE_MAP) {
        if (!node_map_vacate(place->parent, place->key))
            return diagnose_nothing_at(run, path, place);
        run->gaps = true;
        return true;
    }
    if (!resolve_index(place->text, place->parent->count, &index))
        return diagnose_nothing_at(run, path, place);
    node_sequence_remove(place->parent, index);
    return true;
}

static bool check_path(struct run *run, const struct node *path, const char *member)
{
    if (json_patch_is_string(path))
        return true;
    struct position position = path ? path->position : run->operation->position;
    if (path && !node_is_null(path))
        return diagnose(run->context->diagnostics, position, "%s: expected a string for '%s', found %s",
                        operation_name(run), member, node_kind_phrase(path));
    diagnose(run->context->diagnostics, position, "%s: the operation has no '%s'", operation_name(run), member);
    diagnose_hint(run->context->diagnostics, "add `%s:` with the path of the field%s", member,
                  strcmp(member, "from") != 0              ? ""
                  : run->operation->kind == OPERATION_MOVE ? " to move"
                                                           : " to copy");
    return false;
}

static bool run_add(struct run *run)
{
    struct place place;
    const struct node *path = run->operation->path;
    return find_place(run, path, &place) && insert(run, path, &place, new_value(run));
}

static bool run_remove(struct run *run)
{
    struct place place;
    const struct node *path = run->operation->path;
    return find_place(run, path, &place) && take_out(run, path, &place);
}

static bool run_replace(struct run *run)
{
    struct place place;
    const struct operation *operation = run->operation;
    const struct node *path = operation->path;
    if (!path->count) {
        if (!operation->value || operation->value->kind == NODE_SCALAR)
            return diagnose(run->context->diagnostics, operation->position,
                            "replace: only a map can replace a whole resource");
        run->root = new_value(run);
        return true;
    }
    size_t index;
    if (!find_place(run, path, &place))
        return false;
    if (place.parent->kind == NODE_MAP) {
        if (run->notes && !node_map_find(place.parent, place.key))
            list_append(run->context->arena, &run->notes->created, path);
        return insert(run, path, &place, new_value(run));
    }
    if (!resolve_index(place.text, place.parent->count, &index))
        return diagnose_nothing_at(run, path, &place);
    struct node *value = new_value(run);
    place.parent->items[index] = value;
    return check_depth(run, path, value);
}

static bool run_move(struct run *run)
{
    struct place place;
    const struct operation *operation = run->operation;
    if (!check_path(run, operation->from, "from") || !find_place(run, operation->from, &place))
        return false;
    struct node *value = get_whole(run, &place);
    if (!take_out(run, operation->from, &place) || !check_path(run, operation->path, "path"))
        return false;
    return find_place(run, operation->path, &place) && insert(run, operation->path, &place, value);
}

static bool run_copy(struct run *run)
{
    struct place place;
    const struct operation *operation = run->operation;
    if (!check_path(run, operation->from, "from") || !find_place(run, operation->from, &place))
        return false;
    const struct node *value = get_whole(run, &place);
    if (!value && place.parent->kind == NODE_SEQUENCE)
        return diagnose_nothing_at(run, operation->from, &place);
    size_t deepest = 0;
    run->copied += value ? node_memory(value, 0, &deepest) : 0;
    if (run->copied > (size_t)COPIES_MAX << 20)
        return diagnose(run->context->diagnostics, operation->position, "the patch copies more than %d MiB",
                        (int)COPIES_MAX);
    struct node *copy = value ? node_copy(run->context->arena, value) : new_null(run);
    list_append(run->context->arena, &run->inserted, copy);
    return check_path(run, operation->path, "path") && find_place(run, operation->path, &place) &&
           insert(run, operation->path, &place, copy);
}

// A string of strict JSON as it is written, with its quotes; empty if its position is unknown.
static struct slice written_string(const struct run *run, const struct node *value)
{
    struct slice text = run->patch->lines.text;
    size_t start = line_index_find(&run->patch->lines, value->position.line, value->position.column);
    if (start == SLICE_NOT_FOUND || start == text.length || text.data[start] != '"')
        return (struct slice){0};
    size_t end = start + 1;
    while (end < text.length && text.data[end] != '"')
        end += text.data[end] == '\\' ? 2 : 1;
    return end < text.length ? slice_part(text, start, end + 1) : (struct slice){0};
}

static bool have_same_text(const struct node *node, const struct node *value)
{
    return node->tag == TAG_STRING && value->tag == TAG_STRING && slice_equal(node_text(node), node_text(value));
}

// True if a string of strict JSON is written the way kustomize writes it: `>`, for example, as "\u003e".
static bool is_written_alike(const struct run *run, const struct node *node, const struct node *value)
{
    struct slice written = written_string(run, value);
    // A value that an earlier operation has put there is still spelled as in that operation.
    struct slice own = node->flags & NODE_WRITTEN ? written_string(run, node) : (struct slice){0};
    struct buffer text = {0};
    json_write_string(&text, node_text(node));
    bool alike = !written.length || slice_equal(written, own.length ? own : buffer_slice(&text));
    buffer_free(&text);
    return alike;
}

static bool scalars_equal(struct run *run, const struct node *node, const struct node *value)
{
    if ((node->tag == TAG_STRING) != (value->tag == TAG_STRING))
        return false;
    if (node->tag == TAG_STRING)
        return have_same_text(node, value) && (!run->patch->strict || is_written_alike(run, node, value));
    // Numbers are compared as JSON text, so in a JSON patch, 1.0 does not equal 1.
    struct buffer text = {0}, wanted = {0};
    size_t mark = run->context->diagnostics->count;
    bool equal = true;
    if (node->flags & NODE_WRITTEN)
        buffer_add_slice(&text, node_text(node));
    else
        equal = json_write(&text, node, false, run->context->diagnostics);
    if (run->patch->strict)
        buffer_add_slice(&wanted, node_text(value));
    else
        equal = equal && json_write(&wanted, value, false, run->context->diagnostics);
    diagnostics_forget(run->context->diagnostics, mark);
    equal = equal && slice_equal(buffer_slice(&text), buffer_slice(&wanted));
    buffer_free(&text);
    buffer_free(&wanted);
    return equal;
}

static bool values_equal(struct run *run, const struct node *node, const struct node *value)
{
    if (node_is_null(node) || node_is_null(value))
        return node_is_null(node) && node_is_null(value);
    if (node->kind != value->kind)
        return false;
    if (node->kind == NODE_SCALAR)
        return scalars_equal(run, node, value);
    if (node->count != value->count)
        return false;
    for (uint32_t i = 0; i < node->count; i++) {
        bool map = node->kind == NODE_MAP;
        const struct node *one = map ? node->entries[i].value : node->items[i];
        const struct node *other = map ? node_map_get(value, node->entries[i].key) : value->items[i];
        // In kustomize, a null in a list never equals anything.
        if (!other || (!map && node_is_null(one)) || !values_equal(run, one, other))
            return false;
    }
    return true;
}

// While patches run, kustomize keeps an object's state in its annotations, so they never equal a value in a patch. A
// patch that replaces the annotations also replaces the state.
static bool shows_state(const struct run *run, const struct node *node)
{
    if (!run->state || !node)
        return false;
    const struct node *metadata = node_map_get(run->root, NAME(metadata));
    return node == run->state ||
           ((node == run->root || node == metadata) && node_map_get(metadata, NAME(annotations)) == run->state);
}

// Adds a hint to compare the whole map or list. It lists the keys only, since the values may be long.
static void hint_whole(struct run *run, const struct node *node)
{
    enum { LISTED_MAX = 8 };
    struct diagnostics *diagnostics = run->context->diagnostics;
    if (shows_state(run, node)) {
        diagnose_hint(diagnostics, "test a single field below it: while patches run, metadata also has the annotations "
                                   "in which kustomize keeps a resource's origin, so no value equals it");
        return;
    }
    if (node->kind == NODE_SEQUENCE) {
        diagnose_hint(diagnostics, "compare the whole list, which has %u item%s", node->count,
                      node->count == 1 ? "" : "s");
        return;
    }
    struct slice keys = {0};
    for (uint32_t i = 0; i < node->count && i < LISTED_MAX; i++)
        keys = arena_format(run->context->arena, "%.*s%s%.*s", SLICE_ARGS(keys), i ? ", " : "",
                            SLICE_ARGS(node->entries[i].key->text));
    diagnose_hint(diagnostics, "compare the whole map, which has the keys %.*s%s", SLICE_ARGS(keys),
                  node->count > LISTED_MAX ? ", …" : "");
}

// Adds the hints to the error about a test that failed; `node` is the value there, and NULL if there is none.
static void hint_difference(struct run *run, const struct node *node, const struct place *place)
{
    const struct node *path = run->operation->path, *value = run->operation->value;
    if (!node && path->count)
        hint_path(run, node_text(path), path->count, place->parent);
    else if (node_is_scalar(node) && node_is_scalar(value) && have_same_text(node, value)) {
        struct buffer text = {0};
        json_write_string(&text, node_text(node));
        diagnose_hint(
            run->context->diagnostics,
            "write %.*s: kustomize compares the values as JSON text, and this is how it writes the one in the resource",
            SLICE_ARGS(buffer_slice(&text)));
        buffer_free(&text);
    } else if (node && node->kind == NODE_SCALAR)
        diagnose_hint(run->context->diagnostics, "compare with the current value, '%.*s' (%s)",
                      SLICE_ARGS(node_text(node)), node_kind_phrase(node));
    else if (node)
        hint_whole(run, node);
    hint_items(run, path);
}

static bool run_test(struct run *run)
{
    struct place place = {.parent = run->root};
    const struct operation *operation = run->operation;
    const struct node *path = operation->path, *node = run->root;
    if (!path->count)
        close_gaps(run, run->root);
    else {
        if (!find_place(run, path, &place))
            return false;
        node = get_whole(run, &place);
        if (!node && place.parent->kind == NODE_SEQUENCE)
            return diagnose_nothing_at(run, path, &place);
    }
    if (!shows_state(run, node) && values_equal(run, node, operation->value))
        return true;
    struct slice object = resource_words(run);
    diagnose(run->context->diagnostics, operation->value ? operation->value->position : operation->position,
             "test '%.*s' failed: %.*s %s", SLICE_ARGS(node_text(path)), SLICE_ARGS(object),
             node ? "has a different value there" : "has no value there");
    // Messages must not contain a Secret's values.
    if (run->resource->id.gvk.kind != NAME(Secret))
        hint_difference(run, node, &place);
    return false;
}

static bool diagnose_unknown(struct run *run)
{
    struct diagnostics *diagnostics = run->context->diagnostics;
    const struct node *op = run->operation->op;
    struct position position = op ? op->position : run->operation->position;
    if (!op || node_is_null(op)) {
        diagnose(diagnostics, position, op ? "'op' has no value" : "the operation has no 'op'");
        diagnose_hint(diagnostics, "%s: add, remove, replace, move, copy, or test",
                      op ? "write the operation after it" : "add `op:` with the operation");
        return false;
    }
    if (json_patch_is_string(op))
        diagnose(diagnostics, position, "unknown operation '%.*s'", SLICE_ARGS(node_text(op)));
    else
        diagnose(diagnostics, position, "expected a string for 'op', found %s", node_kind_phrase(op));
    diagnose_hint(diagnostics, "use add, remove, replace, move, copy, or test");
    for (size_t i = 0; json_patch_is_string(op) && i < OPERATION_UNKNOWN; i++)
        if (slice_equal_ignoring_case(node_text(op), slice_from(json_patch_operation_names[i])))
            diagnose_hint(diagnostics, "write it in lower case: `op: %s`", json_patch_operation_names[i]);
    return false;
}

static bool run_operation(struct run *run)
{
    static bool (*const runners[])(struct run *) = {run_add, run_remove, run_replace, run_move, run_copy, run_test};
    const struct operation *operation = run->operation;
    if (operation->kind == OPERATION_UNKNOWN)
        return diagnose_unknown(run);
    bool has_from = operation->kind == OPERATION_MOVE || operation->kind == OPERATION_COPY;
    return (has_from || check_path(run, operation->path, "path")) && runners[operation->kind](run);
}

// After an operation that failed: what is wrong with the others, whatever the object is.
static void check_form(struct run *run, size_t first)
{
    for (size_t i = first; i < run->patch->count && diagnostics_may_continue(run->context->diagnostics); i++) {
        const struct operation *operation = run->operation = &run->patch->items[i];
        if (operation->kind == OPERATION_UNKNOWN)
            diagnose_unknown(run);
        else if (check_path(run, operation->path, "path") && node_text(operation->path).length &&
                 node_text(operation->path).data[0] != '/')
            diagnose_path(run, operation->path);
    }
}

// Creates the annotations if they are missing: kustomize has some, so a patch can add to them.
static void make_annotations(struct resource_context *context, const struct resource *resource)
{
    struct node *metadata = node_map_get(resource->root, NAME(metadata));
    if (node_is_map(metadata) && node_is_null(node_map_get(metadata, NAME(annotations))))
        node_map_set(context->arena, metadata, NAME(annotations), node_new_map(context->arena, metadata->position));
}

static bool keeps_state(const struct run *run)
{
    return run->state && node_get_path(run->root, NAME(metadata), NAME(annotations), NULL) == run->state;
}

static bool is_hashed_whole(const struct resource *resource)
{
    const struct node *kind = node_map_get(resource->root, NAME(kind));
    bool followed = resource->written && resource->written->root;
    return (resource->needs_hash || followed) && node_is_scalar(kind) && !slice_equals(node_text(kind), "ConfigMap") &&
           !slice_equals(node_text(kind), "Secret");
}

// The tree for the hash after a patch: kustomize prints and reads the object, and then restores its notes. NULL: the
// hash does not need it.
static struct tree *written_after(struct resource_context *context, const struct resource *resource, bool keeps_notes)
{
    if (!is_hashed_whole(resource))
        return NULL;
    const struct tree *notes = written_notes(context, resource);
    struct tree *tree = notes ? written_from_data(context, resource->root, keeps_notes ? notes : NULL) : NULL;
    if (!tree)
        return NULL;
    struct tree *annotations = written_texts(context->arena, tree, "annotations");
    for (uint32_t i = 0; i + 1 < notes->count; i += 2)
        if (!slice_equals(notes->items[i]->text, "alpha.config.kubernetes.io/transformations"))
            written_set_field(context, annotations, notes->items[i]->text, notes->items[i + 1], STYLE_PLAIN);
    written_set_texts(context, tree, "annotations", annotations);
    return tree;
}

bool json_patch_apply(struct resource_context *context, const struct json_patch *patch, struct resource *resource,
                      bool has_others, struct patch_notes *notes)
{
    resource_settle_end(context, resource);
    bool converted = resource->shares_nodes
                         ? node_separate_through_json(context->arena, context->names, resource->root,
                                                      context->diagnostics)
                         : node_through_json(context->arena, context->names, resource->root, context->diagnostics);
    if (!converted)
        return false;
    resource->shares_nodes = false;
    struct run run = {.context = context,
                      .patch = patch,
                      .resource = resource,
                      .root = resource->root,
                      .has_others = has_others,
                      .notes = notes};
    if (resource_has_state(resource)) {
        make_annotations(context, resource);
        run.state = node_get_path(resource->root, NAME(metadata), NAME(annotations), NULL);
    }
    bool done = true;
    for (size_t i = 0; done && i < patch->count; i++) {
        run.operation = &patch->items[i];
        done = run_operation(&run);
        if (!done)
            check_form(&run, i + 1);
    }
    close_gaps(&run, resource->root);
    for (size_t i = 0; i < run.inserted.count; i++)
        close_gaps(&run, run.inserted.items[i]);
    if (!done)
        return false;
    for (size_t i = 0; i < run.inserted.count; i++)
        if (!node_through_json(context->arena, context->names, run.inserted.items[i], context->diagnostics))
            return false;
    if (run.root->kind != NODE_MAP)
        return diagnose(context->diagnostics, run.root->position, "the patch replaces %.*s with a list",
                        SLICE_ARGS(resource_text(context->arena, resource)));
    resource->root = run.root;
    if (!resource->needs_hash)
        resource_take_hash_annotation(resource);
    struct tree *written = written_after(context, resource, keeps_state(&run));
    if (!resource_rewrite_annotations(context, resource))
        return false;
    written_set_tree(context, resource, written);
    return true;
}
