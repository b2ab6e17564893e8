// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/transformed_fit.hpp"

#include <cmath>

#include "steppe/numerics/saved_fields.hpp"

namespace steppe::numerics {
namespace {

OutputView view_of(std::vector<double>& values, std::size_t first, std::size_t rows,
                   std::size_t columns) {
  steppe_output out{};
  out.data = values.data() + first;
  out.rows = rows;
  out.columns = columns;
  out.row_stride = static_cast<std::int64_t>(columns);
  out.column_stride = 1;
  return OutputView(&out);
}

struct ScaleSaving : FieldWriter<ScaleSaving> {
  using FieldWriter::operator();
  void operator()(const TargetTransform& value) const {
    out.u32(static_cast<std::uint32_t>(value.kind()));
    out.f64(value.lambda());
  }
};

struct ScaleLoading : FieldReader<ScaleLoading> {
  using FieldReader::operator();
  void operator()(TargetTransform& value) const {
    const std::uint32_t kind = in.u32();
    const double lambda = in.finite();
    if (in.must(kind <= static_cast<std::uint32_t>(TransformKind::kBoxCox),
                "its transform is none of ours"))
      value = {static_cast<TransformKind>(kind), lambda};
  }
};

template <typename Io, typename Target>
void transformed_fields(const Io& io, Target& target) {
  io(target.scale.transform), io(target.scale.lambda_estimated), io(target.scale.lambda_at_limit);
  io(target.scale.mean_point), io(target.scale.target_name), io(target.fitted);
  io(target.r_squared);
}

}  // namespace

FitScaleForecasts::FitScaleForecasts(std::size_t rows, std::size_t probabilities,
                                     const RegressionForecast& out)
    : rows_(rows),
      probabilities_(probabilities),
      se_mean_wanted_(out.se_mean.wanted()),
      mean_quantiles_wanted_(out.mean_quantiles.wanted()),
      prediction_quantiles_wanted_(out.prediction_quantiles.wanted()),
      points_(3 * rows, kUndefined),
      quantiles_(2 * rows * probabilities, kUndefined) {}

RegressionForecast FitScaleForecasts::views() {
  RegressionForecast out{};
  out.mean = view_of(points_, 0, rows_, 1);
  if (se_mean_wanted_) out.se_mean = view_of(points_, rows_, rows_, 1);
  out.se_prediction = view_of(points_, 2 * rows_, rows_, 1);
  if (mean_quantiles_wanted_) out.mean_quantiles = view_of(quantiles_, 0, probabilities_, rows_);
  if (prediction_quantiles_wanted_)
    out.prediction_quantiles = view_of(quantiles_, probabilities_ * rows_, probabilities_, rows_);
  return out;
}

Result<void> FitScaleForecasts::take_back(const TargetScale& scale,
                                          const RegressionForecast& out) const {
  for (std::size_t row = 0; row < rows_; ++row) {
    const FitScaleForecast at{points_[row], points_[rows_ + row], points_[2 * rows_ + row]};
    if (auto error = find_no_number(scale, at, row)) return *std::move(error);
    write_point(scale, at, row, out);
    // The errors are not those of a t on the scale of the target.
    if (out.degrees_of_freedom.wanted()) out.degrees_of_freedom(row, 0) = kUndefined;
    for (std::size_t k = 0; k < probabilities_; ++k) {
      const std::size_t place = k * rows_ + row;
      if (mean_quantiles_wanted_)
        out.mean_quantiles(k, row) = scale.transform.back(quantiles_[place]);
      if (prediction_quantiles_wanted_)
        out.prediction_quantiles(k, row) =
            scale.transform.back(quantiles_[probabilities_ * rows_ + place]);
    }
  }
  return {};
}

void save(const TransformedTarget& target, Writer& writer) {
  transformed_fields(ScaleSaving{{writer}}, target);
}

TransformedTarget load_transformed_target(const LinearSettings& settings, Reader& reader) {
  TransformedTarget target;
  transformed_fields(ScaleLoading{{reader}}, target);
  const bool own_lambda = settings.transform == TransformKind::kBoxCox && settings.box_cox_lambda &&
                          target.scale.transform.lambda() != *settings.box_cox_lambda;
  reader.must(target.scale.transform.kind() == settings.transform &&
                  target.scale.mean_point == settings.mean_point && !own_lambda,
              "it has another transform than its options");
  return target;
}

void write_transformed(const TransformedTarget& target, bool quantile, Report& out) {
  const TargetScale& scale = target.scale;
  if (quantile) {
    out.text("transform", kTransformNames[static_cast<std::size_t>(scale.transform.kind())]);
    if (scale.transform.kind() == TransformKind::kBoxCox)
      out.scalar("box_cox_lambda", scale.transform.lambda(), "1");
  } else {
    write_scale(scale, out);
    out.scalar("r_squared_original_scale", target.r_squared, "1");
  }
  std::string name;
  name += '"';
  name += scale.target_name;
  name += '"';
  std::string text = "fitted on " + scale.text() +
                     ": every number and table of this report is of that scale, forecasts and "
                     "fitted values are of " +
                     name;
  if (!quantile) text += "; r_squared_original_scale is that of " + name + " itself";
  out.warning("transformed_target", text);
  if (scale.lambda_estimated)
    out.warning("lambda_of_least_squares",
                "box_cox_lambda is the most likely one for least squares on the same regressors, "
                "not for this estimator; standard errors and limits take it as known");
  warn_of_lambda(scale, out);
}

}  // namespace steppe::numerics
