// check/levels.h
//
// The levels of the rules, and what to ignore: from the defaults, then .kiln.yaml, then the flags.
#pragma once

#include "check/rule.h"
#include "config/config.h"

enum { RULES_MAX = 128 };

struct levels {
    enum level of_rule[RULES_MAX];  // in the order of `rules`
    bool chosen[RULES_MAX];         // set by .kiln.yaml or a flag
    bool is_chosen;                 // --rules has turned some off
    enum level fail_on;             // findings of at least this level fail the run
    const struct config *config;    // has `check.ignore`; NULL: nothing is ignored
    struct slice config_directory;
};

void levels_init(struct levels *);
// False: diagnosed (an unknown rule or level).
bool levels_read_config(struct levels *, const struct config *, struct slice directory, struct diagnostics *);
// `NAME=LEVEL`
bool levels_set(struct levels *, struct slice setting, struct diagnostics *);
// `a,b,-c`: runs only the rules without a `-`, or if all have one, all rules except those.
bool levels_choose(struct levels *, struct slice names, struct diagnostics *);
// Turns off the rules of a group.
void levels_exclude(struct levels *, enum rule_group);
bool levels_read_fail_on(struct levels *, struct slice text, struct diagnostics *);

// The number of a rule in `rules`.
size_t rule_number(const struct rule *);
// True if the rule is on.
bool levels_have(const struct levels *, const struct rule *);
