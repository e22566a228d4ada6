#include "load/git_objects.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/recovery.h"
#include "base/sha1.h"
#include "load/file_system.h"

struct git_objects {
    struct git_repository repository;
    struct process_talk *program;  // NULL: it has ended; some releases of git exit when an object is missing
};

static bool start(struct git_objects *objects, const char **reason)
{
    static const char *const words[] = {"cat-file", "--batch", NULL};
    struct process_request request = git_repository_request(&objects->repository, words);
    if (!objects->program)
        objects->program = process_talk_start(&request, reason);
    return objects->program != NULL;
}

static bool end(struct git_objects *objects)
{
    process_talk_end(objects->program);
    objects->program = NULL;
    return false;
}

struct git_objects *git_objects_open(const struct git_repository *repository)
{
    struct git_objects *objects = piece_new(sizeof *objects);
    const char *reason;
    objects->repository = *repository;
    if (start(objects, &reason))
        return objects;
    diagnose(repository->diagnostics, (struct position){0}, "cannot run git: %s", reason);
    piece_free(objects);
    return NULL;
}

void git_objects_close(struct git_objects *objects)
{
    if (!objects)
        return;
    process_talk_end(objects->program);
    piece_free(objects);
}

void git_objects_ask(struct git_objects *objects, const struct slice *names, size_t count)
{
    struct buffer text = {0};
    const char *failure;
    for (size_t i = 0; i < count; i++) {
        buffer_add_slice(&text, names[i]);
        buffer_add_byte(&text, '\n');
    }
    if (start(objects, &failure) && !process_talk_send(objects->program, buffer_slice(&text)))
        end(objects);
    buffer_free(&text);
}

bool git_objects_answer(struct git_objects *objects, struct arena *arena, struct slice *content, struct slice *reason)
{
    struct slice header, rest, name, type, size;
    char newline;
    *reason = slice_literal("git did not return the object");
    if (!objects->program)
        return false;
    if (!process_talk_line(objects->program, &header))
        return end(objects);
    // "OBJECT blob SIZE", or "OBJECT missing" in a partial clone.
    if (!slice_cut(header, ' ', &name, &rest) || !slice_cut(rest, ' ', &type, &size)) {
        *reason = slice_literal("the object is not in the repository");
        return false;
    }
    size_t length = (size_t)strtoull(arena_copy(arena, size).data, NULL, 10);
    if (length > FILE_SIZE_MAX) {
        *reason = slice_literal("it is larger than 1 GiB");
        return end(objects);
    }
    char *text = arena_allocate(arena, length + 1, 1);
    if (!process_talk_read(objects->program, text, length) || !process_talk_read(objects->program, &newline, 1))
        return end(objects);
    *content = (struct slice){text, length};
    return true;
}

bool git_objects_read(struct git_objects *objects, struct arena *arena, struct slice name, struct slice *content,
                      struct slice *reason)
{
    git_objects_ask(objects, &name, 1);
    return git_objects_answer(objects, arena, content, reason);
}

bool git_object_has_name(struct slice content, struct slice name)
{
    enum { HEAD_MAX = 32 };
    char head[HEAD_MAX], text[2 * crypto_hash_sha256_BYTES + 1];
    uint8_t digest[crypto_hash_sha256_BYTES];
    struct slice start = {head, (size_t)snprintf(head, sizeof head, "blob %zu", content.length) + 1};
    size_t length = name.length / 2;
    if (length == SHA1_BYTES) {
        sha1(start, content, digest);
    } else if (length == crypto_hash_sha256_BYTES) {
        crypto_hash_sha256_state state;
        crypto_hash_sha256_init(&state);
        crypto_hash_sha256_update(&state, (const unsigned char *)start.data, start.length);
        crypto_hash_sha256_update(&state, (const unsigned char *)content.data, content.length);
        crypto_hash_sha256_final(&state, digest);
    } else {
        return false;
    }
    sodium_bin2hex(text, sizeof text, digest, length);
    return slice_equals(name, text);
}
