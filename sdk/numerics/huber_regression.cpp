// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/huber_regression.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "dense_factors.hpp"
#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/equation.hpp"
#include "steppe/numerics/quantile_regression.hpp"

namespace steppe::numerics {
namespace {

using HuberRows =
    Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;
using Column = Eigen::VectorXd;

constexpr double kEquationTolerance = 1e-9;
constexpr double kNoBetter = 1e-15;    // an equation error that only rounding makes smaller
constexpr std::size_t kPatience = 10;  // iterations without a better equation, once it holds
constexpr int kRounds = 3;             // of extended residuals

// The mean of psi(z)^2 for a standard normal z.
double mean_square_psi(double k) {
  const double inside = 2.0 * normal_cdf(k) - 1.0;
  const double density = std::exp(-0.5 * k * k) / 2.5066282746310002;  // sqrt(2 pi)
  return inside + k * k * (1.0 - inside) - 2.0 * k * density;
}

class Reweighting {
 public:
  Reweighting(const OrthonormalDesign& design, const HuberSettings& settings)
      : design_(design),
        settings_(settings),
        z_(design.z.data(), static_cast<Eigen::Index>(design.rows),
           static_cast<Eigen::Index>(design.rank)),
        u_(Eigen::Map<const Column>(design.response.data(), z_.rows())),
        residuals_(u_),
        shift_(Column::Zero(z_.cols())),
        best_shift_(shift_),
        scale_(first_scale()) {}

  // Until the equation holds as well as rounding lets it. False when cancelled.
  bool run() {
    std::size_t since_best = 0;
    while (iterations_ < settings_.iterations) {
      if (settings_.cancelled && settings_.cancelled()) return false;
      scale_ = next_scale();
      if (is_exact()) return true;
      const double error = equation_error();
      ++since_best;
      if (iterations_ == 0 || error < 0.9 * best_error_) {
        best_error_ = error;
        best_shift_ = shift_;
        best_scale_ = scale_;
        since_best = 0;
      }
      if (best_error_ <= kNoBetter) return true;
      if (best_error_ <= kEquationTolerance && since_best >= kPatience) return true;
      step();
      ++iterations_;
    }
    return true;
  }

  // The residuals of most rows are no larger than their rounding.
  bool is_exact() const { return scale_ <= typical_rounding_; }
  std::size_t iterations() const { return iterations_; }
  double error() const { return best_error_; }
  double scale() const { return best_scale_; }
  std::vector<DoubleDouble> shift() const {
    return {best_shift_.data(), best_shift_.data() + best_shift_.size()};
  }

 private:
  double median_scale() const {
    std::vector<double> sizes;
    for (const double r : residuals_) sizes.push_back(std::abs(r));
    return median(std::move(sizes)) / settings_.median_deviation;
  }
  double root_mean_square() const {
    const auto rest = static_cast<double>(design_.rows - design_.rank);
    return residuals_.norm() / std::sqrt(rest);
  }
  double first_scale() const {
    const double scale = median_scale();
    return scale > 0.0 || settings_.scale == HuberScale::kMad ? scale : root_mean_square();
  }
  double next_scale() const {
    if (settings_.scale == HuberScale::kMad) return median_scale();
    const double bound = settings_.tuning * scale_;
    double sum = 0.0;
    for (const double r : residuals_) sum += std::min(r * r, bound * bound);
    const auto rest = static_cast<double>(design_.rows - design_.rank);
    return std::sqrt(sum / (rest * mean_square_psi(settings_.tuning)));
  }

  double weight(double residual) const {
    const double bound = settings_.tuning * scale_;
    return std::abs(residual) <= bound ? 1.0 : bound / std::abs(residual);
  }

  double equation_error() const {
    Column sum = Column::Zero(z_.cols());
    Column size = sum;
    for (Eigen::Index i = 0; i < z_.rows(); ++i) {
      const double psi = weight(residuals_[i]) * residuals_[i];
      sum += psi * z_.row(i).transpose();
      size += std::abs(psi) * z_.row(i).transpose().cwiseAbs();
    }
    double error = std::abs(next_scale() - scale_) / scale_;
    for (Eigen::Index j = 0; j < sum.size(); ++j)
      if (size[j] > 0.0) error = std::max(error, std::abs(sum[j]) / size[j]);
    return error;
  }

  // A step of weighted least squares on the present residuals.
  void step() {
    Eigen::MatrixXd products = Eigen::MatrixXd::Zero(z_.cols(), z_.cols());
    Column right = Column::Zero(z_.cols());
    for (Eigen::Index i = 0; i < z_.rows(); ++i) {
      const double w = weight(residuals_[i]);
      products.selfadjointView<Eigen::Lower>().rankUpdate(z_.row(i).transpose(), w);
      right += (w * residuals_[i]) * z_.row(i).transpose();
    }
    shift_ += detail::solve_positive(products, right);
    residuals_ = u_ - z_ * shift_;
  }

  const OrthonormalDesign& design_;
  const HuberSettings& settings_;
  HuberRows z_;
  Column u_;
  Column residuals_;
  Column shift_;
  Column best_shift_;
  double scale_;
  double best_scale_ = 0.0;
  double best_error_ = 0.0;
  std::size_t iterations_ = 0;
  double typical_rounding_ = median(design_.rounding);
};

// What follows from residuals and scale.
void fill_huber_inference(const HuberSettings& settings, HuberFit& fit) {
  const double bound = settings.tuning * fit.scale;
  double psi_squares = 0.0;
  double central = 0.0;
  fit.weights.clear();
  for (const double r : fit.linear.residuals) {
    const bool inside = std::abs(r) <= bound;
    fit.weights.push_back(inside ? 1.0 : bound / std::abs(r));
    psi_squares += std::min(r * r, bound * bound);
    central += inside ? 1.0 : 0.0;
  }
  const auto n = static_cast<double>(fit.linear.observations);
  const auto rank = static_cast<double>(fit.linear.rank);
  const double mean = central / n;
  const double variance = n * mean * (1.0 - mean) / (n - 1.0);  // of psi', which is 0 or 1
  const double correction = 1.0 + rank * variance / (n * mean * mean);
  fit.central_share = mean;
  fit.covariance_factor =
      mean > 0.0 ? psi_squares / (n - rank) * correction * correction / (mean * mean) : kUndefined;
}

// The fit through most of the rows: what least absolute deviations find.
Result<HuberFit> fit_of_most_rows(LeastSquaresFit start, const RegressionRows& data,
                                  const HuberSettings& settings) {
  auto median = fit_quantile(std::move(start), data, 0.5, settings.cancelled);
  if (!median) return median.error();
  HuberFit fit;
  fit.linear = std::move(median->linear);
  fit.iterations = median->iterations;
  fit.weights.assign(data.response.size(), 0.0);
  for (const std::size_t row : median->on_fit) {
    fit.weights[row] = 1.0;
    fit.linear.fitted[row] = data.response[row];
    fit.linear.residuals[row] = 0.0;
  }
  fit.central_share =
      static_cast<double>(median->on_fit.size()) / static_cast<double>(data.response.size());
  if (fit.linear.residual_dof() == 0) fit.covariance_factor = kUndefined;
  if (2 * median->on_fit.size() >= data.response.size()) return fit;
  return Error{ErrorKind::kNotConverged,
               "the scale falls to 0, but no half of the rows lies on one fit",
               {},
               "N10"};
}

Error not_converged(const HuberFit& fit) {
  return {ErrorKind::kNotConverged,
          "Huber's estimate has not converged after " + std::to_string(fit.iterations) +
              " iterations: its equation holds to " + number_text(fit.equation_error) +
              " of its terms, 1e-09 is needed; try the scale \"proposal_2\" or the start \"lad\"",
          {},
          "N10"};
}

}  // namespace

Result<HuberFit> fit_huber(LeastSquaresFit start, const RegressionRows& data,
                           const HuberSettings& settings) {
  if (start.is_exact() || start.residual_dof() == 0)
    return fit_of_most_rows(std::move(start), data, settings);
  HuberFit fit;
  fit.linear = start;
  OrthonormalDesign design;
  if (settings.start == HuberStart::kLeastAbsolute) {
    auto median = fit_quantile(start, data, 0.5, settings.cancelled);
    if (!median) return median.error();
    fit.linear = std::move(median->linear);
    design = std::move(median->design);
  } else {
    design = orthonormal_design(fit.linear, data);
    calm_start(data, fit.linear, design);
  }
  // Outliers spoil the last digits of the residuals of the start; each round has them anew, in
  // extended precision, about the estimate so far.
  for (int round = 0; round < kRounds; ++round) {
    Reweighting work(design, settings);
    if (!work.run()) return Error{ErrorKind::kCancelled, "cancelled", {}, {}};
    fit.iterations += work.iterations();
    if (work.is_exact()) return fit_of_most_rows(std::move(start), data, settings);
    fit.equation_error = work.error();
    fit.scale = work.scale();
    if (!(fit.equation_error <= kEquationTolerance)) return not_converged(fit);
    move_fit(work.shift(), data, fit.linear, design);
  }
  fill_huber_inference(settings, fit);
  return fit;
}

}  // namespace steppe::numerics
