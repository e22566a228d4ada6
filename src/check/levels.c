#include "check/levels.h"

#define nowhere ((struct position){0})

size_t rule_number(const struct rule *rule)
{
    size_t number = 0;
    while (rules[number] != rule)
        number++;
    return number;
}

bool levels_have(const struct levels *levels, const struct rule *rule)
{
    return levels->of_rule[rule_number(rule)] != LEVEL_OFF;
}

void levels_init(struct levels *levels)
{
    *levels = (struct levels){.fail_on = LEVEL_ERROR};
    for (size_t i = 0; i < rule_count; i++)
        levels->of_rule[i] = rules[i]->level;
}

static const struct rule *find(struct slice id, struct position position, struct diagnostics *diagnostics)
{
    const struct rule *rule = rule_find(id);
    if (rule)
        return rule;
    struct slice nearest = rule_nearest(id);
    diagnose(diagnostics, position, "unknown rule '%.*s'", SLICE_ARGS(id));
    if (nearest.length)
        diagnose_hint(diagnostics, "did you mean '%.*s'?", SLICE_ARGS(nearest));
    else
        diagnose_hint(diagnostics, "run 'kiln check --list-rules' to list all rules");
    return NULL;
}

static bool find_level(struct slice text, struct position position, const char *what, struct diagnostics *diagnostics,
                       enum level *level)
{
    return level_find(text, level) ||
           diagnose(diagnostics, position, "%s must be error, warning, note, or off, not '%.*s'", what,
                    SLICE_ARGS(text));
}

static void set(struct levels *levels, const struct rule *rule, enum level level)
{
    size_t number = rule_number(rule);
    levels->of_rule[number] = level;
    levels->chosen[number] = true;
}

static bool read_fail_on(struct levels *levels, struct slice text, struct position position, const char *what,
                         struct diagnostics *diagnostics)
{
    if (level_find(text, &levels->fail_on) && levels->fail_on != LEVEL_OFF)
        return true;
    return diagnose(diagnostics, position, "%s must be error, warning, or note, not '%.*s'", what, SLICE_ARGS(text));
}

bool levels_read_fail_on(struct levels *levels, struct slice text, struct diagnostics *diagnostics)
{
    return read_fail_on(levels, text, nowhere, "--fail-on", diagnostics);
}

bool levels_read_config(struct levels *levels, const struct config *config, struct slice directory,
                        struct diagnostics *diagnostics)
{
    levels->config = config;
    levels->config_directory = directory;
    const struct check_config *check = config ? config->check : NULL;
    for (size_t i = 0; check && i < check->rules.count; i++) {
        const struct text_pair *pair = &check->rules.items[i];
        const struct rule *rule = find(pair->key.slice, pair->key.position, diagnostics);
        enum level level;
        if (!rule || !find_level(pair->value.slice, pair->value.position, "the level of a rule", diagnostics, &level))
            return false;
        set(levels, rule, level);
    }
    for (size_t i = 0; check && i < check->ignore.count; i++) {
        const struct text *rule = &check->ignore.items[i]->rule;
        if (rule->slice.length && !find(rule->slice, rule->position, diagnostics))
            return false;
    }
    return !check || !check->fail_on.slice.length ||
           read_fail_on(levels, check->fail_on.slice, check->fail_on.position, "check.failOn", diagnostics);
}

bool levels_set(struct levels *levels, struct slice setting, struct diagnostics *diagnostics)
{
    struct slice id, text;
    enum level level;
    if (!slice_cut(setting, '=', &id, &text))
        return diagnose(diagnostics, nowhere, "--rule expects NAME=LEVEL, not '%.*s'", SLICE_ARGS(setting));
    const struct rule *rule = find(id, nowhere, diagnostics);
    if (!rule || !find_level(text, nowhere, "the level in --rule", diagnostics, &level))
        return false;
    set(levels, rule, level);
    return true;
}

bool levels_choose(struct levels *levels, struct slice names, struct diagnostics *diagnostics)
{
    bool named[RULES_MAX] = {0}, without[RULES_MAX] = {0}, only = false;
    levels->is_chosen = true;
    while (names.length) {
        struct slice name;
        slice_cut(names, ',', &name, &names);
        bool minus = slice_starts_with(name, slice_literal("-"));
        const struct rule *rule = find(minus ? slice_from_index(name, 1) : name, nowhere, diagnostics);
        if (!rule)
            return false;
        only |= !minus;
        (minus ? without : named)[rule_number(rule)] = true;
    }
    for (size_t i = 0; i < rule_count; i++) {
        if (without[i] || (only && !named[i]))
            levels->of_rule[i] = LEVEL_OFF;
        else if (named[i] && levels->of_rule[i] == LEVEL_OFF)
            levels->of_rule[i] = LEVEL_WARNING;
    }
    return true;
}

void levels_exclude(struct levels *levels, enum rule_group group)
{
    for (size_t i = 0; i < rule_count; i++)
        if (rules[i]->group == group)
            levels->of_rule[i] = LEVEL_OFF;
}
