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
