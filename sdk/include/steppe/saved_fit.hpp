// SPDX-License-Identifier: Apache-2.0
#pragma once

// Fits that can be kept in a file and read years later, on another machine. A component offers this
// when it has all of the following, and nothing happens when it has none:
//
//   SeriesTrendModel   Fit: void save(Writer&) const
//                      model: static constexpr std::uint32_t kSavedSchema = 1;
//                             Result<Fit> load(std::uint32_t schema, Reader&) const   (or static)
//   BlockTrendModel    BlockFit, and RegressionModel: Fit
//                             void save(Writer&) const
//                             FitShape shape() const
//                      model: kSavedSchema, Result<std::unique_ptr<BlockFit or Fit>> load(...)
//
// save writes what predict, fitted, statistics and report need, in the order in which load reads
// it. When that order changes, kSavedSchema goes up by one and load, which is told the number,
// still reads the older forms, down to kSavedSchemaMin (kSavedSchema itself unless the model says
// so).
//
// Bytes are not trusted. A Reader never reads past their end and allocates nothing that they do not
// hold; after the first failure it gives zeros and empty vectors, so load may read to its end and
// look at ok() once before it uses a count or an index. The layer refuses what was not read to the
// end. What numbers mean (a size that must fit another, a divisor above 0) load checks itself.

#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "steppe/abi/saved_fit.h"
#include "steppe/result.hpp"

namespace steppe {

// Writes little-endian integers, doubles bit for bit, texts and vectors with their length before
// them.
class Writer {
 public:
  explicit Writer(const steppe_writer* out) : out_(out) {}
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void flag(bool value) { append<std::uint8_t>(value ? 1 : 0); }
  void u32(std::uint32_t value) { append(value); }
  void u64(std::uint64_t value) { append(value); }
  void i64(std::int64_t value) { append(static_cast<std::uint64_t>(value)); }
  void f64(double value) { append(std::bit_cast<std::uint64_t>(value)); }
  void text(std::string_view value) {
    u64(value.size());
    buffer_.append(value);
    if (buffer_.size() >= kPiece) flush();
  }
  void f64s(std::span<const double> values) {
    u64(values.size());
    for (const double value : values) f64(value);
  }
  void u64s(std::span<const std::size_t> values) {
    u64(values.size());
    for (const std::size_t value : values) u64(value);
  }

  // Hands over what is left. The first status that was not STEPPE_OK.
  steppe_status finish() {
    flush();
    return status_;
  }

 private:
  static constexpr std::size_t kPiece = 65536;

  template <std::unsigned_integral T>
  void append(T value) {
    char bytes[sizeof(T)];
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      bytes[i] = static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
    }
    buffer_.append(bytes, sizeof(T));
    if (buffer_.size() >= kPiece) flush();
  }

  void flush() {
    if (status_ == STEPPE_OK && !buffer_.empty()) {
      status_ = out_->write(out_->self, buffer_.data(), buffer_.size());
    }
    buffer_.clear();
  }

  const steppe_writer* out_;
  std::string buffer_;
  steppe_status status_ = STEPPE_OK;
};

// Reads what a Writer wrote.
class Reader {
 public:
  Reader(const void* bytes, std::uint64_t count)
      : next_(static_cast<const unsigned char*>(bytes)), left_(count) {}
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  bool flag() {
    const auto value = take<std::uint8_t>();
    if (value > 1) refuse("a flag is neither 0 nor 1");
    return value == 1;
  }
  std::uint32_t u32() { return take<std::uint32_t>(); }
  std::uint64_t u64() { return take<std::uint64_t>(); }
  std::int64_t i64() { return static_cast<std::int64_t>(take<std::uint64_t>()); }
  double f64() { return std::bit_cast<double>(take<std::uint64_t>()); }
  // A number that may be neither infinite nor NaN.
  double finite() {
    const double value = f64();
    if (ok() && !std::isfinite(value)) refuse("a number is not finite");
    return ok() ? value : 0;
  }
  // A count of things that take at least `bytes_each` bytes each: no more than can still follow.
  std::size_t count(std::size_t bytes_each) {
    const std::uint64_t value = u64();
    if (ok() && value > left_ / bytes_each) refuse("a length is longer than the bytes that follow");
    return ok() ? static_cast<std::size_t>(value) : 0;
  }
  std::string text() {
    const std::size_t length = count(1);
    std::string out(reinterpret_cast<const char*>(next_), length);
    advance(length);
    return out;
  }
  std::vector<double> f64s() {
    std::vector<double> out(count(sizeof(double)));
    for (double& value : out) value = f64();
    return out;
  }
  std::vector<double> finites() {
    std::vector<double> out(count(sizeof(double)));
    for (double& value : out) value = finite();
    return out;
  }
  std::vector<std::size_t> u64s() {
    std::vector<std::size_t> out(count(sizeof(std::uint64_t)));
    for (std::size_t& value : out) value = static_cast<std::size_t>(u64());
    return out;
  }

  // True until something was wrong; `must(condition, ...)` is how load says so itself. The first
  // reason is kept.
  bool ok() const { return problem_.empty(); }
  bool must(bool condition, const char* otherwise) {
    if (!condition) refuse(otherwise);
    return ok();
  }
  std::uint64_t left() const { return left_; }
  Error error() const {
    return {ErrorKind::kInvalidData, "the saved fit cannot be read: " + problem_, "", "F13"};
  }

 private:
  void refuse(const char* why) {
    if (ok()) problem_ = why;
  }
  void advance(std::size_t bytes) {
    next_ += bytes;
    left_ -= bytes;
  }

  template <std::unsigned_integral T>
  T take() {
    if (left_ < sizeof(T)) refuse("it ends too early");
    if (!ok()) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) value |= std::uint64_t{next_[i]} << (8 * i);
    advance(sizeof(T));
    return static_cast<T>(value);
  }

  const unsigned char* next_;
  std::uint64_t left_;
  std::string problem_;
};

// Observations that were fitted; series of a block, or regressors of a regression.
struct FitShape {
  std::uint64_t observations = 0;
  std::uint64_t columns = 0;
};

// A model M whose fits F are saved by the model's own words; Made is what load gives.
template <typename M, typename F, typename Made>
concept SavesFits =
    requires(const F fit, const M model, Writer& writer, Reader& reader, std::uint32_t schema) {
      { M::kSavedSchema } -> std::convertible_to<std::uint32_t>;
      { fit.save(writer) };
      { model.load(schema, reader) } -> std::same_as<Result<Made>>;
    };

}  // namespace steppe
