// check/label_match.h
//
// Compares the requirements of a selector with labels.
#pragma once

#include "check/objects.h"

enum requirement_kind { REQUIRE_VALUE, REQUIRE_ONE_OF, REQUIRE_NONE_OF, REQUIRE_KEY, REQUIRE_NO_KEY };

struct requirement {
    enum requirement_kind kind;
    struct slice key, value;
    const struct node *values;  // of REQUIRE_ONE_OF and REQUIRE_NONE_OF
    const struct node *place;   // of the value, or the expression
};

struct requirements {
    struct requirement *items;
    size_t count, capacity;
    bool is_open;  // has a placeholder, or can't be read: may match anything
};

// Reads a map of labels, or a selector with `matchLabels` and `matchExpressions`.
struct requirements requirements_of_labels(struct judge *, const struct node *labels);
struct requirements requirements_of_selector(struct judge *, const struct node *selector);

// True if one key is probably a misspelling of the other.
bool label_keys_are_similar(struct slice, struct slice);
// The value of a label; NULL: absent, or not a scalar.
const struct node *label_find(const struct node *labels, struct slice key);
bool label_is(const struct node *labels, struct slice key, struct slice value);
// "app: web", with the value in quotes if YAML requires them.
struct slice label_text(struct arena *, struct slice key, struct slice value);
bool requirement_fits(const struct requirement *, const struct node *labels);
bool requirements_fit(const struct requirements *, const struct node *labels);

// Calls `look` with the numbers of the candidates among `count` indexed objects: those with the rarest required label,
// or all. Stops when it returns false.
void for_each_candidate(const struct requirements *, const struct label_index *, size_t count,
                        bool (*look)(void *state, size_t number), void *state);

// The maximum number of objects to look at. A selector with more candidates is not judged.
enum { LOOKS_MAX = 1000 };

struct pod_list {
    const struct pod **items;
    size_t count, capacity;
    bool is_cut;  // there may be more
};
// The Pods that match, in the namespace; in every namespace if it is empty. Stops after `most`.
struct pod_list find_matching_pods(struct judge *, const struct objects *, const struct requirements *,
                                   struct slice namespace, size_t most);
