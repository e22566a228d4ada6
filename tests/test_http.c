// Files over HTTP, from a server on this machine (tests/http_server.py).
#include "tests/world.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "load/http_client.h"
#include "load/loader.h"
#include "load/remote_url.h"

struct server {
    struct world *world;
    pid_t process;
    int output;
    unsigned port, other_port;
    unsigned tls_port;  // 0: there is no certificate
};

// Starts the server, which prints its ports when it is ready.
static int start(void **state, struct world *world, const char *certificate)
{
    struct server *server = calloc(1, sizeof *server);
    assert_non_null(server);
    server->world = world;
    *state = server;
    int output[2];
    assert_int_equal(pipe(output), 0);
    server->process = fork();
    assert_true(server->process >= 0);
    if (server->process == 0) {
        dup2(output[1], STDOUT_FILENO);
        close(output[0]);
        close(output[1]);
        setenv("HOME", server->world->home_before, 1);
        execlp("python3", "python3", "tests/http_server.py", world_path(world, "log"), certificate, (char *)NULL);
        _exit(127);
    }
    close(output[1]);
    server->output = output[0];
    FILE *file = fdopen(output[0], "r");
    assert_non_null(file);
    if (fscanf(file, "%u %u", &server->port, &server->other_port) != 2)
        server->port = 0;
    if (server->port && certificate && fscanf(file, "%u", &server->tls_port) != 1)
        server->tls_port = 0;
    fclose(file);
    return 0;
}

static int setup(void **state)
{
    void *world = NULL;
    return world_setup(&world) == 0 ? start(state, world, NULL) : -1;
}

// With a self-signed certificate for 127.0.0.1 without a name.
static int setup_tls(void **state)
{
    void *world = NULL;
    if (world_setup(&world) != 0)
        return -1;
    struct world *own = world;
    const char *certificate = NULL;
    if (process_find(&own->arena, slice_literal("openssl")).length) {
        world_write(own, "certificate.cnf",
                    "[req]\ndistinguished_name = name\nx509_extensions = extensions\nprompt = no\n"
                    "[name]\nCN = kiln\n[extensions]\nsubjectAltName = IP:127.0.0.1\n");
        world_run(own, "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -config certificate.cnf -keyout key.pem "
                       "-out trusted.pem 2>&1 && cat key.pem trusted.pem > certificate.pem");
        world_run(own, "mkdir folder && cp trusted.pem folder && openssl rehash folder");
        certificate = world_path(own, "certificate.pem");
    }
    return start(state, own, certificate);
}

static int teardown(void **state)
{
    struct server *server = *state;
    kill(server->process, SIGTERM);
    waitpid(server->process, NULL, 0);
    void *world = server->world;
    free(server);
    return world_teardown(&world);
}

// A kustomization from a format in which %u is the port.
static struct world *with_kustomization(struct server *server, const char *format, unsigned port)
{
    if (!server->port)
        test_skip("no python3 on this machine");
    char text[1024];
    const char *mark = strstr(format, "%u");
    assert_non_null(mark);
    snprintf(text, sizeof text, "%.*s%u%s", (int)(mark - format), format, port, mark + 2);
    world_write(server->world, "k/kustomization.yaml", text);
    return server->world;
}

#define OBJECT "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n"

static void a_file_at_a_url_is_a_resource(void **state)
{
    struct server *server = *state;
    struct world *world = with_kustomization(server, "resources: ['http://127.0.0.1:%u/x.yaml']\n", server->port);
    world_expect_stream(world, NULL, "k", OBJECT);
}

static void every_field_for_a_file_may_be_a_url(void **state)
{
    struct server *server = *state;
    struct world *world = with_kustomization(server,
                                             "configMapGenerator:\n- name: g\n  files: ['k=http://127.0.0.1:%u/text']\n"
                                             "  options: {disableNameSuffixHash: true}\n",
                                             server->port);
    world_expect_stream(world, NULL, "k", "apiVersion: v1\ndata:\n  k: text\nkind: ConfigMap\nmetadata:\n  name: g\n");
}

static void redirects_are_followed(void **state)
{
    struct server *server = *state;
    struct world *world = with_kustomization(server, "resources: ['http://127.0.0.1:%u/redirect']\n", server->port);
    world_expect_stream(world, NULL, "k", OBJECT);
}

static void a_redirect_to_a_local_file_is_refused(void **state)
{
    struct server *server = *state;
    struct world *world = with_kustomization(server, "resources: ['http://127.0.0.1:%u/redirect-to-file']\n",
                                             server->port);
    world_expect_error(world, NULL, "k", "Protocol \"file\"");
}

static void endless_redirects_are_abandoned(void **state)
{
    struct server *server = *state;
    struct world *world = with_kustomization(server, "resources: ['http://127.0.0.1:%u/loop']\n", server->port);
    world_expect_error(world, NULL, "k", "more than 10 redirects");
}

static void a_login_goes_to_no_other_server_and_is_not_shown(void **state)
{
    struct server *server = *state;
    struct world *world = with_kustomization(server, "resources: ['http://me:secret@127.0.0.1:%u/redirect-to-other']\n",
                                             server->port);
    world_expect_stream(world, NULL, "k", OBJECT);
    expect_text(world_read(world, "log"),
                arena_format(&world->arena, "%u /redirect-to-other with login\n%u /x.yaml without login\n",
                             server->port, server->other_port)
                    .data);
    with_kustomization(server, "resources: ['http://me:secret@127.0.0.1:%u/404']\n", server->port);
    world_expect_error(world, NULL, "k", "http://***@127.0.0.1:");
    if (slice_find(buffer_slice(&world->messages), slice_literal("secret")) != SLICE_NOT_FOUND)
        fail_msg("the password is shown");
}

static void a_login_follows_a_redirect_on_its_own_server(void **state)
{
    struct server *server = *state;
    struct world *world = with_kustomization(server, "resources: ['http://me:secret@127.0.0.1:%u/redirect']\n",
                                             server->port);
    world_expect_stream(world, NULL, "k", OBJECT);
    expect_text(
        world_read(world, "log"),
        arena_format(&world->arena, "%u /redirect with login\n%u /x.yaml with login\n", server->port, server->port)
            .data);
}

static void only_the_same_server_gets_the_login(void **state)
{
    (void)state;
    static const struct {
        const char *url, *expected;
    } cases[] = {
        {"https://a.example/y", "https://me:x@a.example/y"},
        {"https://A.example:443?y", "https://me:x@A.example:443?y"},
        {"HTTPS://a.example", "HTTPS://me:x@a.example"},
        {"https://you:z@a.example/y", "https://you:z@a.example/y"},
        {"http://a.example/y", "http://a.example/y"},
        {"https://a.example:80/y", "https://a.example:80/y"},
        {"https://a.example.org/y", "https://a.example.org/y"},
        {"https://b.example/@a.example/", "https://b.example/@a.example/"},
        {"https://b.example#@a.example/", "https://b.example#@a.example/"},
        {"https://a.example\\.b.example/", "https://a.example\\.b.example/"},
        {"file:///a.example", "file:///a.example"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < countof(cases); i++)
        expect_text(url_with_login_of(&arena, slice_from(cases[i].url), slice_literal("https://me:x@a.example/x")),
                    cases[i].expected);
    expect_text(url_with_login_of(&arena, slice_literal("http://a/y"), slice_literal("http://a:80/x")), "http://a/y");
    arena_free(&arena);
}

static void an_error_of_the_server_is_reported(void **state)
{
    struct server *server = *state;
    struct world *world = with_kustomization(server, "resources: ['http://127.0.0.1:%u/404']\n", server->port);
    world_expect_error(world, NULL, "k", "/404': the server responded with 404 (Not Found)\n");
}

static void a_missing_server_is_reported(void **state)
{
    struct server *server = *state;
    struct world *world = with_kustomization(server, "resources: ['http://127.0.0.1:%u/x.yaml']\n", 9);
    world_expect_error(world, NULL, "k", "cannot fetch 'http://127.0.0.1:9/x.yaml': ");
}

static void an_endless_response_is_cut_off(void **state)
{
    struct server *server = *state;
    struct world *world = with_kustomization(server, "resources: ['http://127.0.0.1:%u/endless']\n", server->port);
    world_expect_error(world, NULL, "k", "the response is larger than 64 MiB");
}

static void a_file_is_fetched_once(void **state)
{
    struct server *server = *state;
    struct world *world = with_kustomization(server,
                                             "configMapGenerator:\n- name: g\n  files: ['k=http://127.0.0.1:%u/text']\n"
                                             "- {name: h, files: ['k=http://127.0.0.1:PORT/text']}\n",
                                             server->port);
    world_run(world, arena_format(&world->arena, "sed -i.old s/PORT/%u/ k/kustomization.yaml", server->port).data);
    world_build(world, NULL, "k");
    assert_true(world->succeeded);
    expect_text(world_read(world, "log"), arena_format(&world->arena, "%u /text without login\n", server->port).data);
}

static void an_origin_is_the_url(void **state)
{
    struct server *server = *state;
    struct world *world = with_kustomization(
        server, "resources: ['http://127.0.0.1:%u/x.yaml']\nbuildMetadata: [originAnnotations]\n", server->port);
    world_build(world, NULL, "k");
    assert_true(world->succeeded);
    expect_contains(buffer_slice(&world->stream), "      path: http:/127.0.0.1:");
}

// --- The same with the program curl.

static struct http_result by_program(struct server *server, const char *login, unsigned port, const char *path)
{
    if (!server->port)
        test_skip("no python3 on this machine");
    struct arena *arena = &server->world->arena;
    struct http_result result;
    const char *url = arena_format(arena, "http://%s127.0.0.1:%u%s", login, port, path).data;
    if (!http_follow(http_get_by_program, arena, url, &result))
        test_skip("no curl on this machine");
    return result;
}

static void the_program_follows_redirects(void **state)
{
    struct server *server = *state;
    struct http_result result = by_program(server, "", server->port, "/redirect");
    assert_int_equal(result.outcome, HTTP_DONE);
    expect_text(result.content, OBJECT);
}

static void the_program_sends_a_login_to_no_other_server(void **state)
{
    struct server *server = *state;
    struct http_result result = by_program(server, "me:secret@", server->port, "/redirect-to-other");
    assert_int_equal(result.outcome, HTTP_DONE);
    expect_text(world_read(server->world, "log"),
                arena_format(&server->world->arena, "%u /redirect-to-other with login\n%u /x.yaml without login\n",
                             server->port, server->other_port)
                    .data);
}

static void failures_of_the_program_are_reported(void **state)
{
    struct server *server = *state;
    static const struct {
        const char *path, *reason;
    } cases[] = {{"/404", "the server responded with 404 (Not Found)"},
                 {"/loop", "more than 10 redirects"},
                 {"/redirect-to-file", "Protocol \"file\""},
                 {"/endless", "the response is larger than 64 MiB"}};
    for (size_t i = 0; i < countof(cases); i++) {
        struct http_result result = by_program(server, "", server->port, cases[i].path);
        assert_int_not_equal(result.outcome, HTTP_DONE);
        expect_contains(result.reason, cases[i].reason);
    }
    expect_contains(by_program(server, "", 9, "/x.yaml").reason, "127.0.0.1 port 9");
}

static void no_byte_of_a_url_becomes_a_setting_of_the_program(void **state)
{
    struct server *server = *state;
    struct http_result result = by_program(server, "", server->port, "/x.yaml\"\noutput = \"written");
    assert_int_not_equal(result.outcome, HTTP_DONE);
    assert_int_not_equal(access("written", F_OK), 0);
}

// --- A server that doesn't answer in time, which no test can wait for.

// What a program in place of curl makes of a request.
static struct http_result by_script(struct world *world, const char *script)
{
    world_write_script(world, "bin/curl", script);
    struct http_result result;
    assert_true(http_follow(http_get_by_program, &world->arena, "http://server.example/x.yaml", &result));
    assert_int_equal(result.outcome, HTTP_FAILED);
    return result;
}

static void a_timeout_of_the_program_is_recognized(void **state)
{
    struct world *world = *state;
    world_run(world, "mkdir bin");
    world_put_on_path(world, "bin");
    struct http_result slow = by_script(world, "echo 'curl: (28) Operation timed out' >&2; exit 28");
    assert_true(slow.timed_out);
    expect_text(slow.reason, "Operation timed out");
    assert_false(by_script(world, "echo 'curl: (7) Connection refused' >&2; exit 7").timed_out);
}

// The cause of the error for a URL whose request had this result.
static enum cause cause_of(struct arena *arena, struct http_result result)
{
    struct sources sources = {.arena = arena};
    struct diagnostics diagnostics;
    diagnostics_init(&diagnostics, arena, &sources);
    struct remote remote;
    remote_init(&remote, arena, &sources, NULL);
    struct remote_file fetched = {.url = slice_literal("http://server.example/x.yaml"), .result = result},
                       *file = &fetched;
    list_append(arena, &remote.files, file);
    struct loader loader = {.arena = arena, .sources = &sources, .diagnostics = &diagnostics, .remote = &remote};
    struct file_loader directory = {.loader = &loader};
    enum http_outcome outcome;
    assert_null(file_loader_fetch(&directory, (struct text){.slice = fetched.url}, &outcome));
    assert_int_equal(outcome, HTTP_FAILED);
    assert_int_equal(diagnostics.count, 1);
    expect_text(diagnostics.items[0].message, "cannot fetch 'http://server.example/x.yaml': no answer");
    return diagnostics.items[0].cause;
}

// After such an error, a build fetches nothing else; fixtures/remote/no-fetch-follows-a-timeout shows that with git.
static void a_timeout_is_the_cause_of_the_error(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct http_result result = http_failed(slice_literal("no answer"));
    assert_int_equal(cause_of(&arena, result), CAUSE_OTHER);
    result.timed_out = true;
    assert_int_equal(cause_of(&arena, result), CAUSE_TIMEOUT);
    arena_free(&arena);
}

// --- HTTPS, with libcurl and with curl.

static http_transport *const ways[] = {http_get_by_library, http_get_by_program};

static struct http_result over_tls(struct server *server, http_transport *way, const char *host)
{
    struct arena *arena = &server->world->arena;
    struct http_result result;
    if (!server->tls_port)
        test_skip("no python3 or no openssl on this machine");
    if (!http_follow(way, arena, arena_format(arena, "https://%s:%u/x.yaml", host, server->tls_port).data, &result))
        test_skip("libcurl or curl is not on this machine");
    return result;
}

static void expect_trust(struct server *server, bool trusted)
{
    for (size_t i = 0; i < countof(ways); i++) {
        struct http_result result = over_tls(server, ways[i], "127.0.0.1");
        if (result.outcome != (trusted ? HTTP_DONE : HTTP_FAILED))
            fail_msg("%s: %.*s", i ? "curl" : "libcurl", SLICE_ARGS(result.reason));
        assert_int_equal(result.untrusted, !trusted);
        if (trusted)
            expect_text(result.content, OBJECT);
        else
            expect_contains(result.reason, "ertificate");
    }
}

static void an_untrusted_certificate_is_refused(void **state)
{
    struct server *server = *state;
    expect_trust(server, false);
    struct world *world = with_kustomization(server, "resources: ['https://127.0.0.1:%u/x.yaml']\n", server->tls_port);
    world_expect_error(world, NULL, "k", "/x.yaml': ");
    expect_contains(buffer_slice(&world->messages), "or set SSL_CERT_FILE to a file that contains it\n");
    assert_false(world_has(world, "log"));
}

static void certificates_in_the_environment_are_trusted(void **state)
{
    struct server *server = *state;
    struct world *world = server->world;
    setenv("SSL_CERT_FILE", world_path(world, "trusted.pem"), 1);
    expect_trust(server, true);
    with_kustomization(server, "resources: ['https://127.0.0.1:%u/x.yaml']\n", server->tls_port);
    world_expect_stream(world, NULL, "k", OBJECT);
    // Both are used, in every version of curl.
    setenv("SSL_CERT_DIR", world_path(world, "home"), 1);
    expect_trust(server, true);
    unsetenv("SSL_CERT_FILE");
    expect_trust(server, false);
    setenv("SSL_CERT_DIR", world_path(world, "folder"), 1);
    expect_trust(server, true);
}

static void the_curl_bundle_takes_precedence(void **state)
{
    struct server *server = *state;
    struct world *world = server->world;
    setenv("CURL_CA_BUNDLE", world_path(world, "trusted.pem"), 1);
    setenv("SSL_CERT_FILE", "/dev/null", 1);
    expect_trust(server, true);
    setenv("CURL_CA_BUNDLE", "", 1);
    setenv("SSL_CERT_FILE", world_path(world, "trusted.pem"), 1);
    expect_trust(server, true);
}

static void a_certificate_for_another_host_is_refused(void **state)
{
    struct server *server = *state;
    setenv("SSL_CERT_FILE", world_path(server->world, "trusted.pem"), 1);
    for (size_t i = 0; i < countof(ways); i++)
        assert_int_equal(over_tls(server, ways[i], "localhost").outcome, HTTP_FAILED);
}

#define tls_test(function) cmocka_unit_test_setup_teardown(function, setup_tls, teardown)

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_file_at_a_url_is_a_resource, setup, teardown),
    cmocka_unit_test_setup_teardown(every_field_for_a_file_may_be_a_url, setup, teardown),
    cmocka_unit_test_setup_teardown(redirects_are_followed, setup, teardown),
    cmocka_unit_test_setup_teardown(a_redirect_to_a_local_file_is_refused, setup, teardown),
    cmocka_unit_test_setup_teardown(endless_redirects_are_abandoned, setup, teardown),
    cmocka_unit_test_setup_teardown(a_login_goes_to_no_other_server_and_is_not_shown, setup, teardown),
    cmocka_unit_test_setup_teardown(a_login_follows_a_redirect_on_its_own_server, setup, teardown),
    cmocka_unit_test(only_the_same_server_gets_the_login),
    cmocka_unit_test_setup_teardown(an_error_of_the_server_is_reported, setup, teardown),
    cmocka_unit_test_setup_teardown(a_missing_server_is_reported, setup, teardown),
    cmocka_unit_test_setup_teardown(an_endless_response_is_cut_off, setup, teardown),
    cmocka_unit_test_setup_teardown(a_file_is_fetched_once, setup, teardown),
    cmocka_unit_test_setup_teardown(an_origin_is_the_url, setup, teardown),
    cmocka_unit_test_setup_teardown(the_program_follows_redirects, setup, teardown),
    cmocka_unit_test_setup_teardown(the_program_sends_a_login_to_no_other_server, setup, teardown),
    cmocka_unit_test_setup_teardown(failures_of_the_program_are_reported, setup, teardown),
    cmocka_unit_test_setup_teardown(no_byte_of_a_url_becomes_a_setting_of_the_program, setup, teardown),
    world_test(a_timeout_of_the_program_is_recognized),
    cmocka_unit_test(a_timeout_is_the_cause_of_the_error),
    tls_test(an_untrusted_certificate_is_refused),
    tls_test(certificates_in_the_environment_are_trusted),
    tls_test(the_curl_bundle_takes_precedence),
    tls_test(a_certificate_for_another_host_is_refused),
};

int test_http(void)
{
    return cmocka_run_group_tests_name("http", tests, NULL, NULL);
}
