// resource/label_selector.c
//
// Parses a selector from left to right: a key, optionally an operator and values, then a comma. `in` and `notin` are
// operators only after a key; elsewhere they are ordinary words.
#include "resource/label_selector.h"

#include "base/ascii.h"
#include "doc/scalar.h"

enum {
    NAME_LENGTH_MAX = 63,     // of a label's name and value
    PREFIX_LENGTH_MAX = 253,  // of the domain before a slash
};

enum operation { EXISTS, EXISTS_NOT, IS_ONE_OF, IS_NONE_OF, IS_GREATER, IS_LESS };

struct requirement {
    struct slice key;
    enum operation operation;
    struct {
        struct slice *items;
        size_t count, capacity;
    } values;
    int64_t bound;  // of IS_GREATER and IS_LESS
};

struct label_selector {
    struct requirement *items;
    size_t count, capacity;
};

enum token {
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_IN,
    TOKEN_NOT_IN,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_COMMA,
    TOKEN_NOT,
    TOKEN_EQUALS,
    TOKEN_DOUBLE_EQUALS,
    TOKEN_NOT_EQUALS,
    TOKEN_GREATER,
    TOKEN_LESS,
};

struct parser {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct text text;
    size_t at;
    enum token token;  // the next one
    struct slice word;
};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static bool is_symbol(char byte)
{
    return byte && strchr("=!(),><", byte);
}

static const struct {
    const char *text;
    enum token token;
} symbols[] = {
    {"==", TOKEN_DOUBLE_EQUALS}, {"!=", TOKEN_NOT_EQUALS}, {"=", TOKEN_EQUALS},  {"!", TOKEN_NOT},  {"(", TOKEN_OPEN},
    {")", TOKEN_CLOSE},          {",", TOKEN_COMMA},       {">", TOKEN_GREATER}, {"<", TOKEN_LESS},
};

static void advance(struct parser *parser)
{
    struct slice text = parser->text.slice;
    while (parser->at < text.length && is_blank(text.data[parser->at]))
        parser->at++;
    size_t start = parser->at;
    parser->token = TOKEN_END;
    parser->word = (struct slice){0};
    if (start == text.length)
        return;
    if (is_symbol(text.data[start])) {
        for (size_t i = 0; i < countof(symbols); i++)
            if (slice_starts_with(slice_from_index(text, start), slice_from(symbols[i].text))) {
                parser->token = symbols[i].token;
                parser->at += strlen(symbols[i].text);
                break;
            }
    } else {
        while (parser->at < text.length && !is_blank(text.data[parser->at]) && !is_symbol(text.data[parser->at]))
            parser->at++;
        parser->token = TOKEN_WORD;
    }
    parser->word = slice_part(text, start, parser->at);
    if (slice_equals(parser->word, "in"))
        parser->token = TOKEN_IN;
    else if (slice_equals(parser->word, "notin"))
        parser->token = TOKEN_NOT_IN;
}

static bool is_word(enum token token)
{
    return token == TOKEN_WORD || token == TOKEN_IN || token == TOKEN_NOT_IN;
}

static bool fail(struct parser *parser, const char *expected)
{
    struct slice all = parser->text.slice;
    if (parser->token == TOKEN_END)
        return diagnose(parser->diagnostics, parser->text.position, "selector '%.*s': expected %s at the end",
                        SLICE_ARGS(all), expected);
    return diagnose(parser->diagnostics, parser->text.position, "selector '%.*s': expected %s, found '%.*s'",
                    SLICE_ARGS(all), expected, SLICE_ARGS(parser->word));
}

// True for letters, digits, `-`, `_`, and `.`, with a letter or digit at both ends.
static bool is_label_name(struct slice text)
{
    if (!text.length || text.length > NAME_LENGTH_MAX || !byte_is_alphanumeric(text.data[0]) ||
        !byte_is_alphanumeric(text.data[text.length - 1]))
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (!byte_is_alphanumeric(text.data[i]) && text.data[i] != '-' && text.data[i] != '_' && text.data[i] != '.')
            return false;
    return true;
}

// True for parts of lowercase letters, digits, and inner `-`, separated by dots.
static bool is_domain(struct slice text)
{
    if (!text.length || text.length > PREFIX_LENGTH_MAX)
        return false;
    struct slice part, rest = text;
    for (bool more = true; more;) {
        more = slice_cut(rest, '.', &part, &rest);
        if (!part.length || part.data[0] == '-' || part.data[part.length - 1] == '-')
            return false;
        for (size_t i = 0; i < part.length; i++)
            if ((!byte_is_alphanumeric(part.data[i]) && part.data[i] != '-') ||
                (part.data[i] >= 'A' && part.data[i] <= 'Z'))
                return false;
    }
    return true;
}

static bool check_key(struct parser *parser, struct slice key)
{
    struct slice prefix, name;
    bool valid = slice_cut(key, '/', &prefix, &name) ? is_domain(prefix) && is_label_name(name) : is_label_name(key);
    if (valid)
        return true;
    diagnose(parser->diagnostics, parser->text.position, "selector '%.*s': '%.*s' is not a valid key",
             SLICE_ARGS(parser->text.slice), SLICE_ARGS(key));
    if (slice_find_byte(key, ':') != SLICE_NOT_FOUND) {
        diagnose_hint(parser->diagnostics, "write '=' between the key and the value, not ':', as in 'app=web'");
        return false;
    }
    diagnose_hint(parser->diagnostics, "use a name of at most 63 letters, digits, '-', '_', and '.', optionally after "
                                       "a domain and '/', as in example.com/name");
    return false;
}

static bool check_value(struct parser *parser, struct slice value)
{
    if (!value.length || is_label_name(value))
        return true;
    diagnose(parser->diagnostics, parser->text.position, "selector '%.*s': '%.*s' is not a valid value",
             SLICE_ARGS(parser->text.slice), SLICE_ARGS(value));
    diagnose_hint(parser->diagnostics,
                  "use at most 63 letters, digits, '-', '_', and '.', with a letter or a digit at both ends");
    return false;
}

static void add_value(struct parser *parser, struct requirement *requirement, struct slice value)
{
    list_append(parser->arena, &requirement->values, value);
}

// Parses the value after `=` and similar operators; if there is none, the value is empty.
static bool parse_value(struct parser *parser, struct requirement *requirement)
{
    if (parser->token != TOKEN_END && parser->token != TOKEN_COMMA && !is_word(parser->token))
        return fail(parser, "a value");
    bool word = is_word(parser->token);
    add_value(parser, requirement, word ? parser->word : (struct slice){0});
    if (word)
        advance(parser);
    return true;
}

// Parses a list of values, (a, b). An empty entry is the empty value: (,a), (a,,b), (a,). An empty entry before a comma
// is only added when it is the first value.
static bool parse_values(struct parser *parser, struct requirement *requirement)
{
    if (parser->token != TOKEN_OPEN)
        return fail(parser, "'('");
    advance(parser);
    if (parser->token == TOKEN_CLOSE) {
        advance(parser);
        return diagnose(parser->diagnostics, parser->text.position, "selector '%.*s': the list of values is empty",
                        SLICE_ARGS(parser->text.slice));
    }
    while (parser->token != TOKEN_CLOSE) {
        if (is_word(parser->token)) {
            add_value(parser, requirement, parser->word);
            advance(parser);
            if (parser->token != TOKEN_COMMA && parser->token != TOKEN_CLOSE)
                return fail(parser, "',' or ')'");
            continue;
        }
        if (parser->token != TOKEN_COMMA)
            return fail(parser, "a value, ',', or ')'");
        advance(parser);
        if (!requirement->values.count || parser->token == TOKEN_CLOSE)
            add_value(parser, requirement, (struct slice){0});
        if (parser->token == TOKEN_COMMA) {
            advance(parser);
            add_value(parser, requirement, (struct slice){0});
            if (!is_word(parser->token) && parser->token != TOKEN_COMMA)
                return fail(parser, "a value");
        }
    }
    advance(parser);
    return true;
}

static bool parse_operation(struct parser *parser, struct requirement *requirement)
{
    enum token token = parser->token;
    switch (token) {
    case TOKEN_IN:
    case TOKEN_NOT_IN:
        requirement->operation = token == TOKEN_IN ? IS_ONE_OF : IS_NONE_OF;
        advance(parser);
        return parse_values(parser, requirement);
    case TOKEN_EQUALS:
    case TOKEN_DOUBLE_EQUALS:
    case TOKEN_NOT_EQUALS:
        requirement->operation = token == TOKEN_NOT_EQUALS ? IS_NONE_OF : IS_ONE_OF;
        advance(parser);
        return parse_value(parser, requirement);
    case TOKEN_GREATER:
    case TOKEN_LESS:
        requirement->operation = token == TOKEN_GREATER ? IS_GREATER : IS_LESS;
        advance(parser);
        if (!parse_value(parser, requirement))
            return false;
        return scalar_parse_decimal(requirement->values.items[0], &requirement->bound) ||
               diagnose(parser->diagnostics, parser->text.position, "selector '%.*s': '<' and '>' need an integer",
                        SLICE_ARGS(parser->text.slice));
    default:
        return fail(parser, "'=', '!=', 'in', or 'notin'");
    }
}

static bool parse_requirement(struct parser *parser, struct requirement *requirement)
{
    requirement->operation = EXISTS;
    if (parser->token == TOKEN_NOT) {
        requirement->operation = EXISTS_NOT;
        advance(parser);
    }
    if (!is_word(parser->token))
        return fail(parser, "a key");
    requirement->key = parser->word;
    if (!check_key(parser, requirement->key))
        return false;
    advance(parser);
    if (requirement->operation == EXISTS_NOT || parser->token == TOKEN_END || parser->token == TOKEN_COMMA)
        return true;
    if (!parse_operation(parser, requirement))
        return false;
    for (size_t i = 0; i < requirement->values.count; i++)
        if (!check_value(parser, requirement->values.items[i]))
            return false;
    return true;
}

struct label_selector *label_selector_parse(struct arena *arena, struct diagnostics *diagnostics, struct text text)
{
    struct label_selector *selector = arena_new(arena, struct label_selector);
    struct parser parser = {.arena = arena, .diagnostics = diagnostics, .text = text};
    advance(&parser);
    while (parser.token != TOKEN_END) {
        struct requirement requirement = {0};
        if (!parse_requirement(&parser, &requirement))
            return NULL;
        list_append(arena, selector, requirement);
        if (parser.token == TOKEN_END)
            break;
        if (parser.token != TOKEN_COMMA) {
            fail(&parser, "','");
            return NULL;
        }
        advance(&parser);
        if (parser.token == TOKEN_END) {
            fail(&parser, "a key");
            return NULL;
        }
    }
    return selector;
}

// The string value of the last entry with the key; false: there is none.
static bool find_label(const struct node *labels, struct slice key, struct slice *value)
{
    if (!node_is_map(labels))
        return false;
    for (uint32_t i = labels->count; i-- > 0;)
        if (slice_equal(labels->entries[i].key->text, key)) {
            const struct node *node = labels->entries[i].value;
            *value = node->kind == NODE_SCALAR ? node_text(node) : (struct slice){0};
            return true;
        }
    return false;
}

static bool holds(const struct requirement *requirement, const struct node *labels)
{
    struct slice value;
    bool found = find_label(labels, requirement->key, &value);
    bool listed = false;
    int64_t number;
    switch (requirement->operation) {
    case EXISTS:
        return found;
    case EXISTS_NOT:
        return !found;
    case IS_GREATER:
        return found && scalar_parse_decimal(value, &number) && number > requirement->bound;
    case IS_LESS:
        return found && scalar_parse_decimal(value, &number) && number < requirement->bound;
    default:
        for (size_t i = 0; found && i < requirement->values.count; i++)
            listed = listed || slice_equal(requirement->values.items[i], value);
        return requirement->operation == IS_ONE_OF ? listed : !listed;
    }
}

bool label_selector_matches(const struct label_selector *selector, const struct node *labels)
{
    for (size_t i = 0; i < selector->count; i++)
        if (!holds(&selector->items[i], labels))
            return false;
    return true;
}
