// SPDX-License-Identifier: Apache-2.0

// A fit of regression.quantile as bytes: the protocol, then the rows in orthonormal coordinates,
// from which further quantiles are solved.

#include <algorithm>
#include <cmath>

#include "quantile_protocol.hpp"

namespace steppe::quantile {
namespace {

bool all_rows(const std::vector<std::size_t>& indices, std::size_t rows) {
  return std::all_of(indices.begin(), indices.end(), [&](std::size_t i) { return i < rows; });
}

bool parts_fit(const Protocol& p) {
  const auto& design = p.fit.design;
  const std::size_t n = p.linear.fit.fitted.size();
  const std::size_t rank = p.linear.fit.rank;
  return design.rows == n && design.rank == rank && design.z.size() == n * rank &&
         rank <= p.linear.fit.coefficients.size() && design.response.size() == n &&
         design.rounding.size() == n && all_rows(p.fit.basis, n) && all_rows(p.fit.on_fit, n) &&
         p.fit.on_fit.size() <= n && p.fit.below <= n - p.fit.on_fit.size() &&
         p.linear.fit.centered.kept.size() + (p.linear.fit.intercept ? 1 : 0) == rank &&
         p.fit.quantile > 0.0 && p.fit.quantile < 1.0 &&
         p.errors.shift_covariance.size() == rank * rank;
}

}  // namespace

void save(const Protocol& protocol, Writer& writer) {
  const numerics::QuantileFit& fit = protocol.fit;
  writer.u32(numerics::kLinearProtocolSchema);
  numerics::save(protocol.linear, writer);
  writer.u64(fit.design.rows);
  writer.u64(fit.design.rank);
  writer.f64s(fit.design.z);
  writer.f64s(fit.design.response);
  writer.f64s(fit.design.rounding);
  writer.u64s(fit.basis);
  writer.u64s(fit.on_fit);
  writer.u64(fit.below);
  writer.u64(fit.iterations);
  for (const double value : {fit.quantile, fit.excess, fit.objective, fit.r1}) writer.f64(value);
  writer.flag(fit.exact);
  writer.flag(fit.unique);
  writer.flag(protocol.kind == numerics::QuantileErrorKind::kIid);
  writer.flag(protocol.errors.defined);
  writer.u64(protocol.errors.crossed);
  writer.f64(protocol.errors.bandwidth);
  writer.f64(protocol.errors.sparsity);
  writer.f64s(protocol.errors.shift_covariance);
}

Result<Protocol> load(Reader& reader) {
  if (!reader.must(reader.u32() == numerics::kLinearProtocolSchema,
                   "its protocol is of another form"))
    return reader.error();
  auto linear = numerics::load_linear_protocol(reader);
  if (!linear) return linear.error();
  Protocol out;
  out.linear = *std::move(linear);
  numerics::QuantileFit& fit = out.fit;
  fit.design.rows = static_cast<std::size_t>(reader.u64());
  fit.design.rank = static_cast<std::size_t>(reader.u64());
  fit.design.z = reader.finites();
  fit.design.response = reader.finites();
  fit.design.rounding = reader.finites();
  fit.basis = reader.u64s();
  fit.on_fit = reader.u64s();
  fit.below = static_cast<std::size_t>(reader.u64());
  fit.iterations = static_cast<std::size_t>(reader.u64());
  for (double* value : {&fit.quantile, &fit.excess, &fit.objective, &fit.r1}) *value = reader.f64();
  fit.exact = reader.flag();
  fit.unique = reader.flag();
  if (reader.flag()) out.kind = numerics::QuantileErrorKind::kIid;
  out.errors.defined = reader.flag();
  out.errors.crossed = static_cast<std::size_t>(reader.u64());
  out.errors.bandwidth = reader.f64();
  out.errors.sparsity = reader.f64();
  out.errors.shift_covariance = reader.f64s();
  reader.must(parts_fit(out), "the parts of the regression differ in size");
  if (!reader.ok()) return reader.error();
  return out;
}

}  // namespace steppe::quantile
