// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "pipeline/check_model.hpp"
#include "pipeline/model_body.hpp"
#include "pipeline/model_values.hpp"

namespace steppe {
namespace {

using Json = nlohmann::json;
using namespace model_values;

// Dates farther off than the hours of ten thousand years are no dates.
constexpr std::int64_t kFarthest = 100'000'000;

template <typename Read>
auto each(const Json& value, Read&& read) {
  std::vector<decltype(read(value))> out;
  for (const Json& item : list(value, "a list")) out.push_back(read(item));
  return out;
}

std::vector<std::string> texts(const Json& value) { return each(value, text); }

StringMap pairs(const Json& value) {
  return each(value, [](const Json& pair) {
    return std::pair(text(entry(pair, 0)), text(entry(pair, 1)));
  });
}

std::vector<Warning> warnings(const Json& value) {
  return each(value,
              [](const Json& item) { return Warning{text(entry(item, 0)), text(entry(item, 1))}; });
}

// The types of OptionValue in their order.
OptionValue option_value(std::int64_t type, const Json& value) {
  switch (type) {
    case 0:
      return flag(value);
    case 1:
      return any_integer(value);
    case 2:
      return number(value);
    case 3:
      return text(value);
    case 4:
      return each(value, flag);
    case 5:
      return each(value, any_integer);
    case 6:
      return each(value, number);
    case 7:
      return texts(value);
    default:
      return pairs(value);
  }
}

SavedComponent component_of(const Json& value) {
  SavedComponent out;
  out.label = text(member(value, "label"));
  out.id = text(member(value, "id"));
  out.version = text(member(value, "version"));
  out.file_sha256 = text(member(value, "file_sha256"));
  for (const Json& option : list_in(value, "options")) {
    const std::int64_t type = integer(member(option, "type"), 0, 8);
    out.options.push_back(
        {text(member(option, "name")), option_value(type, member(option, "value"))});
  }
  return out;
}

SourceRecord source_of(const Json& value) {
  SourceRecord out;
  out.id = text(member(value, "id"));
  out.plugin = text(member(value, "plugin"));
  out.path = text(member(value, "path"));
  out.snapshot = text(member(value, "snapshot"));
  const Json& rows = member(value, "rows");
  out.rows = {count(entry(rows, 0)), count(entry(rows, 1)), count(entry(rows, 2)),
              count(entry(rows, 3))};
  out.series_count = count(member(value, "keys"));
  out.time_column = text(member(value, "time_column"));
  out.first_date = text(member(value, "first"));
  out.last_date = text(member(value, "last"));
  out.frequency = text(member(value, "frequency"));
  out.columns = texts(member(value, "columns"));
  out.facts = pairs(member(value, "facts"));
  out.warnings = warnings(member(value, "warnings"));
  return out;
}

Calendar calendar_of(const Json& value) {
  Calendar out;
  const auto frequency = frequency_from(text(member(value, "frequency")));
  if (!frequency) refuse("a frequency is not known");
  out.frequency = *frequency;
  out.precision = static_cast<CivilTime::Precision>(integer(member(value, "precision"), 0, 4));
  out.month = static_cast<int>(integer(member(value, "month"), 1, 12));
  out.day = static_cast<int>(integer(member(value, "day"), 1, 31));
  out.weekday_offset = static_cast<int>(integer(member(value, "weekday_offset"), 0, 6));
  return out;
}

std::shared_ptr<const SavedFit> fit_of(const Json& value) {
  auto out = std::make_shared<SavedFit>();
  out->component = count(member(value, "component"));
  out->schema = static_cast<std::uint32_t>(integer(member(value, "schema"), 1, UINT32_MAX));
  out->observations = count(member(value, "observations"));
  out->columns = count(member(value, "columns"));
  out->last = integer(member(value, "last"), -kFarthest, kFarthest);
  out->bytes = bytes(member(value, "bytes"));
  if (raw_sha256(out->bytes) != bytes(member(value, "sha256"))) {
    refuse("the checksum of a fit is wrong");
  }
  return out;
}

Error error_from(const Json& value, std::size_t first) {
  return {
      static_cast<ErrorKind>(integer(entry(value, first), STEPPE_INVALID_CONFIG, STEPPE_INTERNAL)),
      text(entry(value, first + 1)), text(entry(value, first + 2)), text(entry(value, first + 3))};
}

std::vector<SavedSeries> series_of(const Json& step) {
  std::vector<std::shared_ptr<const SavedFit>> fits;
  for (const Json& fit : list_in(step, "fits")) fits.push_back(fit_of(fit));
  const Json& keys = list_in(step, "keys");
  std::vector<SavedSeries> out(keys.size());
  const auto of_each = [&](const char* name) -> const Json& {
    const Json& values = list_in(step, name);
    if (values.size() != out.size()) refuse(std::string("\"") + name + "\" has not every series");
    return values;
  };
  const Json& status = of_each("status");
  const Json& model = of_each("model");
  const Json& choice = of_each("choice");
  const Json& fit = of_each("fit");
  const Json& column = of_each("column");
  for (std::size_t k = 0; k < out.size(); ++k) {
    out[k].key = text(keys[k]);
    out[k].status = static_cast<SeriesStatus>(integer(status[k], 0, 2));
    out[k].model = text(model[k]);
    out[k].choice = text(choice[k]);
    const std::int64_t place = integer(fit[k], -1, static_cast<std::int64_t>(fits.size()) - 1);
    if (place >= 0) out[k].fit = fits[static_cast<std::size_t>(place)];
    out[k].column = count(column[k]);
  }
  const auto series = [&](const Json& record) -> SavedSeries& {
    return out[index(entry(record, 0), out.size())];
  };
  for (const Json& record : list_in(step, "errors")) {
    series(record).error = error_from(record, 1);
  }
  for (const Json& record : list_in(step, "warnings_before")) {
    series(record).warnings_before = warnings(entry(record, 1));
  }
  for (const Json& record : list_in(step, "warnings_after")) {
    series(record).warnings_after = warnings(entry(record, 1));
  }
  for (const Json& record : list_in(step, "drivers")) {
    series(record).regressors = each(entry(record, 1), [](const Json& driver) {
      return SavedRegressor{number(entry(driver, 0)), number(entry(driver, 1)),
                            each(entry(driver, 2), number)};
    });
  }
  return out;
}

// Files of format 1 know no errors of drivers: they are taken as known then.
void read_driver_errors(const Json& value, SavedStep& out) {
  if (!value.contains("uncertainty")) return;
  const std::string word = text(member(value, "uncertainty"));
  out.uncertainty.reset();
  for (const Uncertainty known : {Uncertainty::kClosedForm, Uncertainty::kSimulation}) {
    if (word == name_of(known)) out.uncertainty = known;
  }
  if (!out.uncertainty && word != "default") refuse("an uncertainty is not known");
  out.draws = integer(member(value, "draws"), kFewestDraws, kMostDraws);
  for (const Json& record : list_in(value, "driver_errors")) {
    out.series[index(entry(record, 0), out.series.size())].correlation =
        DriverCorrelation{each(entry(record, 1), number), each(entry(record, 2), number)};
  }
}

std::shared_ptr<const PooledFit> pooled_of(const Json& value) {
  auto out = std::make_shared<PooledFit>();
  out->keys = count(member(value, "keys"));
  out->rows = count(member(value, "rows"));
  out->plugin = text(member(value, "plugin"));
  out->warnings = warnings(member(value, "warnings"));
  if (value.contains("error")) out->error = error_from(member(value, "error"), 0);
  return out;
}

SavedStep step_of(const Json& value) {
  SavedStep out;
  StepResult& declared = out.declared;
  declared.id = text(member(value, "id"));
  declared.kind = text(member(value, "kind"));
  declared.word = text(member(value, "word"));
  declared.series = text(member(value, "series"));
  declared.criterion = text(member(value, "criterion"));
  declared.regressors = texts(member(value, "regressors"));
  declared.key_columns = texts(member(value, "key_columns"));
  declared.calendar = calendar_of(member(value, "calendar"));
  if (value.contains("pooled")) declared.pooled = pooled_of(member(value, "pooled"));
  out.regressor_steps = texts(member(value, "regressor_steps"));
  if (value.contains("regressor_lags")) {
    out.regressor_lags = each(member(value, "regressor_lags"),
                              [](const Json& lag) { return integer(lag, 0, kFarthest); });
  } else {  // none is lagged; files of format 1
    out.regressor_lags.assign(out.regressor_steps.size(), 0);
  }
  out.components = each(member(value, "components"), component_of);
  out.series = series_of(value);
  read_driver_errors(value, out);
  return out;
}

SavedModel model_of(const Json& value) {
  SavedModel out;
  out.name = text(member(value, "name"));
  out.pipeline_file = text(member(value, "pipeline_file"));
  out.pipeline_sha256 = text(member(value, "pipeline_sha256"));
  out.host_version = text(member(value, "host_version"));
  const Json& seed = member(value, "seed");
  if (!seed.is_number_unsigned()) refuse("the seed is not a whole number");
  out.seed = seed.get<std::uint64_t>();
  out.coverage = each(member(value, "coverage"), number);
  out.max_failed = number(member(value, "max_failed"));
  out.details = flag(member(value, "details"));
  out.sources = each(member(value, "sources"), source_of);
  out.steps = each(member(value, "steps"), step_of);
  return out;
}

}  // namespace

Result<SavedModel> read_model_body(std::string_view body) {
  const auto wrong = [](const std::string& what) {
    return Error{ErrorKind::kInvalidData, "the contents are not those of a model: " + what, "",
                 "F13"};
  };
  try {
    if (!is_shallow_cbor(body)) return wrong("not CBOR, or nested too deeply");
    SavedModel model = model_of(Json::from_cbor(body.begin(), body.end()));
    if (auto problem = problem_of(model)) return wrong(*problem);
    return model;
  } catch (const Contradiction& contradiction) {
    return wrong(contradiction.message);
  } catch (const Json::exception& exception) {
    return wrong(exception.what());
  }
}

}  // namespace steppe
