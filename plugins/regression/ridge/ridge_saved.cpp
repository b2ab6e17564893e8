// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "ridge_report.hpp"

namespace steppe::ridge {
namespace {

using numerics::DoubleDouble;
using numerics::RidgeCandidate;
using numerics::RidgeChoice;

// The two directions of saved_fields(): the same list writes and reads.
struct Saving {
  Writer& out;

  void operator()(bool value) const { out.flag(value); }
  void operator()(double value) const { out.f64(value); }
  void operator()(std::size_t value) const { out.u64(value); }
  void operator()(const std::string& value) const { out.text(value); }
  void operator()(RidgeChoice value) const { out.u32(static_cast<std::uint32_t>(value)); }
  void operator()(const DoubleDouble& value) const {
    out.f64(value.high);
    out.f64(value.low);
  }
  void operator()(const RidgeCandidate& value) const {
    for (const double part :
         {value.penalty, value.degrees_of_freedom, value.residual_ss, value.gcv})
      out.f64(part);
  }
  template <typename T>
  void operator()(const std::vector<T>& values) const {
    out.u64(values.size());
    for (const T& value : values) (*this)(value);
  }
};

struct Loading {
  Reader& in;

  void operator()(bool& value) const { value = in.flag(); }
  void operator()(double& value) const { value = in.f64(); }
  void operator()(std::size_t& value) const { value = static_cast<std::size_t>(in.u64()); }
  void operator()(std::string& value) const { value = in.text(); }
  void operator()(RidgeChoice& value) const {
    const std::uint32_t number = in.u32();
    in.must(number <= static_cast<std::uint32_t>(RidgeChoice::kSmallest),
            "the way the penalty was chosen is unknown");
    value = in.ok() ? static_cast<RidgeChoice>(number) : RidgeChoice::kGiven;
  }
  void operator()(DoubleDouble& value) const {
    value.high = in.finite();
    value.low = in.finite();
  }
  void operator()(RidgeCandidate& value) const {
    for (double* part : {&value.penalty, &value.degrees_of_freedom, &value.residual_ss, &value.gcv})
      *part = in.f64();
  }
  template <typename T>
  void operator()(std::vector<T>& values) const {
    values.clear();
    const std::size_t count = in.count(8);  // the smallest T has eight bytes
    for (std::size_t i = 0; i < count && in.ok(); ++i) (*this)(values.emplace_back());
  }
};

template <typename Io, typename P>
void saved_fields(const Io& io, P& p) {
  auto& fit = p.fit;
  io(fit.intercept), io(fit.standardize), io(fit.choice), io(fit.penalty), io(fit.observations);
  io(fit.dimensions), io(fit.coefficients), io(fit.penalized), io(fit.covariance);
  io(fit.degrees_of_freedom), io(fit.residual_dof), io(fit.residual_ss), io(fit.total_ss);
  io(fit.residual_variance), io(fit.gcv), io(fit.exact), io(fit.constant_target), io(fit.fitted);
  io(fit.candidates), io(fit.constant_columns), io(fit.dependent_columns);
  io(fit.column_means), io(fit.response_mean), io(fit.slopes), io(fit.spread);
  io(p.names.regressors), io(p.names.target);
}

bool all_below(const std::vector<std::size_t>& indices, std::size_t limit) {
  return std::all_of(indices.begin(), indices.end(), [&](std::size_t i) { return i < limit; });
}

// Every size and index on which predict and report rely.
bool fits_together(const Protocol& protocol) {
  const numerics::RidgeFit& fit = protocol.fit;
  const std::size_t p = protocol.names.regressors.size();
  const std::size_t q = p + (fit.intercept ? 1 : 0);
  return fit.coefficients.size() == q && fit.penalized.size() == p &&
         fit.covariance.size() == q * q && fit.observations > 0 &&
         fit.fitted.size() == fit.observations && fit.column_means.size() == p &&
         fit.slopes.size() == p && fit.dimensions <= p && fit.spread.size() == p * fit.dimensions &&
         all_below(fit.constant_columns, p) && all_below(fit.dependent_columns, p);
}

}  // namespace

void save(const Protocol& protocol, Writer& writer) { saved_fields(Saving{writer}, protocol); }

Result<Protocol> load(Reader& reader) {
  Protocol protocol;
  saved_fields(Loading{reader}, protocol);
  reader.must(fits_together(protocol), "the parts of the regression differ in size");
  reader.must(!(protocol.fit.residual_variance < 0.0) && protocol.fit.residual_dof >= 0.0 &&
                  protocol.fit.residual_dof <= static_cast<double>(protocol.fit.observations),
              "the degrees of freedom or the error variance cannot be");
  if (!reader.ok()) return reader.error();
  return protocol;
}

}  // namespace steppe::ridge
