#include "kustomization/secret_sources.h"

#include <yaml.h>

#include "base/ascii.h"
#include "base/recovery.h"
#include "base/secret_patterns.h"
#include "base/secrets.h"
#include "base/shown.h"
#include "base/word_filter.h"

enum {
    TEXT_MIN = 4,        // shorter values are not secret
    DEPTH_MAX = 200,     // of trees
    OPEN_MAX = 1000,     // brackets: for each token, libyaml checks all that are open
    TEXTS_MAX = 3,       // levels of text inside text
    ANCHORS_MAX = 4096,  // libyaml compares each one with all others
    PARSED_MAX = 16 * 1024 * 1024,
};

// Finds the next `key:` in the text, in YAML or JSON, and moves the start of the text to its value. False: there is
// none.
static bool next_value(struct slice *text, const char *key)
{
    for (size_t at; (at = slice_find(*text, slice_from(key))) != SLICE_NOT_FOUND;) {
        *text = slice_from_index(*text, at + strlen(key));
        size_t i = 0;
        while (i < text->length && text->data[i] && strchr(" \t\r\n\"':", text->data[i]))
            i++;
        bool has_colon = slice_find_byte(slice_part(*text, 0, i), ':') != SLICE_NOT_FOUND;
        *text = slice_from_index(*text, i);
        if (has_colon)
            return true;
    }
    return false;
}

// True when `kind: Secret` is anywhere in the text.
static bool mentions_secret(struct slice text)
{
    while (next_value(&text, "kind")) {
        if (slice_starts_with(text, slice_literal("Secret")) && (text.length == 6 || !byte_is_word(text.data[6])))
            return true;
        if (slice_starts_with(text, slice_literal("SecretList")) ||
            slice_starts_with(text, slice_literal("SecretGenerator")))
            return true;
    }
    return false;
}

static bool writes_data(struct slice path)
{
    return slice_starts_with(path, slice_literal("/data")) || slice_starts_with(path, slice_literal("/stringData")) ||
           slice_starts_with(path, slice_literal("/binaryData")) || is_secret_name(path);
}

// True when an operation of a JSON patch that may be for a Secret is anywhere in the text.
static bool mentions_data_operation(struct slice text)
{
    struct slice paths = text;
    bool has_operation = false;
    while (!has_operation && next_value(&text, "op"))
        has_operation = slice_starts_with(text, slice_literal("add")) ||
                        slice_starts_with(text, slice_literal("replace")) ||
                        slice_starts_with(text, slice_literal("test"));
    while (has_operation && next_value(&paths, "path")) {
        size_t end = 0;
        while (end < paths.length && paths.data[end] && !strchr(" \t\r\n\"',}]", paths.data[end]))
            end++;
        if (writes_data(slice_part(paths, 0, end)))
            return true;
    }
    return false;
}

// --- Trees.

// HARMLESS: a patch for something other than a Secret.
enum meaning { ORDINARY, OBJECT, GENERATOR, SECRET, HARMLESS };

struct examination {
    struct sources *sources;
    struct secret_lines *lines;  // of the source
    yaml_document_t *document;
    uint8_t *visited;  // a bit for each meaning of a node
    // The line of the source where the text starts. For text inside text, the lines of the outermost scalar;
    // `exact`: its own lines, from the first one on.
    size_t first_line, last_line;
    unsigned texts;
    bool exact;
    bool harmless;  // what looks like a patch for a Secret isn't one
    bool found, too_deep;
};

static void examine_text(struct examination *, struct slice text, enum meaning, const yaml_node_t *around);

static struct slice text_of(const yaml_node_t *node)
{
    return node && node->type == YAML_SCALAR_NODE
               ? (struct slice){(const char *)node->data.scalar.value, node->data.scalar.length}
               : (struct slice){0};
}

static yaml_node_t *node_of(const struct examination *work, int id)
{
    return yaml_document_get_node(work->document, id);
}

static bool is_scalar(const yaml_node_t *node)
{
    return node->type == YAML_SCALAR_NODE;
}

static yaml_node_t *field_of(const struct examination *work, const yaml_node_t *map, const char *key)
{
    for (const yaml_node_pair_t *pair = map->data.mapping.pairs.start; pair < map->data.mapping.pairs.top; pair++)
        if (slice_equals(text_of(node_of(work, pair->key)), key))
            return node_of(work, pair->value);
    return NULL;
}

static bool is_one_of(struct slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equals(text, words[i]))
            return true;
    return false;
}

static void mark_lines(struct examination *work, const yaml_node_t *node)
{
    size_t first = node->start_mark.line, last = node->end_mark.line;
    // A block scalar ends at the start of the next line.
    if (last > first && node->end_mark.column == 0 && node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
        last--;
    if (!work->texts || work->exact) {
        first += work->first_line;
        last += work->first_line;
    } else {
        first = work->first_line;
        last = work->last_line;
    }
    for (size_t i = first; i <= last && i < work->lines->count; i++)
        work->lines->marked[i] = true;
}

static void take(struct examination *work, const yaml_node_t *node)
{
    struct slice text = text_of(node);
    work->found = true;
    if (!text.length)
        return;
    mark_lines(work, node);
    secrets_declare(work->sources, arena_copy(work->sources->arena, text));
}

static void examine(struct examination *, yaml_node_t *, enum meaning, unsigned depth);

// `fieldPath` is part of the source of a replacement, which has a kind, too.
static const char *const identity_keys[] = {"apiVersion", "kind", "type", "immutable", "fieldPath"};
static const char *const metadata_keys[] = {"name", "namespace", "generateName"};
static const char *const generator_keys[] = {"apiVersion", "kind", "type", "name", "namespace", "behavior"};
static const char *const option_keys[] = {"disableNameSuffixHash", "immutable"};
static const char *const path_keys[] = {"files", "envs", "env"};

// True for the path of a file, or `key=path`, which are not secret; anything else is, such as `key: value`.
static bool is_path(struct slice text, bool may_have_key)
{
    size_t first = slice_find_byte(text, '=');
    return slice_find(text, slice_literal(": ")) == SLICE_NOT_FOUND &&
           (first == SLICE_NOT_FOUND || (may_have_key && slice_find_last_byte(text, '=') == first));
}

static void examine_paths(struct examination *work, yaml_node_t *node, bool may_have_key, unsigned depth)
{
    if (is_scalar(node)) {
        if (!is_path(text_of(node), may_have_key))
            take(work, node);
    } else if (node->type == YAML_SEQUENCE_NODE) {
        for (int *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++) {
            yaml_node_t *path = node_of(work, *item);
            if (!is_scalar(path) || !is_path(text_of(path), may_have_key))
                examine(work, path, SECRET, depth + 1);
        }
    } else {
        examine(work, node, SECRET, depth + 1);
    }
}

// Examines everything in the map except the scalar values of some keys.
static void examine_except(struct examination *work, yaml_node_t *map, const char *const *keys, size_t count,
                           unsigned depth)
{
    if (map->type != YAML_MAPPING_NODE) {
        examine(work, map, SECRET, depth + 1);
        return;
    }
    for (yaml_node_pair_t *pair = map->data.mapping.pairs.start; pair < map->data.mapping.pairs.top; pair++) {
        yaml_node_t *value = node_of(work, pair->value);
        if (!is_scalar(value) || !is_one_of(text_of(node_of(work, pair->key)), keys, count))
            examine(work, value, SECRET, depth + 1);
    }
}

static void examine_object(struct examination *work, yaml_node_t *map, enum meaning meaning, unsigned depth)
{
    work->found = true;
    bool generator = meaning == GENERATOR;
    for (yaml_node_pair_t *pair = map->data.mapping.pairs.start; pair < map->data.mapping.pairs.top; pair++) {
        struct slice key = text_of(node_of(work, pair->key));
        yaml_node_t *value = node_of(work, pair->value);
        if (slice_equals(key, "metadata"))
            examine_except(work, value, metadata_keys, countof(metadata_keys), depth);
        else if (generator && slice_equals(key, "options"))
            examine_except(work, value, option_keys, countof(option_keys), depth);
        else if (generator && is_one_of(key, path_keys, countof(path_keys)))
            examine_paths(work, value, slice_equals(key, "files"), depth);
        else if (!is_scalar(value) || (generator ? !is_one_of(key, generator_keys, countof(generator_keys))
                                                 : !is_one_of(key, identity_keys, countof(identity_keys))))
            examine(work, value, SECRET, depth + 1);
    }
}

// What the kind of a map says about it.
static enum meaning meaning_of(const struct examination *work, const yaml_node_t *map)
{
    struct slice kind = text_of(field_of(work, map, "kind"));
    if (slice_equals(kind, "Secret") || slice_equals(kind, "SecretList"))
        return OBJECT;
    if (slice_equals(kind, "SecretGenerator"))
        return GENERATOR;
    return ORDINARY;
}

// A patch may leave out the kind, which its target has.
static bool is_data_of_patch(const struct examination *work, const yaml_node_t *map, struct slice key, unsigned depth)
{
    static const char *const keys[] = {"data", "stringData", "binaryData"};
    return depth == 0 && !work->harmless && is_one_of(key, keys, countof(keys)) && !field_of(work, map, "kind");
}

static bool is_bare(struct slice text)
{
    static const char *const words[] = {"true", "false", "null", "~", "yes", "no", "on", "off", ""};
    return is_one_of(text, words, countof(words));
}

static bool is_list_of_scalars(const struct examination *work, const yaml_node_t *node)
{
    if (node->type != YAML_SEQUENCE_NODE)
        return false;
    for (int *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++)
        if (!is_scalar(node_of(work, *item)))
            return false;
    return true;
}

// True for the value in `{name: DB_PASSWORD, value: x}`, `{op: add, path: /data/x, value: x}`, and `password: x`.
static bool is_secret_field(const struct examination *work, const yaml_node_t *map, struct slice key,
                            const yaml_node_t *value)
{
    if (slice_equals(key, "value")) {
        struct slice path = text_of(field_of(work, map, "path"));
        return is_secret_name(text_of(field_of(work, map, "name"))) ||
               is_secret_name(text_of(field_of(work, map, "key"))) || is_secret_name(path) ||
               (field_of(work, map, "op") && !work->harmless && writes_data(path));
    }
    return is_secret_name(key) && (is_scalar(value) ? !is_bare(text_of(value)) : is_list_of_scalars(work, value));
}

static bool contains_secret(struct slice kind)
{
    static const struct slice word = {"secret", 6};
    for (size_t at = 0; at + word.length <= kind.length; at++)
        if (slice_equal_ignoring_case(slice_part(kind, at, at + word.length), word))
            return true;
    return false;
}

// What the target of a patch says about it.
static enum meaning meaning_of_patch(const struct examination *work, const yaml_node_t *map)
{
    const yaml_node_t *target = field_of(work, map, "target");
    struct slice kind = target && target->type == YAML_MAPPING_NODE ? text_of(field_of(work, target, "kind"))
                                                                    : (struct slice){0};
    if (contains_secret(kind))
        return OBJECT;
    // A pattern may match any kind.
    for (size_t i = 0; i < kind.length; i++)
        if (!byte_is_word(kind.data[i]))
            return ORDINARY;
    return kind.length ? HARMLESS : ORDINARY;
}

static void examine_generators(struct examination *work, yaml_node_t *node, unsigned depth)
{
    if (node->type != YAML_SEQUENCE_NODE) {
        examine(work, node, node->type == YAML_MAPPING_NODE ? GENERATOR : SECRET, depth + 1);
        return;
    }
    for (int *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++) {
        yaml_node_t *entry = node_of(work, *item);
        examine(work, entry, entry->type == YAML_MAPPING_NODE ? GENERATOR : SECRET, depth + 1);
    }
}

static void examine_map(struct examination *work, yaml_node_t *map, enum meaning meaning, unsigned depth)
{
    if (meaning == ORDINARY)
        meaning = meaning_of(work, map);
    if (meaning == OBJECT || meaning == GENERATOR) {
        examine_object(work, map, meaning, depth);
        return;
    }
    for (yaml_node_pair_t *pair = map->data.mapping.pairs.start; pair < map->data.mapping.pairs.top; pair++) {
        yaml_node_t *key = node_of(work, pair->key), *value = node_of(work, pair->value);
        struct slice name = text_of(key);
        if (meaning == SECRET) {
            if (slice_find_byte(name, '=') != SLICE_NOT_FOUND)
                take(work, key);
            examine(work, value, SECRET, depth + 1);
        } else if (slice_equals(name, "secretGenerator")) {
            examine_generators(work, value, depth);
        } else if (slice_equals(name, "patch") && is_scalar(value)) {
            examine_text(work, text_of(value), meaning_of_patch(work, map), value);
        } else {
            bool secret = is_secret_field(work, map, name, value) || is_data_of_patch(work, map, name, depth);
            examine(work, value, secret ? SECRET : ORDINARY, depth + 1);
        }
    }
}

// Finds secrets in arguments: `[--password, x]`, `--password=x`.
static void examine_list(struct examination *work, yaml_node_t *list, enum meaning meaning, unsigned depth)
{
    bool is_argument = false;
    for (int *item = list->data.sequence.items.start; item < list->data.sequence.items.top; item++) {
        yaml_node_t *node = node_of(work, *item);
        struct slice text = text_of(node), name, value;
        bool is_flag = meaning != SECRET && slice_starts_with(text, slice_literal("-"));
        bool has_value = slice_cut(text, '=', &name, &value);
        bool secret = is_argument && (!is_flag || !slice_starts_with(text, slice_literal("--")));
        if (is_flag && has_value && is_secret_name(name))
            secret = true;
        examine(work, node, secret ? SECRET : meaning == SECRET || meaning == OBJECT ? meaning : ORDINARY, depth + 1);
        is_argument = is_secret_flag(text);
    }
}

static void take_url_secret(void *state, struct slice secret)
{
    struct sources *sources = state;
    secrets_declare_value(sources, arena_copy(sources->arena, secret));
}

// Declares private keys and tokens in a string line by line, because a message may show only a part of one.
static void take_patterns(struct examination *work, const yaml_node_t *node)
{
    enum { PART_MIN = 16 };
    struct slice text = text_of(node);
    bool found = false;
    for (size_t at = 0, start, end; secret_pattern_find(text, at, &start, &end); at = end) {
        struct slice secret = arena_copy(work->sources->arena, slice_part(text, start, end)), line;
        for (found = true; secret.length;) {
            slice_cut(secret, '\n', &line, &secret);
            if (line.length >= PART_MIN)
                secrets_declare_value(work->sources, line);
        }
    }
    if (found)
        mark_lines(work, node);
    work->found |= found;
}

static void examine(struct examination *work, yaml_node_t *node, enum meaning meaning, unsigned depth)
{
    uint8_t bit = (uint8_t)(1u << meaning);
    uint8_t *visited = &work->visited[node - work->document->nodes.start];
    if (*visited & bit)
        return;
    *visited |= bit;
    if (depth > DEPTH_MAX)
        work->too_deep = true;
    else if (node->type == YAML_MAPPING_NODE)
        examine_map(work, node, meaning, depth);
    else if (node->type == YAML_SEQUENCE_NODE)
        examine_list(work, node, meaning, depth);
    else if (meaning != ORDINARY)
        take(work, node);
    else if (node->type == YAML_SCALAR_NODE) {
        shown_find_url_secrets(text_of(node), take_url_secret, work->sources);
        take_patterns(work, node);
        examine_text(work, text_of(node), ORDINARY, node);
    }
}

// --- Text inside values.

// Examines everything in an operation of a JSON patch for a Secret except `op`, `path`, and `from`. A misspelled or
// repeated `value` is secret, too.
static void examine_operation(struct examination *work, yaml_node_t *operation)
{
    static const char *const keys[] = {"op", "path", "from"};
    examine_except(work, operation, keys, countof(keys), 0);
}

// A JSON patch is a list of operations. If it is for a Secret, everything that they write is secret.
static void examine_root(struct examination *work, yaml_node_t *root, enum meaning meaning)
{
    if (meaning == OBJECT && root->type == YAML_SEQUENCE_NODE) {
        for (int *item = root->data.sequence.items.start; item < root->data.sequence.items.top; item++)
            examine_operation(work, node_of(work, *item));
        return;
    }
    examine(work, root, meaning == OBJECT && is_scalar(root) ? SECRET : meaning, 0);
}

static size_t count_byte(struct slice text, char byte)
{
    size_t count = 0;
    for (size_t at; (at = slice_find_byte(text, byte)) != SLICE_NOT_FOUND; count++)
        text = slice_from_index(text, at + 1);
    return count;
}

// True when more brackets are open at once than a document may have. Brackets in quotes count too, which hides more
// than needed.
static bool is_nested_too_deep(struct slice text)
{
    size_t open = 0;
    for (size_t i = 0; i < text.length && open <= OPEN_MAX; i++) {
        if (text.data[i] == '[' || text.data[i] == '{')
            open++;
        else if (open && (text.data[i] == ']' || text.data[i] == '}'))
            open--;
    }
    return open > OPEN_MAX;
}

// libyaml's memory, which isn't in an arena.
struct loading {
    yaml_parser_t parser;
    yaml_document_t document;
};

static void release_loading(void *state)
{
    struct loading *loading = state;
    yaml_document_delete(&loading->document);
    yaml_parser_delete(&loading->parser);
}

// Examines the next document. False: there is none; `*good` is false if it cannot be parsed.
static bool examine_next(struct examination *work, struct loading *loading, enum meaning meaning, bool *good)
{
    yaml_document_t *document = &loading->document;
    if (!yaml_parser_load(&loading->parser, document)) {
        *document = (yaml_document_t){0};
        return *good = false;
    }
    yaml_node_t *root = yaml_document_get_root_node(document);
    if (root) {
        work->document = document;
        work->visited = arena_array(work->sources->arena, uint8_t,
                                    (size_t)(document->nodes.top - document->nodes.start));
        examine_root(work, root, meaning);
    }
    yaml_document_delete(document);
    return root != NULL;
}

// False: it cannot be parsed.
static bool examine_documents(struct examination *work, struct slice text, enum meaning meaning)
{
    struct loading loading = {0};
    if (text.length > PARSED_MAX || count_byte(text, '&') > ANCHORS_MAX || is_nested_too_deep(text) ||
        !yaml_parser_initialize(&loading.parser))
        return false;
    struct held held;
    held_push(&held, release_loading, &loading);
    yaml_parser_set_input_string(&loading.parser, (const unsigned char *)text.data, text.length);
    bool good = true;
    while (examine_next(work, &loading, meaning, &good))
        continue;
    held_pop();
    yaml_parser_delete(&loading.parser);
    return good && !work->too_deep;
}

// Characters around a value on a line that can't be parsed.
#define AROUND " \t\r\"'{}[],*&!"

static void add_words(struct sources *sources, struct slice line)
{
    secrets_declare(sources, slice_trim(line, AROUND));
    for (struct slice word; line.length;) {
        slice_cut(line, ' ', &word, &line);
        word = slice_trim(word, AROUND);
        if (!slice_ends_with(word, slice_literal(":")))
            secrets_declare(sources, word);
    }
}

// Declares everything that looks like a value in text that can't be parsed.
static void take_everything(struct sources *sources, struct slice text)
{
    for (struct slice line, rest = text; rest.length;) {
        slice_cut(rest, '\n', &line, &rest);
        struct slice key, value, trimmed = slice_trim(line, " \t\r-{}[],");
        bool has_key = slice_cut(trimmed, ':', &key, &value);
        key = slice_trim(key, " \"'");
        if (!has_key || (!is_one_of(key, identity_keys, countof(identity_keys)) &&
                         !is_one_of(key, metadata_keys, countof(metadata_keys))))
            add_words(sources, has_key ? value : trimmed);
    }
}

static void examine_text(struct examination *outer, struct slice text, enum meaning meaning, const yaml_node_t *around)
{
    bool structured = slice_find_byte(text, ':') != SLICE_NOT_FOUND &&
                      (slice_find_byte(text, '\n') != SLICE_NOT_FOUND || slice_find_byte(text, '{') != SLICE_NOT_FOUND);
    bool ordinary = meaning == ORDINARY || meaning == HARMLESS;
    if (outer->texts == TEXTS_MAX || (!structured && ordinary))
        return;
    struct examination inner = *outer;
    inner.harmless = meaning == HARMLESS || (outer->harmless && outer->texts);
    inner.exact = (outer->texts == 0 || outer->exact) && around->data.scalar.style == YAML_LITERAL_SCALAR_STYLE;
    if (inner.exact) {
        inner.first_line = outer->first_line + around->start_mark.line + 1;
    } else if (!outer->texts || outer->exact) {
        inner.first_line = outer->first_line + around->start_mark.line;
        inner.last_line = outer->first_line + around->end_mark.line;
    }
    inner.texts++;
    inner.found = inner.too_deep = false;
    bool parsed = examine_documents(&inner, text, ordinary ? ORDINARY : meaning);
    bool may_be_secret = !ordinary || mentions_secret(text) || (!inner.harmless && mentions_data_operation(text));
    if (!parsed && may_be_secret) {
        take_everything(outer->sources, arena_copy(outer->sources->arena, text));
        mark_lines(outer, around);
        inner.found = true;
    }
    outer->found |= inner.found;
}

// --- Sources.

// A line of a file that can't be parsed.
struct line_view {
    struct slice text;        // without the dash of a list item
    struct slice key, value;  // before and after the colon; without one, all of it is the value
    bool begins;              // a key in the first column
};

static struct line_view view_of(struct slice line)
{
    struct line_view view = {.text = slice_trim(line, " \t\r")};
    while (slice_starts_with(view.text, slice_literal("- ")))
        view.text = slice_trim(slice_from_index(view.text, 2), " \t");
    bool has_key = slice_cut(view.text, ':', &view.key, &view.value);
    if (!has_key)
        view = (struct line_view){view.text, {0}, view.text, false};
    view.key = slice_trim(view.key, " \"'");
    view.value = slice_trim(view.value, " \t\"'*&!");
    view.begins = has_key && byte_is_word(line.data[0]);
    return view;
}

// True for `value: x` next to `name: DB_PASSWORD`, the word after `--password`, and `password: x`.
static bool is_secret_line(const struct line_view *before, const struct line_view *line, const struct line_view *after)
{
    if (slice_equals(line->key, "value") && ((slice_equals(before->key, "name") && is_secret_name(before->value)) ||
                                             (slice_equals(after->key, "name") && is_secret_name(after->value))))
        return true;
    struct slice flag = slice_trim(before->text, "\"',");
    if (slice_starts_with(flag, slice_literal("-")) && slice_find_byte(flag, '=') == SLICE_NOT_FOUND &&
        is_secret_name(flag))
        return true;
    return line->key.length && is_secret_name(line->key) && !is_bare(line->value);
}

// True for lines of `secretGenerator`, except names.
static bool is_generator_line(const struct line_view *line)
{
    bool is_plain = slice_find_byte(line->text, '{') == SLICE_NOT_FOUND &&
                    slice_find_byte(line->text, '=') == SLICE_NOT_FOUND;
    return !is_plain || !line->key.length ||
           (line->value.length && !is_one_of(line->key, generator_keys, countof(generator_keys)));
}

// True for the value that an operation writes, and for the lines after it that belong to it.
static bool is_line_of_value(struct slice line, const struct line_view *view, bool before)
{
    static const char *const others[] = {"op", "path", "from"};
    return next_value(&line, "value") || (before && !view->begins && !is_one_of(view->key, others, countof(others)));
}

static void mark_unparsed(struct sources *sources, struct secret_lines *lines, struct slice content)
{
    bool in_generator = false, in_value = false, has_operations = mentions_data_operation(content);
    struct line_view before = {0}, view = {0};
    struct slice line, rest = content;
    slice_cut(rest, '\n', &line, &rest);
    struct line_view after = line.length ? view_of(line) : (struct line_view){0};
    for (size_t number = 0; number < lines->count; number++) {
        before = view.text.length ? view : before;
        view = after;
        after = (struct line_view){0};
        if (rest.length) {
            slice_cut(rest, '\n', &line, &rest);
            if (line.length)
                after = view_of(line);
        }
        bool is_generator = slice_find(view.text, slice_literal("secretGenerator")) != SLICE_NOT_FOUND;
        if (is_generator || view.begins)
            in_generator = is_generator;
        in_value = has_operations && is_line_of_value(view.text, &view, in_value);
        if (!is_secret_line(&before, &view, &after) && !(in_generator && is_generator_line(&view)) && !in_value)
            continue;
        lines->marked[number] = true;
        // In braces, names and values are on the same line.
        bool in_braces = slice_find_byte(view.text, '{') != SLICE_NOT_FOUND;
        add_words(sources, in_braces || !view.key.length ? view.text : view.value);
    }
}

// True for the `data` of a resource whose kind comes first. Without a kind, it may be a patch for a Secret.
static bool is_data_of_object(struct slice before)
{
    return slice_ends_with(before, slice_literal("\n")) && slice_find_byte(before, '{') == SLICE_NOT_FOUND &&
           (slice_starts_with(before, slice_literal("kind:")) ||
            slice_find(before, slice_literal("\nkind:")) != SLICE_NOT_FOUND);
}

// Text that hints at a secret without being a secret name, and escapes, which may spell either.
static const char *const other_words[] = {"data", "secret", "://", "?", "\\x", "\\u", "-----begin"};
static const struct word_filter other_filter = {other_words,
                                                countof(other_words),
                                                {['d'] = LETTER_BIT('a'),
                                                 ['s'] = LETTER_BIT('e'),
                                                 ['-'] = LETTER_BIT('-'),
                                                 [':'] = LETTER_BIT('/'),
                                                 ['\\'] = LETTER_BIT('x') | LETTER_BIT('u'),
                                                 ['?'] = UINT32_MAX}};

// A quick check, because most documents have nothing to do with secrets.
static bool is_suspicious(struct slice text)
{
    bool has_data = false;
    for (size_t at = 0; at < text.length; at++) {
        const struct slice before = {text.data, at}, rest = {text.data + at, text.length - at};
        if (is_in_secret_name(text, at))
            return true;
        const char *word = word_filter_match(&other_filter, rest);
        if (!word || (*word == 'd' && slice_ends_with(before, slice_literal("meta"))))
            continue;
        if (*word != 'd' || has_data || !is_data_of_object(before))
            return true;
        has_data = true;
    }
    return false;
}

static bool begins_document(struct slice line)
{
    return slice_starts_with(line, slice_literal("---")) && (line.length == 3 || strchr(" \t\r", line.data[3]));
}

static struct slice cut_document(struct slice *rest)
{
    struct slice all = *rest, line;
    for (bool first = true; rest->length; first = false) {
        struct slice at = *rest;
        slice_cut(at, '\n', &line, rest);
        if (!first && begins_document(line)) {
            *rest = at;
            return slice_part(all, 0, (size_t)(at.data - all.data));
        }
    }
    return all;
}

// Examines the documents one by one. False: one of them can't be parsed on its own.
static bool examine_suspicious(struct sources *sources, struct secret_lines *lines, struct slice content)
{
    struct examination work = {.sources = sources, .lines = lines};
    while (content.length) {
        struct slice document = cut_document(&content);
        if (is_suspicious(document) && !examine_documents(&work, document, ORDINARY))
            return false;
        work.first_line += count_byte(document, '\n');
    }
    return true;
}
static void examine_source(struct sources *sources, struct source *source)
{
    struct secret_lines *lines = source->secrets;
    struct slice content = source->content;
    struct examination work = {.sources = sources, .lines = lines};
    if (!source->patches_secret && examine_suspicious(sources, lines, content))
        return;
    if (examine_documents(&work, content, source->patches_secret ? OBJECT : ORDINARY))
        return;
    if (source->patches_secret || mentions_secret(content)) {
        lines->all = true;
        take_everything(sources, content);
    } else {
        mark_unparsed(sources, lines, content);
    }
}

static void examine_patch(struct sources *sources, const struct source *patch, struct source *file)
{
    struct slice line;
    size_t breaks = count_byte(patch->content, '\n');
    bool is_block = source_line(file, patch->line_offset, &line) && slice_find_byte(line, '|') != SLICE_NOT_FOUND;
    struct examination work = {
        .sources = sources,
        .lines = file->secrets,
        .texts = 1,
        .exact = is_block || !breaks,
        .first_line = patch->line_offset,
        .last_line = patch->line_offset + breaks,
    };
    if (!examine_documents(&work, patch->content, OBJECT))
        take_everything(sources, patch->content);
}

static const char *const hidden_fields[] = {"literals", "data", "stringData", "binaryData", NULL};
static const char *const public_fields[] = {"configMapGenerator", NULL};
static const char *const secret_fields[] = {"literals", "stringData", NULL};
static const char *const name_fields[] = {"name", "namespace", NULL};
static const char *const public_values[] = {"Opaque", NULL};

const struct secret_rules secret_sources = {
    .examine = examine_source,
    .examine_patch = examine_patch,
    .hidden_fields = hidden_fields,
    .public_fields = public_fields,
    .secret_fields = secret_fields,
    .name_fields = name_fields,
    .public_values = public_values,
};
