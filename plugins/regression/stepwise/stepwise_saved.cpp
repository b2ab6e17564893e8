// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "stepwise_protocol.hpp"

namespace steppe::stepwise {
namespace {

using numerics::Step;
using numerics::SubsetCriterion;

void save_step(const Step& step, Writer& writer) {
  writer.u64s(step.columns);
  writer.u64(step.candidates.size());
  for (const Step::Candidate& one : step.candidates) {
    writer.u64(one.column);
    writer.flag(one.added);
    writer.f64(one.residual_ss);
    writer.f64(one.value);
    writer.f64(one.score);
  }
}

Step load_step(Reader& reader) {
  Step out;
  out.columns = reader.u64s();
  const std::size_t count = reader.count(33);  // a flag and four numbers
  for (std::size_t i = 0; i < count && reader.ok(); ++i) {
    Step::Candidate& one = out.candidates.emplace_back();
    one.column = static_cast<std::size_t>(reader.u64());
    one.added = reader.flag();
    one.residual_ss = reader.f64();
    one.value = reader.f64();
    one.score = reader.f64();
  }
  return out;
}

bool are_sound(const std::vector<std::size_t>& columns, std::size_t count) {
  return std::is_sorted(columns.begin(), columns.end()) &&
         (columns.empty() || columns.back() < count);
}

bool is_sound(const Step& step, std::size_t count) {
  const auto known = [&](const Step::Candidate& one) {
    return one.column < count || one.column == numerics::kNoColumn;
  };
  return are_sound(step.columns, count) &&
         std::all_of(step.candidates.begin(), step.candidates.end(), known);
}

}  // namespace

void Protocol::save(Writer& writer) const {
  writer.u32(numerics::kLinearProtocolSchema);
  numerics::save(chosen, writer);
  writer.u32(static_cast<std::uint32_t>(criterion));
  writer.u64s(path.columns);
  writer.u64(path.steps.size());
  for (const Step& step : path.steps) save_step(step, writer);
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
  out.path.columns = reader.u64s();
  const std::size_t count = reader.count(16);  // two lengths
  for (std::size_t i = 0; i < count && reader.ok(); ++i)
    out.path.steps.push_back(load_step(reader));
  const std::size_t columns = out.chosen.regressor_names.size();
  reader.must(!out.path.steps.empty() && are_sound(out.path.columns, columns) &&
                  std::all_of(out.path.steps.begin(), out.path.steps.end(),
                              [&](const Step& step) { return is_sound(step, columns); }),
              "a step has columns that are not there");
  if (!reader.ok()) return reader.error();
  return out;
}

}  // namespace steppe::stepwise
