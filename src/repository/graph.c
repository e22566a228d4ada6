#include "repository/graph.h"

#include <stdlib.h>

#include "kustomization/kustomization.h"
#include "load/glob.h"
#include "load/path.h"
#include "load/remote_url.h"
#include "repository/graph_reading.h"
#include "repository/roots.h"

enum { LINKS_MAX = 40 };

// --- Nodes and edges.

static uint32_t find(const struct graph *graph, struct slice path, uint64_t hash)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&graph->by_path, hash); hash_cursor_next(&at, &number);)
        if (slice_equal(graph->nodes.items[number].path, path))
            return number;
    return GRAPH_NONE;
}

uint32_t graph_find(const struct graph *graph, struct slice path)
{
    return find(graph, path, slice_hash(path));
}

uint32_t graph_node_of(struct graph *graph, struct slice path)
{
    uint64_t hash = slice_hash(path);
    uint32_t number = find(graph, path, hash);
    if (number != GRAPH_NONE)
        return number;
    number = (uint32_t)graph->nodes.count;
    hash_index_add(&graph->build->arena, &graph->by_path, hash, number);
    list_append(&graph->build->arena, &graph->nodes,
                ((struct graph_node){.path = path,
                                     .first_out = GRAPH_NONE,
                                     .last_out = GRAPH_NONE,
                                     .first_in = GRAPH_NONE,
                                     .change = GRAPH_NONE}));
    return number;
}

struct slice graph_tree_path(struct arena *arena, struct slice directory)
{
    return arena_format(arena, "%.*s/", SLICE_ARGS(directory));
}

void graph_add_edge(struct graph *graph, struct graph_edge edge)
{
    uint32_t number = (uint32_t)graph->edges.count;
    struct graph_node *from = &graph->nodes.items[edge.from], *to = &graph->nodes.items[edge.to];
    edge.next_out = GRAPH_NONE;
    edge.next_in = to->first_in;
    if (from->last_out == GRAPH_NONE)
        from->first_out = number;
    else
        graph->edges.items[from->last_out].next_out = number;
    from->last_out = number;
    to->first_in = number;
    list_append(&graph->build->arena, &graph->edges, edge);
}

// Adds an edge that follows from the paths alone, in both states.
static void add_path_edge(struct graph *graph, uint32_t from, uint32_t to)
{
    if (from != to)
        graph_add_edge(graph, (struct graph_edge){.from = from, .to = to, .is_before = true, .is_after = true});
}

void graph_add_unknown(struct graph *graph, uint32_t node, struct slice why)
{
    for (size_t i = graph->unknown.count; i > 0 && graph->unknown.items[i - 1].node == node; i--)
        if (slice_equal(graph->unknown.items[i - 1].why, why))
            return;
    list_append(&graph->build->arena, &graph->unknown, ((struct graph_unknown){node, why}));
}

void graph_add_name(struct graph *graph, struct graph_names *names, uint32_t node, struct slice text)
{
    struct arena *arena = &graph->build->arena;
    hash_index_add(arena, &names->by_node, node, (uint32_t)names->count);
    list_append(arena, names, ((struct graph_name){node, text}));
}

// --- Paths: links in them, and files that Git doesn't track.

static uint32_t settled_node(struct graph *, struct slice path, bool tree, unsigned links);

static void follow_link(struct graph *graph, uint32_t node, const struct listed_file *link, struct slice rest,
                        bool tree, unsigned links)
{
    struct arena *arena = &graph->build->arena;
    struct slice target;
    if (links == LINKS_MAX || !changes_link(graph->changes, link, &target))
        return;
    target = path_join(arena, path_directory(link->path), target);
    if (rest.length)
        target = path_join(arena, target, rest);
    if (target.length > GRAPH_PATH_MAX)
        return;
    if (path_leads_out(target))
        graph_add_unknown(graph, node,
                          arena_format(arena, "the link '%.*s' leads out of the repository", SLICE_ARGS(link->path)));
    else
        add_path_edge(graph, node, settled_node(graph, target, tree, links + 1));
}

// Follows links and submodules in a path.
static void follow_path(struct graph *graph, uint32_t node, struct slice path, bool tree, unsigned links)
{
    struct listed_file found_link;
    for (size_t end = 1; end <= path.length && changes_have_links(graph->changes); end++) {
        if (end < path.length && path.data[end] != '/')
            continue;
        struct slice prefix = slice_part(path, 0, end);
        if (!changes_find_link(graph->changes, prefix, &found_link))
            continue;
        uint32_t passed = graph_node_of(graph, prefix);
        graph->nodes.items[passed].is_link = true;
        add_path_edge(graph, node, passed);
        if (found_link.entry != GIT_ENTRY_LINK)
            continue;
        follow_link(graph, node, &found_link, end < path.length ? slice_from_index(path, end + 1) : (struct slice){0},
                    tree, links);
        return;
    }
}

// Follows links below a directory that is read as a whole.
static void follow_links_below(struct graph *graph, uint32_t node, struct slice directory, unsigned links)
{
    for (size_t i = 0; i < graph->links.count; i++) {
        struct listed_file link = graph->changes->listed.items[graph->links.items[i]];
        bool below = link.path.length > directory.length && link.path.data[directory.length] == '/' &&
                     slice_starts_with(link.path, directory);
        if (below || slice_equals(directory, "."))
            follow_link(graph, node, &link, (struct slice){0}, true, links);
    }
}

static const struct change *add_ignored(struct graph *graph, struct slice path)
{
    return changes_add(
        graph->changes,
        (struct change){.path = path, .status = CHANGE_IGNORED, .before = GIT_ENTRY_FILE, .after = GIT_ENTRY_FILE});
}

// A named path may exist although Git doesn't track it.
static void look_for_ignored(struct graph *graph, struct slice path)
{
    struct changes *changes = graph->changes;
    const struct file_system *files = changes->files;
    if (changes->after || !changes->has_repository || changes_listed(changes, path) ||
        changes_lists_below(changes, path))
        return;
    // Changes in a submodule are known from the submodule itself.
    struct listed_file found_link;
    for (struct slice at = path; changes->listed.has_links && at.length > 1; at = path_directory(at))
        if (changes_find_link(changes, at, &found_link))
            return;
    if (files->kind(files->state, changes_absolute(changes, path)) != FILE_MISSING)
        add_ignored(graph, path);
}

// The node of a named path. Everything that can be known about the path is found out only once.
static uint32_t settled_node(struct graph *graph, struct slice path, bool tree, unsigned links)
{
    struct slice name = tree ? graph_tree_path(&graph->build->arena, path) : path;
    uint32_t node = graph_node_of(graph, name);
    if (graph->nodes.items[node].is_settled)
        return node;
    graph->nodes.items[node].is_settled = true;
    follow_path(graph, node, path, tree, links);
    if (tree)
        follow_links_below(graph, node, path, links);
    if (!graph->nodes.items[node].is_candidate)
        look_for_ignored(graph, path);
    return node;
}

uint32_t graph_settled_node_of(struct graph *graph, struct slice path)
{
    return settled_node(graph, path, false, 0);
}

uint32_t graph_settled_tree_of(struct graph *graph, struct slice path)
{
    return settled_node(graph, path, true, 0);
}

// --- References.

void graph_add_reference_edge(const struct graph_reading *reading, uint32_t to, const struct reference *reference,
                              bool possible)
{
    struct position position = reference->path.position;
    position = source_place(sources_get(&reading->graph->build->sources, position.file), position);
    struct graph_edge edge = {
        .from = reading->from,
        .to = to,
        .file = reading->file,
        .field = reference->field,
        .line = position.line,
        .column = position.column,
        .is_before = reading->is_before,
        .is_after = reading->is_after,
        .is_possible = possible,
    };
    graph_add_edge(reading->graph, edge);
}

static bool may_name_directory(enum reference_kind kind)
{
    return kind == REFERENCE_DIRECTORY || kind == REFERENCE_RESOURCE || kind == REFERENCE_PLUGIN;
}

static bool is_digits(struct slice text, const char *also)
{
    for (size_t i = 0; i < text.length; i++)
        if (!(text.data[i] >= '0' && text.data[i] <= '9') && !strchr(also, text.data[i]))
            return false;
    return text.length > 0;
}

// True for a commit, or a name that looks like a version and so doesn't move.
static bool is_fixed(struct slice reference)
{
    enum { COMMIT_LENGTH_LEAST = 7 };
    if (reference.length >= COMMIT_LENGTH_LEAST && is_digits(reference, "abcdef"))
        return true;
    size_t start = 0;
    while (start < reference.length && !(reference.data[start] >= '0' && reference.data[start] <= '9'))
        start++;
    return slice_find_byte(slice_from_index(reference, start), '.') != SLICE_NOT_FOUND;
}

static void note_remote(const struct graph_reading *reading, const struct reference *reference)
{
    struct arena *arena = &reading->graph->build->arena;
    struct slice text = reference->path.slice, shown;
    struct git_url url;
    bool is_repository = git_url_parse(arena, text, &url);
    if (!is_repository && !url_is_http(text))
        return;
    shown = arena_copy(arena, url_shown(arena, text));
    graph_add_name(reading->graph, &reading->graph->remotes, reading->from, shown);
    if (is_repository && is_fixed(url.reference))
        return;
    struct slice why = arena_format(arena, "the content of '%.*s' may change without a change in this repository",
                                    SLICE_ARGS(shown));
    graph_add_unknown(reading->graph, reading->from, why);
}

// A directory whose kustomization is in no list of files, because it is ignored or in a submodule. It is read later.
static void look_for_kustomization(struct graph *graph, uint32_t number, struct slice path)
{
    const struct file_system *files = graph->changes->files;
    if (graph->nodes.items[number].is_read)
        return;
    if (files->kind(files->state, changes_absolute(graph->changes, path)) == FILE_DIRECTORY)
        list_append(&graph->build->arena, &graph->found, number);
}

static void name_directory(const struct graph_reading *reading, uint32_t to)
{
    struct graph *graph = reading->graph;
    struct graph_node *node = &graph->nodes.items[to];
    struct naming naming = {reading->from, to};
    if (to == reading->from)
        return;
    node->named_after = node->named_after || reading->is_after;
    if (reading->is_before)
        list_append(&graph->build->arena, &graph->before, naming);
    if (reading->is_after)
        list_append(&graph->build->arena, &graph->after, naming);
}

// The target of a link is named, too.
static void name_directories(const struct graph_reading *reading, uint32_t to)
{
    struct graph *graph = reading->graph;
    struct {
        uint32_t *items;
        size_t count, capacity;
    } waiting = {0};
    name_directory(reading, to);
    if (!changes_have_links(graph->changes))
        return;
    uint32_t mark = ++graph->last_mark;
    list_append(&graph->build->arena, &waiting, to);
    for (size_t next = 0; next < waiting.count; next++) {
        struct graph_node *node = &graph->nodes.items[waiting.items[next]];
        if (node->mark == mark)
            continue;
        node->mark = mark;
        name_directory(reading, waiting.items[next]);
        for (uint32_t i = node->first_out; i != GRAPH_NONE; i = graph->edges.items[i].next_out)
            if (!graph->edges.items[i].file.length)
                list_append(&graph->build->arena, &waiting, graph->edges.items[i].to);
    }
}

static void begin_plugin(const struct graph_reading *reading, const struct reference *reference, struct slice path)
{
    struct graph_reading marked = *reading;
    marked.plugin_mark = ++reading->graph->last_plugin_mark;
    graph_read_plugin(&marked, reference, path);
}

void graph_add_reference(const struct graph_reading *reading, const struct reference *reference)
{
    struct graph *graph = reading->graph;
    struct arena *arena = &graph->build->arena;
    struct slice text = reference_path(reference);
    bool objects = reference_may_be_inline(reference) && slice_find_byte(text, '\n') != SLICE_NOT_FOUND;
    if (objects || url_is_http(text)) {
        if (objects && reference->kind == REFERENCE_PLUGIN)
            begin_plugin(reading, reference, (struct slice){0});
        else
            note_remote(reading, reference);
        return;
    }
    struct slice path = path_join_clean(arena, graph->nodes.items[reading->from].path, text);
    if (path_is_absolute(path) && path_is_within(path, graph->changes->top))
        path = path_relative(arena, graph->changes->top, path);
    if (path_leads_out(path)) {
        graph_add_unknown(graph, reading->from,
                          arena_format(arena, "'%.*s' is outside the repository", SLICE_ARGS(text)));
        return;
    }
    if (path.length > GRAPH_PATH_MAX)
        return;
    uint32_t to = settled_node(graph, path, reference->kind == REFERENCE_CHART, 0);
    graph_add_reference_edge(reading, to, reference, false);
    if (reference->kind == REFERENCE_CHART)
        graph_add_name(graph, &graph->programs, reading->from, slice_literal("helm"));
    if (may_name_directory(reference->kind)) {
        bool is_file = changes_listed(graph->changes, path) != NULL;
        if (!is_file && !graph->nodes.items[to].is_candidate) {
            note_remote(reading, reference);
            look_for_kustomization(graph, to, path);
        }
        name_directories(reading, to);
    }
    if (reference->kind == REFERENCE_PLUGIN)
        begin_plugin(reading, reference, path);
}

void graph_add_references(const struct graph_reading *reading, const struct reference_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        graph_add_reference(reading, &list->items[i]);
}

// --- Kustomizations.

void graph_add_unparsed(struct graph *graph, struct slice path, size_t mark)
{
    struct diagnostics *diagnostics = &graph->build->diagnostics;
    struct graph_unparsed unparsed = {.path = path, .message = slice_literal("it cannot be read")};
    for (size_t i = mark; i < diagnostics->count; i++) {
        if (diagnostics->items[i].severity != SEVERITY_ERROR)
            continue;
        unparsed.line = diagnostics->items[i].position.line;
        unparsed.message = diagnostics->items[i].message;
        break;
    }
    for (size_t i = 0; i < graph->unparsed.count; i++)
        if (slice_equal(graph->unparsed.items[i].path, path))
            return;
    list_append(&graph->build->arena, &graph->unparsed, unparsed);
}

struct source *graph_add_source(struct graph *graph, struct slice path, struct slice content)
{
    const struct file_system *files = graph->changes->files;
    struct source *source = sources_add(&graph->build->sources, path, content);
    if (files->shared_text)
        source->shared = files->shared_text(files->state, content);
    return source;
}

// False: it cannot be parsed.
static bool parse(struct graph *graph, struct arena *arena, struct slice path, struct slice content,
                  const struct node **root)
{
    struct build *build = graph->build;
    struct read_context read = build_read_context(build);
    struct node *document = NULL;
    read.arena = arena;
    size_t mark = build->diagnostics.count;
    bool reads = yaml_read_first(&read, graph_add_source(graph, path, content), &document);
    if (!reads)
        graph_add_unparsed(graph, path, mark);
    diagnostics_forget(&build->diagnostics, mark);
    *root = document;
    return reads;
}

static void take_content(struct graph_reading *reading, const struct node *root)
{
    struct graph *graph = reading->graph;
    struct graph_node *node = &graph->nodes.items[reading->from];
    struct reference_list list = graph->spare;
    graph->spare = (struct reference_list){0};
    list.count = 0;
    bool component = root_is_component(root);
    if (reading->is_before)
        node->component_before = component;
    if (reading->is_after)
        node->component_after = component;
    references_in_kustomization(&graph->build->arena, root, &list);
    graph_add_references(reading, &list);
    graph->spare = list;
}

// Nodes are no longer needed once their references have been followed, so each kustomization reuses the memory of the
// previous one, unless it is read on behalf of another.
static void read_content(struct graph_reading *reading, struct slice content)
{
    enum { SIZE = 16 * 1024 };
    struct graph *graph = reading->graph;
    char *memory = graph->scratch ? graph->scratch : arena_allocate(&graph->build->arena, SIZE, 16);
    struct arena scratch = arena_over(memory, SIZE);
    const struct node *root;
    graph->scratch = NULL;
    if (parse(graph, &scratch, reading->file, content, &root))
        take_content(reading, root);
    memset(memory, 0, scratch.blocks || !scratch.next ? SIZE : (size_t)(scratch.next - memory));
    arena_free(&scratch);
    graph->scratch = memory;
}

static struct slice kustomization_path(struct graph *graph, uint32_t node, size_t name)
{
    return path_join_clean(&graph->build->arena, graph->nodes.items[node].path,
                           slice_from(kustomization_file_names[name]));
}

// Reads the older content of a kustomization.
static void read_before(struct graph *graph, uint32_t number, const struct change *change, bool *known)
{
    struct graph_reading reading = {.graph = graph, .from = number, .file = change->path, .is_before = true};
    struct slice content;
    *known = true;
    if (change->before == GIT_ENTRY_NONE)
        return;
    graph->nodes.items[number].is_before = true;
    if (!graph->nodes.items[number].file.length)
        graph->nodes.items[number].file = change->path;
    size_t unparsed = graph->unparsed.count;
    *known = changes_before(graph->changes, change, &content);
    // The file doesn't exist in the older state.
    if (!*known && change->is_named && graph->changes->base.length)
        graph->nodes.items[number].is_before = false;
    if (*known)
        read_content(&reading, content);
    graph->unparsed.count = unparsed;
}

// A second kustomization file that isn't read still counts, because the target of a link decides whether there are two.
static void follow_file_links(struct graph *graph, uint32_t number)
{
    struct listed_file found_link;
    for (size_t i = 0; i < countof(kustomization_file_names) && changes_have_links(graph->changes); i++) {
        struct slice path = kustomization_path(graph, number, i);
        if (changes_find_link(graph->changes, path, &found_link))
            add_path_edge(graph, number, settled_node(graph, path, false, 0));
    }
}

// Records a file that exists but can't be read, such as one that a partial clone lacks. Nobody knows what it names.
static void note_unreadable(struct graph *graph, struct slice path, struct slice reason)
{
    list_append(&graph->build->arena, &graph->unparsed, ((struct graph_unparsed){path, 0, reason}));
    uint32_t node = graph_find(graph, path_directory(path));
    const struct change *change = add_ignored(graph, path);
    if (node != GRAPH_NONE)
        graph->nodes.items[node].change = (uint32_t)(change - graph->changes->list.items);
}

// A kustomization file that can't be read still exists, even if it is a dangling link. A directory with its name isn't
// one.
static bool file_exists(struct graph *graph, struct slice path, const struct listed_file *listed, bool *is_link)
{
    struct changes *changes = graph->changes;
    struct listed_file link;
    *is_link = false;
    if (listed && listed->entry == GIT_ENTRY_FILE)
        return true;
    enum file_kind kind = changes->files->kind(changes->files->state, changes_absolute(changes, path));
    if (kind == FILE_DIRECTORY || (listed ? listed->entry != GIT_ENTRY_LINK : changes->has_repository))
        return false;
    *is_link = kind == FILE_MISSING && changes_find_link(changes, path, &link);
    return *is_link || kind != FILE_MISSING;
}

// Finds the first kustomization file that can be read, otherwise the first that exists. False: none exists.
static bool find_file(struct graph *graph, uint32_t number, struct slice *path, struct slice *content)
{
    struct changes *changes = graph->changes;
    bool is_known = changes->has_repository && graph->nodes.items[number].is_candidate;
    struct slice reason, unreadable = {0}, unreadable_reason = {0};
    bool is_link = false;
    for (size_t i = 0; i < countof(kustomization_file_names); i++) {
        *path = kustomization_path(graph, number, i);
        const struct listed_file *listed = changes_listed(changes, *path);
        if (is_known && !listed)
            continue;
        if (changes_after(changes, *path, content, &reason))
            return true;
        if (unreadable.length || !file_exists(graph, *path, listed, &is_link))
            continue;
        unreadable = *path;
        unreadable_reason = reason;
    }
    // The target of a link is known even if it doesn't exist.
    if (unreadable.length && is_link)
        list_append(&graph->build->arena, &graph->unparsed,
                    ((struct graph_unparsed){unreadable, 0, slice_literal("the link leads to nothing")}));
    else if (unreadable.length)
        note_unreadable(graph, unreadable, unreadable_reason);
    *path = unreadable;
    return unreadable.length > 0;
}

// A second kustomization file breaks the build even if Git ignores it, or doesn't show it because it is a pipe.
static void find_hidden_files(struct graph *graph, uint32_t number)
{
    struct changes *changes = graph->changes;
    const struct file_system *files = changes->files;
    for (size_t i = 0; i < countof(kustomization_file_names) && changes->hides_kustomizations; i++) {
        struct slice path = kustomization_path(graph, number, i);
        if (!graph->nodes.items[number].is_candidate || changes_listed(changes, path))
            continue;
        enum file_kind kind = files->kind(files->state, changes_absolute(changes, path));
        if (kind == FILE_MISSING || kind == FILE_DIRECTORY)
            continue;
        add_ignored(graph, path);
        add_path_edge(graph, number, graph_node_of(graph, path));
    }
}

void graph_read_kustomization(struct graph *graph, uint32_t number)
{
    struct slice content = {0}, path = {0};
    struct graph_node *node = &graph->nodes.items[number];
    struct change change = {0};
    bool known = true;
    node->is_read = true;
    bool found = find_file(graph, number, &path, &content);
    bool changed = node->change != GRAPH_NONE;
    if (changed)
        change = graph->changes->list.items[node->change];
    if (found) {
        node->is_after = true;
        node->is_before = !changed;
        node->file = path;
    }
    struct graph_reading reading = {
        .graph = graph, .from = number, .file = path, .is_before = !changed, .is_after = true};
    if (found)
        read_content(&reading, content);
    if (changed)
        read_before(graph, number, &change, &known);
    // The older kind is unknown, so assume that it hasn't changed.
    node = &graph->nodes.items[number];
    if (!known && node->is_before)
        node->component_before = node->component_after;
    follow_file_links(graph, number);
    find_hidden_files(graph, number);
}

// Runs before anything is read, so that references between kustomizations need no access to the disk.
static void mark(struct graph *graph, struct slice path, uint32_t change)
{
    if (!kustomization_is_file_name(path_base(path)))
        return;
    uint32_t number = graph_node_of(graph, arena_copy(&graph->build->arena, path_directory(path)));
    struct graph_node *node = &graph->nodes.items[number];
    node->is_candidate = true;
    // A file that was added next to an existing one doesn't replace its older state.
    if (change != GRAPH_NONE &&
        (node->change == GRAPH_NONE || graph->changes->list.items[node->change].status == CHANGE_ADDED))
        node->change = change;
}

static void mark_listed(struct graph *graph, size_t number)
{
    const struct listed_file *listed = &graph->changes->listed.items[number];
    mark(graph, listed->path, GRAPH_NONE);
    if (listed->entry == GIT_ENTRY_LINK)
        list_append(&graph->build->arena, &graph->links, (uint32_t)number);
}

static bool mark_from_disk(struct graph *graph)
{
    struct path_list directories = {0};
    struct changes *changes = graph->changes;
    if (!kustomizations_find(graph->build, changes->top, &directories))
        return false;
    for (size_t i = 0; i < directories.count; i++) {
        struct slice path = path_relative(&graph->build->arena, changes->top, directories.items[i]);
        uint32_t node = graph_node_of(graph, path);
        graph->nodes.items[node].is_candidate = true;
    }
    return true;
}

static void mark_tops(struct graph *graph)
{
    struct arena *arena = &graph->build->arena;
    const bool *before = rings_find_tops(arena, &graph->before, graph->nodes.count);
    const bool *after = rings_find_tops(arena, &graph->after, graph->nodes.count);
    for (size_t i = 0; i < graph->nodes.count; i++) {
        graph->nodes.items[i].top_before = before[i];
        graph->nodes.items[i].top_after = after[i];
    }
}

bool graph_open(struct build *build, struct changes *changes, struct graph *graph)
{
    *graph = (struct graph){.build = build, .changes = changes};
    // Most files are named by a kustomization, some by several. Unused memory isn't touched.
    list_reserve(&build->arena, &graph->nodes, 2 * changes->listed.count);
    list_reserve(&build->arena, &graph->edges, 2 * changes->listed.count);
    hash_index_reserve(&build->arena, &graph->by_path, (uint32_t)changes->listed.count);
    if (!changes->has_repository && !mark_from_disk(graph))
        return false;
    for (size_t i = 0; i < changes->listed.count; i++)
        mark_listed(graph, i);
    for (size_t i = 0; i < changes->list.count; i++)
        mark(graph, changes->list.items[i].path, (uint32_t)i);
    size_t count = graph->nodes.count;
    for (size_t i = 0; i < count; i++)
        if (!graph->nodes.items[i].is_read)
            graph_read_kustomization(graph, (uint32_t)i);
    for (size_t i = 0; i < graph->found.count; i++)
        if (!graph->nodes.items[graph->found.items[i]].is_read)
            graph_read_kustomization(graph, graph->found.items[i]);
    mark_tops(graph);
    return true;
}

// --- Roots.

static bool is_root(const struct graph_node *node, const struct config *config, bool component, bool top)
{
    return !component && (config ? config_is_root(config, node->path, top) : top);
}

bool graph_is_root_before(const struct graph_node *node, const struct config *config)
{
    return node->is_before && is_root(node, config, node->component_before, node->top_before);
}

bool graph_is_root_after(const struct graph_node *node, const struct config *config)
{
    return node->is_after && is_root(node, config, node->component_after, node->top_after);
}
