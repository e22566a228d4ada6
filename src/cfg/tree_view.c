#include "cfg/tree_view.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cfg/format.h"
#include "cfg/package.h"
#include "load/path.h"
#include "yaml/tree.h"

// --- Branches.

struct branch {
    struct slice meta;  // in brackets before the text, if `has_meta`
    bool has_meta;
    struct slice text;
    struct branch **items;
    size_t count, capacity;
};

static struct branch *add_branch(struct cfg *cfg, struct branch *parent, struct slice text)
{
    struct branch *branch = arena_new(cfg->arena, struct branch);
    branch->text = text;
    list_append(cfg->arena, parent, branch);
    return branch;
}

// Draws a string, continuing the lines of the tree next to it if it has several lines.
static void draw_text(struct buffer *out, struct slice edges, struct slice text, bool last)
{
    while (text.length) {
        struct slice line;
        bool more = slice_cut(text, '\n', &line, &text);
        buffer_add_slice(out, line);
        if (!more)
            return;
        buffer_add_byte(out, '\n');
        buffer_add_slice(out, edges);
        buffer_add_text(out, last ? "    " : "│   ");
    }
}

static void draw(struct buffer *out, struct arena *arena, const struct branch *branch, struct slice edges)
{
    for (size_t i = 0; i < branch->count; i++) {
        const struct branch *item = branch->items[i];
        bool last = i + 1 == branch->count;
        buffer_add_slice(out, edges);
        buffer_add_text(out, last ? "└── " : "├── ");
        if (item->has_meta)
            buffer_add_format(out, "[%.*s]  ", SLICE_ARGS(item->meta));
        draw_text(out, edges, item->text, last);
        buffer_add_byte(out, '\n');
        draw(out, arena, item, arena_join(arena, edges, last ? slice_literal("    ") : slice_literal("│   ")));
    }
}

// --- Fields of an object.

struct shown {
    struct slice name, value;
    struct shown **items;  // for containers; each has fields and a name to sort by
    size_t count, capacity;
};

static struct shown *shown_of(struct cfg *cfg, struct shown *list, struct slice name)
{
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->items[i]->name, name))
            return list->items[i];
    struct shown *shown = arena_new(cfg->arena, struct shown);
    shown->name = name;
    list_append(cfg->arena, list, shown);
    return shown;
}

static int compare_shown(const void *first, const void *second)
{
    const struct shown *a = *(struct shown *const *)first, *b = *(struct shown *const *)second;
    unsigned rank_a = format_rank(a->name), rank_b = format_rank(b->name);
    if (rank_a && rank_b)
        return rank_a < rank_b ? -1 : rank_a > rank_b;
    if (rank_a || rank_b)
        return rank_a ? -1 : 1;
    int order = slice_compare(a->name, b->name);
    return order ? order : slice_compare(a->value, b->value);
}

static void sort_shown(struct shown *list)
{
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_shown);
}

static struct slice flow_text(struct cfg *cfg, const struct tree *node)
{
    struct tree flow = *node;
    struct buffer text = {0};
    flow.style = STYLE_FLOW;
    flow.tagged = false;
    tree_write(&text, &flow);
    struct slice copy = slice_trim(arena_copy(cfg->arena, buffer_slice(&text)), " \t\n\r\v\f");
    buffer_free(&text);
    return copy;
}

static bool find_field(struct cfg *cfg, const struct view_field *field, struct tree *root, struct shown *list)
{
    struct query_results results = {0};
    if (!query_run(cfg, &field->query, root, &results))
        return false;
    for (size_t i = 0; i < results.count; i++)
        tree_strip_comments(results.items[i].node);
    if (!results.count)
        return true;
    struct shown *shown = shown_of(cfg, list, field->name);
    if (!field->sub_name.length) {
        shown->value = flow_text(cfg, results.items[0].node);
        return true;
    }
    for (size_t i = 0; i < results.count; i++) {
        struct shown *value = arena_new(cfg->arena, struct shown);
        value->name = field->sub_name;
        value->value = flow_text(cfg, results.items[i].node);
        struct shown *element = shown_of(cfg, shown, results.items[i].matches);
        list_append(cfg->arena, element, value);
    }
    return true;
}

static void add_value(struct cfg *cfg, struct branch *branch, const struct shown *shown)
{
    add_branch(cfg, branch, arena_format(cfg->arena, "%.*s: %.*s", SLICE_ARGS(shown->name), SLICE_ARGS(shown->value)));
}

static void add_elements(struct cfg *cfg, struct branch *branch, struct shown *shown)
{
    struct branch *list = add_branch(cfg, branch, shown->name);
    sort_shown(shown);
    for (size_t i = 0; i < shown->count; i++) {
        struct shown *element = shown->items[i];
        struct branch *below = add_branch(cfg, list, arena_format(cfg->arena, "%zu", i));
        sort_shown(element);
        for (size_t k = 0; k < element->count; k++)
            add_value(cfg, below, element->items[k]);
    }
}

static bool add_fields(struct cfg *cfg, const struct view *view, struct tree *root, struct branch *branch)
{
    struct shown list = {0};
    for (size_t i = 0; i < view->fields.count; i++)
        if (!find_field(cfg, &view->fields.items[i], root, &list))
            return false;
    sort_shown(&list);
    for (size_t i = 0; i < list.count; i++) {
        if (list.items[i]->count)
            add_elements(cfg, branch, list.items[i]);
        else
            add_value(cfg, branch, list.items[i]);
    }
    return true;
}

// --- Objects.

struct object {
    struct tree *root;
    struct cfg_meta meta;
    struct slice path, directory, base;
    struct slice id, owner;  // for drawing by owners; `owner` may be empty
    size_t place;            // in the input
    struct object **items;   // the objects that it owns
    size_t count, capacity;
};

struct object_list {
    struct object **items;
    size_t count, capacity;
};

static struct slice base_of(struct slice path)
{
    if (!path.length)
        return slice_literal(".");
    if (path.data[path.length - 1] == '/')
        path.length--;
    return path_base(path);
}

static struct object *object_new(struct cfg *cfg, struct tree *root, size_t place)
{
    struct object *object = arena_new(cfg->arena, struct object);
    object->root = root;
    object->place = place;
    object->meta = cfg_meta_of(root);
    object->path = cfg_annotation(root, CFG_PATH);
    object->directory = path_clean(cfg->arena, path_directory(object->path));
    object->base = base_of(object->path);
    return object;
}

static int compare_objects(const void *first, const void *second)
{
    const struct object *a = *(struct object *const *)first, *b = *(struct object *const *)second;
    const struct slice texts[][2] = {
        {a->base, b->base},           {a->meta.namespace, b->meta.namespace},     {a->meta.name, b->meta.name},
        {a->meta.kind, b->meta.kind}, {a->meta.api_version, b->meta.api_version},
    };
    int order = 0;
    for (size_t i = 0; i < countof(texts) && !order; i++)
        order = slice_compare(texts[i][0], texts[i][1]);
    // If objects are equal, kustomize puts the later one first.
    return order ? order : a->place > b->place ? -1 : a->place < b->place;
}

// NULL: diagnosed.
static struct branch *add_object(struct cfg *cfg, const struct view *view, struct object *object, struct slice meta,
                                 struct branch *parent)
{
    const struct cfg_meta *says = &object->meta;
    struct branch *branch = add_branch(cfg, parent,
                                       arena_format(cfg->arena, "%.*s %.*s%s%.*s", SLICE_ARGS(says->kind),
                                                    SLICE_ARGS(says->namespace), says->namespace.length ? "/" : "",
                                                    SLICE_ARGS(says->name)));
    branch->has_meta = true;
    branch->meta = meta;
    return add_fields(cfg, view, object->root, branch) ? branch : NULL;
}

// --- By directories.

static int compare_by_directory(const void *first, const void *second)
{
    const struct object *a = *(struct object *const *)first, *b = *(struct object *const *)second;
    int order = slice_compare(a->directory, b->directory);
    return order ? order : compare_objects(first, second);
}

// Stores the name to show for a directory. False: diagnosed (it cannot be examined).
static bool branch_name(struct cfg *cfg, const struct view *view, struct slice directory, struct slice *name)
{
    struct stat status;
    struct slice place = path_join(cfg->arena, view->root, directory);
    struct slice file = path_join(cfg->arena, place, slice_literal(PACKAGE_FILE));
    bool found = stat(arena_copy(cfg->arena, file).data, &status) == 0;
    *name = base_of(directory);
    if (!found && errno == ENOENT)
        return true;
    // If there is a file instead of the directory, kustomize takes it for a package.
    if (!found && errno != ENOTDIR && errno != ELOOP && errno != ENAMETOOLONG)
        return diagnose(cfg->diagnostics, (struct position){0}, "cannot read '%.*s': %s", SLICE_ARGS(file),
                        strerror(errno));
    *name = arena_format(cfg->arena, "Pkg: %.*s", SLICE_ARGS(*name));
    return true;
}

// A directory that has been drawn, and its branch.
struct place {
    struct slice directory;
    struct branch *branch;
};

struct places {
    struct place *items;
    size_t count, capacity;
};

// Adds the branch of a directory. Directories arrive in order, so the parents of a new one are at the start of `way`,
// the path to the previous one. Like kustomize, this compares prefixes of paths, so `app-db` is drawn below `app`.
// NULL: diagnosed.
static struct branch *directory_branch(struct cfg *cfg, const struct view *view, struct places *way, struct branch *top,
                                       struct slice directory)
{
    while (way->count && !slice_starts_with(directory, way->items[way->count - 1].directory))
        way->count--;
    struct branch *parent = way->count ? way->items[way->count - 1].branch : top;
    bool is_top = slice_equals(directory, ".");
    struct place place = {directory, parent};
    struct slice name;
    if (!is_top && !branch_name(cfg, view, directory, &name))
        return NULL;
    if (!is_top)
        place.branch = add_branch(cfg, parent, name);
    list_append(cfg->arena, way, place);
    return place.branch;
}

static bool draw_directories(struct cfg *cfg, const struct view *view, const struct tree_documents *objects,
                             struct branch *top)
{
    struct object_list list = {0};
    for (size_t i = 0; i < objects->count; i++) {
        if (!cfg_complete_annotations(cfg, objects->items[i]->root))
            return false;
        struct object *object = object_new(cfg, objects->items[i]->root, i);
        if (object->meta.kind.length)
            list_append(cfg->arena, &list, object);
    }
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, compare_by_directory);
    struct places way = {0};
    struct branch *branch = NULL;
    for (size_t i = 0; i < list.count; i++) {
        struct object *object = list.items[i];
        if (i == 0 || !slice_equal(object->directory, list.items[i - 1]->directory))
            branch = directory_branch(cfg, view, &way, top, object->directory);
        if (!branch || !add_object(cfg, view, object, object->base, branch))
            return false;
    }
    return true;
}

// --- By owners.

static struct slice object_id(struct cfg *cfg, struct slice kind, struct slice namespace, struct slice name)
{
    return arena_format(cfg->arena, "%.*s %.*s/%.*s", SLICE_ARGS(kind), SLICE_ARGS(namespace), SLICE_ARGS(name));
}

// For messages: "Deployment 'web' in namespace 'prod'".
static struct slice words_of_id(struct cfg *cfg, struct slice id)
{
    struct slice kind, namespace, name;
    slice_cut(id, ' ', &kind, &id);
    slice_cut(id, '/', &namespace, &name);
    return namespace.length ? arena_format(cfg->arena, "%.*s '%.*s' in namespace '%.*s'", SLICE_ARGS(kind),
                                           SLICE_ARGS(name), SLICE_ARGS(namespace))
                            : arena_format(cfg->arena, "%.*s '%.*s'", SLICE_ARGS(kind), SLICE_ARGS(name));
}

static struct slice text_in(const struct tree *map, const char *key)
{
    const struct tree *value = tree_get(map, slice_from(key));
    return tree_is_empty(value) ? (struct slice){0} : value->text;
}

// Finds the owner, which is in the object's own namespace. False: diagnosed.
static bool find_owner(struct cfg *cfg, struct object *object)
{
    struct tree *metadata, *owners = NULL;
    if (!cfg_look_up(cfg, object->root, slice_literal("metadata"), &metadata) ||
        !cfg_look_up(cfg, metadata, slice_literal("ownerReferences"), &owners))
        return false;
    if (tree_is_null(owners))
        return true;
    if (owners->kind != TREE_SEQUENCE)
        return cfg_diagnose_kind(cfg, owners, TREE_SEQUENCE);
    if (owners->count)
        object->owner = object_id(cfg, text_in(owners->items[0], "kind"), object->meta.namespace,
                                  text_in(owners->items[0], "name"));
    return true;
}

static int compare_ids(const void *first, const void *second)
{
    const struct object *a = *(struct object *const *)first, *b = *(struct object *const *)second;
    return slice_compare(a->id, b->id);
}

static struct object *find_by_id(const struct object_list *sorted, struct slice id)
{
    struct object wanted = {.id = id}, *key = &wanted;
    if (!sorted->count)
        return NULL;
    struct object **found = bsearch(&key, sorted->items, sorted->count, sizeof *sorted->items, compare_ids);
    return found ? *found : NULL;
}

// Adds the objects sorted by ID. Only the last of several with the same ID is kept.
static void add_sorted(struct cfg *cfg, struct object_list *sorted, const struct object_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        list_append(cfg->arena, sorted, list->items[i]);
    if (sorted->count)
        qsort(sorted->items, sorted->count, sizeof *sorted->items, compare_ids);
    size_t kept = 0;
    for (size_t i = 0; i < sorted->count; i++) {
        struct object *object = sorted->items[i];
        if (kept && slice_equal(sorted->items[kept - 1]->id, object->id)) {
            if (object->place > sorted->items[kept - 1]->place)
                sorted->items[kept - 1] = object;
        } else {
            sorted->items[kept++] = object;
        }
    }
    sorted->count = kept;
}

static bool link_owners(struct cfg *cfg, const struct object_list *list, struct object *top)
{
    struct object_list sorted = {0};
    add_sorted(cfg, &sorted, list);
    for (size_t i = 0; i < list->count; i++) {
        struct object *object = list->items[i];
        struct object *owner = object->owner.length ? find_by_id(&sorted, object->owner) : top;
        if (!owner)
            return diagnose(cfg->diagnostics, object->root->position, "the owner %.*s is not among the resources",
                            SLICE_ARGS(words_of_id(cfg, object->owner)));
        list_append(cfg->arena, owner, find_by_id(&sorted, object->id));
    }
    return true;
}

// Draws the objects below their owner. Objects that own each other in a cycle are never reached from the top.
static bool add_owned(struct cfg *cfg, const struct view *view, struct object *owner, struct branch *branch, int depth)
{
    if (depth > NODE_DEPTH_MAX)
        return diagnose(cfg->diagnostics, owner->root->position,
                        "%.*s has more than %d owners above it, or owns itself",
                        SLICE_ARGS(words_of_id(cfg, owner->id)), NODE_DEPTH_MAX);
    if (owner->count)
        qsort(owner->items, owner->count, sizeof *owner->items, compare_objects);
    for (size_t i = 0; i < owner->count; i++) {
        struct branch *below = add_object(cfg, view, owner->items[i], slice_literal("Resource"), branch);
        if (!below || !add_owned(cfg, view, owner->items[i], below, depth + 1))
            return false;
    }
    return true;
}

static bool draw_owners(struct cfg *cfg, const struct view *view, const struct tree_documents *objects,
                        struct branch *top)
{
    struct object_list list = {0};
    struct object none = {0};
    for (size_t i = 0; i < objects->count; i++) {
        struct object *object = object_new(cfg, objects->items[i]->root, i);
        if (!object->meta.known && !tree_is_null(object->root))
            return diagnose(cfg->diagnostics, object->root->position,
                            "expected a resource, but this has neither kind nor metadata");
        object->id = object_id(cfg, object->meta.kind, object->meta.namespace, object->meta.name);
        if (!find_owner(cfg, object))
            return false;
        list_append(cfg->arena, &list, object);
    }
    return link_owners(cfg, &list, &none) && add_owned(cfg, view, &none, top, 0);
}

static bool have_owners(const struct tree_documents *objects)
{
    for (size_t i = 0; i < objects->count; i++) {
        const struct tree *metadata = tree_get(objects->items[i]->root, slice_literal("metadata"));
        if (tree_get(metadata, slice_literal("ownerReferences")))
            return true;
    }
    return false;
}

// --- Views.

static struct slice join_words(struct cfg *cfg, const struct query_words *words)
{
    struct slice text = {0};
    for (size_t i = 0; i < words->count; i++)
        text = arena_format(cfg->arena, "%.*s%s%.*s", SLICE_ARGS(text), i ? "." : "", SLICE_ARGS(words->items[i]));
    return text;
}

void view_add_field(struct cfg *cfg, struct view *view, const struct query_words *words)
{
    static const char *const containers[] = {"spec.template.spec.containers",
                                             "spec.jobTemplate.spec.template.spec.containers", "spec.containers"};
    struct view_field field = {.name = join_words(cfg, words)};
    for (size_t i = 0; i < countof(containers); i++)
        if (slice_starts_with(field.name, slice_from(containers[i]))) {
            field.name = slice_from(containers[i]);
            field.sub_name = words->items[words->count - 1];
            break;
        }
    query_compile(cfg, words, &field.query);
    list_append(cfg->arena, &view->fields, field);
}

bool view_draw(struct cfg *cfg, const struct view *view, const struct tree_documents *objects, struct buffer *out)
{
    struct branch top = {0};
    bool owners = view->structure == VIEW_OWNERS || (view->structure == VIEW_ANY && have_owners(objects));
    if (owners ? !draw_owners(cfg, view, objects, &top) : !draw_directories(cfg, view, objects, &top))
        return false;
    buffer_add_slice(out, owners ? slice_literal(".") : view->root);
    buffer_add_byte(out, '\n');
    draw(out, cfg->arena, &top, (struct slice){0});
    return true;
}
