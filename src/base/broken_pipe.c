#include "base/broken_pipe.h"

#include <errno.h>
#include <pthread.h>

static sigset_t only_broken_pipe(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
}

static bool is_pending(void)
{
    sigset_t pending;
    return sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
}

void broken_pipe_hold(struct broken_pipe *pipe)
{
    sigset_t set = only_broken_pipe();
    pipe->was_pending = is_pending();
    pthread_sigmask(SIG_BLOCK, &set, &pipe->before);
}

void broken_pipe_release(const struct broken_pipe *pipe)
{
    sigset_t set = only_broken_pipe();
    int error = errno, number;
    if (!pipe->was_pending && is_pending())
        sigwait(&set, &number);
    pthread_sigmask(SIG_SETMASK, &pipe->before, NULL);
    errno = error;
}
