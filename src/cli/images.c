// cli/images.c
//
// `kiln images [DIR…]`: lists the images that the objects of builds use, and where each is set.
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cli/build.h"
#include "cli/root_choice.h"
#include "cli/root_report.h"
#include "cli/terminal.h"
#include "images/images.h"

struct images_settings {
    struct build_settings build;
    const char *format;
    bool unique, guess, timestamp;
};

#define OWN(member) .offset = offsetof(struct images_settings, member)
#define AT(member) .offset = offsetof(struct images_settings, build.member)

static const struct option options[] = {
    {.name = "format",
     .letter = 'f',
     .kind = OPTION_TEXT,
     OWN(format),
     .value = "FORMAT",
     .help = "text, json, list, cyclonedx, or csv (text)",
     .mistaken_for = "o output output-format"},
    {.name = "unique", .kind = OPTION_BOOL, OWN(unique), .help = "list each image once, with the number of its uses"},
    {.name = "crds",
     .kind = OPTION_BOOL,
     OWN(guess),
     .help = "also list what looks like an image in custom resources, marked as a guess"},
    {.name = "timestamp",
     .kind = OPTION_BOOL,
     OWN(timestamp),
     .help = "add a timestamp to cyclonedx: the current time, or SOURCE_DATE_EPOCH"},
    {.name = "keep-going",
     .kind = OPTION_BOOL,
     AT(keep_going),
     .help = "list the images of other roots if one doesn't build; the exit status is still 1"},
    {.name = "verbose",
     .kind = OPTION_BOOL,
     AT(verbose),
     .help = "list every root that a message applies to, however many there are"},
#include "cli/root_flags.h"
#include "cli/select_flags.h"
#include "cli/build_flags.h"
};

struct work {
    struct invocation *call;
    const struct images_settings *settings;
    struct root_list roots;
    struct root_result *results;
    struct image_uses *uses;  // of each root
};

static struct build_options options_of(void *state, const struct root *root)
{
    struct work *work = state;
    size_t index = (size_t)(root - work->roots.items);
    return root_choice_options(work->call, &work->settings->build, root, &work->results[index].arena);
}

static bool collect(void *state, size_t index, struct build *build)
{
    struct work *work = state;
    const struct image_request request = {.root = work->roots.items[index].path, .guess = work->settings->guess};
    if (!build_settings_select(&work->settings->build, build))
        return false;
    images_collect(build, &request, &work->results[index].arena, &work->uses[index]);
    return true;
}

static struct slice time_text(struct arena *arena)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    time_t now = fixed && *fixed ? (time_t)strtoll(fixed, NULL, 10) : time(NULL);
    struct tm parts;
    char text[32];
    gmtime_r(&now, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return arena_copy(arena, slice_from(text));
}

static struct slice top_of(const struct work *work)
{
    const struct build_settings *settings = &work->settings->build;
    if (work->roots.count == 1)
        return work->roots.items[0].path;
    return settings->all ? slice_from(settings->directory) : slice_literal(".");
}

static enum status print(struct work *work, const struct image_format *format, struct build *build)
{
    struct image_list list = {
        .arena = &build->arena,
        .top = top_of(work),
        .many_roots = work->roots.count > 1,
        .unique = work->settings->unique,
    };
    struct buffer out = {0};
    if (work->settings->timestamp)
        list.timestamp = time_text(&build->arena);
    for (size_t i = 0; i < work->roots.count; i++)
        for (size_t k = 0; k < work->uses[i].count; k++)
            list_append(&build->arena, &list.uses, work->uses[i].items[k]);
    images_sort(&list);
    format->write(&list, &out);
    enum status status = terminal_write_result(&build->diagnostics, buffer_slice(&out));
    buffer_free(&out);
    return status;
}

static enum status run_in(struct work *work, const struct image_format *format, struct session *session,
                          struct build *build)
{
    const struct build_settings *settings = &work->settings->build;
    if (!root_choice_find(session, build, settings, &work->roots))
        return STATUS_FAILED;
    work->uses = arena_array(&build->arena, struct image_uses, work->roots.count);
    struct root_builds builds = root_choice_builds(session, build, settings, &work->roots);
    builds.state = work;
    builds.options = options_of;
    builds.use = collect;
    work->results = builds.results;
    root_builds_run(&builds);
    root_report_messages(&build->arena, &work->roots, work->results, settings->verbose);
    enum status status = root_results_are_built(work->results, work->roots.count) ? STATUS_DONE : STATUS_FAILED;
    if (status == STATUS_DONE || settings->keep_going) {
        enum status printed = print(work, format, build);
        status = status == STATUS_DONE ? printed : status;
    }
    root_results_free(work->results, work->roots.count);
    return status;
}

static const struct image_format *format_of(struct invocation *call, const struct images_settings *settings)
{
    const struct image_format *format = image_format_find(settings->format);
    if (!format) {
        diagnose(call->diagnostics, (struct position){0},
                 "invalid value '%s' for --format: expected text, json, list, cyclonedx, or csv", settings->format);
    }
    return format;
}

static enum status run(struct invocation *call)
{
    struct images_settings settings = {.format = "text"};
    struct operands operands = {0};
    enum status status;
    build_settings_init(&settings.build);
    if (!command_start(call, &settings, &operands, &status))
        return status;
    build_settings_directories(call, &settings.build, operands);
    const struct image_format *format = format_of(call, &settings);
    if (!format || !root_choice_check(call, &settings.build) || !build_settings_check(call, &settings.build))
        return STATUS_USAGE;
    struct work work = {.call = call, .settings = &settings};
    struct session *session = session_new(settings.build.cache_bytes);
    struct build *build = session_build_new(session);
    build->diagnostics.columns = terminal_columns(STDERR_FILENO);
    status = run_in(&work, format, session, build);
    terminal_report(&build->diagnostics);
    session_build_free(session, build);
    session_free(session);
    return status;
}

const struct command images_command = {
    .name = "images",
    .is_extra = true,
    .operands = "[DIR…]",
    .summary = "list the images that the resources of a build use",
    .description =
        "Each line is one use of an image: its name, tag, and digest; the resource and container that use it; and the\n"
        "file and line that set it. Names are printed in full: nginx is docker.io/library/nginx with the tag latest.\n"
        "\n"
        "kiln finds images in containers, initContainers, ephemeralContainers, and image volumes, and in the fields\n"
        "that configurations list for the images transformer.\n"
        "\n"
        "The format list prints each image once, one per line. cyclonedx prints an inventory in CycloneDX 1.6.\n",
    .examples = "  kiln images overlays/prod\n"
                "  # Every image that the repository deploys\n"
                "  kiln images --all --format list\n"
                "  kiln images overlays/prod --format list | xargs -n1 crane digest\n"
                "  kiln images overlays/prod --format cyclonedx >images.cdx.json\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
