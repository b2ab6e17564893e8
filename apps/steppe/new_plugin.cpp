// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"
#include "scaffold/scaffold.hpp"
#include "terminal.hpp"

namespace steppe {
namespace {

// Two plugins with one id are refused, so a name that is taken would be of no use here.
Faults check_id_is_free(Session& session, const std::string& id) {
  const auto entry = session.catalogue().find(id);
  if (!entry) return {};
  return {Fault{"B8",
                ErrorKind::kInvalidConfig,
                ExitCode::kUsage,
                {},
                id + " is there already, in " + entry->plugin->path +
                    "; two plugins with one id are refused: choose another name"}};
}

}  // namespace

ExitCode new_command(Session& session) {
  const CommandLine& words = session.command_line();
  const ScaffoldRequest request{words.kind, words.name, words.language};
  const auto files = scaffold_files(request);
  if (!files) return session.say({files.error()});
  const Faults taken = check_id_is_free(session, words.kind + "." + words.name);
  if (!taken.empty()) return session.say(taken);
  const auto written = write_folder(words.parent, words.name, *files);
  if (!written) return session.say({written.error()});
  std::string text =
      "Wrote " + escaped(words.parent == "." ? "" : words.parent + "/") + words.name + ":";
  for (const ScaffoldFile& file : *files) text += " " + file.path;
  text += "\n\nNext:\n";
  if (words.parent != ".") text += "  cd " + escaped(words.parent) + "\n";
  for (const std::string& command : next_commands(request)) text += "  " + command + "\n";
  return print(text);
}

}  // namespace steppe
