// SPDX-License-Identifier: Apache-2.0
#include "pipeline/model_file.hpp"

#include <algorithm>
#include <cstdint>

#include "pipeline/load_text.hpp"
#include "pipeline/model_body.hpp"

namespace steppe {
namespace {

// A first byte that is no text, and line ends that a careless transfer would change.
constexpr std::size_t kMagicSize = 12;
constexpr std::string_view kMagic("\x8bSTEPPE\r\n\x1a\n\0", kMagicSize);
constexpr std::size_t kHashSize = 32;
constexpr std::size_t kHeadSize = kMagicSize + 4 + 8 + kHashSize;
constexpr std::size_t kMostBytes = std::size_t{4} << 30;

template <typename T>
void append(std::string& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
}

template <typename T>
T number_at(std::string_view bytes, std::size_t place) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value |= static_cast<T>(static_cast<unsigned char>(bytes[place + i])) << (8 * i);
  }
  return value;
}

Fault refused(const char* code, const std::string& file, std::string message) {
  return {code, ErrorKind::kInvalidData, ExitCode::kDataRefused, Place{.file = file},
          std::move(message)};
}

}  // namespace

std::string model_bytes(const SavedModel& model) {
  const std::string body = model_body(model);
  std::string out(kMagic);
  out.reserve(kHeadSize + body.size());
  const bool newer = std::any_of(model.steps.begin(), model.steps.end(), [](const SavedStep& step) {
    return has_lags(step) || carries_errors(step) || step.declared.pooled != nullptr;
  });
  append(out, newer ? kModelFormat : std::uint32_t{1});
  append(out, std::uint64_t{body.size()});
  out += raw_sha256(body);
  out += body;
  return out;
}

Outcome<SavedModel> read_model(std::string_view bytes, const std::string& file) {
  if (bytes.substr(0, kMagicSize) != kMagic) {
    return refused("F1", file,
                   "this is not a model file of steppe; one is written by: steppe fit PIPELINE "
                   "--save FILE");
  }
  if (bytes.size() < kHeadSize) {
    return refused("F2", file, "the file is cut off: it ends in its head; copy it again");
  }
  const auto format = number_at<std::uint32_t>(bytes, kMagicSize);
  if (format > kModelFormat) {
    Fault fault =
        refused("F4", file,
                "the file has format " + std::to_string(format) + ", this steppe reads up to " +
                    std::to_string(kModelFormat) + "; use a newer steppe");
    fault.kind = ErrorKind::kNotSupported;
    fault.exit = ExitCode::kPluginRefused;
    return fault;
  }
  const auto length = number_at<std::uint64_t>(bytes, kMagicSize + 4);
  const std::string_view body = bytes.substr(kHeadSize);
  if (format == 0) return refused("F13", file, "there is no format 0; the file is damaged");
  if (body.size() != length) {
    return refused("F2", file,
                   std::string(body.size() < length ? "the file is cut off"
                                                    : "the file has bytes after its end") +
                       ": " + std::to_string(body.size()) + " of " + std::to_string(length) +
                       " bytes follow its head; copy it again");
  }
  if (raw_sha256(body) != bytes.substr(kMagicSize + 12, kHashSize)) {
    return refused("F3", file,
                   "the checksum is wrong: the file was changed after it was written; copy it "
                   "again");
  }
  auto model = read_model_body(body);
  if (!model) return refused("F13", file, model.error().message);
  return std::move(*model);
}

Outcome<SavedModel> load_model(const std::string& file) {
  FaultList faults(file);
  const auto bytes = load_text(file, kMostBytes, faults, "a model file");
  if (bytes) return read_model(*bytes, file);
  Fault fault = faults.take().front();
  const bool too_large = fault.exit == ExitCode::kResourceLimit;
  fault.code = too_large ? "F10" : "F11";
  if (too_large) {
    fault.message = "larger than the limit of " + std::to_string(kMostBytes) + " bytes";
  } else {
    fault.exit = ExitCode::kDataRefused;
  }
  return fault;
}

}  // namespace steppe
