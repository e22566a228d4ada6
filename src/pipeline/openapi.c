#include "pipeline/openapi.h"

#include "json/json.h"
#include "pipeline/kust_target.h"
#include "schema/schema.h"

static const char builtin_version[] = "v1.21.2";

static void use_schema(struct accumulate_context *shared, const struct schema *schema)
{
    struct build *build = shared->build;
    shared->openapi.use = arena_new(&build->arena, struct schema_use);
    build->resource_context.schema = schema_tracked(&build->arena, schema, shared->openapi.use);
}

void openapi_start(struct accumulate_context *shared)
{
    shared->openapi = (struct openapi_choice){0};
    use_schema(shared, schema_builtin());
}

static const struct text_pair *find_key(const struct text_map *map, const char *key)
{
    for (size_t i = 0; i < map->count; i++)
        if (slice_equals(map->items[i].key.slice, key))
            return &map->items[i];
    return NULL;
}

// The document replaces the built-in schema unless that has already been used. In that case, they are joined, as in
// kustomize: the document takes precedence if the schema was used for a merge, but not if only a scope was looked up.
static const struct schema *make_schema(struct accumulate_context *shared, const struct node *document)
{
    struct build *build = shared->build;
    const struct schema_use *use = shared->openapi.use;
    const struct schema *base = use->types || use->scopes ? schema_builtin() : schema_empty();
    if (!document)
        return base;
    return schema_join_openapi(&build->arena, base, use->types ? SCHEMA_DOCUMENT_COUNTS : SCHEMA_BASE_COUNTS, document,
                               &build->diagnostics);
}

static const struct schema *read_schema(struct accumulate_context *shared, const struct source *source)
{
    struct build *build = shared->build;
    struct read_context read = build_read_context(build);
    struct node *document = NULL;
    if (!source->content.length) {
        diagnose(&build->diagnostics, source_position(source, 0, 0),
                 "expected an OpenAPI document, but the file is empty");
        return NULL;
    }
    if (source->content.data[0] == '{')
        document = json_read_openapi(&build->arena, &build->name_cache, source, 1, &build->diagnostics);
    if (source->content.data[0] == '{' ? !document : !yaml_read_first(&read, source, &document))
        return NULL;
    return make_schema(shared, document);
}

// Objects that have already been read may be of kinds that the document makes cluster-scoped.
static void refresh_scopes(struct accumulate_context *shared)
{
    struct resource_context *context = &shared->build->resource_context;
    for (struct accumulation *at = shared->innermost; at; at = at->outer) {
        for (size_t i = 0; i < at->resources.count; i++) {
            struct resource *resource = at->resources.items[i];
            bool cluster_scoped = resource->cluster_scoped;
            if (resource_refresh_id(context, resource) && resource->cluster_scoped != cluster_scoped)
                resource_map_reindex(&at->resources, resource);
        }
    }
}

static void choose_document(struct accumulate_context *shared, const struct source *source)
{
    struct diagnostics *diagnostics = &shared->build->diagnostics;
    size_t mark = diagnostics->count;
    const struct schema *schema = read_schema(shared, source);
    if (!schema) {
        // As in kustomize, a broken document is an error only when something needs it.
        shared->openapi.unreadable = true;
        shared->openapi.problem = diagnostics->items[mark];
        diagnostics_forget(diagnostics, mark);
        schema = schema_empty();
    }
    use_schema(shared, schema);
    refresh_scopes(shared);
}

bool openapi_enter(struct accumulate_context *shared, struct file_loader *files,
                   const struct kustomization *kustomization)
{
    struct diagnostics *diagnostics = &shared->build->diagnostics;
    const struct text_pair *path = find_key(&kustomization->openapi, "path");
    const struct text_pair *version = find_key(&kustomization->openapi, "version");
    const struct source *source = path ? file_loader_read(files, path->value) : NULL;
    if (path && !source)
        return false;
    if (shared->openapi.chosen)
        return true;
    if (source && version) {
        diagnose(diagnostics, version->key.position, "'openapi' has both 'path' and 'version'");
        diagnose_hint(diagnostics, "keep one: `path` names a file, `version` a built-in document");
        return false;
    }
    if (source) {
        shared->openapi.chosen = true;
        choose_document(shared, source);
        return true;
    }
    if (!version || !version->value.slice.length)
        return true;
    shared->openapi.chosen = true;
    if (slice_equals(version->value.slice, builtin_version))
        return true;
    diagnose(diagnostics, version->value.position, "unknown built-in OpenAPI version '%.*s'",
             SLICE_ARGS(version->value.slice));
    diagnose_hint(diagnostics, "use '%s', the only one that is built in", builtin_version);
    return false;
}

bool openapi_check(struct accumulate_context *shared)
{
    const struct openapi_choice *choice = &shared->openapi;
    struct diagnostics *diagnostics = &shared->build->diagnostics;
    if (!choice->unreadable)
        return true;
    if (choice->use->types || choice->use->scopes)
        return diagnose(diagnostics, choice->problem.position, "%.*s", SLICE_ARGS(choice->problem.message));
    diagnose_warning(diagnostics, choice->problem.position, "%.*s", SLICE_ARGS(choice->problem.message));
    diagnose_hint(diagnostics, "correct the document, or remove `openapi`: nothing needs it");
    return true;
}
