#include "cli/stack.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/task_pool.h"
#include "cli/command.h"

struct call {
    int count;
    char **arguments;
    const struct command *const *commands;
    int status;
};

static void *run(void *state)
{
    struct call *call = state;
    call->status = command_line_run(call->count, call->arguments, call->commands);
    return NULL;
}

static bool is_large_enough(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= TASK_STACK_SIZE;
}

int stack_run(int count, char **arguments, const struct command *const *list)
{
    if (is_large_enough())
        return command_line_run(count, arguments, list);
    struct call call = {count, arguments, list, STATUS_FAILED};
    pthread_attr_t attributes;
    pthread_t thread;
    int error = pthread_attr_init(&attributes);
    if (!error) {
        pthread_attr_setstacksize(&attributes, TASK_STACK_SIZE);
        error = pthread_create(&thread, &attributes, run, &call);
        pthread_attr_destroy(&attributes);
    }
    if (error)
        fprintf(stderr,
                "kiln: the stack is too small, and a thread with a larger one cannot be started: %s\n  hint: raise "
                "`ulimit -s`\n",
                strerror(error));
    else
        pthread_join(thread, NULL);
    return call.status;
}
