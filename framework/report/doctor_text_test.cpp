// SPDX-License-Identifier: Apache-2.0
#include "report/doctor_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace steppe {
namespace {

PluginDiagnosis refused() {
  return {"/p/x.so",
          false,
          "B6",
          "R1",
          "it needs libfoo.so.1, which is not found on this system",
          {{"dynamic_loader", {"libfoo.so.1: cannot open"}},
           {"needs", {"libc.so.6: /lib/libc.so.6", "libfoo.so.1: not found"}}},
          {"install it", "or link it statically"}};
}

PluginDiagnosis accepted() {
  return {"/p/y.so", true, "", "", "nothing is wrong: offers trend.y", {{"abi", {"1.0"}}}, {}};
}

TEST(DoctorText, SaysWhatIsWrongAndWhatToDo) {
  EXPECT_EQ(diagnosis_text(refused()),
            "/p/x.so\n"
            "  refused [B6, rule R1]: it needs libfoo.so.1, which is not found on this system\n"
            "  dynamic loader  libfoo.so.1: cannot open\n"
            "  needs           libc.so.6: /lib/libc.so.6\n"
            "                  libfoo.so.1: not found\n"
            "  what to do      install it\n"
            "                  or link it statically\n");
}

TEST(DoctorText, SaysThatNothingIsWrong) {
  EXPECT_EQ(diagnosis_text(accepted()),
            "/p/y.so\n"
            "  accepted: nothing is wrong: offers trend.y\n"
            "  abi             1.0\n");
}

TEST(DoctorText, NamesARefusalWithoutNumbers) {
  PluginDiagnosis unknown = refused();
  unknown.fault.clear();
  unknown.rule.clear();
  unknown.facts.clear();
  unknown.remedies.clear();
  EXPECT_EQ(diagnosis_text(unknown),
            "/p/x.so\n  refused: it needs libfoo.so.1, which is not found on this system\n");
}

TEST(DoctorText, CountsTheFilesOfASearch) {
  const PluginCheckup checkup{{{"/p", "--plugin-dir"}, {"/q", "installed"}},
                              {"plugin directory /q (installed) does not exist"},
                              {accepted()}};
  EXPECT_EQ(checkup_text(checkup),
            "Directories searched, in order:\n"
            "  /p  (--plugin-dir)\n"
            "  /q  (installed)\n"
            "  note: plugin directory /q (installed) does not exist\n"
            "\n"
            "/p/y.so\n"
            "  accepted: nothing is wrong: offers trend.y\n"
            "  abi             1.0\n"
            "\n"
            "1 file: 1 accepted, 0 refused\n");
  EXPECT_EQ(checkup_text({}),
            "Directories searched, in order:\n\n0 files: 0 accepted, 0 refused\n");
}

TEST(DoctorText, GivesTheSameAsJson) {
  const auto json =
      nlohmann::json::parse(checkup_json({{{"/p", "user"}}, {}, {refused(), accepted()}}));
  EXPECT_EQ(json.at("directories").at(0).at("origin"), "user");
  const auto& first = json.at("plugins").at(0);
  EXPECT_EQ(first.at("path"), "/p/x.so");
  EXPECT_EQ(first.at("usable"), false);
  EXPECT_EQ(first.at("fault"), "B6");
  EXPECT_EQ(first.at("rule"), "R1");
  EXPECT_EQ(first.at("facts").at("needs").at(1), "libfoo.so.1: not found");
  EXPECT_EQ(first.at("what_to_do").at(0), "install it");
  EXPECT_TRUE(json.at("plugins").at(1).at("fault").is_null());
  EXPECT_EQ(nlohmann::json::parse(diagnosis_json(refused())), first);
}

}  // namespace
}  // namespace steppe
