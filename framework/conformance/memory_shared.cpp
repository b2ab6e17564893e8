// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>
#include <unistd.h>

#include <cstring>
#include <vector>

#include "conformance/guarded_memory.hpp"
#include "conformance/memory_bodies.hpp"
#include "conformance/watchful_host.hpp"
#include "conformance/workload.hpp"
#include "core/utf8.hpp"
#include "plugin_host/option_arguments.hpp"

namespace steppe::conformance {

namespace {

constexpr int kWarmUp = 3;
constexpr int kLeast = 10;
constexpr int kMost = 1000;
constexpr double kLongest = 2;  // seconds of processor time
constexpr std::size_t kSmallestLeak = 16;

bool is_clean_line(const char* text, std::size_t capacity, std::size_t& length) {
  length = strnlen(text, capacity);
  if (length == capacity) return false;
  std::string_view rest(text, length);
  while (!rest.empty()) {
    const Utf8Character first = first_character(rest);
    if (first.length == 0 || first.value < 0x20) return false;
    rest.remove_prefix(first.length);
  }
  return true;
}

void require_text(const steppe_error& error) {
  std::size_t length = 0;
  if (!is_clean_line(error.message, sizeof(error.message), length)) {
    fail("the message of an error is not one zero-terminated line of UTF-8");
  }
  if (length == 0) fail("an error has no message: it must say what was given and what is allowed");
  if (!is_clean_line(error.where, sizeof(error.where), length) ||
      !is_clean_line(error.fault, sizeof(error.fault), length)) {
    fail("`where` or `fault` of an error is not one zero-terminated line of UTF-8");
  }
  if (error.code <= STEPPE_OK || error.code > STEPPE_INTERNAL) {
    fail("an error has the code " + std::to_string(error.code) +
         ", which the contract does not know");
  }
}

}  // namespace

std::size_t heap_in_use() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return 0;  // a sanitizer hands out memory of its own
#else
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
#endif
}

void require_no_growth(const char* what, const std::function<void()>& once) {
  if (heap_in_use() == 0) skip("the heap cannot be measured in this build");
  for (int i = 0; i < kWarmUp; ++i) once();
  const double start = processor_seconds();
  const std::size_t before = heap_in_use();
  int count = 0;
  while (count < kMost && (count < kLeast || processor_seconds() - start < kLongest)) {
    once();
    ++count;
  }
  const std::size_t after = heap_in_use();
  const std::size_t grown = after > before ? after - before : 0;
  if (grown > kSmallestLeak * static_cast<std::size_t>(count)) {
    fail("the heap grew by " + std::to_string(grown) + " bytes over " + std::to_string(count) +
         " times " + what);
  }
}

void require_errors_to_fit(const std::function<void(steppe_error*)>& provoke) {
  const GuardedBlock whole("error", sizeof(steppe_error), Placement::kAtEnd);
  auto* const error = static_cast<steppe_error*>(whole.data());
  std::memset(whole.data(), 0x5A, sizeof(steppe_error));
  error->struct_size = sizeof(steppe_error);
  provoke(error);
  require_text(*error);
  // A caller from before the struct grew: what does not fit is left out.
  for (const std::size_t size : {8, 16, 32, 64, 272}) {
    const GuardedBlock part("error of a smaller struct_size", size, Placement::kAtEnd);
    auto* const small = static_cast<steppe_error*>(part.data());
    small->struct_size = static_cast<std::uint32_t>(size);
    provoke(small);
  }
  provoke(nullptr);
}

namespace memory {

void component_destroys_null(const CaseContext& context) { context.component->destroy(nullptr); }

void component_instances_leak_nothing(const CaseContext& context) {
  const Options options = options_of(context);
  const OptionArguments arguments(options);
  const steppe_component& component = *context.component;
  require_no_growth("create and destroy", [&] {
    void* instance = nullptr;
    steppe_error error{};
    error.struct_size = sizeof(error);
    const steppe_status status = component.create(&component, arguments.data(), arguments.size(),
                                                  life_host(), &instance, &error);
    if (status != STEPPE_OK) fail("create answers " + text_of({status, error_of(status, error)}));
    component.destroy(instance);
  });
}

// malloc itself notices a block that is freed twice or was never its own, and ends the process.
void component_frees_only_its_own(const CaseContext& context) {
  const auto work = Workload::of(context, Workload::Size::kSmall);
  for (int i = 0; i < 3; ++i) {
    const UseResult result = work->run(life_host());
    if (!result.ok() && !is_typed_refusal(result.status)) fail(text_of(result));
  }
}

}  // namespace memory

}  // namespace steppe::conformance
