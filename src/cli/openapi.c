// cli/openapi.c
//
// `kiln openapi info` prints which schema is built in; `kiln openapi fetch` prints the schema of a cluster, for the
// field `openapi` of a kustomization.
#include "base/process.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "json/json.h"
#include "yaml/write.h"

enum form { FORM_JSON, FORM_YAML };

struct settings {
    int form;
};

static const struct option_choice forms[] = {{"json", FORM_JSON, false}, {"yaml", FORM_YAML, false}, {NULL, 0, false}};

static const struct option fetch_options[] = {
    {.name = "format",
     .kind = OPTION_CHOICE,
     .offset = offsetof(struct settings, form),
     .choices = forms,
     .help = "output format (json)"},
};

static enum status run_info(struct invocation *call)
{
    struct operands operands = {0};
    enum status status;
    if (!command_start(call, NULL, &operands, &status))
        return status;
    return terminal_write_result(call->diagnostics, slice_literal("{title:Kubernetes,version:v1.21.2}\n"));
}

// --- The schema of a cluster.

static bool refuse(struct invocation *call, const char *reason)
{
    diagnose(call->diagnostics, (struct position){0}, "cannot get the schema from the cluster: %s", reason);
    diagnose_hint(call->diagnostics,
                  "check that kubectl is installed and that its context points to a running cluster");
    return false;
}

// False: diagnosed.
static bool ask_cluster(struct invocation *call, struct process_result *result)
{
    const struct process_request request = {
        .arguments = (const char *const[]){"kubectl", "get", "--raw", "/openapi/v2", NULL}};
    process_run(&request, result);
    struct slice words = slice_trim(buffer_slice(&result->errors), " \n");
    if (result->outcome == PROCESS_NOT_STARTED)
        return refuse(call, arena_format(call->arena, "cannot run kubectl: %s", result->reason).data);
    if (result->outcome == PROCESS_TOO_LONG)
        return refuse(call,
                      arena_format(call->arena, "kubectl %.*s", SLICE_ARGS(process_failure(call->arena, result))).data);
    bool done = result->outcome == PROCESS_EXITED && result->status == 0;
    if (done && result->output.length)
        return true;
    return refuse(call, words.length ? arena_copy(call->arena, words).data
                        : done       ? "kubectl printed nothing"
                                     : "kubectl failed without a message");
}

// As in kustomize, null is accepted.
static bool check_schema(struct invocation *call, const struct node *root)
{
    return node_is_map(root) || node_is_null(root) || refuse(call, "the output of kubectl is not a JSON object");
}

static bool print_schema(struct invocation *call, struct slice schema, enum form form, struct buffer *out)
{
    struct sources *sources = arena_new(call->arena, struct sources);
    sources->arena = call->arena;
    struct name_table names;
    name_table_init(&names, NULL, 0);
    struct name_cache cache = {.table = &names};
    // Messages show the line, at the end of the program.
    schema = arena_copy(call->arena, schema);
    const struct source *source = sources_add(sources, slice_literal("the response of the cluster"), schema);
    call->diagnostics->sources = sources;
    struct node *root = json_read(call->arena, &cache, source, call->diagnostics);
    struct buffer json = {0};
    bool done = root && check_schema(call, root) && json_write(&json, root, false, call->diagnostics);
    if (done && form == FORM_JSON) {
        json_indent(out, buffer_slice(&json));
        buffer_add_byte(out, '\n');
    } else if (done) {
        struct yaml_writer *writer = yaml_writer_new(call->diagnostics);
        done = yaml_write_document(writer, out, root);
        buffer_add_byte(out, '\n');
        yaml_writer_free(writer);
    }
    buffer_free(&json);
    name_table_free(&names);
    return done;
}

static enum status run_fetch(struct invocation *call)
{
    struct settings settings = {.form = FORM_JSON};
    struct operands operands = {0};
    enum status status;
    if (!command_start(call, &settings, &operands, &status))
        return status;
    struct process_result result = {0};
    struct buffer out = {0};
    status = STATUS_FAILED;
    if (ask_cluster(call, &result) && print_schema(call, buffer_slice(&result.output), (enum form)settings.form, &out))
        status = terminal_write_result(call->diagnostics, buffer_slice(&out));
    buffer_free(&out);
    process_result_free(&result);
    return status;
}

static const struct command info_command = {
    .name = "info",
    .summary = "print which Kubernetes schema is built in",
    .run = run_info,
};

static const struct command fetch_command = {
    .name = "fetch",
    .summary = "print the schema of the cluster in kubectl's context",
    .examples = "  kiln openapi fetch > schema.json    # for `openapi: {path: schema.json}`\n",
    .options = fetch_options,
    .option_count = countof(fetch_options),
    .run = run_fetch,
};

const struct command openapi_command = {
    .name = "openapi",
    .summary = "show OpenAPI schemas",
    .hidden = true,
    .commands = (const struct command *const[]){&info_command, &fetch_command, NULL},
};
