// SPDX-License-Identifier: Apache-2.0
// What steps of several kinds have in common.

#include "pipeline/steps.hpp"

namespace steppe {
namespace {

bool is_library_file(const std::string& word) {
  return word.size() > 3 && (word.ends_with(".so") || word.find(".so.") != std::string::npos);
}

// What the catalogue says of an id, at the place of the word. Where the word is simply unknown, the
// suggestion is a word of the pipeline and not an id; the rest is the catalogue's.
Fault in_pipeline_words(Fault fault, const Field& word, const std::string& kind,
                        const StepContext& context) {
  Place place = context.faults.place(word.where());
  if (fault.code.empty()) {
    fault.code = "J11";
    const auto rest = fault.message.find("; directories searched");
    fault.message = "there is no " + kind + " plugin " + shown(*word.value) +
                    suggestion(word.value->text, component_words(context.catalogue, kind)) +
                    (rest == std::string::npos ? "" : fault.message.substr(rest));
  } else {
    place.plugin = fault.place.plugin;
  }
  fault.place = std::move(place);
  return fault;
}

}  // namespace

std::vector<std::string> component_words(const PluginCatalogue& catalogue,
                                         const std::string& kind) {
  std::vector<std::string> words;
  for (const CatalogueEntry& entry : catalogue.components()) {
    if (entry.component->kind() != kind) continue;
    const std::string word = entry.component->name();
    if (words.empty() || words.back() != word) words.push_back(word);
  }
  return words;
}

const ComponentDescription* read_component_word(const Field& word, const std::string& kind,
                                                const StepContext& context) {
  const auto name = read_text(word, "the name of a " + kind + " plugin", context.faults);
  if (!name) return nullptr;
  const bool library = is_library_file(*name);
  if (library || name->find_first_of("/\\") != std::string::npos) {
    context.faults.deny("J17", word.where(),
                        std::string("a pipeline may not name a ") +
                            (library ? "library file " : "plugin directory ") + shown(*word.value) +
                            "; use a plugin id");
    return nullptr;
  }
  if (name->starts_with(kind + ".")) {
    context.faults.refuse("J11", word.where(),
                          shown(*word.value) + " repeats the kind; write " +
                              steppe::quoted(name->substr(kind.size() + 1)));
    return nullptr;
  }
  Outcome<CatalogueEntry> found = context.catalogue.find(kind + "." + *name);
  if (found) return found->component;
  context.faults.add(in_pipeline_words(std::move(found).error(), word, kind, context));
  return nullptr;
}

std::optional<ColumnRef> read_column(const Field& field, ReferenceRole role,
                                     const StepContext& context, StepDraft& draft) {
  if (!field) return std::nullopt;
  const auto text =
      read_text(field, "a column of a source such as \"region.mining\"", context.faults);
  if (!text) return std::nullopt;
  const StepReference reference{role, *text, field.where()};
  draft.references.push_back(reference);
  return ColumnRef{reference.step(), reference.column(), context.faults.place(reference.where)};
}

const std::vector<std::string>& own_keys(StepKind kind, bool best) {
  static const std::vector<std::string> source = {"source", "key", "time"};
  static const std::vector<std::string> trend = {"trend", "series", "rows", "missing"};
  static const std::vector<std::string> trend_best = {"trend", "series",  "candidates", "criterion",
                                                      "pick",  "holdout", "rows",       "missing"};
  static const std::vector<std::string> regression = {
      "regression", "target",      "regressors",  "weights", "pooled",
      "rows",       "diagnostics", "uncertainty", "draws",   "driver_correlation"};
  static const std::vector<std::string> scenario = {"scenario", "of"};
  switch (kind) {
    case StepKind::kScenario:
      return scenario;
    case StepKind::kSource:
      return source;
    case StepKind::kTrend:
      return best ? trend_best : trend;
    default:
      return regression;
  }
}

const std::vector<std::string>& criterion_names() {
  static const std::vector<std::string> names = {"r_squared", "adjusted_r_squared", "aicc", "bic",
                                                 "holdout"};
  return names;
}

}  // namespace steppe
