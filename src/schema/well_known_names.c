#include "schema/well_known_names.h"

#include <pthread.h>

struct name well_known_names[WELL_KNOWN_NAME_COUNT] = {
#define NAME_TEXT(identifier, literal) {.text = {literal, sizeof(literal) - 1}},
    WELL_KNOWN_NAMES(NAME_TEXT)
#undef NAME_TEXT
};

static pthread_once_t prepared = PTHREAD_ONCE_INIT;

static void prepare(void)
{
    names_prepare(well_known_names, WELL_KNOWN_NAME_COUNT);
}

void well_known_names_init(struct name_table *table)
{
    pthread_once(&prepared, prepare);
    name_table_init(table, well_known_names, WELL_KNOWN_NAME_COUNT);
}
