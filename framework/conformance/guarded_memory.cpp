// SPDX-License-Identifier: Apache-2.0
#include "conformance/guarded_memory.hpp"

#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <csignal>
#include <cstring>
#include <new>
#include <string_view>

namespace steppe::conformance {

namespace {

// A quiet NaN whose payload no arithmetic makes. Written to cells and gaps before a call.
constexpr std::uint64_t kPoison = 0x7FF8'DEAD'BEEF'0BADULL;

bool is_poison(double value) { return std::bit_cast<std::uint64_t>(value) == kPoison; }

// What the signal handler may read: plain values in static memory.
struct Slot {
  std::atomic<bool> taken = false;
  const char* name = nullptr;
  std::uintptr_t mapping = 0;
  std::uintptr_t mapping_end = 0;
  std::uintptr_t data = 0;
  std::uintptr_t data_end = 0;
};
constexpr std::size_t kSlots = 512;
std::array<Slot, kSlots> slots;
int channel = STDERR_FILENO;

// Text in a fixed buffer: nothing in a signal handler may allocate.
struct HandlerText {
  std::array<char, 512> text{};
  std::size_t length = 0;

  void add(std::string_view part) {
    const std::size_t count = std::min(part.size(), text.size() - length);
    std::memcpy(text.data() + length, part.data(), count);
    length += count;
  }
  void add(std::uintptr_t number) {
    std::array<char, 24> digits;
    std::size_t at = digits.size();
    do {
      digits[--at] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number > 0);
    add(std::string_view(digits.data() + at, digits.size() - at));
  }
};

// 1 when the fault was a write, 0 for a read, -1 where the machine does not say.
int was_write([[maybe_unused]] const void* context) {
#if defined(__x86_64__)
  constexpr int kWriteBit = 2;
  const auto* machine = static_cast<const ucontext_t*>(context);
  return (machine->uc_mcontext.gregs[REG_ERR] & kWriteBit) != 0 ? 1 : 0;
#else
  return -1;
#endif
}

void describe(const Slot& slot, std::uintptr_t address, int write, HandlerText& out) {
  const bool inside = address >= slot.data && address < slot.data_end;
  const bool wrote = inside || write == 1;  // a block's own bytes can always be read
  out.add(inside ? "rule R11\n" : wrote ? "rule R12\n" : "rule R13\n");
  out.add("verdict failed ");
  out.add(wrote ? "wrote" : write == 0 ? "read" : "touched");
  if (inside) {
    out.add(" an input: \"");
  } else if (address < slot.data) {
    out.add(" ");
    out.add(slot.data - address);
    out.add(" bytes before the start of \"");
  } else {
    out.add(" ");
    out.add(address - slot.data_end);
    out.add(" bytes behind the end of \"");
  }
  out.add(slot.name);
  out.add("\"\n");
}

void on_fault(int signal, siginfo_t* info, void* context) {
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  for (const Slot& slot : slots) {
    if (!slot.taken || address < slot.mapping || address >= slot.mapping_end) continue;
    HandlerText text;
    describe(slot, address, was_write(context), text);
    [[maybe_unused]] const ssize_t written = write(channel, text.text.data(), text.length);
    _exit(0);
  }
  // Not ours. The instruction runs again and ends the process; a signal that was sent does not.
  std::signal(signal, SIG_DFL);
  if (info->si_code <= 0) raise(signal);
}

void install_handler() {
  static const bool installed = [] {
    struct sigaction action{};
    action.sa_sigaction = &on_fault;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    sigaction(SIGSEGV, &action, nullptr);
    sigaction(SIGBUS, &action, nullptr);
    return true;
  }();
  static_cast<void>(installed);
}

std::size_t take_slot() {
  for (std::size_t i = 0; i < kSlots; ++i) {
    if (!slots[i].taken.exchange(true)) return i;
  }
  throw std::bad_alloc();
}

std::size_t page_size() {
  static const auto size = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return size;
}

std::uint64_t at_least_one(std::uint64_t count) { return count == 0 ? 1 : count; }
std::int64_t stride(std::uint64_t count) { return static_cast<std::int64_t>(count); }

// Lowest and highest index that cells have, relative to cell (0, 0).
struct Extent {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

Extent extent_of(const GuardedMatrix::Shape& shape) {
  Extent out;
  const auto add = [&](std::uint64_t count, std::int64_t step) {
    const std::int64_t last = static_cast<std::int64_t>(count - 1) * step;
    (last < 0 ? out.low : out.high) += last;
  };
  add(at_least_one(shape.rows), shape.layout.row_stride);
  add(at_least_one(shape.columns), shape.layout.column_stride);
  return out;
}

std::size_t span_of(const GuardedMatrix::Shape& shape) {
  if (shape.rows == 0 || shape.columns == 0) return 0;
  const Extent extent = extent_of(shape);
  return static_cast<std::size_t>(extent.high - extent.low + 1);
}

std::string cell_name(std::uint64_t row, std::uint64_t column, const char* name) {
  return "cell (" + std::to_string(row) + ", " + std::to_string(column) + ") of \"" + name + "\"";
}

}  // namespace

void set_guard_channel(int descriptor) { channel = descriptor; }

GuardedBlock::GuardedBlock(const char* name, std::size_t bytes, Placement placement)
    : slot_(take_slot()), size_(bytes) {
  install_handler();
  const std::size_t page = page_size();
  const std::size_t body = (std::max<std::size_t>(bytes, 1) + page - 1) / page * page;
  mapped_ = body + 2 * page;
  void* const mapping =
      mmap(nullptr, mapped_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping == MAP_FAILED ||
      mprotect(static_cast<unsigned char*>(mapping) + page, body, PROT_READ | PROT_WRITE) != 0) {
    throw std::bad_alloc();
  }
  mapping_ = static_cast<unsigned char*>(mapping);
  unsigned char* const start = mapping_ + page;
  data_ = placement == Placement::kAtStart ? start : start + (body - bytes);
  Slot& slot = slots[slot_];
  slot.name = name;
  slot.mapping = reinterpret_cast<std::uintptr_t>(mapping_);
  slot.mapping_end = slot.mapping + mapped_;
  slot.data = reinterpret_cast<std::uintptr_t>(data_);
  slot.data_end = slot.data + bytes;
}

GuardedBlock::~GuardedBlock() {
  slots[slot_].mapping_end = 0;
  slots[slot_].taken = false;
  munmap(mapping_, mapped_);
}

void GuardedBlock::make_read_only() {
  mprotect(mapping_ + page_size(), mapped_ - 2 * page_size(), PROT_READ);
}

void GuardedBlock::make_writable() {
  mprotect(mapping_ + page_size(), mapped_ - 2 * page_size(), PROT_READ | PROT_WRITE);
}

CellLayout row_major(std::uint64_t, std::uint64_t columns) { return {stride(columns), 1}; }
CellLayout column_major(std::uint64_t rows, std::uint64_t) { return {1, stride(rows)}; }
CellLayout reversed(std::uint64_t, std::uint64_t columns) { return {-stride(columns), -1}; }
CellLayout with_gaps(std::uint64_t, std::uint64_t columns) { return {3 * stride(columns) + 5, 3}; }
CellLayout columns_apart(std::uint64_t rows, std::uint64_t) { return {2, -(2 * stride(rows) + 3)}; }

GuardedMatrix::GuardedMatrix(const char* name, const Shape& shape)
    : name_(name),
      shape_(shape),
      first_(-extent_of(shape).low),
      span_(span_of(shape)),
      block_(name, (span_ + (shape.odd_address ? 2 : 0)) * sizeof(double), shape.placement) {
  span_start_ = static_cast<double*>(block_.data());
  if (shape.odd_address && reinterpret_cast<std::uintptr_t>(span_start_) % 16 == 0) ++span_start_;
  std::fill_n(span_start_, span_, std::bit_cast<double>(kPoison));
}

double* GuardedMatrix::cell(std::uint64_t row, std::uint64_t column) const {
  return span_start_ + first_ + static_cast<std::int64_t>(row) * shape_.layout.row_stride +
         static_cast<std::int64_t>(column) * shape_.layout.column_stride;
}

double& GuardedMatrix::at(std::uint64_t row, std::uint64_t column) { return *cell(row, column); }
double GuardedMatrix::get(std::uint64_t row, std::uint64_t column) const {
  return *cell(row, column);
}

void GuardedMatrix::set(const std::vector<double>& values) {
  for (std::uint64_t i = 0; i < values.size(); ++i) {
    *cell(i / shape_.columns, i % shape_.columns) = values[i];
  }
}

std::vector<double> GuardedMatrix::values() const {
  std::vector<double> out;
  for (std::uint64_t i = 0; i < shape_.rows * shape_.columns; ++i) {
    out.push_back(get(i / shape_.columns, i % shape_.columns));
  }
  return out;
}

steppe_vector GuardedMatrix::as_vector() const {
  return {sizeof(steppe_vector), 0, cell(0, 0), shape_.rows, shape_.layout.row_stride};
}

steppe_matrix GuardedMatrix::as_matrix() const {
  return {sizeof(steppe_matrix),
          0,
          cell(0, 0),
          shape_.rows,
          shape_.columns,
          shape_.layout.row_stride,
          shape_.layout.column_stride,
          nullptr};
}

steppe_output GuardedMatrix::as_output() const {
  return {sizeof(steppe_output),
          0,
          cell(0, 0),
          shape_.rows,
          shape_.columns,
          shape_.layout.row_stride,
          shape_.layout.column_stride};
}

bool GuardedMatrix::gaps_are_poison() const {
  std::vector<bool> is_cell(span_);
  for (std::uint64_t i = 0; i < shape_.rows * shape_.columns; ++i) {
    const double* const one = cell(i / shape_.columns, i % shape_.columns);
    is_cell[static_cast<std::size_t>(one - span_start_)] = true;
  }
  for (std::size_t i = 0; i < span_; ++i) {
    if (!is_cell[i] && !is_poison(span_start_[i])) return false;
  }
  return true;
}

std::string GuardedMatrix::problem_after_writing() const {
  for (std::uint64_t i = 0; i < shape_.rows * shape_.columns; ++i) {
    const std::uint64_t row = i / shape_.columns;
    const std::uint64_t column = i % shape_.columns;
    if (is_poison(get(row, column))) return cell_name(row, column, name_) + " was not written";
  }
  if (gaps_are_poison()) return "";
  return std::string("the call wrote between the cells of \"") + name_ + "\"";
}

std::string GuardedMatrix::problem_if_touched() const {
  for (std::size_t i = 0; i < span_; ++i) {
    if (!is_poison(span_start_[i])) {
      return std::string("the call wrote to \"") + name_ + "\", which was not wanted";
    }
  }
  return "";
}

}  // namespace steppe::conformance
