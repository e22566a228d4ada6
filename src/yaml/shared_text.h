// yaml/shared_text.h
//
// Texts that several builds read in parallel. Each is parsed once, and every build gets its own copy of the trees,
// because builds change them. If parsing a text reports anything, each build parses it itself, so that each reports it.
//
// Shared trees don't change while they can be seen, and depend on the text alone.
#pragma once

#include <pthread.h>

#include "yaml/read.h"

struct shared_trees;

struct shared_texts {
    struct name_table *names;  // shared by all builds
    size_t limit;              // bytes that trees may take; the least recently used go first
    pthread_mutex_t lock;      // guards everything below and the contents of shared_trees
    size_t held;
    struct shared_trees *newest, *oldest;  // ordered by last use
};

enum shared_reading { SHARED_RESOURCES, SHARED_FIRST, SHARED_FIRST_STRICT, SHARED_READING_COUNT };

// The parsed trees of a text. Once they are evicted, the next build that needs them parses the text again.
struct shared_trees {
    enum { TREES_UNKNOWN, TREES_READY, TREES_REFUSED } state;
    size_t user_count;  // builds that are copying it, which keep it alive
    struct shared_trees *newer, *older;
    size_t size;
    void *memory;  // backs the arena
    struct arena arena;
    struct node_list documents;
};

struct shared_text {
    struct shared_texts *texts;
    struct slice content;
    pthread_mutex_t lock;  // held while parsing
    struct shared_trees trees[SHARED_READING_COUNT];
};

// `names` and the texts must live as long as this. With a limit of 0, nothing is kept.
void shared_texts_init(struct shared_texts *, struct name_table *names, size_t limit);
void shared_texts_free(struct shared_texts *);

void shared_text_init(struct shared_text *, struct shared_texts *, struct slice content);
void shared_text_free(struct shared_text *);

typedef bool shared_parse(struct read_context *, const struct source *, struct node_list *);

// Appends copies of the documents that `parse` gives, with the source's file number in their positions. False: the
// caller must parse the text itself.
bool shared_text_take(struct read_context *, const struct source *, enum shared_reading, shared_parse *,
                      struct node_list *documents);
