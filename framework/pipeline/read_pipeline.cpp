// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read_pipeline.hpp"

#include <filesystem>
#include <utility>

#include "pipeline/expand_environment.hpp"
#include "pipeline/graph.hpp"
#include "pipeline/head.hpp"
#include "pipeline/json_reader.hpp"
#include "pipeline/load_text.hpp"
#include "pipeline/steps.hpp"
#include "pipeline/text_encoding.hpp"
#include "plugin_host/sha256.hpp"

namespace steppe {
namespace {

// The folder of the pipeline file, absolute. Symbolic links stay as they are.
std::string folder_of(const std::string& path) {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::current_path(error);
  std::string folder = (here / path).lexically_normal().parent_path().string();
  return folder.empty() ? "/" : folder;
}

std::optional<JsonValue> read_document(std::string_view bytes, const PipelineContext& context,
                                       FaultList& faults) {
  if (!within_limit(bytes.size(), context.limits.max_bytes, faults)) return std::nullopt;
  const std::string_view text = checked_text(bytes, faults);
  if (!faults.empty()) return std::nullopt;
  JsonOptions options;
  options.max_depth = context.limits.max_depth;
  options.max_nodes = context.limits.max_nodes;
  options.skipped_bytes = bytes.size() - text.size();
  std::optional<JsonValue> root = read_json(text, options, faults);
  if (root) expand_environment(*root, context.environment, faults);
  return root;
}

void read_all_steps(const Field& root, const PipelineContext& context,
                    std::optional<Frequency> frequency, PipelineSpec& spec, FaultList& faults) {
  static const PluginCatalogue none = PluginCatalogue::from_verdicts({});
  const PluginCatalogue& catalogue = context.catalogue == nullptr ? none : *context.catalogue;
  const Field steps = required(root, "steps", "an object of steps by name", faults);
  if (!steps) return;
  const StepContext step_context{catalogue,        spec.folder,  frequency,
                                 spec.time.column, spec.horizon, faults};
  std::vector<StepDraft> drafts = read_steps(steps, step_context);
  check_graph(drafts, faults);
  spec.order = topological_order(drafts);
  for (StepDraft& draft : drafts) {
    if (draft.kind != StepKind::kUnknown) spec.steps.push_back(std::move(draft.spec));
  }
}

}  // namespace

Result<PipelineSpec, Faults> parse_pipeline(std::string_view text, const std::string& path,
                                            const PipelineContext& context) {
  FaultList faults(path);
  const std::optional<JsonValue> document = read_document(text, context, faults);
  if (!document) return faults.take();
  const Field root = {&*document, ""};
  if (!is_object(root, "an object with time, horizon and steps", faults)) return faults.take();
  PipelineSpec spec;
  spec.file = path;
  spec.folder = folder_of(path);
  spec.sha256 = sha256_of(text);
  const std::optional<Frequency> frequency = read_head(root, context.limits, spec, faults);
  read_all_steps(root, context, frequency, spec, faults);
  read_outputs(member(root, "outputs"), spec, faults);
  if (!faults.empty()) return faults.take();
  return spec;
}

Result<PipelineSpec, Faults> read_pipeline(const std::string& path,
                                           const PipelineContext& context) {
  FaultList faults(path);
  const auto text = load_text(path, context.limits.max_bytes, faults);
  if (!text) return faults.take();
  return parse_pipeline(*text, path, context);
}

}  // namespace steppe
