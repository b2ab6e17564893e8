// SPDX-License-Identifier: Apache-2.0
#include "engine/saved_components.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace steppe {
namespace {

class Opener {
 public:
  Opener(const ForecastRequest& request, const EngineContext& context, Components& components,
         SavedModels& out)
      : request_(request), context_(context), components_(components), out_(out) {}

  void open(const SavedStep& step) {
    SavedStepModels& models = out_.steps.emplace_back();
    models.trends.resize(step.components.size());
    models.regressions.resize(step.components.size());
    std::set<std::pair<std::size_t, std::uint32_t>> needed;  // component and schema
    for (const SavedSeries& series : step.series) {
      if (series.fit != nullptr) needed.insert({series.fit->component, series.fit->schema});
    }
    for (const auto& [c, schema] : needed) {
      const SavedComponent& saved = step.components[c];
      const std::string& id = step.declared.id;
      const auto use = use_of(saved, id);
      if (!use) continue;
      if (step.declared.kind == "regression") {
        models.regressions[c] = components_.regression(id, *use, out_.faults);
        if (models.regressions[c]) check_schema(saved, id, schema, *models.regressions[c]);
      } else {
        models.trends[c] = components_.trend(id, *use, out_.faults);
        if (models.trends[c]) check_schema(saved, id, schema, *models.trends[c]);
      }
    }
  }

 private:
  void refuse(const char* code, const std::string& step, const std::string& message) {
    Place place{.file = request_.model_file};
    place.step = step;
    out_.faults.push_back(
        {code, ErrorKind::kNotSupported, ExitCode::kPluginRefused, std::move(place), message});
  }

  static std::string name_of(const SavedComponent& saved) {
    return saved.id + ", saved with version " + saved.version;
  }

  // The saved options, and the defaults of those that came later.
  std::optional<ComponentUse> use_of(const SavedComponent& saved, const std::string& step) {
    const auto entry = context_.catalogue->find(saved.id);
    if (!entry) {
      refuse("F5", step, "the model needs " + name_of(saved) + ": " + entry.error().message);
      return std::nullopt;
    }
    const ComponentDescription& component = *entry->component;
    ComponentUse use{saved.label, saved.id, {}, {}};
    for (const OptionDescription& option : component.options) {
      const auto given = std::find_if(saved.options.begin(), saved.options.end(),
                                      [&](const auto& o) { return o.name == option.name; });
      if (given != saved.options.end() && given->value.index() == option.type) {
        use.options.push_back(*given);
      } else if (given == saved.options.end() && option.default_value) {
        use.options.push_back({option.name, *option.default_value});
      }
    }
    for (const NamedOption& given : saved.options) {
      const bool taken = std::any_of(use.options.begin(), use.options.end(),
                                     [&](const auto& o) { return o.name == given.name; });
      if (taken) continue;
      refuse("F6", step,
             "the model needs " + name_of(saved) + ", with the option \"" + given.name +
                 "\"; version " + component.version + " has no such option: install the older one");
      return std::nullopt;
    }
    if (component.version != saved.version) {
      out_.warnings.push_back({"component_changed", saved.id + " was saved with version " +
                                                        saved.version + " and is now " +
                                                        component.version});
    }
    return use;
  }

  template <typename Model>
  void check_schema(const SavedComponent& saved, const std::string& step, std::uint32_t schema,
                    const Model& model) {
    const auto known = model.saved_schemas();
    if (!known) return out_.faults.push_back(known.error());
    const std::string fit = "the model needs " + name_of(saved) + ", whose fits have schema " +
                            std::to_string(schema) + "; " + model.label() + " ";
    if (known->newest == 0) {
      refuse("F7", step, fit + "reads no saved fits: install the older one");
    } else if (schema > known->newest) {
      refuse(
          "F6", step,
          fit + "reads no newer than " + std::to_string(known->newest) + ": install a newer one");
    } else if (schema < known->oldest) {
      refuse("F6", step,
             fit + "reads no older than " + std::to_string(known->oldest) +
                 ": install an older one, or fit again");
    }
  }

  const ForecastRequest& request_;
  const EngineContext& context_;
  Components& components_;
  SavedModels& out_;
};

}  // namespace

SavedModels open_saved_components(const SavedModel& model, const ForecastRequest& request,
                                  const EngineContext& context, Components& components) {
  SavedModels out;
  Opener opener(request, context, components, out);
  for (const SavedStep& step : model.steps) opener.open(step);
  return out;
}

}  // namespace steppe
