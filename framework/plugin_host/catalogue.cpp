// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/catalogue.hpp"

#include <algorithm>

#include "plugin_host/catalogue_scan.hpp"
#include "plugin_host/edit_distance.hpp"
#include "plugin_host/rules.hpp"

namespace steppe {

namespace {

constexpr std::size_t kShownHashDigits = 8;

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// steppe_trend_linear.so serves trend.linear, by the name steppe_add_plugin() gives.
bool named_for(const PluginVerdict& plugin, std::string_view id) {
  std::string stem(id);
  std::ranges::replace(stem, '.', '_');
  return file_name(plugin.path) == "steppe_" + stem + ".so";
}

std::string list_of(const std::vector<PluginDirectory>& directories) {
  std::string out;
  for (const PluginDirectory& directory : directories) {
    if (!out.empty()) out += ", ";
    out += directory.path + " (" + directory.origin + ")";
  }
  return out.empty() ? "none" : out;
}

}  // namespace

PluginCatalogue PluginCatalogue::scan(const CatalogueOptions& options) {
  PluginCatalogue out;
  ScanResult result = scan_plugins(options);
  out.plugins_ = std::move(result.plugins);
  out.notices_ = std::move(result.notices);
  out.directories_ = options.directories;
  return out;
}

PluginVerdict PluginCatalogue::judge(const std::string& path, const CatalogueOptions& options) {
  return judge_plugin(path, options);
}

std::vector<CatalogueEntry> PluginCatalogue::components() const {
  std::vector<CatalogueEntry> out;
  for (const PluginVerdict& plugin : plugins_) {
    if (!plugin.accepted) continue;
    for (const ComponentDescription& component : plugin.components) {
      out.push_back({&component, &plugin});
    }
  }
  std::ranges::stable_sort(
      out, {}, [](const CatalogueEntry& entry) { return std::string_view(entry.component->id); });
  return out;
}

Fault refusal_of(const PluginVerdict& plugin) {
  const std::string hash = plugin.sha256.empty()
                               ? std::string()
                               : ", sha256 " + plugin.sha256.substr(0, kShownHashDigits) + "..";
  const ErrorKind kind = plugin.fault == "B4"    ? ErrorKind::kIncompatibleAbi
                         : plugin.fault == "B15" ? ErrorKind::kDenied
                                                 : ErrorKind::kPluginFault;
  return {plugin.fault, kind, ExitCode::kPluginRefused,
          Place{.plugin = file_name(plugin.path) + " (" + plugin.path + hash + ")"},
          with_rule(plugin.reason, plugin.rule)};
}

Outcome<CatalogueEntry> PluginCatalogue::find(std::string_view id) const {
  const std::vector<CatalogueEntry> all = components();
  std::vector<CatalogueEntry> serving;
  std::vector<std::string> ids;
  for (const CatalogueEntry& entry : all) {
    if (entry.component->id == id) serving.push_back(entry);
    ids.push_back(entry.component->id);
  }
  if (serving.size() == 1) return serving[0];
  const std::string wanted(id);
  if (serving.size() > 1) {
    return Fault{"B8", ErrorKind::kInvalidConfig, ExitCode::kPluginRefused, Place{.plugin = wanted},
                 with_rule("two plugins have this id: " + serving[0].plugin->path + " and " +
                               serving[1].plugin->path + "; remove one",
                           rule_of_fault("B8"))};
  }
  for (const PluginVerdict& plugin : plugins_) {
    if (!plugin.accepted && named_for(plugin, id)) return refusal_of(plugin);
  }
  return unknown(wanted, ids);
}

Fault PluginCatalogue::unknown(const std::string& id, const std::vector<std::string>& ids) const {
  std::string message = ids.empty() ? "there are no plugins" : "no plugin has this id";
  const std::string nearest = nearest_name(id, ids);
  if (!nearest.empty()) message += "; did you mean " + nearest + "?";
  message += "; directories searched: " + list_of(directories_);
  for (const PluginVerdict& plugin : plugins_) {
    if (plugin.accepted || plugin.fault != "B15") continue;
    message += "; refused: " + plugin.path + " " + plugin.reason;
  }
  return {ids.empty() ? "B16" : "", ErrorKind::kInvalidConfig,
          ids.empty() ? ExitCode::kPluginRefused : ExitCode::kPipelineRefused, Place{.plugin = id},
          message};
}

}  // namespace steppe
