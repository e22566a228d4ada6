#include "pipeline/plugin_exchange.h"

#include "base/hash_index.h"
#include "doc/scalar.h"
#include "json/json.h"
#include "pipeline/origin.h"
#include "resource/written.h"
#include "schema/well_known_names.h"
#include "yaml/write.h"

#define STATE_PREFIX "internal.config.kubernetes.io/"
static const char id_annotation[] = "kustomize.config.k8s.io/id";
static const char needs_hash_annotation[] = "kustomize.config.k8s.io/needs-hash";
static const char behavior_annotation[] = "kustomize.config.k8s.io/behavior";
static const char local_config_annotation[] = "config.kubernetes.io/local-config";
// kustomize's word for the namespace of a cluster-scoped object.
static const char no_namespace[] = "_non_namespaceable_";

static const struct name *intern(struct kust_target *target, const char *text)
{
    return name_intern(target->build->names, slice_from(text));
}

static void set_text(struct kust_target *target, struct node *map, const char *key, struct slice text)
{
    node_map_set(&target->build->arena, map, intern(target, key),
                 node_new_string(&target->build->arena, text, map->position));
}

// The text of a scalar in a map; empty if it is absent.
static struct slice text_at(struct kust_target *target, const struct node *map, const char *key)
{
    const struct node *value = node_map_get(map, intern(target, key));
    return node_is_scalar(value) && !node_is_null(value) ? node_text(value) : (struct slice){0};
}

// --- To a program.

static struct slice join_names(struct arena *arena, const struct name_list *names)
{
    struct slice text = {0};
    for (size_t i = 0; i < names->count; i++)
        text = arena_format(arena, "%.*s%s%.*s", SLICE_ARGS(text), i ? "," : "", SLICE_ARGS(names->items[i]->text));
    return text;
}

enum id_part { ID_KIND, ID_NAME, ID_NAMESPACE };

static struct slice join_previous(struct arena *arena, const struct resource *resource, enum id_part part)
{
    struct slice text = {0};
    for (size_t i = 0; i < resource->previous.count; i++) {
        const struct previous_id *id = &resource->previous.items[i];
        struct slice word = part == ID_KIND ? id->kind->text : part == ID_NAME ? id->name->text : id->namespace->text;
        if (part == ID_NAMESPACE && !word.length)
            word = slice_from(no_namespace);
        text = arena_format(arena, "%.*s%s%.*s", SLICE_ARGS(text), i ? "," : "", SLICE_ARGS(word));
    }
    return text;
}

static const char *const behavior_words[] = {
    [BEHAVIOR_UNSPECIFIED] = "unspecified",
    [BEHAVIOR_CREATE] = "create",
    [BEHAVIOR_REPLACE] = "replace",
    [BEHAVIOR_MERGE] = "merge",
};

static void set_state(struct kust_target *target, const struct resource *resource, struct node *annotations)
{
    struct arena *arena = &target->build->arena;
    bool generated = resource->needs_hash || resource->behavior != BEHAVIOR_UNSPECIFIED;
    const struct {
        const char *key;
        struct slice value;
    } state[] = {
        {STATE_PREFIX "previousKinds", join_previous(arena, resource, ID_KIND)},
        {STATE_PREFIX "previousNames", join_previous(arena, resource, ID_NAME)},
        {STATE_PREFIX "previousNamespaces", join_previous(arena, resource, ID_NAMESPACE)},
        {STATE_PREFIX "prefixes", join_names(arena, &resource->prefixes)},
        {STATE_PREFIX "suffixes", join_names(arena, &resource->suffixes)},
        {STATE_PREFIX "generatorBehavior",
         generated ? slice_from(behavior_words[resource->behavior]) : (struct slice){0}},
        {STATE_PREFIX "needsHashSuffix", resource->needs_hash ? slice_literal("enabled") : (struct slice){0}},
        {STATE_PREFIX "helm-generated", resource->helm_generated ? slice_literal("true") : (struct slice){0}},
        {"config.kubernetes.io/origin", origin_text(arena, resource)},
        {"alpha.config.kubernetes.io/transformations", origin_transformations_text(arena, resource)},
    };
    for (size_t i = 0; i < countof(state); i++)
        if (state[i].value.length)
            set_text(target, annotations, state[i].key, state[i].value);
}

static struct slice id_text(struct arena *arena, const struct resource *resource)
{
    const struct resource_id *id = &resource->id;
    const struct {
        const char *field;
        struct slice value;
    } lines[] = {{"group", id->gvk.group->text},
                 {"kind", id->gvk.kind->text},
                 {"name", id->name->text},
                 {"namespace", id->namespace->text},
                 {"version", id->gvk.version->text}};
    struct slice text = {0};
    for (size_t i = 0; i < countof(lines); i++) {
        if (!lines[i].value.length)
            continue;
        const char *quote = scalar_needs_quotes(lines[i].value) ? "\"" : "";
        text = arena_format(arena, "%.*s%s: %s%.*s%s\n", SLICE_ARGS(text), lines[i].field, quote,
                            SLICE_ARGS(lines[i].value), quote);
    }
    return text;
}

static bool write_tree(struct kust_target *target, const struct node *root, struct buffer *out)
{
    struct yaml_writer *writer = yaml_writer_new(&target->build->diagnostics);
    bool done = yaml_write_document(writer, out, root);
    yaml_writer_free(writer);
    return done;
}

static bool write_object(struct kust_target *target, const struct resource *resource, struct buffer *out)
{
    struct node *root = node_copy(&target->build->arena, resource->root);
    struct node *annotations = node_map_ensure(
        &target->build->arena, node_map_ensure(&target->build->arena, root, NAME(metadata)), NAME(annotations));
    set_state(target, resource, annotations);
    set_text(target, annotations, id_annotation, id_text(&target->build->arena, resource));
    return write_tree(target, root, out);
}

bool plugin_config_text(struct kust_target *target, const struct resource *config, struct slice *text)
{
    struct buffer out = {0};
    bool done = write_tree(target, config->root, &out);
    *text = arena_copy(&target->build->arena, buffer_slice(&out));
    buffer_free(&out);
    return done;
}

bool plugin_write_documents(struct kust_target *target, const struct resource_map *objects, struct buffer *out)
{
    for (size_t i = 0; i < objects->count; i++) {
        if (i)
            buffer_add_text(out, "---\n");
        if (!write_object(target, objects->items[i], out))
            return false;
    }
    return true;
}

// --- A ResourceList. Its documents are printed as usual and indented. The annotations that kustomize appends last are
// inserted as text, after all others.

static bool is_blank(struct slice line)
{
    return slice_count_leading(line, ' ') == line.length;
}

// The index after the last annotation in the text. If there are no annotations, `*missing` becomes true.
static size_t end_of_annotations(struct slice text, bool *missing)
{
    enum { OUTSIDE, IN_METADATA, IN_ANNOTATIONS } where = OUTSIDE;
    size_t after_metadata = 0;
    *missing = false;
    for (size_t at = 0; at < text.length;) {
        struct slice line, rest;
        slice_cut(slice_from_index(text, at), '\n', &line, &rest);
        size_t next = text.length - rest.length;
        size_t spaces = slice_count_leading(line, ' ');
        if (where == IN_ANNOTATIONS && !is_blank(line) && spaces < 4)
            return at;
        if (where == IN_METADATA && spaces == 2 && slice_equals(line, "  annotations:"))
            where = IN_ANNOTATIONS;
        else if (where == IN_METADATA && !is_blank(line) && spaces < 2)
            break;
        else if (where == OUTSIDE && slice_equals(line, "metadata:")) {
            where = IN_METADATA;
            after_metadata = next;
        }
        at = next;
    }
    if (where == IN_ANNOTATIONS)
        return text.length;
    *missing = true;
    return after_metadata;
}

static void add_annotation(struct buffer *out, const char *key, size_t value)
{
    buffer_add_format(out, "    %s: '%zu'\n", key, value);
}

static void add_reader_annotations(struct buffer *out, size_t index)
{
    add_annotation(out, "config.kubernetes.io/index", index);
    add_annotation(out, STATE_PREFIX "index", index);
    add_annotation(out, STATE_PREFIX "annotations-migration-resource-id", index);
    add_annotation(out, STATE_PREFIX "id", index + 1);
    add_annotation(out, "config.k8s.io/id", index + 1);
}

static void add_indented(struct buffer *out, struct slice text, const char *first)
{
    const char *start = first;
    while (text.length) {
        struct slice line;
        slice_cut(text, '\n', &line, &text);
        if (line.length)
            buffer_add_text(out, start);
        buffer_add_slice(out, line);
        buffer_add_byte(out, '\n');
        start = "  ";
    }
}

static void add_with_annotations(struct buffer *out, struct slice document, struct slice annotations, const char *first)
{
    bool missing;
    size_t at = end_of_annotations(document, &missing);
    struct buffer whole = {0};
    buffer_add_slice(&whole, slice_part(document, 0, at));
    if (missing)
        buffer_add_text(&whole, "  annotations:\n");
    buffer_add_slice(&whole, annotations);
    buffer_add_slice(&whole, slice_from_index(document, at));
    add_indented(out, buffer_slice(&whole), first);
    buffer_wipe(&whole);
}

// Writes the configuration, with an annotation that keeps it out of the stream if the program prints it.
static bool write_config(struct kust_target *target, const struct resource *config, bool as_item, struct buffer *out)
{
    struct node *root = node_copy(&target->build->arena, config->root);
    struct node *annotations = node_map_ensure(
        &target->build->arena, node_map_ensure(&target->build->arena, root, NAME(metadata)), NAME(annotations));
    node_map_remove(annotations, intern(target, local_config_annotation));
    if (!annotations->count)
        node_map_remove(node_map_get(root, NAME(metadata)), NAME(annotations));
    struct buffer document = {0}, added = {0};
    bool done = write_tree(target, root, &document);
    buffer_add_format(&added, "    %s: 'true'\n", local_config_annotation);
    if (as_item)
        add_reader_annotations(&added, 0);
    if (done)
        add_with_annotations(out, buffer_slice(&document), buffer_slice(&added), as_item ? "- " : "  ");
    buffer_wipe(&document);
    buffer_free(&added);
    return done;
}

static bool write_item(struct kust_target *target, const struct resource *resource, size_t index, struct buffer *out)
{
    struct buffer document = {0}, added = {0};
    bool done = write_object(target, resource, &document);
    add_reader_annotations(&added, index);
    if (done)
        add_with_annotations(out, buffer_slice(&document), buffer_slice(&added), "- ");
    buffer_wipe(&document);
    buffer_free(&added);
    return done;
}

bool plugin_write_list(struct kust_target *target, const struct resource_map *objects, const struct resource *config,
                       struct buffer *out)
{
    buffer_add_text(out, "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n");
    bool done = objects || write_config(target, config, true, out);
    for (size_t i = 0; done && objects && i < objects->count; i++)
        done = write_item(target, objects->items[i], i, out);
    buffer_add_text(out, "functionConfig:\n");
    return done && write_config(target, config, false, out);
}

// --- From a program.

static void split_names(struct kust_target *target, struct slice text, struct name_list *names)
{
    while (text.length) {
        struct slice word;
        slice_cut(text, ',', &word, &text);
        list_append(&target->build->arena, names, name_intern(target->build->names, word));
    }
}

static void take_state(struct kust_target *target, struct resource *resource)
{
    const struct node *annotations = node_get_path(resource->root, NAME(metadata), NAME(annotations), NULL);
    if (!node_is_map(annotations))
        return;
    struct name_list kinds = {0}, names = {0}, namespaces = {0};
    split_names(target, text_at(target, annotations, STATE_PREFIX "previousKinds"), &kinds);
    split_names(target, text_at(target, annotations, STATE_PREFIX "previousNames"), &names);
    split_names(target, text_at(target, annotations, STATE_PREFIX "previousNamespaces"), &namespaces);
    bool whole = kinds.count == names.count && names.count == namespaces.count;
    const struct name *none = intern(target, no_namespace);
    for (size_t i = 0; whole && i < names.count; i++) {
        struct previous_id id = {kinds.items[i], names.items[i],
                                 namespaces.items[i] == none ? NAME(empty) : namespaces.items[i]};
        list_append(&target->build->arena, &resource->previous, id);
    }
    split_names(target, text_at(target, annotations, STATE_PREFIX "prefixes"), &resource->prefixes);
    split_names(target, text_at(target, annotations, STATE_PREFIX "suffixes"), &resource->suffixes);
    resource->helm_generated = text_at(target, annotations, STATE_PREFIX "helm-generated").length > 0;
    struct slice behavior = text_at(target, annotations, STATE_PREFIX "generatorBehavior");
    for (size_t i = 0; i < countof(behavior_words); i++)
        if (slice_equals(behavior, behavior_words[i]))
            resource->behavior = (uint8_t)i;
}

static void report_results(struct kust_target *target, const struct node *document, struct position position)
{
    if (!slice_equals(text_at(target, document, "kind"), "ResourceList"))
        return;
    const struct node *results = node_map_get(document, intern(target, "results"));
    // Older functions put the list in a map.
    if (node_is_map(results))
        results = node_map_get(results, NAME(items));
    for (uint32_t i = 0; node_is_sequence(results) && i < results->count; i++) {
        struct slice message = text_at(target, results->items[i], "message");
        struct slice severity = text_at(target, results->items[i], "severity");
        if (message.length)
            diagnose_warning(&target->build->diagnostics, position, "function result%s%.*s: %.*s",
                             severity.length ? ", " : "", SLICE_ARGS(severity), SLICE_ARGS(message));
    }
}

bool plugin_read(struct kust_target *target, struct slice output, struct slice shown, struct position position,
                 struct resource_list *objects)
{
    struct build *build = target->build;
    struct source *source = sources_add(&build->sources, shown, output);
    source->printed_for = position;
    struct read_context read = build_read_context(build);
    struct node_list documents = {0};
    if (!yaml_read_resources(&read, source, &documents))
        return false;
    if (documents.count == 1 && node_is_map(documents.items[0]))
        report_results(target, documents.items[0], position);
    if (!resources_from_documents(&build->resource_context, &documents, objects))
        return false;
    for (size_t i = 0; i < objects->count; i++)
        take_state(target, objects->items[i]);
    return true;
}

static bool parse_bool(struct slice text, bool *value)
{
    static const char *const words[2][6] = {{"0", "f", "F", "false", "FALSE", "False"},
                                            {"1", "t", "T", "true", "TRUE", "True"}};
    for (size_t i = 0; i < countof(words[0]); i++)
        for (size_t truth = 0; truth < 2; truth++)
            if (slice_equals(text, words[truth][i])) {
                *value = truth;
                return true;
            }
    return false;
}

static struct node *annotations_of(const struct resource *resource)
{
    return node_get_path(resource->root, NAME(metadata), NAME(annotations), NULL);
}

static void drop_annotation(struct kust_target *target, const struct resource *resource, const char *key)
{
    struct node *annotations = annotations_of(resource);
    if (!node_is_map(annotations))
        return;
    node_map_remove(annotations, intern(target, key));
    if (!annotations->count)
        node_map_remove(node_map_get(resource->root, NAME(metadata)), NAME(annotations));
}

bool plugin_take_options(struct kust_target *target, struct resource_list *objects)
{
    struct build *build = target->build;
    for (size_t i = 0; i < objects->count; i++) {
        struct resource *resource = objects->items[i];
        struct slice needs_hash = text_at(target, annotations_of(resource), needs_hash_annotation);
        struct slice behavior = text_at(target, annotations_of(resource), behavior_annotation);
        bool wanted = false;
        if (needs_hash.length && !parse_bool(needs_hash, &wanted))
            return diagnose(&build->diagnostics, resource_position(resource),
                            "the annotation %s must be true or false, not '%.*s'", needs_hash_annotation,
                            SLICE_ARGS(needs_hash));
        resource->needs_hash = resource->needs_hash || wanted;
        resource->behavior = slice_equals(behavior, "create")    ? BEHAVIOR_CREATE
                             : slice_equals(behavior, "merge")   ? BEHAVIOR_MERGE
                             : slice_equals(behavior, "replace") ? BEHAVIOR_REPLACE
                                                                 : BEHAVIOR_UNSPECIFIED;
        drop_annotation(target, resource, needs_hash_annotation);
        drop_annotation(target, resource, behavior_annotation);
        if (!resource_normalize_annotations(&build->resource_context, resource))
            return false;
    }
    return true;
}

// --- The objects of a transformer.

// The name by which items of a list are matched; a scalar is its own name.
static struct slice item_name(const struct node *item)
{
    const struct node *name = item->kind == NODE_MAP ? node_map_get(item, NAME(name)) : item;
    return node_is_scalar(name) ? node_text(name) : (struct slice){0};
}

static void keep_positions(struct arena *, const struct node *before, struct node *after);

static void keep_positions_of_items(struct arena *arena, const struct node *before, struct node *after)
{
    struct hash_index by_name = {0};
    for (uint32_t i = 0; i < before->count; i++)
        hash_index_add(arena, &by_name, slice_hash(item_name(before->items[i])), i);
    for (uint32_t i = 0; i < after->count; i++) {
        struct slice name = item_name(after->items[i]);
        uint32_t found = i, number;
        if (i >= before->count || !slice_equal(item_name(before->items[i]), name)) {
            struct hash_cursor at = hash_index_find(&by_name, slice_hash(name));
            if (!name.length || !hash_cursor_next(&at, &number) || !slice_equal(item_name(before->items[number]), name))
                continue;
            found = number;
        }
        keep_positions(arena, before->items[found], after->items[i]);
    }
}

// Values that a program didn't change keep their positions.
static void keep_positions(struct arena *arena, const struct node *before, struct node *after)
{
    if (before->kind != after->kind)
        return;
    if (after->kind == NODE_SCALAR) {
        if (!slice_equal(node_text(before), node_text(after)) || node_resolved_tag(before) != node_resolved_tag(after))
            return;
        after->position = before->position;
        after->read_from = before->read_from;
        return;
    }
    after->position = before->position;
    if (after->kind == NODE_SEQUENCE) {
        keep_positions_of_items(arena, before, after);
        return;
    }
    for (uint32_t i = 0; i < after->count; i++) {
        const struct node *value = node_map_get(before, after->entries[i].key);
        if (value)
            keep_positions(arena, value, after->entries[i].value);
    }
}

static bool has_annotation(struct kust_target *target, const struct resource *resource, const char *key)
{
    return node_map_get(annotations_of(resource), intern(target, key)) != NULL;
}

// Updates the object with the tree and the state that the program printed.
static bool take_tree(struct kust_target *target, struct resource *object, struct resource *changed,
                      struct resource_map *objects)
{
    bool keeps_origin = has_annotation(target, changed, "config.kubernetes.io/origin");
    bool keeps_steps = has_annotation(target, changed, "alpha.config.kubernetes.io/transformations");
    struct resource_context *context = &target->build->resource_context;
    drop_annotation(target, changed, id_annotation);
    if (!resource_normalize_annotations(context, changed))
        return false;
    keep_positions(context->arena, object->root, changed->root);
    object->root = changed->root;
    written_discard(object);
    object->needs_hash = changed->needs_hash;
    object->helm_generated = changed->helm_generated;
    object->behavior = changed->behavior;
    object->prefixes = changed->prefixes;
    object->suffixes = changed->suffixes;
    memcpy(&object->previous, &changed->previous, sizeof object->previous);
    if (!origin_set(context, object, keeps_origin ? object->origin : NULL))
        return false;
    if (!keeps_steps)
        object->transformations = (struct origin_list){0};
    if (!resource_refresh_id(context, object))
        return false;
    resource_map_reindex(objects, object);
    return true;
}

static struct resource *present_object(struct resource_map *objects, const struct resource *like)
{
    struct resource_list found = resource_map_with_id(objects, &like->id, true);
    return found.count ? found.items[0] : NULL;
}

// Copies the objects into a map, to find them by ID.
static bool index_printed(struct kust_target *target, const struct resource_list *printed, struct resource_map *index)
{
    resource_map_init(index, &target->build->resource_context);
    for (size_t i = 0; i < printed->count; i++) {
        struct resource *copy = arena_new(&target->build->arena, struct resource);
        *copy = *printed->items[i];
        if (!resource_map_append(index, copy))
            return false;
    }
    return true;
}

bool plugin_replace(struct kust_target *target, const struct resource_list *printed, struct resource_map *objects)
{
    struct resource_map index;
    if (!index_printed(target, printed, &index))
        return false;
    for (size_t i = 0; i < printed->count; i++) {
        struct resource *changed = printed->items[i];
        struct resource *object = present_object(objects, changed);
        if (object) {
            if (!take_tree(target, object, changed, objects))
                return false;
            continue;
        }
        drop_annotation(target, changed, id_annotation);
        if (!resource_normalize_annotations(&target->build->resource_context, changed) ||
            !resource_map_append(objects, changed))
            return false;
    }
    for (size_t i = 0; i < objects->count; i++)
        if (!present_object(&index, objects->items[i]))
            resource_map_remove(objects, objects->items[i]);
    resource_map_drop_removed(objects);
    return true;
}

// --- The objects of a validator.

static bool same_tree(struct kust_target *target, const struct node *a, const struct node *b, bool *same)
{
    struct buffer first = {0}, second = {0};
    bool done = json_write(&first, a, true, &target->build->diagnostics) &&
                json_write(&second, b, true, &target->build->diagnostics);
    *same = slice_equal(buffer_slice(&first), buffer_slice(&second));
    buffer_wipe(&first);
    buffer_wipe(&second);
    return done;
}

// A validator may add the label `validated-by` to an object without labels.
static struct node *take_mark(struct kust_target *target, struct node *root)
{
    const struct name *key = intern(target, "validated-by");
    struct node *metadata = node_map_get(root, NAME(metadata));
    struct node *labels = node_map_get(metadata, NAME(labels));
    struct node *mark = node_map_get(labels, key);
    if (!mark)
        return NULL;
    node_map_remove(labels, key);
    if (!labels->count)
        node_map_remove(metadata, NAME(labels));
    return mark;
}

static bool check_object(struct kust_target *target, struct resource *object, struct resource *printed,
                         struct position position)
{
    struct resource_context *context = &target->build->resource_context;
    struct resource before = *object;
    before.root = node_copy(context->arena, object->root);
    bool had_labels = node_get_path(object->root, NAME(metadata), NAME(labels), NULL) != NULL;
    struct node *mark = had_labels ? NULL : take_mark(target, printed->root);
    drop_annotation(target, printed, id_annotation);
    bool same;
    if (!resource_normalize_annotations(context, &before) || !resource_normalize_annotations(context, printed) ||
        !same_tree(target, before.root, printed->root, &same))
        return false;
    if (!same) {
        struct slice what = resource_text(context->arena, object);
        return diagnose(context->diagnostics, position,
                        "the validator changed %.*s, but validators must not change resources", SLICE_ARGS(what));
    }
    if (mark) {
        struct node *labels = node_map_ensure(
            &target->build->arena, node_map_ensure(&target->build->arena, object->root, NAME(metadata)), NAME(labels));
        node_map_set(context->arena, labels, intern(target, "validated-by"), mark);
    }
    return true;
}

bool plugin_check_unchanged(struct kust_target *target, const struct resource_list *printed,
                            struct resource_map *objects, struct position position)
{
    for (size_t i = 0; i < printed->count; i++) {
        struct resource *object = present_object(objects, printed->items[i]);
        if (object && !check_object(target, object, printed->items[i], position))
            return false;
    }
    return true;
}
