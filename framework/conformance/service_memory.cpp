// SPDX-License-Identifier: Apache-2.0
// Lack of memory, without any hook into the plugin's allocator: the process may get no more pages,
// and all that malloc still holds is taken but for a budget. So any allocation by malloc, operator
// new on top of it or mmap fails somewhere in the call; an allocator of the plugin's own that took
// its memory before is not reached.
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "conformance/service_bodies.hpp"
#include "conformance/workload.hpp"

namespace steppe::conformance::service {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

constexpr std::size_t kStackInUse = 256 * 1024;

// The stack must not need pages while there are none.
[[gnu::noinline]] void touch_stack() {
  volatile char deep[kStackInUse];
  for (std::size_t i = 0; i < kStackInUse; i += 1024) deep[i] = 0;
  static_cast<void>(deep[0]);
}

std::uint64_t address_space_in_use() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t pages = 0;
  file >> pages;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

// All that malloc can still give, but for about `budget` bytes. Needs no memory itself.
class Shortage {
 public:
  explicit Shortage(std::size_t budget) {
    getrlimit(RLIMIT_AS, &before_);
    const rlimit tight{address_space_in_use(), before_.rlim_max};
    setrlimit(RLIMIT_AS, &tight);
    for (std::size_t size = std::size_t{1} << 26; size >= 1024; size /= 2) take_all(size);
    for (std::size_t size = 1024; size >= sizeof(Block); size -= 16) take_all(size);
    give_back(budget);
  }
  ~Shortage() {
    give_back(static_cast<std::size_t>(-1));
    setrlimit(RLIMIT_AS, &before_);
  }
  Shortage(const Shortage&) = delete;
  Shortage& operator=(const Shortage&) = delete;

 private:
  struct Block {
    Block* next;
    std::size_t size;
  };

  void take_all(std::size_t size) {
    while (void* const memory = std::malloc(size)) {
      taken_ = new (memory) Block{taken_, size};
    }
  }
  // The smallest first: they were taken last.
  void give_back(std::size_t budget) {
    std::size_t given = 0;
    while (taken_ != nullptr && given + taken_->size <= budget) {
      Block* const block = taken_;
      taken_ = block->next;
      given += block->size;
      std::free(block);
    }
  }

  rlimit before_{};
  Block* taken_ = nullptr;
};

}  // namespace

void survives_lack_of_memory(const CaseContext& context) {
  if (kSanitized) skip("memory cannot be limited in a build with sanitizers");
  const auto work = Workload::of(context, Workload::Size::kLarge);
  require_ok(work->run(life_host()));
  const std::vector<double> expected(work->outputs().begin(), work->outputs().end());
  mallopt(M_MMAP_THRESHOLD, 1 << 30);  // from one heap, which the shortage can take whole
  touch_stack();
  constexpr std::size_t kLargest = std::size_t{1} << 24;
  for (std::size_t budget = 0; budget <= kLargest; budget = budget == 0 ? 64 : budget * 2) {
    UseResult result;
    {
      const Shortage shortage(budget);
      result = work->run(life_host());
    }
    if (!result.ok() && !is_typed_refusal(result.status)) {
      fail("with " + std::to_string(budget) + " bytes of memory " + text_of(result) +
           ", must be resource_limit");
    }
    if (result.fit_with_error) fail(text_of(result) + ", and hands out a fit");
  }
  require_ok(work->run(life_host()));
  if (first_difference(work->outputs(), expected)) {
    fail("gives other bits than before once memory is there again");
  }
}

}  // namespace steppe::conformance::service
