#include "base/release.h"

static const char *const texts[RELEASE_COUNT] = {
    [RELEASE_UNSET] = "",
    [RELEASE_V5_8_1] = "v5.8.1",
    [RELEASE_V5_8_3] = "v5.8.3",
};

const char *release_text(enum release release)
{
    return texts[release];
}

bool release_find(struct slice text, enum release *release)
{
    for (int i = RELEASE_V5_8_1; i < RELEASE_COUNT; i++) {
        if (slice_equals(text, texts[i])) {
            *release = (enum release)i;
            return true;
        }
    }
    return false;
}
