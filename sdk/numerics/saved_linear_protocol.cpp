// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cmath>

#include "steppe/numerics/linear_protocol.hpp"
#include "steppe/numerics/saved_fields.hpp"

namespace steppe::numerics {
namespace {

// The two directions of protocol_fields(): the same list of fields writes and reads.
struct SavingProtocol : FieldWriter<SavingProtocol> {
  using FieldWriter::operator();
  void operator()(CovarianceKind value) const { out.u64(static_cast<std::uint64_t>(value)); }
  void operator()(const TargetTransform& value) const {
    out.u64(static_cast<std::uint64_t>(value.kind()));
    out.f64(value.lambda());
  }
  void operator()(const DesignTerm& value) const {
    out.u64(value.column);
    out.u64(static_cast<std::uint64_t>(value.power));
  }
  void operator()(const DependentColumn& value) const {
    out.u64(value.column);
    (*this)(value.depends_on);
    (*this)(value.factors);
  }
};

struct LoadingProtocol : FieldReader<LoadingProtocol> {
  using FieldReader::operator();
  void operator()(CovarianceKind& value) const {
    const std::uint64_t kind = in.u64();
    if (in.must(kind <= static_cast<std::uint64_t>(CovarianceKind::kNeweyWest),
                "its covariance is none of ours"))
      value = static_cast<CovarianceKind>(kind);
  }
  void operator()(TargetTransform& value) const {
    const std::uint64_t kind = in.u64();
    const double lambda = in.finite();
    if (in.must(kind <= static_cast<std::uint64_t>(TransformKind::kBoxCox),
                "its transform is none of ours"))
      value = {static_cast<TransformKind>(kind), lambda};
  }
  void operator()(DesignTerm& value) const {
    value.column = static_cast<std::size_t>(in.u64());
    const std::uint64_t power = in.u64();
    if (in.must(power >= 1 && power <= 1000, "its powers are none of ours"))
      value.power = static_cast<int>(power);
  }
  void operator()(DependentColumn& value) const {
    value.column = static_cast<std::size_t>(in.u64());
    (*this)(value.depends_on);
    (*this)(value.factors);
  }
};

// What schema 2 added.
template <typename Io, typename P>
void later_protocol_fields(const Io& io, P& p) {
  io(p.least_weight), io(p.largest_weight), io(p.covariance), io(p.covariance_lag), io(p.filling);
  io(p.transform), io(p.lambda_estimated), io(p.lambda_at_limit), io(p.mean_point);
  io(p.fitted_original), io(p.r_squared_original);
  io(p.fit.centered.terms), io(p.fit.centered.shifts), io(p.fit.centered.dependencies);
}

template <typename Io, typename P>
void protocol_fields(const Io& io, P& p) {
  io(p.fit.intercept), io(p.fit.observations), io(p.fit.rank), io(p.fit.coefficients);
  io(p.fit.covariance), io(p.fit.dropped), io(p.fit.fitted), io(p.fit.residuals);
  io(p.fit.leverages), io(p.fit.condition_number), io(p.fit.residual_ss);
  io(p.fit.regression_ss), io(p.fit.total_ss), io(p.fit.response_ss);
  io(p.fit.centered.kept), io(p.fit.centered.column_means), io(p.fit.centered.slopes);
  io(p.fit.centered.inverse_r), io(p.fit.centered.response_mean);
  io(p.fit.centered.inverse_total_weight);
  auto& inference = p.inference;
  io(inference.exact), io(inference.constant_target), io(inference.regression_dof);
  io(inference.residual_dof), io(inference.total_dof), io(inference.regression_ss);
  io(inference.residual_ss), io(inference.total_ss), io(inference.residual_variance);
  io(inference.residual_deviation), io(inference.r_squared), io(inference.adjusted_r_squared);
  io(inference.multiple_r), io(inference.f), io(inference.significance_f);
  io(inference.durbin_watson), io(inference.log_likelihood), io(inference.aicc);
  io(inference.bic), io(inference.standard_error), io(inference.t), io(inference.p);
  io(inference.lower), io(inference.upper), io(inference.covariance);
  io(inference.standardized_residual), io(inference.cooks_distance);
  io(p.regressor_names), io(p.target_name), io(p.coverage);
}

bool indices_below(const std::vector<std::size_t>& indices, std::size_t limit) {
  return std::all_of(indices.begin(), indices.end(), [&](std::size_t i) { return i < limit; });
}

bool dependencies_hold(const std::vector<DependentColumn>& dependencies, std::size_t q) {
  return std::all_of(dependencies.begin(), dependencies.end(), [q](const DependentColumn& d) {
    return d.column < q && indices_below(d.depends_on, q) &&
           d.factors.size() == d.depends_on.size();
  });
}

// Powers follow one another, and have their shifts and their own dependencies; or there are none.
bool powers_fit_together(const LinearProtocol& p, std::size_t q) {
  const CenteredForm& form = p.fit.centered;
  const std::size_t regressors = p.regressor_names.size();
  if (form.terms.empty()) return form.shifts.empty() && form.dependencies.empty();
  std::vector<int> degrees(regressors, 0);
  for (const DesignTerm& term : form.terms)
    if (term.column >= regressors || ++degrees[term.column] != term.power) return false;
  return form.terms == design_terms(regressors, degrees) && form.shifts.size() == regressors &&
         form.dependencies.size() == p.fit.dropped.size() &&
         dependencies_hold(form.dependencies, q);
}

// Every index and size on which predict and report rely.
bool protocol_fits_together(const LinearProtocol& p) {
  const std::size_t regressors = p.regressor_names.size();
  const std::size_t terms = p.fit.has_powers() ? p.fit.centered.terms.size() : regressors;
  const std::size_t q = terms + (p.fit.intercept ? 1 : 0);
  const std::size_t n = p.fit.fitted.size();
  const std::size_t judged = p.fit.leverages.empty() ? 0 : n;  // of many rows none is
  const std::size_t kept = p.fit.centered.kept.size();
  bool good = p.fit.coefficients.size() == q && p.fit.covariance.size() == q * q &&
              p.fit.observations <= n && p.fit.rank <= q && p.fit.residuals.size() == n &&
              p.fit.leverages.size() == judged &&
              p.inference.standardized_residual.size() == judged &&
              p.inference.cooks_distance.size() == judged && p.inference.covariance.size() == q * q;
  for (const auto* column : {&p.inference.standard_error, &p.inference.t, &p.inference.p,
                             &p.inference.lower, &p.inference.upper}) {
    good = good && column->size() == q;
  }
  good = good && indices_below(p.fit.centered.kept, terms) &&
         p.fit.centered.column_means.size() == kept && p.fit.centered.slopes.size() == kept &&
         p.fit.centered.inverse_r.size() == kept * kept;
  const bool robust = p.covariance != CovarianceKind::kClassical;
  good = good && p.filling.size() == (robust ? (kept + 1) * (kept + 1) : 0) &&
         p.fitted_original.size() == (p.transform.changes() ? n : 0);
  return good && dependencies_hold(p.fit.dropped, q) && powers_fit_together(p, q);
}

}  // namespace

void save(const LinearProtocol& protocol, Writer& writer) {
  protocol_fields(SavingProtocol{writer}, protocol);
  later_protocol_fields(SavingProtocol{writer}, protocol);
}

Result<LinearProtocol> load_linear_protocol(Reader& reader, std::uint32_t schema) {
  LinearProtocol protocol;
  protocol_fields(LoadingProtocol{reader}, protocol);
  if (schema >= 2) later_protocol_fields(LoadingProtocol{reader}, protocol);
  reader.must(protocol_fits_together(protocol), "the parts of the regression differ in size");
  reader.must(protocol.coverage > 0 && protocol.coverage < 1,
              "the coverage is not between 0 and 1");
  const auto degrees = static_cast<double>(protocol.fit.residual_dof());
  reader.must(
      protocol.inference.residual_dof == degrees && !(protocol.inference.residual_deviation < 0),
      "the degrees of freedom or the standard error cannot be");
  if (!reader.ok()) return reader.error();
  return protocol;
}

}  // namespace steppe::numerics
