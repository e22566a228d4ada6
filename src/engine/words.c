#include "engine/words.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n';
}

// Adds the byte after a backslash. Between double quotes, the backslash stays unless it escapes a special character.
static void add_escaped(struct buffer *word, char quote, char byte)
{
    if (quote == '"' && byte != '"' && byte != '\\' && byte != '$' && byte != '`')
        buffer_add_byte(word, '\\');
    buffer_add_byte(word, byte);
}

bool words_split(struct arena *arena, struct slice text, struct path_list *words)
{
    struct buffer word = {0};
    bool started = false, escaped = false;
    char quote = 0;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (escaped) {
            add_escaped(&word, quote, byte);
            escaped = false;
        } else if (byte == '\\' && quote != '\'') {
            escaped = started = true;
        } else if (quote ? byte == quote : byte == '\'' || byte == '"') {
            quote = quote ? 0 : byte;
            started = true;
        } else if (!quote && is_blank(byte)) {
            if (started)
                list_append(arena, words, arena_copy(arena, buffer_slice(&word)));
            started = false;
            word.length = 0;
        } else {
            buffer_add_byte(&word, byte);
            started = true;
        }
    }
    if (started)
        list_append(arena, words, arena_copy(arena, buffer_slice(&word)));
    buffer_free(&word);
    return !quote && !escaped;
}

void words_add(struct buffer *out, struct slice word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/+:@%,=";
    size_t length = 0;
    while (length < word.length && memchr(plain, word.data[length], sizeof plain - 1))
        length++;
    if (length == word.length && length) {
        buffer_add_slice(out, word);
        return;
    }
    buffer_add_byte(out, '\'');
    for (size_t i = 0; i < word.length; i++) {
        if (word.data[i] == '\'')
            buffer_add_text(out, "'\\''");
        else
            buffer_add_byte(out, word.data[i]);
    }
    buffer_add_byte(out, '\'');
}

void words_add_all(struct buffer *out, const struct path_list *words)
{
    for (size_t i = 0; i < words->count; i++) {
        if (i)
            buffer_add_byte(out, ' ');
        words_add(out, words->items[i]);
    }
}

void words_add_escaped(struct buffer *out, const struct path_list *words, void (*escape)(struct buffer *, struct slice))
{
    struct buffer text = {0};
    words_add_all(&text, words);
    escape(out, buffer_slice(&text));
    buffer_free(&text);
}

void words_add_one_escaped(struct buffer *out, struct slice word, void (*escape)(struct buffer *, struct slice))
{
    const struct path_list words = {&word, 1, 1};
    words_add_escaped(out, &words, escape);
}
