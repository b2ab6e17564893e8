// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs one trend step over a block of series: cuts to the rows wanted, sets series with missing
// values apart, fits every candidate, chooses, forecasts, and warns when the choice does worse than
// naive or drift out of sample. Thread-safe: one runner serves all blocks.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/results.hpp"
#include "engine/candidate.hpp"
#include "engine/keep_fits.hpp"
#include "engine/settings.hpp"
#include "pipeline/spec.hpp"
#include "plugin_host/trend_model.hpp"

namespace steppe {

// Borrowed series of a block, all observed on the same consecutive dates; NaN is missing.
struct SeriesBlock {
  const Calendar* calendar = nullptr;
  std::int64_t first = 0;
  std::vector<std::span<const double>> series;
  std::vector<std::uint64_t> seeds;
};

// The simple methods every choice of `best` is held against; absent where the plugin is.
struct Benchmarks {
  std::optional<TrendModel> naive;
  std::optional<TrendModel> drift;
};

class TrendRunner {
 public:
  TrendRunner(const TrendStep& step, std::vector<TrendModel> candidates, Benchmarks benchmarks,
              const EngineSettings& settings)
      : step_(step),
        candidates_(std::move(candidates)),
        benchmarks_(std::move(benchmarks)),
        settings_(settings) {}

  // From now on results also hold what regressions need to carry the error of a driver through.
  // `rolling`: with errors one step ahead from rolling origins.
  void keep_driver_errors(bool rolling) {
    keeps_driver_errors_ = true;
    keeps_rolling_errors_ = rolling;
  }

  // results[i] is filled for block.series[i]; its key is already there. Where `kept` is not empty
  // it is parallel to results and gets the chosen fits.
  void run(const SeriesBlock& block, std::span<SeriesResult* const> results,
           std::span<SavedSeries* const> kept = {}) const;

 private:
  // A candidate on one part, with what it is chosen by.
  struct Judged {
    Candidate candidate;
    std::vector<double> criterion;  // m; NaN where unusable or undefined; empty without a choice
    std::vector<double> fitted;     // n x m; empty when details are off
  };
  // Which candidate, and why in words.
  struct Choice {
    std::optional<std::size_t> index;
    std::string why;
    bool degraded = false;  // the criterion could not decide
  };

  void run_part(const TrendPart& part, std::span<SeriesResult* const> results,
                std::span<SavedSeries* const> kept) const;
  std::vector<double> criterion_values(const Candidate& candidate, const TrendModel& model,
                                       const TrendPart& part) const;
  Choice choose(const std::vector<Judged>& judged, std::size_t series) const;
  Choice obey_pick(const std::vector<double>& values, std::optional<std::size_t> best) const;
  ChosenFit fill(const TrendPart& part, const std::vector<Judged>& judged, std::size_t series,
                 SeriesResult& result) const;
  std::unique_ptr<SeriesDetail> details(const std::vector<Judged>& judged,
                                        std::size_t series) const;
  void hold_against_benchmarks(const TrendPart& part, std::span<SeriesResult* const> results) const;

  void fill_driver_errors(const TrendPart& part, const std::vector<Judged>& judged,
                          const std::vector<ChosenFit>& chosen,
                          std::span<SeriesResult* const> results) const;

  const TrendStep& step_;
  bool keeps_driver_errors_ = false;
  bool keeps_rolling_errors_ = false;
  std::vector<TrendModel> candidates_;  // parallel to step_.candidates
  Benchmarks benchmarks_;
  const EngineSettings& settings_;
};

}  // namespace steppe
