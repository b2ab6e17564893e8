// SPDX-License-Identifier: Apache-2.0
#include "report/doctor_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace steppe {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kNameWidth = 16;

// "  needs           libc.so.6: /lib/libc.so.6", further lines below the first.
std::string block(std::string name, const std::vector<std::string>& lines) {
  std::ranges::replace(name, '_', ' ');
  std::string out;
  for (const std::string& line : lines) {
    name.resize(std::max(kNameWidth, name.size() + 1), ' ');
    out += "  " + name + line + "\n";
    name.clear();
  }
  return out;
}

// "refused [B6, rule R1]"
std::string status_of(const PluginDiagnosis& diagnosis) {
  if (diagnosis.usable) return "accepted";
  std::string numbers = diagnosis.fault;
  if (!diagnosis.rule.empty()) numbers += (numbers.empty() ? "rule " : ", rule ") + diagnosis.rule;
  return "refused" + (numbers.empty() ? "" : " [" + numbers + "]");
}

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

Json to_json(const PluginDiagnosis& diagnosis) {
  const auto optional = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
  Json facts = Json::object();
  for (const DiagnosisFact& fact : diagnosis.facts) facts[fact.name] = fact.lines;
  return {{"path", diagnosis.path},
          {"usable", diagnosis.usable},
          {"fault", optional(diagnosis.fault)},
          {"rule", optional(diagnosis.rule)},
          {"finding", diagnosis.finding},
          {"facts", std::move(facts)},
          {"what_to_do", diagnosis.remedies}};
}

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string diagnosis_text(const PluginDiagnosis& diagnosis) {
  std::string out =
      diagnosis.path + "\n  " + status_of(diagnosis) + ": " + diagnosis.finding + "\n";
  for (const DiagnosisFact& fact : diagnosis.facts) out += block(fact.name, fact.lines);
  return out + block("what_to_do", diagnosis.remedies);
}

std::string diagnosis_json(const PluginDiagnosis& diagnosis) { return dumped(to_json(diagnosis)); }

std::string checkup_text(const PluginCheckup& checkup) {
  std::string out = "Directories searched, in order:\n";
  for (const auto& [path, origin] : checkup.directories)
    out += "  " + path + "  (" + origin + ")\n";
  for (const std::string& notice : checkup.notices) out += "  note: " + notice + "\n";
  std::size_t usable = 0;
  for (const PluginDiagnosis& plugin : checkup.plugins) {
    out += "\n" + diagnosis_text(plugin);
    usable += plugin.usable ? 1 : 0;
  }
  return out + "\n" + counted(checkup.plugins.size(), "file", "files") + ": " +
         std::to_string(usable) + " accepted, " + std::to_string(checkup.plugins.size() - usable) +
         " refused\n";
}

std::string checkup_json(const PluginCheckup& checkup) {
  Json json = {
      {"directories", Json::array()}, {"notices", checkup.notices}, {"plugins", Json::array()}};
  for (const auto& [path, origin] : checkup.directories) {
    json["directories"].push_back({{"path", path}, {"origin", origin}});
  }
  for (const PluginDiagnosis& plugin : checkup.plugins) json["plugins"].push_back(to_json(plugin));
  return dumped(json);
}

}  // namespace steppe
