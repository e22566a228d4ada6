#include "localize/localize.h"

#include <errno.h>
#include <string.h>

#include "load/path.h"
#include "localize/localizer.h"
#include "localize/names.h"
#include "pipeline/plugins.h"

#define nowhere ((struct position){0})

static bool check_target(struct build *build, struct slice target)
{
    struct git_url url;
    if (!git_url_parse(&build->arena, target, &url) || url.reference.length)
        return true;
    struct slice shown = url_shown(&build->arena, target);
    diagnose(&build->diagnostics, nowhere, "'%.*s' does not name a revision to copy", SLICE_ARGS(shown));
    diagnose_hint(&build->diagnostics, "name a branch, tag, or commit: '?ref=v1.0.0'");
    return diagnose_phrase(&build->diagnostics, "localize remote root \"%.*s\" missing ref query string parameter",
                           SLICE_ARGS(shown));
}

static bool phrase_scope(struct build *build, struct slice scope)
{
    return diagnose_phrase(&build->diagnostics, "invalid localize scope \"%.*s\": unable to establish localize scope",
                           SLICE_ARGS(scope));
}

static bool choose_scope(struct localizer *localizer, const struct localize_request *request,
                         const struct file_loader *target)
{
    struct build *build = localizer->build;
    const struct file_system *files = localizer->loader.files;
    struct slice current, reason, scope = request->scope;
    localizer->scope = target->repository ? target->repository->clone : target->path;
    localizer->scope_shown = scope.length ? scope : target->shown;
    if (!scope.length)
        return true;
    if (target->repository)
        return diagnose(&build->diagnostics, nowhere,
                        "a remote target cannot have the scope '%.*s': it is limited to its repository",
                        SLICE_ARGS(scope));
    if (!files->current_directory(files->state, &build->arena, &current) ||
        !files->resolve(files->state, &build->arena, path_join(&build->arena, current, scope), &localizer->scope,
                        &reason)) {
        diagnose(&build->diagnostics, nowhere, "the scope '%.*s' does not exist", SLICE_ARGS(scope));
        return phrase_scope(build, scope);
    }
    enum file_kind kind = files->kind(files->state, localizer->scope);
    if (kind == FILE_UNKNOWN) {
        diagnose(&build->diagnostics, nowhere, "cannot access the scope '%.*s': %s", SLICE_ARGS(scope),
                 strerror(errno));
        return phrase_scope(build, scope);
    }
    if (kind != FILE_DIRECTORY) {
        diagnose(&build->diagnostics, nowhere, "the scope '%.*s' is not a directory", SLICE_ARGS(scope));
        return phrase_scope(build, scope);
    }
    if (path_is_within(target->path, localizer->scope))
        return true;
    diagnose(&build->diagnostics, nowhere, "the scope '%.*s' does not contain the target '%.*s'", SLICE_ARGS(scope),
             SLICE_ARGS(request->target));
    return diagnose_phrase(
        &build->diagnostics,
        "invalid localize scope \"%.*s\": localize scope \"%.*s\" does not contain target \"%.*s\" at "
        "\"%.*s\"",
        SLICE_ARGS(scope), SLICE_ARGS(scope), SLICE_ARGS(request->target), SLICE_ARGS(target->path));
}

static struct slice choose_destination(struct localizer *localizer, const struct localize_request *request,
                                       const struct file_loader *target)
{
    if (request->destination.length)
        return request->destination;
    const struct repository_root *repository = target->repository;
    return localized_destination(&localizer->build->arena, target->path, repository ? &repository->url : NULL,
                                 repository && slice_equal(target->path, repository->clone));
}

static bool run(struct localizer *localizer, const struct localize_request *request, struct localize_result *result)
{
    struct build *build = localizer->build;
    struct file_loader *target = loader_open_root(&localizer->loader, request->target);
    if (!target || !choose_scope(localizer, request, target))
        return false;
    result->destination = choose_destination(localizer, request, target);
    if (!destination_open(&localizer->destination, result->destination))
        return false;
    struct slice place = path_relative(&build->arena, localizer->scope, target->path);
    struct localized_root root = {localizer, target, place};
    if (!localize_kustomization(&root, nowhere)) {
        destination_discard(&localizer->destination);
        return false;
    }
    result->copy = path_join(&build->arena, result->destination, place);
    result->made = localizer->destination;
    return true;
}

bool localize_commit(struct localize_result *result)
{
    return destination_commit(&result->made);
}

bool localize_run(struct build *build, const struct localize_request *request, struct localize_result *result)
{
    struct localizer localizer = {
        .build = build,
        .loader = {.files = &file_system_posix,
                   .arena = &build->arena,
                   .sources = &build->sources,
                   .diagnostics = &build->diagnostics,
                   .is_restricted_always = true,
                   .remote = &localizer.remote},
        .shape = plugins_kustomization_shape(&build->arena),
        .destination = {.arena = &build->arena, .diagnostics = &build->diagnostics},
    };
    remote_init(&localizer.remote, &build->arena, &build->sources, &build->temporary);
    struct slice shown = url_shown(&build->arena, request->target);
    diagnostics_push(&build->diagnostics, "localizing %.*s", SLICE_ARGS(shown));
    bool done = check_target(build, request->target) && run(&localizer, request, result);
    loader_close(&localizer.loader);
    temporary_remove(&build->temporary);
    diagnostics_pop(&build->diagnostics);
    return done;
}
