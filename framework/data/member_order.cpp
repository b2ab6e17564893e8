// SPDX-License-Identifier: Apache-2.0
#include "data/member_order.hpp"

#include <algorithm>
#include <span>

#include "data/counted_faults.hpp"

namespace steppe {
namespace {

using RowSpan = std::span<const std::uint32_t>;

std::string plural(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string joined(const std::vector<std::string>& parts, std::size_t total) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  if (total > parts.size()) out += " and " + std::to_string(total - parts.size()) + " more";
  return out;
}

// Looks through one member's rows, sorted by time, and says what is wrong with their dates.
class DateCheck {
 public:
  DateCheck(const TimeGrid& grid, const PanelRequest& request, const SourceStream& stream)
      : grid_(grid), request_(request), stream_(stream) {}

  bool consecutive(RowSpan rows) const {
    for (std::size_t i = 1; i < rows.size(); ++i) {
      if (at(rows[i]) != std::int64_t{at(rows[i - 1])} + 1) return false;
    }
    return true;
  }

  // At most one fault of each of the two kinds.
  Faults faults(std::string_view key, RowSpan rows) const {
    Faults out;
    if (auto duplicates = duplicate_fault(rows)) out.push_back(std::move(*duplicates));
    if (auto gaps = gap_fault(rows)) out.push_back(std::move(*gaps));
    for (Fault& fault : out) fault.place.series = display_key(key);
    return out;
  }

 private:
  static constexpr std::size_t kShown = 5;

  std::int32_t at(std::uint32_t row) const { return grid_.ordinals[row]; }
  std::string date(std::int64_t ordinal) const { return label_of(ordinal, grid_.calendar); }
  std::string place(std::uint32_t row) const { return row_text(stream_, request_, row); }

  Fault fault_at(const char* code, std::uint32_t row, std::string message) const {
    return {code, ErrorKind::kInvalidData, ExitCode::kDataRefused,
            place_in_source(stream_, request_, row, 0), std::move(message)};
  }

  std::optional<Fault> duplicate_fault(RowSpan rows) const;
  std::optional<Fault> gap_fault(RowSpan rows) const;

  const TimeGrid& grid_;
  const PanelRequest& request_;
  const SourceStream& stream_;
};

std::optional<Fault> DateCheck::duplicate_fault(RowSpan rows) const {
  std::vector<std::string> shown;
  std::size_t dates = 0;
  std::uint32_t second = 0;  // row of the first date's second occurrence
  for (std::size_t i = 0, end = 0; i < rows.size(); i = end) {
    for (end = i + 1; end < rows.size() && at(rows[end]) == at(rows[i]);) ++end;
    if (end - i < 2) continue;
    if (dates == 0) second = rows[i + 1];
    if (++dates > kShown) continue;
    std::vector<std::string> places;
    for (std::size_t k = i; k < end && k < i + kShown; ++k) places.push_back(place(rows[k]));
    shown.push_back(date(at(rows[i])) + " (" + joined(places, end - i) + ")");
  }
  if (dates == 0) return std::nullopt;
  return fault_at("C19", second,
                  plural(dates, "date occurs", "dates occur") +
                      " more than once: " + joined(shown, dates) +
                      "; a series has one row per date: aggregate the rows or name a key column");
}

std::optional<Fault> DateCheck::gap_fault(RowSpan rows) const {
  std::vector<std::string> shown;
  std::size_t gaps = 0;
  std::int64_t missing = 0;
  std::uint32_t after = 0;  // row after the first gap
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::int64_t from = std::int64_t{at(rows[i - 1])} + 1;
    const std::int64_t count = at(rows[i]) - from;
    if (count <= 0) continue;
    if (gaps == 0) after = rows[i];
    missing += count;
    if (++gaps > kShown) continue;
    std::vector<std::string> dates;
    for (std::int64_t k = 0; k < count && k < std::int64_t{kShown}; ++k) {
      dates.push_back(date(from + k));
    }
    shown.push_back(joined(dates, static_cast<std::size_t>(count)) + " between " +
                    date(at(rows[i - 1])) + " (" + place(rows[i - 1]) + ") and " +
                    date(at(rows[i])) + " (" + place(rows[i]) + ")");
  }
  if (gaps == 0) return std::nullopt;
  return fault_at("C20", after,
                  plural(static_cast<std::size_t>(missing), "date is", "dates are") +
                      " missing: " + joined(shown, gaps) +
                      "; add the rows, with empty cells where a value is unknown, or change the "
                      "frequency");
}

// Counting sort of the rows by member, keeping their order within each.
MemberOrder grouped(const TableRows& rows) {
  MemberOrder out;
  const std::vector<std::uint32_t> ids = rows.keys.sorted_ids();
  std::vector<std::size_t> next(ids.size(), 0);  // by key id: count, then next position
  if (rows.key_ids.empty()) next[0] = rows.count();
  for (const std::uint32_t id : rows.key_ids) ++next[id];
  std::size_t offset = 0;
  out.members.reserve(ids.size());
  for (const std::uint32_t id : ids) {
    out.members.push_back({std::string(rows.keys.key(id)), 0, next[id], offset});
    offset += std::exchange(next[id], offset);
  }
  out.rows.resize(rows.count());
  for (std::uint32_t row = 0; row < rows.count(); ++row) {
    out.rows[next[rows.key_ids.empty() ? 0 : rows.key_ids[row]]++] = row;
  }
  return out;
}

}  // namespace

Result<MemberOrder, Faults> member_order(const TableRows& rows, const TimeGrid& grid,
                                         const PanelRequest& request, const SourceStream& stream) {
  MemberOrder out = grouped(rows);
  const DateCheck check(grid, request, stream);
  const auto earlier = [&grid](std::uint32_t a, std::uint32_t b) {
    return grid.ordinals[a] < grid.ordinals[b];
  };
  CountedFaults faults("problems like these in other series");
  for (PanelMember& member : out.members) {
    const std::span<std::uint32_t> own(out.rows.data() + member.offset, member.count);
    if (!std::is_sorted(own.begin(), own.end(), earlier)) {
      std::stable_sort(own.begin(), own.end(), earlier);
      ++out.unsorted;
    }
    member.first = grid.ordinals[own[0]];
    if (check.consecutive(own)) continue;
    if (!faults.shows_next()) {
      faults.add_unseen();
      continue;
    }
    for (Fault& fault : check.faults(member.key, own)) faults.add(std::move(fault));
  }
  if (!faults.empty()) return std::move(faults).take();
  return out;
}

}  // namespace steppe
