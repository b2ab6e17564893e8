// SPDX-License-Identifier: Apache-2.0
// Files that are no pipelines (J14) or too large (J2, J9).

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "pipeline/pipeline_testing.hpp"
#include "support/temporary_folder.hpp"
#include "support/without_root.hpp"

namespace steppe {
namespace {

namespace fs = std::filesystem;
using testing::kGood;
using testing::only_message;
using testing::test_context;

class PipelineFile : public ::testing::Test {
 protected:
  std::string path(const std::string& name) const { return folder_.at(name); }
  std::string write(const std::string& name, const std::string& text) const {
    return folder_.write(name, text);
  }

  // The only fault of a file, without the folder.
  Fault fault(const std::string& file) const {
    const auto result = read_pipeline(file, test_context());
    if (result.ok() || result.error().size() != 1) {
      ADD_FAILURE() << "expected one fault";
      return {};
    }
    return result.error().front();
  }
  std::string message(const std::string& file) const {
    std::string text = to_text(fault(file));
    const auto at = text.find(folder_.at(""));
    if (at != std::string::npos) text.erase(at, folder_.at("").size());
    return text;
  }

  testing::TemporaryFolder folder_;
};

TEST_F(PipelineFile, IsReadWithItsFolderAndHash) {
  const auto result = read_pipeline(write("p.json", kGood), test_context());
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->folder, folder_.path().string());
  EXPECT_EQ(
      std::get<std::string>(std::get<SourceStep>(result->steps[0]).component.options[0].value),
      path("karaganda.csv"));
  // sha256sum of these bytes.
  EXPECT_EQ(read_pipeline(write("q.json", testing::pipeline({})), test_context())->sha256,
            "0da250d0aea0df971fed3a3dd9b246643078267f5161572c466471fee7a64197");
}

TEST_F(PipelineFile, J14_RefusesWhatIsMissingEmptyOrNoFile) {
  EXPECT_EQ(message(path("none.json")),
            "error[J14] none.json: cannot be read: No such file or directory");
  EXPECT_EQ(message(write("empty.json", "")),
            "error[J14] empty.json: the file is empty; a pipeline is a JSON object with time, "
            "horizon and steps");
  EXPECT_EQ(message(write("blank.json", " \n\t\n")),
            "error[J14] blank.json: the file is empty; a pipeline is a JSON object with time, "
            "horizon and steps");
  fs::create_directory(path("d.json"));
  EXPECT_EQ(message(path("d.json")),
            "error[J14] d.json: this is a directory; expected a pipeline file");
  EXPECT_EQ(message("/dev/null"),
            "error[J14] /dev/null: this is a device; expected a pipeline file");
  EXPECT_EQ(fault(path("none.json")).exit, ExitCode::kPipelineRefused);
}

TEST_F(PipelineFile, J14_NeverWaitsForAFifo) {
  ASSERT_EQ(::mkfifo(path("fifo.json").c_str(), 0600), 0);
  EXPECT_EQ(message(path("fifo.json")),
            "error[J14] fifo.json: this is a FIFO; expected a pipeline file");
}

TEST_F(PipelineFile, J14_RefusesWhatMayNotBeRead) {
  const std::string file = write("secret.json", kGood);
  fs::permissions(file, fs::perms::none);
  folder_.open_to_others();
  const testing::WithoutRoot as_nobody;
  EXPECT_EQ(message(file), "error[J14] secret.json: cannot be read: Permission denied");
}

TEST_F(PipelineFile, J9_RefusesMoreBytesThanTheLimit) {
  const std::string file = write("large.json", std::string((1 << 20) + 1, ' '));
  EXPECT_EQ(message(file),
            "error[J9] large.json: larger than the limit of 1048576 bytes; split the pipeline into "
            "smaller ones");
  EXPECT_EQ(fault(file).exit, ExitCode::kResourceLimit);
  EXPECT_TRUE(read_pipeline(write("full.json", kGood + std::string((1 << 20) - kGood.size(), ' ')),
                            test_context())
                  .ok());
}

TEST(PipelineLimit, J9_RefusesMoreValuesThanTheLimit) {
  std::string text = "[";
  for (int i = 0; i < 10'000; ++i) text += "{},";
  text += "{}]";
  EXPECT_EQ(only_message(text),
            "error[J9] run.json:1:29999: more than 10000 values; split the pipeline into smaller "
            "ones");
  EXPECT_EQ(testing::only_fault(text).exit, ExitCode::kResourceLimit);
}

TEST(PipelineLimit, J2_RefusesDepthBeforeBuildingAnything) {
  const std::string expected =
      "error[J2] run.json:1:65: nested deeper than 64 levels; a pipeline needs at most 5";
  EXPECT_EQ(only_message(std::string(65, '[')), expected);
  EXPECT_EQ(only_message(std::string(100'000, '[')), expected);
  EXPECT_EQ(only_message(std::string(1'000'000, '[')), expected);
  std::string objects;
  for (int i = 0; i < 100; ++i) objects += "{\"a\":";
  EXPECT_EQ(only_message(objects),
            "error[J2] run.json:1:321: nested deeper than 64 levels; a pipeline needs at most 5");
}

TEST(PipelineLimit, J2_AllowsDepth64) {
  const std::string text = std::string(64, '[') + std::string(64, ']');
  EXPECT_EQ(only_message(text),
            "error[J11] run.json:1:1: [...] is a list; expected an object with time, horizon and "
            "steps");
}

TEST(PipelineLimit, J2_NeedsLittleMemory) {
  const std::string text(1'000'000, '[');
  rusage before = {};
  rusage after = {};
  ::getrusage(RUSAGE_SELF, &before);
  EXPECT_FALSE(testing::faults_of(text).empty());
  ::getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 20 * 1024);  // KiB
}

TEST(PipelineLimit, ManyFaultsAreReportedOnceEach) {
  std::string steps = R"("a": {"trend": "linear", "series": "s.y")";
  for (int i = 0; i < 5'000; ++i) steps += ", \"k" + std::to_string(i) + "\": 1";
  EXPECT_EQ(testing::faults_of(testing::pipeline({.steps = steps + "}"})).size(), 5'000u);
}

}  // namespace
}  // namespace steppe
