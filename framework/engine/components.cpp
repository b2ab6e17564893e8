// SPDX-License-Identifier: Apache-2.0
#include "engine/components.hpp"

#include <algorithm>
#include <utility>

namespace steppe {

std::shared_ptr<Component> Components::make(const std::string& step, const ComponentUse& use,
                                            Faults& faults) {
  auto entry = context_.catalogue->find(use.id);
  auto made = entry ? context_.loader->create(*entry, use.options)
                    : Outcome<std::shared_ptr<Component>>(entry.error());
  if (!made) {
    Fault fault = std::move(made).error();
    fault.place.step = step;
    faults.push_back(std::move(fault));
    return nullptr;
  }
  records_.options.push_back({step, use.id, use.options});
  remember(*entry);
  return std::move(*made);
}

void Components::remember(const CatalogueEntry& entry) {
  for (const PluginRecord& known : records_.plugins) {
    if (known.id == entry.component->id) return;
  }
  records_.plugins.push_back(
      {entry.component->id, entry.component->version, entry.plugin->path, entry.plugin->sha256});
}

std::optional<TrendModel> Components::trend(const std::string& step, const ComponentUse& use,
                                            Faults& faults) {
  auto made = make(step, use, faults);
  if (!made) return std::nullopt;
  auto model = TrendModel::open(std::move(made), context_.loader->host());
  if (model) return std::move(*model);
  faults.push_back(model.error());
  return std::nullopt;
}

std::optional<RegressionModel> Components::regression(const std::string& step,
                                                      const ComponentUse& use, Faults& faults) {
  auto made = make(step, use, faults);
  if (!made) return std::nullopt;
  auto model = RegressionModel::open(std::move(made), context_.loader->host());
  if (model) return std::move(*model);
  faults.push_back(model.error());
  return std::nullopt;
}

std::optional<SavedComponent> Components::saved_with(const std::string& step,
                                                     const ComponentUse& use,
                                                     const Outcome<SavedSchemas>& schemas,
                                                     Faults& faults) const {
  const auto refuse = [&](std::string label, std::string message) {
    Place place = use.place;
    place.step = step;
    place.plugin = std::move(label);
    faults.push_back({"F7", ErrorKind::kNotSupported, ExitCode::kPipelineRefused, std::move(place),
                      std::move(message)});
    return std::nullopt;
  };
  const auto record = std::find_if(records_.plugins.begin(), records_.plugins.end(),
                                   [&](const PluginRecord& known) { return known.id == use.id; });
  const std::string label = record->id + "@" + record->version;
  if (!schemas) {
    faults.push_back(schemas.error());
    return std::nullopt;
  }
  if (schemas->newest == 0) {
    return refuse(label, "its fits cannot be saved: it offers no " STEPPE_SAVED_FIT
                         "; choose another model, or run the pipeline instead");
  }
  const auto entry = context_.catalogue->find(use.id);
  for (const OptionDescription& option : entry->component->options) {
    const bool given = std::any_of(use.options.begin(), use.options.end(),
                                   [&](const NamedOption& o) { return o.name == option.name; });
    if (!option.secret || !given) continue;
    return refuse(label, "its option \"" + option.name +
                             "\" is secret and would stand in the model file; leave it out");
  }
  return SavedComponent{use.label, record->id, record->version, record->sha256, use.options};
}

}  // namespace steppe
