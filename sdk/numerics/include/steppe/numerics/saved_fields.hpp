// SPDX-License-Identifier: Apache-2.0
#pragma once

// The two directions of a list of fields, so that one list writes a fit and reads it. A fit with
// fields of other types derives from both and adds their operators:
//
//   struct Saving : FieldWriter<Saving> {
//     using FieldWriter::operator();
//     void operator()(const Mine& value) const;
//   };
//
// Vectors have their length before them. What is read may still contradict itself: whoever loads
// checks sizes and indices.

#include <cstddef>
#include <string>
#include <vector>

#include "steppe/numerics/double_double.hpp"
#include "steppe/saved_fit.hpp"

namespace steppe::numerics {

template <typename Self>
struct FieldWriter {
  Writer& out;

  void operator()(bool value) const { out.flag(value); }
  void operator()(double value) const { out.f64(value); }
  void operator()(std::size_t value) const { out.u64(value); }
  void operator()(const std::string& value) const { out.text(value); }
  void operator()(const DoubleDouble& value) const {
    out.f64(value.high);
    out.f64(value.low);
  }
  template <typename T>
  void operator()(const std::vector<T>& values) const {
    out.u64(values.size());
    for (const T& value : values) static_cast<const Self&>(*this)(value);
  }
};

template <typename Self>
struct FieldReader {
  Reader& in;

  void operator()(bool& value) const { value = in.flag(); }
  void operator()(double& value) const { value = in.f64(); }
  void operator()(std::size_t& value) const { value = static_cast<std::size_t>(in.u64()); }
  void operator()(std::string& value) const { value = in.text(); }
  void operator()(DoubleDouble& value) const {
    value.high = in.finite();
    value.low = in.finite();
  }
  template <typename T>
  void operator()(std::vector<T>& values) const {
    values.clear();
    const std::size_t count = in.count(8);  // the smallest T has eight bytes
    for (std::size_t i = 0; i < count && in.ok(); ++i)
      static_cast<const Self&>(*this)(values.emplace_back());
  }
};

}  // namespace steppe::numerics
