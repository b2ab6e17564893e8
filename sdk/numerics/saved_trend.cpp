// SPDX-License-Identifier: Apache-2.0

// What a saved linear_trend.hpp fit holds, schema 1, in this order. f64s and texts have their
// length before them.
//
//   form    u64 order; flags ln_time, ln_scale, fixed intercept          refused when not the
//   form's time    f64s, the observed times basis   f64 mid, f64 half TimeBasis design  f64s basis
//   (n x order), triangle (order x order), scale, centre (order each) fit     u64 m; per array f64s
//   of m: level, sse, sst, each coordinate; with ln_scale also the
//           sums on the original scale; flag units, and then f64s of m
//
// All of it is finite but the sums of squares, which may be infinite, or undefined after that.

#include <algorithm>
#include <cmath>

#include "steppe/numerics/block_least_squares.hpp"
#include "steppe/numerics/linear_trend.hpp"

namespace steppe::numerics {

namespace {

// `wanted` finite numbers; as many zeros when they are not there.
std::vector<double> finite_block(Reader& reader, std::size_t wanted) {
  std::vector<double> out = reader.finites();
  reader.must(out.size() == wanted, "an array has not the size of the fit");
  out.resize(reader.ok() ? wanted : 0);
  return out;
}

}  // namespace

void TimeBasis::save(Writer& writer) const {
  writer.f64(mid_);
  writer.f64(half_);
}

TimeBasis TimeBasis::load(const LinearTrendForm& form, Reader& reader) {
  TimeBasis out(form, {});
  out.mid_ = reader.finite();
  out.half_ = reader.finite();
  reader.must(out.half_ > 0, "the scale of time is not above 0");
  return out;
}

void BlockDesign::save(Writer& writer) const {
  for (const std::vector<double>* array : {&basis_, &triangle_, &scale_, &centre_}) {
    writer.f64s(*array);
  }
}

BlockDesign BlockDesign::load(Reader& reader, std::size_t columns, bool intercept) {
  BlockDesign out;
  out.columns_ = columns;
  out.intercept_ = intercept;
  out.basis_ = reader.finites();
  out.rows_ = out.basis_.size() / columns;
  reader.must(out.rows_ * columns == out.basis_.size() && out.rows_ > out.parameters(),
              "the design has too few rows");
  out.triangle_ = finite_block(reader, columns * columns);
  out.scale_ = finite_block(reader, columns);
  out.centre_ = finite_block(reader, columns);
  for (std::size_t k = 0; k < columns && reader.ok(); ++k) {
    reader.must(out.scale_[k] > 0 && out.triangle_[k * columns + k] > 0,
                "a column of the design has no length");
  }
  return out;
}

std::vector<double*> BlockFit::arrays() const {
  std::vector<double*> out = {level_, sse_, sst_};
  for (std::size_t k = 0; k < columns_; ++k) out.push_back(coordinates_ + k * padded_);
  if (sse_original_ != nullptr) out.insert(out.end(), {sse_original_, sst_original_});
  return out;
}

void BlockFit::save(Writer& writer) const {
  writer.u64(size_);
  for (const double* array : arrays()) writer.f64s({array, size_});
  writer.flag(has_units());
  if (has_units()) writer.f64s(units_);
}

BlockFit BlockFit::load(Reader& reader, std::size_t columns, bool ln_scale) {
  BlockFit out;
  const std::size_t size = reader.count((3 + columns) * sizeof(double));
  if (!reader.ok()) return out;
  out.allocate(size, columns, ln_scale);
  for (double* array : out.arrays()) {
    std::fill(array, array + out.padded_, 0.0);
    const bool sum_of_squares = array == out.sse_ || array == out.sst_ ||
                                array == out.sse_original_ || array == out.sst_original_;
    const std::vector<double> values = sum_of_squares ? reader.f64s() : reader.finites();
    if (!reader.must(values.size() == size, "an array has not the size of the block")) return out;
    std::copy(values.begin(), values.end(), array);
    for (const double value : values) {
      reader.must(!sum_of_squares || !(value < 0), "a sum of squares is below 0");
    }
  }
  if (!reader.flag()) return out;
  out.units_ = finite_block(reader, size);
  for (const double unit : out.units_) reader.must(unit > 0, "a unit is not above 0");
  return out;
}

std::optional<Error> LinearTrendFit::refuses_to_be_saved() const {
  if (!block_error_ && fit_.failures().empty()) return std::nullopt;
  return Error{ErrorKind::kNotSupported,
               "a series of the block was not fitted; save a block without it"};
}

void LinearTrendFit::save(Writer& writer) const {
  writer.u64(form_.order);
  writer.flag(form_.ln_time);
  writer.flag(form_.ln_scale);
  writer.flag(form_.intercept.has_value());
  writer.f64s(time_);
  basis_.save(writer);
  design_->save(writer);
  fit_.save(writer);
}

Result<std::unique_ptr<LinearTrendFit>> LinearTrendFit::load(const LinearTrendForm& form,
                                                             Reader& reader) {
  std::unique_ptr<LinearTrendFit> self(new LinearTrendFit);
  self->form_ = form;
  const bool same_order = reader.u64() == form.order;
  const bool same_time = reader.flag() == form.ln_time;
  const bool same_scale = reader.flag() == form.ln_scale;
  const bool same_intercept = reader.flag() == form.intercept.has_value();
  reader.must(same_order && same_time && same_scale && same_intercept,
              "it is of a trend of another form");
  self->time_ = reader.finites();
  self->basis_ = TimeBasis::load(form, reader);
  self->design_ = BlockDesign::load(reader, form.order, !form.intercept);
  reader.must(self->design_->rows() == self->time_.size(), "times and design differ in length");
  self->fit_ = BlockFit::load(reader, form.order, form.ln_scale);
  if (!reader.ok()) return reader.error();
  self->series_count_ = self->fit_.size();
  return self;
}

}  // namespace steppe::numerics
