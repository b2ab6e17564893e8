// SPDX-License-Identifier: Apache-2.0
#include "sparse_solver.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "dense_factors.hpp"

namespace steppe::numerics::detail {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int kSweeps = 40;           // of coordinate descent, before the exact search
constexpr double kSettled = 1e-8;     // a sweep that changes no fit by more ends the descent
constexpr double kInside = 1e-12;     // of the largest gradient: a column out of the model
constexpr double kDependent = 1e-11;  // of a diagonal entry in the largest

double sign_of(double value) { return value < 0.0 ? -1.0 : 1.0; }

// Moved towards 0 by `by`.
double softened(double value, double by) {
  const double size = std::abs(value) - by;
  return size > 0.0 ? std::copysign(size, value) : 0.0;
}

}  // namespace

struct SparseSolver::State {
  State(const ReducedProblem& problem_in, std::function<bool()> stop)
      : r(problem_in.r.data(), static_cast<Index>(problem_in.rows),
          static_cast<Index>(problem_in.columns)),
        c(problem_in.c.data(), static_cast<Index>(problem_in.rows)),
        problem(&problem_in),
        squares(r.colwise().squaredNorm()),
        beta(VectorXd::Zero(r.cols())),
        cancelled(std::move(stop)) {
    if (r.cols() > 0 && r.rows() > 0) scale = (r.transpose() * c).cwiseAbs().maxCoeff();
  }

  Eigen::Map<const MatrixXd> r;
  Eigen::Map<const VectorXd> c;
  const ReducedProblem* problem;
  VectorXd squares;
  VectorXd beta;
  double scale = 0.0;
  std::function<bool()> cancelled;
  std::vector<Index> active;  // columns of the model, in order of entry
  VectorXd signs;             // of all columns; those of the active ones count

  bool stop() const { return cancelled && cancelled(); }
  bool descend(double sparse, double smooth);
  double sweep(double sparse, double smooth, bool all, VectorXd& residual);
  bool search(double sparse, double smooth);
  bool settle(double sparse, double smooth);
  bool leave_dependency();
  VectorXd solve_active(double sparse, double smooth) const;
  MatrixXd active_columns() const;
  MatrixXd factor(double smooth) const;
  void step_towards(const VectorXd& target);
  void drop_zeros();
  VectorXd gradient(double smooth) const;
  double breach(double sparse, double smooth) const;
};

// One pass over the columns; the largest change of the fit, squared.
double SparseSolver::State::sweep(double sparse, double smooth, bool all, VectorXd& residual) {
  double largest = 0.0;
  for (Index j = 0; j < r.cols(); ++j) {
    if (squares[j] == 0.0 || (!all && beta[j] == 0.0)) continue;
    const double along = r.col(j).dot(residual) + squares[j] * beta[j];
    const double next = softened(along, sparse) / (squares[j] + smooth);
    const double change = next - beta[j];
    if (change == 0.0) continue;
    residual -= change * r.col(j);
    beta[j] = next;
    largest = std::max(largest, change * change * squares[j]);
  }
  return largest;
}

// Coordinate descent, to find which columns are in; false when cancelled.
bool SparseSolver::State::descend(double sparse, double smooth) {
  VectorXd residual = c - r * beta;
  const double settled = kSettled * kSettled * c.squaredNorm();
  for (int i = 0; i < kSweeps; ++i) {
    if (stop()) return false;
    if (sweep(sparse, smooth, true, residual) <= settled) break;
    for (int k = 0; k < 4; ++k)
      if (sweep(sparse, smooth, false, residual) <= settled) break;
  }
  return true;
}

MatrixXd SparseSolver::State::active_columns() const {
  MatrixXd columns(r.rows(), static_cast<Index>(active.size()));
  for (Index k = 0; k < columns.cols(); ++k)
    columns.col(k) = r.col(active[static_cast<std::size_t>(k)]);
  return columns;
}

// The active columns above the root of smooth times the identity.
MatrixXd SparseSolver::State::factor(double smooth) const {
  const MatrixXd columns = active_columns();
  const Index k = columns.cols();
  if (smooth == 0.0) return columns;
  MatrixXd stack = MatrixXd::Zero(columns.rows() + k, k);
  stack.topRows(columns.rows()) = columns;
  stack.bottomRows(k).diagonal().setConstant(std::sqrt(smooth));
  return stack;
}

// Solves (A'A + smooth) b = A'c - sparse * signs by the QR of A, refined once.
VectorXd SparseSolver::State::solve_active(double sparse, double smooth) const {
  const MatrixXd stack = factor(smooth);
  const Index k = stack.cols();
  VectorXd direction(k);
  for (Index i = 0; i < k; ++i) direction[i] = signs[active[static_cast<std::size_t>(i)]];
  VectorXd right = VectorXd::Zero(stack.rows());
  right.head(c.size()) = c;
  const FactoredSystem system = factored_system(stack, right);
  VectorXd solution =
      solve_upper(system.r, system.rotated - sparse * solve_upper_transposed(system.r, direction));
  const MatrixXd columns = stack.topRows(c.size());
  for (int i = 0; i < 2; ++i) {
    const VectorXd rest =
        columns.transpose() * (c - columns * solution) - sparse * direction - smooth * solution;
    solution += solve_upper(system.r, solve_upper_transposed(system.r, rest));
  }
  return solution;
}

void SparseSolver::State::drop_zeros() {
  std::erase_if(active, [this](Index j) { return beta[j] == 0.0; });
}

// Towards the target as far as no coefficient changes its sign; the first that would is 0 then.
void SparseSolver::State::step_towards(const VectorXd& target) {
  double length = 1.0;
  Index first = -1;
  for (Index k = 0; k < target.size(); ++k) {
    const Index j = active[static_cast<std::size_t>(k)];
    if (target[k] * signs[j] > 0.0) continue;
    const double to_zero = beta[j] == 0.0 ? 0.0 : beta[j] / (beta[j] - target[k]);
    if (first < 0 || to_zero < length) {
      length = to_zero;
      first = j;
    }
  }
  for (Index k = 0; k < target.size(); ++k) {
    const Index j = active[static_cast<std::size_t>(k)];
    beta[j] = first < 0 ? target[k] : beta[j] + length * (target[k] - beta[j]);
  }
  if (first >= 0) beta[first] = 0.0;
}

// Where the active columns depend on one another, moves along the dependency, which leaves the fit
// as it is and does not raise the sum of sizes, until a coefficient is 0 and out. False when they
// do not depend.
bool SparseSolver::State::leave_dependency() {
  const PivotedFactor factor = pivoted_factor(active_columns(), kDependent);
  const Index rank = factor.rank;
  const Index k = static_cast<Index>(active.size());
  if (rank == k) return false;
  const VectorXd along =
      solve_upper(factor.r.topLeftCorner(rank, rank), factor.r.col(rank).head(rank));
  VectorXd direction = VectorXd::Zero(k);
  for (Index i = 0; i < rank; ++i) direction[factor.order[static_cast<std::size_t>(i)]] = -along[i];
  direction[factor.order[static_cast<std::size_t>(rank)]] = 1.0;
  double growth = 0.0;
  for (Index i = 0; i < k; ++i) growth += direction[i] * signs[active[static_cast<std::size_t>(i)]];
  const double way = growth > 0.0 ? -1.0 : 1.0;
  double length = -1.0;
  Index first = -1;
  for (Index i = 0; i < k; ++i) {
    const Index j = active[static_cast<std::size_t>(i)];
    const double step = way * direction[i];
    if (!(step * signs[j] < 0.0)) continue;
    const double to_zero = -beta[j] / step;
    if (first < 0 || to_zero < length) {
      length = to_zero;
      first = j;
    }
  }
  if (first < 0) first = active.back();
  for (Index i = 0; i < k && length > 0.0; ++i)
    beta[active[static_cast<std::size_t>(i)]] += length * way * direction[i];
  beta[first] = 0.0;
  std::erase(active, first);
  return true;
}

// The optimum over the active columns: solves and drops until every sign is kept.
bool SparseSolver::State::settle(double sparse, double smooth) {
  while (!active.empty()) {
    if (stop()) return false;
    const bool too_many = static_cast<Index>(active.size()) > r.rows();
    if (smooth == 0.0 && (too_many || sparse > 0.0))
      while (leave_dependency()) {
      }
    const VectorXd target = solve_active(sparse, smooth);
    if (sparse == 0.0) {
      for (Index k = 0; k < target.size(); ++k)
        beta[active[static_cast<std::size_t>(k)]] = target[k];
      return true;
    }
    step_towards(target);
    const std::size_t before = active.size();
    drop_zeros();
    if (active.size() == before) return true;
  }
  return true;
}

VectorXd SparseSolver::State::gradient(double smooth) const {
  return r.transpose() * (c - r * beta) - smooth * beta;
}

// Columns enter, the one that breaks its condition most first, until none does.
bool SparseSolver::State::search(double sparse, double smooth) {
  const Index limit = 50 + 10 * r.cols();
  signs = beta.unaryExpr([](double b) { return sign_of(b); });
  active.clear();
  for (Index j = 0; j < r.cols(); ++j)
    if (squares[j] > 0.0 && (beta[j] != 0.0 || sparse == 0.0)) active.push_back(j);
  for (Index i = 0; i < limit; ++i) {
    if (!settle(sparse, smooth)) return false;
    if (sparse == 0.0) return true;
    const VectorXd slope = gradient(smooth);
    Index worst = -1;
    double most = sparse + kInside * scale;
    for (Index j = 0; j < r.cols(); ++j) {
      if (beta[j] != 0.0 || !(std::abs(slope[j]) > most)) continue;
      most = std::abs(slope[j]);
      worst = j;
    }
    if (worst < 0) return true;
    signs[worst] = sign_of(slope[worst]);
    active.push_back(worst);
  }
  return true;  // the caller judges by the optimality conditions
}

double SparseSolver::State::breach(double sparse, double smooth) const {
  if (scale == 0.0) return 0.0;
  const VectorXd slope = gradient(smooth);
  double worst = 0.0;
  for (Index j = 0; j < r.cols(); ++j) {
    const double own = beta[j] == 0.0 ? std::abs(slope[j]) - sparse
                                      : std::abs(slope[j] - sparse * sign_of(beta[j]));
    worst = std::max(worst, own / scale);
  }
  return worst;
}

SparseSolver::SparseSolver(const ReducedProblem& problem, std::function<bool()> cancelled)
    : state_(std::make_unique<State>(problem, std::move(cancelled))) {}

SparseSolver::~SparseSolver() = default;

double SparseSolver::largest_gradient() const { return state_->scale; }

std::optional<SparseSolution> SparseSolver::solve(double sparse, double smooth) {
  State& state = *state_;
  if (sparse > 0.0 && !state.descend(sparse, smooth)) return std::nullopt;
  if (!state.search(sparse, smooth)) return std::nullopt;
  SparseSolution out;
  out.coefficients.assign(state.beta.data(), state.beta.data() + state.beta.size());
  std::sort(state.active.begin(), state.active.end());
  for (const Index j : state.active) out.active.push_back(static_cast<std::size_t>(j));
  out.residual_ss = state.problem->residual_ss + (state.c - state.r * state.beta).squaredNorm();
  out.degrees_of_freedom = active_trace(*state.problem, out.active, smooth);
  out.optimality = state.breach(sparse, smooth);
  return out;
}

}  // namespace steppe::numerics::detail
