#include "doc/timestamp.h"

#include <stdlib.h>

#include "base/ascii.h"

struct cursor {
    const char *at, *end;
};

struct timestamp {
    int year, month, day, hour, minute, second, nanoseconds;
    int zone;  // minutes east of Greenwich
};

// One or two digits of at most `max`.
static bool read_part(struct cursor *cursor, int max, int *part)
{
    if (cursor->at == cursor->end || !byte_is_digit(*cursor->at))
        return false;
    *part = *cursor->at++ - '0';
    if (cursor->at < cursor->end && byte_is_digit(*cursor->at))
        *part = *part * 10 + (*cursor->at++ - '0');
    return *part <= max;
}

static bool read_byte(struct cursor *cursor, char byte)
{
    if (cursor->at == cursor->end || *cursor->at != byte)
        return false;
    cursor->at++;
    return true;
}

static void read_fraction(struct cursor *cursor, int *nanoseconds)
{
    if (cursor->end - cursor->at < 2 || (*cursor->at != '.' && *cursor->at != ',') || !byte_is_digit(cursor->at[1]))
        return;
    cursor->at++;
    for (int unit = 100000000; cursor->at < cursor->end && byte_is_digit(*cursor->at); cursor->at++, unit /= 10)
        *nanoseconds += unit * (*cursor->at - '0');
}

static bool read_zone(struct cursor *cursor, int *zone)
{
    if (read_byte(cursor, 'Z'))
        return true;
    const char *at = cursor->at;
    if (cursor->end - at < 6 || (at[0] != '+' && at[0] != '-') || at[3] != ':' || !byte_is_digit(at[1]) ||
        !byte_is_digit(at[2]) || !byte_is_digit(at[4]) || !byte_is_digit(at[5]))
        return false;
    int hours = (at[1] - '0') * 10 + (at[2] - '0'), minutes = (at[4] - '0') * 10 + (at[5] - '0');
    *zone = (hours * 60 + minutes) * (at[0] == '-' ? -1 : 1);
    cursor->at += 6;
    return hours <= 24 && minutes <= 60;
}

static int days_of_month(int month, int year)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

static bool read_time(struct cursor *cursor, struct timestamp *time)
{
    return read_part(cursor, 23, &time->hour) && read_byte(cursor, ':') && read_part(cursor, 59, &time->minute) &&
           read_byte(cursor, ':') && read_part(cursor, 59, &time->second);
}

// A zone must follow a time after `T`, and none may follow a time after a space.
static bool parse(struct slice text, struct timestamp *time)
{
    if (text.length < 8 || text.data[4] != '-' || !byte_is_digit(text.data[0]))
        return false;
    *time = (struct timestamp){0};
    for (int i = 0; i < 4; i++) {
        if (!byte_is_digit(text.data[i]))
            return false;
        time->year = time->year * 10 + (text.data[i] - '0');
    }
    struct cursor cursor = {text.data + 5, text.data + text.length};
    if (!read_part(&cursor, 12, &time->month) || !time->month || !read_byte(&cursor, '-') ||
        !read_part(&cursor, 31, &time->day) || !time->day || time->day > days_of_month(time->month, time->year))
        return false;
    if (cursor.at == cursor.end)
        return true;
    if (read_byte(&cursor, ' ')) {
        while (read_byte(&cursor, ' '))
            continue;
        if (!read_time(&cursor, time))
            return false;
        read_fraction(&cursor, &time->nanoseconds);
        return cursor.at == cursor.end;
    }
    if ((!read_byte(&cursor, 'T') && !read_byte(&cursor, 't')) || !read_time(&cursor, time))
        return false;
    read_fraction(&cursor, &time->nanoseconds);
    return read_zone(&cursor, &time->zone) && cursor.at == cursor.end;
}

bool timestamp_is(struct slice text)
{
    struct timestamp time;
    return parse(text, &time);
}

bool timestamp_write(struct buffer *out, struct slice text)
{
    struct timestamp time;
    if (!parse(text, &time))
        return false;
    buffer_add_format(out, "%04d-%02d-%02dT%02d:%02d:%02d", time.year, time.month, time.day, time.hour, time.minute,
                      time.second);
    if (time.nanoseconds) {
        buffer_add_format(out, ".%09d", time.nanoseconds);
        while (out->data[out->length - 1] == '0')
            out->length--;
    }
    if (time.zone)
        buffer_add_format(out, "%c%02d:%02d", time.zone < 0 ? '-' : '+', abs(time.zone) / 60, abs(time.zone) % 60);
    else
        buffer_add_byte(out, 'Z');
    return true;
}

bool timestamp_text(struct arena *arena, struct slice text, struct slice *rfc3339)
{
    struct buffer out = {0};
    bool is_timestamp = timestamp_write(&out, text);
    if (is_timestamp)
        *rfc3339 = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return is_timestamp;
}
