// SPDX-License-Identifier: Apache-2.0
#include "pipeline/model_file.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "pipeline/model_body.hpp"

namespace steppe {
namespace {

SavedModel sample() {
  SavedModel model;
  model.name = "a name";
  model.pipeline_file = "p.json";
  model.pipeline_sha256 = std::string(64, 'a');
  model.host_version = "0.1.0";
  model.seed = 0xfedcba9876543210u;
  model.coverage = {0.8, 0.95};
  model.max_failed = 0.01;
  SourceRecord source;
  source.id = "data";
  source.rows = {10, 8, 1, 1};
  source.facts = {{"dialect", "x"}};
  source.warnings = {{"code", "text"}};
  model.sources.push_back(source);

  SavedStep trend;
  trend.declared.id = "driver";
  trend.declared.kind = "trend";
  trend.declared.key_columns = {"id"};
  trend.declared.calendar = {Frequency::kQuarterly, CivilTime::Precision::kQuarter, 1, 1, 0};
  trend.components.push_back({"power",
                              "trend.power",
                              "1.0.0",
                              "ff",
                              {{"b", true},
                               {"i", std::int64_t{-5}},
                               {"d", 0.1},
                               {"s", std::string("text")},
                               {"bs", std::vector<bool>{true, false}},
                               {"is", std::vector<std::int64_t>{1, -2}},
                               {"ds", std::vector<double>{1.5}},
                               {"ss", std::vector<std::string>{"x", ""}},
                               {"m", StringMap{{"k", "v"}}}}});
  auto fit = std::make_shared<SavedFit>();
  fit->schema = 1;
  fit->observations = 10;
  fit->columns = 2;
  fit->last = 8079;
  fit->bytes = std::string("bytes\0\xff", 7);
  for (const char* key : {"A", "B"}) {
    SavedSeries& series = trend.series.emplace_back();
    series.key = key;
    series.model = "power";
    series.choice = "smallest";
    series.fit = fit;
    series.column = trend.series.size() - 1;
    series.warnings_before = {{"x", "y"}};
  }
  trend.series.push_back({});
  trend.series.back().key = "C";
  trend.series.back().status = SeriesStatus::kFailed;
  trend.series.back().error = {ErrorKind::kDomainError, "no logarithm", "2014", "N6"};

  SavedStep regression;
  regression.declared = {};
  regression.declared.id = "grp";
  regression.declared.kind = "regression";
  regression.declared.key_columns = {"id"};
  regression.declared.calendar = trend.declared.calendar;
  regression.declared.regressors = {"driver"};
  regression.regressor_steps = {"driver"};
  regression.regressor_lags = {0};
  regression.components.push_back({"ols", "regression.ols", "1.0.0", "ee", {}});
  for (const char* key : {"A", "B", "C"}) {
    SavedSeries& series = regression.series.emplace_back();
    series.key = key;
    auto own = std::make_shared<SavedFit>(*fit);
    own->columns = 1;
    series.fit = own;
    series.regressors = {{-1.5, 1e300, {2, std::nan("")}}};
    series.warnings_after = {{"late", "word"}};
  }
  model.steps.push_back(std::move(trend));
  model.steps.push_back(std::move(regression));
  return model;
}

std::string with_head(const std::string& body) {
  std::string out = model_bytes(sample()).substr(0, 16);
  for (int i = 0; i < 8; ++i) out += static_cast<char>((body.size() >> (8 * i)) & 0xff);
  return out + raw_sha256(body) + body;
}

TEST(ModelFile, GivesBackWhatWasWritten) {
  const std::string bytes = model_bytes(sample());
  const auto model = read_model(bytes, "m");
  ASSERT_TRUE(model.ok()) << model.error().message;
  EXPECT_EQ(model_bytes(*model), bytes);
  EXPECT_EQ(model->seed, 0xfedcba9876543210u);
  EXPECT_EQ(model->steps[0].components[0].options, sample().steps[0].components[0].options);
  EXPECT_EQ(model->steps[0].series[1].fit, model->steps[0].series[0].fit);
  EXPECT_EQ(model->steps[0].series[1].fit->bytes, std::string("bytes\0\xff", 7));
  EXPECT_EQ(model->steps[0].series[2].error.message, "no logarithm");
  EXPECT_EQ(model->steps[1].series[0].regressors[0].high, 1e300);
  EXPECT_TRUE(std::isnan(model->steps[1].series[0].regressors[0].known[1]));
}

TEST(ModelFile, BeginsWithItsMagicFormatLengthAndChecksum) {
  const std::string bytes = model_bytes(sample());
  EXPECT_EQ(bytes.substr(0, 12), std::string("\x8bSTEPPE\r\n\x1a\n\0", 12));
  EXPECT_EQ(bytes.substr(12, 4), std::string("\1\0\0\0", 4));
  EXPECT_EQ(bytes.substr(24, 32), raw_sha256(std::string_view(bytes).substr(56)));
}

// The bytes that are not covered by the checksum, and every truncation.
TEST(ModelFile, SurvivesEveryTruncationAndEveryChangedByte) {
  const std::string good = model_bytes(sample());
  for (std::size_t length = 0; length < good.size(); ++length) {
    EXPECT_FALSE(read_model(std::string_view(good).substr(0, length), "m").ok()) << length;
  }
  for (std::size_t place = 0; place < good.size(); ++place) {
    std::string bad = good;
    bad[place] = static_cast<char>(bad[place] ^ 0x41);
    EXPECT_FALSE(read_model(bad, "m").ok()) << place;
  }
}

// Somebody who writes the checksum anew: whatever stands in the body, a model or a fault.
TEST(ModelFile, SurvivesEveryChangedByteUnderARightChecksum) {
  const std::string body = model_body(sample());
  constexpr int kFlips[] = {0x01, 0x20, 0x80};  // another value, another length, another type
  for (std::size_t place = 0; place < body.size(); ++place) {
    std::string bad = body;
    bad[place] = static_cast<char>(bad[place] ^ kFlips[place % 3]);
    const auto model = read_model(with_head(bad), "m");
    if (model) continue;
    EXPECT_EQ(model.error().code, "F13") << place;
  }
}

std::string message_of(const std::string& body) {
  const auto model = read_model(with_head(body), "m");
  return model ? "a model" : model.error().message;
}

TEST(ModelFile, RefusesNestingThatARecursiveParserCannotTake) {
  EXPECT_EQ(message_of(std::string(1'000'000, '\x81')),
            "the contents are not those of a model: not CBOR, or nested too deeply");
  EXPECT_EQ(message_of("\x9b\x7f\xff\xff\xff\xff\xff\xff\xff"),
            "the contents are not those of a model: not CBOR, or nested too deeply");
}

TEST(ModelFile, NamesWhatIsMissingOrOfAnotherType) {
  const std::string body = model_body(sample());
  const nlohmann::json good = nlohmann::json::from_cbor(body.begin(), body.end());
  const auto message = [&](const nlohmann::json& changed) {
    const auto bytes = nlohmann::json::to_cbor(changed);
    return message_of({bytes.begin(), bytes.end()});
  };
  const std::string start = "the contents are not those of a model: ";
  nlohmann::json bad = good;
  bad.erase("coverage");
  EXPECT_EQ(message(bad), start + "\"coverage\" is missing");
  bad = good;
  bad["coverage"] = {0.95, 0.8};
  EXPECT_EQ(message(bad), start + "a coverage is not between 0 and 1");
  bad = good;
  bad["steps"][0]["fit"] = {0, 5, -1};
  EXPECT_EQ(message(bad), start + "a whole number is out of range");
  bad = good;
  bad["steps"][0]["keys"] = {"B", "A", "C"};
  EXPECT_EQ(message(bad), start + "keys are not in order");
  bad = good;
  bad["steps"][1]["regressor_steps"] = {"nobody"};
  EXPECT_EQ(message(bad), start + "a regressor is forecast by no step");
  bad = good;
  bad["steps"][0]["fits"][0]["bytes"] = nlohmann::json::binary({1, 2});
  EXPECT_EQ(message(bad), start + "the checksum of a fit is wrong");
}

}  // namespace
}  // namespace steppe
