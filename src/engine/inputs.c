// engine/inputs.c
//
// Finds what a root depends on, from the graph: files, missing paths, URLs, programs, and a digest of all of them.
#include <limits.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/engine.h"
#include "kustomization/kustomization.h"
#include "load/path.h"

enum { TREE_DEPTH_MAX = 64, HASH_SIZE = crypto_hash_sha256_BYTES };

struct input {
    struct engine_input shown;
    unsigned char hash[HASH_SIZE];
};

struct input_list {
    struct input *items;
    size_t count, capacity;
};

// The files of a node of the graph.
struct facts {
    bool known;
    struct input_list inputs;
    struct path_list missing;
};

struct finder {
    struct engine *engine;
    struct facts *facts;  // one per node
    bool *edges_taken;    // one per node
};

// --- Files.

static void hash_text(unsigned char *hash, struct slice text)
{
    crypto_hash_sha256(hash, (const unsigned char *)(text.data ? text.data : ""), text.length);
}

static void hash_file(struct finder *finder, struct slice path, unsigned char *hash)
{
    const struct file_system *files = finder->engine->changes.files;
    struct arena scratch = {0};
    struct slice content, reason;
    // An unreadable file makes the build fail whatever it contains, so hash the reason.
    if (!files->read(files->state, &scratch, path, &content, &reason))
        content = reason;
    hash_text(hash, content);
    arena_free(&scratch);
}

static void add_link(struct finder *finder, struct slice path, struct slice absolute, struct facts *facts)
{
    struct input input = {.shown = {path, ENGINE_LINK}};
    char target[PATH_MAX];
    struct stat status;
    ssize_t length = readlink(absolute.data, target, sizeof target);
    hash_text(input.hash, (struct slice){target, length > 0 ? (size_t)length : 0});
    if (stat(absolute.data, &status) == 0 && S_ISREG(status.st_mode)) {
        unsigned char both[2 * HASH_SIZE];
        memcpy(both, input.hash, HASH_SIZE);
        hash_file(finder, absolute, both + HASH_SIZE);
        hash_text(input.hash, (struct slice){(const char *)both, sizeof both});
        input.shown.kind = ENGINE_LINK_TO_FILE;
    }
    list_append(&finder->engine->build->arena, &facts->inputs, input);
}

static void add_tree(struct finder *finder, struct slice path, size_t depth, struct facts *facts);

// Adds a path, which is relative to the top of the repository.
static void add_path(struct finder *finder, struct slice path, size_t depth, struct facts *facts)
{
    struct engine *engine = finder->engine;
    struct slice absolute = changes_absolute(&engine->changes, path), shown = engine_shown(engine, path);
    struct input input = {.shown = {shown, ENGINE_FILE}};
    struct stat status;
    if (engine_makes(engine, shown))
        return;
    if (lstat(absolute.data, &status) != 0) {
        list_append(&engine->build->arena, &facts->missing, shown);
    } else if (S_ISLNK(status.st_mode)) {
        add_link(finder, shown, absolute, facts);
    } else if (S_ISREG(status.st_mode)) {
        hash_file(finder, absolute, input.hash);
        list_append(&engine->build->arena, &facts->inputs, input);
    } else if (S_ISDIR(status.st_mode) && depth) {
        add_tree(finder, path, depth, facts);
    }
}

static void add_tree(struct finder *finder, struct slice path, size_t depth, struct facts *facts)
{
    struct engine *engine = finder->engine;
    struct arena *arena = &engine->build->arena;
    const struct file_system *files = engine->changes.files;
    struct path_list names = {0};
    if (depth == TREE_DEPTH_MAX || !files->list(files->state, arena, changes_absolute(&engine->changes, path), &names))
        return;
    for (size_t i = 0; i < names.count; i++)
        if (!slice_equals(names.items[i], ".git"))
            add_path(finder, path_join(arena, path, names.items[i]), depth + 1, facts);
}

static bool is_directory(struct finder *finder, struct slice path)
{
    const struct file_system *files = finder->engine->changes.files;
    return files->kind(files->state, changes_absolute(&finder->engine->changes, path)) == FILE_DIRECTORY;
}

static const struct facts *facts_of(struct finder *finder, uint32_t number)
{
    struct arena *arena = &finder->engine->build->arena;
    const struct graph_node *node = &finder->engine->graph.nodes.items[number];
    struct facts *facts = &finder->facts[number];
    struct slice path = node->path;
    if (facts->known)
        return facts;
    facts->known = true;
    if (slice_ends_with(path, slice_literal("/"))) {
        path.length--;
        add_path(finder, arena_copy(arena, path), 1, facts);
        return facts;
    }
    add_path(finder, path, 0, facts);
    // All names of kustomization files matter: a first one would make the directory a root, and a second one is an
    // error.
    bool is_built = node->is_after || (node->named_after && is_directory(finder, path));
    for (size_t i = 0; i < countof(kustomization_file_names) && is_built; i++)
        add_path(finder, path_join(arena, path, slice_from(kustomization_file_names[i])), 0, facts);
    return facts;
}

// --- Sorting.

static int compare_inputs(const void *a, const void *b)
{
    return slice_compare(((const struct input *)a)->shown.path, ((const struct input *)b)->shown.path);
}

static void sort_inputs(struct input_list *list)
{
    size_t count = 0;
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_inputs);
    for (size_t i = 0; i < list->count; i++)
        if (!count || compare_inputs(&list->items[count - 1], &list->items[i]) != 0)
            list->items[count++] = list->items[i];
    list->count = count;
}

// --- The digest.

static void digest_bytes(crypto_hash_sha256_state *state, struct slice text)
{
    unsigned char length[8];
    for (size_t i = 0; i < sizeof length; i++)
        length[i] = (unsigned char)((uint64_t)text.length >> (8 * i));
    crypto_hash_sha256_update(state, length, sizeof length);
    if (text.length)
        crypto_hash_sha256_update(state, (const unsigned char *)text.data, text.length);
}

static void digest_list(crypto_hash_sha256_state *state, const struct path_list *list)
{
    unsigned char count = list->count > 0;
    crypto_hash_sha256_update(state, &count, 1);
    for (size_t i = 0; i < list->count; i++)
        digest_bytes(state, list->items[i]);
    digest_bytes(state, (struct slice){0});
}

// Adds the settings in .kiln.yaml that affect the output. Its flags for the root are already among the root's flags.
static void digest_settings(crypto_hash_sha256_state *state, const struct config *config)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        unsigned char value = config ? (unsigned char)config->settings[i].value : 0;
        crypto_hash_sha256_update(state, &value, 1);
    }
}

static struct slice digest(struct finder *finder, const struct engine_root *root, const struct input_list *inputs)
{
    struct engine *engine = finder->engine;
    crypto_hash_sha256_state state;
    unsigned char hash[HASH_SIZE];
    char hex[2 * HASH_SIZE + 1];
    crypto_hash_sha256_init(&state);
    digest_list(&state, &engine->request->salt);
    digest_settings(&state, engine->config);
    digest_bytes(&state, root->path);
    digest_list(&state, &root->flags);
    for (size_t i = 0; i < inputs->count; i++) {
        digest_bytes(&state, inputs->items[i].shown.path);
        digest_bytes(&state, (struct slice){(const char *)inputs->items[i].hash, HASH_SIZE});
    }
    digest_list(&state, &root->missing);
    digest_list(&state, &root->remote);
    digest_list(&state, &root->programs);
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return arena_format(&engine->build->arena, "sha256:%s", hex);
}

// --- A root.

static void add_names(struct arena *arena, const struct graph_names *names, uint32_t node, struct path_list *list)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&names->by_node, node); hash_cursor_next(&at, &number);)
        if (names->items[number].node == node)
            list_append(arena, list, names->items[number].text);
}

static void take_edges(struct finder *finder, uint32_t number)
{
    struct engine *engine = finder->engine;
    const struct graph *graph = &engine->graph;
    if (finder->edges_taken[number])
        return;
    finder->edges_taken[number] = true;
    for (uint32_t i = graph->nodes.items[number].first_out; i != GRAPH_NONE; i = graph->edges.items[i].next_out) {
        const struct graph_edge *edge = &graph->edges.items[i];
        if (!edge->file.length || !edge->is_after)
            continue;
        struct slice to = graph->nodes.items[edge->to].path;
        if (slice_ends_with(to, slice_literal("/")))
            to.length--;
        struct engine_edge found = {
            .from = engine_shown(engine, graph->nodes.items[number].path),
            .to = engine_shown(engine, to),
            .file = engine_shown(engine, edge->file),
            .field = edge->field,
            .line = edge->line,
            .column = edge->column,
        };
        list_append(&engine->build->arena, &engine->edges, found);
    }
}

static void add_node(struct finder *finder, struct engine_root *root, uint32_t number, struct input_list *inputs)
{
    struct engine *engine = finder->engine;
    struct arena *arena = &engine->build->arena;
    const struct facts *facts = facts_of(finder, number);
    for (size_t i = 0; i < facts->inputs.count; i++)
        list_append(arena, inputs, facts->inputs.items[i]);
    for (size_t i = 0; i < facts->missing.count; i++)
        list_append(arena, &root->missing, facts->missing.items[i]);
    add_names(arena, &engine->graph.remotes, number, &root->remote);
    add_names(arena, &engine->graph.programs, number, &root->programs);
    take_edges(finder, number);
}

static void walk(struct finder *finder, struct engine_root *root, struct input_list *inputs)
{
    struct graph *graph = &finder->engine->graph;
    struct arena *arena = &finder->engine->build->arena;
    struct {
        uint32_t *items;
        size_t count, capacity;
    } waiting = {0};
    uint32_t mark = ++graph->last_mark;
    list_append(arena, &waiting, root->node);
    for (size_t next = 0; next < waiting.count; next++) {
        struct graph_node *node = &graph->nodes.items[waiting.items[next]];
        if (node->mark == mark)
            continue;
        node->mark = mark;
        add_node(finder, root, waiting.items[next], inputs);
        for (uint32_t i = node->first_out; i != GRAPH_NONE; i = graph->edges.items[i].next_out)
            if (graph->edges.items[i].is_after)
                list_append(arena, &waiting, graph->edges.items[i].to);
    }
}

// Adds .kiln.yaml to the inputs, but not to the digest, since most of its content doesn't affect the output.
static void add_config(struct finder *finder, struct engine_root *root)
{
    struct engine *engine = finder->engine;
    struct arena *arena = &engine->build->arena;
    if (engine->config_file.length)
        list_append(arena, &root->inputs, ((struct engine_input){engine->config_file, ENGINE_FILE}));
    else if (!engine->request->no_config && engine->changes.has_repository)
        list_append(arena, &root->missing, engine_shown(engine, slice_literal(CONFIG_FILE_NAME)));
}

static int compare_shown(const void *a, const void *b)
{
    return slice_compare(((const struct engine_input *)a)->path, ((const struct engine_input *)b)->path);
}

static void find_root(struct finder *finder, struct engine_root *root)
{
    struct arena *arena = &finder->engine->build->arena;
    struct input_list inputs = {0};
    walk(finder, root, &inputs);
    sort_inputs(&inputs);
    path_list_sort_once(&root->missing);
    path_list_sort_once(&root->remote);
    path_list_sort_once(&root->programs);
    root->digest = digest(finder, root, &inputs);
    add_config(finder, root);
    for (size_t i = 0; i < inputs.count; i++)
        list_append(arena, &root->inputs, inputs.items[i].shown);
    if (root->inputs.count)
        qsort(root->inputs.items, root->inputs.count, sizeof *root->inputs.items, compare_shown);
    path_list_sort_once(&root->missing);
}

static int compare_edges(const void *a, const void *b)
{
    const struct engine_edge *left = a, *right = b;
    int order = slice_compare(left->from, right->from);
    order = order ? order : slice_compare(left->file, right->file);
    if (!order && left->line != right->line)
        order = left->line < right->line ? -1 : 1;
    if (!order && left->column != right->column)
        order = left->column < right->column ? -1 : 1;
    order = order ? order : slice_compare(left->field, right->field);
    return order ? order : slice_compare(left->to, right->to);
}

void engine_find_inputs(struct engine *engine)
{
    struct arena *arena = &engine->build->arena;
    struct finder finder = {
        .engine = engine,
        .facts = arena_array(arena, struct facts, engine->graph.nodes.count),
        .edges_taken = arena_array(arena, bool, engine->graph.nodes.count),
    };
    for (size_t i = 0; i < engine->roots.count; i++)
        find_root(&finder, &engine->roots.items[i]);
    if (engine->edges.count)
        qsort(engine->edges.items, engine->edges.count, sizeof *engine->edges.items, compare_edges);
}
