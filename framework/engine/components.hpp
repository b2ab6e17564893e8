// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loads the components that the steps of a run name, and writes down which they were.

#include <memory>
#include <optional>
#include <string>

#include "core/fault.hpp"
#include "core/results.hpp"
#include "core/saved_model.hpp"
#include "engine/run.hpp"
#include "pipeline/spec.hpp"
#include "plugin_host/regression.hpp"
#include "plugin_host/trend_model.hpp"

namespace steppe {

class Components {
 public:
  // `records` gets plugins and options; both outlive this object.
  Components(const EngineContext& context, RunResult& records)
      : context_(context), records_(records) {}

  // An instance of the component of a use. Null, or nothing, and a fault on failure, which names
  // the step.
  std::shared_ptr<Component> make(const std::string& step, const ComponentUse& use, Faults& faults);
  std::optional<TrendModel> trend(const std::string& step, const ComponentUse& use, Faults& faults);
  std::optional<RegressionModel> regression(const std::string& step, const ComponentUse& use,
                                            Faults& faults);

  // What a model file says of a use that `make` has made. Faults: F7 when the component does not
  // save fits, or has a secret among its options, which the file would hold.
  template <typename Model>
  std::optional<SavedComponent> saved(const std::string& step, const ComponentUse& use,
                                      const Model& model, Faults& faults) const {
    return saved_with(step, use, model.saved_schemas(), faults);
  }

 private:
  void remember(const CatalogueEntry& entry);
  std::optional<SavedComponent> saved_with(const std::string& step, const ComponentUse& use,
                                           const Outcome<SavedSchemas>& schemas,
                                           Faults& faults) const;

  const EngineContext& context_;
  RunResult& records_;
};

}  // namespace steppe
