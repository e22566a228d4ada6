// check/label_match.h
//
// The requirements of a selector, compared with labels.
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

// Of a map of labels, and of a selector with `matchLabels` and `matchExpressions`.
struct requirements requirements_of_labels(struct judge *, const struct node *labels);
struct requirements requirements_of_selector(struct judge *, const struct node *selector);

// The value of a label; NULL: absent, or not a scalar.
const struct node *label_find(const struct node *labels, struct slice key);
bool requirement_fits(const struct requirement *, const struct node *labels);
bool requirements_fit(const struct requirements *, const struct node *labels);

// That which asks for a value that fewest have; NULL: none asks for a value.
const struct requirement *requirements_rarest(const struct requirements *, const struct label_index *);

// At so many objects, a selector looks; one that is for more of them is not judged.
enum { LOOKS_MAX = 1000 };

struct pod_list {
    const struct pod **items;
    size_t count, capacity;
    bool is_cut;  // there may be more
};
// The Pods that fit, in the namespace; in any where it is empty. `most` are enough.
struct pod_list pods_that_fit(struct judge *, const struct objects *, const struct requirements *,
                              struct slice namespace, size_t most);
