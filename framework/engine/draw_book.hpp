// SPDX-License-Identifier: Apache-2.0
#pragma once

// The random numbers of one regression step, shared by all its series (common random numbers): a
// column holds one number per draw. What a column holds depends on the seed, its purpose, the
// driver and the step ahead alone, so a series has the same numbers alone and in its panel, for any
// number of threads. Columns are kept up to a limit and drawn again beyond.

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace steppe {

enum class DrawPurpose : std::uint64_t {
  kRegressionScale = 1,
  kResidual,
  kDriverScale,
  kDriver,       // of a single date
  kDriverLevel,  // of whole paths: common to all dates of a driver
  kDriverStep,
};

struct DrawStream {
  DrawPurpose purpose = DrawPurpose::kResidual;
  std::size_t index = 0;   // of a driver
  std::int64_t ahead = 0;  // steps; 0 for what is drawn once
};

// Safe to be used by several threads at once.
class DrawBook {
 public:
  using Column = std::shared_ptr<const std::vector<double>>;
  static constexpr std::size_t kMostBytes = std::size_t{64} << 20;

  DrawBook(std::uint64_t seed, std::size_t draws, std::size_t most_bytes = kMostBytes)
      : seed_(seed), draws_(draws), most_bytes_(most_bytes) {}

  std::size_t draws() const { return draws_; }
  // Standard normals, one per draw.
  Column normals(const DrawStream& stream);
  // Root of degrees / chi-squared, a function of the normals of the same stream; null, which stands
  // for ones, for infinite degrees.
  Column scales(const DrawStream& stream, double degrees);
  // normals() from the draw `first` on.
  void read_normals(const DrawStream& stream, std::size_t first, std::span<double> out);

 private:
  // The number of a stream; degrees of freedom of a scale, or 0 for normals.
  using Key = std::pair<std::uint64_t, double>;

  Column find(const Key& key);
  Column keep(const Key& key, std::vector<double> column);

  std::uint64_t seed_;
  std::size_t draws_;
  std::size_t most_bytes_;
  std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::map<Key, Column> columns_;
};

// The book of a step. The streams of two steps of a run have nothing in common.
std::shared_ptr<DrawBook> make_draw_book(std::uint64_t run_seed, const std::string& step,
                                         std::int64_t draws);

// Root of degrees / chi-squared at the probability of a standard normal, by a polynomial through
// the six nearest of 119 exact values: relative error below 1e-7, where a quantile from 10,000
// draws is uncertain by 1e-2.
class StudentScale {
 public:
  explicit StudentScale(double degrees);
  double at(double normal) const;

 private:
  std::vector<double> logarithms_;  // at the nodes
};

}  // namespace steppe
