// base/ascii.h
//
// Classes of ASCII characters. Unlike those of <ctype.h>, they don't depend on the locale and accept any byte.
#pragma once

#include <stdbool.h>

static inline bool byte_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static inline bool byte_is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static inline bool byte_is_alphanumeric(char byte)
{
    return byte_is_letter(byte) || byte_is_digit(byte);
}

// The bytes of the keys of ConfigMaps and Secrets: letters, digits, and `_-.`.
static inline bool byte_is_data_key(char byte)
{
    return byte_is_alphanumeric(byte) || byte == '_' || byte == '-' || byte == '.';
}

// The bytes of ordinary words and paths: letters, digits, and `_-./`.
static inline bool byte_is_path(char byte)
{
    return byte_is_data_key(byte) || byte == '/';
}

// The bytes of words in prose and identifiers: letters, digits, `_`, and every byte of a non-ASCII character.
static inline bool byte_is_word(char byte)
{
    return byte_is_alphanumeric(byte) || byte == '_' || (unsigned char)byte >= 0x80;
}
