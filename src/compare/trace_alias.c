#include "compare/trace_alias.h"

#include "compare/trace_field.h"
#include "yaml/alias_uses.h"

struct position trace_find_alias(struct trace *trace, struct position value, struct slice path)
{
    const struct source *source = sources_get(&trace->observed->sources, value.file);
    struct trace_field field;
    struct sources sources = {.arena = trace->arena};
    struct diagnostics ignored;
    struct slice problem;
    if (!source || !value.line || !trace_field_parse(trace->arena, path, &field, &problem))
        return (struct position){0};
    diagnostics_init(&ignored, trace->arena, &sources);
    struct read_context read = {trace->arena, &trace->observed->name_cache, &ignored};
    struct alias_step *steps = arena_array(trace->arena, struct alias_step, field.count + 1);
    for (size_t i = 0; i < field.count; i++)
        steps[i] = (struct alias_step){field.items[i].text, field.items[i].brackets};
    return alias_uses_find(alias_uses_read(&read, source), value, steps, field.count);
}
