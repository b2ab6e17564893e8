// SPDX-License-Identifier: Apache-2.0

// The linear sets of NIST StRD (tests/reference/nist_linear) from decimal text through the whole
// program: CSV source, regression.ols behind its C tables, JSON result. At least 13 correct digits
// in the worst coefficient of each set and 12 in standard errors, residual deviation and R squared.

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using Json = nlohmann::json;

struct ProgramNistSet {
  std::string name;
  int degree;
  bool intercept;
};

void PrintTo(const ProgramNistSet& set, std::ostream* out) { *out << set.name; }

std::vector<std::string> nist_lines(const std::string& file) {
  std::ifstream in(std::string(STEPPE_SOURCE_DIR) + "/tests/reference/nist_linear/" + file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> nist_cells(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == ',')
      cells.emplace_back();
    else
      cells.back() += c;
  }
  return cells;
}

double nist_number(const std::string& text) {
  double value = std::numeric_limits<double>::quiet_NaN();
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Of the error itself where 0 is certified.
double digits_of(double computed, double certified) {
  const double error = std::abs(computed - certified) / (certified == 0 ? 1 : std::abs(certified));
  return error == 0 ? 16.0 : -std::log10(error);
}

// A year per row, since a pipeline has a time column, and a last row without a target to forecast.
std::string with_years(const std::vector<std::string>& lines) {
  std::string csv = "year," + lines[0] + "\n";
  for (std::size_t i = 1; i < lines.size(); ++i)
    csv += std::to_string(1899 + i) + "," + lines[i] + "\n";
  return csv + std::to_string(1899 + lines.size()) + "," + lines[1].substr(lines[1].find(',')) +
         "\n";
}

class NistThroughTheProgram : public ::testing::TestWithParam<ProgramNistSet> {};

TEST_P(NistThroughTheProgram, HasThirteenDigits) {
  const ProgramNistSet& set = GetParam();
  const auto lines = nist_lines(set.name + ".csv");
  ASSERT_GT(lines.size(), 1u);
  Json step = {{"regression", "ols"}, {"target", "data.y"}, {"intercept", set.intercept}};
  const auto columns = nist_cells(lines[0]);
  for (std::size_t j = 1; j < columns.size(); ++j)
    step["regressors"].push_back("data." + columns[j]);
  if (set.degree > 1) step["degrees"] = {set.degree};
  ProgramCase program;
  program.csv(with_years(lines));
  program.pipeline()["steps"]["y"] = step;
  program.change({{"horizon", {{"steps", 1}}}});
  const Json result = program.result();
  ASSERT_EQ(program.last.exit_code, 0) << program.last.err;
  const Json& series = result.at("steps").at("y").at("series").at(0);

  const auto name_of = [&](int power) {
    if (set.degree == 1) return "data." + columns[static_cast<std::size_t>(power)];
    return "data." + columns[1] + (power == 1 ? "" : "^" + std::to_string(power));
  };
  double coefficients = 16.0;
  double others = 16.0;
  std::size_t compared = 0;
  for (const std::string& line : nist_lines("certified.csv")) {
    const auto cells = nist_cells(line);
    if (cells[0] != set.name) continue;
    const double certified = nist_number(cells[2]);
    if (cells[1] == "rsd" || cells[1] == "r2") {
      const char* name = cells[1] == "rsd" ? "standard_error" : "r_squared";
      others =
          std::min(others, digits_of(series.at("statistics").at(name).get<double>(), certified));
      continue;
    }
    const int power = static_cast<int>(nist_number(cells[1].substr(1)));
    const Json& row =
        series.at("tables").at("coefficients").at(power == 0 ? "intercept" : name_of(power));
    coefficients = std::min(coefficients, digits_of(row.at("estimate").get<double>(), certified));
    others =
        std::min(others, digits_of(row.at("standard_error").get<double>(), nist_number(cells[3])));
    ++compared;
  }
  EXPECT_EQ(compared, series.at("tables").at("coefficients").size());
  EXPECT_GE(coefficients, 13.0);
  EXPECT_GE(others, 12.0);
}

INSTANTIATE_TEST_SUITE_P(
    Sets, NistThroughTheProgram,
    ::testing::Values(ProgramNistSet{"Norris", 1, true}, ProgramNistSet{"Pontius", 2, true},
                      ProgramNistSet{"NoInt1", 1, false}, ProgramNistSet{"NoInt2", 1, false},
                      ProgramNistSet{"Filip", 10, true}, ProgramNistSet{"Longley", 1, true},
                      ProgramNistSet{"Wampler1", 5, true}, ProgramNistSet{"Wampler2", 5, true},
                      ProgramNistSet{"Wampler3", 5, true}, ProgramNistSet{"Wampler4", 5, true},
                      ProgramNistSet{"Wampler5", 5, true}),
    [](const auto& set) { return set.param.name; });

TEST(DegreesThroughTheProgram, J5_RefusesADegreeBelowOneBeforeAnythingIsRead) {
  ProgramCase program;
  program.csv("year,y,x\n2010,1,1\n2011,3,2\n2012,4,4\n2013,,5\n");
  program.pipeline()["steps"]["y"] = {
      {"regression", "ols"}, {"target", "data.y"}, {"regressors", {"data.x"}}, {"degrees", {0}}};
  program.result();
  EXPECT_EQ(program.last.exit_code, 3);
  EXPECT_NE(program.last.err.find("(steps.y.degrees[0]): 0 is out of range; expected"),
            std::string::npos)
      << program.last.err;
}

}  // namespace
}  // namespace steppe
