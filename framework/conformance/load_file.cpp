// SPDX-License-Identifier: Apache-2.0
// What loading the file does to the process, and what its entry answers.
#include <dirent.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstring>
#include <fstream>
#include <memory>

#include "conformance/captured_output.hpp"
#include "conformance/elf_exports.hpp"
#include "conformance/guarded_memory.hpp"
#include "conformance/load_bodies.hpp"
#include "core/fault.hpp"
#include "plugin_host/process_state.hpp"
#include "steppe/sdk_version.hpp"

namespace steppe::conformance {

namespace {

// Entries of a folder of /proc/self: threads, descriptors.
std::size_t count_entries(const char* folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(opendir(folder), &closedir);
  std::size_t count = 0;
  while (entries != nullptr && readdir(entries.get()) != nullptr) ++count;
  return count;
}

// Seconds that this thread waited for a processor: the second number of schedstat, in nanoseconds.
double seconds_waited() {
  std::ifstream file("/proc/thread-self/schedstat");
  std::string worked;
  std::string waited;
  file >> worked >> waited;
  std::uint64_t nanoseconds = 0;
  std::from_chars(waited.data(), waited.data() + waited.size(), nanoseconds);
  return 1e-9 * static_cast<double>(nanoseconds);
}

std::string revision(std::uint32_t number) {
  return std::to_string(STEPPE_ABI_EPOCH) + "." + std::to_string(number);
}

// A refusal says what it was offered and what it was built for.
void require_refusal(const EntryAnswer& answer, std::uint32_t low, std::uint32_t high,
                     const steppe_plugin& plugin) {
  const std::string offer = "an offer of " + revision(low) + " to " + revision(high);
  if (answer.status != STEPPE_INCOMPATIBLE_ABI) {
    fail(offer + " is answered with " + status_name(answer.status) +
         ", must be incompatible_abi: it was built for " + revision(plugin.revision_min) + " to " +
         revision(plugin.revision_built));
  }
  if (answer.plugin != nullptr) fail(offer + " is refused, and a table handed out");
  for (const std::uint32_t part : {low, high, plugin.revision_min, plugin.revision_built}) {
    if (answer.message.find(std::to_string(part)) != std::string::npos) continue;
    fail(offer + " is refused with a text that does not name both ranges: \"" + answer.message +
         "\"");
  }
}

}  // namespace

SharedModule load_file(const CaseContext& context) {
  auto module = SharedModule::load(context.descriptor, context.path);
  if (!module) fail("does not load: " + module.error().message);
  return *std::move(module);
}

EntryAnswer call_entry(const SharedModule& module, std::uint32_t revision_min,
                       std::uint32_t revision_current) {
  const steppe_plugin_entry entry = module.entry();
  if (entry == nullptr) fail("exports no " STEPPE_PLUGIN_ENTRY_NAME);
  const steppe_offer offer{sizeof(offer),      revision_min, revision_current, 0,
                           STEPPE_SDK_VERSION, life_host()};
  EntryAnswer out;
  const Answer answer = ask([&](steppe_error* error) { return entry(&offer, &out.plugin, error); });
  out.status = answer.status;
  out.message = answer.error.message;
  return out;
}

const steppe_plugin& table_of(const SharedModule& module) {
  const EntryAnswer answer = call_entry(module, STEPPE_ABI_REVISION_MIN, STEPPE_ABI_REVISION);
  if (answer.status != STEPPE_OK || answer.plugin == nullptr) {
    fail("its entry answers " + status_name(answer.status) +
         " to today's offer: " + answer.message);
  }
  return *answer.plugin;
}

namespace load {

void file_exports_one_symbol(const CaseContext& context) {
  const auto symbols = exported_symbols(context.descriptor);
  if (!symbols) fail("the exports cannot be read: " + symbols.error());
  if (symbols->size() == 1 && symbols->front() == STEPPE_PLUGIN_ENTRY_NAME) return;
  std::string text = "exports " + std::to_string(symbols->size()) + " symbols, must be " +
                     STEPPE_PLUGIN_ENTRY_NAME + " alone:";
  constexpr std::size_t kShown = 8;
  for (std::size_t i = 0; i < symbols->size() && i < kShown; ++i) text += " " + (*symbols)[i];
  if (symbols->size() > kShown) text += " ...";
  fail(text + "; link with a version script, as steppe_add_plugin() does");
}

void file_loads(const CaseContext& context) {
  const CapturedOutput output;
  load_file(context);
}

void file_loads_quickly(const CaseContext& context) {
  using Clock = std::chrono::steady_clock;
  const CapturedOutput output;
  const double waited_before = seconds_waited();
  const auto start = Clock::now();
  table_of(load_file(context));
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count() -
                         (seconds_waited() - waited_before);
  if (seconds > 1) fail("loading and the entry took " + number(seconds) + " s, must be below 1 s");
}

void file_prints_nothing(const CaseContext& context) {
  const CapturedOutput output;
  table_of(load_file(context));
  const std::string text = output.text();
  if (!text.empty()) fail("prints when it is loaded: " + steppe::quoted(text));
}

void file_leaves_the_process_alone(const CaseContext& context) {
  const CapturedOutput output;
  const ProcessState before;
  table_of(load_file(context));
  std::string text;
  for (const std::string& what : before.restore()) text += (text.empty() ? "" : ", ") + what;
  if (!text.empty()) fail("changes " + text + " when it is loaded");
}

void file_starts_no_thread(const CaseContext& context) {
  const CapturedOutput output;
  const std::size_t before = count_entries("/proc/self/task");
  table_of(load_file(context));
  const std::size_t after = count_entries("/proc/self/task");
  if (after > before) fail("starts " + std::to_string(after - before) + " threads when loaded");
}

void file_opens_nothing(const CaseContext& context) {
  const CapturedOutput output;
  const std::size_t before = count_entries("/proc/self/fd");
  table_of(load_file(context));
  const std::size_t after = count_entries("/proc/self/fd");
  if (after == before) return;
  fail("changes the number of open descriptors from " + std::to_string(before) + " to " +
       std::to_string(after) + " when it is loaded");
}

void entry_takes_todays_offer(const CaseContext& context) {
  const CapturedOutput output;
  const steppe_plugin& plugin = table_of(load_file(context));
  const std::uint32_t used = std::min<std::uint32_t>(STEPPE_ABI_REVISION, plugin.revision_built);
  if (plugin.revision_used == used) return;
  fail("agrees on revision " + revision(plugin.revision_used) + ", must be " + revision(used));
}

void entry_takes_a_newer_host(const CaseContext& context) {
  constexpr std::uint32_t kNewer = STEPPE_ABI_REVISION + 7;
  const CapturedOutput output;
  const SharedModule module = load_file(context);
  const EntryAnswer answer = call_entry(module, STEPPE_ABI_REVISION_MIN, kNewer);
  const std::string offer =
      "an offer of " + revision(STEPPE_ABI_REVISION_MIN) + " to " + revision(kNewer);
  if (answer.status == STEPPE_OK && answer.plugin != nullptr) {
    const std::uint32_t used = std::min(kNewer, answer.plugin->revision_built);
    if (answer.plugin->revision_used == used) return;
    fail(offer + " is answered with revision " + revision(answer.plugin->revision_used) +
         ", must be " + revision(used));
  }
  // A draft may insist on the very same revision.
  const bool draft = STEPPE_ABI_REVISION == 0 && answer.status == STEPPE_INCOMPATIBLE_ABI;
  if (!draft) fail(offer + " is answered with " + status_name(answer.status));
}

void entry_refuses_a_range_above(const CaseContext& context) {
  const CapturedOutput output;
  const SharedModule module = load_file(context);
  constexpr std::uint32_t kLow = 410'000;
  constexpr std::uint32_t kHigh = 470'000;
  const EntryAnswer answer = call_entry(module, kLow, kHigh);
  require_refusal(answer, kLow, kHigh, table_of(module));
}

void entry_refuses_a_range_below(const CaseContext& context) {
  const CapturedOutput output;
  const std::uint32_t lowest = table_of(load_file(context)).revision_min;
  if (lowest == 0) skip("works with every revision from 0 on: there is none below");
  const SharedModule module = load_file(context);
  require_refusal(call_entry(module, 0, lowest - 1), 0, lowest - 1, table_of(module));
}

void entry_minds_the_size_of_the_offer(const CaseContext& context) {
  const CapturedOutput output;
  const SharedModule module = load_file(context);
  const steppe_plugin_entry entry = module.entry();
  if (entry == nullptr) fail("exports no " STEPPE_PLUGIN_ENTRY_NAME);
  // From a host whose offer ends behind the revisions; and from a later one, whose offer is longer.
  for (const std::size_t size : {std::size_t{16}, sizeof(steppe_offer) + 64}) {
    const GuardedBlock block("offer", size, Placement::kAtEnd);
    std::memset(block.data(), 0xFF, size);
    const steppe_offer offer{static_cast<std::uint32_t>(size),
                             STEPPE_ABI_REVISION_MIN,
                             STEPPE_ABI_REVISION,
                             0,
                             STEPPE_SDK_VERSION,
                             life_host()};
    std::memcpy(block.data(), &offer, std::min(size, sizeof(offer)));
    const steppe_plugin* plugin = nullptr;
    const Answer answer = ask([&](steppe_error* error) {
      return entry(static_cast<const steppe_offer*>(block.data()), &plugin, error);
    });
    const bool later = size > sizeof(offer);
    if (later && !answer.ok()) fail("a longer offer than today's is answered " + text_of(answer));
    if (answer.ok() && plugin == nullptr) fail("answers ok without a table");
  }
}

void entry_gives_one_table(const CaseContext& context) {
  const CapturedOutput output;
  const SharedModule module = load_file(context);
  const steppe_plugin* const first = &table_of(module);
  const steppe_plugin* const second = &table_of(module);
  if (first != second) fail("gives another table when its entry is called a second time");
}

}  // namespace load

}  // namespace steppe::conformance
