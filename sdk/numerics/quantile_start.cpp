// SPDX-License-Identifier: Apache-2.0
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "quantile_simplex.hpp"

namespace steppe::numerics::detail {
namespace {

constexpr std::size_t kManyRows = 2000;
constexpr std::size_t kCoarser = 8;

// Rows near the tau quantile of the response that are far from depending on one another.
std::vector<std::size_t> first_basis(const OrthonormalDesign& design, double tau) {
  std::vector<std::size_t> order(design.rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<double> sorted = design.response;
  const auto at =
      std::min(design.rows - 1, static_cast<std::size_t>(tau * static_cast<double>(design.rows)));
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(at), sorted.end());
  const double level = sorted[at];
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(design.response[a] - level) < std::abs(design.response[b] - level);
  });
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  using Vector = Eigen::VectorXd;
  const auto p = static_cast<Eigen::Index>(design.rank);
  for (const double least : {0.3, 1e-2, 1e-4, 1e-7, 1e-11}) {
    std::vector<std::size_t> basis;
    Matrix directions(p, p);
    for (const std::size_t row : order) {
      const Eigen::Map<const Vector> z(design.row(row).data(), p);
      const auto known = directions.topRows(static_cast<Eigen::Index>(basis.size()));
      Vector rest = z - known.transpose() * (known * z);
      rest -= known.transpose() * (known * rest);
      if (!(rest.norm() > least * z.norm())) continue;
      directions.row(static_cast<Eigen::Index>(basis.size())) = rest.normalized().transpose();
      basis.push_back(row);
      if (basis.size() == design.rank) return basis;
    }
  }
  return {};
}

// Every eighth row or so, chosen without regard to the order.
OrthonormalDesign coarse(const OrthonormalDesign& design, std::vector<std::size_t>& chosen) {
  OrthonormalDesign out;
  out.rank = design.rank;
  for (std::size_t i = 0; i < design.rows; ++i) {
    if (!(scatter(i) < 1.0 + 1.0 / static_cast<double>(kCoarser))) continue;
    chosen.push_back(i);
    out.z.insert(out.z.end(), design.row(i).begin(), design.row(i).end());
    out.response.push_back(design.response[i]);
    out.rounding.push_back(design.rounding[i]);
  }
  out.rows = chosen.size();
  return out;
}

}  // namespace

std::vector<std::size_t> quantile_start(const OrthonormalDesign& design, double tau,
                                        const QuantileStart& start) {
  if (!start.basis.empty()) return start.basis;
  if (design.rows < kManyRows + kCoarser * design.rank) return first_basis(design, tau);
  std::vector<std::size_t> chosen;
  const OrthonormalDesign part = coarse(design, chosen);
  std::vector<std::size_t> basis;
  if (auto solved = solve_quantile(part, tau, {.cancelled = start.cancelled})) {
    for (const std::size_t row : solved->basis) basis.push_back(chosen[row]);
    return basis;
  }
  return first_basis(design, tau);
}

double scatter(std::uint64_t index) {
  std::uint64_t bits = (index + 1) * 0x9E3779B97F4A7C15u;
  bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9u;
  bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
  return 1.0 + static_cast<double>((bits ^ (bits >> 31)) >> 11) * 0x1p-53;
}

}  // namespace steppe::numerics::detail
