// yaml/shared_text.h
//
// Texts that several builds read, side by side: each is parsed once, and every build gets a copy of the trees, for
// builds change theirs. A text that has something to say when it is parsed is parsed by each build, which then says it
// itself.
//
// What is here is not changed while it can be seen, and depends on the text alone.
#pragma once

#include <pthread.h>

#include "yaml/read.h"

struct shared_trees;

struct shared_texts {
    struct name_table *names;  // of all builds
    size_t limit;              // bytes that trees may take: those that were not used for the longest time go first
    pthread_mutex_t lock;      // of all below, and of what shared_trees says
    size_t held;
    struct shared_trees *newest, *oldest;  // in the order of their last use
};

enum shared_reading { SHARED_RESOURCES, SHARED_FIRST, SHARED_FIRST_STRICT, SHARED_READING_COUNT };

// What was parsed of a text. When it is gone, the next build that needs it parses the text once more.
struct shared_trees {
    enum { TREES_UNKNOWN, TREES_READY, TREES_REFUSED } state;
    size_t user_count;  // builds that are copying it: it stays
    struct shared_trees *newer, *older;
    size_t size;
    void *memory;  // of the arena
    struct arena arena;
    struct node_list documents;
};

struct shared_text {
    struct shared_texts *texts;
    struct slice content;
    pthread_mutex_t lock;  // held by the one who parses
    struct shared_trees trees[SHARED_READING_COUNT];
};

// `names` and the texts live as long as this. With a limit of 0 nothing is kept.
void shared_texts_init(struct shared_texts *, struct name_table *names, size_t limit);
void shared_texts_free(struct shared_texts *);

void shared_text_init(struct shared_text *, struct shared_texts *, struct slice content);
void shared_text_free(struct shared_text *);

typedef bool shared_parse(struct read_context *, const struct source *, struct node_list *);

// Copies of the documents, as `parse` gives them, with the source's number in their positions. False: the caller is to
// parse the text itself.
bool shared_text_take(struct read_context *, const struct source *, enum shared_reading, shared_parse *,
                      struct node_list *documents);
