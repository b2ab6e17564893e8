// SPDX-License-Identifier: Apache-2.0
#pragma once

// One small pipeline over one CSV file: what most tests of the program need.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/run_steppe.hpp"

namespace steppe::testing {

class ProgramCase {
 public:
  using Json = nlohmann::json;

  // A yearly CSV `data.csv` with the columns year and y, forecast two years ahead by a linear
  // trend.
  ProgramCase() {
    csv("year,y\n2010,1\n2011,3\n2012,4\n2013,7\n2014,8\n2015,11\n");
    pipeline_ = {{"time", {{"column", "year"}, {"frequency", "yearly"}}},
                 {"horizon", {{"steps", 2}}},
                 {"coverage", {0.95}},
                 {"steps",
                  {{"data", {{"source", "csv"}, {"path", "data.csv"}}},
                   {"y", {{"trend", "linear"}, {"series", "data.y"}}}}},
                 {"outputs", {{{"forecast", "forecast.csv"}}}}};
  }

  ProgramCase& csv(const std::string& content) {
    folder_.write("data.csv", content);
    return *this;
  }
  // Merges into the pipeline; null removes a key.
  ProgramCase& change(const Json& patch) {
    pipeline_.merge_patch(patch);
    return *this;
  }
  ProgramRun run(const std::vector<std::string>& arguments = {}, ProgramSettings settings = {}) {
    return run_as("run", arguments, std::move(settings));
  }
  // Another command on the same pipeline.
  ProgramRun run_as(const std::string& command, std::vector<std::string> arguments,
                    ProgramSettings settings = {}) {
    folder_.write("run.json", pipeline_.dump(2));
    arguments.insert(arguments.begin(), {command, "run.json"});
    if (settings.folder.empty()) settings.folder = folder_.path();
    return run_steppe(arguments, settings);
  }
  // The result object of a run; an empty object when it printed none.
  Json result() {
    last = run({"--format", "json"});
    return last.out.empty() ? Json::object() : Json::parse(last.out);
  }

  TemporaryFolder& folder() { return folder_; }
  Json& pipeline() { return pipeline_; }

  ProgramRun last;

 private:
  TemporaryFolder folder_;
  Json pipeline_;
};

}  // namespace steppe::testing
