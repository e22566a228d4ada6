// cli/cfg_count.c
//
// `kiln cfg count [DIR]`: counts the objects in the files of a directory.
#include <stdlib.h>

#include "cli/cfg.h"

struct settings {
    bool by_kind, recurse;
};

#define AT(member) .offset = offsetof(struct settings, member)

static const struct option options[] = {
    {.name = "kind", .kind = OPTION_BOOL, AT(by_kind), .help = "count each kind separately (true)"},
    {.name = "recurse-subpackages",
     .letter = 'R',
     .kind = OPTION_BOOL,
     AT(recurse),
     .help = "include subdirectories that have a Krmfile (true)"},
};

static int compare_kinds(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static bool work(struct cfg *cfg, void *state, struct tree_documents *objects, struct buffer *out)
{
    const struct settings *settings = state;
    if (!settings->by_kind) {
        buffer_add_format(out, "%zu\n", objects->count);
        return true;
    }
    struct slice *kinds = arena_array(cfg->arena, struct slice, objects->count);
    for (size_t i = 0; i < objects->count; i++)
        kinds[i] = cfg_meta_of(objects->items[i]->root).kind;
    if (objects->count)
        qsort(kinds, objects->count, sizeof *kinds, compare_kinds);
    for (size_t first = 0, i = 0; i < objects->count; i++)
        if (i + 1 == objects->count || !slice_equal(kinds[i], kinds[i + 1])) {
            buffer_add_format(out, "%.*s: %zu\n", SLICE_ARGS(kinds[i]), i + 1 - first);
            first = i + 1;
        }
    return true;
}

static enum status run(struct invocation *call)
{
    struct settings settings = {.by_kind = true, .recurse = true};
    struct operands operands = {0};
    enum status status;
    if (!cfg_parse(call, &settings, &operands, 1, &status))
        return status;
    return cfg_run(call, &(struct cfg_job){
                             .directory = operands.count ? operands.items[0] : NULL,
                             .recurse = settings.recurse,
                             .titled = true,
                             .work = work,
                             .settings = &settings,
                         });
}

const struct command cfg_count_command = {
    .name = "count",
    .operands = "[DIR]",
    .summary = "count the resources in the files of a directory or on standard input",
    .examples = "  kiln cfg count deploy\n"
                "  kiln cfg count deploy --kind=false\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
