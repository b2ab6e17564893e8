// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <string>

#include "act.hpp"

// The entries of the sound plugins, renamed by the build.
extern "C" steppe_status sound_trend_entry(const steppe_offer*, const steppe_plugin**,
                                           steppe_error*) noexcept;
extern "C" steppe_status sound_regression_entry(const steppe_offer*, const steppe_plugin**,
                                                steppe_error*) noexcept;
extern "C" steppe_status sound_source_entry(const steppe_offer*, const steppe_plugin**,
                                            steppe_error*) noexcept;
extern "C" const char torture_name[];

namespace torture {

Tables spoilt;
Sound sound;

namespace {

const Act* find_act() {
  for (const auto& [first, last] : {load_acts(), memory_acts(), behaviour_acts(), estimator_acts(),
                                    source_acts(), saved_fit_acts()}) {
    const Act* const found = std::find_if(
        first, last, [](const Act& act) { return std::strcmp(act.name, torture_name) == 0; });
    if (found != last) return found;
  }
  return nullptr;
}

const void* query(const steppe_component*, const char* id) {
  const void* const answer = sound.component->query(sound.component, id);
  if (answer == nullptr) return nullptr;
  if (std::strcmp(id, STEPPE_TREND_MODEL) == 0) return &spoilt.trend;
  if (std::strcmp(id, STEPPE_REGRESSION) == 0) return &spoilt.regression;
  if (std::strcmp(id, STEPPE_LINEAR_MODEL) == 0) return &spoilt.linear;
  if (std::strcmp(id, STEPPE_DATA_SOURCE) == 0) return &spoilt.source;
  if (std::strcmp(id, STEPPE_SAVED_FIT) == 0) return &spoilt.saved;
  return answer;
}

template <typename Table>
const Table* capability(const char* id) {
  return static_cast<const Table*>(sound.component->query(sound.component, id));
}

void copy_capabilities() {
  sound.trend = capability<steppe_trend_model>(STEPPE_TREND_MODEL);
  sound.regression = capability<steppe_regression>(STEPPE_REGRESSION);
  sound.linear = capability<steppe_linear_model>(STEPPE_LINEAR_MODEL);
  sound.source = capability<steppe_data_source>(STEPPE_DATA_SOURCE);
  sound.saved = capability<steppe_saved_fit>(STEPPE_SAVED_FIT);
  if (sound.trend != nullptr) spoilt.trend = *sound.trend;
  if (sound.regression != nullptr) spoilt.regression = *sound.regression;
  if (sound.linear != nullptr) spoilt.linear = *sound.linear;
  if (sound.source != nullptr) spoilt.source = *sound.source;
  if (sound.saved != nullptr) spoilt.saved = *sound.saved;
}

void copy_tables(const steppe_plugin& plugin, Kind kind) {
  static const std::string id = (kind == Kind::kTrend    ? "trend."
                                 : kind == Kind::kSource ? "source."
                                                         : "regression.") +
                                std::string(torture_name);
  sound.component = plugin.components[0];
  spoilt.plugin = plugin;
  spoilt.component = *sound.component;
  spoilt.component.id = id.c_str();
  spoilt.component.query = &query;
  spoilt.component.tag_count = 0;
  for (std::uint32_t i = 0; i < sound.component->tag_count; ++i) {
    spoilt.claim(sound.component->tags[i]->name, sound.component->tags[i]->value);
  }
  spoilt.component.tags = spoilt.tag_pointers.data();
  spoilt.components = {&spoilt.component, &spoilt.component};
  spoilt.plugin.name = id.c_str();
  spoilt.plugin.components = spoilt.components.data();
  copy_capabilities();
}

__attribute__((constructor)) void at_load() {
  const Act* const act = find_act();
  if (act != nullptr && act->at_load != nullptr) act->at_load();
}

}  // namespace

void Tables::claim(const char* name, std::int64_t value) {
  std::uint32_t i = 0;
  while (i < component.tag_count && std::strcmp(tags[i].name, name) != 0) ++i;
  tags[i] = {sizeof(steppe_tag), 0, name, value};
  tag_pointers[i] = &tags[i];
  component.tag_count = std::max(component.tag_count, i + 1);
}

}  // namespace torture

extern "C" steppe_status torture_entry(const steppe_offer* offer, const steppe_plugin** out,
                                       steppe_error* error) {
  using namespace torture;
  const Act* const act = find_act();
  const Kind kind = act == nullptr ? Kind::kTrend : act->kind;
  const auto entry = kind == Kind::kTrend    ? &sound_trend_entry
                     : kind == Kind::kSource ? &sound_source_entry
                                             : &sound_regression_entry;
  const steppe_status status = entry(offer, out, error);
  if (status != STEPPE_OK) return status;
  if (sound.component == nullptr) {  // once: the tables stay where they are
    copy_tables(**out, kind);
    if (act != nullptr && act->spoil != nullptr) act->spoil();
  }
  *out = &spoilt.plugin;
  return act != nullptr && act->entry != nullptr ? act->entry(out, error) : STEPPE_OK;
}
