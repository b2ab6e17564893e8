// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include "commands.hpp"
#include "plugin_host/diagnose.hpp"
#include "report/doctor_text.hpp"
#include "terminal.hpp"

namespace steppe {
namespace {

ExitCode shown(const std::string& text, bool usable) {
  const ExitCode printed = print(text);
  if (printed != ExitCode::kComplete) return printed;
  return usable ? ExitCode::kComplete : ExitCode::kPluginRefused;
}

ExitCode examine_file(Session& session) {
  const std::string path =
      std::filesystem::absolute(session.command_line().file).lexically_normal();
  const PluginCatalogue& catalogue = session.catalogue();
  const PluginVerdict verdict = PluginCatalogue::judge(path, session.catalogue_options());
  PluginDiagnosis diagnosis = diagnose(verdict, catalogue.plugins());
  add_search_path(diagnosis, path, catalogue.directories());
  const bool json = session.command_line().json;
  return shown(json ? diagnosis_json(diagnosis) : diagnosis_text(diagnosis), diagnosis.usable);
}

}  // namespace

// One file, or every file of the search path: what is wrong and what to do. Ends with 5 when a file
// cannot be used.
ExitCode plugins_doctor_command(Session& session) {
  if (!session.command_line().file.empty()) return examine_file(session);
  const PluginCheckup checkup = check_up(session.catalogue());
  const bool usable = std::ranges::all_of(
      checkup.plugins, [](const PluginDiagnosis& diagnosis) { return diagnosis.usable; });
  return shown(session.command_line().json ? checkup_json(checkup) : checkup_text(checkup), usable);
}

}  // namespace steppe
