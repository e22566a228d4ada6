#include "load/git_objects.h"

#include <stdlib.h>

#include "base/recovery.h"
#include "load/file_system.h"

struct git_objects {
    struct process_talk *program;  // NULL: it was ended in the middle of a content
};

struct git_objects *git_objects_open(const struct git_repository *repository)
{
    static const char *const words[] = {"cat-file", "--batch", NULL};
    struct process_request request = git_repository_request(repository, words);
    const char *reason;
    struct process_talk *program = process_talk_start(&request, &reason);
    if (!program) {
        diagnose(repository->diagnostics, (struct position){0}, "cannot run git: %s", reason);
        return NULL;
    }
    struct git_objects *objects = piece_new(sizeof *objects);
    objects->program = program;
    return objects;
}

void git_objects_close(struct git_objects *objects)
{
    if (!objects)
        return;
    process_talk_end(objects->program);
    piece_free(objects);
}

bool git_objects_read(struct git_objects *objects, struct arena *arena, struct slice object, struct slice *content,
                      struct slice *reason)
{
    struct slice header, rest, name, type, size;
    char newline;
    *reason = slice_literal("git does not give the object");
    if (!objects->program || !process_talk_say(objects->program, object) ||
        !process_talk_say(objects->program, slice_literal("\n")) || !process_talk_line(objects->program, &header))
        return false;
    // "OBJECT blob SIZE", or "OBJECT missing" in a partial clone.
    if (!slice_cut(header, ' ', &name, &rest) || !slice_cut(rest, ' ', &type, &size)) {
        *reason = slice_literal("the object is not in the repository");
        return false;
    }
    size_t length = (size_t)strtoull(arena_copy(arena, size).data, NULL, 10);
    if (length > FILE_SIZE_MAX) {
        *reason = slice_literal("it is larger than 1 GiB");
        process_talk_end(objects->program);
        objects->program = NULL;
        return false;
    }
    char *text = arena_allocate(arena, length + 1, 1);
    if (!process_talk_read(objects->program, text, length) || !process_talk_read(objects->program, &newline, 1))
        return false;
    *content = (struct slice){text, length};
    return true;
}
