// SPDX-License-Identifier: Apache-2.0

// A fit of regression.panel as bytes: what forecasts, fitted values and the report need.

#include <algorithm>
#include <functional>

#include "panel_protocol.hpp"
#include "steppe/numerics/saved_fields.hpp"

namespace steppe::panel {
namespace {

struct SavingPanel : numerics::FieldWriter<SavingPanel> {
  using FieldWriter::operator();
  void operator()(const numerics::DependentColumn& value) const {
    (*this)(value.column), (*this)(value.depends_on), (*this)(value.factors);
  }
};

struct LoadingPanel : numerics::FieldReader<LoadingPanel> {
  using FieldReader::operator();
  void operator()(numerics::DependentColumn& value) const {
    (*this)(value.column), (*this)(value.depends_on), (*this)(value.factors);
  }
};

// Effects and covariance come before, as numbers.
template <typename Io, typename P>
void panel_fields(const Io& io, P& p) {
  auto& fit = p.fit;
  io(p.numbers), io(p.names), io(p.target), io(p.coverage);
  io(fit.observations), io(fit.rank), io(fit.rows), io(fit.filling), io(fit.coefficients);
  io(fit.standard_errors), io(fit.response_means), io(fit.column_means), io(fit.effect);
  io(fit.effect_error), io(fit.fitted), io(fit.residual_ss), io(fit.total_ss);
  io(fit.residual_dof), io(fit.residual_variance), io(fit.test_dof), io(fit.r_squared);
  io(fit.r_squared_within), io(fit.r_squared_between), io(fit.r_squared_overall), io(fit.f);
  io(fit.significance_f), io(fit.effects_f), io(fit.effects_significance), io(fit.exact);
  io(fit.constant_target);
  auto& slopes = fit.slopes;
  io(slopes.intercept), io(slopes.coefficients), io(slopes.dropped), io(slopes.condition_number);
  auto& form = slopes.centered;
  io(form.kept), io(form.column_means), io(form.slopes), io(form.inverse_r);
  io(form.response_mean), io(form.inverse_total_weight);
}

bool all_below(const std::vector<std::size_t>& indices, std::size_t limit) {
  return std::all_of(indices.begin(), indices.end(), [&](std::size_t i) { return i < limit; });
}

bool slopes_fit_together(const numerics::LeastSquaresFit& slopes, std::size_t q, std::size_t p) {
  const numerics::CenteredForm& form = slopes.centered;
  const std::size_t kept = form.kept.size();
  const bool dependencies =
      std::all_of(slopes.dropped.begin(), slopes.dropped.end(), [&](const auto& d) {
        return d.column < q && all_below(d.depends_on, q) &&
               d.factors.size() == d.depends_on.size();
      });
  return dependencies && slopes.coefficients.size() == q && kept <= p && all_below(form.kept, p) &&
         form.column_means.size() == kept && form.slopes.size() == kept &&
         form.inverse_r.size() == kept * kept;
}

// Every index and size on which forecasts and report rely.
bool panel_fits_together(const Protocol& protocol) {
  const numerics::PanelFit& fit = protocol.fit;
  const bool fixed = fit.effects == numerics::PanelEffects::kFixed;
  const std::size_t p = protocol.names.size();
  const std::size_t q = fixed ? p : p + 1;
  const std::size_t groups = protocol.numbers.size();
  const std::size_t own = fixed ? groups : 0;
  const std::size_t size = fit.slopes.centered.kept.size() + 1;
  std::size_t rows = 0;
  for (const std::size_t of_key : fit.rows) {
    if (of_key == 0 || of_key > fit.fitted.size()) return false;
    rows += of_key;
  }
  const bool rising = std::adjacent_find(protocol.numbers.begin(), protocol.numbers.end(),
                                         std::greater_equal<>()) == protocol.numbers.end();
  return groups > 0 && rising && fit.rows.size() == groups && rows == fit.fitted.size() &&
         fit.observations == rows && fit.rank <= rows && fit.filling.size() == size * size &&
         fit.coefficients.size() == q && fit.standard_errors.size() == q &&
         fit.response_means.size() == own && fit.column_means.size() == own * p &&
         fit.effect.size() == own && fit.effect_error.size() == own &&
         fit.slopes.intercept != fixed && slopes_fit_together(fit.slopes, q, p);
}

bool numbers_are_sound(const Protocol& protocol) {
  const numerics::PanelFit& fit = protocol.fit;
  return protocol.coverage > 0.0 && protocol.coverage < 1.0 && !(fit.residual_variance < 0.0) &&
         fit.residual_dof == static_cast<double>(fit.observations - fit.rank);
}

}  // namespace

void save(const Protocol& protocol, Writer& writer) {
  writer.u32(static_cast<std::uint32_t>(protocol.fit.effects));
  writer.u32(static_cast<std::uint32_t>(protocol.fit.covariance));
  panel_fields(SavingPanel{{writer}}, protocol);
}

Result<Protocol> load(Reader& reader) {
  Protocol protocol;
  const std::uint32_t effects = reader.u32();
  const std::uint32_t covariance = reader.u32();
  if (!reader.must(effects <= 1 && covariance <= 2, "its effects or covariance are none of ours"))
    return reader.error();
  protocol.fit.effects = static_cast<numerics::PanelEffects>(effects);
  protocol.fit.covariance = static_cast<numerics::PanelCovariance>(covariance);
  panel_fields(LoadingPanel{{reader}}, protocol);
  reader.must(panel_fits_together(protocol), "the parts of the regression differ in size");
  reader.must(numbers_are_sound(protocol),
              "the degrees of freedom or the standard error cannot be");
  if (!reader.ok()) return reader.error();
  return protocol;
}

}  // namespace steppe::panel
