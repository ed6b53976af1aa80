#include "CTokenTables.h"

// #embed is C23; clang takes it in every mode but says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

// Aligned to pages, so that a table shares none with other data and its cache lines fall as laid out.
_Alignas(4096) const uint8_t flow_o200k_base_table[] = {
#embed "tables/o200k_base.bin"
};

_Alignas(4096) const uint8_t flow_cl100k_base_table[] = {
#embed "tables/cl100k_base.bin"
};

_Alignas(64) const uint8_t flow_unicode_classes_table[] = {
#embed "tables/unicode_classes.bin"
};
