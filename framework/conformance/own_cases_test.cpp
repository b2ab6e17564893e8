// SPDX-License-Identifier: Apache-2.0

// The cases of the levels load, memory and service, driven in this process with the honest fake and
// with one that has a single flaw. Flaws that end the process are in the torture set.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "conformance/case.hpp"
#include "conformance/tampered_trend.hpp"

namespace steppe::conformance {
namespace {

using fakes::honest;
using fakes::honest_table;
using fakes::with_table;
using testing::HasSubstr;

Verdict run(const std::string& id, const steppe_component& component) {
  CaseContext context;
  context.component = &component;
  for (const auto part : {load_cases(), memory_cases(), service_cases()}) {
    for (const Case& one : part) {
      if (id == one.id) return one.run(context);
    }
  }
  return Verdict::failed("no case " + id);
}

bool tries_components(const Case& one) {
  // Limits the memory of this whole process.
  if (std::string_view(one.id) == "service.survives_lack_of_memory") return false;
  return one.subject == Subject::kComponent || one.subject == Subject::kTrendModel;
}

TEST(OwnCases, PassOnAnHonestTrend) {
  const steppe_component& sound = *fakes::without_tag(honest(), "unused");
  for (const auto part : {load_cases(), memory_cases(), service_cases()}) {
    for (const Case& one : part) {
      if (!tries_components(one)) continue;
      const Verdict verdict = run(one.id, sound);
      EXPECT_NE(verdict.outcome, Outcome::kFailed) << one.id << ": " << verdict.text;
    }
  }
}

using Predict = decltype(steppe_trend_model::predict);

// The honest table with another predict.
template <Predict Other>
const steppe_trend_model* predicting() {
  static steppe_trend_model table = honest_table();
  table.predict = Other;
  return &table;
}

steppe_status one_row_short(const void* fit, const steppe_trend_request* request,
                            const steppe_trend_forecast* forecast, const steppe_host* host,
                            steppe_error* error) {
  steppe_output mean = *forecast->mean;
  std::vector<double> cells(mean.rows * mean.columns);
  mean.data = cells.data();
  mean.row_stride = static_cast<std::int64_t>(mean.columns);
  mean.column_stride = 1;
  steppe_trend_forecast all = *forecast;
  all.mean = &mean;
  const steppe_status status = honest_table().predict(fit, request, &all, host, error);
  const steppe_output& out = *forecast->mean;
  for (std::uint64_t r = 0; out.data != nullptr && r + 1 < out.rows; ++r) {
    for (std::uint64_t c = 0; c < out.columns; ++c) {
      out.data[static_cast<std::int64_t>(r) * out.row_stride +
               static_cast<std::int64_t>(c) * out.column_stride] = cells[r * out.columns + c];
    }
  }
  return status;
}

// Adds 1 to the mean where no quantiles are wanted.
steppe_status absence_matters(const void* fit, const steppe_trend_request* request,
                              const steppe_trend_forecast* forecast, const steppe_host* host,
                              steppe_error* error) {
  const steppe_status status = honest_table().predict(fit, request, forecast, host, error);
  const steppe_output& mean = *forecast->mean;
  if (forecast->quantiles->data == nullptr && mean.data != nullptr && mean.rows > 0) {
    mean.data[0] += 1;
  }
  return status;
}

steppe_status wants_probabilities(const void* fit, const steppe_trend_request* request,
                                  const steppe_trend_forecast* forecast, const steppe_host* host,
                                  steppe_error* error) {
  if (request->probabilities->length == 0) return STEPPE_INVALID_CONFIG;
  return honest_table().predict(fit, request, forecast, host, error);
}

steppe_status means_of_nan(const void* fit, const steppe_trend_request* request,
                           const steppe_trend_forecast* forecast, const steppe_host* host,
                           steppe_error* error) {
  const steppe_status status = honest_table().predict(fit, request, forecast, host, error);
  const steppe_output& mean = *forecast->mean;
  for (std::uint64_t i = 0; mean.data != nullptr && i < mean.rows * mean.columns; ++i) {
    mean.data[i] = std::nan("");
  }
  return status;
}

steppe_status needs_the_host(const void* fit, const steppe_trend_request* request,
                             const steppe_trend_forecast* forecast, const steppe_host* host,
                             steppe_error* error) {
  if (host->query(host, STEPPE_CANCEL_SERVICE) == nullptr) return STEPPE_INTERNAL;
  return honest_table().predict(fit, request, forecast, host, error);
}

const steppe_trend_model* never_frees() {
  static steppe_trend_model table = honest_table();
  table.destroy = [](void*) {};
  return &table;
}

const steppe_trend_model* explains_without_end() {
  static steppe_trend_model table = honest_table();
  table.explain = [](const void* fit, std::uint64_t series, steppe_error* error) {
    honest_table().explain(fit, series, error);
    if (error == nullptr || error->struct_size < sizeof(steppe_error)) return;
    std::fill(std::begin(error->message), std::end(error->message), 'x');
  };
  return &table;
}

const steppe_trend_model* explains_nothing() {
  static steppe_trend_model table = honest_table();
  table.explain = [](const void* fit, std::uint64_t series, steppe_error* error) {
    honest_table().explain(fit, series, error);
    if (error != nullptr && error->struct_size >= sizeof(steppe_error)) error->message[0] = '\0';
  };
  return &table;
}

// Asks whether it is to stop, and hands out its fit all the same.
const steppe_trend_model* stops_badly() {
  static steppe_trend_model table = honest_table();
  table.fit = [](const void* instance, const steppe_trend_block* block, const steppe_host* host,
                 void** fit, steppe_status* statuses, steppe_error* error) -> steppe_status {
    const steppe_status status = honest_table().fit(instance, block, host, fit, statuses, error);
    const auto* cancel =
        static_cast<const steppe_cancel_service*>(host->query(host, STEPPE_CANCEL_SERVICE));
    const bool stop = cancel != nullptr && cancel->requested(cancel->self) != 0;
    return stop ? STEPPE_CANCELLED : status;
  };
  return &table;
}

struct Broken {
  const char* id;
  const steppe_component* (*component)();
  const char* text;  // part of what the verdict says
};

const steppe_component* changed(void (*change)(steppe_component&)) {
  static steppe_component component;
  component = honest();
  change(component);
  return &component;
}

const steppe_component* with_tag(const char* name, std::int64_t value) {
  static steppe_tag tag;
  static const steppe_tag* tags[2] = {&tag, &tag};
  tag = {sizeof(tag), 0, name, value};
  static steppe_component component;
  component = honest();
  component.tags = tags;
  component.tag_count = 1;
  return &component;
}

const steppe_component* with_bad_default() {
  return changed([](steppe_component& component) {
    static constexpr std::int64_t kDefault = 11;
    static const steppe_value value{sizeof(value), STEPPE_TYPE_INT64, 1,      &kDefault,
                                    nullptr,       nullptr,           nullptr};
    static const steppe_option option{sizeof(option),
                                      STEPPE_TYPE_INT64,
                                      STEPPE_OPTION_HAS_MINIMUM | STEPPE_OPTION_HAS_MAXIMUM,
                                      0,
                                      "window",
                                      "1",
                                      "How many.",
                                      nullptr,
                                      1,
                                      10,
                                      &value};
    static const steppe_option* const options[] = {&option};
    component.options = options;
    component.option_count = 1;
  });
}

const Broken kBroken[] = {
    {"memory.trend_stays_before_the_end", &with_table<&predicting<&one_row_short>>,
     "predict: cell (2, 0) of \"mean\" was not written"},
    {"memory.trend_leaves_absent_outputs", &with_table<&predicting<&absence_matters>>,
     "asking for one output at a time gives other bits: output 0 is"},
    {"memory.trend_answers_empty_requests", &with_table<&predicting<&wants_probabilities>>,
     "predict answers invalid_config"},
    {"memory.trend_leaks_nothing", &with_table<&never_frees>, "the heap grew by"},
    {"memory.trend_errors_fit", &with_table<&explains_without_end>,
     "the message of an error is not one zero-terminated line of UTF-8"},
    {"memory.trend_errors_fit", &with_table<&explains_nothing>, "an error has no message"},
    {"service.works_without_services", &with_table<&predicting<&needs_the_host>>,
     "predict answers internal"},
    {"service.trend_takes_any_bits", &with_table<&predicting<&means_of_nan>>,
     "has no error, and the mean NaN at horizon 1"},
    {"service.stops_anywhere", &with_table<&stops_badly>, "and hands out a fit"},
    {"load.answers_unknown_ids_with_null",
     [] {
       return changed([](steppe_component& component) {
         component.query = [](const steppe_component*, const char*) -> const void* {
           return &honest_table();
         };
       });
     },
     "answers the capability \"\", which there is not"},
    {"load.offers_its_kind",
     [] {
       return changed([](steppe_component& component) {
         component.query = [](const steppe_component*, const char*) -> const void* {
           return nullptr;
         };
       });
     },
     "offers no steppe.trend_model/1"},
    {"load.options_make_sense", &with_bad_default, "default"},
    {"load.tags_make_sense", [] { return with_tag("magic", 1); },
     "claims \"magic\", which is no tag of the contract"},
    {"load.tags_make_sense", [] { return with_tag("intervals", 2); },
     "tag intervals has the value 2"},
    {"load.takes_its_defaults",
     [] {
       return changed([](steppe_component& component) {
         component.create = [](const steppe_component*, const steppe_argument* const*,
                               std::uint64_t, const steppe_host*, void**,
                               steppe_error*) -> steppe_status { return STEPPE_INVALID_CONFIG; };
       });
     },
     "create with its own default options answers invalid_config"},
};

class BrokenComponent : public testing::TestWithParam<Broken> {};

TEST_P(BrokenComponent, FailsTheCaseForItsFlaw) {
  const Verdict verdict = run(GetParam().id, *GetParam().component());
  if (verdict.text == "the heap cannot be measured in this build") GTEST_SKIP() << verdict.text;
  EXPECT_EQ(verdict.outcome, Outcome::kFailed) << verdict.text;
  EXPECT_THAT(verdict.text, HasSubstr(GetParam().text));
}

INSTANTIATE_TEST_SUITE_P(OwnCases, BrokenComponent, testing::ValuesIn(kBroken));

}  // namespace
}  // namespace steppe::conformance
