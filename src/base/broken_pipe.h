// base/broken_pipe.h
//
// Writing to a pipe that may have lost its reader, without SIGPIPE. Only this thread blocks the signal; other threads
// are not affected.
#pragma once

#include <signal.h>
#include <stdbool.h>

struct broken_pipe {
    sigset_t before;
    bool was_pending;
};

void broken_pipe_hold(struct broken_pipe *);
// Discards a SIGPIPE that has arrived in between. Keeps errno.
void broken_pipe_release(const struct broken_pipe *);
