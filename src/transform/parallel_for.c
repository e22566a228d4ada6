#include "transform/parallel_for.h"

#include "base/recovery.h"
#include "base/task_pool.h"

// With fewer objects than WORTH_SHARING, one thread is done before another is awake. Several shares per thread even out
// the cost of objects.
enum { WORTH_SHARING = 64, SHARES_PER_THREAD = 2, WEIGHT_OF_OBJECT = 256 };

struct member {
    struct task task;
    struct arena arena;
    struct name_cache names;
    struct diagnostics diagnostics;
    struct resource_context resources;
    struct transform_context context;
    object_work work;
    const void *settings;
    size_t first, end;
    bool done;
};

struct workers {
    struct task_pool *pool;
    size_t count;  // of the members, which are created when first needed
    struct member *members;
};

struct workers *workers_new(struct task_pool *pool)
{
    struct workers *workers = piece_new(sizeof *workers);
    *workers = (struct workers){.pool = pool, .count = (task_pool_threads(pool) + 1) * SHARES_PER_THREAD};
    return workers;
}

void workers_free(struct workers *workers)
{
    if (!workers)
        return;
    for (size_t i = 0; workers->members && i < workers->count; i++)
        arena_free(&workers->members[i].arena);
    piece_free(workers->members);
    piece_free(workers);
}

static void run(struct task *task)
{
    struct member *member = (struct member *)(void *)task;
    member->done = member->work(&member->context, member->settings, member->first, member->end);
}

// Gives the member a copy of `context` with its own memory and diagnostics.
static void prepare(struct member *member, const struct transform_context *context)
{
    diagnostics_init(&member->diagnostics, &member->arena, context->diagnostics->sources);
    diagnostics_follow(&member->diagnostics, context->diagnostics);
    struct comment_schemas known = member->resources.comment_schemas;
    member->resources = *context->resources;
    member->resources.arena = &member->arena;
    member->resources.diagnostics = &member->diagnostics;
    member->resources.comment_schemas = known;
    member->names.table = context->names;
    member->context = *context;
    member->context.resources = &member->resources;
    member->context.arena = &member->arena;
    member->context.name_cache = &member->names;
    member->context.diagnostics = &member->diagnostics;
    member->context.workers = NULL;  // a share must not be split again
}

static bool end(struct workers *workers, struct transform_context *context)
{
    bool done = true;
    for (size_t i = 0; i < workers->count; i++) {
        struct member *member = &workers->members[i];
        task_pool_wait(workers->pool, &member->task);
        // Drop everything after the first failure.
        for (size_t k = 0; done && k < member->diagnostics.count; k++)
            diagnostics_add(context->diagnostics, &member->diagnostics.items[k]);
        done = done && member->done;
    }
    return done;
}

bool parallel_for(struct transform_context *context, size_t count, object_work work, const void *settings)
{
    struct workers *workers = context->workers;
    if (!workers || count < WORTH_SHARING || !task_pool_threads(workers->pool))
        return work(context, settings, 0, count);
    if (!workers->members)
        workers->members = piece_new(workers->count * sizeof *workers->members);
    for (size_t i = 0; i < workers->count; i++) {
        struct member *member = &workers->members[i];
        prepare(member, context);
        member->task = (struct task){.run = run};
        member->work = work;
        member->settings = settings;
        member->first = count * i / workers->count;
        member->end = count * (i + 1) / workers->count;
        task_pool_submit(workers->pool, &member->task, (member->end - member->first) * WEIGHT_OF_OBJECT);
    }
    return end(workers, context);
}
