// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/subset_selection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "reference_files.hpp"

namespace steppe::numerics {
namespace {

struct SelectionData {
  std::vector<double> x;
  std::vector<double> y;
  std::size_t columns = 0;
  SubsetProblem problem(SubsetCriterion criterion) const {
    SubsetProblem out;
    out.design = {x.data(), y.size(), columns};
    out.response = {y.data(), y.size()};
    out.criterion = criterion;
    return out;
  }
};

SelectionData selection_data(const std::string& name) {
  SelectionData out;
  for (const test::Cells& cells : test::read_reference("select/subsets_data.csv")) {
    if (cells[0] != name) continue;
    out.y.push_back(test::number(cells[1]));
    out.columns = cells.size() - 2;
    for (std::size_t j = 2; j < cells.size(); ++j) out.x.push_back(test::number(cells[j]));
  }
  return out;
}

// Correlated columns, a few of which matter.
SelectionData random_selection(std::size_t rows, std::size_t columns, unsigned seed) {
  std::mt19937_64 bits(seed);
  const auto uniform = [&] { return static_cast<double>(bits() >> 11) * 0x1.0p-53; };
  const auto normal = [&] {
    return std::sqrt(-2 * std::log(1 - uniform())) * std::cos(6.283185307179586 * uniform());
  };
  SelectionData out;
  out.columns = columns;
  for (std::size_t i = 0; i < rows; ++i) {
    const double common = normal();
    double y = 3 + 0.7 * normal();
    for (std::size_t j = 0; j < columns; ++j) {
      const double x = 10 + common + normal();
      out.x.push_back(x);
      if (j % 3 == 0) y += x / static_cast<double>(1 + j);
    }
    out.y.push_back(y);
  }
  return out;
}

LeastSquaresFit fit_of_columns(const SubsetProblem& problem, const ColumnChoice& chosen) {
  LeastSquaresProblem least;
  least.design = chosen.view();
  least.response = problem.response;
  least.weights = problem.weights;
  least.intercept = problem.intercept;
  return solve_least_squares(least).value();
}

// Every subset, by one double-double fit each; best first.
std::vector<Subset> enumerate_subsets(const SubsetProblem& problem) {
  std::vector<Subset> out;
  const std::size_t p = problem.design.columns();
  for (std::uint64_t mask = problem.intercept ? 0 : 1; mask < std::uint64_t{1} << p; ++mask) {
    Subset one;
    for (std::size_t j = 0; j < p; ++j)
      if ((mask >> j & 1) != 0) one.columns.push_back(j);
    const ColumnChoice chosen = choose_columns(problem.design, one.columns);
    const LeastSquaresFit fit = fit_of_columns(problem, chosen);
    one.value = subset_criterion(problem.criterion, fit, chosen.view(), problem.weights);
    one.score = subset_score(problem.criterion, one.value, fit);
    if (fit.dropped.empty() && !std::isnan(one.score)) out.push_back(one);
  }
  std::sort(out.begin(), out.end(),
            [](const Subset& a, const Subset& b) { return a.score < b.score; });
  return out;
}

void expect_the_enumerated(const SubsetProblem& problem, const std::string& what) {
  const std::vector<Subset> all = enumerate_subsets(problem);
  const SubsetSearch found = search_subsets(problem).value();
  EXPECT_EQ(found.best.columns, all.front().columns) << what;
  EXPECT_DOUBLE_EQ(found.best.value, all.front().value) << what;
  for (const Subset& one : found.best_of_size) {
    const auto best = std::find_if(all.begin(), all.end(), [&](const Subset& other) {
      return other.columns.size() == one.columns.size();
    });
    ASSERT_NE(best, all.end());
    EXPECT_EQ(one.columns, best->columns) << what << " size " << one.columns.size();
  }
  std::size_t close = 0;
  for (std::size_t i = 1; i < all.size() && all[i].score <= all[0].score + kSubsetUnits; ++i) {
    if (i <= found.runners_up.size() && !found.more_runners_up) {
      EXPECT_EQ(found.runners_up[i - 1].columns, all[i].columns) << what << " " << i;
    }
    ++close;
  }
  if (!found.more_runners_up) {
    EXPECT_EQ(found.runners_up.size(), close) << what;
  }
}

constexpr SubsetCriterion kSearched[] = {SubsetCriterion::kAicc, SubsetCriterion::kBic,
                                         SubsetCriterion::kAdjustedRSquared};

TEST(SubsetSelection, FindsWhatEnumerationFinds) {
  unsigned seed = 1;
  for (const std::size_t columns : {1U, 2U, 5U, 8U, 10U, 12U}) {
    const SelectionData data = random_selection(3 * columns + 8, columns, seed++);
    for (const SubsetCriterion criterion : kSearched) {
      if (columns == 12 && criterion != SubsetCriterion::kAicc) continue;  // time
      expect_the_enumerated(data.problem(criterion), std::to_string(columns) + " columns");
    }
  }
}

TEST(SubsetSelection, FindsTheLeastPress) {
  for (unsigned seed = 50; seed < 53; ++seed) {
    const SelectionData data = random_selection(25, 7, seed);
    expect_the_enumerated(data.problem(SubsetCriterion::kPress), "press");
  }
}

// Twelve columns were the limit once; a few rows leave little to cut.
TEST(SubsetSelection, FindsTheLeastPressOfManyColumns) {
  expect_the_enumerated(random_selection(22, 13, 54).problem(SubsetCriterion::kPress),
                        "13 columns");
  SelectionData dependent = random_selection(20, 6, 55);
  for (std::size_t i = 0; i < 20; ++i) {
    double* row = &dependent.x[i * 6];
    row[3] = 2 * row[0];
    row[5] = i == 4 ? 1.0 : 0.0;  // with it nothing is known of row 5
  }
  const SubsetSearch found = search_subsets(dependent.problem(SubsetCriterion::kPress)).value();
  EXPECT_EQ(std::count(found.best.columns.begin(), found.best.columns.end(), 5U), 0);
  for (const Subset& one : found.best_of_size) EXPECT_FALSE(std::isnan(one.value));
}

TEST(SubsetSelection, FindsTheLeastPressWithoutAnIntercept) {
  const SelectionData data = random_selection(18, 8, 56);
  SubsetProblem problem = data.problem(SubsetCriterion::kPress);
  problem.intercept = false;
  expect_the_enumerated(problem, "no intercept");
  problem.forced = {5, 2};
  const SubsetSearch found = search_subsets(problem).value();
  const auto all = enumerate_subsets(problem);
  const auto best = std::find_if(all.begin(), all.end(), [](const Subset& one) {
    return std::count(one.columns.begin(), one.columns.end(), 5U) == 1 &&
           std::count(one.columns.begin(), one.columns.end(), 2U) == 1;
  });
  EXPECT_EQ(found.best.columns, best->columns);
}

TEST(SubsetSelection, CountsWeights) {
  for (unsigned seed = 60; seed < 63; ++seed) {
    const SelectionData data = random_selection(30, 7, seed);
    std::vector<double> weights;
    for (std::size_t i = 0; i < 30; ++i)
      weights.push_back(i == 11 ? 0.0 : 0.5 + static_cast<double>((i * 7) % 5));
    for (const SubsetCriterion criterion :
         {SubsetCriterion::kAicc, SubsetCriterion::kBic, SubsetCriterion::kAdjustedRSquared,
          SubsetCriterion::kPress}) {
      SubsetProblem problem = data.problem(criterion);
      problem.weights = {weights.data(), weights.size()};
      expect_the_enumerated(problem, "weights");
    }
  }
}

TEST(SubsetSelection, FindsSubsetsOfMoreColumnsThanRows) {
  const SelectionData data = random_selection(9, 11, 7);
  expect_the_enumerated(data.problem(SubsetCriterion::kAicc), "wide");
  expect_the_enumerated(data.problem(SubsetCriterion::kBic), "wide");
}

TEST(SubsetSelection, WorksWithoutAnIntercept) {
  const SelectionData data = random_selection(30, 8, 12);
  SubsetProblem problem = data.problem(SubsetCriterion::kBic);
  problem.intercept = false;
  expect_the_enumerated(problem, "no intercept");
}

// Column 3 is column 0 twice, column 4 the sum of 1 and 2: subsets that hold such a set are none.
TEST(SubsetSelection, LeavesOutSubsetsThatDependOnThemselves) {
  SelectionData data = random_selection(30, 6, 3);
  for (std::size_t i = 0; i < 30; ++i) {
    double* row = &data.x[i * 6];
    row[3] = 2 * row[0];
    row[4] = row[1] + row[2];
  }
  const SubsetSearch found = search_subsets(data.problem(SubsetCriterion::kAicc)).value();
  EXPECT_EQ(found.best_of_size.back().columns.size(), 4U);
  const auto has = [](const Subset& s, std::size_t j) {
    return std::count(s.columns.begin(), s.columns.end(), j) == 1;
  };
  for (const Subset& one : found.runners_up) EXPECT_FALSE(has(one, 0) && has(one, 3));
  EXPECT_FALSE(has(found.best, 3));  // of equal subsets the one with the earlier columns
}

TEST(SubsetSelection, KeepsForcedColumnsIn) {
  const SelectionData data = random_selection(40, 9, 21);
  SubsetProblem problem = data.problem(SubsetCriterion::kBic);
  problem.forced = {1, 4};
  problem.max_size = 4;
  const SubsetSearch found = search_subsets(problem).value();
  for (const Subset& one : enumerate_subsets(problem)) {
    const auto has = [&](std::size_t j) {
      return std::count(one.columns.begin(), one.columns.end(), j) == 1;
    };
    if (!has(1) || !has(4) || one.columns.size() > 4) continue;
    EXPECT_EQ(found.best.columns, one.columns);
    break;
  }
  EXPECT_EQ(found.best_of_size.size(), 3U);  // of 2, 3 and 4 columns
}

TEST(SubsetSelection, TakesTheSmallestExactFit) {
  SelectionData data = random_selection(20, 6, 5);
  for (std::size_t i = 0; i < 20; ++i) data.y[i] = 1 + 2 * data.x[i * 6 + 2] - data.x[i * 6 + 4];
  const SubsetSearch found = search_subsets(data.problem(SubsetCriterion::kAicc)).value();
  EXPECT_EQ(found.best.columns, (std::vector<std::size_t>{2, 4}));
  EXPECT_EQ(found.best.residual_ss, 0.0);
}

TEST(SubsetSelection, TakesNothingForAConstantTarget) {
  SelectionData data = random_selection(20, 4, 5);
  data.y.assign(20, 7.5);
  EXPECT_TRUE(search_subsets(data.problem(SubsetCriterion::kAicc)).value().best.columns.empty());
}

TEST(SubsetSelection, SearchesTwentyFiveColumns) {
  const SelectionData data = random_selection(300, 25, 99);
  const SubsetSearch found = search_subsets(data.problem(SubsetCriterion::kAicc)).value();
  EXPECT_EQ(found.best_of_size.size(), 26U);
  EXPECT_LT(found.nodes, 300000U);
  for (const std::size_t j : {0U, 3U, 6U})
    EXPECT_EQ(std::count(found.best.columns.begin(), found.best.columns.end(), j), 1);
}

TEST(SubsetSelection, RefusesMoreThanItCanSearch) {
  const SelectionData data = random_selection(60, 26, 1);
  const auto found = search_subsets(data.problem(SubsetCriterion::kAicc));
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().message,
            "26 regressors to choose from; all subsets can be searched for up to 25: force some, "
            "leave some out, or use regression.lasso");
}

TEST(SubsetSelection, RefusesTooFewRowsN1) {
  const SelectionData data = random_selection(3, 2, 1);
  const auto found = search_subsets(data.problem(SubsetCriterion::kAicc));
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().message,
            "3 observations are too few to choose regressors; at least 4 are needed");
}

TEST(SubsetSelection, RefusesForcedColumnsThatDependN4) {
  SelectionData data = random_selection(20, 4, 5);
  for (std::size_t i = 0; i < 20; ++i) data.x[i * 4 + 1] = 3 * data.x[i * 4];
  SubsetProblem problem = data.problem(SubsetCriterion::kAicc);
  problem.forced = {0, 1};
  EXPECT_EQ(search_subsets(problem).error().kind, ErrorKind::kRankDeficient);
}

// "12 15": column numbers plus 10.
std::vector<std::size_t> column_numbers(const std::string& text) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < text.size(); i += 3)
    out.push_back(static_cast<std::size_t>(test::number(text.substr(i, 2))) - 10);
  return out;
}

// R leaps, regsubsets: the best of each size; its criteria from lm.
TEST(SubsetSelection, AgreesWithLeapsOfR) {
  std::size_t compared = 0;
  for (const test::Cells& cells : test::read_reference("select/subsets_r.csv")) {
    const SelectionData data = selection_data(cells[0]);
    const SubsetProblem problem = data.problem(SubsetCriterion::kBic);
    const auto size = static_cast<std::size_t>(test::number(cells[1]));
    const Subset one = search_subsets(problem).value().best_of_size[size];
    EXPECT_EQ(one.columns, column_numbers(cells[2])) << cells[0] << " " << size;
    EXPECT_GE(test::correct_digits(one.residual_ss, test::number(cells[3])), 10.0);
    const ColumnChoice chosen = choose_columns(problem.design, one.columns);
    const LeastSquaresFit fit = fit_of_columns(problem, chosen);
    const std::map<SubsetCriterion, std::size_t> places = {{SubsetCriterion::kAdjustedRSquared, 4},
                                                           {SubsetCriterion::kBic, 5},
                                                           {SubsetCriterion::kAic, 6},
                                                           {SubsetCriterion::kAicc, 7},
                                                           {SubsetCriterion::kPress, 8}};
    for (const auto& [criterion, place] : places)
      EXPECT_GE(test::correct_digits(subset_criterion(criterion, fit, chosen.view(), {}),
                                     test::number(cells[place])),
                10.0)
          << cells[0] << " " << size << " " << place;
    ++compared;
  }
  EXPECT_EQ(compared, 5U + 10U + 4U);
}

}  // namespace
}  // namespace steppe::numerics
