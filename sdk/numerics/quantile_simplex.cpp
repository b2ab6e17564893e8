// SPDX-License-Identifier: Apache-2.0
#include "quantile_simplex.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "dense_factors.hpp"

namespace steppe::numerics::detail {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

constexpr double kFlat = 1e-10;      // a slope, relative to the weights it is a sum of
constexpr double kParallel = 1e-11;  // a row that an edge leaves as it is

// A row that the edge crosses: where, how the perturbation breaks a tie, and what it adds to the
// slope.
struct Crossing {
  double at;
  double tie;
  double weight;
  std::size_t row;
  bool before(const Crossing& other) const {
    if (at != other.at) return at < other.at;
    return tie != other.tie ? tie < other.tie : row < other.row;
  }
};

struct Edge {
  std::size_t leaving = 0;  // position in the basis
  bool upwards = true;      // the residual of the leaving row grows
  double slope = 0.0;       // per unit of that residual
  double drift = 0.0;       // change of slope per unit of tau
  bool found = false;
};

class Simplex {
 public:
  Simplex(const OrthonormalDesign& design, double tau)
      : design_(design),
        tau_(tau),
        n_(design.rows),
        p_(design.rank),
        z_(design.z.data(), static_cast<Eigen::Index>(n_), static_cast<Eigen::Index>(p_)),
        u_(design.response.data(), static_cast<Eigen::Index>(n_)),
        column_sums_(z_.colwise().sum().transpose()),
        norms_(z_.rowwise().norm()),
        subgradient_(Vector::Zero(static_cast<Eigen::Index>(n_))) {}

  Result<QuantileVertex> run(std::vector<std::size_t> basis, const QuantileStart& start) {
    basis_ = std::move(basis);
    const std::size_t limit = 1000 + 50 * (n_ + p_);
    for (std::size_t iteration = 0; iteration < limit; ++iteration) {
      if (start.cancelled && start.cancelled())
        return Error{ErrorKind::kCancelled, "cancelled", {}, {}};
      if (!stand()) return lost_basis();
      const Edge edge = steepest();
      if (!edge.found) return vertex(iteration);
      if (!walk(edge)) return vertex(iteration);
    }
    return Error{ErrorKind::kNotConverged,
                 "the quantile regression has not ended after " + std::to_string(limit) +
                     " steps from vertex to vertex",
                 {},
                 "N10"};
  }

 private:
  static Error lost_basis() {
    return {ErrorKind::kRankDeficient,
            "rounding leaves no rows that determine the coefficients",
            {},
            "N4"};
  }

  // Everything at the vertex of the present basis; false for rows that do not determine one.
  bool stand() {
    const auto p = static_cast<Eigen::Index>(p_);
    Matrix rows(p, p);
    Vector values(p);
    Vector moves(p);
    in_basis_.assign(n_, false);
    for (Eigen::Index k = 0; k < p; ++k) {
      const std::size_t row = basis_[static_cast<std::size_t>(k)];
      in_basis_[row] = true;
      rows.row(k) = z_.row(static_cast<Eigen::Index>(row));
      values[k] = u_[static_cast<Eigen::Index>(row)];
      moves[k] = tie_move(row);
    }
    inverse_ = inverse_of(rows);
    if (!inverse_.allFinite()) return false;
    shift_ = inverse_ * values;
    shift_ += inverse_ * (values - rows * shift_);  // one step of refinement
    tie_shift_ = inverse_ * moves;
    residuals_ = u_ - z_ * shift_;
    sum_signs();
    return true;
  }

  double tie_move(std::size_t row) const { return scatter(row); }
  // How the perturbation moves the residual of a row.
  double tie_residual(std::size_t row) const {
    return tie_move(row) - z_.row(static_cast<Eigen::Index>(row)).dot(tie_shift_);
  }

  // The sum of z_i psi_i over the rows that are not in the basis, and the duals of the basis that
  // balance it.
  void sum_signs() {
    ties_.clear();
    Vector below = Vector::Zero(static_cast<Eigen::Index>(p_));
    Vector held = below;
    for (std::size_t i = 0; i < n_; ++i) {
      const auto row = static_cast<Eigen::Index>(i);
      if (in_basis_[i]) {
        residuals_[row] = 0.0;
        held += z_.row(row).transpose();
        continue;  // its part follows from the others
      }
      bool negative = residuals_[row] < 0.0;
      if (std::abs(residuals_[row]) <= design_.rounding[i]) {
        residuals_[row] = 0.0;
        ties_.push_back(i);
        negative = tie_residual(i) < 0.0;
      }
      if (negative) below += z_.row(row).transpose();
      subgradient_[row] = negative ? tau_ - 1.0 : tau_;
    }
    sum_ = tau_ * (column_sums_ - held) - below;
    duals_ = -(inverse_.transpose() * sum_);
  }

  double length_of(std::size_t position) const {
    return inverse_.col(static_cast<Eigen::Index>(position)).norm();
  }

  // The steepest edge per unit of length, by the slope and, where that is 0, by what a lower tau
  // makes of it.
  Edge steepest() {
    unique_ = true;
    excess_ = 0.0;
    Edge best;
    double best_score = 0.0;
    const double scale = 1.0 + static_cast<double>(p_);
    for (std::size_t j = 0; j < p_; ++j) {
      const double dual = duals_[static_cast<Eigen::Index>(j)];
      excess_ = std::max({excess_, dual - tau_, tau_ - 1.0 - dual});
      for (const bool upwards : {true, false}) {
        const double slope = upwards ? tau_ - dual : dual - (tau_ - 1.0);
        const double drift = drift_of(j, upwards);
        const bool flat = std::abs(slope) <= kFlat * scale;
        unique_ = unique_ && !flat;
        const bool level = std::abs(drift) <= kFlat * static_cast<double>(n_) * length_of(j);
        const bool falls = flat ? drift > 0.0 && !level : slope < 0.0;
        if (!falls) continue;
        // Any real slope comes before a flat one.
        const double score = flat ? 1e-300 * drift / length_of(j) : -slope / length_of(j);
        if (best.found && score <= best_score) continue;
        best = {j, upwards, flat ? 0.0 : slope, level ? 0.0 : drift, true};
        best_score = score;
      }
    }
    return best;
  }

  // The derivative of the slope by tau is that of -sum z_i'd: positive means a lower tau falls.
  double drift_of(std::size_t position, bool upwards) const {
    const double along = column_sums_.dot(inverse_.col(static_cast<Eigen::Index>(position)));
    return upwards ? along : -along;
  }

  // To the minimum along the edge: the row that stops it enters the basis. False where nothing
  // does, which only rounding can bring about.
  bool walk(const Edge& edge) {
    // c moves by d, the residual of row i by -z_i'd per unit.
    Vector direction = inverse_.col(static_cast<Eigen::Index>(edge.leaving));
    if (edge.upwards) direction = -direction;
    const double length = direction.norm();
    const Vector along = z_ * direction;
    collect(along, length);
    const Crossing* stop = minimum(edge);
    if (stop == nullptr) return false;
    basis_[edge.leaving] = stop->row;
    return true;
  }

  void collect(const Vector& along, double length) {
    crossings_.clear();
    std::size_t next_tie = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      const auto row = static_cast<Eigen::Index>(i);
      const bool tie = next_tie < ties_.size() && ties_[next_tie] == i;
      if (tie) ++next_tie;
      if (in_basis_[i]) continue;
      const double speed = along[row];
      const double place = tie ? tie_residual(i) : residuals_[row];
      if (!(place * speed > 0.0)) continue;
      if (std::abs(speed) <= kParallel * length * norms_[row]) continue;
      const double at = tie ? 0.0 : residuals_[row] / speed;
      crossings_.push_back({at, tie ? place / speed : 0.0, std::abs(speed), i});
    }
  }

  // The first crossing after which the slope no longer falls: by halves, without sorting them all.
  const Crossing* minimum(const Edge& edge) {
    double slope = edge.slope;
    auto first = crossings_.begin();
    auto last = crossings_.end();
    const auto rises = [&](double value, double weights) {
      if (value > kFlat * weights) return true;
      return value >= -kFlat * weights && edge.drift <= 0.0;
    };
    const auto before = [](const Crossing& a, const Crossing& b) { return a.before(b); };
    const Crossing* stop = nullptr;
    while (first != last) {
      const auto middle = first + (last - first) / 2;
      std::nth_element(first, middle, last, before);
      double weights = 0.0;
      for (auto it = first; it <= middle; ++it) weights += it->weight;
      if (rises(slope + weights, std::abs(slope) + weights)) {
        stop = &*middle;
        last = middle;
      } else {
        slope += weights;
        first = middle + 1;
      }
    }
    return stop;
  }

  QuantileVertex vertex(std::size_t iterations) const {
    QuantileVertex out;
    out.shift.assign(shift_.data(), shift_.data() + p_);
    out.residuals.assign(residuals_.data(), residuals_.data() + n_);
    out.excess = excess_;
    out.unique = unique_;
    out.iterations = iterations;
    out.subgradient.assign(subgradient_.data(), subgradient_.data() + n_);
    for (std::size_t k = 0; k < p_; ++k)
      out.subgradient[basis_[k]] = duals_[static_cast<Eigen::Index>(k)];
    out.basis = basis_;
    std::ranges::sort(out.basis);
    std::merge(out.basis.begin(), out.basis.end(), ties_.begin(), ties_.end(),
               std::back_inserter(out.on_fit));
    return out;
  }

  const OrthonormalDesign& design_;
  double tau_;
  std::size_t n_;
  std::size_t p_;
  Eigen::Map<const Matrix> z_;
  Eigen::Map<const Vector> u_;
  Vector column_sums_;
  Vector norms_;
  std::vector<std::size_t> basis_;
  std::vector<char> in_basis_;
  std::vector<std::size_t> ties_;  // ascending; residual 0, not in the basis
  std::vector<Crossing> crossings_;
  Matrix inverse_;
  Vector shift_;
  Vector tie_shift_;
  Vector residuals_;
  Vector sum_;
  Vector subgradient_;
  Vector duals_;
  double excess_ = 0.0;
  bool unique_ = true;
};

}  // namespace

Result<QuantileVertex> solve_quantile(const OrthonormalDesign& design, double tau,
                                      const QuantileStart& start) {
  std::vector<std::size_t> basis = quantile_start(design, tau, start);
  if (basis.size() != design.rank)
    return Error{ErrorKind::kRankDeficient,
                 "rounding leaves no rows that determine the coefficients",
                 {},
                 "N4"};
  return Simplex(design, tau).run(std::move(basis), start);
}

}  // namespace steppe::numerics::detail
