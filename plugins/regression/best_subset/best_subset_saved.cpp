// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "best_subset_protocol.hpp"

namespace steppe::best_subset {
namespace {

using numerics::Subset;
using numerics::SubsetCriterion;

void save_subset(const Subset& subset, Writer& writer) {
  writer.u64s(subset.columns);
  writer.f64(subset.residual_ss);
  writer.f64(subset.value);
  writer.f64(subset.score);
}

Subset load_subset(Reader& reader) {
  Subset out;
  out.columns = reader.u64s();
  out.residual_ss = reader.f64();
  out.value = reader.f64();
  out.score = reader.f64();
  return out;
}

void save_subsets(const std::vector<Subset>& subsets, Writer& writer) {
  writer.u64(subsets.size());
  for (const Subset& one : subsets) save_subset(one, writer);
}

std::vector<Subset> load_subsets(Reader& reader) {
  std::vector<Subset> out;
  const std::size_t count = reader.count(32);  // a length and three numbers
  for (std::size_t i = 0; i < count && reader.ok(); ++i) out.push_back(load_subset(reader));
  return out;
}

bool is_sound(const Subset& subset, std::size_t columns) {
  return std::is_sorted(subset.columns.begin(), subset.columns.end()) &&
         (subset.columns.empty() || subset.columns.back() < columns);
}

}  // namespace

void Protocol::save(Writer& writer) const {
  writer.u32(numerics::kLinearProtocolSchema);
  numerics::save(chosen, writer);
  writer.u32(static_cast<std::uint32_t>(criterion));
  save_subset(search.best, writer);
  save_subsets(search.best_of_size, writer);
  save_subsets(search.runners_up, writer);
  writer.flag(search.more_runners_up);
  writer.flag(all_judged);
}

Result<Protocol> load(Reader& reader) {
  reader.must(reader.u32() == numerics::kLinearProtocolSchema, "its regression has another form");
  auto chosen = numerics::load_linear_protocol(reader);
  if (!chosen) return chosen.error();
  Protocol out;
  out.chosen = *std::move(chosen);
  const std::uint32_t criterion = reader.u32();
  reader.must(criterion <= static_cast<std::uint32_t>(SubsetCriterion::kPress),
              "there is no such criterion");
  out.criterion = static_cast<SubsetCriterion>(criterion);
  out.search.best = load_subset(reader);
  out.search.best_of_size = load_subsets(reader);
  out.search.runners_up = load_subsets(reader);
  out.search.more_runners_up = reader.flag();
  out.all_judged = reader.flag();
  const std::size_t columns = out.chosen.regressor_names.size();
  const auto sound = [&](const Subset& one) { return is_sound(one, columns); };
  reader.must(
      sound(out.search.best) &&
          std::all_of(out.search.best_of_size.begin(), out.search.best_of_size.end(), sound) &&
          std::all_of(out.search.runners_up.begin(), out.search.runners_up.end(), sound),
      "a subset has columns that are not there");
  if (!reader.ok()) return reader.error();
  return out;
}

}  // namespace steppe::best_subset
