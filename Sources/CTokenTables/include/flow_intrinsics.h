/// The few processor instructions that the tokenizers need and Swift has no name for. Each has a
/// portable twin (`..._portable`), which is what other processors use and what the tests compare with.
/// On x86-64 nothing beyond SSE2 is used, which every such processor has.
#ifndef FLOW_INTRINSICS_H
#define FLOW_INTRINSICS_H

#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#define FLOW_SSE2 1
#else
#define FLOW_SSE2 0
#endif

/// Asks for the cache line at an address, which may be any.
static inline void flow_prefetch(const void *_Nonnull address) { __builtin_prefetch(address, 0, 3); }

/// The place of the lowest bit of a number that is not 0. (What the standard library offers is defined for
/// 0, which costs a branch.)
static inline int64_t flow_lowest_bit(uint64_t bits) { return __builtin_ctzll(bits); }

/// `yes` or `no` by a condition that cannot be predicted: chosen without a branch.
static inline uint64_t flow_choose(_Bool condition, uint64_t yes, uint64_t no) {
#if defined(__clang__)
  return __builtin_unpredictable(condition) ? yes : no;
#else
  return condition ? yes : no;
#endif
}

// Which of 16 bytes are equal to one byte, a bit each.

static inline uint32_t flow_bytes_equal_portable(const uint8_t *_Nonnull bytes, uint8_t byte) {
  uint32_t equal = 0;
  for (int at = 0; at < 16; at++) equal |= (uint32_t)(bytes[at] == byte) << at;
  return equal;
}

static inline uint32_t flow_bytes_equal(const uint8_t *_Nonnull bytes, uint8_t byte) {
#if FLOW_SSE2
  __m128i all = _mm_loadu_si128((const __m128i *)bytes);
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(all, _mm_set1_epi8((char)byte)));
#else
  return flow_bytes_equal_portable(bytes, byte);
#endif
}

// The least of numbers, none below 0x00800000 or above 0x7F7FFFFF. These are the bit patterns of
// ordinary positive floating-point numbers, which are in the same order as the numbers: the minimum of
// floats is an instruction of SSE, that of 32-bit integers is not. The count is a multiple of 16.

static inline uint32_t flow_least_portable(const uint32_t *_Nonnull keys, int count) {
  uint32_t least = keys[0];
  for (int at = 1; at < count; at++) least = keys[at] < least ? keys[at] : least;
  return least;
}

static inline uint32_t flow_least(const uint32_t *_Nonnull keys, int count) {
#if FLOW_SSE2
  const float *floats = (const float *)(const void *)keys;
  __m128 a = _mm_min_ps(_mm_loadu_ps(floats), _mm_loadu_ps(floats + 4));
  __m128 b = _mm_min_ps(_mm_loadu_ps(floats + 8), _mm_loadu_ps(floats + 12));
  for (int at = 16; at < count; at += 16) {
    a = _mm_min_ps(a, _mm_min_ps(_mm_loadu_ps(floats + at), _mm_loadu_ps(floats + at + 4)));
    b = _mm_min_ps(b, _mm_min_ps(_mm_loadu_ps(floats + at + 8), _mm_loadu_ps(floats + at + 12)));
  }
  __m128 c = _mm_min_ps(a, b);
  __m128 d = _mm_min_ps(c, _mm_movehl_ps(c, c));
  __m128 e = _mm_min_ss(d, _mm_shuffle_ps(d, d, 1));
  return (uint32_t)_mm_cvtsi128_si32(_mm_castps_si128(e));
#else
  return flow_least_portable(keys, count);
#endif
}

/// The classes of 64 bytes, a bit for each byte, the first lowest.
struct flow_byte_masks {
  uint64_t lower, upper, digit, space, blank, newline, slash, apostrophe, other_than_ascii;
};

/// `space` is the space alone, `blank` all ASCII white space but newlines (space included), `newline`
/// carriage return and line feed.
static inline struct flow_byte_masks flow_classify64_portable(const uint8_t *_Nonnull bytes) {
  struct flow_byte_masks masks = {0, 0, 0, 0, 0, 0, 0, 0, 0};
  for (int at = 0; at < 64; at++) {
    uint64_t bit = (uint64_t)1 << at;
    uint8_t byte = bytes[at];
    if (byte >= 'a' && byte <= 'z') masks.lower |= bit;
    if (byte >= 'A' && byte <= 'Z') masks.upper |= bit;
    if (byte >= '0' && byte <= '9') masks.digit |= bit;
    if (byte == ' ') masks.space |= bit;
    if (byte == ' ' || byte == '\t' || byte == '\v' || byte == '\f') masks.blank |= bit;
    if (byte == '\n' || byte == '\r') masks.newline |= bit;
    if (byte == '/') masks.slash |= bit;
    if (byte == '\'') masks.apostrophe |= bit;
    if (byte >= 0x80) masks.other_than_ascii |= bit;
  }
  return masks;
}

static inline struct flow_byte_masks flow_classify64(const uint8_t *_Nonnull bytes) {
#if FLOW_SSE2
  struct flow_byte_masks masks = {0, 0, 0, 0, 0, 0, 0, 0, 0};
#pragma clang loop unroll(full)
  for (int part = 0; part < 4; part++) {
    int shift = 16 * part;
    __m128i all = _mm_loadu_si128((const __m128i *)(bytes + shift));
#define FLOW_BITS(vector) ((uint64_t)(uint32_t)_mm_movemask_epi8(vector) << shift)
#define FLOW_IS(vector, byte) _mm_cmpeq_epi8(vector, _mm_set1_epi8(byte))
// Whether base <= byte < base + count, by moving the range to the bottom of the signed bytes.
#define FLOW_WITHIN(vector, base, count)                                                                  \
  _mm_cmplt_epi8(_mm_add_epi8(vector, _mm_set1_epi8((char)(0x80 - (base)))), _mm_set1_epi8((char)(0x80 + (count))))
    __m128i newline = _mm_or_si128(FLOW_IS(all, '\n'), FLOW_IS(all, '\r'));
    __m128i space = FLOW_IS(all, ' ');
    __m128i controls = FLOW_WITHIN(all, 9, 5);
    masks.lower |= FLOW_BITS(FLOW_WITHIN(all, 'a', 26));
    masks.upper |= FLOW_BITS(FLOW_WITHIN(all, 'A', 26));
    masks.digit |= FLOW_BITS(FLOW_WITHIN(all, '0', 10));
    masks.space |= FLOW_BITS(space);
    masks.blank |= FLOW_BITS(_mm_or_si128(space, _mm_andnot_si128(newline, controls)));
    masks.newline |= FLOW_BITS(newline);
    masks.slash |= FLOW_BITS(FLOW_IS(all, '/'));
    masks.apostrophe |= FLOW_BITS(FLOW_IS(all, '\''));
    masks.other_than_ascii |= FLOW_BITS(all);
#undef FLOW_BITS
#undef FLOW_IS
#undef FLOW_WITHIN
  }
  return masks;
#else
  return flow_classify64_portable(bytes);
#endif
}

#endif
