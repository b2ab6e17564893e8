// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "gls_ar_protocol.hpp"

namespace steppe::gls_ar {
namespace {

using numerics::AutoregressiveFit;
using numerics::DoubleDouble;
using numerics::FirstRow;

// The two directions of fields(): the same list of fields writes and reads.
struct Saving {
  Writer& out;

  void operator()(bool value) const { out.flag(value); }
  void operator()(FirstRow value) const { out.flag(value == FirstRow::kLeftOut); }
  void operator()(double value) const { out.f64(value); }
  void operator()(std::size_t value) const { out.u64(value); }
  void operator()(const std::vector<double>& values) const { out.f64s(values); }
  void operator()(const std::vector<DoubleDouble>& values) const {
    out.u64(values.size());
    for (const DoubleDouble& value : values) out.f64(value.high), out.f64(value.low);
  }
};

struct Loading {
  Reader& in;

  void operator()(bool& value) const { value = in.flag(); }
  void operator()(FirstRow& value) const {
    value = in.flag() ? FirstRow::kLeftOut : FirstRow::kKept;
  }
  void operator()(double& value) const { value = in.f64(); }
  void operator()(std::size_t& value) const { value = static_cast<std::size_t>(in.u64()); }
  void operator()(std::vector<double>& values) const { values = in.f64s(); }
  void operator()(std::vector<DoubleDouble>& values) const {
    values.resize(in.count(2 * sizeof(double)));
    for (DoubleDouble& value : values) value.high = in.finite(), value.low = in.finite();
  }
};

template <typename Io, typename F>
void fields(const Io& io, F& fit) {
  io(fit.rho), io(fit.rho_standard_error), io(fit.iterations), io(fit.other_rhos);
  io(fit.started_elsewhere), io(fit.first_row), io(fit.rows_used), io(fit.rank);
  io(fit.centered), io(fit.inverse_r), io(fit.last_row), io(fit.last_error);
  io(fit.coefficients), io(fit.covariance), io(fit.errors), io(fit.fitted);
  io(fit.residual_ss), io(fit.total_ss), io(fit.durbin_watson), io(fit.r_squared);
  io(fit.exact);
}

// Every size on which predict and report rely, held against the ordinary fit, which is sound.
bool fits_together(const Protocol& p) {
  const AutoregressiveFit& fit = p.fit;
  const numerics::LeastSquaresFit& start = p.ordinary.fit;
  const std::size_t n = start.fitted.size();
  const std::size_t k = start.centered.kept.size() + (start.intercept ? 1 : 0);
  const std::size_t q = start.coefficients.size();
  const std::size_t used = n - (fit.first_row == FirstRow::kLeftOut && n > 0 ? 1 : 0);
  return fit.fitted.size() == n && fit.errors.size() == n && n > 0 && fit.rows_used == used &&
         fit.rank == start.rank && fit.rank < used && fit.centered.size() == k &&
         fit.inverse_r.size() == k * k && fit.last_row.size() == k &&
         fit.coefficients.size() == q && fit.covariance.size() == q * q &&
         !(std::abs(fit.rho) >= 1.0) && !(fit.residual_ss < 0.0);
}

}  // namespace

void save(const Protocol& protocol, Writer& writer) {
  writer.u32(numerics::kLinearProtocolSchema);
  numerics::save(protocol.ordinary, writer);
  fields(Saving{writer}, protocol.fit);
}

Result<Protocol> load(Reader& reader) {
  reader.must(reader.u32() == numerics::kLinearProtocolSchema, "its regression has another form");
  auto ordinary = numerics::load_linear_protocol(reader);
  if (!ordinary) return ordinary.error();
  Protocol out{*std::move(ordinary), {}, {}};
  fields(Loading{reader}, out.fit);
  reader.must(fits_together(out), "the parts of the regression differ in size");
  if (!reader.ok()) return reader.error();
  out.inference = infer(out.fit, out.ordinary.fit.intercept, out.ordinary.coverage);
  return out;
}

}  // namespace steppe::gls_ar
