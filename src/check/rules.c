#include "check/rule.h"

#include "base/arena.h"
#include "base/diagnostics.h"

#define RULE(name) extern const struct rule name##_rule;
#include "check/registry.h"
#undef RULE

#define RULE(name) &name##_rule,
const struct rule *const rules[] = {
#include "check/registry.h"
    NULL};
#undef RULE
const size_t rule_count = countof(rules) - 1;

const struct rule *rule_find(struct slice id)
{
    for (size_t i = 0; i < rule_count; i++)
        if (slice_equals(id, rules[i]->id))
            return rules[i];
    return NULL;
}

struct slice rule_nearest(struct slice id)
{
    struct slice ids[countof(rules)];
    for (size_t i = 0; i < rule_count; i++)
        ids[i] = slice_from(rules[i]->id);
    return nearest_text(id, ids, rule_count);
}

struct slice rule_sentence(struct arena *arena, const char *text)
{
    return arena_format(arena, "%c%s", text[0] >= 'a' && text[0] <= 'z' ? text[0] - 'a' + 'A' : text[0], text + 1);
}

const char *rule_group_text(enum rule_group group)
{
    static const char *const texts[] = {
        [RULE_KUSTOMIZATION] = "kustomization", [RULE_REPOSITORY] = "repository", [RULE_OBJECT] = "object"};
    return texts[group];
}

static const char *const level_texts[] = {
    [LEVEL_OFF] = "off", [LEVEL_NOTE] = "note", [LEVEL_WARNING] = "warning", [LEVEL_ERROR] = "error"};

const char *level_text(enum level level)
{
    return level_texts[level];
}

bool level_find(struct slice text, enum level *level)
{
    for (size_t i = 0; i < countof(level_texts); i++)
        if (slice_equals(text, level_texts[i])) {
            *level = (enum level)i;
            return true;
        }
    return false;
}
