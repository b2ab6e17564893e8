// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/process_state.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cfenv>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <memory>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace steppe {

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kSticky = 0x3F;  // raised flags: ordinary arithmetic sets them
constexpr std::uint32_t kDenormalsAreZero = 0x40;
constexpr std::uint32_t kFlushToZero = 0x8000;
constexpr std::uint32_t kRounding = 0x6000;

std::uint16_t x87_control_word() {
  std::uint16_t word = 0;
  asm volatile("fnstcw %0" : "=m"(word));
  return word;
}
#endif

bool same_file(int a, int b) {
  struct stat left{};
  struct stat right{};
  const bool left_open = a >= 0 && fstat(a, &left) == 0;
  const bool right_open = fstat(b, &right) == 0;
  if (left_open != right_open) return false;
  return !left_open || (left.st_dev == right.st_dev && left.st_ino == right.st_ino);
}

std::string time_zone() {
  const char* zone = std::getenv("TZ");
  return zone == nullptr ? "" : zone;
}

// SA_RESTORER, which the C library sets with every handler and shows again.
constexpr int kRestorer = 0x04000000;

bool same_handler(const struct sigaction& a, const struct sigaction& b) {
  return a.sa_handler == b.sa_handler && ((a.sa_flags ^ b.sa_flags) & ~kRestorer) == 0;
}

}  // namespace

CallState::CallState() : rounding_(std::fegetround()) {
#if defined(__x86_64__)
  mxcsr_ = _mm_getcsr();
  x87_ = x87_control_word();
#endif
  locale_ = std::setlocale(LC_ALL, nullptr);
  thread_locale_ = uselocale(nullptr);
}

std::vector<std::string> CallState::restore() const {
  std::vector<std::string> changed;
#if defined(__x86_64__)
  const std::uint32_t differs = (_mm_getcsr() ^ mxcsr_) & ~kSticky;
  if (differs != 0) {
    if ((differs & kFlushToZero) != 0) changed.emplace_back("flush-to-zero");
    if ((differs & kDenormalsAreZero) != 0) changed.emplace_back("denormals-are-zero");
    if ((differs & kRounding) != 0) changed.emplace_back("the rounding mode");
    if ((differs & ~(kFlushToZero | kDenormalsAreZero | kRounding)) != 0) {
      changed.emplace_back("the floating-point exception masks");
    }
    _mm_setcsr(mxcsr_);
  }
  if (x87_control_word() != x87_) {
    changed.emplace_back("the x87 control word");
    asm volatile("fldcw %0" : : "m"(x87_));
  }
#else
  if (std::fegetround() != rounding_) {
    changed.emplace_back("the rounding mode");
    std::fesetround(rounding_);
  }
#endif
  const bool other_locale = locale_ != std::setlocale(LC_ALL, nullptr);
  const bool other_thread_locale = uselocale(nullptr) != thread_locale_;
  if (other_locale || other_thread_locale) {
    changed.emplace_back("the locale");
    std::setlocale(LC_ALL, locale_.c_str());
    uselocale(static_cast<locale_t>(thread_locale_));
  }
  return changed;
}

std::size_t thread_count() {
  const std::unique_ptr<DIR, int (*)(DIR*)> tasks(opendir("/proc/self/task"), &closedir);
  std::size_t count = 0;
  while (tasks != nullptr) {
    const dirent* const entry = readdir(tasks.get());
    if (entry == nullptr) break;
    count += entry->d_name[0] == '.' ? 0 : 1;
  }
  return count;
}

ProcessState::ProcessState() : time_zone_(time_zone()) {
  directory_ = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
  for (int i = 0; i < 3; ++i) standard_[i] = fcntl(i, F_DUPFD_CLOEXEC, 10);
  mask_ = umask(022);
  umask(mask_);
  pthread_sigmask(SIG_SETMASK, nullptr, &blocked_);
  for (int signal = 1; signal < kSignals; ++signal) {
    sigaction(signal, nullptr, &handlers_[signal]);
  }
}

ProcessState::~ProcessState() {
  if (directory_ >= 0) close(directory_);
  for (const int descriptor : standard_) {
    if (descriptor >= 0) close(descriptor);
  }
}

std::vector<std::string> ProcessState::restore() const {
  std::vector<std::string> changed = call_.restore();
  restore_files(changed);
  restore_signals(changed);
  if (time_zone() != time_zone_) {
    changed.emplace_back("the time zone");
    time_zone_.empty() ? unsetenv("TZ") : setenv("TZ", time_zone_.c_str(), 1);
  }
  return changed;
}

void ProcessState::restore_files(std::vector<std::string>& changed) const {
  const int here = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (directory_ >= 0 && (here < 0 || !same_file(directory_, here))) {
    changed.emplace_back("the working directory");
    if (fchdir(directory_) != 0) changed.back() += " (could not be restored)";
  }
  if (here >= 0) close(here);
  const mode_t mask = umask(mask_);
  if (mask != mask_) changed.emplace_back("the umask");
  for (int i = 0; i < 3; ++i) {
    if (same_file(standard_[i], i)) continue;
    changed.push_back("file descriptor " + std::to_string(i));
    standard_[i] >= 0 ? dup2(standard_[i], i) : close(i);
  }
}

void ProcessState::restore_signals(std::vector<std::string>& changed) const {
  sigset_t blocked{};
  pthread_sigmask(SIG_SETMASK, &blocked_, &blocked);
  bool other_mask = false;
  bool other_handlers = false;
  for (int signal = 1; signal < kSignals; ++signal) {
    other_mask = other_mask || sigismember(&blocked, signal) != sigismember(&blocked_, signal);
    struct sigaction now{};
    if (sigaction(signal, nullptr, &now) != 0 || same_handler(now, handlers_[signal])) continue;
    other_handlers = true;
    sigaction(signal, &handlers_[signal], nullptr);
  }
  if (other_mask) changed.emplace_back("the signal mask");
  if (other_handlers) changed.emplace_back("the signal handlers");
}

}  // namespace steppe
