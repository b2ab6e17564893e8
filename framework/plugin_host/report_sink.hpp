// SPDX-License-Identifier: Apache-2.0
#pragma once

// The sink lent to `report`: copies what a plugin says into a FitReport. Texts are made safe for
// one line; a name that is not snake_case or stands twice, a table without its numbers and an
// endless report are broken rules.

#include <string>

#include "core/fit_report.hpp"
#include "steppe/abi/sink.h"

namespace steppe {

class ReportSink {
 public:
  ReportSink();
  ReportSink(const ReportSink&) = delete;
  ReportSink& operator=(const ReportSink&) = delete;

  const steppe_sink* sink() const { return &sink_; }
  const std::string& problem() const { return problem_; }  // the first broken rule, or empty
  FitReport take() { return std::move(report_); }

 private:
  static void add_scalar(void* self, const char* name, double value, const char* unit);
  static void add_text(void* self, const char* name, const char* value);
  static void add_table(void* self, const steppe_table* table);
  static void add_warning(void* self, const char* code, const char* text);

  template <typename Body>
  static void guarded(void* self, Body&& body);
  std::string checked_name(const char* name, const char* what);
  void refuse(const std::string& problem);
  bool admit();

  steppe_sink sink_;
  FitReport report_;
  std::string problem_;
};

}  // namespace steppe
