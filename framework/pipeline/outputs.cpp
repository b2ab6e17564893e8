// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <filesystem>

#include "pipeline/head.hpp"
#include "pipeline/read_options.hpp"

namespace steppe {
namespace {

constexpr const char* kOutputExpected = "an object such as {\"forecast\": \"forecast.csv\"}";

const std::vector<std::string>& output_names() {
  static const std::vector<std::string> names = {"forecast", "result", "record"};
  return names;
}

// The kind of an output: the index of its only key, or nothing after a fault.
std::optional<std::size_t> read_kind(const Field& output, FaultList& faults) {
  if (!is_object(output, kOutputExpected, faults)) return std::nullopt;
  const auto& members = output.value->members;
  if (members.size() != 1) {
    faults.refuse("J11", output.where(),
                  std::to_string(members.size()) + " keys; expected " + kOutputExpected);
    return std::nullopt;
  }
  const JsonMember& entry = members.front();
  const Where where = {entry.position, path_of_member(output.path, entry.key)};
  const auto& names = output_names();
  const auto found = std::find(names.begin(), names.end(), entry.key);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  if (entry.key == "report") {
    faults.not_available("J10", where, "\"report\" outputs are not available in this version");
  } else {
    faults.refuse("J10", where,
                  "unknown output " + steppe::quoted(entry.key) + suggestion(entry.key, names));
  }
  return std::nullopt;
}

// What the path of an output must not be: a folder, the pipeline, an input, another output.
std::string path_problem(const OutputSpec& output, const PipelineSpec& spec) {
  if (output.absolute.back() == '/') return "names a directory; expected a file";
  if (output.absolute == absolute_path(std::filesystem::current_path().string(), spec.file)) {
    return "is the pipeline itself; choose another file";
  }
  for (const OutputSpec& other : spec.outputs) {
    if (other.absolute == output.absolute) return "is written by two outputs; remove one";
  }
  for (const StepSpec& step : spec.steps) {
    const auto* source = std::get_if<SourceStep>(&step);
    if (source == nullptr || source->path.empty()) continue;
    for (const NamedOption& option : source->component.options) {
      const auto* path = std::get_if<std::string>(&option.value);
      if (path != nullptr && *path == output.absolute) {
        return "is read by step " + steppe::quoted(source->id) + "; choose another file";
      }
    }
  }
  return "";
}

void read_output(const Field& output, PipelineSpec& spec, FaultList& faults) {
  const auto kind = read_kind(output, faults);
  if (!kind) return;
  const Field path = member(output, output.value->members.front().key);
  const auto text = read_text(path, "the path of a file", faults);
  if (!text) return;
  OutputSpec out;
  out.kind = static_cast<OutputKind>(*kind);
  out.path = path.value->written.empty() ? *text : path.value->written;
  out.absolute = absolute_path(spec.folder, *text);
  out.place = faults.place(path.where());
  const std::string problem = path_problem(out, spec);
  if (!problem.empty()) faults.refuse("J11", path.where(), shown(*path.value) + " " + problem);
  spec.outputs.push_back(std::move(out));
}

}  // namespace

void read_outputs(const Field& field, PipelineSpec& spec, FaultList& faults) {
  if (!field) return;
  if (field.value->kind != JsonValue::Kind::kArray) {
    return refuse_type(field, std::string("a list of outputs, each ") + kOutputExpected, faults);
  }
  for (std::size_t i = 0; i < field.value->items.size(); ++i) {
    read_output(item(field, i), spec, faults);
  }
}

}  // namespace steppe
