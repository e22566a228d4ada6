#include "tests/support.h"

#include <errno.h>

// Pieces of many sizes, so that blocks of all kinds are started, extended, and filled.
static void allocate_pieces(struct arena *arena, unsigned char **pieces, size_t *sizes, size_t count)
{
    static const size_t some[] = {1, 24, 4096, 0, 70000, 33, 200, 131072, 9, 300000, 65536, 16, 5000};
    for (size_t i = 0; i < count; i++) {
        sizes[i] = some[i % countof(some)] + i % 7;
        pieces[i] = arena_allocate(arena, sizes[i], (size_t)1 << i % 5);
        assert_int_equal((uintptr_t)pieces[i] % ((size_t)1 << i % 5), 0);
        for (size_t k = 0; k < sizes[i]; k++)
            if (pieces[i][k])
                fail_msg("byte %zu of piece %zu is not zero", k, i);
        memset(pieces[i], (int)(i % 255) + 1, sizes[i]);
    }
}

static void expect_pieces(unsigned char **pieces, const size_t *sizes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sizes[i]; k++)
            if (pieces[i][k] != i % 255 + 1)
                fail_msg("byte %zu of piece %zu was written over", k, i);
}

enum { PIECES = 600 };

static void allocations_are_zeroed_and_distinct(void **state)
{
    (void)state;
    static unsigned char *pieces[PIECES];
    static size_t sizes[PIECES];
    struct arena arena = {0};
    allocate_pieces(&arena, pieces, sizes, PIECES);
    expect_pieces(pieces, sizes, PIECES);
    arena_free(&arena);
}

static void expected_memory_is_zeroed_and_may_be_too_small_or_too_large(void **state)
{
    (void)state;
    static unsigned char *pieces[2][PIECES];
    static size_t sizes[2][PIECES];
    static const size_t amounts[] = {1, 3 << 20, 40 << 20, (size_t)1 << 40};
    for (size_t i = 0; i < countof(amounts); i++) {
        struct arena arena = {0}, into = {0};
        allocate_pieces(&arena, pieces[0], sizes[0], PIECES / 6);
        arena_expect(&arena, amounts[i]);
        allocate_pieces(&arena, pieces[1], sizes[1], PIECES);
        arena_allocate(&into, 1, 1);
        arena_adopt(&into, &arena);
        expect_pieces(pieces[0], sizes[0], PIECES / 6);
        expect_pieces(pieces[1], sizes[1], PIECES);
        arena_free(&into);
    }
}

static void adopted_memory_is_kept_and_both_arenas_keep_working(void **state)
{
    (void)state;
    static unsigned char *pieces[3][PIECES];
    static size_t sizes[3][PIECES];
    struct arena into = {0}, from = {0};
    allocate_pieces(&into, pieces[0], sizes[0], PIECES / 2);
    allocate_pieces(&from, pieces[1], sizes[1], PIECES / 3);
    arena_adopt(&into, &from);
    assert_null(from.blocks);
    allocate_pieces(&into, pieces[2], sizes[2], PIECES);
    expect_pieces(pieces[0], sizes[0], PIECES / 2);
    expect_pieces(pieces[1], sizes[1], PIECES / 3);
    expect_pieces(pieces[2], sizes[2], PIECES);
    arena_adopt(&from, &into);
    expect_pieces(pieces[2], sizes[2], PIECES);
    arena_free(&from);
}

static void allocating_keeps_errno(void **state)
{
    (void)state;
    struct arena arena = {0};
    errno = ENOENT;
    for (size_t i = 0; i < 10000; i++)
        arena_allocate(&arena, 100, 8);
    assert_int_equal(errno, ENOENT);
    arena_free(&arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(allocations_are_zeroed_and_distinct),
    cmocka_unit_test(expected_memory_is_zeroed_and_may_be_too_small_or_too_large),
    cmocka_unit_test(adopted_memory_is_kept_and_both_arenas_keep_working),
    cmocka_unit_test(allocating_keeps_errno),
};

int test_arena(void)
{
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
