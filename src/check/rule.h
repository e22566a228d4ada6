// check/rule.h
//
// One thing that kiln check finds: what it is called, what is said of it anywhere (the list, --explain, the page, the
// formats), and the functions that look for it. A rule stands at the end of the file of its subject, and in one line of
// check/registry.h. What only a step of the build can see is told by the build (transform/matches.h, diagnose_about).
#pragma once

#include <stdbool.h>

#include "base/slice.h"

struct build_event;
struct judge;
struct match;
struct node;
struct repository_view;
struct resource;

enum level { LEVEL_OFF, LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };

enum rule_group {
    RULE_KUSTOMIZATION,  // what `kiln build --strict` judges as well
    RULE_REPOSITORY,     // needs more than one build
    RULE_OBJECT,         // about finished objects, whatever made them: `kiln check` alone
};

struct rule {
    const char *id;  // never used for another one
    enum level level;
    enum rule_group group;
    const char *since;      // release
    const char *summary;    // lower case, without a full stop
    const char *why;        // what happens, to whom
    const char *remedy;     // an order: "remove one of them"
    const char *found;      // a tree in a text: the kustomization, then files behind lines `--- path`
    const char *not_found;  // the same, of which nothing is said
    bool is_fixable;        // `--fix` does what the remedy says (cli/check_fix.h)
    bool needs_more;        // the examples take more than a tree: a chart, a Git repository

    // Any of these; NULL: nothing of the kind. judge->rule is the rule itself.

    // A kustomization file: once for a root, once for a base.
    void (*kustomization)(struct judge *, const struct node *root);
    void (*match)(struct judge *, const struct match *);
    void (*event)(struct judge *, const struct build_event *);
    void (*resource)(struct judge *, const struct resource *);  // of the stream, as it is printed
    void (*stream)(struct judge *);                             // all of it, when the root has been built
    void (*failed)(struct judge *);                             // the root does not build
    void (*repository)(struct judge *, const struct repository_view *);
};

// In the order of check/registry.h, ended by NULL.
extern const struct rule *const rules[];
extern const size_t rule_count;

// What the build says itself when it fails. No level turns it off.
extern const struct rule build_failed_rule;

// NULL: there is none.
const struct rule *rule_find(struct slice id);
// The id that is nearest to one that there is not; empty: none is near.
struct slice rule_nearest(struct slice id);

// "kustomization", "repository", "object".
const char *rule_group_text(enum rule_group);

// "error", "warning", "note", "off".
const char *level_text(enum level);
bool level_find(struct slice text, enum level *);
