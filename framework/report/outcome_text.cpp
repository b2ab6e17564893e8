// SPDX-License-Identifier: Apache-2.0
#include "report/outcome_text.hpp"

#include <array>
#include <charconv>

namespace steppe {

std::string_view status_name(ExitCode exit) {
  switch (exit) {
    case ExitCode::kComplete:
      return "complete";
    case ExitCode::kCompleteDegraded:
      return "degraded";
    case ExitCode::kTooManyFailed:
      return "too_many_failed";
    case ExitCode::kUsage:
      return "usage";
    case ExitCode::kPipelineRefused:
      return "pipeline_refused";
    case ExitCode::kDataRefused:
      return "data_refused";
    case ExitCode::kPluginRefused:
      return "plugin_refused";
    case ExitCode::kPluginFailed:
      return "plugin_failed";
    case ExitCode::kOutputNotWritten:
      return "output_not_written";
    case ExitCode::kNetwork:
      return "network";
    case ExitCode::kResourceLimit:
      return "resource_limit";
    case ExitCode::kDenied:
      return "denied";
    case ExitCode::kInterrupted:
      return "interrupted";
    case ExitCode::kReaderGone:
      return "reader_gone";
    case ExitCode::kTerminated:
      return "terminated";
    case ExitCode::kInternal:
      return "internal";
  }
  return "internal";
}

std::string percent_text(double coverage) {
  std::array<char, 400> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), coverage,
                                 std::chars_format::fixed)
                       .ptr;
  const std::string text(buffer.data(), end);
  const std::size_t point = text.find('.');
  std::string fraction = point == std::string::npos ? "" : text.substr(point + 1);
  while (fraction.size() < 2) fraction += '0';
  std::string whole = text.substr(0, point) + fraction.substr(0, 2);
  while (whole.size() > 1 && whole[0] == '0') whole.erase(0, 1);
  return fraction.size() > 2 ? whole + "." + fraction.substr(2) : whole;
}

const CandidateResult* chosen_candidate(const SeriesResult& series) {
  if (series.detail == nullptr) return nullptr;
  for (const CandidateResult& candidate : series.detail->candidates) {
    if (candidate.fitted && candidate.label == series.model) return &candidate;
  }
  return nullptr;
}

std::string error_line(const Error& error) {
  std::string out = error.fault;
  if (!out.empty()) out += ' ';
  out += name_of(error.kind);
  if (!error.where.empty()) out += " at " + error.where;
  return out + ": " + error.message;
}

}  // namespace steppe
