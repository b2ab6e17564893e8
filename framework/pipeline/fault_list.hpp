// SPDX-License-Identifier: Apache-2.0
#pragma once

// Collects everything that is wrong with one pipeline file, so that all of it is reported at once.

#include <string>

#include "core/fault.hpp"
#include "pipeline/json_value.hpp"

namespace steppe {

// A position in the file and the JSON path of what stands there.
struct Where {
  TextPosition position;
  std::string path;
};

class FaultList {
 public:
  explicit FaultList(std::string file) : file_(std::move(file)) {}

  void refuse(std::string code, const Where& where, std::string message);         // exit code 3
  void exceed(std::string code, const Where& where, std::string message);         // exit code 11
  void deny(std::string code, const Where& where, std::string message);           // exit code 12
  void not_available(std::string code, const Where& where, std::string message);  // exit code 3
  void add(Fault fault) { faults_.push_back(std::move(fault)); }

  Place place(const Where& where) const;
  const std::string& file() const { return file_; }
  bool empty() const { return faults_.empty(); }

  // Sorted by position; the same problem at the same place only once.
  Faults take();

 private:
  std::string file_;
  Faults faults_;
};

// "steps" + "mining" = "steps.mining"; keys that are not plain words as steps["a.b"].
std::string path_of_member(const std::string& object, std::string_view key);
std::string path_of_item(const std::string& list, std::size_t index);

}  // namespace steppe
