// SPDX-License-Identifier: Apache-2.0

// A fit of an elastic net as bytes, schema 1: every number in the order of saved_fields(), vectors
// with their length before them. Sizes and indices must fit one another.

#include <algorithm>
#include <cmath>

#include "steppe/numerics/elastic_net_regression.hpp"
#include "steppe/numerics/saved_fields.hpp"

namespace steppe::numerics {
namespace {

// The two directions of saved_fields(): the same list writes and reads.
struct NetSaving : FieldWriter<NetSaving> {
  using FieldWriter::operator();
  void operator()(const PathPoint& value) const {
    out.u64(value.nonzero);
    for (const double part : {value.penalty, value.degrees_of_freedom, value.residual_ss,
                              value.criterion, value.criterion_error})
      out.f64(part);
  }
};

struct NetLoading : FieldReader<NetLoading> {
  using FieldReader::operator();
  void operator()(PathPoint& value) const {
    value.nonzero = static_cast<std::size_t>(in.u64());
    for (double* part : {&value.penalty, &value.degrees_of_freedom, &value.residual_ss,
                         &value.criterion, &value.criterion_error})
      *part = in.f64();
  }
};

bool columns_below(const std::vector<std::size_t>& columns, std::size_t limit) {
  return std::all_of(columns.begin(), columns.end(), [&](std::size_t j) { return j < limit; });
}

}  // namespace

template <typename Io, typename Self>
void ElasticNetRegressionFit::saved_fields(const Io& io, Self& self) {
  auto& fit = self.fit_;
  io(fit.intercept), io(fit.standardize), io(fit.mix), io(fit.penalty), io(fit.observations);
  io(fit.coefficients), io(fit.penalized), io(fit.nonzero), io(fit.degrees_of_freedom);
  io(fit.residual_dof), io(fit.residual_ss), io(fit.total_ss), io(fit.residual_variance);
  io(fit.exact), io(fit.constant_target), io(fit.optimality), io(fit.path), io(fit.chosen);
  io(fit.fitted), io(fit.constant_columns), io(fit.dependent_columns), io(fit.exchangeable);
  io(fit.column_means), io(fit.response_mean), io(fit.slopes), io(fit.active), io(fit.spread);
  io(self.names_.regressors), io(self.names_.target);
  io(self.select_), io(self.folds_), io(self.one_standard_error_);
}

// Every size and index on which predict and report rely.
bool ElasticNetRegressionFit::fits_together() const {
  const std::size_t p = names_.regressors.size();
  const std::size_t k = fit_.active.size();
  return fit_.coefficients.size() == p + (fit_.intercept ? 1 : 0) && fit_.penalized.size() == p &&
         fit_.observations > 0 && fit_.fitted.size() == fit_.observations &&
         fit_.column_means.size() == p && fit_.slopes.size() == p && k <= p &&
         fit_.spread.size() == k * k && columns_below(fit_.active, p) &&
         (fit_.path.empty() || fit_.chosen < fit_.path.size()) &&
         columns_below(fit_.constant_columns, p) && columns_below(fit_.dependent_columns, p) &&
         columns_below(fit_.exchangeable, p);
}

void ElasticNetRegressionFit::save(Writer& writer) const { saved_fields(NetSaving{writer}, *this); }

Result<std::unique_ptr<ElasticNetRegressionFit>> ElasticNetRegressionFit::load(
    const ElasticNetSettings& settings, Reader& reader) {
  auto made = std::make_unique<ElasticNetRegressionFit>();
  saved_fields(NetLoading{reader}, *made);
  const ElasticNetFit& fit = made->fit_;
  reader.must(made->fits_together(), "the parts of the regression differ in size");
  reader.must(!(fit.residual_variance < 0.0) && fit.residual_dof >= 0.0 &&
                  fit.residual_dof <= static_cast<double>(fit.observations),
              "the degrees of freedom or the error variance cannot be");
  reader.must(fit.intercept == settings.intercept && fit.standardize == settings.standardize &&
                  fit.mix == settings.mix,
              "it has another intercept, scale or mix than its options");
  if (!reader.ok()) return reader.error();
  return made;
}

}  // namespace steppe::numerics
