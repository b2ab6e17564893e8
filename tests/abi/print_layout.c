/* SPDX-License-Identifier: Apache-2.0 */

/* Prints the contract as this compiler lays it out; compare_layout.cmake compares it with
 * layout.txt. Also checks that the fields listed in layout.def follow one another without a gap
 * from the start to the end of their struct: then none is missing from the list. */

#include <stdio.h>

/* The gates print changed headers, of which the numbers in layout.def are untrue. */
#ifdef STEPPE_LAYOUT_UNCHECKED
#include <stddef.h>

#include "steppe/abi/abi.h"
#else
#include "layout_asserts.h"
#endif

static const char* current = "";   /* the struct being printed */
static size_t expected_offset = 0; /* where the next field of the current struct must start */
static size_t current_size = 0;
static int gaps = 0;

static void end_struct(void) {
  if (expected_offset != current_size) {
    fprintf(stderr, "layout.def: %s has a field or padding at its end that is not listed\n",
            current);
    ++gaps;
  }
}

static void print_struct(const char* type, size_t size) {
  end_struct();
  current = type;
  expected_offset = 0;
  current_size = size;
  printf("\n%s: %zu bytes\n", type, size);
}

static void print_field(const char* name, size_t offset, size_t size) {
  if (offset != expected_offset) {
    fprintf(stderr, "layout.def: %s has a field or padding before %s that is not listed\n", current,
            name);
    ++gaps;
  }
  expected_offset = offset + size;
  printf("  %-24s %4zu %4zu\n", name, offset, size);
}

int main(void) {
  printf("struct, then field, offset, size in bytes, where long and pointers have 8 bytes\n");
#define STRUCT(type, size) print_struct(#type, sizeof(type));
#define FIELD(type, name, offset, size) \
  print_field(#name, offsetof(type, name), sizeof(((type*)0)->name));
#define NUMBER(name, value)
#define TEXT(name)
#include "layout.def"
#undef STRUCT
#undef FIELD
#undef NUMBER
#undef TEXT
  end_struct();
  printf("\nnumbers\n");
#define STRUCT(type, size)
#define FIELD(type, name, offset, size)
#define NUMBER(name, value) printf("  %s %lld\n", #name, (long long)(name));
#define TEXT(name) printf("  %s \"%s\"\n", #name, name);
#include "layout.def"
  return gaps == 0 ? 0 : 1;
}
