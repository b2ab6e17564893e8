// SPDX-License-Identifier: Apache-2.0
#include "plugin_testing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <stdexcept>

#include "plugin_host/inspect.hpp"

namespace steppe::testing {

namespace {

class QuietServices : public HostServices {
 public:
  void log(int, const std::string&, const std::string&) override {}
  bool cancelled() override { return false; }
};

// A failure to open stops the test with the reason: GoogleTest reports the exception.
[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what); }

PluginLoader& loader() {
  static QuietServices services;
  static PluginLoader instance(services);
  return instance;
}

std::string file_of(std::string id) {
  std::ranges::replace(id, '.', '_');
  return std::string(STEPPE_PLUGIN_DIR) + "/steppe_" + id + ".so";
}

// The shipped plugins are our own build: they are judged in this process, without a child.
const PluginVerdict& verdict_of(const std::string& id) {
  static std::map<std::string, PluginVerdict> known;
  const auto found = known.find(id);
  if (found != known.end()) return found->second;
  PluginVerdict verdict = inspect_in_process(file_of(id));
  if (!verdict.accepted) fail(verdict.path + ": " + verdict.fault + ": " + verdict.reason);
  return known.emplace(id, std::move(verdict)).first->second;
}

Options completed(const ComponentDescription& component, Options given) {
  Options out;
  for (const OptionDescription& option : component.options) {
    const auto found = std::ranges::find(given, option.name, &NamedOption::name);
    if (found != given.end()) {
      out.push_back(*found);
    } else if (option.default_value) {
      out.push_back({option.name, *option.default_value});
    }
  }
  for (const NamedOption& option : given) {
    if (std::ranges::find(out, option.name, &NamedOption::name) == out.end()) {
      fail(component.id + " has no option " + option.name);
    }
  }
  return out;
}

std::shared_ptr<Component> component_of(const std::string& id, Options options) {
  const PluginVerdict& verdict = verdict_of(id);
  const auto component = std::ranges::find(verdict.components, id, &ComponentDescription::id);
  if (component == verdict.components.end()) fail(verdict.path + " does not offer " + id);
  auto made = loader().create({&*component, &verdict}, completed(*component, std::move(options)));
  if (!made) fail(to_text(made.error()));
  return std::move(*made);
}

template <typename T>
T opened(Outcome<T> outcome) {
  if (!outcome) fail(to_text(outcome.error()));
  return std::move(*outcome);
}

}  // namespace

TrendModel open_trend(const std::string& id, Options options) {
  return opened(TrendModel::open(component_of(id, std::move(options)), loader().host()));
}

RegressionModel open_regression(const std::string& id, Options options) {
  return opened(RegressionModel::open(component_of(id, std::move(options)), loader().host()));
}

DataSource open_source(const std::string& id, Options options) {
  return opened(DataSource::open(component_of(id, std::move(options)), loader().host()));
}

double TrendRun::parameter(const std::string& row, const std::string& column) const {
  const ReportTable* table = report.table("parameters");
  if (table == nullptr) fail("the report has no table \"parameters\"");
  const auto r = std::ranges::find(table->rows, row);
  const auto c = std::ranges::find(table->columns, column);
  if (r == table->rows.end() || c == table->columns.end()) {
    fail("the table \"parameters\" has no cell " + row + ", " + column);
  }
  const auto index = static_cast<std::size_t>(r - table->rows.begin()) * table->columns.size() +
                     static_cast<std::size_t>(c - table->columns.begin());
  return table->values.at(index);
}

TrendRun run_trend(const TrendModel& model, const std::vector<double>& y,
                   const std::vector<double>& future, double coverage, std::vector<double> t) {
  for (std::size_t i = t.size(); i < y.size(); ++i) t.push_back(static_cast<double>(i + 1));
  BlockView block;
  block.time = t;
  block.values = y.data();
  block.series_count = 1;
  block.stride = 1;
  const TrendFit fit = opened(model.fit(block));
  TrendRun out;
  out.fitted = fit.fitted(0);
  if (!out.fitted) {
    out.error = fit.explain(0);
    return out;
  }
  out.fitted_values = opened(fit.fitted_values());
  out.report = opened(fit.report(0));
  for (const ReportScalar& scalar : out.report.scalars) out.scalars[scalar.name] = scalar.value;
  const std::vector<double> probabilities = {(1 - coverage) / 2, (1 + coverage) / 2};
  BlockForecast forecast = opened(fit.predict(future, probabilities));
  const auto half = forecast.quantiles.begin() + static_cast<std::ptrdiff_t>(future.size());
  out.lower.assign(forecast.quantiles.begin(), half);
  out.upper.assign(half, forecast.quantiles.end());
  out.mean = std::move(forecast.mean);
  out.standard_error = std::move(forecast.standard_error);
  return out;
}

double correct_digits(double value, double expected) {
  constexpr double kMost = 16;
  if (std::isnan(value) || std::isnan(expected)) return 0;
  if (value == expected) return kMost;
  const double error = std::fabs(value - expected);
  const double relative = expected == 0 ? error : error / std::fabs(expected);
  return std::clamp(-std::log10(relative), 0.0, kMost);
}

}  // namespace steppe::testing
