// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/verdict_text.hpp"

#include <charconv>
#include <cstdint>
#include <type_traits>

#include "plugin_host/line_text.hpp"

namespace steppe {
namespace {

constexpr std::size_t kMostItems = 100'000;

class Writer {
 public:
  void text(std::string_view key, std::string_view value) {
    out_ += key;
    out_ += ' ';
    out_ += escape_value(value);
    out_ += '\n';
  }
  void optional_text(std::string_view key, const std::string& value) {
    if (!value.empty()) text(key, value);
  }
  void flag(std::string_view key, bool value) {
    if (value) text(key, "1");
  }
  template <typename Number>
  void number(std::string_view key, Number value) {
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof(buffer), value).ptr;
    text(key, {buffer, static_cast<std::size_t>(end - buffer)});
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write_item(Writer& out, bool x) { out.number("item", x ? 1 : 0); }
void write_item(Writer& out, std::int64_t x) { out.number("item", x); }
void write_item(Writer& out, double x) { out.number("item", x); }
void write_item(Writer& out, const std::string& x) { out.text("item", x); }
void write_item(Writer& out, const std::pair<std::string, std::string>& x) {
  out.text("item_key", x.first);
  out.text("item", x.second);
}

void write_default(Writer& out, const OptionValue& value) {
  out.text("default", "");
  std::visit(
      [&](const auto& v) {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
          write_item(out, v);
        } else {
          for (const auto& element : v) write_item(out, element);
        }
      },
      value);
}

void write_option(Writer& out, const OptionDescription& option) {
  out.text("option", option.name);
  out.number("type", option.type);
  out.optional_text("unit", option.unit);
  out.optional_text("help", option.help);
  out.flag("required", option.required);
  out.flag("path", option.path);
  out.flag("secret", option.secret);
  if (option.minimum) out.number("minimum", *option.minimum);
  if (option.maximum) out.number("maximum", *option.maximum);
  out.flag("exclusive_minimum", option.exclusive_minimum);
  out.flag("exclusive_maximum", option.exclusive_maximum);
  for (const std::string& choice : option.choices) out.text("choice", choice);
  if (option.default_value) write_default(out, *option.default_value);
}

void write_component(Writer& out, const ComponentDescription& component) {
  out.text("component", component.id);
  out.text("component_version", component.version);
  out.text("summary", component.summary);
  for (const std::string& capability : component.capabilities) out.text("capability", capability);
  for (const TagDescription& tag : component.tags) {
    out.text("tag", tag.name);
    out.number("tag_value", tag.value);
  }
  for (const OptionDescription& option : component.options) write_option(out, option);
}

template <typename Number>
bool parse(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size();
}

// An empty value of the type with the given index of OptionValue.
std::optional<OptionValue> empty_value(std::size_t type) {
  switch (type) {
    case 0:
      return OptionValue(false);
    case 1:
      return OptionValue(std::int64_t{0});
    case 2:
      return OptionValue(0.0);
    case 3:
      return OptionValue(std::string());
    case 4:
      return OptionValue(std::vector<bool>());
    case 5:
      return OptionValue(std::vector<std::int64_t>());
    case 6:
      return OptionValue(std::vector<double>());
    case 7:
      return OptionValue(std::vector<std::string>());
    case 8:
      return OptionValue(StringMap());
    default:
      return std::nullopt;
  }
}

class Reader {
 public:
  // False when the line is not understood where it stands.
  bool line(std::string_view key, const std::string& value) {
    if (++items_ > kMostItems) return false;
    if (key == "component") {
      verdict_.components.emplace_back().id = value;
      in_option_ = false;
      return true;
    }
    if (verdict_.components.empty()) return verdict_line(key, value);
    ComponentDescription& component = verdict_.components.back();
    if (key == "option") {
      component.options.emplace_back().name = value;
      in_option_ = true;
      return true;
    }
    return in_option_ ? option_line(component.options.back(), key, value)
                      : component_line(component, key, value);
  }
  PluginVerdict take() { return std::move(verdict_); }

 private:
  bool verdict_line(std::string_view key, const std::string& value) {
    if (key == "accepted") return read_flag(value, verdict_.accepted);
    if (key == "notice") {
      verdict_.notices.push_back(value);
      return true;
    }
    if (key == "exit_code") return parse(value, verdict_.exit_code);
    if (key == "time_limit_ms") return parse(value, verdict_.time_limit_ms);
    std::string* const field = key == "fault"         ? &verdict_.fault
                               : key == "rule"        ? &verdict_.rule
                               : key == "loader"      ? &verdict_.loader
                               : key == "signal"      ? &verdict_.signal
                               : key == "reason"      ? &verdict_.reason
                               : key == "log"         ? &verdict_.log
                               : key == "name"        ? &verdict_.name
                               : key == "version"     ? &verdict_.version
                               : key == "vendor"      ? &verdict_.vendor
                               : key == "licence"     ? &verdict_.licence
                               : key == "sdk_version" ? &verdict_.sdk_version
                               : key == "revision"    ? &verdict_.revision
                                                      : nullptr;
    if (field != nullptr) *field = value;
    return field != nullptr;
  }

  static bool component_line(ComponentDescription& out, std::string_view key,
                             const std::string& value) {
    if (key == "component_version") {
      out.version = value;
    } else if (key == "summary") {
      out.summary = value;
    } else if (key == "capability") {
      out.capabilities.push_back(value);
    } else if (key == "tag") {
      out.tags.emplace_back().name = value;
    } else if (key == "tag_value" && !out.tags.empty()) {
      return parse(value, out.tags.back().value);
    } else {
      return false;
    }
    return true;
  }

  bool option_line(OptionDescription& out, std::string_view key, const std::string& value) {
    if (key == "type") return parse(value, out.type) && empty_value(out.type).has_value();
    if (key == "required") return read_flag(value, out.required);
    if (key == "path") return read_flag(value, out.path);
    if (key == "secret") return read_flag(value, out.secret);
    if (key == "exclusive_minimum") return read_flag(value, out.exclusive_minimum);
    if (key == "exclusive_maximum") return read_flag(value, out.exclusive_maximum);
    if (key == "minimum") return parse(value, out.minimum.emplace());
    if (key == "maximum") return parse(value, out.maximum.emplace());
    if (key == "item") return out.default_value && add_item(*out.default_value, value);
    if (key == "default") {
      out.default_value = empty_value(out.type);
    } else if (key == "item_key") {
      item_key_ = value;
    } else if (key == "unit") {
      out.unit = value;
    } else if (key == "help") {
      out.help = value;
    } else if (key == "choice") {
      out.choices.push_back(value);
    } else {
      return false;
    }
    return true;
  }

  static bool read_flag(std::string_view value, bool& out) {
    out = value == "1";
    return value == "0" || value == "1";
  }

  bool add_item(OptionValue& value, const std::string& text) {
    bool flag = false;
    std::int64_t integer = 0;
    double number = 0;
    return std::visit(
        [&](auto& v) {
          using T = std::decay_t<decltype(v)>;
          if constexpr (std::is_same_v<T, bool>) return read_flag(text, v);
          if constexpr (std::is_same_v<T, std::int64_t> || std::is_same_v<T, double>) {
            return parse(text, v);
          }
          if constexpr (std::is_same_v<T, std::string>) v = text;
          if constexpr (std::is_same_v<T, std::vector<bool>>) {
            if (!read_flag(text, flag)) return false;
            v.push_back(flag);
          }
          if constexpr (std::is_same_v<T, std::vector<std::int64_t>>) {
            if (!parse(text, integer)) return false;
            v.push_back(integer);
          }
          if constexpr (std::is_same_v<T, std::vector<double>>) {
            if (!parse(text, number)) return false;
            v.push_back(number);
          }
          if constexpr (std::is_same_v<T, std::vector<std::string>>) v.push_back(text);
          if constexpr (std::is_same_v<T, StringMap>) v.emplace_back(item_key_, text);
          return true;
        },
        value);
  }

  PluginVerdict verdict_;
  bool in_option_ = false;
  std::string item_key_;
  std::size_t items_ = 0;
};

}  // namespace

std::string verdict_to_text(const PluginVerdict& verdict) {
  Writer out;
  out.number("accepted", verdict.accepted ? 1 : 0);
  out.optional_text("fault", verdict.fault);
  out.optional_text("rule", verdict.rule);
  out.optional_text("reason", verdict.reason);
  out.optional_text("log", verdict.log);
  out.optional_text("loader", verdict.loader);
  out.optional_text("signal", verdict.signal);
  if (verdict.exit_code >= 0) out.number("exit_code", verdict.exit_code);
  if (verdict.time_limit_ms > 0) out.number("time_limit_ms", verdict.time_limit_ms);
  out.optional_text("name", verdict.name);
  out.optional_text("version", verdict.version);
  out.optional_text("vendor", verdict.vendor);
  out.optional_text("licence", verdict.licence);
  out.optional_text("sdk_version", verdict.sdk_version);
  out.optional_text("revision", verdict.revision);
  for (const std::string& notice : verdict.notices) out.text("notice", notice);
  for (const ComponentDescription& component : verdict.components) {
    write_component(out, component);
  }
  return out.take() + "end\n";
}

std::optional<PluginVerdict> verdict_from_text(std::string_view text, std::size_t& used) {
  const std::size_t size = text.size();
  Reader reader;
  while (const auto line = next_line(text)) {
    if (*line == "end") {
      used = size - text.size();
      return reader.take();
    }
    const auto space = line->find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto value = unescape_value(line->substr(space + 1));
    if (!value || !reader.line(line->substr(0, space), *value)) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace steppe
