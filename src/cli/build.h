// cli/build.h
//
// What `kiln build` does, for a command that passes the stream on.
#pragma once

#include "base/buffer.h"
#include "base/release.h"
#include "cli/command.h"
#include "cli/options.h"
#include "pipeline/build.h"

// The flags of `kiln build`. The first are about what is printed, and where; the others concern the build alone.
enum { BUILD_OPTION_COUNT = 32, BUILD_OUTPUT_OPTION_COUNT = 6 };
extern const struct option build_options_table[BUILD_OPTION_COUNT];

extern const struct option_choice build_name_hashes[], build_releases[], build_load_restrictors[];

// What KILN_NAME_HASH and KILN_COMPAT say, where no flag has said it. False: diagnosed.
bool build_read_environment(struct invocation *, int *name_hash, int *release);

// Builds what the arguments of the call say, as `kiln build` reads them, and reports. False: `*status` is how the
// command ends; so it is when they ask for help.
bool build_stream(struct invocation *, struct buffer *stream, enum status *status);

// The release of kustomize that a program of this name follows by default.
enum release build_default_release(const struct invocation *);
// The release that KILN_COMPAT names, else the default. False: diagnosed.
bool build_environment_release(struct invocation *, enum release *);
// The `run` of `kiln build`.
enum status build_command_run(struct invocation *);

// The name hash that counts where nothing says which: that of the program which kiln is called as.
enum name_hash build_name_hash_of_program(const struct invocation *);
