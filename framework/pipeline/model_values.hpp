// SPDX-License-Identifier: Apache-2.0
#pragma once

// Values out of the CBOR of a model file, each of the type that is wanted or refused. For the .cpp
// files that read the body only.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace steppe::model_values {

// What is thrown; read_model_body catches it.
struct Contradiction {
  std::string message;
};
[[noreturn]] void refuse(const std::string& what);

// Whether the bytes are CBOR of a depth that a recursive parser can take.
bool is_shallow_cbor(std::string_view body);

const nlohmann::json& member(const nlohmann::json& object, const char* name);
const nlohmann::json& list(const nlohmann::json& value, const char* name);
const nlohmann::json& list_in(const nlohmann::json& object, const char* name);
// Entry `index` of a list that stands for a record.
const nlohmann::json& entry(const nlohmann::json& record, std::size_t index);

std::string text(const nlohmann::json& value);
std::string bytes(const nlohmann::json& value);
bool flag(const nlohmann::json& value);
double number(const nlohmann::json& value);
std::int64_t integer(const nlohmann::json& value, std::int64_t low, std::int64_t high);
std::int64_t any_integer(const nlohmann::json& value);
std::size_t count(const nlohmann::json& value);
std::size_t index(const nlohmann::json& value, std::size_t limit);

}  // namespace steppe::model_values
