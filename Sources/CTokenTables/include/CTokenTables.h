/// The embedded tables of the tokenizers, as bytes in read-only memory. They need no work at the
/// start of a process: a page is read when it is first looked at. Layouts are described by the
/// readers, VocabularyTable.swift and CharacterClass.swift in FlowText.
#ifndef FLOW_TOKEN_TABLES_H
#define FLOW_TOKEN_TABLES_H

#include <stdint.h>

#include "flow_intrinsics.h"

// Arrays of unknown length: with a length, Swift would import them as tuples of that many elements.
extern const uint8_t flow_o200k_base_table[];
extern const uint8_t flow_cl100k_base_table[];
extern const uint8_t flow_unicode_classes_table[];

/// The vocabulary o200k_base.
static inline const void *_Nonnull flow_o200k_base(void) { return flow_o200k_base_table; }

/// The vocabulary cl100k_base.
static inline const void *_Nonnull flow_cl100k_base(void) { return flow_cl100k_base_table; }

/// The character classes of Unicode 16.0.
static inline const void *_Nonnull flow_unicode_classes(void) { return flow_unicode_classes_table; }

#endif
