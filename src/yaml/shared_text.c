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
    arena_free(&texts->arena);
}

void shared_text_init(struct shared_text *text, struct shared_texts *texts, struct slice content)
{
    *text = (struct shared_text){.texts = texts, .content = content};
    pthread_mutex_init(&text->lock, NULL);
}

void shared_text_free(struct shared_text *text)
{
    pthread_mutex_destroy(&text->lock);
}

static struct node *child(const struct node *node, uint32_t index)
{
    return node->kind == NODE_MAP ? node->entries[index].value : node->items[index];
}

// Scalars that are no part of the content point into memory that goes away.
static void keep_texts(struct arena *arena, struct node *node, struct slice content)
{
    if (node->kind == NODE_SCALAR) {
        bool inside = node->text >= content.data && node->text < content.data + content.length;
        if (!inside && node->count)
            node->text = arena_copy(arena, node_text(node)).data;
        return;
    }
    for (uint32_t i = 0; i < node->count; i++)
        keep_texts(arena, child(node, i), content);
}

static void set_file(struct node *node, uint32_t file)
{
    if (node->position.file)
        node->position.file = file;
    for (uint32_t i = 0; node->kind != NODE_SCALAR && i < node->count; i++)
        set_file(child(node, i), file);
}

// Under the lock of the text.
static void keep_trees(struct shared_text *text, struct shared_trees *trees, const struct node_list *parsed)
{
    struct shared_texts *texts = text->texts;
    size_t size = 0, deepest = 0;
    for (size_t i = 0; i < parsed->count; i++)
        size += node_memory(parsed->items[i], 0, &deepest);
    struct held lock;
    pthread_mutex_lock(&texts->lock);
    held_push_lock(&lock, &texts->lock);
    struct memory_budget *budget = memory_budget_enter(NULL);
    bool fits = texts->held + size <= texts->limit;
    if (fits) {
        texts->held += size;
        for (size_t i = 0; i < parsed->count; i++) {
            struct node *copy = node_copy(&texts->arena, parsed->items[i]);
            keep_texts(&texts->arena, copy, text->content);
            list_append(&texts->arena, &trees->documents, copy);
        }
        trees->documents.skipped = parsed->skipped;
    }
    memory_budget_enter(budget);
    held_pop();
    pthread_mutex_unlock(&texts->lock);
    trees->state = fits ? TREES_READY : TREES_REFUSED;
}

static void parse_once(struct shared_text *text, struct name_cache *names, const struct source *source,
                       struct shared_trees *trees, shared_parse *parse)
{
    struct arena scratch = {0};
    struct diagnostics diagnostics;
    struct node_list parsed = {0};
    diagnostics_init(&diagnostics, &scratch, NULL);
    struct read_context read = {&scratch, names, &diagnostics};
    if (parse(&read, source, &parsed) && !diagnostics.count)
        keep_trees(text, trees, &parsed);
    else
        trees->state = TREES_REFUSED;
    arena_free(&scratch);
}

bool shared_text_take(struct read_context *context, const struct source *source, enum shared_reading reading,
                      shared_parse *parse, struct node_list *documents)
{
    struct shared_text *text = source->shared;
    struct shared_trees *trees = &text->trees[reading];
    struct held lock;
    pthread_mutex_lock(&text->lock);
    held_push_lock(&lock, &text->lock);
    if (trees->state == TREES_UNKNOWN)
        parse_once(text, context->names, source, trees, parse);
    held_pop();
    pthread_mutex_unlock(&text->lock);
    if (trees->state != TREES_READY)
        return false;
    for (size_t i = 0; i < trees->documents.count; i++) {
        struct node *copy = node_copy(context->arena, trees->documents.items[i]);
        set_file(copy, source->file);
        list_append(context->arena, documents, copy);
    }
    documents->skipped += trees->documents.skipped;
    return true;
}
