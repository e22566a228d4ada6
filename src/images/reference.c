#include "base/ascii.h"
#include "images/reference.h"

enum { NAME_MAX_LENGTH = 255, TAG_MAX_LENGTH = 128, DIGEST_MIN_LENGTH = 32 };

static bool is_lower(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

// The length of a separator in a repository: one dot, one or two underscores, or any number of hyphens.
static size_t separator_length(struct slice text)
{
    size_t length = 0;
    if (!text.length)
        return 0;
    while (length < text.length && text.data[length] == text.data[0])
        length++;
    switch (text.data[0]) {
    case '.':
        return length == 1 ? 1 : 0;
    case '_':
        return length <= 2 ? length : 0;
    case '-':
        return length;
    default:
        return 0;
    }
}

static size_t word_length(struct slice text)
{
    size_t length = 0;
    while (length < text.length && (is_lower(text.data[length]) || byte_is_digit(text.data[length])))
        length++;
    return length;
}

static bool is_path_part(struct slice part)
{
    for (;;) {
        size_t word = word_length(part);
        if (!word)
            return false;
        part = slice_from_index(part, word);
        if (!part.length)
            return true;
        size_t separator = separator_length(part);
        if (!separator)
            return false;
        part = slice_from_index(part, separator);
    }
}

static bool is_repository(struct slice text)
{
    struct slice part;
    bool more = true;
    while (more) {
        more = slice_cut(text, '/', &part, &text);
        if (!is_path_part(part))
            return false;
    }
    return true;
}

static bool is_port(struct slice port)
{
    return slice_consists_of(port, byte_is_digit);
}

static bool is_ipv6(struct slice text)
{
    for (size_t i = 1; i + 1 < text.length; i++)
        if (!byte_is_alphanumeric(text.data[i]) && text.data[i] != ':')
            return false;
    return text.length > 2 && text.data[0] == '[' && text.data[text.length - 1] == ']';
}

static bool is_host(struct slice host)
{
    struct slice label;
    bool more = true;
    if (is_ipv6(host))
        return true;
    while (more) {
        more = slice_cut(host, '.', &label, &host);
        if (!label.length || label.data[0] == '-' || label.data[label.length - 1] == '-')
            return false;
        for (size_t i = 0; i < label.length; i++)
            if (!byte_is_alphanumeric(label.data[i]) && label.data[i] != '-')
                return false;
    }
    return true;
}

static bool is_registry(struct slice text)
{
    size_t bracket = slice_find_last_byte(text, ']'), colon = slice_find_last_byte(text, ':');
    bool has_port = colon != SLICE_NOT_FOUND && (bracket == SLICE_NOT_FOUND || colon > bracket);
    if (!has_port)
        return is_host(text);
    return is_host(slice_part(text, 0, colon)) && is_port(slice_from_index(text, colon + 1));
}

static bool is_tag(struct slice tag)
{
    if (!tag.length || tag.length > TAG_MAX_LENGTH || !(byte_is_alphanumeric(tag.data[0]) || tag.data[0] == '_'))
        return false;
    for (size_t i = 0; i < tag.length; i++)
        if (!byte_is_alphanumeric(tag.data[i]) && tag.data[i] != '_' && tag.data[i] != '.' && tag.data[i] != '-')
            return false;
    return true;
}

static bool is_algorithm(struct slice text)
{
    bool at_start = true;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (at_start ? !byte_is_letter(byte) : !byte_is_alphanumeric(byte) && !memchr("-_+.", byte, 4))
            return false;
        at_start = !byte_is_alphanumeric(byte);
    }
    return text.length && !at_start;
}

static bool is_digest(struct slice digest)
{
    struct slice algorithm, hash;
    if (!slice_cut(digest, ':', &algorithm, &hash) || !is_algorithm(algorithm) || hash.length < DIGEST_MIN_LENGTH)
        return false;
    for (size_t i = 0; i < hash.length; i++)
        if (!byte_is_digit(hash.data[i]) && !((hash.data[i] | 0x20) >= 'a' && (hash.data[i] | 0x20) <= 'f'))
            return false;
    return !slice_equals(algorithm, "sha256") || hash.length == 64;
}

// The first part is a registry only if it can't be a user name on Docker Hub.
static bool names_registry(struct slice part)
{
    return slice_find_byte(part, '.') != SLICE_NOT_FOUND || slice_find_byte(part, ':') != SLICE_NOT_FOUND ||
           slice_equals(part, "localhost");
}

static struct slice normalized(struct arena *arena, const struct image_reference *reference)
{
    struct slice name = image_reference_name(arena, reference), tag = reference->tag, digest = reference->digest;
    if (!tag.length && !digest.length)
        tag = slice_literal("latest");
    return arena_format(arena, "%.*s%s%.*s%s%.*s", SLICE_ARGS(name), tag.length ? ":" : "", SLICE_ARGS(tag),
                        digest.length ? "@" : "", SLICE_ARGS(digest));
}

struct slice image_reference_name(struct arena *arena, const struct image_reference *reference)
{
    return arena_format(arena, "%.*s/%.*s", SLICE_ARGS(reference->registry), SLICE_ARGS(reference->repository));
}

// Splits a reference into its parts. False: one of them is invalid.
static bool split_reference(struct slice text, struct image_reference *reference)
{
    reference->registry = slice_literal("docker.io");
    size_t at = slice_find_byte(text, '@');
    struct slice name = slice_part(text, 0, at == SLICE_NOT_FOUND ? text.length : at);
    size_t slash = slice_find_last_byte(name, '/'), colon = slice_find_last_byte(name, ':');
    if (at != SLICE_NOT_FOUND)
        reference->digest = slice_from_index(text, at + 1);
    bool has_tag = colon != SLICE_NOT_FOUND && (slash == SLICE_NOT_FOUND || colon > slash);
    if (has_tag) {
        reference->tag = slice_from_index(name, colon + 1);
        name.length = colon;
    }
    struct slice first, rest;
    bool has_registry = slice_cut(name, '/', &first, &rest) && names_registry(first);
    if (has_registry)
        reference->registry = first;
    reference->repository = has_registry ? rest : name;
    return (!has_tag || is_tag(reference->tag)) && (at == SLICE_NOT_FOUND || is_digest(reference->digest)) &&
           is_registry(reference->registry) && is_repository(reference->repository) && name.length <= NAME_MAX_LENGTH;
}

bool image_reference_parse(struct arena *arena, struct slice text, struct image_reference *reference)
{
    *reference = (struct image_reference){0};
    if (!split_reference(text, reference)) {
        *reference = (struct image_reference){0};
        return false;
    }
    struct slice docker_hub = slice_literal("docker.io");
    if (slice_equals(reference->registry, "index.docker.io"))
        reference->registry = docker_hub;
    if (slice_equal(reference->registry, docker_hub) && slice_find_byte(reference->repository, '/') == SLICE_NOT_FOUND)
        reference->repository = arena_format(arena, "library/%.*s", SLICE_ARGS(reference->repository));
    reference->normalized = normalized(arena, reference);
    return true;
}
