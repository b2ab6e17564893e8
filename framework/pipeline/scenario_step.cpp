// SPDX-License-Identifier: Apache-2.0
// Scenario steps: named sets of changes to the drivers of a regression.

#include <algorithm>
#include <charconv>
#include <cmath>

#include "pipeline/dates.hpp"
#include "pipeline/steps.hpp"

namespace steppe {
namespace {

constexpr const char* kScenariosExpected =
    "an object of scenarios by name such as {\"high\": {\"mining\": {\"change\": \"+10%\"}}}";
constexpr const char* kDriversExpected =
    "an object of drivers such as {\"mining\": {\"change\": \"+10%\"}}";
constexpr const char* kShockExpected =
    "an object such as {\"change\": \"+10%\"}, {\"standard_deviations\": 1}, "
    "{\"values\": [1, 2]} or {\"column\": \"plan.mining\"}";
constexpr const char* kChangeExpected =
    "per cent such as \"+10%\" or a number in the driver's unit such as -5.0";

// The number in "+10%", "-2.5 %", "10%"; nothing for any other text.
std::optional<double> per_cent_in(std::string_view text) {
  if (text.empty() || text.back() != '%') return std::nullopt;
  text.remove_suffix(1);
  if (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (!text.empty() && text.front() == '+') {
    text.remove_prefix(1);
    if (!text.empty() && text.front() == '-') return std::nullopt;
  }
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  if (!whole || !std::isfinite(value)) return std::nullopt;
  return value;
}

class ScenarioReader {
 public:
  ScenarioReader(const StepContext& context, StepDraft& draft)
      : context_(context), faults_(context.faults), draft_(draft) {}

  std::vector<Scenario> read(const Field& field) {
    std::vector<Scenario> out;
    for (const JsonMember& entry : members_of(field, kScenariosExpected)) {
      const Where where = {entry.position, path_of_member(field.path, entry.key)};
      if (entry.key.empty() || entry.key == "base") {
        faults_.refuse(
            "J11", where,
            steppe::quoted(entry.key) + " cannot name a scenario; base is the forecast itself");
      }
      out.push_back({entry.key, read_shocks({&entry.value, where.path})});
    }
    return out;
  }

 private:
  // The members of an object that has some; none after a fault.
  const std::vector<JsonMember>& members_of(const Field& field, const char* expected) {
    static const std::vector<JsonMember> none;
    if (!is_object(field, expected, faults_)) return none;
    if (field.value->members.empty()) {
      faults_.refuse("J11", field.where(), std::string("an empty object; expected ") + expected);
    }
    return field.value->members;
  }

  std::vector<Shock> read_shocks(const Field& drivers) {
    std::vector<Shock> out;
    for (const JsonMember& entry : members_of(drivers, kDriversExpected)) {
      const Where where = {entry.position, path_of_member(drivers.path, entry.key)};
      draft_.drivers.emplace_back(entry.key, where);
      Shock shock;
      shock.driver = entry.key;
      shock.place = faults_.place(where);
      const Field field = {&entry.value, where.path};
      if (is_object(field, kShockExpected, faults_)) read_shock(field, shock);
      out.push_back(std::move(shock));
    }
    return out;
  }

  void read_shock(const Field& field, Shock& shock) {
    const std::vector<std::string> kinds = {"change", "standard_deviations", "values", "column"};
    std::vector<std::string> valid = kinds;
    valid.insert(valid.end(), {"from", "to"});
    refuse_unknown_keys(field, valid, "of a change to a driver", faults_);
    std::vector<std::string> given;
    for (const std::string& kind : kinds) {
      if (member(field, kind)) given.push_back(kind);
    }
    if (given.empty()) {
      faults_.refuse("J11", field.where(),
                     "nothing that changes " + steppe::quoted(shock.driver) +
                         "; expected one of the keys " + quoted_list(kinds));
    } else if (given.size() > 1) {
      faults_.refuse("J11", member(field, given[1]).where(),
                     steppe::quoted(shock.driver) + " is changed in two ways, by " +
                         steppe::quoted(given[0]) + " and " + steppe::quoted(given[1]) +
                         "; remove one");
    }
    shock.dates = read_span(field, context_.frequency, "no date", faults_);
    check_dates(field, shock);
    if (const Field change = member(field, "change")) read_change(change, shock);
    if (const Field deviations = member(field, "standard_deviations")) {
      shock.kind = ShockKind::kStandardDeviations;
      shock.amount =
          read_number(deviations, "a number of standard deviations such as 1 or -2", faults_)
              .value_or(0);
      shock.text = deviations.value->text + " standard deviations";
    }
    if (const Field values = member(field, "values")) read_values(values, shock);
    if (const Field column = member(field, "column")) {
      shock.kind = ShockKind::kColumn;
      shock.column = read_column(column, ReferenceRole::kPath, context_, draft_);
      if (shock.column) shock.text = shock.column->text();
    }
  }

  void read_change(const Field& change, Shock& shock) {
    if (change.value->kind == JsonValue::Kind::kNumber) {
      shock.kind = ShockKind::kAmount;
      shock.amount = read_number(change, kChangeExpected, faults_).value_or(0);
      shock.text = (shock.amount > 0 ? "+" : "") + change.value->text;
      return;
    }
    if (change.value->kind != JsonValue::Kind::kString) {
      return refuse_type(change, kChangeExpected, faults_);
    }
    const auto value = per_cent_in(change.value->text);
    if (!value) {
      faults_.refuse(
          "J11", change.where(),
          shown(*change.value) + " is no change; expected " + std::string(kChangeExpected));
      return;
    }
    if (*value < -100) {
      faults_.refuse("J5", change.where(),
                     shown(*change.value) +
                         " leaves less than nothing; expected -100% or more, or \"values\"");
    }
    shock.kind = ShockKind::kPerCent;
    shock.amount = *value;
    shock.text = change.value->text;
  }

  void read_values(const Field& values, Shock& shock) {
    constexpr const char* kExpected = "a list of numbers, one for each date";
    shock.kind = ShockKind::kValues;
    shock.text = "values";
    if (values.value->kind != JsonValue::Kind::kArray || values.value->items.empty()) {
      return refuse_type(values, kExpected, faults_);
    }
    for (std::size_t i = 0; i < values.value->items.size(); ++i) {
      shock.values.push_back(read_number(item(values, i), kExpected, faults_).value_or(0));
    }
    const auto steps = context_.horizon.steps;
    const bool whole = steps > 0 && !shock.dates.given();
    if (!whole || shock.values.size() == static_cast<std::size_t>(steps)) return;
    faults_.refuse("J11", values.where(),
                   std::to_string(shock.values.size()) + " values for a horizon of " +
                       std::to_string(steps) + " steps; give one for each");
  }

  // Dates after the horizon; those before it are known with the data.
  void check_dates(const Field& field, const Shock& shock) {
    const HorizonSpec& horizon = context_.horizon;
    if (!context_.frequency || !horizon.until) return;
    const auto calendar = calendar_from(*horizon.until, *context_.frequency);
    if (!calendar) return;
    const auto end = ordinal_of(*horizon.until, *calendar);
    for (const char* key : {"from", "to"}) {
      const auto& date = key == std::string_view("to") ? shock.dates.to : shock.dates.from;
      if (!date || !end) continue;
      const auto ordinal = ordinal_of(*date, *calendar);
      if (!ordinal || *ordinal <= *end) continue;
      const Field at = member(field, key);
      faults_.refuse(
          "J11", at.where(),
          shown(*at.value) + " is after the end of the horizon, " + label_of(*end, *calendar));
    }
  }

  const StepContext& context_;
  FaultList& faults_;
  StepDraft& draft_;
};

}  // namespace

void read_scenario_step(const Field& step, const StepContext& context, StepDraft& draft) {
  FaultList& faults = context.faults;
  refuse_unknown_keys(step, own_keys(StepKind::kScenario, false), "of a scenario step", faults);
  ScenarioStep scenario;
  scenario.id = draft.id;
  scenario.place = faults.place(draft.where);
  const Field of = required(step, "of", "the name of a regression step", faults);
  if (of) {
    if (const auto name = read_text(of, "the name of a regression step", faults)) {
      draft.references.push_back({ReferenceRole::kScenarioOf, *name, of.where()});
      scenario.of = *name;
    }
  }
  scenario.scenarios = ScenarioReader(context, draft).read(member(step, "scenario"));
  draft.spec = std::move(scenario);
}

}  // namespace steppe
