#include "cli/diff_roots.h"

#include "repository/affected.h"

static void add(struct affected *affected, struct slice path, struct slice from_top, struct root_list *roots)
{
    struct root root = {.directory = path, .path = path};
    if (affected->config_after)
        root_take_flags(&affected->build->arena, affected->config_after, from_top, &root);
    list_append(&affected->build->arena, roots, root);
}

static void add_all(struct affected *affected, struct root_list *roots)
{
    for (size_t i = 0; i < affected->graph.nodes.count; i++) {
        struct slice path = affected->graph.nodes.items[i].path;
        if (affected->listed[i])
            add(affected, affected_shown(affected, path), path, roots);
    }
}

bool diff_find_roots(struct build *build, struct diff_roots *wanted, struct root_list *roots)
{
    const struct affected_request request = {
        .changes = {.since = wanted->since, .to = wanted->to, .exact = wanted->exact, .staged = wanted->staged},
        .tops = wanted->tops,
        .top_count = wanted->top_count,
        .config = wanted->config,
        .no_config = wanted->no_config,
    };
    struct affected affected;
    bool found = affected_find(build, &file_system_posix, &request, &affected);
    if (found && wanted->all)
        add_all(&affected, roots);
    else if (found)
        affected_root_list(&affected, roots);
    for (size_t i = 0; found && i < affected.removed.count; i++)
        add(&affected, affected.removed.items[i], affected.removed.items[i], roots);
    wanted->total = affected.total + affected.removed.count;
    affected_close(&affected);
    return found;
}
