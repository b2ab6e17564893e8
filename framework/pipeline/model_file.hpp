// SPDX-License-Identifier: Apache-2.0
#pragma once

// The bytes of a model file: what docs/saved-models.md describes. A head of 56 bytes (magic, format
// version, length and SHA-256 of the body), then the body in CBOR (RFC 8949): maps with words as
// keys, the fits as byte strings. The bytes are not trusted: whatever they hold, the answer is a
// model whose indices and sizes fit one another, or a fault.

#include <string>
#include <string_view>

#include "core/fault.hpp"
#include "core/saved_model.hpp"

namespace steppe {

// Number of the newest form of model files. Older ones stay readable, and a model is written in the
// oldest form that holds it: 2 is for lagged regressors, for the error of drivers and for pooled
// fits, which a reader of 1 would not look at.
constexpr std::uint32_t kModelFormat = 2;

std::string model_bytes(const SavedModel& model);

// `file` names the file in faults. F1 not a model file; F2 shorter or longer than it says; F3 the
// checksum is wrong; F4 a newer format; F13 its contents contradict one another. Exit code 4; 5 for
// F4.
Outcome<SavedModel> read_model(std::string_view bytes, const std::string& file);

// Reads and checks a model file. Also F11 it cannot be read or is not a regular file, F10 it is
// larger than 4 GiB.
Outcome<SavedModel> load_model(const std::string& file);

}  // namespace steppe
