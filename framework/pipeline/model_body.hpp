// SPDX-License-Identifier: Apache-2.0
#pragma once

// The body of a model file: a SavedModel as CBOR and back. See model_file.hpp.

#include <string>
#include <string_view>

#include "core/saved_model.hpp"
#include "steppe/result.hpp"

namespace steppe {

// Whether a regressor of the step is lagged.
bool has_lags(const SavedStep& step);
// Whether the error of its drivers goes into its intervals.
bool carries_errors(const SavedStep& step);

std::string model_body(const SavedModel& model);

// An error says what is wrong inside; a model that comes back has sizes and indices that fit one
// another, and dates and numbers in their ranges.
Result<SavedModel> read_model_body(std::string_view body);

// SHA-256 as 32 bytes.
std::string raw_sha256(std::string_view bytes);

}  // namespace steppe
