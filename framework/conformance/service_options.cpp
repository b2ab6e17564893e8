// SPDX-License-Identifier: Apache-2.0
// Options that nobody thought of, from the seed of the case.
#include <algorithm>
#include <cmath>
#include <limits>

#include "conformance/dice.hpp"
#include "conformance/service_bodies.hpp"
#include "plugin_host/option_arguments.hpp"
#include "plugin_host/option_table.hpp"

namespace steppe::conformance::service {

namespace {

constexpr int kOptionRounds = 300;
constexpr double kInfiniteOption = std::numeric_limits<double>::infinity();

// A number of the option's, within its bounds or just outside.
double any_number(const OptionDescription& option, bool inside, Dice& dice) {
  const double low = option.minimum.value_or(-1e6);
  const double high = option.maximum.value_or(std::max(low + 1, 1e6));
  if (inside) {
    const double value = low + (high - low) * dice.uniform();
    const bool edge = dice.below(3) == 0;
    if (edge && option.minimum && !option.exclusive_minimum) return low;
    if (edge && option.maximum && !option.exclusive_maximum) return high;
    return value;
  }
  const double outside[] = {
      low - 1,         high + 1,         -1e18,      1e18,
      kInfiniteOption, -kInfiniteOption, low - 1e-9, std::numeric_limits<double>::quiet_NaN()};
  return outside[dice.below(std::size(outside))];
}

std::int64_t integer_of(double value, const OptionDescription& option, bool inside) {
  if (std::isnan(value)) return std::numeric_limits<std::int64_t>::min();
  constexpr double kLimit = 9e18;
  double whole = std::floor(std::clamp(value, -kLimit, kLimit));
  const bool too_low = option.minimum && (whole < *option.minimum ||
                                          (option.exclusive_minimum && whole == *option.minimum));
  if (inside && too_low) whole += 1;
  return static_cast<std::int64_t>(whole);
}

std::string any_text(const OptionDescription& option, bool inside, Dice& dice) {
  if (inside && !option.choices.empty()) return option.choices[dice.below(option.choices.size())];
  const std::string texts[] = {"",         "x",   "no such choice", std::string(5000, 'y'),
                               "\xC3\xA9", "a\tb"};
  return texts[dice.below(std::size(texts))];
}

OptionValue any_value(const OptionDescription& option, bool inside, Dice& dice) {
  const auto real = [&] { return any_number(option, inside, dice); };
  const auto integer = [&] { return integer_of(real(), option, inside); };
  const std::uint64_t count = dice.below(4);
  switch (static_cast<std::int32_t>(option.type) + STEPPE_TYPE_BOOL) {
    case STEPPE_TYPE_BOOL:
      return dice.below(2) == 1;
    case STEPPE_TYPE_INT64:
      return integer();
    case STEPPE_TYPE_DOUBLE:
      return real();
    case STEPPE_TYPE_STRING:
      return any_text(option, inside, dice);
    case STEPPE_TYPE_BOOL_LIST:
      return std::vector<bool>(count, dice.below(2) == 1);
    case STEPPE_TYPE_INT64_LIST: {
      std::vector<std::int64_t> out(count);
      std::ranges::generate(out, integer);
      return out;
    }
    case STEPPE_TYPE_DOUBLE_LIST: {
      std::vector<double> out(count);
      std::ranges::generate(out, real);
      return out;
    }
    case STEPPE_TYPE_STRING_LIST:
      return std::vector<std::string>(count, any_text(option, inside, dice));
    default:
      return StringMap(count, {"key", any_text(option, inside, dice)});
  }
}

// Some of the options given anew, the others as the table and the user have them.
Options any_options(const CaseContext& context, bool inside, Dice& dice) {
  Options options = options_of(context);
  TableReader reader;
  for (std::uint32_t i = 0; i < context.component->option_count; ++i) {
    const OptionDescription option = read_option(context.component->options[i], "options", reader);
    if (!reader.ok()) fail(reader.problem());
    if (option.path || option.secret || dice.below(2) == 0) continue;
    const auto there = std::ranges::find(options, option.name, &NamedOption::name);
    OptionValue value = any_value(option, inside, dice);
    if (there != options.end()) {
      there->value = std::move(value);
    } else {
      options.push_back({option.name, std::move(value)});
    }
  }
  return options;
}

// Creates with these options, runs `with` on an instance that was made.
void try_options(const CaseContext& context, const Options& options, bool inside) {
  const OptionArguments arguments(options);
  void* instance = nullptr;
  const Answer answer = ask([&](steppe_error* error) {
    return context.component->create(context.component, arguments.data(), arguments.size(),
                                     life_host(), &instance, error);
  });
  if (answer.ok()) {
    context.component->destroy(instance);
    return;
  }
  std::string given;
  for (const NamedOption& option : options) given += " " + option.name;
  if (!is_typed_refusal(answer.status)) {
    fail(std::string("create with options ") + (inside ? "within" : "out of") + " bounds (" +
         given + " ) answers " + text_of(answer));
  }
  if (answer.error.message.empty()) fail("create refuses options without a word of why");
}

}  // namespace

void takes_options_within_bounds(const CaseContext& context) {
  if (context.component->option_count == 0) skip("has no options");
  Dice dice(context.seed);
  for (int i = 0; i < kOptionRounds; ++i)
    try_options(context, any_options(context, true, dice), true);
}

void refuses_options_out_of_bounds(const CaseContext& context) {
  if (context.component->option_count == 0) skip("has no options");
  Dice dice(context.seed + 1);
  for (int i = 0; i < kOptionRounds; ++i)
    try_options(context, any_options(context, false, dice), false);
}

}  // namespace steppe::conformance::service
