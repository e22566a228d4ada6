#include "repository/affected.h"

#include <stdlib.h>

#include "load/glob.h"
#include "load/path.h"

// --- Applying the changes to the graph.

// Changes are added from the last to the first, so the list of a node starts with its first change.
static void touch(struct affected *affected, uint32_t node, size_t change)
{
    struct affected_touch touched = {(uint32_t)change, affected->first_touch[node]};
    if (touched.next != GRAPH_NONE && affected->touches.items[touched.next].change == change)
        return;
    affected->first_touch[node] = (uint32_t)affected->touches.count;
    list_append(&affected->build->arena, &affected->touches, touched);
}

static void touch_path(struct affected *affected, struct slice path, size_t change)
{
    uint32_t node = graph_find(&affected->graph, path);
    if (node != GRAPH_NONE)
        touch(affected, node, change);
}

// If a kustomization names a directory without one, the directory changes when something in it is added or removed.
static void touch_directory(struct affected *affected, struct slice path, size_t number)
{
    const struct change *change = &affected->changes.list.items[number];
    uint32_t index = graph_find(&affected->graph, path);
    if (index == GRAPH_NONE)
        return;
    const struct graph_node *node = &affected->graph.nodes.items[index];
    bool is_added_or_removed = change->status != CHANGE_MODIFIED || change->is_named;
    if (node->is_link || (is_added_or_removed && !node->is_after && !node->is_candidate))
        touch(affected, index, number);
}

// The nodes, sorted by path.
struct sorted_node {
    struct slice path;
    uint32_t node;
};

struct sorted_nodes {
    struct sorted_node *items;
    size_t count;
};

static int compare_nodes(const void *a, const void *b)
{
    return slice_compare(((const struct sorted_node *)a)->path, ((const struct sorted_node *)b)->path);
}

static void sort_nodes(struct affected *affected, struct sorted_nodes *sorted)
{
    sorted->count = affected->graph.nodes.count;
    sorted->items = arena_array(&affected->build->arena, struct sorted_node, sorted->count);
    for (size_t i = 0; i < sorted->count; i++)
        sorted->items[i] = (struct sorted_node){affected->graph.nodes.items[i].path, (uint32_t)i};
    qsort(sorted->items, sorted->count, sizeof *sorted->items, compare_nodes);
}

// The index of the first node whose path has the prefix, or where it would be.
static size_t find_below(struct affected *affected, struct sorted_nodes *sorted, struct slice prefix)
{
    if (!sorted->items)
        sort_nodes(affected, sorted);
    size_t low = 0, high = sorted->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (slice_compare(sorted->items[middle].path, prefix) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// A change to a link or a submodule affects everything below it.
static void touch_below(struct affected *affected, struct sorted_nodes *sorted, size_t change)
{
    struct slice prefix = graph_tree_path(&affected->build->arena, affected->changes.list.items[change].path);
    for (size_t i = find_below(affected, sorted, prefix);
         i < sorted->count && slice_starts_with(sorted->items[i].path, prefix); i++)
        touch(affected, sorted->items[i].node, change);
}

static bool is_plain(enum git_entry entry)
{
    return entry == GIT_ENTRY_FILE || entry == GIT_ENTRY_NONE;
}

// The longest directory of a path that can have a node ends before this index.
static size_t prefixes_end(struct slice path)
{
    return path.length < GRAPH_PATH_MAX ? path.length : GRAPH_PATH_MAX;
}

static void touch_change(struct affected *affected, struct sorted_nodes *sorted, size_t number)
{
    struct arena *arena = &affected->build->arena;
    const struct change *change = &affected->changes.list.items[number];
    struct slice path = change->path;
    touch_path(affected, path, number);
    touch_path(affected, graph_tree_path(arena, path), number);
    for (size_t end = prefixes_end(path); end-- > 0;) {
        if (path.data[end] != '/')
            continue;
        touch_path(affected, slice_part(path, 0, end + 1), number);
        touch_directory(affected, slice_part(path, 0, end), number);
    }
    touch_path(affected, slice_literal("./"), number);
    touch_directory(affected, slice_literal("."), number);
    if (!is_plain(change->before) || !is_plain(change->after) || change->is_named || change->status == CHANGE_IGNORED)
        touch_below(affected, sorted, number);
}

// A kustomization depends on its own file. These edges come after those to what it names, so that reasons prefer the
// latter.
static void add_kustomization_files(struct affected *affected)
{
    struct graph *graph = &affected->graph;
    size_t count = graph->nodes.count;
    for (size_t i = 0; i < count; i++) {
        if (graph->nodes.items[i].change == GRAPH_NONE)
            continue;
        const struct change *change = &affected->changes.list.items[graph->nodes.items[i].change];
        struct graph_edge own = {.from = (uint32_t)i, .is_before = true, .is_after = true};
        own.to = graph_node_of(graph, change->path);
        graph_add_edge(graph, own);
    }
}

// --- File systems that ignore case.

static struct slice fold(struct arena *arena, struct slice path)
{
    char *folded = arena_allocate(arena, path.length + 1, 1);
    for (size_t i = 0; i < path.length; i++)
        folded[i] = (char)(path.data[i] >= 'A' && path.data[i] <= 'Z' ? path.data[i] + ('a' - 'A') : path.data[i]);
    return (struct slice){folded, path.length};
}

// Creates the nodes of a changed path and of the directories that contain it, so that they can be joined.
static void add_path_nodes(struct affected *affected, struct slice path)
{
    struct graph *graph = &affected->graph;
    if (path.length <= GRAPH_PATH_MAX)
        graph_node_of(graph, path);
    for (size_t end = prefixes_end(path); end-- > 0;) {
        if (path.data[end] != '/')
            continue;
        graph_node_of(graph, slice_part(path, 0, end));
        graph_node_of(graph, slice_part(path, 0, end + 1));
    }
}

static void join_cases(struct affected *affected)
{
    struct arena *arena = &affected->build->arena;
    struct graph *graph = &affected->graph;
    struct hash_index by_folded = {0};
    for (size_t i = 0; i < affected->changes.list.count; i++)
        add_path_nodes(affected, affected->changes.list.items[i].path);
    for (uint32_t i = 0; i < graph->nodes.count; i++) {
        struct slice path = graph->nodes.items[i].path;
        uint64_t hash = slice_hash(fold(arena, path));
        uint32_t other;
        for (struct hash_cursor at = hash_index_find(&by_folded, hash); hash_cursor_next(&at, &other);) {
            if (!slice_equal_ignoring_case(graph->nodes.items[other].path, path))
                continue;
            graph_add_edge(graph, (struct graph_edge){.from = i, .to = other, .is_before = true, .is_after = true});
            graph_add_edge(graph, (struct graph_edge){.from = other, .to = i, .is_before = true, .is_after = true});
            break;
        }
        hash_index_add(arena, &by_folded, hash, i);
    }
}

// --- Unknown names.

static bool is_known(struct affected *affected, struct sorted_nodes *sorted, struct slice path)
{
    const struct changes *changes = &affected->changes;
    struct slice prefix = graph_tree_path(&affected->build->arena, path);
    if (changes_listed(changes, path) || changes_lists_below(changes, path) || changes_exists(changes, path) ||
        graph_find(&affected->graph, path) != GRAPH_NONE)
        return true;
    size_t number = find_below(affected, sorted, prefix);
    return number < sorted->count && slice_starts_with(sorted->items[number].path, prefix);
}

static void warn_of(struct affected *affected, const struct affected_request *request, const bool *known)
{
    enum { SHOWN_MOST = 10 };
    size_t count = 0;
    for (size_t i = 0; i < request->changes.named_count; i++)
        if (!known[i] && count++ < SHOWN_MOST)
            diagnose_warning(&affected->build->diagnostics, (struct position){0},
                             "'%.*s' is not a file here or in Git, and no kustomization names it",
                             SLICE_ARGS(request->changes.named[i].path));
    if (count > SHOWN_MOST)
        diagnose_warning(&affected->build->diagnostics, (struct position){0},
                         "the same goes for %zu more of the changed files", count - SHOWN_MOST);
}

// A misspelled path would silently look like a file that nothing depends on.
static void check_names(struct affected *affected, const struct affected_request *request, struct sorted_nodes *sorted)
{
    struct arena *arena = &affected->build->arena;
    const struct changes *changes = &affected->changes;
    bool *known = arena_array(arena, bool, request->changes.named_count);
    struct path_list doubted = {0};
    struct affected_numbers owners = {0};
    for (size_t i = 0; i < request->changes.named_count; i++)
        known[i] = false;
    for (size_t i = 0; i < changes->named.count; i++) {
        const struct named_path *named = &changes->named.items[i];
        known[named->number] = known[named->number] || is_known(affected, sorted, named->path);
    }
    for (size_t i = 0; i < changes->named.count; i++) {
        if (known[changes->named.items[i].number])
            continue;
        list_append(arena, &doubted, changes->named.items[i].path);
        list_append(arena, &owners, (uint32_t)changes->named.items[i].number);
    }
    const bool *existed = changes_existed(changes, &doubted);
    for (size_t i = 0; i < doubted.count; i++)
        known[owners.items[i]] = known[owners.items[i]] || existed[i];
    warn_of(affected, request, known);
}

// --- .kiln.yaml

struct config_state {
    const struct config *config;
    bool is_broken;
};

static struct config_state read_config(struct affected *affected, const struct file_system *files, struct slice path,
                                       struct slice within)
{
    struct build *build = affected->build;
    struct read_context read = build_read_context(build);
    struct config_state state = {0};
    size_t mark = build->diagnostics.count;
    if (files->kind(files->state, path) == FILE_MISSING)
        return state;
    state.config = config_read(&read, &build->sources, files, path, within);
    state.is_broken = !state.config;
    diagnostics_forget(&build->diagnostics, mark);
    return state;
}

static struct config_state config_before(struct affected *affected, const struct change *change)
{
    struct slice content;
    if (change->before == GIT_ENTRY_NONE)
        return (struct config_state){0};
    if (!changes_before(&affected->changes, change, &content))
        return (struct config_state){.is_broken = true};
    affected->old_config = memory_files_new();
    memory_files_add(affected->old_config, CONFIG_FILE_NAME, content);
    struct file_system files = memory_files_system(affected->old_config);
    return read_config(affected, &files, slice_literal("/" CONFIG_FILE_NAME), (struct slice){0});
}

static int setting_of(struct config_state state, int setting)
{
    return state.config ? state.config->settings[setting].value : 0;
}

// True if a setting that all builds depend on differs.
static bool differ(struct config_state before, struct config_state after)
{
    bool differs = before.is_broken || after.is_broken;
    for (int i = 0; i < SETTING_COUNT; i++)
        differs = differs || setting_of(before, i) != setting_of(after, i);
    return differs;
}

static bool is_added_below(const struct changes *changes, struct slice directory)
{
    for (size_t i = 0; i < changes->list.count; i++)
        if (slice_starts_with(changes->list.items[i].path, directory) &&
            changes->list.items[i].path.length > directory.length &&
            changes->list.items[i].path.data[directory.length] == '/')
            return true;
    return false;
}

static void read_configs(struct affected *affected, const struct affected_request *request, bool *differs)
{
    struct changes *changes = &affected->changes;
    const struct change *change = changes_at(changes, slice_literal(CONFIG_FILE_NAME));
    struct slice path = changes_absolute(changes, slice_literal(CONFIG_FILE_NAME));
    *differs = false;
    if (request->no_config)
        return;
    if (request->config.length)
        path = path_join(&affected->build->arena, affected->current, request->config);
    struct config_state after = read_config(affected, request->config.length ? &file_system_posix : changes->files,
                                            path, request->config.length ? (struct slice){0} : changes->top);
    affected->config_before = affected->config_after = after.config;
    if (request->config.length)
        return;
    // If the file is a link to another one, every change to it counts.
    struct listed_file found_link;
    if (changes_find_link(changes, slice_literal(CONFIG_FILE_NAME), &found_link))
        *differs = true;
    // A directory with this name breaks all builds, so they differ if the change added it.
    *differs = *differs || (after.is_broken && is_added_below(changes, slice_literal(CONFIG_FILE_NAME)));
    if (!change)
        return;
    struct config_state before = config_before(affected, change);
    affected->config_before = before.config;
    *differs = *differs || differ(before, after);
}

// --- Spreading the changes.

// Goes from the nodes reached so far to everything that depends on them, one level of kustomizations after the other.
static void reach(struct affected *affected, struct affected_numbers *level, unsigned char mark, size_t depth)
{
    const struct graph *graph = &affected->graph;
    struct affected_numbers next = {0};
    for (size_t levels = 0; level->count && (!depth || levels <= depth); levels++) {
        for (size_t i = 0; i < level->count; i++)
            for (uint32_t k = graph->nodes.items[level->items[i]].first_in; k != GRAPH_NONE;
                 k = graph->edges.items[k].next_in) {
                const struct graph_edge *edge = &graph->edges.items[k];
                bool is_last = depth && levels == depth && edge->file.length;
                if ((affected->reached[edge->from] & mark) || (edge->is_possible && mark == REACHED) || is_last)
                    continue;
                affected->reached[edge->from] |= mark;
                // Edges for links and own files don't count as a level.
                list_append(&affected->build->arena, edge->file.length ? &next : level, edge->from);
            }
        *level = next;
        next = (struct affected_numbers){0};
    }
}

static void reach_all(struct affected *affected, unsigned char mark, size_t depth)
{
    struct affected_numbers level = {0};
    for (size_t i = 0; i < affected->graph.nodes.count; i++) {
        if (affected->first_touch[i] == GRAPH_NONE)
            continue;
        affected->reached[i] |= mark;
        list_append(&affected->build->arena, &level, (uint32_t)i);
    }
    reach(affected, &level, mark, depth);
}

// --- Roots.

struct slice affected_shown(struct affected *affected, struct slice path)
{
    if (slice_equal(affected->current, affected->changes.top))
        return path;
    return path_relative(&affected->build->arena, affected->current, changes_absolute(&affected->changes, path));
}

struct top {
    const char *text;   // as given
    struct slice path;  // relative to the top of the repository
    bool is_pattern, is_missing;
    bool fits;  // it matches a kustomization of one of the states
};

static bool is_below(const struct top *top, struct slice path)
{
    bool matches = false;
    if (top->is_pattern)
        return glob_match_path(top->path, path, &matches) && matches;
    return slice_equals(top->path, ".") || slice_equal(top->path, path) ||
           (path.length > top->path.length && path.data[top->path.length] == '/' && slice_starts_with(path, top->path));
}

static bool is_wanted(struct top *tops, size_t count, struct slice path)
{
    bool wanted = !count;
    for (size_t i = 0; i < count; i++) {
        bool fits = is_below(&tops[i], path);
        tops[i].fits = tops[i].fits || fits;
        wanted = wanted || fits;
    }
    return wanted;
}

// A misspelled directory would silently look like one in which nothing changes.
static bool check_tops(struct affected *affected, const struct top *tops, size_t count)
{
    struct diagnostics *diagnostics = &affected->build->diagnostics;
    for (size_t i = 0; i < count; i++) {
        if (tops[i].fits || (!tops[i].is_pattern && !tops[i].is_missing))
            continue;
        if (tops[i].is_pattern)
            return diagnose(diagnostics, (struct position){0}, "no directory with a kustomization matches '%s'",
                            tops[i].text);
        return diagnose(diagnostics, (struct position){0}, "'%s' does not exist, and did not exist before the change",
                        tops[i].text);
    }
    return true;
}

// False: it is not a directory of the repository; diagnosed.
static bool read_top(struct affected *affected, const char *text, struct top *top)
{
    struct arena *arena = &affected->build->arena;
    struct changes *changes = &affected->changes;
    struct slice written = slice_from(text), resolved, reason;
    struct slice absolute = path_join(arena, affected->current, written);
    bool ignored;
    top->text = text;
    top->is_pattern = !glob_is_literal(written) &&
                      file_system_posix.kind(file_system_posix.state, absolute) == FILE_MISSING;
    if (top->is_pattern && !glob_match_path(written, slice_literal("a"), &ignored))
        return diagnose(&affected->build->diagnostics, (struct position){0}, "invalid pattern '%s'", text);
    if (!top->is_pattern && changes->files->resolve(changes->files->state, arena, absolute, &resolved, &reason))
        absolute = resolved;
    else
        top->is_missing = true;
    if (!path_is_within(absolute, changes->top))
        return diagnose(&affected->build->diagnostics, (struct position){0}, "'%s' is outside the repository '%.*s'",
                        text, SLICE_ARGS(changes->top));
    top->path = path_relative(arena, changes->top, absolute);
    return true;
}

static int compare_roots(const void *a, const void *b)
{
    return slice_compare(((const struct affected_root *)a)->path, ((const struct affected_root *)b)->path);
}

static void take_node(struct affected *affected, const struct affected_request *request, uint32_t number)
{
    struct arena *arena = &affected->build->arena;
    const struct graph_node *node = &affected->graph.nodes.items[number];
    bool was_root = node->is_candidate && graph_is_root_before(node, affected->config_before);
    bool is_root = node->is_candidate && graph_is_root_after(node, affected->config_after);
    struct affected_root root = {
        .path = affected_shown(affected, node->path),
        .node = number,
        .is_new = is_root && !was_root,
        .is_certain = (is_root && !was_root) || request->everything || (affected->reached[number] & REACHED),
    };
    affected->listed[number] = is_root;
    affected->total += is_root;
    affected->kustomization_total += node->is_after;
    if (was_root && !is_root)
        list_append(arena, &affected->removed, root.path);
    if (was_root && !node->is_after)
        list_append(arena, &affected->gone, root.path);
    bool counts = is_root || (request->all_kustomizations && node->is_after);
    if (counts && (affected->reached[number] || root.is_new || request->everything))
        list_append(arena, &affected->roots, root);
}

static bool take_roots(struct affected *affected, const struct affected_request *request)
{
    struct top *tops = arena_array(&affected->build->arena, struct top, request->top_count);
    for (size_t i = 0; i < request->top_count; i++)
        if (!read_top(affected, request->tops[i], &tops[i]))
            return false;
    for (size_t i = 0; i < affected->graph.nodes.count; i++) {
        const struct graph_node *node = &affected->graph.nodes.items[i];
        if ((node->is_before || node->is_after) && is_wanted(tops, request->top_count, node->path))
            take_node(affected, request, (uint32_t)i);
    }
    if (!check_tops(affected, tops, request->top_count))
        return false;
    if (affected->roots.count)
        qsort(affected->roots.items, affected->roots.count, sizeof *affected->roots.items, compare_roots);
    if (affected->removed.count)
        qsort(affected->removed.items, affected->removed.count, sizeof *affected->removed.items, path_compare);
    return true;
}

static bool same_texts(const struct text_list *a, const struct text_list *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++)
        same = slice_equal(a->items[i].slice, b->items[i].slice);
    return same;
}

static bool same_flags(const struct root_flags *a, const struct root_flags *b)
{
    return a->enable_helm == b->enable_helm && slice_equal(a->load_restrictor.slice, b->load_restrictor.slice) &&
           slice_equal(a->helm_kube_version.slice, b->helm_kube_version.slice) &&
           same_texts(&a->helm_api_versions, &b->helm_api_versions);
}

// True if `rootFlags` sets different flags for the root in the two states.
static bool flags_differ(struct affected *affected, struct slice path)
{
    struct arena *arena = &affected->build->arena;
    struct root before = {0}, after = {0};
    if (affected->config_before)
        root_take_flags(arena, affected->config_before, path, &before);
    if (affected->config_after)
        root_take_flags(arena, affected->config_after, path, &after);
    bool same = before.flag_count == after.flag_count;
    for (size_t i = 0; i < before.flag_count && same; i++)
        same = same_flags(before.flags[i], after.flags[i]);
    return !same;
}

// Makes kustomizations depend on the configuration file: all of them if a setting for all builds differs, otherwise
// those whose flags differ.
static void add_config_edges(struct affected *affected, bool differs)
{
    struct graph *graph = &affected->graph;
    uint32_t file = graph_settled_node_of(graph, slice_literal(CONFIG_FILE_NAME)),
             tree = graph_node_of(graph, slice_literal(".kiln.yaml/"));
    graph_add_edge(graph, (struct graph_edge){.from = file, .to = tree, .is_before = true, .is_after = true});
    for (uint32_t i = 0; i < graph->nodes.count; i++)
        if (graph->nodes.items[i].is_after && i != file &&
            (differs || flags_differ(affected, graph->nodes.items[i].path)))
            graph_add_edge(graph, (struct graph_edge){.from = i, .to = file, .is_before = true, .is_after = true});
}

bool affected_find(struct build *build, const struct file_system *files, const struct affected_request *wanted,
                   struct affected *affected)
{
    struct affected_request own = *wanted, *request = &own;
    struct changes_request changes = wanted->changes;
    struct sorted_nodes sorted = {0};
    bool config_differs;
    *affected = (struct affected){.build = build};
    if (!file_system_posix.current_directory(file_system_posix.state, &build->arena, &affected->current))
        return diagnose(&build->diagnostics, (struct position){0}, "the current directory no longer exists");
    changes.directory = affected->current = arena_copy(&build->arena, affected->current);
    if (git_revision_is_none(changes.since)) {
        own.everything = true;
        changes.since = NULL;
    }
    if (!changes_open(build, files, &changes, &affected->changes) ||
        !graph_open(build, &affected->changes, &affected->graph))
        return false;
    read_configs(affected, request, &config_differs);
    if (config_differs || affected->config_before != affected->config_after)
        add_config_edges(affected, config_differs);
    add_kustomization_files(affected);
    if (affected->changes.has_repository && git_repository_ignores_case(&affected->changes.repository))
        join_cases(affected);
    size_t count = affected->graph.nodes.count;
    affected->first_touch = arena_array(&build->arena, uint32_t, count);
    affected->reached = arena_array(&build->arena, unsigned char, count);
    affected->listed = arena_array(&build->arena, bool, count);
    for (size_t i = 0; i < count; i++)
        affected->first_touch[i] = GRAPH_NONE;
    check_names(affected, request, &sorted);
    for (size_t i = affected->changes.list.count; i-- > 0;)
        touch_change(affected, &sorted, i);
    reach_all(affected, REACHED, request->depth);
    reach_all(affected, REACHED_POSSIBLY, request->depth);
    return take_roots(affected, request);
}

void affected_close(struct affected *affected)
{
    changes_close(&affected->changes);
    if (affected->old_config)
        memory_files_free(affected->old_config);
    affected->old_config = NULL;
}

void affected_root_list(struct affected *affected, struct root_list *list)
{
    struct arena *arena = &affected->build->arena;
    for (size_t i = 0; i < affected->roots.count; i++) {
        const struct affected_root *found = &affected->roots.items[i];
        struct root root = {.directory = found->path, .path = found->path};
        if (affected->config_after)
            root_take_flags(arena, affected->config_after, affected->graph.nodes.items[found->node].path, &root);
        list_append(arena, list, root);
    }
}
