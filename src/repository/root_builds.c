#include "repository/root_builds.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "base/hash_index.h"
#include "base/interrupt.h"
#include "base/process.h"
#include "base/shown.h"
#include "base/task_pool.h"

struct run {
    struct root_builds *builds;
    atomic_size_t next;
    atomic_bool stop;
    pthread_mutex_t lock;  // of `ended`
    sigset_t signals;      // that are blocked in the thread of the caller
};

// --- Results that outlive a build.

static struct slice shown(struct root_result *result, struct build *build, struct slice text)
{
    return text.length ? shown_text(&result->arena, &build->sources, text) : (struct slice){0};
}

static void keep_message(struct root_result *result, struct build *build, struct diagnostic *diagnostic)
{
    const struct source *source = sources_get(&build->sources, diagnostic->position.file);
    struct root_message message = {
        .severity = diagnostic->severity,
        .message = shown(result, build, diagnostic->message),
        .hint = shown(result, build, diagnostic->hint),
        .chain = shown(result, build, diagnostic->chain),
    };
    if (source) {
        message.file = arena_copy(&result->arena, source->path);
        struct position place = source_place(source, diagnostic->position);
        message.line = place.line;
        message.column = place.line ? place.column : 0;
    }
    struct buffer text = {0};
    diagnostic->chain = (struct slice){0};
    diagnostics_render(&build->diagnostics, diagnostic, &text);
    message.text = arena_copy(&result->arena, buffer_slice(&text));
    buffer_free(&text);
    list_append(&result->arena, &result->messages, message);
}

// True when the newest message is the same as one before it: a base repeats its messages for each way to it.
static bool is_repeated(const struct root_result *result)
{
    size_t last = result->messages.count - 1;
    for (size_t i = 0; i < last; i++)
        if (slice_equal(result->messages.items[i].text, result->messages.items[last].text))
            return true;
    return false;
}

static void keep_count(struct root_result *result, size_t count, bool is_more)
{
    struct slice text = arena_format(&result->arena, "%s%zu more error%s not shown", is_more ? "at least " : "", count,
                                     count == 1 ? " of a root is" : "s of a root are");
    struct root_message message = {.severity = SEVERITY_ERROR,
                                   .message = text,
                                   .text = arena_format(&result->arena, "kiln: %.*s\n", SLICE_ARGS(text))};
    list_append(&result->arena, &result->messages, message);
}

void root_result_keep(struct root_result *result, struct build *build)
{
    enum { ERRORS_MAX = 20 };
    size_t errors = 0, more = 0;
    for (size_t i = 0; i < build->diagnostics.count; i++) {
        bool is_error = build->diagnostics.items[i].severity == SEVERITY_ERROR;
        if (is_error && errors == ERRORS_MAX) {
            more++;
            continue;
        }
        keep_message(result, build, &build->diagnostics.items[i]);
        if (is_error && is_repeated(result))
            result->messages.count--;
        else
            errors += is_error;
    }
    if (more)
        keep_count(result, more, diagnostics_is_full(&build->diagnostics));
}

static void build_root(struct root_builds *builds, size_t index)
{
    const struct root *root = &builds->roots->items[index];
    struct root_result *result = &builds->results[index];
    struct build *build = session_build_new(builds->session);
    build->diagnostics.columns = builds->columns;
    build->diagnostics.finds_all = builds->finds_all;
    build->diagnostics.offers_all = true;
    struct build_options options = builds->options(builds->state, root);
    options.files = session_files(builds->session, build, root->directory);
    options.fetches = true;
    if (builds->record) {
        result->recording = recording_new(options.files);
        options.files = recording_files(result->recording);
    }
    if (builds->observe)
        options.observer = builds->observe(builds->state, index, build);
    bool done = build_run(build, &options, root->directory) && builds->use(builds->state, index, build);
    if (builds->finished)
        builds->finished(builds->state, index, build, done);
    recording_free(result->recording);
    result->recording = NULL;
    result->status = done ? ROOT_BUILT : ROOT_FAILED;
    result->object_count = done ? build->resources.count : 0;
    root_result_keep(result, build);
    session_build_free(builds->session, build);
}

static void do_root(struct run *run, size_t index)
{
    struct root_builds *builds = run->builds;
    if (builds->run)
        builds->run(builds->state, index);
    else
        build_root(builds, index);
    if (builds->results[index].status != ROOT_BUILT && builds->fail_fast)
        atomic_store(&run->stop, true);
    if (!builds->ended)
        return;
    pthread_mutex_lock(&run->lock);
    builds->ended(builds->state, index);
    pthread_mutex_unlock(&run->lock);
}

static void *work(void *state)
{
    struct run *run = state;
    process_use_mask(&run->signals);
    size_t index;
    while (!atomic_load(&run->stop) && (index = atomic_fetch_add(&run->next, 1)) < run->builds->roots->count)
        do_root(run, index);
    return NULL;
}

// Starts as many threads as the system allows.
static size_t start_threads(struct run *run, pthread_t *threads, size_t wanted)
{
    pthread_attr_t attributes;
    size_t count = 0;
    if (!wanted || pthread_attr_init(&attributes) != 0)
        return 0;
    pthread_attr_setstacksize(&attributes, TASK_STACK_SIZE);
    // These threads block all signals, so the main thread handles them.
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    while (count < wanted && pthread_create(&threads[count], &attributes, work, run) == 0)
        count++;
    pthread_sigmask(SIG_SETMASK, &run->signals, NULL);
    pthread_attr_destroy(&attributes);
    return count;
}

void root_builds_run(struct root_builds *builds)
{
    enum { THREADS_MAX = 256 };
    pthread_t threads[THREADS_MAX];
    struct run run = {.builds = builds};
    size_t wanted = builds->thread_count < builds->roots->count ? builds->thread_count : builds->roots->count;
    if (wanted > THREADS_MAX)
        wanted = THREADS_MAX;
    pthread_mutex_init(&run.lock, NULL);
    // This thread handles signals. A handler waits for threads that write files or start programs, so this thread must
    // not hold anything that they need.
    interrupt_watch_threads();
    pthread_sigmask(SIG_BLOCK, NULL, &run.signals);
    size_t count = wanted > 1 ? start_threads(&run, threads, wanted) : 0;
    if (!count)
        work(&run);
    while (count)
        pthread_join(threads[--count], NULL);
    process_use_mask(NULL);
    interrupt_watch_threads_end();
    pthread_mutex_destroy(&run.lock);
}

bool root_results_are_built(const struct root_result *results, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (results[i].status != ROOT_BUILT)
            return false;
    return true;
}

void root_results_free(struct root_result *results, size_t count)
{
    for (size_t i = 0; i < count; i++)
        arena_free(&results[i].arena);
}

// --- Joining messages.

// The roots that have one message, with the first of them.
struct occurrence {
    struct slice text;
    struct {
        size_t *items;
        size_t count, capacity;
    } roots;
    size_t message;
};

struct occurrences {
    struct occurrence *items;
    size_t count, capacity;
    struct hash_index by_text;
};

static struct occurrence *find_occurrence(struct occurrences *list, struct slice text)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&list->by_text, slice_hash(text)); hash_cursor_next(&at, &number);)
        if (slice_equal(list->items[number].text, text))
            return &list->items[number];
    return NULL;
}

void root_messages_join(struct arena *arena, const struct root_result *results, size_t count,
                        struct shared_messages *shared)
{
    struct occurrences list = {0};
    for (size_t root = 0; root < count; root++)
        for (size_t i = 0; i < results[root].messages.count; i++) {
            struct slice text = results[root].messages.items[i].text;
            struct occurrence *occurrence = find_occurrence(&list, text);
            if (!occurrence) {
                struct occurrence first = {.text = text, .message = i};
                hash_index_add(arena, &list.by_text, slice_hash(text), (uint32_t)list.count);
                list_append(arena, &list, first);
                occurrence = &list.items[list.count - 1];
            }
            if (!occurrence->roots.count || occurrence->roots.items[occurrence->roots.count - 1] != root)
                list_append(arena, &occurrence->roots, root);
        }
    for (size_t i = 0; i < list.count; i++) {
        const struct occurrence *occurrence = &list.items[i];
        struct shared_message message = {occurrence->roots.items[0], occurrence->message, occurrence->roots.items + 1,
                                         occurrence->roots.count - 1};
        list_append(arena, shared, message);
    }
}
