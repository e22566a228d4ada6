#include "yaml/shared_text.h"

#include "base/memory.h"
#include "base/recovery.h"

void shared_texts_init(struct shared_texts *texts, struct name_table *names, size_t limit)
{
    *texts = (struct shared_texts){.names = names, .limit = limit};
    pthread_mutex_init(&texts->lock, NULL);
}

void shared_texts_free(struct shared_texts *texts)
{
    pthread_mutex_destroy(&texts->lock);
}

void shared_text_init(struct shared_text *text, struct shared_texts *texts, struct slice content)
{
    *text = (struct shared_text){.texts = texts, .content = content};
    pthread_mutex_init(&text->lock, NULL);
}

// --- What is kept, and for how long. Call these with the lock of all texts held.

static void free_trees(struct shared_trees *trees)
{
    arena_free(&trees->arena);
    piece_free(trees->memory);
    *trees = (struct shared_trees){0};
}

static void take_out(struct shared_texts *texts, struct shared_trees *trees)
{
    *(trees->newer ? &trees->newer->older : &texts->newest) = trees->older;
    *(trees->older ? &trees->older->newer : &texts->oldest) = trees->newer;
    trees->newer = trees->older = NULL;
}

static void put_first(struct shared_texts *texts, struct shared_trees *trees)
{
    trees->older = texts->newest;
    *(texts->newest ? &texts->newest->newer : &texts->oldest) = trees;
    texts->newest = trees;
}

// False: trees that are being copied leave too little room.
static bool make_room(struct shared_texts *texts, size_t size)
{
    // Only the builds know whether the trees hold a Secret, so wipe them all.
    struct memory_budget secret = {.is_secret = true}, *before = memory_budget_enter(&secret);
    for (struct shared_trees *trees = texts->oldest; trees && texts->held + size > texts->limit;) {
        struct shared_trees *newer = trees->newer;
        if (!trees->user_count) {
            texts->held -= trees->size;
            take_out(texts, trees);
            free_trees(trees);
        }
        trees = newer;
    }
    memory_budget_enter(before);
    return texts->held + size <= texts->limit;
}

// True: the trees are ready; the caller copies them and then calls `leave`.
static bool enter(struct shared_texts *texts, struct shared_trees *trees)
{
    pthread_mutex_lock(&texts->lock);
    bool ready = trees->state == TREES_READY;
    if (ready) {
        trees->user_count++;
        take_out(texts, trees);
        put_first(texts, trees);
    }
    pthread_mutex_unlock(&texts->lock);
    return ready;
}

static void leave(struct shared_texts *texts, struct shared_trees *trees)
{
    pthread_mutex_lock(&texts->lock);
    trees->user_count--;
    pthread_mutex_unlock(&texts->lock);
}

void shared_text_free(struct shared_text *text)
{
    for (size_t i = 0; i < SHARED_READING_COUNT; i++)
        free_trees(&text->trees[i]);
    pthread_mutex_destroy(&text->lock);
}

// --- Copies.

static struct node *child(const struct node *node, uint32_t index)
{
    return node->kind == NODE_MAP ? node->entries[index].value : node->items[index];
}

// Makes a copy independent of its original: scalars outside the content get their own memory. `file` replaces the file
// number in all positions that have one; 0 keeps it.
static void detach(struct arena *arena, struct node *node, struct slice content, uint32_t file)
{
    if (file && node->position.file)
        node->position.file = file;
    if (node->kind == NODE_SCALAR) {
        bool inside = node->text >= content.data && node->text < content.data + content.length;
        if (!inside && node->count)
            node->text = arena_copy(arena, node_text(node)).data;
        return;
    }
    for (uint32_t i = 0; i < node->count; i++)
        detach(arena, child(node, i), content, file);
}

static void copy_documents(struct arena *arena, const struct node_list *from, struct slice content, uint32_t file,
                           struct node_list *into)
{
    for (size_t i = 0; i < from->count; i++) {
        struct node *copy = node_copy(arena, from->items[i]);
        detach(arena, copy, content, file);
        list_append(arena, into, copy);
    }
    into->skipped += from->skipped;
}

static size_t memory_of(const struct node_list *documents)
{
    enum { ENTRY = 4 * sizeof(struct node *) };  // in the list, which grows
    size_t size = 0, deepest = 0;
    for (size_t i = 0; i < documents->count; i++)
        size += node_memory(documents->items[i], 0, &deepest) + ENTRY;
    return size;
}

// Call this with the lock of the text held.
static void keep_trees(struct shared_text *text, struct shared_trees *trees, const struct node_list *parsed)
{
    struct shared_texts *texts = text->texts;
    struct shared_trees kept = {.state = TREES_READY, .size = memory_of(parsed)};
    if (kept.size > texts->limit) {
        trees->state = TREES_REFUSED;
        return;
    }
    struct held lock;
    pthread_mutex_lock(&texts->lock);
    held_push_lock(&lock, &texts->lock);
    struct memory_budget *budget = memory_budget_enter(NULL);
    if (make_room(texts, kept.size)) {
        // Usually all of it fits into one piece.
        kept.memory = piece_new(kept.size);
        kept.arena = arena_over(kept.memory, kept.size);
        copy_documents(&kept.arena, parsed, text->content, 0, &kept.documents);
        *trees = kept;
        texts->held += kept.size;
        put_first(texts, trees);
    }
    memory_budget_enter(budget);
    held_pop();
    pthread_mutex_unlock(&texts->lock);
}

// Parses into the memory of the first build that asks, which therefore needs no copy.
static bool parse_once(struct shared_text *text, struct read_context *context, const struct source *source,
                       struct shared_trees *trees, shared_parse *parse, struct node_list *documents)
{
    struct diagnostics diagnostics;
    struct node_list parsed = {0};
    diagnostics_init(&diagnostics, context->arena, NULL);
    struct read_context read = {context->arena, context->names, &diagnostics};
    if (!parse(&read, source, &parsed) || diagnostics.count) {
        trees->state = TREES_REFUSED;
        return false;
    }
    keep_trees(text, trees, &parsed);
    for (size_t i = 0; i < parsed.count; i++)
        list_append(context->arena, documents, parsed.items[i]);
    documents->skipped += parsed.skipped;
    return true;
}

bool shared_text_take(struct read_context *context, const struct source *source, enum shared_reading reading,
                      shared_parse *parse, struct node_list *documents)
{
    struct shared_text *text = source->shared;
    struct shared_trees *trees = &text->trees[reading];
    struct held lock;
    if (!text->texts->limit)
        return false;
    pthread_mutex_lock(&text->lock);
    held_push_lock(&lock, &text->lock);
    bool ready = enter(text->texts, trees), parsed = false;
    if (!ready && trees->state == TREES_UNKNOWN)
        parsed = parse_once(text, context, source, trees, parse, documents);
    held_pop();
    pthread_mutex_unlock(&text->lock);
    if (!ready)
        return parsed;
    copy_documents(context->arena, &trees->documents, text->content, source->file, documents);
    leave(text->texts, trees);
    return true;
}
