// SPDX-License-Identifier: Apache-2.0
#include "conformance/saved_fit.hpp"

#include <cmath>

#include "plugin_host/philox.hpp"

namespace steppe::conformance {

namespace {

constexpr std::size_t kTurnedBits = 200;

steppe_status keep(void* self, const void* bytes, std::uint64_t count) noexcept {
  try {
    auto& out = *static_cast<SavedBytes*>(self);
    const auto* from = static_cast<const unsigned char*>(bytes);
    out.insert(out.end(), from, from + count);
    return STEPPE_OK;
  } catch (...) {
    return STEPPE_RESOURCE_LIMIT;
  }
}

steppe_status refuse(void*, const void*, std::uint64_t) noexcept { return STEPPE_IO; }

}  // namespace

SavedBytes save(const steppe_saved_fit& table, const void* fit) {
  SavedBytes bytes;
  const steppe_writer writer{sizeof(writer), 0, &bytes, &keep};
  Answer answer = ask([&](steppe_error* error) { return table.save(fit, &writer, error); });
  if (!answer.ok()) fail("save answers " + text_of(answer));
  const steppe_writer full{sizeof(full), 0, nullptr, &refuse};
  answer = ask([&](steppe_error* error) { return table.save(fit, &full, error); });
  if (!bytes.empty() && answer.status != STEPPE_IO) {
    fail("save answers " + status_name(answer.status) + " though the writer answered io");
  }
  return bytes;
}

void* load(const steppe_saved_fit& table, const Instance& instance, std::uint32_t schema,
           const SavedBytes& bytes, Answer& answer) {
  void* fit = nullptr;
  answer = ask([&](steppe_error* error) {
    return table.load(instance.get(), schema, bytes.data(), bytes.size(), instance.host().get(),
                      &fit, error);
  });
  if (answer.ok() && fit == nullptr) fail("load answers ok without a fit");
  return answer.ok() ? fit : nullptr;
}

bool has_shape(const steppe_saved_fit& table, const void* fit, std::uint64_t observations,
               std::uint64_t columns) {
  std::uint64_t n = 0;
  std::uint64_t m = 0;
  table.shape(fit, &n, &m);
  return n == observations && m == columns;
}

void check_shape(const steppe_saved_fit& table, const void* fit, std::uint64_t observations,
                 std::uint64_t columns) {
  if (has_shape(table, fit, observations, columns)) return;
  fail("the shape of a loaded fit is not that of the fit that was saved, " +
       std::to_string(observations) + " observations and " + std::to_string(columns) + " columns");
}

void check_damage(const steppe_saved_fit& table, const Instance& instance, const SavedBytes& bytes,
                  std::uint64_t seed, const std::function<void(void*)>& use) {
  const auto try_bytes = [&](const SavedBytes& damaged, bool must_refuse, const std::string& how) {
    Answer answer;
    void* fit = load(table, instance, table.schema, damaged, answer);
    if (fit != nullptr) {
      use(fit);
      if (must_refuse) fail("load makes a fit of " + how);
    } else if (answer.status != STEPPE_INVALID_DATA && answer.status != STEPPE_RESOURCE_LIMIT) {
      fail("load answers " + text_of(answer) + " to " + how + ", not invalid_data");
    }
  };
  for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 100) {
    try_bytes({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)}, true,
              std::to_string(size) + " of " + std::to_string(bytes.size()) + " bytes");
  }
  SavedBytes longer = bytes;
  longer.push_back(0);
  try_bytes(longer, true, "bytes with one more behind them");
  std::vector<double> places(kTurnedBits);
  random_uniform(seed, std::uint64_t{4} << 40, 0, places);
  for (const double place : places) {
    const auto bit = static_cast<std::size_t>(place * static_cast<double>(8 * bytes.size()));
    SavedBytes turned = bytes;
    turned[bit / 8] = static_cast<unsigned char>(turned[bit / 8] ^ (1U << (bit % 8)));
    try_bytes(turned, false, "bytes with bit " + std::to_string(bit) + " turned");
  }
  Answer answer;
  void* fit = load(table, instance, table.schema + 1000, bytes, answer);
  if (fit != nullptr) {
    use(fit);
    fail("load reads a schema that it cannot know, " + std::to_string(table.schema + 1000));
  }
}

}  // namespace steppe::conformance
