// SPDX-License-Identifier: Apache-2.0
#include "header.hpp"

#include <algorithm>
#include <map>

#include "message.hpp"

namespace steppe::csv {
namespace {

using Renamed = std::vector<std::pair<std::string, std::string>>;

std::string hint_of(const std::string& name, const std::vector<std::string>& names) {
  const std::string nearest = nearest_name(name, names);
  const std::string meant = nearest.empty() ? "" : "did you mean " + quoted(nearest) + "? ";
  return "; " + meant + "the file has " + list_of(names);
}

// The name in the file of a column the pipeline calls `name`.
const std::string& name_in_file(const std::string& name, const Renamed& renamed) {
  for (const auto& [ours, theirs] : renamed) {
    if (ours == name) return theirs;
  }
  return name;
}

const std::string& name_in_pipeline(const std::string& name, const Renamed& renamed) {
  for (const auto& [ours, theirs] : renamed) {
    if (theirs == name) return ours;
  }
  return name;
}

Result<void> check_renamed(const std::vector<std::string>& names, const Renamed& renamed) {
  for (const auto& [ours, theirs] : renamed) {
    if (std::find(names.begin(), names.end(), theirs) != names.end()) continue;
    return Error{ErrorKind::kInvalidData, "option columns: " + quoted(ours) + " stands for " +
                                              quoted(theirs) + ", which is no column" +
                                              hint_of(theirs, names)};
  }
  return {};
}

}  // namespace

Result<std::vector<std::string>> header_names(const RecordReader& reader) {
  const Record& record = reader.record();
  const std::string place = reader.input().file().name() + ':' + std::to_string(record.line);
  const auto refuse = [&](std::size_t column, const std::string& message, const char* fault) {
    return Error{ErrorKind::kInvalidData, message, place + ':' + std::to_string(column), fault};
  };
  if (record.field_count > kMaximumFields) {
    return Error{
        ErrorKind::kResourceLimit,
        counted(record.field_count, "column") + "; allowed are " + std::to_string(kMaximumFields),
        place, "C11"};
  }
  if (record.malformed_column > 0) {
    return refuse(record.malformed_column, "text follows the closing quote of a field", "C10");
  }
  std::vector<std::string> names;
  std::map<std::string, std::size_t> seen;
  std::string scratch;
  for (std::size_t column = 1; column <= record.field_count; ++column) {
    std::string name(reader.text_of(record.fields[column - 1], scratch));
    if (name.empty()) {
      return refuse(column,
                    "the header has no name for column " + std::to_string(column) +
                        "; give it one, or set skip to the lines above the header",
                    "C14");
    }
    if (name.find('\x1F') != std::string::npos) {
      return refuse(column, "the header's " + quoted(name) + " holds the unit separator U+001F",
                    "C26");
    }
    const auto [first, fresh] = seen.emplace(name, column);
    if (!fresh) {
      return refuse(column,
                    "the header's name " + quoted(name) + " stands for column " +
                        std::to_string(first->second) + " already; names must differ",
                    "C14");
    }
    names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::string> numbered_names(std::uint64_t count) {
  std::vector<std::string> names;
  for (std::uint64_t i = 1; i <= count; ++i) names.push_back('c' + std::to_string(i));
  return names;
}

Result<std::vector<Output>> outputs_of(const std::vector<ColumnRequest>& wanted,
                                       const std::vector<std::string>& names,
                                       const Renamed& renamed) {
  if (auto checked = check_renamed(names, renamed); !checked) return std::move(checked).error();
  std::vector<Output> outputs;
  for (std::size_t i = 0; wanted.empty() && i < names.size(); ++i) {
    outputs.push_back({name_in_pipeline(names[i], renamed), ColumnRole::kText, i});
  }
  for (const ColumnRequest& column : wanted) {
    const std::string& name = name_in_file(column.name, renamed);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      return Error{ErrorKind::kInvalidData,
                   "no column " + quoted(column.name) + hint_of(column.name, names)};
    }
    outputs.push_back({column.name, column.role, static_cast<std::size_t>(found - names.begin())});
  }
  return outputs;
}

}  // namespace steppe::csv
