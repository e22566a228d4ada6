// cli/function_flags.h
//
// The flags of commands that run functions, as rows of an options table. No include guard: AT(member) is the place of a
// member in the settings of the command that includes this.
{.name = "enable-exec", .kind = OPTION_BOOL, AT(enable_exec), .help = "allow functions to be local programs"},
    {.name = "network", .kind = OPTION_BOOL, AT(network), .help = "allow network access for functions that ask for it"},
    {.name = "mount",
     .kind = OPTION_LIST,
     AT(mounts),
     .value = "MOUNT",
     .help = "a mount for containers: type=T,src=S,dst=D[,rw=true]; may be repeated"},
    {.name = "env",
     .letter = 'e',
     .kind = OPTION_LIST,
     AT(environment),
     .value = "NAME[=VALUE]",
     .help = "an environment variable for functions; may be repeated"},
    {.name = "as-current-user",
     .kind = OPTION_BOOL,
     AT(as_current_user),
     .help = "run containers as the current user and group"},
