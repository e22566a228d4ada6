#include "check/image_name.h"

struct slice image_name(struct slice image)
{
    size_t slash = slice_find_last_byte(image, '/'), from = slash == SLICE_NOT_FOUND ? 0 : slash;
    size_t at = slice_find_byte(slice_from_index(image, from), '@');
    image = at == SLICE_NOT_FOUND ? image : slice_part(image, 0, from + at);
    size_t colon = slice_find_byte(slice_from_index(image, from), ':');
    return colon == SLICE_NOT_FOUND ? image : slice_part(image, 0, from + colon);
}
