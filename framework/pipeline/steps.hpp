// SPDX-License-Identifier: Apache-2.0
#pragma once

// The steps of a pipeline one by one: kind, plugin words, options, the kind's own keys. What a step
// refers to is only noted here; whether it fits is the graph's business.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/fields.hpp"
#include "pipeline/read_pipeline.hpp"
#include "pipeline/spec.hpp"

namespace steppe {

enum class StepKind { kUnknown, kSource, kTrend, kRegression, kScenario };

// A step that uses another, and for what.
enum class ReferenceRole { kSeries, kTarget, kRegressor, kWeights, kScenarioOf, kPath };

struct StepReference {
  ReferenceRole role;
  std::string text;  // as meant: "region.mining"
  Where where;

  // "region" and "mining"; column is empty when the text has no dot.
  std::string step() const { return text.substr(0, text.find('.')); }
  std::string column() const {
    const auto dot = text.find('.');
    return dot == std::string::npos ? "" : text.substr(dot + 1);
  }
};

// A step as far as it could be read. The spec is complete when no fault was reported.
struct StepDraft {
  std::string id;
  Where where;  // of the id
  StepKind kind = StepKind::kUnknown;
  StepSpec spec;
  std::vector<StepReference> references;
  std::vector<std::pair<std::string, Where>> drivers;  // that scenarios change
};

struct StepContext {
  const PluginCatalogue& catalogue;
  const std::string& folder;
  std::optional<Frequency> frequency;  // empty when it could not be read
  std::string time_column;
  const HorizonSpec& horizon;
  FaultList& faults;
};

std::vector<StepDraft> read_steps(const Field& steps, const StepContext& context);

void read_source_step(const Field& step, const StepContext& context, StepDraft& draft);
void read_trend_step(const Field& step, const StepContext& context, StepDraft& draft);
void read_regression_step(const Field& step, const StepContext& context, StepDraft& draft);
void read_scenario_step(const Field& step, const StepContext& context, StepDraft& draft);

// What the key `regressors` lists. Two of one label are refused.
void read_regressors(const Field& list, const StepContext& context, StepDraft& draft,
                     std::vector<RegressorRef>& regressors);

// The key "diagnostics" of a regression step.
DiagnosticsSpec read_diagnostics(const Field& field, const StepContext& context);

// The keys `uncertainty`, `draws` and `driver_correlation` of a regression.
void read_uncertainty(const Field& step, FaultList& faults, RegressionStep& regression);

// The component that `word` names, or null after a fault: J17 when the word is a file or folder,
// else whatever the catalogue says.
const ComponentDescription* read_component_word(const Field& word, const std::string& kind,
                                                const StepContext& context);

// Notes and returns a reference written in a field.
std::optional<ColumnRef> read_column(const Field& field, ReferenceRole role,
                                     const StepContext& context, StepDraft& draft);
std::vector<std::string> component_words(const PluginCatalogue& catalogue, const std::string& kind);

// The keys a step of a kind has beside its plugin's options, the kind's own word among them.
const std::vector<std::string>& own_keys(StepKind kind, bool best);
const std::vector<std::string>& criterion_names();
const std::vector<std::string>& uncertainty_names();
const std::vector<std::string>& correlation_names();

}  // namespace steppe
