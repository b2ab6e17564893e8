// SPDX-License-Identifier: Apache-2.0
#include "conformance/harness.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/number_text.hpp"
#include "plugin_host/option_arguments.hpp"

namespace steppe::conformance {

void fail(std::string text) { throw Stopped{Verdict::failed(std::move(text))}; }
void skip(std::string text) { throw Stopped{Verdict::skipped(std::move(text))}; }

std::int64_t tag_value(const steppe_component& component, std::string_view name,
                       std::int64_t fallback) {
  for (std::uint32_t i = 0; i < component.tag_count; ++i) {
    if (name == component.tags[i]->name) return component.tags[i]->value;
  }
  return fallback;
}

bool has_tag(const steppe_component& component, std::string_view name) {
  return tag_value(component, name, 0) != 0;
}

void needs_tag(const CaseContext& context, std::string_view name) {
  if (!has_tag(*context.component, name)) skip("does not claim " + std::string(name));
}

void needs_default_tag(const CaseContext& context, std::string_view name) {
  needs_tag(context, name);
  needs_default_options(context, name);
}

void needs_default_options(const CaseContext& context, std::string_view what) {
  const steppe_component& component = *context.component;
  for (std::uint32_t i = 0; i < component.option_count; ++i) {
    const steppe_option& option = *component.options[i];
    if ((option.flags & STEPPE_OPTION_REQUIRED) != 0) continue;
    for (const auto& given : context.options) {
      if (given.first != option.name) continue;
      skip(std::string(what) + " is said of the default options, and " + given.first +
           " was given");
    }
  }
}

std::vector<SuiteHost::LogLine> SuiteHost::log_lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

std::vector<std::uint64_t> SuiteHost::progress_steps() const {
  const std::lock_guard lock(mutex_);
  return steps_;
}

void SuiteHost::log(int level, const std::string&, const std::string& message) {
  const std::lock_guard lock(mutex_);
  lines_.push_back({level, message});
}

bool SuiteHost::cancelled() {
  const std::uint64_t question = ++questions_;
  return cancel_ || (cancel_at_ != 0 && question >= cancel_at_);
}

void SuiteHost::progress(const std::string&, std::uint64_t done, std::uint64_t) {
  const std::lock_guard lock(mutex_);
  steps_.push_back(done);
}

std::string status_name(steppe_status status) {
  if (status == STEPPE_OK) return "ok";
  if (status < STEPPE_OK || status > STEPPE_INTERNAL) {
    return "the unknown status " + std::to_string(status);
  }
  return name_of(static_cast<ErrorKind>(status));
}

std::string text_of(const Answer& answer) {
  std::string text = status_name(answer.status);
  if (answer.ok()) return text;
  text += " (";
  if (!answer.error.where.empty()) text += answer.error.where + ": ";
  return text + answer.error.message + ")";
}

bool is_typed_refusal(steppe_status status) {
  return status > STEPPE_OK && status < STEPPE_INTERNAL && status != STEPPE_PLUGIN_FAULT &&
         status != STEPPE_CANCELLED && status != STEPPE_INCOMPATIBLE_ABI;
}

Instance::Instance(const CaseContext& context) : component_(context.component) {
  const Options options = options_of(context);
  const OptionArguments arguments(options);
  const Answer answer = ask([&](steppe_error* error) {
    return component_->create(component_, arguments.data(), arguments.size(), host_.get(),
                              &instance_, error);
  });
  if (!answer.ok()) fail("create with its own default options answers " + text_of(answer));
}

Instance::~Instance() { component_->destroy(instance_); }

bool same_bits(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

std::optional<std::size_t> first_difference(std::span<const double> a, std::span<const double> b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same_bits(a[i], b[i])) return i;
  }
  return std::nullopt;
}

bool near(double a, double b, double tolerance, double floor) {
  if (!std::isfinite(a) || !std::isfinite(b)) return same_bits(a, b);
  return std::fabs(a - b) <= tolerance * std::max({std::fabs(a), std::fabs(b), floor});
}

std::string number(double value) { return shortest_text(value); }

}  // namespace steppe::conformance
