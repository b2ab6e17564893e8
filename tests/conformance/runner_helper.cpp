// SPDX-License-Identifier: Apache-2.0

// A program like steppe, with cases that end in every way a case can end. They do what a plugin
// might do; the plugin that is loaded meanwhile is a sound one.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <stdexcept>
#include <string_view>
#include <thread>

#include "conformance/child.hpp"
#include "conformance/guarded_memory.hpp"
#include "plugin_host/catalogue.hpp"
#include "runner_cases.hpp"

namespace steppe::conformance {

namespace {

Verdict crash(const CaseContext&) {
  std::fputs("about to crash\n", stderr);
  raise(SIGSEGV);
  return Verdict::passed();
}

Verdict hang(const CaseContext&) {
  while (true) pause();
}

Verdict print_something(const CaseContext&) {
  std::puts("hello");
  return Verdict::passed();
}

Verdict leave(const CaseContext&) { std::exit(0); }
Verdict throw_something(const CaseContext&) { throw std::runtime_error("out of a plugin"); }

Verdict overrun(const CaseContext&) {
  const GuardedBlock block("mean", 8, Placement::kAtEnd);
  static_cast<volatile char*>(block.data())[8] = 1;
  return Verdict::passed();
}

// What the child was given, as text.
Verdict tell(const CaseContext& context) {
  std::string text = "seed " + std::to_string(context.seed);
  for (const auto& [name, value] : context.options) text += ", " + name + "=" + value;
  if (context.component != nullptr) text += ", " + std::string(context.component->id);
  return Verdict::failed(text);
}

Verdict pass(const CaseContext& context) {
  return context.plugin == nullptr ? Verdict::failed("no plugin was loaded") : Verdict::passed();
}

}  // namespace

std::span<const Case> runner_cases() {
  constexpr Level kLevel = Level::kMemory;
  constexpr Subject kAny = Subject::kComponent;
  static constexpr Case kCases[] = {
      {"memory.passes", kLevel, kAny, "R12", "Passes", "intervals", &pass},
      {"memory.tells", kLevel, kAny, "R12", "Tells", nullptr, &tell},
      {"memory.crashes", kLevel, kAny, "R12", "Crashes", nullptr, &crash},
      {"memory.hangs", kLevel, kAny, "R12", "Hangs", nullptr, &hang},
      {"memory.prints", kLevel, kAny, "R12", "Prints", nullptr, &print_something},
      {"memory.leaves", kLevel, kAny, "R12", "Leaves", nullptr, &leave},
      {"memory.throws", kLevel, kAny, "R12", "Throws", nullptr, &throw_something},
      {"memory.overruns", kLevel, kAny, "R12", "Overruns", nullptr, &overrun},
  };
  return kCases;
}

}  // namespace steppe::conformance

#ifdef STEPPE_RUNNER_HELPER
int main(int argc, char** argv) {
  using namespace steppe;
  if (argc == 3 && std::string_view(argv[1]) == "--probe-plugin") return run_probe(argv[2]);
  return conformance::run_case_in_child({argv + 2, argv + argc}, conformance::runner_cases());
}
#endif
