// cli/cfg_grep.c
//
// `kiln cfg grep QUERY [DIR]`: prints the objects that match a query.
#include "cfg/grep.h"
#include "cfg/print.h"
#include "cli/cfg.h"

struct settings {
    bool annotate, invert, recurse;
    const char *query;
};

#define AT(member) .offset = offsetof(struct settings, member)

static const struct option options[] = {
    {.name = "annotate",
     .kind = OPTION_BOOL,
     AT(annotate),
     .help = "add annotations that say which file a resource is from (true)"},
    {.name = "invert-match", .kind = OPTION_BOOL, AT(invert), .help = "print the resources that don't match"},
    {.name = "recurse-subpackages",
     .letter = 'R',
     .kind = OPTION_BOOL,
     AT(recurse),
     .help = "include subdirectories that have a Krmfile (true)"},
};

static bool work(struct cfg *cfg, void *state, struct tree_documents *objects, struct buffer *out)
{
    const struct settings *settings = state;
    struct grep grep = {.invert = settings->invert};
    struct print_request print = {.keep_origin = settings->annotate};
    struct cfg_round round;
    return grep_compile(cfg, slice_from(settings->query), &grep) && cfg_round_begin(cfg, objects, &round) &&
           grep_objects(cfg, &grep, objects) &&
           (!objects->count || (cfg_round_end(cfg, objects, &round) && print_objects(cfg, &print, objects, out)));
}

static enum status run(struct invocation *call)
{
    struct settings settings = {.annotate = true, .recurse = true};
    struct operands operands = {0};
    enum status status;
    if (!cfg_parse(call, &settings, &operands, 2, &status))
        return status;
    if (!operands.count) {
        diagnose(call->diagnostics, (struct position){0}, "%s requires a query", call->path);
        diagnose_hint(call->diagnostics, "write one, such as 'kind=Deployment' or 'spec.replicas>2'");
        diagnose_phrase(call->diagnostics, "missing required argument: QUERY");
        return STATUS_USAGE;
    }
    settings.query = operands.items[0];
    return cfg_run(call, &(struct cfg_job){
                             .directory = operands.count > 1 ? operands.items[1] : NULL,
                             .recurse = settings.recurse,
                             .separated = true,
                             .work = work,
                             .settings = &settings,
                         });
}

const struct command cfg_grep_command = {
    .name = "grep",
    .operands = "QUERY [DIR]",
    .summary = "print the resources that match a query",
    .description =
        "PATH=EXPRESSION matches the value at a path against a regular expression. PATH alone matches if the field\n"
        "exists. PATH<QUANTITY compares quantities, as do <=, >, and >=. In a path, a dot separates fields, "
        "'\\.' is a\n"
        "dot in a name, and 'list[field=expression]' selects list items.\n",
    .examples = "  kiln cfg grep kind=Deployment deploy\n"
                "  kiln cfg grep 'spec.template.spec.containers[name=web].image=nginx:1\\.' deploy\n"
                "  kiln cfg grep 'spec.replicas>=3' deploy --annotate=false\n",
    .options = options,
    .option_count = countof(options),
    .run = run,
};
