// SPDX-License-Identifier: Apache-2.0

// Group F of the faults: model files that are not, or not any more, what they should be, and dates
// that a model cannot reach. Through the whole program.

#include <gtest/gtest.h>

#include <filesystem>

#include "pipeline/model_file.hpp"
#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;
using testing::ProgramSettings;
using testing::run_steppe;

// The small pipeline of ProgramCase, fitted: a linear trend of 2010 to 2015.
class ModelFault : public ::testing::Test {
 protected:
  ProgramRun fit(std::vector<std::string> more = {}) {
    c.run({"--quiet"});
    more.insert(more.begin(), {"fit", "run.json", "--save", "m.steppe", "--quiet"});
    return in_folder(more);
  }
  ProgramRun forecast(const std::string& until = "2017") {
    return in_folder({"forecast", "m.steppe", "--until", until, "--quiet"});
  }
  ProgramRun in_folder(const std::vector<std::string>& arguments) {
    ProgramSettings settings;
    settings.folder = c.folder().path();
    return run_steppe(arguments, settings);
  }
  std::string bytes() { return c.folder().read("m.steppe"); }
  void write(const std::string& content) { c.folder().write("m.steppe", content); }

  // The file with something else inside and all its checksums right.
  template <typename Change>
  void change(Change&& change) {
    auto model = read_model(bytes(), "m.steppe");
    ASSERT_TRUE(model.ok());
    change(*model);
    write(model_bytes(*model));
  }
  template <typename Change>
  void change_fit(Change&& alter) {
    change([&](SavedModel& model) {
      SavedFit fit = *model.steps[0].series[0].fit;
      alter(fit);
      model.steps[0].series[0].fit = std::make_shared<const SavedFit>(std::move(fit));
    });
  }

  ProgramCase c;
};

void expect(const ProgramRun& run, int exit_code, const std::string& text) {
  EXPECT_EQ(run.exit_code, exit_code);
  EXPECT_EQ(run.err, text + "\n");
}

TEST_F(ModelFault, F1RefusesWhatIsNoModelFile) {
  for (const char* content : {"", "year,y\n2010,1\n", "{\"steps\": {}}"}) {
    write(content);
    expect(forecast(), 4,
           "error[F1] m.steppe: this is not a model file of steppe; one is written by: steppe fit "
           "PIPELINE --save FILE");
  }
}

TEST_F(ModelFault, F2RefusesAFileThatIsCutOffOrHasGrown) {
  fit();
  const std::string good = bytes();
  write(good.substr(0, 30));
  expect(forecast(), 4,
         "error[F2] m.steppe: the file is cut off: it ends in its head; copy it again");
  write(good.substr(0, good.size() - 1));
  const std::string length = std::to_string(good.size() - 56);
  expect(forecast(), 4,
         "error[F2] m.steppe: the file is cut off: " + std::to_string(good.size() - 57) + " of " +
             length + " bytes follow its head; copy it again");
  write(good + "x");
  expect(
      forecast(), 4,
      "error[F2] m.steppe: the file has bytes after its end: " + std::to_string(good.size() - 55) +
          " of " + length + " bytes follow its head; copy it again");
}

TEST_F(ModelFault, F3RefusesAChangedByte) {
  fit();
  std::string bad = bytes();
  bad[bad.size() / 2] ^= 1;
  write(bad);
  expect(forecast(), 4,
         "error[F3] m.steppe: the checksum is wrong: the file was changed after it was written; "
         "copy it again");
}

TEST_F(ModelFault, F4RefusesTheFormatOfANewerVersion) {
  fit();
  std::string newer = bytes();
  newer[12] = 3;
  write(newer);
  expect(forecast(), 5,
         "error[F4] m.steppe: the file has format 3, this steppe reads up to 2; use a newer "
         "steppe");
}

TEST_F(ModelFault, F5NamesAComponentThatIsNotThere) {
  fit();
  change([](SavedModel& model) {
    model.steps[0].components[0].id = "trend.holt";
    model.steps[0].components[0].version = "2.3.0";
  });
  const ProgramRun run = forecast();
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_TRUE(
      run.err.starts_with("error[F5] m.steppe step=y: the model needs trend.holt, saved "
                          "with version 2.3.0: no plugin has this id"))
      << run.err;
}

TEST_F(ModelFault, F6RefusesFitsOfASchemaThatTheComponentDoesNotRead) {
  fit();
  change_fit([](SavedFit& fit) { fit.schema = 9; });
  expect(forecast(), 5,
         "error[F6] m.steppe step=y: the model needs trend.linear, saved with version 1.0.0, whose "
         "fits have schema 9; trend.linear@1.0.0 reads no newer than 1: install a newer one");
}

TEST_F(ModelFault, F6RefusesAnOptionThatTheComponentHasNoLonger) {
  fit();
  change(
      [](SavedModel& model) { model.steps[0].components[0].options.push_back({"damping", 0.5}); });
  expect(forecast(), 5,
         "error[F6] m.steppe step=y: the model needs trend.linear, saved with version 1.0.0, with "
         "the option \"damping\"; version 1.0.0 has no such option: install the older one");
}

TEST_F(ModelFault, F7RefusesToFitWhatCannotBeSaved) {
  const auto plugins = c.folder().path() / "plugins";
  std::filesystem::create_directory(plugins);
  std::filesystem::copy_file(std::string(STEPPE_BINARY_DIR) + "/tests/host/modules/unruly_trend.so",
                             plugins / "unruly_trend.so");
  c.change({{"steps", {{"y", {{"trend", "unruly"}}}}}});
  const ProgramRun run = fit({"--plugin-dir", plugins.string()});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_NE(run.err.find("step=y plugin=trend.unruly@2.1.0: its fits cannot be saved: it offers no "
                         "steppe.saved_fit/1; choose another model, or run the pipeline instead"),
            std::string::npos)
      << run.err;
  EXPECT_TRUE(run.err.starts_with("error[F7] run.json:")) << run.err;
  EXPECT_FALSE(c.folder().has("m.steppe"));
}

TEST_F(ModelFault, F8RefusesADateThatIsNotAfterTheData) {
  fit();
  for (const char* until : {"2015", "1999"}) {
    expect(forecast(until), 2,
           std::string("error[F8] --until: ") + until +
               " is not after the data; the model is fitted on data up to 2015, give a later "
               "date");
  }
}

TEST_F(ModelFault, F9RefusesWhatIsNoDateOfTheData) {
  fit();
  const ProgramRun word = forecast("soon");
  EXPECT_EQ(word.exit_code, 2);
  EXPECT_TRUE(word.err.starts_with("error[F9] --until: ")) << word.err;
  c.csv("month,y\n2015-01,1\n2015-02,3\n2015-03,4\n2015-04,6\n")
      .change({{"time", {{"column", "month"}, {"frequency", "monthly"}}}});
  ASSERT_EQ(fit().exit_code, 0);
  const ProgramRun year = forecast("2016");
  EXPECT_EQ(year.exit_code, 2);
  EXPECT_TRUE(year.err.starts_with("error[F9] --until: ")) << year.err;
  EXPECT_NE(year.err.find("; write the date as the data do: 2015-04"), std::string::npos)
      << year.err;
  EXPECT_EQ(forecast("2016-02").exit_code, 0);
}

TEST_F(ModelFault, F10RefusesADateBeyondTheLimit) {
  c.csv("hour,y\n2015-01-01T00,1\n2015-01-01T01,3\n2015-01-01T02,4\n2015-01-01T03,6\n")
      .change({{"time", {{"column", "hour"}, {"frequency", "hourly"}}}});
  ASSERT_EQ(fit().exit_code, 0);
  const ProgramRun run = forecast("2999-01-01T00");
  EXPECT_EQ(run.exit_code, 11);
  EXPECT_TRUE(run.err.starts_with("error[F10] --until: 2999-01-01T00:00 is ")) << run.err;
  EXPECT_NE(run.err.find("; at most 100000 are allowed"), std::string::npos) << run.err;
}

TEST_F(ModelFault, F11SaysWhyAFileCannotBeRead) {
  expect(forecast(), 4, "error[F11] m.steppe: cannot be read: No such file or directory");
  std::filesystem::create_directory(c.folder().path() / "m.steppe");
  expect(forecast(), 4, "error[F11] m.steppe: this is a directory; expected a model file");
}

TEST_F(ModelFault, F13FailsASeriesWhoseFitTheComponentRefuses) {
  fit();
  change_fit([](SavedFit& fit) { fit.bytes.pop_back(); });
  const ProgramRun run = forecast();
  EXPECT_EQ(run.exit_code, 9);
  EXPECT_NE(
      run.err.find("error[F13] series=\"data.y\" step=y[linear]: trend.linear@1.0.0: the saved "
                   "fit cannot be read: it ends too early; status=invalid_data"),
      std::string::npos)
      << run.err;
}

TEST_F(ModelFault, F13RefusesContentsThatContradictOneAnother) {
  fit();
  change([](SavedModel& model) { model.steps[0].series[0].column = 7; });
  expect(forecast(), 4,
         "error[F13] m.steppe: the contents are not those of a model: a series is not in its fit");
}

// A plugin whose loaded fit does not forecast as before is found out when the model is made, and
// one that reads only newer fits is asked for by number.
TEST_F(ModelFault, F14FailsASeriesWhoseSavedFitForecastsOtherwise) {
  const auto plugins = c.folder().path() / "plugins";
  std::filesystem::create_directory(plugins);
  std::filesystem::copy_file(std::string(STEPPE_BINARY_DIR) + "/tests/host/modules/saving_trend.so",
                             plugins / "saving_trend.so");
  const std::vector<std::string> there = {"--plugin-dir", plugins.string()};
  c.change({{"steps", {{"y", {{"trend", "saving"}, {"fault", "forgets"}}}}}});
  const ProgramRun run = fit(there);
  EXPECT_EQ(run.exit_code, 6);
  EXPECT_NE(run.err.find("error[F14] step=y[saving] series=\"data.y\": trend.saving@1.4.0: a saved "
                         "fit, read back, gives another forecast than before (rule R45)"),
            std::string::npos)
      << run.err;

  c.change({{"steps", {{"y", {{"fault", "none"}}}}}});
  ASSERT_EQ(fit(there).exit_code, 0);
  change_fit([](SavedFit& fit) { fit.schema = 1; });
  expect(in_folder({"forecast", "m.steppe", "--until", "2017", "--plugin-dir", plugins.string()}),
         5,
         "error[F6] m.steppe step=y: the model needs trend.saving, saved with version 1.4.0, whose "
         "fits have schema 1; trend.saving@1.4.0 reads no older than 2: install an older one, or "
         "fit again");
}

// Another version is no error, but the reader is told.
TEST_F(ModelFault, WarnsOfAComponentOfAnotherVersion) {
  fit();
  change([](SavedModel& model) { model.steps[0].components[0].version = "0.9.0"; });
  const ProgramRun run = in_folder({"forecast", "m.steppe", "--until", "2017"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_NE(run.out.find(
                "trend.linear was saved with version 0.9.0 and is now 1.0.0 (component_changed)"),
            std::string::npos)
      << run.out;
}

TEST_F(ModelFault, RefusesToWriteWhereItCannot) {
  c.run({"--quiet"});
  const ProgramRun run = in_folder({"fit", "run.json", "--save", "nowhere/m.steppe"});
  EXPECT_EQ(run.exit_code, 7);
  EXPECT_TRUE(run.err.starts_with("error[D8] nowhere/m.steppe: ")) << run.err;
  fit();
  const ProgramRun csv =
      in_folder({"forecast", "m.steppe", "--until", "2017", "--output", "nowhere/f.csv"});
  EXPECT_EQ(csv.exit_code, 7);
}

}  // namespace
}  // namespace steppe
