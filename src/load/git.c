#include "load/git.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/process.h"
#include "load/glob.h"
#include "load/path.h"

// --- The environment and configuration of git.

// Keep the GIT_ variables with which the user configures access to servers, or tracing. All others (GIT_DIR of a hook
// that runs kiln, GIT_CONFIG_COUNT, GIT_TEMPLATE_DIR …) are dropped.
static bool keep_variable(const void *state, struct slice name)
{
    (void)state;
    static const char *const kept[] = {"GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_EXEC_PATH"};
    static const char *const kept_prefixes[] = {"GIT_SSL_", "GIT_HTTP_", "GIT_PROXY_SSL_", "GIT_TRACE", "GIT_CURL_"};
    if (!slice_starts_with(name, slice_literal("GIT_")))
        return true;
    for (size_t i = 0; i < countof(kept); i++)
        if (slice_equals(name, kept[i]))
            return true;
    for (size_t i = 0; i < countof(kept_prefixes); i++)
        if (slice_starts_with(name, slice_from(kept_prefixes[i])))
            return true;
    return false;
}

// Commands that handle submodules process what the author of a repository has written, which can name any server.
static bool keep_variable_for_submodules(const void *passed, struct slice name)
{
    return keep_variable(NULL, name) && process_passes_to_remote(passed, name);
}

static bool list_has(struct slice list, const char *word)
{
    while (list.length) {
        struct slice item;
        slice_cut(list, ':', &item, &list);
        if (slice_equals(item, word))
            return true;
    }
    return false;
}

// https, ssh, and file, unless the user sets GIT_ALLOW_PROTOCOL: then those of https, ssh, file, and http that it
// lists. The author of a repository chooses the URLs of its submodules, which may name a local repository only if the
// user explicitly allowed `file`. `with_http`: http is allowed by default too.
static struct slice allowed_protocols(struct arena *arena, bool for_submodules, bool with_http)
{
    static const char *const protocols[] = {"https", "ssh", "file", "http"};
    const char *own = getenv("GIT_ALLOW_PROTOCOL");
    struct slice allowed = slice_literal("GIT_ALLOW_PROTOCOL=");
    for (size_t i = 0; i < countof(protocols); i++) {
        bool permitted = own ? list_has(slice_from(own), protocols[i])
                             : (with_http || strcmp(protocols[i], "http") != 0) &&
                                   (!for_submodules || strcmp(protocols[i], "file") != 0);
        if (permitted)
            allowed = arena_format(arena, "%.*s%s:", SLICE_ARGS(allowed), protocols[i]);
    }
    return allowed;
}

static bool is_harmless(struct slice key)
{
    if (slice_starts_with(key, slice_literal("http.")) || slice_equals(key, "safe.directory"))
        return true;
    return slice_starts_with(key, slice_literal("url.")) &&
           (slice_ends_with(key, slice_literal(".insteadof")) || slice_ends_with(key, slice_literal(".pushinsteadof")));
}

struct settings {
    struct slice *items;
    size_t count, capacity;
};

static void add_setting(struct arena *arena, struct settings *environment, unsigned number, struct slice key,
                        struct slice value)
{
    list_append(arena, environment, arena_format(arena, "GIT_CONFIG_KEY_%u=%.*s", number, SLICE_ARGS(key)));
    list_append(arena, environment, arena_format(arena, "GIT_CONFIG_VALUE_%u=%.*s", number, SLICE_ARGS(value)));
}

static bool has_setting(const struct git_clones *clones, const char *key)
{
    for (size_t i = 0; i < clones->setting_count; i += 2)
        if (slice_equals(clones->settings[i], key))
            return true;
    return false;
}

// `with_programs`: the user's configuration may name programs, and allow http.
static const char *const *git_environment(struct git_clones *clones, bool for_submodules, bool with_programs)
{
    static const char *const fixed[] = {
        "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_CONFIG_GLOBAL=/dev/null",
        "GIT_ATTR_NOSYSTEM=1",   "GIT_TERMINAL_PROMPT=0",       "LC_ALL=C",
    };
    static const char *const configuration[][2] = {
        {"core.hooksPath", "/dev/null"},
        {"core.attributesFile", "/dev/null"},
        {"core.fsmonitor", "false"},
        {"init.templateDir", ""},
        {"init.defaultBranch", "main"},
        {"credential.helper", ""},
        {"gc.auto", "0"},
        {"maintenance.auto", "false"},
        {"advice.detachedHead", "false"},
        {"submodule.recurse", "false"},
        {"fetch.recurseSubmodules", "false"},
    };
    struct arena *arena = clones->arena;
    struct settings environment = {0};
    for (size_t i = 0; i < countof(fixed); i++)
        list_append(arena, &environment, slice_from(fixed[i]));
    list_append(arena, &environment, allowed_protocols(arena, for_submodules, with_programs));
    list_append(arena, &environment, arena_format(arena, "GIT_CEILING_DIRECTORIES=%s", clones->temporary->path));
    // Never ask for a password: there may be no terminal to answer it.
    if (!getenv("GIT_SSH_COMMAND") && !getenv("GIT_SSH") && !(with_programs && has_setting(clones, "core.sshcommand")))
        list_append(arena, &environment, slice_literal("GIT_SSH_COMMAND=ssh -o BatchMode=yes"));
    unsigned number = 0;
    for (size_t i = 0; i < countof(configuration); i++)
        add_setting(arena, &environment, number++, slice_from(configuration[i][0]), slice_from(configuration[i][1]));
    for (size_t i = 0; i < clones->setting_count; i += 2)
        if (with_programs || is_harmless(clones->settings[i]))
            add_setting(arena, &environment, number++, clones->settings[i], clones->settings[i + 1]);
    list_append(arena, &environment, arena_format(arena, "GIT_CONFIG_COUNT=%u", number));
    return process_environment_where(arena, for_submodules ? keep_variable_for_submodules : keep_variable,
                                     clones->passed_variables, environment.items, environment.count);
}

// --- Before the first clone.

static bool diagnose_not_started(struct diagnostics *diagnostics, struct position position, const char *reason)
{
    diagnose(diagnostics, position, "cannot run git: %s", reason);
    diagnose_hint(diagnostics, "install git, or put it on PATH: kiln runs it to clone remote bases");
    return false;
}

// Older versions can't be kept from reading the user's configuration.
static bool check_version(struct git_clones *clones, struct diagnostics *diagnostics, struct position position)
{
    enum { MAJOR = 2, MINOR = 32 };
    struct process_request request = {.arguments = (const char *const[]){"git", "version", NULL},
                                      .timeout_seconds = 20};
    struct process_result result;
    process_run(&request, &result);
    struct slice text = arena_copy(clones->arena, buffer_slice(&result.output));
    bool started = result.outcome != PROCESS_NOT_STARTED, known = result.outcome != PROCESS_LOST;
    const char *reason = result.reason;
    struct slice words = arena_copy(clones->arena, slice_trim(buffer_slice(&result.errors), "\n"));
    process_result_free(&result);
    if (!started)
        return diagnose_not_started(diagnostics, position, reason);
    if (!known)
        return diagnose(diagnostics, position, "git version: %.*s", SLICE_ARGS(words));
    unsigned major = 0, minor = 0;
    // "git version 2.39.5", followed by more words on some systems
    for (size_t at = 0; at < text.length; at++)
        if (text.data[at] >= '0' && text.data[at] <= '9') {
            char *end;
            major = (unsigned)strtoul(text.data + at, &end, 10);
            minor = *end == '.' ? (unsigned)strtoul(end + 1, NULL, 10) : 0;
            break;
        }
    if (major > MAJOR || (major == MAJOR && minor >= MINOR))
        return true;
    return diagnose(diagnostics, position, "cloning safely requires git %d.%d or newer, found '%.*s'", MAJOR, MINOR,
                    SLICE_ARGS(slice_trim(text, "\n")));
}

// The user may keep configuration elsewhere, or add to it, with GIT_CONFIG_* variables.
static bool keep_variable_for_reading(const void *state, struct slice name)
{
    return keep_variable(state, name) || slice_starts_with(name, slice_literal("GIT_CONFIG_"));
}

// Reading a configuration runs nothing, and only harmless settings are passed on. It is read in the clone after its
// remote is set, because conditions of `includeIf` depend on both. False: diagnosed.
static bool read_user_settings(struct git_clones *clones, struct slice directory, bool with_programs,
                               struct diagnostics *diagnostics, struct position position)
{
    struct process_request request = {
        .arguments = (const char *const[]){"git", "config", "--includes", "--null", "--get-regexp",
                                           "^(http|url|safe|credential|ssh)\\.|^core\\.(sshcommand|askpass)$", NULL},
        .environment = process_environment_where(
            clones->arena, keep_variable_for_reading, NULL,
            (const struct slice[]){arena_format(clones->arena, "GIT_CEILING_DIRECTORIES=%s", clones->temporary->path)},
            1),
        .directory = directory.data,
        .timeout_seconds = 20,
    };
    struct process_result result;
    process_run(&request, &result);
    struct slice rest = arena_copy(clones->arena, buffer_slice(&result.output));
    bool ended = result.outcome == PROCESS_EXITED;
    process_result_free(&result);
    if (!ended)
        return diagnose(diagnostics, position, "cannot read git's configuration: 'git config' did not finish");
    struct settings settings = {0};
    bool sees_ssh = false, sees_helper = false;
    while (rest.length) {
        struct slice setting, key, value;
        slice_cut(rest, '\0', &setting, &rest);
        // A key without a value means true, but in the environment it needs a value.
        if (!slice_cut(setting, '\n', &key, &value))
            value = slice_literal("true");
        bool used = is_harmless(key) || with_programs;
        sees_ssh |= !used && slice_equals(key, "core.sshcommand");
        sees_helper |= !used && slice_starts_with(key, slice_literal("credential.")) &&
                       slice_ends_with(key, slice_literal("helper")) && value.length;
        if (!used)
            continue;
        list_append(clones->arena, &settings, key);
        list_append(clones->arena, &settings, value);
    }
    clones->settings = settings.items;
    clones->setting_count = settings.count;
    clones->has_ssh_command = sees_ssh;
    clones->has_helper = sees_helper;
    return true;
}

// --- A single clone.

static bool has_control(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7F)
            return true;
    return false;
}

// Checks the arguments for git that could be read as options.
static bool check_words(const struct git_url *url, bool with_http, struct slice shown, struct diagnostics *diagnostics,
                        struct position position)
{
    struct slice host = url_without_scheme(url->repository);
    size_t user = slice_find_byte(host, '@');
    const char *allowed = getenv("GIT_ALLOW_PROTOCOL");
    if (slice_starts_with(url->repository, slice_literal("http://")) &&
        !(allowed ? list_has(slice_from(allowed), "http") : with_http)) {
        diagnose(diagnostics, position, "'%.*s': git is not allowed to use plain http", SLICE_ARGS(shown));
        diagnose_hint(diagnostics, "use https, or set GIT_ALLOW_PROTOCOL=http:https:ssh:file to allow http");
        return false;
    }
    bool dash = slice_starts_with(url->repository, slice_literal("-")) || slice_starts_with(host, slice_literal("-")) ||
                (user != SLICE_NOT_FOUND && slice_starts_with(slice_from_index(host, user + 1), slice_literal("-")));
    if (dash || has_control(url->repository)) {
        diagnose(diagnostics, position, "'%.*s' is not a URL that git can fetch safely", SLICE_ARGS(shown));
        return false;
    }
    bool odd = has_control(url->reference) || slice_find(url->reference, slice_literal("..")) != SLICE_NOT_FOUND;
    for (size_t i = 0; i < url->reference.length; i++)
        odd = odd || strchr(" ~^:?*[\\", url->reference.data[i]) || (i == 0 && strchr("-+", url->reference.data[i]));
    if (odd) {
        diagnose(diagnostics, position, "'%.*s': '%.*s' is not the name of a branch, tag, or commit", SLICE_ARGS(shown),
                 SLICE_ARGS(url->reference));
        return false;
    }
    return true;
}

// True for progress lines, and for lines that git prints after every failure.
static bool is_filler(struct slice line)
{
    static const char *const starts[] = {"hint:", "Please make sure you have the correct access rights",
                                         "and the repository exists.", "Failed to clone"};
    for (size_t i = 0; i < countof(starts); i++)
        if (slice_starts_with(line, slice_from(starts[i])))
            return true;
    return !line.length;
}

// Removes the path of the clone, which no longer exists when the user reads the line.
static struct slice without_clone(struct arena *arena, struct slice line, struct slice clone)
{
    struct slice path = arena_format(arena, "%.*s/", SLICE_ARGS(clone));
    for (size_t at; (at = slice_find(line, path)) != SLICE_NOT_FOUND;)
        line = arena_format(arena, "%.*s%.*s", SLICE_ARGS(slice_part(line, 0, at)),
                            SLICE_ARGS(slice_from_index(line, at + path.length)));
    return line;
}

// git's messages, on one line. Repetitions from a second attempt are dropped.
static struct slice words_of(struct arena *arena, const struct process_result *result, struct slice clone)
{
    struct slice rest = buffer_slice(&result->errors);
    struct slice words = {0};
    while (rest.length) {
        struct slice line;
        slice_cut(rest, '\n', &line, &rest);
        line = slice_trim(line, " \r");
        if (is_filler(line))
            continue;
        if (line.data[line.length - 1] == '.')
            line.length--;
        line = without_clone(arena, line, clone);
        if (slice_find(words, line) == SLICE_NOT_FOUND)
            words = words.length ? arena_format(arena, "%.*s; %.*s", SLICE_ARGS(words), SLICE_ARGS(line)) : line;
    }
    return arena_copy(arena, words.length ? words : slice_literal("no message"));
}

// True for URLs such as ssh://git@example.com/group/part/repo, in which the repository ends after the second name
// because nothing marks its end. A path after https may also be a file, which has its own hint.
static bool is_cut_by_count(const struct git_url *url)
{
    struct slice path = url_without_scheme(url->text);
    return url->directory.length && !url_is_http(url->repository) &&
           slice_find(path, slice_literal("//")) == SLICE_NOT_FOUND &&
           slice_find(url->repository, slice_literal("_git/")) == SLICE_NOT_FOUND &&
           !slice_ends_with(url->repository, slice_literal(".git"));
}

// `words` continues git's message "transport 'ext' not allowed" at the name.
static void hint_for_transport(struct diagnostics *diagnostics, struct slice words, bool for_submodules)
{
    struct slice transport, rest;
    slice_cut(words, '\'', &transport, &rest);
    if (for_submodules)
        diagnose_hint(
            diagnostics,
            "add `submodules=false` to the URL to leave out the submodules: they can use https and ssh, not '%.*s'",
            SLICE_ARGS(transport));
    else
        diagnose_hint(diagnostics,
                      "use https, ssh, or file, not '%.*s'; GIT_ALLOW_PROTOCOL can restrict these, and allow http",
                      SLICE_ARGS(transport));
}

static bool contains(struct slice words, const char *part)
{
    return slice_find(words, slice_from(part)) != SLICE_NOT_FOUND;
}

static bool needs_login(struct slice words)
{
    return contains(words, "could not read Username") || contains(words, "could not read Password") ||
           contains(words, "Authentication failed");
}

static void hint_for(struct diagnostics *diagnostics, struct arena *arena, const struct git_url *url,
                     struct slice words, bool for_submodules)
{
    static const char transport[] = "transport '";
    size_t refused = slice_find(words, slice_literal(transport));
    if (needs_login(words))
        diagnose_hint(diagnostics, "use an ssh URL, ~/.netrc, or GIT_ASKPASS");
    else if (slice_find(words, slice_literal("couldn't find remote ref")) != SLICE_NOT_FOUND)
        diagnose_hint(diagnostics, "check '%.*s': there is no such branch or tag; to use a commit, give its full hash",
                      SLICE_ARGS(url->reference));
    else if (refused != SLICE_NOT_FOUND)
        hint_for_transport(diagnostics, slice_from_index(words, refused + sizeof transport - 1), for_submodules);
    else if (is_cut_by_count(url))
        diagnose_hint(
            diagnostics,
            "mark the end of the repository with `//` or `.git`: kiln took '%.*s' as the repository and '%.*s' as a "
            "directory in it",
            SLICE_ARGS(url_shown(arena, url->repository)), SLICE_ARGS(url->directory));
}

static bool uses_programs(const struct git_clones *clones, const struct git_url *url)
{
    return clones->user_configuration && url->named_by_user;
}

// Mentions settings that were not used, because they may be needed.
static void hint_for_unused_settings(struct git_clones *clones, const struct git_url *url, struct slice words,
                                     struct diagnostics *diagnostics)
{
    bool is_http = url_is_http(url->repository), is_file = slice_starts_with(url->repository, slice_literal("file:"));
    // Servers often report a repository as missing when the user has no access.
    bool helper = clones->has_helper && is_http && (needs_login(words) || contains(words, "not found"));
    bool ssh = clones->has_ssh_command && !is_http && !is_file;
    if (!helper && !ssh)
        return;
    struct slice hint = diagnostics->items[diagnostics->count - 1].hint;
    const char *unused = ssh ? "core.sshCommand" : "the credential helpers", *separator = hint.length ? "; " : "";
    if (url->named_by_user)
        diagnose_hint(diagnostics, "%.*s%sadd --git-config=user to use %s of your Git configuration", SLICE_ARGS(hint),
                      separator, unused);
    else
        diagnose_hint(diagnostics,
                      "%.*s%scopy the remote kustomization that lists this URL into your repository: kiln uses %s of "
                      "your Git configuration only for URLs in your own files, with --git-config=user",
                      SLICE_ARGS(hint), separator, unused);
}

struct step {
    const char *arguments[12];
    bool for_submodules, fetches;
};

static void hint_timeout(struct diagnostics *diagnostics, const struct git_url *url)
{
    enum { SUGGESTED_SECONDS = 120 };
    if (!url->has_timeout)
        diagnose_hint(diagnostics, "add `timeout=%d` to the URL", SUGGESTED_SECONDS);
    else if (url->timeout_seconds < SUGGESTED_SECONDS)
        diagnose_hint(diagnostics, "raise the timeout in the URL, for example to %d", SUGGESTED_SECONDS);
    else
        diagnose_hint(diagnostics, "raise the timeout in the URL");
}

static bool run_step(struct git_clones *clones, const struct git_url *url, struct slice shown, const struct step *step,
                     struct slice directory, struct diagnostics *diagnostics, struct position position)
{
    struct process_request request = {
        .arguments = step->arguments,
        .environment = git_environment(clones, step->for_submodules, step->fetches && uses_programs(clones, url)),
        .directory = directory.data,
        .timeout_seconds = url->timeout_seconds,
    };
    struct process_result result;
    process_run(&request, &result);
    bool done = result.outcome == PROCESS_EXITED && result.status == 0;
    if (result.outcome == PROCESS_NOT_STARTED) {
        diagnose_not_started(diagnostics, position, result.reason);
    } else if (result.outcome == PROCESS_TIMED_OUT) {
        diagnose(diagnostics, position, "'%.*s': git %s timed out after %u s", SLICE_ARGS(shown), step->arguments[1],
                 url->timeout_seconds);
        hint_timeout(diagnostics, url);
        diagnose_cause(diagnostics, CAUSE_TIMEOUT);
    } else if (result.outcome == PROCESS_TOO_LONG) {
        diagnose(diagnostics, position, "'%.*s': git %s %.*s", SLICE_ARGS(shown), step->arguments[1],
                 SLICE_ARGS(process_failure(clones->arena, &result)));
    } else if (!done) {
        struct slice words = words_of(clones->arena, &result, directory);
        diagnose(diagnostics, position, "'%.*s': git %s: %.*s", SLICE_ARGS(shown), step->arguments[1],
                 SLICE_ARGS(words));
        hint_for(diagnostics, clones->arena, url, words, step->for_submodules);
        if (step->fetches)
            hint_for_unused_settings(clones, url, words, diagnostics);
    }
    process_result_free(&result);
    return done;
}

static bool clone_into(struct git_clones *clones, const struct git_url *url, struct slice directory,
                       struct diagnostics *diagnostics, struct position position)
{
    struct arena *arena = clones->arena;
    struct slice shown = url_shown(arena, url->text);
    const char *repository = arena_copy(arena, url->repository).data;
    const char *reference = url->reference.length ? arena_copy(arena, url->reference).data : "HEAD";
    // Relative URLs of submodules need a remote named origin. `fetch` has exactly kustomize's arguments, because Argo
    // CD replaces git with a wrapper that refuses all others. check_words makes sure that neither word is an option.
    enum { FETCH = 2 };
    const struct step steps[] = {
        {{"git", "init", "--quiet", "--template=", NULL}},
        {{"git", "remote", "add", "--", "origin", repository, NULL}},
        {{"git", "fetch", "--depth=1", repository, reference, NULL}, .fetches = true},
        {{"git", "checkout", "--quiet", "--detach", "FETCH_HEAD", "--", NULL}},
        {{"git", "submodule", "--quiet", "update", "--init", "--recursive", NULL}, .for_submodules = true},
    };
    diagnostics_progress(diagnostics, "cloning %.*s", SLICE_ARGS(shown));
    size_t count = url->submodules ? countof(steps) : countof(steps) - 1;
    for (size_t i = 0; i < count; i++) {
        if (i == FETCH && !read_user_settings(clones, directory, uses_programs(clones, url), diagnostics, position))
            return false;
        if (!run_step(clones, url, shown, &steps[i], directory, diagnostics, position))
            return false;
    }
    return true;
}

// --- Removing git's data.

static bool remove_entry(const char *path, mode_t mode)
{
    return S_ISDIR(mode) ? temporary_remove_directory(path) : unlink(path) == 0;
}

// Removes `.git` in the directory, and below it if there are submodules.
static bool remove_metadata_in(struct arena *arena, struct slice directory)
{
    struct path_list waiting = {0};
    struct stat status;
    bool done = lstat(path_join(arena, directory, slice_literal(".gitmodules")).data, &status) != 0;
    if (done && errno != ENOENT)
        return false;
    struct slice own = path_join(arena, directory, slice_literal(".git"));
    if (!temporary_remove_directory(own.data))
        return false;
    if (!done)
        list_append(arena, &waiting, directory);
    while (waiting.count) {
        struct slice at = waiting.items[--waiting.count];
        struct path_list names = {0};
        if (!directory_list(arena, at, &names))
            return false;
        for (size_t i = 0; i < names.count; i++) {
            struct slice path = path_join(arena, at, names.items[i]);
            if (lstat(path.data, &status) != 0)
                return false;
            if (slice_equals(names.items[i], ".git") && !remove_entry(path.data, status.st_mode))
                return false;
            if (S_ISDIR(status.st_mode) && !slice_equals(names.items[i], ".git"))
                list_append(arena, &waiting, path);
        }
    }
    return true;
}

// The configuration of a clone has the URL with its login, which any generator could read.
static bool remove_metadata(struct slice shown, struct slice directory, struct diagnostics *diagnostics,
                            struct position position)
{
    struct arena arena = {0};
    bool done = remove_metadata_in(&arena, directory);
    int error = errno;
    arena_free(&arena);
    return done || diagnose(diagnostics, position, "'%.*s': cannot remove git's data from the clone: %s",
                            SLICE_ARGS(shown), strerror(error));
}

const struct git_clone *git_clones_get(struct git_clones *clones, const struct git_url *url,
                                       struct diagnostics *diagnostics, struct position position)
{
    for (size_t i = 0; i < clones->count; i++) {
        const struct git_clone *present = clones->items[i];
        if (slice_equal(present->repository, url->repository) && slice_equal(present->reference, url->reference) &&
            present->submodules == url->submodules)
            return present;
    }
    struct slice shown = url_shown(clones->arena, url->text), directory, reason;
    if (!check_words(url, uses_programs(clones, url), shown, diagnostics, position))
        return NULL;
    if (!temporary_directory(clones->temporary, clones->arena, "git", &directory, &reason)) {
        diagnose(diagnostics, position, "cannot create a directory to clone '%.*s': %.*s", SLICE_ARGS(shown),
                 SLICE_ARGS(reason));
        return NULL;
    }
    if (!clones->prepared) {
        if (!check_version(clones, diagnostics, position))
            return NULL;
        clones->prepared = true;
    }
    if (!clone_into(clones, url, directory, diagnostics, position) ||
        !remove_metadata(shown, directory, diagnostics, position))
        return NULL;
    struct git_clone *clone = arena_new(clones->arena, struct git_clone);
    *clone = (struct git_clone){url->repository, url->reference, url->submodules, directory};
    list_append(clones->arena, clones, clone);
    return clone;
}
