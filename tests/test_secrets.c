// No message shows a secret, and no name can fake a line.
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tests/support.h"

#include "base/secrets.h"
#include "base/shown.h"
#include "base/utf8.h"

#define PLANTED "Pl4nted-hunter2-XYZZY"
#define SECRET_HEAD "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n"
#define SECRET SECRET_HEAD "stringData:\n  pw: " PLANTED "\n"
#define CONTAINER                                                                                                      \
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n"   \
    "      - name: c\n"

// All messages of a failed build, with lines of files.
static struct slice printed(struct test_build *build, const char *directory, struct buffer *all)
{
    test_build_run(build, directory);
    const struct diagnostics *diagnostics = &build->build->diagnostics;
    all->length = 0;
    for (size_t i = 0; i < diagnostics->count; i++)
        diagnostics_render(diagnostics, &diagnostics->items[i], all);
    return buffer_slice(all);
}

static void expect_without(struct slice text, const char *what)
{
    if (slice_find(text, slice_literal(PLANTED)) != SLICE_NOT_FOUND)
        fail_msg("%s shows the secret:\n%.*s", what, SLICE_ARGS(text));
}

static void expect_hidden(const char *kustomization, const char *resource)
{
    void *state = NULL;
    test_build_setup(&state);
    struct test_build *build = state;
    tree_add(build, "kustomization.yaml", kustomization);
    if (resource)
        tree_add(build, "s.yaml", resource);
    struct buffer all = {0};
    struct slice text = printed(build, ".", &all);
    expect_without(text, kustomization);
    if (build->succeeded || !text.length)
        fail_msg("it is no error:\n%s\n%s", kustomization, resource ? resource : "");
    buffer_free(&all);
    test_build_teardown(&state);
}

static void values_of_a_secret_are_hidden(void **state)
{
    (void)state;
    static const char listed[] = "resources: [s.yaml]\n";
    static const char *const files[] = {
        "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"a\"},\n\"stringData\":{\"pw\":\"" PLANTED
        "\",,}}",
        SECRET_HEAD "stringData:\n  pw: \"begin\n" PLANTED " \\q\n\"\n",
        SECRET_HEAD "stringData:\n  pw: " PLANTED "\n  pw: " PLANTED "\n",
        SECRET_HEAD "stringData:\n  pw: *" PLANTED "\n",
        SECRET_HEAD "stringData:\n  pw: !x!" PLANTED " a\n",
        SECRET_HEAD "stringData:\n  pw:\n" PLANTED ": [\n",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: [" PLANTED "]}\n",
        CONTAINER "        env:\n        - value: *" PLANTED "\n          name: DB_PASSWORD\n",
        CONTAINER "        env:\n        - name: DB_PASSWORD\n          value: *" PLANTED "\n",
        CONTAINER "        args:\n        - --password\n        - *" PLANTED "\n",
    };
    for (size_t i = 0; i < countof(files); i++)
        expect_hidden(listed, files[i]);
}

static void patches_of_a_secret_are_hidden(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "patches:\n- target: {kind: Secret}\n  patch: |-\n    - {op: test, path: /stringData/pw, value: other}\n",
        "patches:\n- target: {kind: Secret}\n  patch: |-\n    - {op: test, path: /metadata/name, value: " PLANTED "}\n",
        "patches:\n- target: {name: s}\n  patch: '[{\"op\": \"replace\", \"path\": \"/stringData/pw/x\", \"value\": "
        "\"" PLANTED "\"}]'\n",
        "patches:\n- patch: |-\n    apiVersion: v1\n    kind: Secret\n    metadata: {name: s}\n    stringData: {pw: "
        "[" PLANTED "]}\n",
        "patches:\n- target: {kind: Secret}\n  patch: |-\n    metadata: {name: s}\n    stringData: {pw: [" PLANTED
        "]}\n",
        "patches:\n- target: {name: s}\n  patch: |-\n    - {op: test, path: /metadata/name, value: " PLANTED "}\n",
        "patches:\n- target: {name: s}\n  patch: '[{\"op\": \"test\", \"path\": \"/type\", \"value\": \"" PLANTED
        "\"}]'\n",
        "patches:\n- target: {name: s}\n  patch: '[{\"op\": \"add\", \"value\": \"" PLANTED "\"}]'\n",
        "patches:\n- target: {name: s}\n  patch: |-\n    - op: replace\n      value: " PLANTED
        "\n      path: /a/b/c\n    - {op: move, path: /x, value: " PLANTED "}\n",
        "patches:\n- target: {name: s}\n  patch: \"- op: add\\n  path: /a/b\\n  value: " PLANTED "\\n\"\n",
        "patches:\n- target: {name: s}\n  patch: |-\n    kind: x\n    metadata:\n      name: s\n      labels: [" PLANTED
        "]\n",
        "patches:\n- target: {kind: Secret}\n  patch: |-\n    - op: add\n      path: /a/b\n      value: x\n"
        "      value: " PLANTED "\n",
        "patches:\n- target: {kind: Secret}\n  patch: |-\n    - {op: test, path: /type, vlaue: 1, value: x, note: "
        "" PLANTED "}\n    - " PLANTED "\n",
        "patchesJson6902:\n- target: {version: v1, kind: Secret, name: s}\n  patch: |-\n    - {op: test, path: /type, "
        "value: " PLANTED "}\n",
        "replacements:\n- source: {kind: Secret, fieldPath: stringData.pw, options: {delimiter: ':', index: 7}}\n"
        "  targets: [{select: {kind: Secret}, fieldPaths: [metadata.name]}]\n",
        "commonAnnotations: {a: b}\nconfigurations: [none.yaml]\nsecretGenerator: [{name: x, literals: [a=" PLANTED
        "]}]\n",
    };
    struct arena arena = {0};
    for (size_t i = 0; i < countof(rows); i++)
        expect_hidden(arena_format(&arena, "resources: [s.yaml]\n%s", rows[i]).data, SECRET);
    arena_free(&arena);
}

// Only the kustomization says what the file is for; the file itself doesn't name a Secret.
static void a_file_with_a_patch_of_a_secret_is_hidden(void **state)
{
    struct test_build *build = *state;
    struct buffer all = {0};
    tree_add(build, "s.yaml", SECRET);
    tree_add(build, "kustomization.yaml", "resources: [s.yaml]\npatches: [{target: {name: s}, path: patch.yaml}]\n");
    tree_add(build, "patch.yaml", "- op: test\n  path: /metadata/name\n  value: " PLANTED "\n");
    expect_without(printed(build, ".", &all), "the patch");
    assert_false(build->succeeded);
    // The same for a resource that isn't a Secret shows the value.
    tree_add(build, "s.yaml", CONFIG_MAP("s"));
    expect_contains(printed(build, ".", &all), PLANTED);
    buffer_free(&all);
}

// Only the target says that it is for a Secret, and a file that can't be parsed has no operations.
static void a_json_patch_that_cannot_be_parsed_is_hidden(void **state)
{
    (void)state;
    static const char *const patches[] = {
        "[{\"op\":\"add\",\"path\":\"/stringData/x\",\"value\":\"" PLANTED "\\q\"}]",
        "[{\"op\":\"add\",\"path\":\"/data/x\",\"value\":\"a\" \"" PLANTED "\"}]",
        "[{\"value\": \"" PLANTED "\\q\", \"path\": \"/data/x\", \"op\": \"replace\"}]",
        "[{\"op\":\"test\",\n\"path\":\"/data/x\",\n\"value\":\n\"" PLANTED "\\q\"}]",
        "- {op: add, path: /data/x, value: \"" PLANTED "\\q\"}",
        "- op: add\n  path: /data/x\n  value: \"" PLANTED "\\q\"",
        "- value: \"begin\n   " PLANTED "\\q\"\n  op: add\n  path: /stringData/x",
    };
    static const char *const targets[] = {"{kind: Secret}", "{name: s}", "{kind: '.*'}"};
    struct arena arena = {0};
    for (size_t i = 0; i < countof(patches); i++) {
        expect_hidden("patches: [{path: s.yaml, target: {kind: Secret}}]\n", patches[i]);
        struct buffer quoted = {0};
        for (const char *at = patches[i]; *at; at++) {
            if (*at == '\n' || *at == '"' || *at == '\\')
                buffer_add_byte(&quoted, '\\');
            buffer_add_byte(&quoted, *at == '\n' ? 'n' : *at);
        }
        for (size_t k = 0; k < countof(targets); k++)
            expect_hidden(arena_format(&arena, "resources: [s.yaml]\npatches: [{target: %s, patch: \"%.*s\"}]\n",
                                       targets[k], SLICE_ARGS(buffer_slice(&quoted)))
                              .data,
                          SECRET);
        buffer_free(&quoted);
    }
    arena_free(&arena);
}

static void a_json_patch_of_something_else_shows_where_it_is_wrong(void **state)
{
    struct test_build *build = *state;
    struct buffer all = {0};
    tree_add(build, "s.yaml", CONFIG_MAP("s"));
    tree_add(build, "kustomization.yaml", "resources: [s.yaml]\npatches: [{target: {name: s}, path: patch.yaml}]\n");
    tree_add(build, "patch.yaml", "- op: add\n  path: /metadata/labels/a\n  value: \"b\\q\"\n");
    expect_contains(printed(build, ".", &all), "    3 |   value: \"b\\q\"");
    buffer_free(&all);
}

// The value of a Secret may itself be YAML.
static void names_in_the_value_of_a_secret_are_hidden(void **state)
{
    (void)state;
    static const char *const paths[] = {"items.x", "items.[name=x].y", "nope", "items.0.nmae"};
    struct arena arena = {0};
    for (size_t i = 0; i < countof(paths); i++)
        expect_hidden(arena_format(&arena,
                                   "resources: [s.yaml]\nreplacements:\n- sourceValue: x\n"
                                   "  targets: [{select: {kind: Secret}, fieldPaths: [stringData.config.%s]}]\n",
                                   paths[i])
                          .data,
                      SECRET_HEAD "stringData:\n  config: |\n    items:\n    - name: " PLANTED "\n    - name: x" PLANTED
                                  "\n    " PLANTED ": {name: a}\n");
    arena_free(&arena);
}

// Only its values are secret.
static void the_path_of_a_replacement_for_a_secret_is_shown(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "s.yaml", SECRET);
    tree_add(build, "kustomization.yaml",
             "resources: [s.yaml]\nreplacements:\n- source: {kind: Secret, fieldPath: stringData.token}\n"
             "  targets: [{select: {kind: Secret}, fieldPaths: [stringData.pw]}]\n");
    expect_error(build, ".", "Secret 's' has no field 'stringData.token'");
}

// The whole line of a file without '=' is the key, which messages name.
static void a_password_after_a_colon_in_an_env_file_is_hidden(void **state)
{
    struct test_build *build = *state;
    struct buffer all = {0};
    tree_add(build, "a.env", "- DB_PASSWORD  " PLANTED "\nDB_PASSWORD: " PLANTED "\nDB_PASSWORD: " PLANTED "\n");
    tree_add(build, "kustomization.yaml", "configMapGenerator: [{name: a, envs: [a.env]}]\n");
    struct slice text = printed(build, ".", &all);
    expect_without(text, "the env file");
    expect_contains(text, "duplicate key 'DB_PASSWORD: ***'");
    buffer_free(&all);
}

// For each token, libyaml checks all open brackets: 100,000 of them took 38 seconds.
static void brackets_that_are_never_closed_end_the_search_for_secrets(void **state)
{
    struct test_build *build = *state;
    struct buffer text = {0}, all = {0};
    buffer_add_text(&text, "[{\"op\":\"add\",\"path\":\"/data/x\",\"value\":[\"" PLANTED "\",");
    for (int i = 0; i < 2000000; i++)
        buffer_add_byte(&text, '[');
    buffer_add_byte(&text, '\0');
    tree_add(build, "s.yaml", CONFIG_MAP("s"));
    tree_add(build, "kustomization.yaml", "resources: [s.yaml]\npatches: [{target: {name: s}, path: patch.yaml}]\n");
    tree_add(build, "patch.yaml", text.data);
    struct slice said = printed(build, ".", &all);
    expect_contains(said, "nested more than 1000 deep");
    expect_without(said, "the patch");
    buffer_free(&text);
    buffer_free(&all);
}

static void input_of_a_secret_generator_is_hidden(void **state)
{
    (void)state;
    static const char *const entries[] = {
        "{name: a, literals: \"pw=" PLANTED "\"}",
        "{name: a, literals: {pw: " PLANTED "}}",
        "{name: a, literals: [" PLANTED "]}",
        "{name: a, literals: ['a=" PLANTED "', 'a=" PLANTED "']}",
        "{name: a, literal: [pw=" PLANTED "]}",
        "{name: a, type: {a: " PLANTED "}}",
        "{name: a, files: [a=b=" PLANTED "]}",
        "{name: a, files: {a: " PLANTED "}}",
        "{name: a, envs: [PW=" PLANTED "]}",
        "{name: a, envs: ['PW: " PLANTED "']}",
        "{name: a, files: ['PW: " PLANTED "']}",
        "{name: a, options: {labels: {x: [" PLANTED "]}}}",
        "{name: a, options: " PLANTED "}",
        "{name: a, literals: [*" PLANTED "]}",
        "{name: a, literals: [\"pw=" PLANTED "\\q\"]}",
        PLANTED "=x",
    };
    struct arena arena = {0};
    for (size_t i = 0; i < countof(entries); i++) {
        expect_hidden(arena_format(&arena, "secretGenerator:\n- %s\n", entries[i]).data, NULL);
        expect_hidden(arena_format(&arena,
                                   "generators:\n- |-\n  apiVersion: builtin\n  kind: SecretGenerator\n"
                                   "  metadata: {name: a}\n  literals: %s\n",
                                   entries[i])
                          .data,
                      NULL);
    }
    arena_free(&arena);
}

static void expect_shown(const char *text, const char *expected)
{
    struct arena arena = {0};
    expect_text(shown_text(&arena, NULL, slice_from(text)), expected);
    arena_free(&arena);
}

static void a_url_is_shown_without_its_secrets(void **state)
{
    (void)state;
    expect_shown("'https://token@host/a?ref=v1&sig=x': no", "'https://***@host/a?ref=v1&***': no");
    expect_shown("Get \"https://me:x@host/a?access_token=x&timeout=9s\"", "Get \"https://***@host/a?***&timeout=9s\"");
    expect_shown("ssh://git@host/a and git@host:b and me@mail", "ssh://git@host/a and git@host:b and me@mail");
    expect_shown("image a/b:1@sha256:00, did you mean 'x'? no", "image a/b:1@sha256:00, did you mean 'x'? no");
}

// A cleaned path has lost a slash of the URL, and in the middle of a message, the text around it is missing.
static void a_cleaned_or_joined_url_is_recognized(void **state)
{
    (void)state;
    expect_shown("no directory 'http:/user:token@127.0.0.1:1/a.yaml'", "no directory 'http:/***@127.0.0.1:1/a.yaml'");
    expect_shown("lstat /home/me/https:/token@host/a: no", "lstat /home/me/https:/***@host/a: no");
    expect_shown("https:////token@host/a", "https:////***@host/a");
    expect_shown("'https:/host/a.yaml#token' 'https://host#token'", "'https:/host/a.yaml#***' 'https://host#***'");
    expect_shown("git::https://token@host//b?ref=x", "git::https://***@host//b?ref=x");
    expect_shown("git::ftp:/a:token@host/b git+ssh://token@host/b", "git::ftp:/***@host/b git+ssh://***@host/b");
    expect_shown("git::token@host.org:b git::git@host:b/c", "git::***@host.org:b git::git@host:b/c");
    expect_shown("user:token@host:org/b token@host:org/b", "***@host:org/b ***@host:org/b");
    expect_shown("/home/me/user:token@host:b and /home/me/to_ken@github.com/b",
                 "/home/me/***@host:b and /home/me/***@github.com/b");
    expect_shown("https://a/b/https://token@host/c?x=token#token", "https://a/b/https://***@host/c?***#***");
}

static void a_password_may_contain_characters_that_end_a_url(void **state)
{
    (void)state;
    expect_shown("'https://user:to,k'e{n}@host/a': no", "'https://***@host/a': no");
    expect_shown("'https://host/a?sig=to,k|en', and more", "'https://host/a?***', and more");
    expect_shown("'https://user:to/ken@host/a' 'https://user:to#ken@host'", "'https://***@host/a' 'https://***@host'");
    expect_shown("{https://host/a?x=token}, 'https://host/a?ref=v1'", "{https://host/a?***}, 'https://host/a?ref=v1'");
}

// As a path, `sig=../../token` becomes `token`, which no longer looks like a URL.
static void the_rest_of_a_url_in_a_path_is_hidden(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "configMapGenerator:\n- name: a\n  files: ['https://host/a?sig=../../../token-of-mine']\n");
    expect_error(build, ".", "cannot read '***': ");
    assert_true(slice_find(buffer_slice(&build->messages), slice_literal("token-of-mine")) == SLICE_NOT_FOUND);
}

static void text_that_only_looks_like_a_url_is_shown(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "web@prod.yaml:3:1: wrong",
        "a/web@1.2.3/kustomization.yaml:3:1: wrong",
        "nginx@sha256:00aa, nginx:1.2@sha512:00/a",
        "@angular/core and https://host/@scope/a",
        "a#b/c?d and a?b",
        "http://localhost:8080/a, http://[::1]:80/a and http://$HOST:$PORT/a",
    };
    for (size_t i = 0; i < countof(texts); i++)
        expect_shown(texts[i], texts[i]);
}

static void arguments_are_hidden(void **state)
{
    (void)state;
    expect_shown("helm pull --password x --version 1", "helm pull --password *** --version 1");
    expect_shown("[\"--token\", \"a\\\"b\", \"c\"]", "[\"--token\", ***, \"c\"]");
    expect_shown("\"--token\", \"--verbose\"", "\"--token\", \"--verbose\"");
    expect_shown("--api-token='a b' --set a=b", "--api-token=*** --set a=b");
}

static void a_name_cannot_fake_a_line(void **state)
{
    (void)state;
    expect_shown("a\nkiln: f:1:1: x\r\t\x1B[2J\x7F", "a\\nkiln: f:1:1: x\\r\\t\\x1b[2J\\x7f");
    expect_shown("\xC2\x85\xE2\x80\xA8\xE2\x80\xAE\xC3\xA9", "\\u0085\\u2028\\u202e\xC3\xA9");
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [\"a\\nkiln: f:1:1: x\", \"b\\n::error::x\"]\n");
    struct buffer all = {0};
    struct slice text = printed(build, ".", &all);
    assert_true(slice_find(text, slice_literal("\nkiln: f")) == SLICE_NOT_FOUND);
    expect_contains(text, "'a\\nkiln: f:1:1: x'");
    buffer_free(&all);
}

static void a_notice_has_the_lines_of_its_format(void **state)
{
    (void)state;
    struct diagnostics diagnostics;
    struct arena arena = {0};
    struct buffer out = {0};
    diagnostics_init(&diagnostics, &arena, NULL);
    diagnose_notice(&diagnostics, "\n%s:\n\t%.*s", "a\nkiln: f:1:1: x\tb", 3, "\x01\n\x1B[2J");
    diagnostics_render(&diagnostics, &diagnostics.items[0], &out);
    expect_text(buffer_slice(&out), "\na\\nkiln: f:1:1: x\\tb:\n\t\\x01\\n\\x1b\n");
    assert_int_equal(diagnostics.error_count, 0);
    buffer_free(&out);
    arena_free(&arena);
}

static void a_message_is_limited_to_a_few_thousand_bytes(void **state)
{
    struct test_build *build = *state;
    struct buffer long_name = {0}, all = {0};
    buffer_add_text(&long_name, "resources: [");
    for (int i = 0; i < 100000; i++)
        buffer_add_text(&long_name, "\xC3\xA9");
    buffer_add_text(&long_name, "]\n");
    buffer_add_byte(&long_name, '\0');
    tree_add(build, "kustomization.yaml", long_name.data);
    struct slice text = printed(build, ".", &all);
    assert_true(text.length > 0 && text.length < 4096 && text_is_utf8(text));
    buffer_free(&long_name);
    buffer_free(&all);
}

static void lines_that_cannot_contain_a_secret_are_shown(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [s.yaml]\n");
    tree_add(build, "s.yaml", "a: b\n{% if network == \"private\" %}\n");
    struct buffer all = {0};
    expect_contains(printed(build, ".", &all), "    2 | {% if network == \"private\" %}");
    tree_add(build, "kustomization.yaml",
             "secretGenerator:\n- name: a\n  type: [x]\n  files: [missing.txt]\n  literals: [a=" PLANTED "]\n");
    tree_add(build, "kustomization.yaml", "secretGenerator:\n- name: a\n  files: [missing.txt]\n");
    expect_contains(printed(build, ".", &all), "  files: [missing.txt]");
    buffer_free(&all);
}

// --- The fixtures with planted values.

static bool is_value_line(const char *line, size_t length)
{
    size_t at = 0;
    while (at < length && line[at] == ' ')
        at++;
    const char *colon = memchr(line + at, ':', length - at);
    return at > 0 && colon && colon + 2 < line + length && colon[1] == ' ' && isalnum((unsigned char)colon[2]) &&
           isalnum((unsigned char)line[length - 1]);
}

static bool contains(struct slice text, const char *part)
{
    return slice_find(text, slice_from(part)) != SLICE_NOT_FOUND;
}

// Adds a value after each `data` and `stringData` in files with only Secrets, and after each literal of a Secret.
static void plant(struct slice text, struct buffer *out)
{
    bool secret = contains(text, "kind: Secret\n") && !contains(text, "kind: ConfigMap") &&
                  !contains(text, "kind: Deployment");
    bool generator = contains(text, "secretGenerator:") && !contains(text, "configMapGenerator") &&
                     !contains(text, "vars:");
    bool in_data = false;
    for (struct slice line, rest = text; rest.length;) {
        bool more = slice_cut(rest, '\n', &line, &rest);
        if (line.length && line.data[0] != ' ')
            in_data = slice_equals(line, "data:") || slice_equals(line, "stringData:");
        struct slice item = slice_trim(line, " ");
        bool literal = generator && slice_starts_with(item, slice_literal("- ")) &&
                       slice_find_byte(item, '=') != SLICE_NOT_FOUND;
        buffer_add_slice(out, line);
        if ((secret && in_data && is_value_line(line.data, line.length)) ||
            (literal && isalnum((unsigned char)line.data[line.length - 1])))
            buffer_add_text(out, PLANTED);
        if (more)
            buffer_add_byte(out, '\n');
    }
    // Adds a Secret to each list of resources, so that everything after it sees one.
    if (contains(text, "kind: Deployment\n") && slice_ends_with(text, slice_literal("\n")) &&
        !contains(text, "kind: Kustomization"))
        buffer_add_text(out, "---\n" SECRET);
}

static void add_tree(struct test_build *build, const char *root, const char *below, unsigned depth)
{
    struct arena arena = {0};
    const char *path = arena_format(&arena, "%s/%s", root, below).data;
    DIR *directory = opendir(path);
    for (struct dirent *entry; directory && depth < 12 && (entry = readdir(directory));) {
        if (entry->d_name[0] == '.')
            continue;
        const char *inner = arena_format(&arena, "%s/%s", below, entry->d_name).data;
        const char *full = arena_format(&arena, "%s/%s", root, inner).data;
        struct stat status;
        if (lstat(full, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode))
            add_tree(build, root, inner, depth + 1);
        FILE *file = S_ISREG(status.st_mode) && status.st_size < 100000 ? fopen(full, "rb") : NULL;
        if (!file)
            continue;
        struct buffer text = {0}, planted = {0};
        text.length = fread(buffer_reserve(&text, (size_t)status.st_size + 1), 1, (size_t)status.st_size, file);
        fclose(file);
        plant(buffer_slice(&text), &planted);
        tree_add_bytes(build, inner, planted.data, planted.length);
        buffer_free(&text);
        buffer_free(&planted);
    }
    if (directory)
        closedir(directory);
    arena_free(&arena);
}

static void build_planted(const char *path, size_t *failed)
{
    void *state = NULL;
    test_build_setup(&state);
    struct test_build *build = state;
    add_tree(build, path, "input", 0);
    struct buffer all = {0};
    expect_without(printed(build, "input", &all), path);
    *failed += !build->succeeded;
    buffer_free(&all);
    test_build_teardown(&state);
}

static void walk_fixtures(const char *path, unsigned depth, size_t *failed)
{
    struct arena arena = {0};
    struct stat status;
    if (stat(arena_format(&arena, "%s/expected-error.txt", path).data, &status) == 0)
        build_planted(path, failed);
    DIR *directory = depth < 4 ? opendir(path) : NULL;
    for (struct dirent *entry; directory && (entry = readdir(directory));)
        if (entry->d_name[0] != '.' && strcmp(entry->d_name, "input") != 0)
            walk_fixtures(arena_format(&arena, "%s/%s", path, entry->d_name).data, depth + 1, failed);
    if (directory)
        closedir(directory);
    arena_free(&arena);
}

static void no_fixture_shows_its_planted_secret(void **state)
{
    (void)state;
    size_t failed = 0;
    walk_fixtures("fixtures", 0, &failed);
    assert_true(failed > 50);
}

// --- Lines.

// Expects that the lines with `PLANTED`, and no others, may hold a secret.
static void expect_lines(const char *text)
{
    struct test_reader reader;
    reader_begin(&reader);
    const struct source *source = reader_source(&reader, "a.yaml", slice_from(text));
    struct slice line, rest = slice_from(text);
    for (uint32_t number = 1; rest.length; number++) {
        slice_cut(rest, '\n', &line, &rest);
        bool planted = slice_find(line, slice_literal(PLANTED)) != SLICE_NOT_FOUND;
        if (secrets_are_in_line(&reader.sources, source, number) != planted)
            fail_msg("line %u is %s:\n%s", number, planted ? "shown" : "hidden", text);
    }
    struct buffer out = {0};
    secrets_mask(&reader.sources, slice_literal("'" PLANTED "'"), &out);
    expect_text(buffer_slice(&out),
                slice_find(slice_from(text), slice_literal(PLANTED)) == SLICE_NOT_FOUND ? "'" PLANTED "'" : "'***'");
    buffer_free(&out);
    reader_end(&reader);
}

static void a_secret_among_other_documents_has_its_own_lines(void **state)
{
    (void)state;
    expect_lines("# of a\n---\n" CONFIG_MAP("a") "---\n" SECRET "--- # of b\n" SERVICE("b"));
    expect_lines(SECRET "---\n" CONFIG_MAP("a") "  text: |\n    ---\n    a: b\n---\n" CONTAINER
                                                "        env:\n        - name: DB_PASSWORD\n          value: " PLANTED
                                                "\n");
    expect_lines("%TAG !k! tag:k8s.io,2020:\n---\nkind: ConfigMap\ndata: {a: !k!b 1}\n---\n" SECRET);
    expect_lines("a: 1\n---b: 2\n");
    expect_lines("kind: \"S\\x65cret\"\nstringData:\n  pw: " PLANTED "\n---\na: b\n");
    expect_lines("kind: \"S\\u0065cret\"\nstringData:\n  pw: " PLANTED "\n---\na: b\n");
}

static void data_without_a_kind_may_belong_to_a_secret(void **state)
{
    (void)state;
    expect_lines("metadata:\n  name: a\ndata:\n  a: " PLANTED "\n");
    expect_lines("kind: ConfigMap\ndata:\n  a: public-text-123\n");
    expect_lines("{metadata: {\nkind: x\n},\ndata: {\n  a: " PLANTED "\n}}\n");
    expect_lines("kind: Kustomization\npatches:\n- patch: |\n    data:\n      a: " PLANTED "\n");
}

static void each_word_that_names_a_secret_is_recognized(void **state)
{
    (void)state;
    static const char *const names[] = {
        "PASSWORD",   "dbPassword",  "PASSPHRASE",  "token",     "CREDENTIALS",  "apiKey",     "API_KEY",   "api-key",
        "privateKey", "PRIVATE_KEY", "private-key", "accessKey", "ACCESS_KEY",   "access-key", "SECRET_ID", "MY_SECRET",
        "my-secret",  "secretKey",   "secret-key",  "sshKey",    "clientSecret", "secret",     "pwd"};
    for (size_t i = 0; i < countof(names); i++) {
        char text[512];
        snprintf(text, sizeof text, CONTAINER "        env:\n        - name: %s\n          value: " PLANTED "\n",
                 names[i]);
        expect_lines(text);
    }
    expect_lines(CONTAINER "        env:\n        - name: KEY\n          value: public-text-123\n");
}

static void names_are_read_word_by_word(void **state)
{
    (void)state;
    static const char *const secret[] = {"SMTP_PASS",       "dbPass",       "DBPASS",           "requirepass",
                                         "MYSQL_PWD",       "JWT",          "jwtToken",         "SIGNING_KEY",
                                         "authtoken",       "GH_TOKEN",     "SENTRY_DSN",       "masterauth",
                                         "Authorization",   "basicAuth",    "webhookSecret",    "CONNECTION_STRING",
                                         "PassWord",        "passphrase2",  "credentials",      "AWS_CREDS",
                                         "client-key-data", "--auth-token", "/spec/password/0", "example.com/api-token",
                                         "SESSION_SECRETS", "dbPw",         "AccountKey"};
    static const char *const harmless[] = {"compass",
                                           "passthrough",
                                           "proxyPassThrough",
                                           "tokenizer",
                                           "secretName",
                                           "imagePullSecrets",
                                           "imagePullSecret",
                                           "--show-secrets",
                                           "existingSecret",
                                           "secrets",
                                           "secretKeyRef",
                                           "passwordSecretRef",
                                           "PASSWORD_FILE",
                                           "tokenTTL",
                                           "maxTokens",
                                           "authMode",
                                           "oauth",
                                           "author",
                                           "publicKey",
                                           "topologyKey",
                                           "monkey",
                                           "key",
                                           "KEY",
                                           "credentialsPath",
                                           "passwordless",
                                           "secret.reloader.stakater.com/reload",
                                           "/spec/secretName",
                                           ""};
    for (size_t i = 0; i < countof(secret); i++)
        if (!is_secret_name(slice_from(secret[i])))
            fail_msg("'%s' is the name of a secret", secret[i]);
    for (size_t i = 0; i < countof(harmless); i++)
        if (is_secret_name(slice_from(harmless[i])))
            fail_msg("'%s' is not the name of a secret", harmless[i]);
    assert_true(is_password_name(slice_literal("dbPassword")));
    assert_false(is_password_name(slice_literal("tokens")));
}

static void secrets_are_recognized_by_their_form(void **state)
{
    (void)state;
    expect_shown("-H 'Authorization: Basic dXNlcjpwYXNz'", "-H 'Authorization: Basic ***'");
    expect_shown("bearer abc.DEF_123", "bearer ***");
    expect_shown("Basic authentication, Bearer token", "Basic authentication, Bearer token");
    expect_shown("id AKIAIOSFODNN7EXAMPLE, AKIA", "id ***, AKIA");
    expect_shown("x=ghp_0123456789abcdefghij ghp_x", "x=*** ghp_x");
    expect_shown("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl eyJhIjoxfQ", "*** eyJhIjoxfQ");
    expect_shown("-----BEGIN EC PRIVATE KEY-----MIIB-----END EC PRIVATE KEY-----",
                 "-----BEGIN EC PRIVATE KEY-----***-----END EC PRIVATE KEY-----");
    expect_shown("-----BEGIN OPENSSH PRIVATE KEY-----b3Bl", "-----BEGIN OPENSSH PRIVATE KEY-----***");
    expect_shown("-----BEGIN CERTIFICATE-----MIIB", "-----BEGIN CERTIFICATE-----MIIB");
    expect_shown("dsn me:x@tcp(db:3306)/app", "dsn ***@tcp(db:3306)/app");
}

static void the_lines_of_a_private_key_are_hidden(void **state)
{
    (void)state;
    expect_lines("kind: ConfigMap\ndata:\n  a: public-text-123\n  b: \"-----BEGIN PRIVATE KEY-----" PLANTED
                 "-----END PRIVATE KEY-----\"\n");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(names_are_read_word_by_word),
    cmocka_unit_test(secrets_are_recognized_by_their_form),
    cmocka_unit_test(the_lines_of_a_private_key_are_hidden),
    cmocka_unit_test(a_secret_among_other_documents_has_its_own_lines),
    cmocka_unit_test(data_without_a_kind_may_belong_to_a_secret),
    cmocka_unit_test(each_word_that_names_a_secret_is_recognized),
    cmocka_unit_test(values_of_a_secret_are_hidden),
    cmocka_unit_test(patches_of_a_secret_are_hidden),
    build_test(a_file_with_a_patch_of_a_secret_is_hidden),
    cmocka_unit_test(a_json_patch_that_cannot_be_parsed_is_hidden),
    build_test(a_json_patch_of_something_else_shows_where_it_is_wrong),
    build_test(names_in_the_value_of_a_secret_are_hidden),
    build_test(the_path_of_a_replacement_for_a_secret_is_shown),
    build_test(a_password_after_a_colon_in_an_env_file_is_hidden),
    build_test(brackets_that_are_never_closed_end_the_search_for_secrets),
    cmocka_unit_test(input_of_a_secret_generator_is_hidden),
    cmocka_unit_test(a_url_is_shown_without_its_secrets),
    cmocka_unit_test(a_cleaned_or_joined_url_is_recognized),
    cmocka_unit_test(a_password_may_contain_characters_that_end_a_url),
    build_test(the_rest_of_a_url_in_a_path_is_hidden),
    cmocka_unit_test(text_that_only_looks_like_a_url_is_shown),
    cmocka_unit_test(arguments_are_hidden),
    build_test(a_name_cannot_fake_a_line),
    cmocka_unit_test(a_notice_has_the_lines_of_its_format),
    build_test(a_message_is_limited_to_a_few_thousand_bytes),
    build_test(lines_that_cannot_contain_a_secret_are_shown),
    cmocka_unit_test(no_fixture_shows_its_planted_secret),
};

int test_secrets(void)
{
    return cmocka_run_group_tests_name("secrets", tests, NULL, NULL);
}
