// SPDX-License-Identifier: Apache-2.0
#pragma once

// Takes typed values out of a JSON tree. Every reader reports at most one fault (J5, J6, J11) and
// then returns nothing; `expected` says in a message what should stand there.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/fault_list.hpp"
#include "pipeline/json_value.hpp"

namespace steppe {

// A value and where it is; false when there is none.
struct Field {
  const JsonValue* value = nullptr;
  std::string path = {};

  explicit operator bool() const { return value != nullptr; }
  Where where() const { return {value->position, path}; }
};

Field member(const Field& object, std::string_view key);
Field item(const Field& list, std::size_t index);

// The member, or a fault that says what it should have been.
Field required(const Field& object, std::string_view key, std::string_view expected,
               FaultList& faults);

// `NN is not ...; expected ...`: the value is of the wrong type.
void refuse_type(const Field& field, std::string_view expected, FaultList& faults);

bool is_object(const Field& field, std::string_view expected, FaultList& faults);
std::optional<std::string> read_text(const Field& field, std::string_view expected,
                                     FaultList& faults);  // not empty
std::optional<bool> read_truth(const Field& field, std::string_view expected, FaultList& faults);
// Whole numbers written as such; 3.0, 1e2 and "3" are refused. Never through a double.
std::optional<std::int64_t> read_integer(const Field& field, std::string_view expected,
                                         FaultList& faults);
std::optional<std::uint64_t> read_unsigned(const Field& field, std::string_view expected,
                                           FaultList& faults);
std::optional<double> read_number(const Field& field, std::string_view expected, FaultList& faults);
// A string, or a list of different strings; at least one, none empty.
std::optional<std::vector<std::string>> read_names(const Field& field, std::string_view expected,
                                                   FaultList& faults);

// One of the words; the index of it.
std::optional<std::size_t> read_choice(const Field& field, const std::vector<std::string>& choices,
                                       FaultList& faults);

// Faults J10 for members that are not among `valid`; `owner` says of what: "of a pipeline".
void refuse_unknown_keys(const Field& object, const std::vector<std::string>& valid,
                         std::string_view owner, FaultList& faults);

// Keys with a reason of their own: files and directories of plugins (J17), and what is designed but
// not built yet. False when the key is none of them.
bool refuse_special_key(const std::string& key, const Where& where, FaultList& faults);

// `; did you mean "linear"?` or, when nothing is near, `; valid are "a", "b"`; empty without words.
std::string suggestion(const std::string& word, const std::vector<std::string>& words);
std::string quoted_list(const std::vector<std::string>& words);  // "a", "b", "c"

}  // namespace steppe
