// Secrets that are wiped, and files that keep their owner: base/buffer.h, base/output_file.h.
#include "tests/support.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/output_file.h"

enum { SECRET_SIZE = 4096, LOOKED_AT = 64 };

static char secret_byte(size_t i)
{
    return (char)(i * 7 + 13);
}

// How much of the secret stands at an address, which may be free memory: hence not by a pointer.
static size_t secret_bytes_at(uintptr_t address)
{
    char seen[LOOKED_AT];
    int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    if (memory < 0)
        skip();
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

static void a_file_that_is_replaced_keeps_owner_and_mode(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
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
    cmocka_unit_test(a_file_that_is_replaced_keeps_owner_and_mode),
};

int test_memory(void)
{
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
