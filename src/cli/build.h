// cli/build.h
//
// The workings of `kiln build`, for commands that pass the stream on.
#pragma once

#include "base/buffer.h"
#include "base/release.h"
#include "cli/build_files.h"
#include "cli/command.h"
#include "cli/options.h"
#include "pipeline/build.h"

struct depfile_settings {
    const char *path, *target;
    int format;  // enum depfile_format
    bool directories, self;
};

// The settings of a build, from its flags.
struct build_settings {
    const char *output, *output_layout;
    const char *output_mode;
    struct file_options files;
    const char *directory, *config;
    bool no_config, print_settings;
    bool by_flag[SETTING_COUNT];
    struct text_values select, exclude;
    int unrestricted, reorder, name_hash, release, git_config, output_format;  // numbers of choices
    bool managed_by_label;
    bool enable_helm, enable_plugins, enable_exec;
    const char *helm_command, *helm_kube_version;
    struct text_values helm_api_versions;
    bool helm_debug;
    bool network, as_current_user;
    const char *network_name;
    struct text_values mounts, environment, passed;
    const char *max_memory, *program_timeout;
    size_t memory_bytes;
    unsigned timeout_seconds;
    // For several roots.
    struct operands directories;  // as the caller named them
    bool by_flag_k;               // one of them by -k
    bool all, join, keep_going, fail_fast, summary, prune_output, force, if_changed, null_separated, verbose, no_remote;
    const char *from_file, *jobs, *since, *cache_limit;
    size_t cache_bytes;
    struct depfile_settings depfile;
    int strict;          // number of a choice
    int format;          // number of a choice
    unsigned job_count;  // 0: as many as there are processors
};

enum { BUILD_FORMAT_TEXT, BUILD_FORMAT_JSON };
enum { BUILD_STRICT_NOT, BUILD_STRICT_ERROR, BUILD_STRICT_WARNING };

// The defaults.
void build_settings_init(struct build_settings *);
// Checks the flags, and reads the environment for settings without a flag. False: diagnosed.
bool build_settings_check(struct invocation *, struct build_settings *);
// Takes the operands as the directories to build, after the one of -k.
void build_settings_directories(struct invocation *, struct build_settings *, struct operands);
struct build_options build_settings_options(const struct invocation *, const struct build_settings *);
// Applies --select and --exclude to the finished build. False: diagnosed.
bool build_settings_select(const struct build_settings *, struct build *);
// True if -o names a directory: an existing one, a path that ends with a slash, or any path with a layout.
bool build_settings_has_directory(const struct build_settings *);

// The flags of `kiln build`. The first BUILD_OUTPUT_OPTION_COUNT are about the output, the others about the build
// itself.
enum { BUILD_OPTION_COUNT = 54, BUILD_OUTPUT_OPTION_COUNT = 27 };
extern const struct option build_options_table[BUILD_OPTION_COUNT];

extern const struct option_choice build_name_hashes[], build_releases[], build_load_restrictors[], build_reorders[],
    build_git_configs[];

// Parses the arguments as `kiln build` does, builds, and reports. False: there is no stream, because the build failed
// or the arguments asked for help; `*status` is the exit status.
bool build_stream(struct invocation *, struct buffer *stream, enum status *status);

// The default release of kustomize, which depends on the name that kiln was called by.
enum release build_default_release(const struct invocation *);
// The release that KILN_COMPAT names, or the default. False: diagnosed.
bool build_environment_release(struct invocation *, enum release *);
// The `run` of `kiln build`.
enum status build_command_run(struct invocation *);

// The default name hash, which depends on the name that kiln was called by.
enum name_hash build_name_hash_of_program(const struct invocation *);
