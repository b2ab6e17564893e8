// SPDX-License-Identifier: Apache-2.0
#include "pipeline/json_reader.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "pipeline/json_syntax.hpp"
#include "pipeline/text_cursor.hpp"

namespace steppe {
namespace {

using Kind = JsonValue::Kind;

std::string position_text(const TextPosition& position) {
  return std::to_string(position.line) + ":" + std::to_string(position.column);
}

// Follows the parser's events with a cursor of its own over the same text: between two events there
// are only white space, commas and colons, so the next token begins where the cursor stops.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  TreeBuilder(std::string_view text, const JsonOptions& options, FaultList& faults)
      : text_(text), options_(options), faults_(faults), cursor_(text) {}

  bool null() override { return scalar(Kind::kNull) != nullptr; }
  bool boolean(bool value) override {
    JsonValue* node = scalar(Kind::kBoolean);
    if (node != nullptr) node->boolean = value;
    return node != nullptr;
  }
  bool number_integer(number_integer_t) override { return number(); }
  bool number_unsigned(number_unsigned_t) override { return number(); }
  bool number_float(number_float_t, const string_t&) override { return number(); }
  bool binary(binary_t&) override { return false; }

  bool string(string_t& value) override {
    JsonValue* node = scalar(Kind::kString);
    if (node == nullptr || !without_nul(value, node->position)) return false;
    node->text = std::move(value);
    return true;
  }
  bool key(string_t& value) override {
    cursor_.skip_separators();
    const TextPosition position = cursor_.position();
    cursor_.take_token();
    after_key_ = true;
    if (!without_nul(value, position)) return false;
    stack_.back()->members.push_back({std::move(value), position, {}});
    return true;
  }

  bool start_object(std::size_t) override { return open(Kind::kObject); }
  bool start_array(std::size_t) override { return open(Kind::kArray); }
  bool end_object() override {
    drop_duplicates(*stack_.back());
    return close();
  }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t, const std::string&,
                   const nlohmann::json::exception& error) override {
    SyntaxContext context;
    context.position = cursor_.position();
    context.after = state();
    // What stands in place of a value has that value's path, anything else that of its container.
    const bool value = context.after == SyntaxState::kObjectKey;
    context.path = path(value || stack_.empty() ? stack_.size() : stack_.size() - 1);
    context.skipped_bytes = options_.skipped_bytes;
    constexpr int kNumberOverflow = 406;
    context.overflow = error.id == kNumberOverflow;
    explain_syntax_error(text_, context, faults_);
    return false;
  }

  JsonValue take_root() { return std::move(root_); }

 private:
  // Path of the last value in the innermost of the first `depth` open containers.
  std::string path(std::size_t depth) const {
    std::string out;
    for (std::size_t i = 0; i < depth; ++i) {
      const JsonValue& container = *stack_[i];
      if (container.kind == Kind::kObject) {
        if (!container.members.empty()) out = path_of_member(out, container.members.back().key);
      } else if (!container.items.empty()) {
        out = path_of_item(out, container.items.size() - 1);
      }
    }
    return out;
  }

  SyntaxState state() const {
    if (stack_.empty()) return started_ ? SyntaxState::kEnd : SyntaxState::kStart;
    const JsonValue& top = *stack_.back();
    if (top.kind == Kind::kArray) {
      return top.items.empty() ? SyntaxState::kArrayOpened : SyntaxState::kArrayItem;
    }
    if (after_key_) return SyntaxState::kObjectKey;
    return top.members.empty() ? SyntaxState::kObjectOpened : SyntaxState::kObjectValue;
  }

  // Puts an empty value where the next one belongs; null when there are too many.
  JsonValue* add(Kind kind) {
    cursor_.skip_separators();
    started_ = true;
    after_key_ = false;
    if (++count_ > options_.max_nodes) {
      faults_.exceed("J9", {cursor_.position(), ""},
                     "more than " + std::to_string(options_.max_nodes) +
                         " values; split the pipeline into smaller ones");
      return nullptr;
    }
    JsonValue* node = &root_;
    if (!stack_.empty()) {
      JsonValue& top = *stack_.back();
      const bool list = top.kind == Kind::kArray;
      node = list ? &top.items.emplace_back() : &top.members.back().value;
    }
    node->kind = kind;
    node->position = cursor_.position();
    return node;
  }

  JsonValue* scalar(Kind kind) {
    JsonValue* node = add(kind);
    if (node != nullptr) token_ = cursor_.take_token();
    return node;
  }

  // The token may go on after what the parser took for a number: "01" or "1x".
  bool number() {
    JsonValue* node = scalar(Kind::kNumber);
    if (node == nullptr) return false;
    node->text = token_;
    if (is_json_number(token_)) return true;
    explain_bad_word(token_, {node->position, path(stack_.size())}, faults_);
    return false;
  }

  bool without_nul(const std::string& value, const TextPosition& position) {
    if (value.find('\0') == std::string::npos) return true;
    faults_.refuse("J4", {position, path(stack_.size())},
                   "a NUL character (\\u0000) in a string; remove it");
    return false;
  }

  bool open(Kind kind) {
    cursor_.skip_separators();
    if (stack_.size() == options_.max_depth) {
      faults_.refuse("J2", {cursor_.position(), ""},
                     "nested deeper than " + std::to_string(options_.max_depth) +
                         " levels; a pipeline needs at most 5");
      return false;
    }
    JsonValue* node = add(kind);
    if (node == nullptr) return false;
    cursor_.step();
    stack_.push_back(node);
    return true;
  }

  bool close() {
    cursor_.skip_separators();
    cursor_.step();
    stack_.pop_back();
    return true;
  }

  // Keeps the first of equal keys and reports the others. Sorting keeps this cheap for many keys.
  void drop_duplicates(JsonValue& object) {
    std::vector<JsonMember>& members = object.members;
    std::vector<std::size_t> order(members.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&members](std::size_t a, std::size_t b) {
      return members[a].key < members[b].key;
    });
    std::vector<std::size_t> repeated;
    for (std::size_t i = 1, first = 0; i < order.size(); ++i) {
      if (members[order[i]].key != members[order[first]].key) {
        first = i;
        continue;
      }
      report_duplicate(members[order[first]], members[order[i]]);
      repeated.push_back(order[i]);
    }
    if (repeated.empty()) return;
    std::sort(repeated.begin(), repeated.end());
    std::size_t index = 0;
    std::erase_if(members, [&repeated, &index](const JsonMember&) {
      return std::binary_search(repeated.begin(), repeated.end(), index++);
    });
  }

  void report_duplicate(const JsonMember& first, const JsonMember& second) {
    const std::string owner = path(stack_.size() - 1);
    const bool step = owner == "steps";
    faults_.refuse(step ? "J12" : "J3", {second.position, path_of_member(owner, second.key)},
                   std::string(step ? "duplicate step " : "duplicate key ") +
                       steppe::quoted(second.key) + ", first at " + position_text(first.position) +
                       (step ? "; rename or remove one" : "; remove one"));
  }

  std::string_view text_;
  JsonOptions options_;
  FaultList& faults_;
  TextCursor cursor_;
  JsonValue root_;
  std::vector<JsonValue*> stack_;  // open containers; a child never outlives a push to its parent
  std::string_view token_;
  std::size_t count_ = 0;
  bool started_ = false;
  bool after_key_ = false;
};

}  // namespace

std::optional<JsonValue> read_json(std::string_view text, const JsonOptions& options,
                                   FaultList& faults) {
  TreeBuilder builder(text, options, faults);
  const bool complete = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  if (!complete) return std::nullopt;
  return builder.take_root();
}

}  // namespace steppe
