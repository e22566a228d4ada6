#include "tests/call.h"

// The program runs in a subshell, so that the shell's own word about a signal is not in the output.
struct slice call(struct world *world, const char *arguments)
{
    return world_run(
        world,
        arena_format(&world->arena, "cd repo && (%s %s) 2>&1; echo \"status $?\"", test_program(), arguments).data);
}

struct slice call_without_release(struct world *world, const char *arguments)
{
    return world_run(
        world,
        arena_format(&world->arena,
                     "cd repo && { %s %s; echo \"status $?\"; } 2>&1 | sed 's/), checked against the API of .*/)/'",
                     test_program(), arguments)
            .data);
}

void expect_call(struct world *world, const char *arguments, const char *part)
{
    expect_contains(call(world, arguments), part);
}

void expect_no(struct world *world, const char *arguments, const char *part)
{
    struct slice said = call(world, arguments);
    expect_absent(said, part);
    expect_absent(said, "status 2");
}

void add_root(struct world *world, const char *path, const char *text)
{
    world_write(world, arena_format(&world->arena, "repo/%s/kustomization.yaml", path).data, text);
}
