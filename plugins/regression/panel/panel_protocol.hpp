// SPDX-License-Identifier: Apache-2.0
#pragma once

// What regression.panel knows of a fit, how it reports and saves it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "steppe/numerics/panel_regression.hpp"
#include "steppe/report.hpp"
#include "steppe/saved_fit.hpp"

namespace steppe::panel {

inline constexpr const char* kEffects[] = {"fixed", "none"};
inline constexpr const char* kCovariances[] = {"clustered", "classical", "hc1"};

struct Protocol {
  numerics::PanelFit fit;
  std::vector<std::size_t> numbers;  // of the keys, rising; parallel to fit.rows
  std::vector<std::string> names;    // of the regressors, that of the key left out
  std::string target;
  double coverage = 0.95;

  // The place of a key in fit.rows; nothing for one that was not in the fit.
  std::optional<std::size_t> place(std::size_t number) const;
};

// "key #3": the host puts the key's name there.
std::string key_text(std::size_t number);
std::string coefficient_name(const Protocol& protocol, std::size_t coefficient);
std::string dependency_text(const Protocol& protocol, const numerics::DependentColumn& dependency);

void write_report(const Protocol& protocol, Report& out);

constexpr std::uint32_t kSavedSchema = 1;
void save(const Protocol& protocol, Writer& writer);
Result<Protocol> load(Reader& reader);

}  // namespace steppe::panel
