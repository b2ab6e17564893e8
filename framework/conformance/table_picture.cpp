// SPDX-License-Identifier: Apache-2.0
#include "conformance/table_picture.hpp"

#include "plugin_host/first_sizes.hpp"

namespace steppe::conformance {

namespace {

void add_bytes(std::string& out, const void* from, std::size_t count) {
  out.append(static_cast<const char*>(from), count);
}
void add_text(std::string& out, const char* text) {
  out += text == nullptr ? "\1" : text;
  out += '\0';
}

void add_value(std::string& out, const steppe_value& value) {
  add_bytes(out, &value, kFirstSize<steppe_value>);
  for (std::uint64_t i = 0; i < value.count; ++i) {
    if (value.integers != nullptr) add_bytes(out, value.integers + i, sizeof(*value.integers));
    if (value.doubles != nullptr) add_bytes(out, value.doubles + i, sizeof(*value.doubles));
    if (value.strings != nullptr) add_text(out, value.strings[i]);
    if (value.keys != nullptr) add_text(out, value.keys[i]);
  }
}

void add_options(std::string& out, const steppe_component& component) {
  for (std::uint32_t i = 0; i < component.option_count; ++i) {
    const steppe_option& option = *component.options[i];
    add_bytes(out, &option, kFirstSize<steppe_option>);
    for (const char* text : {option.name, option.unit, option.help}) add_text(out, text);
    for (std::uint32_t k = 0; k < option.choice_count; ++k) add_text(out, option.choices[k]);
    if (option.default_value != nullptr) add_value(out, *option.default_value);
  }
}

void add_component(std::string& out, const steppe_component& component) {
  add_bytes(out, &component, kFirstSize<steppe_component>);
  for (const char* text : {component.id, component.version, component.summary}) {
    add_text(out, text);
  }
  add_options(out, component);
  for (std::uint32_t i = 0; i < component.tag_count; ++i) {
    add_bytes(out, component.tags[i], kFirstSize<steppe_tag>);
    add_text(out, component.tags[i]->name);
  }
  for (const char* id : {STEPPE_TREND_MODEL, STEPPE_REGRESSION, STEPPE_DATA_SOURCE,
                         STEPPE_LINEAR_MODEL, STEPPE_SAVED_FIT}) {
    const void* const table = component.query(&component, id);
    add_bytes(out, &table, sizeof(table));
  }
}

}  // namespace

std::string picture_of(const steppe_plugin& plugin) {
  std::string out;
  add_bytes(out, &plugin, kFirstSize<steppe_plugin>);
  for (const char* text :
       {plugin.name, plugin.version, plugin.vendor, plugin.licence, plugin.sdk_version}) {
    add_text(out, text);
  }
  for (std::uint32_t c = 0; c < plugin.component_count; ++c) {
    add_component(out, *plugin.components[c]);
  }
  return out;
}

}  // namespace steppe::conformance
