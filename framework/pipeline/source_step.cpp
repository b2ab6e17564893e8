// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "pipeline/read_options.hpp"
#include "pipeline/steps.hpp"

namespace steppe {
namespace {

// The source's file as the pipeline names it: the first of its options that is a path and given.
std::string path_as_written(const Field& step, const ComponentDescription& component) {
  for (const OptionDescription& option : component.options) {
    const Field field = member(step, option.name);
    if (!option.path || !field || field.value->kind != JsonValue::Kind::kString) continue;
    return field.value->written.empty() ? field.value->text : field.value->written;
  }
  return "";
}

}  // namespace

void read_source_step(const Field& step, const StepContext& context, StepDraft& draft) {
  FaultList& faults = context.faults;
  SourceStep source;
  source.id = draft.id;
  source.place = faults.place(draft.where);
  source.time_column = context.time_column;
  if (const Field time = member(step, "time")) {
    source.time_column = read_text(time, "the name of the time column", faults).value_or("");
  }
  if (const Field key = member(step, "key")) {
    const auto names = read_names(key, "the name of a key column or a list of them", faults);
    source.key = names.value_or(source.key);
    if (std::find(source.key.begin(), source.key.end(), source.time_column) != source.key.end()) {
      faults.refuse("J11", key.where(),
                    steppe::quoted(source.time_column) + " is the time column; it cannot be a key");
    }
  }
  const Field word = member(step, "source");
  const ComponentDescription* component = read_component_word(word, "source", context);
  if (component != nullptr) {
    source.component = {component->name(), component->id, {}, faults.place(word.where())};
    source.component.options = read_options(
        step, {*component, own_keys(StepKind::kSource, false), context.folder}, faults);
    source.path = path_as_written(step, *component);
  }
  draft.spec = std::move(source);
}

}  // namespace steppe
