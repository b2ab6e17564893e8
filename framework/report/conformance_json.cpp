// SPDX-License-Identifier: Apache-2.0
#include "report/conformance_outputs.hpp"
#include "report/json_text.hpp"
#include "steppe/sdk_version.hpp"

namespace steppe {
namespace {

constexpr const char* kOutcomes[] = {"passed", "failed", "skipped"};
constexpr const char* kStates[] = {"proven", "refuted", "not_proven"};

void write_plugin(JsonText& json, const ConformanceReport& report) {
  json.key("plugin").object();
  json.member("file", report.file).member("sha256", report.sha256);
  json.member("name", report.name).member("version", report.version);
  json.member("sdk_version", report.sdk_version).member("abi", report.revision);
  json.end();
}

void write_refusal(JsonText& json, const ConformanceRefusal& refusal) {
  json.key("refused").object();
  json.member("fault", refusal.fault).member("rule", refusal.rule);
  json.member("reason", refusal.reason).member("output", refusal.output);
  json.end();
}

void write_totals(JsonText& json, const ConformanceReport& report) {
  json.key("totals").object(JsonText::Layout::kOneLine);
  json.member("passed", std::uint64_t{report.count(CaseOutcome::kPassed)});
  json.member("failed", std::uint64_t{report.count(CaseOutcome::kFailed)});
  json.member("skipped", std::uint64_t{report.count(CaseOutcome::kSkipped)});
  json.end();
}

void write_case(JsonText& json, const CaseRecord& record) {
  json.object();
  json.member("id", record.id).member("level", record.level);
  json.member("component", record.component).member("rule", record.rule);
  json.member("title", record.title).member("proves", record.proves);
  json.member("outcome", kOutcomes[static_cast<std::size_t>(record.outcome)]);
  json.member("text", record.text).member("output", record.output);
  json.member("seconds", record.seconds).member("replay", record.replay);
  json.end();
}

void write_claim(JsonText& json, const ClaimRecord& claim) {
  json.object(JsonText::Layout::kOneLine);
  json.member("component", claim.component).member("name", claim.name);
  json.member("kind", claim.capability ? "capability" : "tag").member("value", claim.value);
  json.member("state", kStates[static_cast<std::size_t>(claim.state)]).key("cases").array();
  for (const std::string& id : claim.cases) json.value(id);
  json.end().end();
}

}  // namespace

std::string conformance_json(const ConformanceReport& report) {
  JsonText json;
  json.object();
  json.member("schema", "steppe-conformance-1").member("host_version", STEPPE_SDK_VERSION);
  write_plugin(json, report);
  json.member("seed", report.seed).member("level", report.level);
  json.member("seconds", report.seconds);
  if (report.refusal) write_refusal(json, *report.refusal);
  write_totals(json, report);
  json.key("cases").array();
  for (const CaseRecord& record : report.cases) write_case(json, record);
  json.end().key("claims").array();
  for (const ClaimRecord& claim : report.claims) write_claim(json, claim);
  json.end().key("notes").array();
  for (const std::string& note : report.notes) json.value(note);
  json.end().end();
  return std::move(json).take() + "\n";
}

}  // namespace steppe
