#include "base/secret_names.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/word_filter.h"

// --- Words.

// How a word of a name is compared.
enum match { MATCH_WORD, MATCH_END, MATCH_ANYWHERE };

struct secret_word {
    const char *text;
    enum match match;
    bool last;  // only if it is the last word of the name
};

static const struct secret_word words[] = {
    {"passw", MATCH_ANYWHERE, false},
    {"passphrase", MATCH_ANYWHERE, false},
    {"passcode", MATCH_ANYWHERE, false},
    {"credential", MATCH_ANYWHERE, false},
    {"connectionstring", MATCH_ANYWHERE, false},
    {"connstr", MATCH_ANYWHERE, false},
    {"token", MATCH_END, false},
    {"tokens", MATCH_END, false},
    {"secret", MATCH_END, false},
    {"jwt", MATCH_WORD, false},
    {"cred", MATCH_WORD, false},
    {"creds", MATCH_WORD, false},
    {"secrets", MATCH_WORD, true},
    {"pass", MATCH_END, true},
    {"pwd", MATCH_END, true},
    {"pw", MATCH_WORD, true},
    {"auth", MATCH_END, true},
    {"authorization", MATCH_WORD, true},
    {"bearer", MATCH_WORD, true},
    {"dsn", MATCH_WORD, true},
};

// Words that end like those above but mean something else.
static const char harmless_words[] =
    "compass encompass bypass trespass overpass underpass surpass passwordless oauth noauth preauth reauth nontoken "
    "pretoken";

// Words that make a following `key` a secret: `apiKey`, `SIGNING_KEY`.
static const char key_words[] =
    "api private secret signing access encryption decryption ssh master account shared session aes hmac crypto "
    "cookie storage jwt auth app application license deploy client root wireguard pgp gpg rsa consumer integration "
    "webhook admin pass";

// A name that ends like this has a value that is about a secret but isn't one.
static const char harmless_ends[] =
    "name names namespace ref refs reference selector file files filename path paths dir directory mount type kind "
    "enabled disabled required optional length size ttl expiry expiration expires lifetime timeout duration seconds "
    "minutes hours days age interval rotation policy count limit url uri endpoint issuer audience audiences "
    "algorithm alg method mode format version provider class store header field review reviews request requests "
    "through template generator strategy scope scopes claim volume prefix suffix host port backend engine manager "
    "service operator controller server";

static bool is_letter(char byte)
{
    return byte_is_letter(byte) || (unsigned char)byte >= 0x80;
}

static bool is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

// Takes the next word: `db`, `Password`, and `JWT` of `dbPasswordJWT`. False at the end.
static bool next_word(struct slice *rest, struct slice *word)
{
    size_t start = 0, end;
    while (start < rest->length && !is_letter(rest->data[start]))
        start++;
    end = start;
    while (end < rest->length && is_upper(rest->data[end]))
        end++;
    bool goes_on = end < rest->length && is_letter(rest->data[end]);
    // The last of several capitals begins the next word: `JWTToken`.
    if (goes_on && end > start + 1)
        end--;
    else
        while (end < rest->length && is_letter(rest->data[end]) && !is_upper(rest->data[end]))
            end++;
    *word = slice_part(*rest, start, end);
    *rest = slice_from_index(*rest, end);
    return word->length > 0;
}

static bool ends_with(struct slice word, struct slice end)
{
    return word.length >= end.length &&
           slice_equal_ignoring_case(slice_from_index(word, word.length - end.length), end);
}

static bool contains(struct slice word, struct slice part)
{
    for (size_t at = 0; at + part.length <= word.length; at++)
        if (slice_equal_ignoring_case(slice_part(word, at, at + part.length), part))
            return true;
    return false;
}

static bool is_key_of_word(struct slice word)
{
    struct slice rest = slice_literal(key_words), end;
    while (rest.length) {
        slice_cut(rest, ' ', &end, &rest);
        if (ends_with(word, end))
            return true;
    }
    return false;
}

// `apikey` or `apikeys`, written as one word.
static bool has_key(struct slice word)
{
    static const struct slice key = {"key", 3};
    for (size_t at = 2; at + key.length <= word.length; at++)
        if (slice_equal_ignoring_case(slice_part(word, at, at + key.length), key) &&
            is_key_of_word(slice_part(word, 0, at)))
            return true;
    return false;
}

static const struct secret_word *find_word(struct slice word)
{
    if (slice_has_word(harmless_words, word))
        return NULL;
    for (size_t i = 0; i < countof(words); i++) {
        struct slice text = slice_from(words[i].text);
        if (words[i].match == MATCH_WORD  ? slice_equal_ignoring_case(word, text)
            : words[i].match == MATCH_END ? ends_with(word, text)
                                          : contains(word, text))
            return &words[i];
    }
    return NULL;
}

// `api key`, `pass word`, `connection string`.
static bool is_pair(struct slice first, struct slice second)
{
    static const struct slice pairs[][2] = {
        {{"pass", 4}, {"word", 4}}, {{"pass", 4}, {"phrase", 6}}, {{"connection", 10}, {"string", 6}}};
    for (size_t i = 0; i < countof(pairs); i++)
        if (ends_with(first, pairs[i][0]) && slice_equal_ignoring_case(second, pairs[i][1]))
            return true;
    return (slice_equal_ignoring_case(second, slice_literal("key")) ||
            slice_equal_ignoring_case(second, slice_literal("keys"))) &&
           slice_has_word(key_words, first);
}

// `maxTokens` is a number; `existingSecret` and `imagePullSecrets` are names.
static bool is_harmless_after(struct slice before, const struct secret_word *word)
{
    static const char counts[] = "max min num total count";
    static const char names[] = "existing tls image external sealed watch show create enable use";
    if (strcmp(word->text, "tokens") == 0)
        return slice_has_word(counts, before);
    if (strcmp(word->text, "secrets") == 0)
        return !before.length || slice_has_word(names, before) ||
               slice_equal_ignoring_case(before, slice_literal("pull"));
    return strcmp(word->text, "secret") == 0 && slice_has_word(names, before);
}

struct reading {
    struct slice last;
    bool found, found_last;
};

static struct reading read_name(struct slice name)
{
    struct reading reading = {0};
    struct slice word, third = {0};
    while (next_word(&name, &word)) {
        struct slice before = reading.last;
        const struct secret_word *match = find_word(word);
        // `imagePullSecret`.
        if (match && slice_equal_ignoring_case(before, slice_literal("pull")) && third.length)
            before = third;
        if (match && is_harmless_after(before, match))
            match = NULL;
        reading.found_last = match && match->last;
        reading.found = reading.found || (match && !match->last) || has_key(word) || is_pair(reading.last, word);
        third = reading.last;
        reading.last = word;
    }
    return reading;
}

static bool is_secret_part(struct slice name)
{
    struct reading reading = read_name(name);
    return (reading.found || reading.found_last) && !slice_has_word(harmless_ends, reading.last);
}

// --- Names.

// Every secret name contains one of these.
static const char *const stems[] = {"pass",    "pwd",        "secret", "token",  "jwt", "key", "cred",
                                    "connstr", "connection", "auth",   "bearer", "dsn", "_pw", "-pw"};

static const struct word_filter stem_filter = {stems,
                                               countof(stems),
                                               {['p'] = LETTER_BIT('a') | LETTER_BIT('w'),
                                                ['s'] = LETTER_BIT('e'),
                                                ['t'] = LETTER_BIT('o'),
                                                ['j'] = LETTER_BIT('w'),
                                                ['k'] = LETTER_BIT('e'),
                                                ['c'] = LETTER_BIT('r') | LETTER_BIT('o'),
                                                ['a'] = LETTER_BIT('u'),
                                                ['b'] = LETTER_BIT('e'),
                                                ['d'] = LETTER_BIT('s'),
                                                ['_'] = LETTER_BIT('p'),
                                                ['-'] = LETTER_BIT('p')}};

// Rules out most names without splitting them into words. `pw` is also a name by itself.
static bool has_stem(struct slice name)
{
    for (size_t at = 0; at < name.length; at++) {
        const struct slice rest = {name.data + at, name.length - at};
        bool has_pw = rest.length > 1 && lower_case(rest.data[0]) == 'p' && lower_case(rest.data[1]) == 'w';
        if (has_pw || word_filter_match(&stem_filter, rest))
            return true;
    }
    return false;
}

bool is_secret_name(struct slice name)
{
    if (!has_stem(name))
        return false;
    bool is_pointer = slice_starts_with(name, slice_literal("/"));
    if (!is_pointer)
        return is_secret_part(slice_from_index(name, slice_find_last_byte(name, '/') + 1));
    for (struct slice part; name.length;) {
        slice_cut(name, '/', &part, &name);
        if (is_secret_part(part))
            return true;
    }
    return false;
}

bool is_password_name(struct slice name)
{
    static const char ends[] = "pass password passwd passphrase passcode pwd pw secret";
    return is_secret_name(name) && slice_has_word(ends, read_name(name).last);
}

bool is_secret_flag(struct slice text)
{
    return slice_starts_with(text, slice_literal("-")) && slice_find_byte(text, '=') == SLICE_NOT_FOUND &&
           is_secret_name(text);
}

// --- Names in texts.

static bool is_name_byte(char byte)
{
    return is_letter(byte) || (byte >= '0' && byte <= '9') || (byte && strchr("_-./~", byte));
}

bool is_in_secret_name(struct slice text, size_t at)
{
    enum { NAME_MAX_SEEN = 128 };
    if (!word_filter_match(&stem_filter, slice_from_index(text, at)))
        return false;
    size_t start = at, end = at;
    while (start > 0 && at - start < NAME_MAX_SEEN && is_name_byte(text.data[start - 1]))
        start--;
    while (end < text.length && end - at < NAME_MAX_SEEN && is_name_byte(text.data[end]))
        end++;
    return is_secret_name(slice_part(text, start, end));
}
