#include "check/schema_settings.h"

#include "base/buffer.h"
#include "base/word_filter.h"
#include "load/path.h"
#include "schema/api.h"

void schema_settings_init(struct schema_settings *settings)
{
    *settings = (struct schema_settings){.first = api_newest, .last = api_newest};
}

// --- Releases.

// "v1.34.2" → 34.
static bool read_release(struct slice text, unsigned *minor)
{
    if (slice_starts_with(text, slice_literal("v")))
        text = slice_from_index(text, 1);
    if (!slice_starts_with(text, slice_literal("1.")))
        return false;
    size_t at = 2, start = at;
    *minor = 0;
    while (at < text.length && text.data[at] >= '0' && text.data[at] <= '9' && at - start < 3)
        *minor = *minor * 10 + (unsigned)(text.data[at++] - '0');
    return at > start && (at == text.length || text.data[at] == '.');
}

// The release whose API is used for this one.
static unsigned known_release(unsigned release)
{
    return release < api_oldest ? api_oldest : release > api_newest ? api_newest : release;
}

static void warn_of_unknown(unsigned release, const char *what, struct position position,
                            struct diagnostics *diagnostics)
{
    if (release >= api_oldest && release <= api_newest)
        return;
    diagnose_warning(diagnostics, position, "%s: kiln knows Kubernetes 1.%u to 1.%u, so it validates 1.%u as 1.%u",
                     what, api_oldest, api_newest, release, known_release(release));
    if (release > api_newest)
        diagnose_hint(diagnostics, "update kiln if there is a newer release");
}

bool schema_settings_release(struct schema_settings *settings, struct slice text, const char *what,
                             struct position position, struct diagnostics *diagnostics)
{
    size_t dots = slice_find(text, slice_literal(".."));
    struct slice first = dots == SLICE_NOT_FOUND ? text : slice_part(text, 0, dots);
    struct slice last = dots == SLICE_NOT_FOUND ? text : slice_from_index(text, dots + 2);
    bool reads = read_release(first, &settings->first) && read_release(last, &settings->last);
    if (!reads || settings->first > settings->last) {
        diagnose(diagnostics, position, "%s expects a release such as 1.%u or a range such as 1.%u..1.%u, not '%.*s'",
                 what, api_newest, api_newest - 3, api_newest, SLICE_ARGS(text));
        return false;
    }
    enum { RANGE_MAX = 30 };
    if (settings->last - settings->first > RANGE_MAX)
        return diagnose(diagnostics, position, "the range '%.*s' has more than %d releases", SLICE_ARGS(text),
                        RANGE_MAX);
    warn_of_unknown(settings->first, what, position, diagnostics);
    if (settings->last != settings->first)
        warn_of_unknown(settings->last, what, position, diagnostics);
    return true;
}

struct slice schema_settings_shown(struct arena *arena, const struct schema_settings *settings)
{
    unsigned first = known_release(settings->first), last = known_release(settings->last);
    return first == last ? arena_format(arena, "1.%u", last) : arena_format(arena, "1.%u to 1.%u", first, last);
}

// --- Patterns.

enum word { WORD_NONE, WORD_GROUP, WORD_KIND, WORD_VERSION, WORD_KIND_SUFFIX, WORD_RELEASE, WORD_STRICT };

static const struct {
    const char *text;
    enum word word;
} words[] = {
    {"{group}", WORD_GROUP},
    {"{kind}", WORD_KIND},
    {"{version}", WORD_VERSION},
    {"{{.Group}}", WORD_GROUP},
    {"{{.ResourceKind}}", WORD_KIND},
    {"{{.ResourceAPIVersion}}", WORD_VERSION},
    {"{{.KindSuffix}}", WORD_KIND_SUFFIX},
    {"{{.NormalizedKubernetesVersion}}", WORD_RELEASE},
    {"{{.StrictSuffix}}", WORD_STRICT},
};

// Ignores blanks inside double braces. `*length` is the length of the whole placeholder.
static enum word word_at(struct slice text, size_t at, size_t *length)
{
    bool is_double = slice_starts_with(slice_from_index(text, at), slice_literal("{{"));
    struct slice end = is_double ? slice_literal("}}") : slice_literal("}");
    size_t found = slice_find(slice_from_index(text, at), end);
    *length = found == SLICE_NOT_FOUND ? 1 : found + end.length;
    struct slice whole = slice_part(text, at, at + *length);
    struct slice inner = slice_trim(slice_part(whole, end.length, whole.length - end.length), " ");
    for (size_t i = 0; found != SLICE_NOT_FOUND && i < countof(words); i++) {
        struct slice known = slice_from(words[i].text);
        bool known_double = slice_starts_with(known, slice_literal("{{"));
        if (known_double == is_double && slice_equal(slice_part(known, end.length, known.length - end.length), inner))
            return words[i].word;
    }
    return WORD_NONE;
}

bool schema_pattern_is_plain(struct slice pattern)
{
    return slice_find_byte(pattern, '{') == SLICE_NOT_FOUND;
}

static bool check_words(struct slice pattern, struct position position, struct diagnostics *diagnostics)
{
    size_t length;
    for (size_t at = 0; at < pattern.length; at += length) {
        length = 1;
        if (pattern.data[at] != '{' || word_at(pattern, at, &length) != WORD_NONE)
            continue;
        diagnose(diagnostics, position, "unknown placeholder '%.*s' in the schema path '%.*s'",
                 SLICE_ARGS(slice_part(pattern, at, at + length)), SLICE_ARGS(pattern));
        diagnose_hint(diagnostics, "use {group}, {kind}, and {version}");
        return false;
    }
    return true;
}

bool schema_settings_add(struct schema_settings *settings, struct arena *arena, struct slice directory,
                         struct slice pattern, struct position position, struct diagnostics *diagnostics)
{
    // What kubeconform calls its built-in schemas.
    if (slice_equals(pattern, "default"))
        return true;
    if (slice_find(pattern, slice_literal("://")) != SLICE_NOT_FOUND) {
        diagnose(diagnostics, position, "expected a path, but '%.*s' is a URL: kiln does not download schemas",
                 SLICE_ARGS(pattern));
        diagnose_hint(diagnostics, "download the files and give their path");
        return false;
    }
    if (!pattern.length)
        return diagnose(diagnostics, position, "the schema path is empty");
    if (!check_words(pattern, position, diagnostics))
        return false;
    list_append(arena, &settings->patterns, path_join(arena, directory, pattern));
    return true;
}

bool schema_settings_config(struct schema_settings *settings, struct arena *arena, const struct config *config,
                            struct slice directory, struct diagnostics *diagnostics)
{
    const struct check_config *check = config ? config->check : NULL;
    if (!check)
        return true;
    if (check->kube_version.slice.length &&
        !schema_settings_release(settings, check->kube_version.slice, "check.kubeVersion", check->kube_version.position,
                                 diagnostics))
        return false;
    for (size_t i = 0; i < check->schemas.count; i++)
        if (!schema_settings_add(settings, arena, directory, check->schemas.items[i].slice,
                                 check->schemas.items[i].position, diagnostics))
            return false;
    return true;
}

// --- A path.

static void add_lower(struct buffer *path, struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        buffer_add_byte(path, lower_case(text.data[i]));
}

// Keeps a name from an object from leading out of the directory in the pattern.
static void add_part(struct buffer *path, struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '/' || text.data[i] == '\0')
            return;
    if (!slice_equals(text, ".") && !slice_equals(text, ".."))
        add_lower(path, text);
}

static void add_word(struct buffer *path, enum word word, struct slice group, struct slice kind, struct slice version,
                     unsigned release)
{
    struct slice first;
    switch (word) {
    case WORD_GROUP:
        add_part(path, group);
        break;
    case WORD_KIND:
        add_part(path, kind);
        break;
    case WORD_VERSION:
        add_part(path, version);
        break;
    case WORD_KIND_SUFFIX:
        slice_cut(group, '.', &first, &group);
        buffer_add_text(path, first.length ? "-" : "");
        add_part(path, first);
        buffer_add_byte(path, '-');
        add_part(path, version);
        break;
    case WORD_RELEASE:
        buffer_add_format(path, "v1.%u.0", release);
        break;
    case WORD_STRICT:
        buffer_add_text(path, "-strict");
        break;
    case WORD_NONE:
        break;
    }
}

struct slice schema_pattern_path(struct arena *arena, struct slice pattern, struct slice group, struct slice kind,
                                 struct slice version, unsigned release)
{
    struct buffer path = {0};
    size_t length;
    for (size_t at = 0; at < pattern.length; at += length) {
        length = 1;
        enum word word = pattern.data[at] == '{' ? word_at(pattern, at, &length) : WORD_NONE;
        if (word == WORD_NONE)
            buffer_add_byte(&path, pattern.data[at]);
        else
            add_word(&path, word, group, kind, version, release);
    }
    struct slice copy = arena_copy(arena, buffer_slice(&path));
    buffer_free(&path);
    return copy;
}
