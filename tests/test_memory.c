// Wiping secrets (base/buffer.h), and keeping the owner of files (base/output_file.h).
#include "tests/support.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/output_file.h"
#include "base/process.h"
#include "base/recovery.h"

enum { SECRET_SIZE = 4096, LOOKED_AT = 64 };

static char secret_byte(size_t i)
{
    return (char)('a' + (i * 7 + i / 26) % 26);
}

// How many bytes of the secret are at an address. The memory may be free, so it isn't passed as a pointer.
static size_t secret_bytes_at(uintptr_t address)
{
    char seen[LOOKED_AT];
    int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    if (memory < 0)
        test_skip("there is no /proc/self/mem");
    ssize_t count = pread(memory, seen, sizeof seen, (off_t)(address + SECRET_SIZE / 2));
    close(memory);
    size_t same = 0;
    for (ssize_t i = 0; i < count; i++)
        same += seen[i] == secret_byte(SECRET_SIZE / 2 + (size_t)i);
    return same;
}

static void a_wiped_buffer_leaves_nothing_in_memory(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    for (size_t i = 0; i < SECRET_SIZE; i++)
        buffer_add_byte(&buffer, secret_byte(i));
    uintptr_t address = (uintptr_t)buffer.data;
    assert_int_equal(secret_bytes_at(address), LOOKED_AT);
    buffer_wipe(&buffer);
    assert_in_range(secret_bytes_at(address), 0, LOOKED_AT / 2);
    assert_null(buffer.data);
}

static void write_text(const char *directory, const char *name, struct slice text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text.data, 1, text.length, file), text.length);
    assert_int_equal(fclose(file), 0);
}

// The addresses of a value as it was read and as it was written to the stream.
struct traces {
    uintptr_t read, written;
};

static struct traces trace(struct build *build, const struct build_stream *stream)
{
    const struct name *data = name_intern(build->names, slice_literal("stringData"));
    const struct name *key = name_intern(build->names, slice_literal("pw"));
    struct slice value = node_text(node_get_path(build->resources.items[0]->root, data, key, NULL));
    struct slice printed = buffer_slice(&stream->parts[0]);
    size_t at = slice_find(printed, value);
    assert_true(value.length == SECRET_SIZE && at != SLICE_NOT_FOUND);
    return (struct traces){(uintptr_t)value.data, (uintptr_t)printed.data + at};
}

static void a_build_with_a_secret_leaves_nothing_in_memory(void **state)
{
    (void)state;
    char directory[] = "/tmp/kiln-wiped-XXXXXX";
    assert_non_null(mkdtemp(directory));
    struct buffer text = {0};
    buffer_add_text(&text, "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  pw: ");
    for (size_t i = 0; i < SECRET_SIZE; i++)
        buffer_add_byte(&text, secret_byte(i));
    write_text(directory, "s.yaml", buffer_slice(&text));
    write_text(directory, "kustomization.yaml", slice_literal("resources: [s.yaml]\n"));

    struct build *build = build_new();
    struct build_options options = {0};
    struct build_stream stream;
    assert_true(build_run(build, &options, slice_from(directory)));
    assert_true(build_print(build, &stream));
    struct traces traces = trace(build, &stream);
    assert_int_equal(secret_bytes_at(traces.read), LOOKED_AT);
    assert_int_equal(secret_bytes_at(traces.written), LOOKED_AT);
    build_stream_free(build, &stream);
    build_free(build);
    assert_in_range(secret_bytes_at(traces.read), 0, LOOKED_AT / 2);
    assert_in_range(secret_bytes_at(traces.written), 0, LOOKED_AT / 2);
    buffer_free(&text);
    const char *const arguments[] = {"rm", "-rf", directory, NULL};
    struct process_result result = {0};
    process_run(&(struct process_request){.arguments = arguments}, &result);
    process_result_free(&result);
}

// A buffer that grows moves to other memory, and its old memory must be wiped.
static void a_secret_that_grows_leaves_no_copy(void **state)
{
    (void)state;
    struct memory_budget budget = {0}, *before = memory_budget_enter(&budget);
    memory_hold_secret();
    assert_true(memory_is_secret());
    char *small = piece_resize(NULL, SECRET_SIZE);
    for (size_t i = 0; i < SECRET_SIZE; i++)
        small[i] = secret_byte(i);
    uintptr_t address = (uintptr_t)small;
    char *large = piece_resize(small, 1 << 20);
    assert_int_equal(secret_bytes_at((uintptr_t)large), LOOKED_AT);
    assert_in_range(secret_bytes_at(address), 0, LOOKED_AT / 2);
    piece_free(large);
    memory_budget_enter(before);
    assert_false(memory_is_secret());
}

// Large allocations with blocks of their own, full blocks, and adopted ones.
static void an_arena_with_a_secret_is_overwritten(void **state)
{
    (void)state;
    enum { PIECES = 40 };
    struct memory_budget budget = {0}, *before = memory_budget_enter(&budget);
    memory_hold_secret();
    struct arena arena = {0}, other = {0};
    uintptr_t addresses[PIECES];
    for (size_t i = 0; i < PIECES; i++) {
        char *piece = arena_allocate(i % 3 ? &arena : &other, i == 20 ? 300000 : SECRET_SIZE, 1);
        for (size_t k = 0; k < SECRET_SIZE; k++)
            piece[k] = secret_byte(k);
        addresses[i] = (uintptr_t)piece;
    }
    arena_adopt(&arena, &other);
    for (size_t i = 0; i < PIECES; i++)
        assert_int_equal(secret_bytes_at(addresses[i]), LOOKED_AT);
    arena_free(&arena);
    for (size_t i = 0; i < PIECES; i++)
        assert_in_range(secret_bytes_at(addresses[i]), 0, LOOKED_AT / 2);
    memory_budget_enter(before);
}

static void a_file_that_is_replaced_keeps_owner_and_mode(void **state)
{
    (void)state;
    if (geteuid() != 0)
        test_skip("only root may give files away");
    char path[] = "/tmp/kiln-owner-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    assert_int_equal(chown(path, 12345, 23456), 0);
    assert_int_equal(chmod(path, 0640), 0);

    struct arena arena = {0};
    struct output_batch batch;
    output_batch_begin(&batch, &arena);
    bool added = output_batch_add(&batch, slice_from(path), slice_literal("new\n"));
    bool written = added && output_batch_commit(&batch);
    struct stat now;
    int seen = stat(path, &now);
    unlink(path);
    arena_free(&arena);

    assert_true(written);
    assert_int_equal(seen, 0);
    assert_int_equal(now.st_size, 4);
    assert_int_equal(now.st_uid, 12345);
    assert_int_equal(now.st_gid, 23456);
    assert_int_equal(now.st_mode & 07777, 0640);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_wiped_buffer_leaves_nothing_in_memory),
    cmocka_unit_test(a_build_with_a_secret_leaves_nothing_in_memory),
    cmocka_unit_test(a_secret_that_grows_leaves_no_copy),
    cmocka_unit_test(an_arena_with_a_secret_is_overwritten),
    cmocka_unit_test(a_file_that_is_replaced_keeps_owner_and_mode),
};

int test_memory(void)
{
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
