// `kiln diff`: random trees, where applying the patch to one must give the other, and escaping in formats.
#include "tests/support.h"

#include "compare/comparison.h"
#include "json/json.h"
#include "report/escape.h"
#include "report/report.h"
#include "schema/well_known_names.h"
#include "yaml/read.h"

// --- Random trees, always with the same numbers.

struct random {
    uint64_t state;
};

static uint32_t next(struct random *random, uint32_t below)
{
    random->state = random->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(random->state >> 33) % below;
}

struct garden {
    struct arena arena;
    struct name_table names;
    struct name_cache cache;
    struct sources sources;
    struct diagnostics diagnostics;
    struct random random;
};

static const char *const keys[] = {"a",   "name", "limits", "cpu",  "key", "b/c",
                                   "d~e", "x.y",  "env",    "type", "é",   "spec"};
static const char *const texts[] = {"",
                                    "web",
                                    "500m",
                                    "0.5",
                                    "two\nlines\n",
                                    "three\nlines\nhere",
                                    "{\"a\": [1, 2]}",
                                    "true",
                                    "a: 1\nb: 2\n",
                                    "a: 1\nb: 3\n",
                                    "8080",
                                    "~",
                                    "{\"a\": [2]}",
                                    "x/y"};
static const char *const bare[] = {"true", "false", "null", "0", "1", "-7", "1.5", "8080", "9007199254740993"};

static struct node *plant(struct garden *, int level);

static struct node *plant_scalar(struct garden *garden)
{
    if (next(&garden->random, 2))
        return node_new_scalar(&garden->arena, slice_from(texts[next(&garden->random, countof(texts))]),
                               STYLE_DOUBLE_QUOTED, TAG_STRING, (struct position){0});
    return node_new_scalar(&garden->arena, slice_from(bare[next(&garden->random, countof(bare))]), STYLE_PLAIN,
                           TAG_IMPLICIT, (struct position){0});
}

static void set(struct garden *garden, struct node *map, const char *key, struct node *value)
{
    node_map_set(&garden->arena, map, name_intern(&garden->names, slice_from(key)), value);
}

static struct node *plant_map(struct garden *garden, int level)
{
    struct node *map = node_new_map(&garden->arena, (struct position){0});
    for (uint32_t i = next(&garden->random, 5); i > 0; i--)
        set(garden, map, keys[next(&garden->random, countof(keys))], plant(garden, level + 1));
    return map;
}

static struct node *plant_list(struct garden *garden, int level)
{
    struct node *list = node_new_sequence(&garden->arena, (struct position){0});
    uint32_t kind = next(&garden->random, 3);
    for (uint32_t i = next(&garden->random, 6); i > 0; i--) {
        struct node *item = kind == 0   ? plant_scalar(garden)
                            : kind == 1 ? plant_map(garden, level + 1)
                                        : plant(garden, level + 1);
        // Most lists of maps have a key.
        if (kind == 1 && next(&garden->random, 8))
            set(garden, item, "name",
                node_new_scalar(&garden->arena, arena_format(&garden->arena, "n%u", next(&garden->random, 20)),
                                STYLE_PLAIN, TAG_STRING, (struct position){0}));
        node_sequence_append(&garden->arena, list, item);
    }
    return list;
}

static struct node *plant(struct garden *garden, int level)
{
    enum { LEVELS = 5 };
    uint32_t kind = level >= LEVELS ? 0 : next(&garden->random, 4);
    return kind < 2 ? plant_scalar(garden) : kind == 2 ? plant_map(garden, level) : plant_list(garden, level);
}

static void swap(struct node *list, uint32_t a, uint32_t b)
{
    struct node *item = list->items[a];
    list->items[a] = list->items[b];
    list->items[b] = item;
}

// Changes some of the nodes below.
static void disturb(struct garden *garden, struct node *node, int level)
{
    struct random *random = &garden->random;
    if (node->kind == NODE_MAP) {
        for (uint32_t i = 0; i < node->count; i++) {
            if (next(random, 6) == 0)
                node->entries[i].value = plant(garden, level + 1);
            else
                disturb(garden, node->entries[i].value, level + 1);
        }
        if (node->count && level > 0 && next(random, 5) == 0)
            node_map_remove(node, node->entries[next(random, node->count)].key);
        if (next(random, 5) == 0)
            set(garden, node, keys[next(random, countof(keys))], plant(garden, level + 1));
    } else if (node->kind == NODE_SEQUENCE) {
        for (uint32_t i = 0; i < node->count; i++)
            disturb(garden, node->items[i], level + 1);
        for (uint32_t i = next(random, 3); i > 0 && node->count; i--)
            node_sequence_remove(node, next(random, node->count));
        for (uint32_t i = next(random, 3); i > 0; i--)
            node_sequence_insert(&garden->arena, node, next(random, node->count + 1), plant(garden, level + 1));
        for (uint32_t i = next(random, 4); i > 0 && node->count; i--)
            swap(node, next(random, node->count), next(random, node->count));
    }
}

static struct slice stream_of(struct garden *garden, const struct node *spec)
{
    struct buffer text = {0};
    buffer_add_text(&text,
                    "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"t\"},\"spec\":");
    assert_true(json_write(&text, spec, true, &garden->diagnostics));
    buffer_add_text(&text, "}\n");
    struct slice copy = arena_copy(&garden->arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

// --- Applying a patch.

static struct slice unescaped(struct garden *garden, struct slice token)
{
    struct buffer text = {0};
    for (size_t i = 0; i < token.length; i++) {
        bool escaped = token.data[i] == '~' && i + 1 < token.length;
        buffer_add_byte(&text, !escaped ? token.data[i] : token.data[i + 1] == '1' ? '/' : '~');
        i += escaped;
    }
    struct slice copy = arena_copy(&garden->arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

static uint32_t index_of(struct slice token)
{
    uint32_t index = 0;
    for (size_t i = 0; i < token.length; i++)
        index = index * 10 + (uint32_t)(token.data[i] - '0');
    return index;
}

// The node that contains the target of the pointer; `*last` is the pointer's last part.
static struct node *holder_of(struct garden *garden, struct node *root, struct slice pointer, struct slice *last)
{
    struct slice head, rest = slice_from_index(pointer, 1);
    while (slice_cut(rest, '/', &head, &rest)) {
        if (root->kind == NODE_SEQUENCE) {
            assert_true(index_of(head) < root->count);
            root = root->items[index_of(head)];
        } else {
            root = node_map_get(root, name_intern(&garden->names, unescaped(garden, head)));
        }
        assert_non_null(root);
    }
    *last = unescaped(garden, head);
    return root;
}

static struct node *take(struct garden *garden, struct node *root, struct slice pointer)
{
    struct slice last;
    struct node *holder = holder_of(garden, root, pointer, &last), *found;
    if (holder->kind == NODE_SEQUENCE) {
        assert_true(index_of(last) < holder->count);
        found = holder->items[index_of(last)];
        node_sequence_remove(holder, index_of(last));
        return found;
    }
    const struct name *key = name_intern(&garden->names, last);
    found = node_map_get(holder, key);
    assert_true(node_map_remove(holder, key));
    return found;
}

static void put(struct garden *garden, struct node *root, struct slice pointer, struct node *value)
{
    struct slice last;
    struct node *holder = holder_of(garden, root, pointer, &last);
    if (holder->kind == NODE_SEQUENCE) {
        assert_true(index_of(last) <= holder->count);
        node_sequence_insert(&garden->arena, holder, index_of(last), value);
    } else {
        node_map_set(&garden->arena, holder, name_intern(&garden->names, last), value);
    }
}

static const struct node *at(struct garden *garden, const struct node *map, const char *key)
{
    return node_map_get(map, name_intern(&garden->names, slice_from(key)));
}

static void carry_out(struct garden *garden, const struct node *operations, struct node *root)
{
    for (uint32_t i = 0; i < operations->count; i++) {
        const struct node *operation = operations->items[i];
        struct slice op = node_text(at(garden, operation, "op")), path = node_text(at(garden, operation, "path"));
        const struct node *value = at(garden, operation, "value"), *from = at(garden, operation, "from");
        struct node *node = value ? node_copy(&garden->arena, value) : NULL;
        if (slice_equals(op, "move"))
            node = take(garden, root, node_text(from));
        else if (!slice_equals(op, "add"))
            take(garden, root, path);
        if (!slice_equals(op, "remove"))
            put(garden, root, path, node);
    }
}

static struct node *read(struct garden *garden, struct slice text)
{
    struct source *source = sources_add(&garden->sources, slice_literal("text"), text);
    struct node *root = json_read(&garden->arena, &garden->cache, source, &garden->diagnostics);
    assert_non_null(root);
    return root;
}

static void expect_same(struct garden *garden, const struct node *made, const struct node *wanted, struct slice before,
                        struct slice patch)
{
    struct buffer first = {0}, second = {0};
    assert_true(json_write(&first, made, true, &garden->diagnostics));
    assert_true(json_write(&second, wanted, true, &garden->diagnostics));
    if (!slice_equal(buffer_slice(&first), buffer_slice(&second)))
        fail_msg("before %.*s\npatch %.*s\nmade   %.*s\nwanted %.*s", SLICE_ARGS(before), SLICE_ARGS(patch),
                 SLICE_ARGS(buffer_slice(&first)), SLICE_ARGS(buffer_slice(&second)));
    buffer_free(&first);
    buffer_free(&second);
}

static void print_difference(const char *format, const struct compare_options *options, struct slice before,
                             struct slice after, struct buffer *out)
{
    struct side sides[2] = {{.build = build_new()}, {.build = build_new()}};
    side_add(&sides[0], slice_literal("before"), before);
    side_add(&sides[1], slice_literal("after"), after);
    assert_true(sides_read(&sides[0], &sides[1], false));
    struct comparison *comparison = compare_sides(&sides[0], &sides[1], options);
    struct report report = {
        .arena = comparison->arena,
        .out = out,
        .comparisons = &comparison,
        .count = 1,
        .compared = 1,
        .is_pair = true,
        .context = 3,
        .max_bytes = 1 << 20,
        .diagnostics = &sides[1].build->diagnostics,
    };
    report_format_find(slice_from(format))->write(&report);
    build_free(sides[0].build);
    build_free(sides[1].build);
}

static const struct node *operations_of(struct garden *garden, const struct node *patch)
{
    const struct node *roots = at(garden, patch, "roots");
    if (!roots->count)
        return NULL;
    return at(garden, at(garden, roots->items[0], "objects")->items[0], "patch");
}

static void check_one(uint64_t seed, const struct compare_options *options)
{
    struct garden garden = {.sources.arena = &garden.arena, .random = {seed}};
    well_known_names_init(&garden.names);
    garden.cache.table = &garden.names;
    diagnostics_init(&garden.diagnostics, &garden.arena, &garden.sources);
    struct node *spec = plant_map(&garden, 0);
    struct slice before = stream_of(&garden, spec);
    disturb(&garden, spec, 0);
    struct slice after = stream_of(&garden, spec);
    struct buffer patch = {0};
    print_difference("patch", options, before, after, &patch);
    struct node *root = read(&garden, before);
    const struct node *operations = operations_of(&garden, read(&garden, buffer_slice(&patch)));
    if (operations)
        carry_out(&garden, operations, root);
    expect_same(&garden, root, read(&garden, after), before, buffer_slice(&patch));
    buffer_free(&patch);
    arena_free(&garden.arena);
    name_table_free(&garden.names);
}

static void the_patch_turns_one_tree_into_the_other(void **state)
{
    (void)state;
    struct compare_options exact = {.show_equivalent = true, .show_secrets = true};
    struct compare_options by_content = {.show_equivalent = true, .show_secrets = true, .no_merge_keys = true};
    for (uint64_t seed = 1; seed <= 2000; seed++)
        check_one(seed, seed % 4 ? &exact : &by_content);
}

// --- Many resources.

static void add_app(struct buffer *out, unsigned app, const char *hash, const char *level)
{
    buffer_add_format(out,
                      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app-%u-config-%s\ndata:\n  LEVEL: %s\n"
                      "  APP: app-%u\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: app-%u\nspec:\n  containers:\n"
                      "  - name: main\n    envFrom:\n    - configMapRef:\n        name: app-%u-config-%s\n---\n",
                      app, hash, level, app, app, app, hash);
    for (unsigned i = 0; i < 5; i++)
        buffer_add_format(out,
                          "apiVersion: v1\nkind: Service\nmetadata:\n  name: app-%u-%u\nspec:\n  ports:\n"
                          "  - port: %u\n---\n",
                          app, i, 1000 + i);
}

static void each_of_a_thousand_new_hashes_is_a_rename(void **state)
{
    (void)state;
    enum { APPS = 1000 };
    struct random random = {7};
    struct buffer streams[2] = {{0}, {0}};
    for (unsigned app = 0; app < APPS; app++)
        for (int side = 0; side < 2; side++) {
            static const char letters[] = "gh2k456789mbcdtf";
            char hash[11] = {0};
            for (size_t i = 0; i < 10; i++)
                hash[i] = letters[next(&random, 16)];
            add_app(&streams[side], app, hash, side ? "debug" : "info");
        }
    struct side sides[2] = {{.build = build_new()}, {.build = build_new()}};
    for (int side = 0; side < 2; side++)
        side_add(&sides[side], slice_literal("stream"), buffer_slice(&streams[side]));
    assert_true(sides_read(&sides[0], &sides[1], false));
    struct compare_options options = {0};
    struct comparison *comparison = compare_sides(&sides[0], &sides[1], &options);
    assert_int_equal(comparison->counts[OBJECT_RENAMED], APPS);
    assert_int_equal(
        comparison->counts[OBJECT_CHANGED] + comparison->counts[OBJECT_ADDED] + comparison->counts[OBJECT_REMOVED], 0);
    assert_int_equal(comparison->unchanged, 6 * APPS);
    for (size_t i = 0; i < comparison->objects.count; i++)
        if (object_is_shown(comparison->objects.items[i]))
            assert_int_equal(comparison->objects.items[i]->references.count, 1);
    for (int side = 0; side < 2; side++) {
        build_free(sides[side].build);
        buffer_free(&streams[side]);
    }
}

#define TWICE(value) "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: '" value "'}\n---\n"

// One of the two is identical on both sides.
static void an_object_that_is_listed_twice_is_found(void **state)
{
    (void)state;
    struct side sides[2] = {{.build = build_new()}, {.build = build_new()}};
    side_add(&sides[0], slice_literal("before"), slice_literal(TWICE("1") TWICE("2")));
    side_add(&sides[1], slice_literal("after"), slice_literal(TWICE("1")));
    assert_false(sides_read(&sides[0], &sides[1], false));
    assert_int_equal(sides[0].build->diagnostics.error_count, 1);
    for (int side = 0; side < 2; side++)
        build_free(sides[side].build);
}

// --- Escapes.

static void expect_escaped(void (*escape)(struct buffer *, struct slice), const char *text, const char *expected)
{
    struct buffer out = {0};
    escape(&out, slice_from(text));
    expect_text(buffer_slice(&out), expected);
    buffer_free(&out);
}

static void html_escapes_values(void **state)
{
    (void)state;
    expect_escaped(escape_html, "<b a='1' c=\"2\">&", "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;");
    expect_escaped(escape_html, "a\nb\x1b[0m", "a\\nb\\x1b[0m");
    expect_escaped(escape_html, "grün", "grün");
}

static void markdown_escapes_values(void **state)
{
    (void)state;
    expect_escaped(escape_markdown, "![a](http://e) <b>", "&#33;&#91;a&#93;&#40;http&#58;//e) &lt;b&gt;");
    expect_escaped(
        escape_markdown, "@a #1 *b* _c_ `d` ~e~ |\\&'\"",
        "&#64;<!-- -->a &#35;<!-- -->1 &#42;b&#42; &#95;c&#95; &#96;d&#96; &#126;e&#126; &#124;&#92;&amp;&#39;&quot;");
    expect_escaped(escape_markdown, "a\nb", "a&#92;nb");
    expect_escaped(escape_markdown, "www.example.com a:1", "www&#46;example.com a:1");
}

static void github_notices_are_escaped(void **state)
{
    (void)state;
    struct buffer out = {0};
    escape_github_notice(&out, slice_literal("a:b,c%d\n"), 3, 7, slice_literal("x,y\x1b["),
                         slice_literal("100%\r\n::error::x, y"));
    expect_text(buffer_slice(&out),
                "::notice file=a%3Ab%2Cc%25d%0A,line=3,col=7,title=x%2Cy\\x1b[::100%25%0D%0A::error::x, y\n");
    buffer_free(&out);
}

// --- Secrets.

// `$` marks the secrets.
static const char confidential[] =
    "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, annotations: {last: "
    "'{\"env\":[{\"name\":\"DB_PASS\",\"value\":\"$\"}]}'}},\n"
    " data: {SMTP_PASS: $, DSN: $, 'AUTH': $, x: 'u:$@tcp(db:1)/a', y: 'postgres://u:$@h/d', z: '%',\n"
    "  t: \"eyJhbGciOiJIUzI1NiJ9.$.$\", h: 'Authorization: Bearer $1'}}\n"
    "---\n"
    "{apiVersion: v1, kind: ConfigMap, metadata: {name: b}, data: {\n"
    "  json: '{\"in\": \"{\\\"password\\\": \\\"$\\\", \\\"deep\\\": \\\"{\\\\\\\"token\\\\\\\": "
    "\\\\\\\"$\\\\\\\"}\\\"}\", \"n\": \"%\"}',\n"
    "  text: 'x {\"in\": \"{\\\"jwt\\\": \\\"$\\\"}\"} %',\n"
    "  conf: \"requirepass $\\nmachine h login l password $\\nproxy_set_header X-Api-Key \\\"$\\\";\\n"
    "password: |\\n  $\\n  $\\npasswords:\\n- $\\ntokens: [$, $]\\n- name: DB_PASS\\n  value: $\\nplain: %\\n\",\n"
    "  pem: \"-----BEGIN RSA PRIVATE KEY-----\\n$\\n$\\n-----END RSA PRIVATE KEY-----\\n%\\n\"}}\n"
    "---\n"
    "{apiVersion: apps/v1, kind: Deployment, metadata: {name: c}, spec: {template: {spec: {containers: [{name: m, "
    "image: 'x/token:%',\n"
    "  env: [{name: JWT, value: $}, {name: SIGNING_KEY, value: $}, {name: SECRET_NAME, value: '%'}],\n"
    "  args: [--requirepass, $, --db-pass=$, --set, a.password=$],\n"
    "  livenessProbe: {httpGet: {httpHeaders: [{name: Authorization, value: $}]}}}]}}}}\n"
    "---\n"
    "{apiVersion: example.com/v1, kind: Vault, metadata: {name: d}, spec: {pin: {password: 8887770#}, basicAuth: $,\n"
    "  items: [{key: SMTP_PASS, value: $}], operations: [{op: add, path: /spec/token, value: $}], secretName: 'n%'}}\n";

static struct slice confidential_of(struct arena *arena, int side)
{
    struct buffer text = {0};
    for (const char *at = confidential; *at; at++) {
        if (*at == '$')
            buffer_add_format(&text, "Planted%dsecret", side);
        else if (*at == '%')
            buffer_add_format(&text, "open%dtext", side);
        else if (*at == '#')
            buffer_add_format(&text, "%d", side);
        else
            buffer_add_byte(&text, *at);
    }
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_free(&text);
    return copy;
}

static void no_format_shows_a_secret(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct compare_options options = {0};
    struct slice sides[] = {confidential_of(&arena, 1), confidential_of(&arena, 2), {0}};
    static const int pairs[][2] = {{0, 1}, {0, 2}, {2, 1}};
    for (const struct report_format *const *format = report_formats; *format; format++)
        for (size_t i = 0; i < countof(pairs); i++) {
            struct buffer out = {0};
            print_difference((*format)->name, &options, sides[pairs[i][0]], sides[pairs[i][1]], &out);
            struct slice text = buffer_slice(&out);
            assert_true(text.length > 0);
            if (slice_find(text, slice_literal("Planted")) != SLICE_NOT_FOUND ||
                slice_find(text, slice_literal("8887770")) != SLICE_NOT_FOUND)
                fail_msg("%s shows a secret:\n%.*s", (*format)->name, SLICE_ARGS(text));
            buffer_free(&out);
        }
    arena_free(&arena);
}

// Each is an ordinary value next to a secret, or under a name that looks like a secret's.
static void values_next_to_a_secret_are_shown(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct compare_options options = {0};
    struct buffer out = {0};
    print_difference("json", &options, confidential_of(&arena, 1), confidential_of(&arena, 2), &out);
    size_t expected = 0, found = 0;
    for (const char *at = confidential; *at; at++)
        expected += *at == '%';
    for (struct slice rest = buffer_slice(&out); rest.length;) {
        size_t place = slice_find(rest, slice_literal("open2text"));
        found += place != SLICE_NOT_FOUND;
        rest = slice_from_index(rest, place == SLICE_NOT_FOUND ? rest.length : place + 1);
    }
    if (found < expected)
        fail_msg("%zu of %zu values are shown:\n%.*s", found, expected, SLICE_ARGS(buffer_slice(&out)));
    buffer_free(&out);
    arena_free(&arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(no_format_shows_a_secret),
    cmocka_unit_test(values_next_to_a_secret_are_shown),
    cmocka_unit_test(the_patch_turns_one_tree_into_the_other),
    cmocka_unit_test(each_of_a_thousand_new_hashes_is_a_rename),
    cmocka_unit_test(an_object_that_is_listed_twice_is_found),
    cmocka_unit_test(html_escapes_values),
    cmocka_unit_test(markdown_escapes_values),
    cmocka_unit_test(github_notices_are_escaped),
};

int test_diff(void)
{
    return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
