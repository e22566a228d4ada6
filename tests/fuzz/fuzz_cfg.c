// tests/fuzz/fuzz_cfg.c
//
// Reads resources as `kiln cfg` does, and formats, shows, searches, and prints them. The output can be read again.
#include <stdint.h>
#include <stdlib.h>

#include "cfg/format.h"
#include "cfg/grep.h"
#include "cfg/package.h"
#include "cfg/print.h"
#include "cfg/tree_view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool read_text(struct cfg *cfg, struct slice text, struct tree_documents *objects)
{
    struct package_wrapping wrapping = {0};
    return package_read_stream(cfg, sources_add(&cfg->build->sources, slice_literal("input"), text), objects,
                               &wrapping);
}

static bool cat(struct cfg *cfg, struct slice text, struct buffer *out)
{
    struct tree_documents objects = {0};
    struct cfg_round round;
    const struct print_request print = {.clear_path = true};
    return read_text(cfg, text, &objects) && cfg_round_begin(cfg, &objects, &round) && format_objects(cfg, &objects) &&
           cfg_round_end(cfg, &objects, &round) && print_objects(cfg, &print, &objects, out);
}

static bool view(struct cfg *cfg, struct slice text, struct buffer *out)
{
    struct tree_documents objects = {0};
    struct cfg_round round;
    struct view view = {.root = slice_literal(".")};
    struct query_words words = {0};
    if (!query_split(cfg, slice_literal("spec.template.spec.containers[name=web].image"), &words))
        abort();
    view_add_field(cfg, &view, &words);
    return read_text(cfg, text, &objects) && cfg_round_begin(cfg, &objects, &round) &&
           cfg_round_end(cfg, &objects, &round) && view_draw(cfg, &view, &objects, out);
}

static bool search(struct cfg *cfg, struct slice text, struct buffer *out)
{
    struct tree_documents objects = {0};
    struct grep grep = {0};
    (void)out;
    if (!grep_compile(cfg, slice_literal("spec.replicas>1"), &grep))
        abort();
    return read_text(cfg, text, &objects) && grep_objects(cfg, &grep, &objects);
}

static bool run(bool (*work)(struct cfg *, struct slice text, struct buffer *out), struct slice text,
                struct buffer *out)
{
    struct build *build = build_new();
    struct cfg cfg = cfg_start(build);
    bool good = work(&cfg, text, out);
    if (good != (build->diagnostics.error_count == 0))
        abort();
    build_free(build);
    return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    struct buffer once = {0}, twice = {0}, other = {0};
    if (run(cat, text, &once))
        run(cat, buffer_slice(&once), &twice);
    run(view, text, &other);
    run(search, text, &other);
    buffer_free(&once);
    buffer_free(&twice);
    buffer_free(&other);
    return 0;
}
