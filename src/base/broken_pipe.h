// base/broken_pipe.h
//
// Writing to what may have no reader left, without SIGPIPE: it is held back in this thread alone. What other threads do
// about it is their own affair.
#pragma once

#include <signal.h>
#include <stdbool.h>

struct broken_pipe {
    sigset_t before;
    bool was_pending;
};

void broken_pipe_hold(struct broken_pipe *);
// Takes back what came meanwhile. Keeps errno.
void broken_pipe_release(const struct broken_pipe *);
