#include "schema/api.h"

#include "base/arena.h"
#include "schema/api_table.h"

const unsigned api_oldest = API_OLDEST, api_newest = API_NEWEST;

static struct slice text_of(struct api_text text)
{
    return (struct slice){(const char *)api_texts + text.offset, text.length};
}

enum api_form api_type_form(uint16_t type)
{
    return type < API_LIST ? (enum api_form)type : (enum api_form)api_types[type - API_LIST].form;
}

uint16_t api_type_items(uint16_t type)
{
    return api_types[type - API_LIST].of;
}

uint16_t api_type_definition(uint16_t type)
{
    return api_types[type - API_LIST].of;
}

uint16_t api_definition(enum api_definition definition)
{
    return api_well_known[definition];
}

// --- Kinds.

static int compare_pairs(struct api_text kind, struct api_text api_version, const struct slice wanted[2])
{
    int order = slice_compare(text_of(kind), wanted[0]);
    return order ? order : slice_compare(text_of(api_version), wanted[1]);
}

bool api_kind_find(struct slice api_version, struct slice kind, struct api_kind *found)
{
    const struct slice wanted[2] = {kind, api_version};
    size_t low = 0, high = countof(api_kinds);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct api_kind_row *row = &api_kinds[middle];
        int order = compare_pairs(row->kind, row->api_version, wanted);
        if (!order) {
            *found = (struct api_kind){row->first, row->last, (enum scope)row->scope, row->definition};
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool is_in(unsigned first, unsigned last, unsigned release)
{
    unsigned judged = release < API_OLDEST ? API_OLDEST : release > API_NEWEST ? API_NEWEST : release;
    return first <= judged && judged <= last;
}

bool api_kind_is_in(const struct api_kind *kind, unsigned release)
{
    return is_in(kind->first, kind->last, release);
}

struct slice api_kind_nearest(struct slice api_version, struct slice kind)
{
    struct slice kinds[countof(api_kinds)];
    size_t count = 0;
    for (size_t i = 0; i < countof(api_kinds); i++)
        if (slice_equal(text_of(api_kinds[i].api_version), api_version))
            kinds[count++] = text_of(api_kinds[i].kind);
    return nearest_text(kind, kinds, count);
}

bool api_removal_find(struct slice api_version, struct slice kind, struct api_removal *found)
{
    const struct slice wanted[2] = {kind, api_version};
    size_t low = 0, high = countof(api_removals);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct api_removal_row *row = &api_removals[middle];
        int order = compare_pairs(row->kind, row->api_version, wanted);
        if (!order) {
            *found = (struct api_removal){text_of(row->replacement), text_of(row->component), row->deprecated,
                                          row->removed};
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

// --- Fields.

static struct api_field field_of(const struct api_field_row *row)
{
    return (struct api_field){
        .name = {(const char *)api_texts + row->name, row->name_length},
        .type = row->type,
        .required = row->required,
        .first = row->first,
        .last = row->last,
        .values = row->values,
    };
}

bool api_field_is_in(const struct api_field *field, unsigned release)
{
    return is_in(field->first, field->last, release);
}

static int compare_names(const struct api_field_row *row, struct slice name)
{
    if (row->name_length != name.length)
        return row->name_length < name.length ? -1 : 1;
    return memcmp((const char *)api_texts + row->name, name.data, name.length);
}

bool api_field_find(uint16_t definition, unsigned release, struct slice name, struct api_field *found)
{
    uint32_t low = api_definitions[definition], high = api_definitions[definition + 1], end = high;
    *found = (struct api_field){0};
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_names(&api_fields[middle], name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < end && !compare_names(&api_fields[low], name); low++) {
        struct api_field field = field_of(&api_fields[low]);
        unsigned first = found->last ? found->first : field.first;
        *found = field;
        if (api_field_is_in(&field, release))
            return true;
        found->first = first;
    }
    return false;
}

bool api_field_next(uint16_t definition, uint32_t *at, struct api_field *field)
{
    uint32_t row = api_definitions[definition] + *at;
    if (row >= api_definitions[definition + 1])
        return false;
    *field = field_of(&api_fields[row]);
    ++*at;
    return true;
}

unsigned api_required_count(uint16_t definition, unsigned release)
{
    unsigned count = 0;
    for (uint32_t i = api_definitions[definition]; i < api_definitions[definition + 1]; i++)
        count += api_fields[i].required && is_in(api_fields[i].first, api_fields[i].last, release);
    return count;
}

bool api_value(uint8_t values, uint32_t index, struct slice *value)
{
    const struct api_enum_row *row = &api_enums[values];
    if (index >= row->count)
        return false;
    *value = text_of(api_values[row->start + index]);
    return true;
}
