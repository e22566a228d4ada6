#include "repository/session.h"

#include <stdatomic.h>

#include "base/recovery.h"
#include "load/path.h"
#include "load/shared_files.h"
#include "load/shared_remote.h"
#include "schema/field_spec.h"
#include "schema/well_known_names.h"

struct session {
    struct memory_budget memory;
    struct session *older;  // the owner of the names; NULL: this session
    struct name_table own_names, *names;
    struct shared_files *files;
    struct shared_remote remote;
    struct field_defaults fields;
    atomic_uint build_count;
};

struct session *session_new_beside(const struct file_system *files, size_t tree_limit, struct session *older)
{
    struct session *session = piece_new(sizeof *session);
    session->older = older;
    session->names = older ? older->names : &session->own_names;
    if (!older)
        well_known_names_init(session->names);
    session->files = shared_files_new(files, session->names, tree_limit, older ? older->files : NULL);
    shared_remote_init(&session->remote);
    field_defaults_init(&session->fields, session->names);
    return session;
}

struct session *session_new_on(const struct file_system *files, size_t tree_limit)
{
    return session_new_beside(files, tree_limit, NULL);
}

struct session *session_new(size_t tree_limit)
{
    return session_new_on(&file_system_posix, tree_limit);
}

void session_free(struct session *session)
{
    if (!session)
        return;
    struct memory_budget *before = memory_budget_enter(&session->memory);
    field_defaults_free(&session->fields);
    shared_remote_free(&session->remote);
    shared_files_free(session->files);
    if (!session->older)
        name_table_free(session->names);
    memory_budget_enter(before);
    piece_free(session);
}

struct build *session_build_new(struct session *session)
{
    // Making all default field specs costs as much as a few builds that make only those they need.
    enum { FEW = 4 };
    struct build *build = build_new_with(session->names);
    build->shared_remote = &session->remote;
    if (atomic_fetch_add(&session->build_count, 1) >= FEW)
        build->field_defaults = &session->fields;
    return build;
}

void session_build_free(struct session *session, struct build *build)
{
    // Files and names with a Secret belong to the session.
    for (struct session *at = session; at && atomic_load(&build->memory.is_secret); at = at->older)
        atomic_store(&at->memory.is_secret, true);
    build_free(build);
}

const struct file_system *session_files(struct session *session, struct build *build, struct slice directory)
{
    const struct file_system *all = shared_files_view(session->files, &build->arena, (struct slice){0});
    struct slice current;
    if (!directory.length || !all->current_directory(all->state, &build->arena, &current))
        return all;
    return shared_files_view(session->files, &build->arena, path_join(&build->arena, current, directory));
}
