// SPDX-License-Identifier: Apache-2.0
#include "tall_least_squares.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "centered_form.hpp"
#include "extended_basis.hpp"
#include "kernels/cross_products.hpp"
#include "tall_panel.hpp"

namespace steppe::numerics::detail {
namespace {

constexpr double kSmallest = 1e-70;  // spreads whose squares and sums keep all their digits
constexpr double kLargest = 1e70;
constexpr double kNarrow = 1e-12;      // spread beside the level: below it rounding is all there is
constexpr std::size_t kSampled = 16;   // panels from which the shifts are taken
constexpr std::size_t kCollected = 8;  // panels whose products are summed in double
constexpr double kMostDependent = 1e4;  // of trace(C^-1)
constexpr double kSettled = 1e-13;      // a correction below this, relative to y, ends refinement
constexpr double kCloseFit = 1e-10;     // share of y below which rounding shows in the residuals
constexpr int kMostRefinements = 3;

class TallProblem {
 public:
  explicit TallProblem(const LeastSquaresProblem& problem)
      : problem_(problem),
        rows_(problem.response.size()),
        p_(problem.design.columns()),
        panel_(problem) {}

  std::optional<LeastSquaresFit> solve() {
    sample_shifts();
    if (!sum_products()) return std::nullopt;
    if (!shifts_are_good()) {
      for (std::size_t j = 0; j <= p_; ++j)
        panel_.shift()[j] += sums_[j].value() / static_cast<double>(rows_);
      if (!sum_products()) return std::nullopt;
    }
    if (!factor()) return std::nullopt;
    estimate();
    for (int pass = 0; pass < kMostRefinements; ++pass) {
      if (!refine()) return std::nullopt;
      if (!(residual_square_.high > kCloseFit * product(p_, p_).high)) return std::nullopt;
      if (correction_ <= kSettled) return result();
    }
    return std::nullopt;
  }

 private:
  bool cancelled_at(std::size_t row) const {
    return row % (kPanelRows * 512) == 0 && problem_.cancelled && problem_.cancelled();
  }

  // About the means: a look at rows from all over the data spares a pass through them.
  void sample_shifts() {
    if (!problem_.intercept) return;
    const std::size_t step = rows_ / kPanelRows / kSampled * kPanelRows;
    std::vector<double> part(p_ + 1);
    std::vector<double> sums(p_ + 1, 0.0);
    for (std::size_t i = 0; i < kSampled; ++i) {
      panel_.take(i * step, part.data());  // nothing is shifted yet
      for (std::size_t j = 0; j <= p_; ++j) sums[j] += part[j];
    }
    for (std::size_t j = 0; j <= p_; ++j) {
      const double mean = sums[j] / static_cast<double>(kSampled * kPanelRows);
      panel_.shift()[j] = std::isfinite(mean) ? mean : 0.0;
    }
  }

  // Close enough to the means: taking them out leaves at least half of each sum of squares.
  bool shifts_are_good() const {
    for (std::size_t j = 0; problem_.intercept && j <= p_; ++j) {
      const double sum = sums_[j].value();
      if (!(sum * sum / static_cast<double>(rows_) <= product(j, j).high)) return false;
    }
    return true;
  }

  bool sum_products() {
    const std::size_t width = panel_.width();
    std::vector<double> lanes(width * (width + kernels_.tile) / 2 * kSumLanes, 0.0);
    std::vector<double> high(width * width, 0.0);
    std::vector<double> low(width * width, 0.0);
    std::vector<double> part(p_ + 1);
    sums_.assign(p_ + 1, {});
    std::size_t waiting = 0;
    for (std::size_t first = 0; first < rows_; first += kPanelRows) {
      if (cancelled_at(first)) return false;
      panel_.take(first, part.data());
      for (std::size_t j = 0; j <= p_; ++j) sums_[j] += part[j];
      const auto& ahead = panel_.ahead(first + kPanelRows);
      kernels_.products(panel_.data(), width, lanes.data(), ahead.data(), ahead.size());
      if (++waiting < kCollected && first + kPanelRows < rows_) continue;
      kernels_.collect(lanes.data(), width, high.data(), low.data());
      waiting = 0;
    }
    products_.clear();
    for (std::size_t i = 0; i <= p_; ++i)
      for (std::size_t j = 0; j <= i; ++j)
        products_.push_back(
            centered(two_sum(high[i * width + j], low[i * width + j]), sums_[i], sums_[j]));
    return true;
  }

  // Takes out what the shift, about the mean, has left.
  DoubleDouble centered(DoubleDouble product, DoubleDouble a, DoubleDouble b) const {
    if (!problem_.intercept) return product;
    return product - a * b / static_cast<double>(rows_);
  }

  DoubleDouble product(std::size_t i, std::size_t j) const {
    return products_[i * (i + 1) / 2 + j];
  }

  // C = L L', C with a unit diagonal. False when C^-1 is too large.
  bool factor() {
    for (std::size_t i = 0; i <= p_; ++i) {
      const double spread = std::sqrt(product(i, i).high / static_cast<double>(rows_));
      const double least = std::max(kSmallest, kNarrow * std::abs(panel_.shift()[i]));
      if (!(spread >= least && spread <= kLargest)) return false;
      length_.push_back(sqrt(product(i, i)));
    }
    lower_.assign(p_ * p_, {});
    for (std::size_t i = 0; i < p_; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        DoubleDouble rest = product(i, j) / (length_[i] * length_[j]);
        for (std::size_t k = 0; k < j; ++k) rest -= lower_[i * p_ + k] * lower_[j * p_ + k];
        if (i == j && !(rest.high > 1.0 / kMostDependent)) return false;
        lower_[i * p_ + j] = i == j ? sqrt(rest) : rest / lower_[j * p_ + j];
      }
    }
    invert();
    double trace = 0.0;
    for (const DoubleDouble& entry : inverse_) trace += entry.high * entry.high;
    return trace <= kMostDependent;
  }

  // inverse_ = L^-1
  void invert() {
    inverse_.assign(p_ * p_, {});
    for (std::size_t j = 0; j < p_; ++j) {
      for (std::size_t i = j; i < p_; ++i) {
        DoubleDouble rest = i == j ? 1.0 : 0.0;
        for (std::size_t k = j; k < i; ++k) rest -= lower_[i * p_ + k] * inverse_[k * p_ + j];
        inverse_[i * p_ + j] = rest / lower_[i * p_ + i];
      }
    }
  }

  // D^-1 C^-1 D^-1 g, D the lengths.
  std::vector<DoubleDouble> solve_small(const std::vector<DoubleDouble>& g) const {
    std::vector<DoubleDouble> half(p_);
    std::vector<DoubleDouble> out(p_);
    for (std::size_t i = 0; i < p_; ++i)
      for (std::size_t j = 0; j <= i; ++j) half[i] += inverse_[i * p_ + j] * (g[j] / length_[j]);
    for (std::size_t j = 0; j < p_; ++j) {
      for (std::size_t i = j; i < p_; ++i) out[j] += inverse_[i * p_ + j] * half[i];
      out[j] = out[j] / length_[j];
    }
    return out;
  }

  void estimate() {
    std::vector<DoubleDouble> g;
    for (std::size_t j = 0; j < p_; ++j) g.push_back(product(p_, j));
    slopes_ = solve_small(g);
  }

  // Residuals of the slopes as they are; then the slopes are corrected by what these still explain.
  bool refine() {
    std::vector<double> rounded;
    DoubleDouble level = sums_[p_];
    for (std::size_t j = 0; j < p_; ++j) {
      rounded.push_back(slopes_[j].value());
      slopes_[j] = rounded[j];
      level -= slopes_[j] * sums_[j];
    }
    const double n = static_cast<double>(rows_);
    const double constant = problem_.intercept ? (level / n).value() : 0.0;
    std::vector<DoubleDouble> g(p_ + 1);
    std::vector<double> part(p_ + 2);
    residuals_.resize(rows_ + kPanelRows);
    residual_square_ = {};
    for (std::size_t first = 0; first < rows_; first += kPanelRows) {
      if (cancelled_at(first)) return false;
      kernels_.residuals(panel_.look(first), panel_.rows_at(first), rounded.data(), constant,
                         residuals_.data() + first, part.data());
      for (std::size_t j = 0; j <= p_; ++j) g[j] += part[j];
      residual_square_ += part[p_ + 1];
    }
    correct(g);
    return true;
  }

  void correct(std::vector<DoubleDouble>& g) {
    const DoubleDouble rest = g[p_];
    for (std::size_t j = 0; j < p_; ++j) g[j] = centered(g[j], sums_[j], rest);
    residual_square_ = centered(residual_square_, rest, rest);
    const std::vector<DoubleDouble> change = solve_small(g);
    double largest = 0.0;
    for (std::size_t j = 0; j < p_; ++j) {
      slopes_[j] += change[j];
      residual_square_ -= change[j] * g[j];
      largest = std::max(largest, magnitude(change[j] * length_[j] / length_[p_]));
    }
    correction_ = largest;
  }

  CenteredForm centered_form() const {
    CenteredForm form;
    const double n = static_cast<double>(rows_);
    const auto mean = [&](std::size_t j) {
      return problem_.intercept ? panel_.shift()[j] + sums_[j] / n : DoubleDouble();
    };
    form.inverse_r.assign(p_ * p_, {});
    for (std::size_t i = 0; i < p_; ++i) {
      form.kept.push_back(i);
      form.column_means.push_back(mean(i));
      for (std::size_t j = i; j < p_; ++j)
        form.inverse_r[i * p_ + j] = inverse_[j * p_ + i] / length_[i];
    }
    form.slopes = slopes_;
    form.response_mean = mean(p_);
    if (problem_.intercept) form.inverse_total_weight = DoubleDouble(1.0) / n;
    return form;
  }

  double condition_number() const {
    if (p_ < 2) return 1.0;
    std::vector<std::vector<double>> columns(p_, std::vector<double>(p_, 0.0));
    for (std::size_t k = 0; k < p_; ++k)
      for (std::size_t i = 0; i <= k; ++i) columns[k][i] = lower_[k * p_ + i].value();
    return singular_value_ratio(std::move(columns));
  }

  // b'X'Xb, from R b.
  DoubleDouble explained() const {
    DoubleDouble sum;
    for (std::size_t i = 0; i < p_; ++i) {
      DoubleDouble entry;
      for (std::size_t k = i; k < p_; ++k) entry += lower_[k * p_ + i] * slopes_[k] * length_[k];
      sum += entry * entry;
    }
    return sum;
  }

  LeastSquaresFit result() {
    LeastSquaresFit fit;
    fit.intercept = problem_.intercept;
    fit.observations = rows_;
    fit.rank = p_ + (problem_.intercept ? 1 : 0);
    fit.condition_number = condition_number();
    fit.centered = centered_form();
    fill_coefficients(fit, p_, {});
    fit.regression_ss = explained().value();
    fit.residual_ss = residual_square_.value();
    fit.total_ss = product(p_, p_).value();
    const double n = static_cast<double>(rows_);
    fit.response_ss =
        fit.total_ss + (problem_.intercept ? n * panel_.shift()[p_] * panel_.shift()[p_] : 0);
    residuals_.resize(rows_);
    fit.residuals = std::move(residuals_);
    fit.fitted.resize(rows_);
    for (std::size_t i = 0; i < rows_; ++i) fit.fitted[i] = problem_.response[i] - fit.residuals[i];
    return fit;
  }

  const CrossProductTable& kernels_ = cross_products();
  const LeastSquaresProblem& problem_;
  std::size_t rows_;
  std::size_t p_;
  Panel panel_;
  std::vector<DoubleDouble> sums_;      // of the shifted columns, the response last
  std::vector<DoubleDouble> products_;  // lower triangle, centred, the response last
  std::vector<DoubleDouble> length_;    // of each centred column, the response last
  std::vector<DoubleDouble> lower_;     // L, p x p row-major
  std::vector<DoubleDouble> inverse_;   // L^-1
  std::vector<DoubleDouble> slopes_;
  std::vector<double> residuals_;
  DoubleDouble residual_square_;
  double correction_ = 0.0;  // the last change of the slopes, in lengths of the response
};

}  // namespace

std::optional<LeastSquaresFit> solve_tall(const LeastSquaresProblem& problem) {
  const std::size_t n = problem.response.size();
  const std::size_t p = problem.design.columns();
  if (n < kTallRows || p == 0 || n < 20 * p || problem.design.rows() != n) return std::nullopt;
  if (!problem.weights.empty() || problem.design.has_missing()) return std::nullopt;
  for (const int degree : problem.degrees)
    if (degree != 1) return std::nullopt;
  return TallProblem(problem).solve();
}

}  // namespace steppe::numerics::detail
