// check/rule.h
//
// One kind of finding of kiln check: its name, its texts (for the list, --explain, the page, and the formats), and the
// functions that look for it. Each rule is defined at the end of the file for its subject and listed on one line of
// check/registry.h. The build reports whatever only a build step can see (transform/matches.h, diagnose_about).
#pragma once

#include <stdbool.h>

#include "base/slice.h"

struct arena;
struct build_event;
struct judge;
struct match;
struct node;
struct repository_view;
struct resource;

enum level { LEVEL_OFF, LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };

enum rule_group {
    RULE_KUSTOMIZATION,  // also checked by `kiln build --strict`
    RULE_REPOSITORY,     // needs more than one build
    RULE_OBJECT,         // about finished objects, however they were made: only in `kiln check`
};

struct rule {
    const char *id;  // never reused for another rule
    enum level level;
    enum rule_group group;
    const char *since;      // release
    const char *summary;    // a clause in lower case, without a period
    const char *why;        // the consequence, and whom it affects
    const char *remedy;     // an instruction: "remove one of them"
    const char *found;      // a tree as a string: the kustomization, then files, each after a line `--- path`
    const char *not_found;  // a tree without a finding
    bool is_fixable;        // `--fix` does what the remedy says (cli/check_fix.h)
    bool needs_more;        // the examples need more than a tree: a chart, a Git repository

    // Each of these may be NULL. judge->rule is the rule itself.

    // Called for each kustomization file, once as a root and once as a base.
    void (*kustomization)(struct judge *, const struct node *root);
    void (*match)(struct judge *, const struct match *);
    void (*event)(struct judge *, const struct build_event *);
    void (*resource)(struct judge *, const struct resource *);  // from the stream, as printed
    void (*stream)(struct judge *);                             // the whole stream, after the root has been built
    void (*failed)(struct judge *);                             // the root does not build
    void (*repository)(struct judge *, const struct repository_view *);
};

// In the order of check/registry.h, terminated by NULL.
extern const struct rule *const rules[];
extern const size_t rule_count;

// The build's own error. No level turns it off.
extern const struct rule build_failed_rule;

// NULL: no such rule.
const struct rule *rule_find(struct slice id);
// The most similar ID to an unknown one; empty: none is similar.
struct slice rule_nearest(struct slice id);

// The summary or the remedy of a rule as a sentence, without a period: "A patch matches no resource".
struct slice rule_sentence(struct arena *, const char *text);

// "kustomization", "repository", "object".
const char *rule_group_text(enum rule_group);

// "error", "warning", "note", "off".
const char *level_text(enum level);
bool level_find(struct slice text, enum level *);
