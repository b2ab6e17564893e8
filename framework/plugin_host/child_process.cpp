// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstring>

#include "plugin_host/plugin_file.hpp"

namespace steppe {

namespace {

constexpr std::size_t kMostChannelBytes = std::size_t{4} << 20;
constexpr std::size_t kKeptOutputBytes = 4096;
constexpr int kMostExtensions = 10;  // of the whole limit, for a child that is starved
constexpr int kFirstFree = 16;       // above every number the child is given

struct Pipe {
  Descriptor read;
  Descriptor write;

  static Pipe open() {
    Pipe out;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return out;
    // Moved up, so that giving one descriptor its number in the child never closes another.
    out.read = Descriptor(fcntl(ends[0], F_DUPFD_CLOEXEC, kFirstFree));
    out.write = Descriptor(fcntl(ends[1], F_DUPFD_CLOEXEC, kFirstFree));
    close(ends[0]);
    close(ends[1]);
    if (out.read.open()) fcntl(out.read.get(), F_SETFL, O_NONBLOCK);
    return out;
  }
  bool ok() const { return read.open() && write.open(); }
};

// Reads what is there, but not for ever: a child may write faster than it is read. False at the end
// of the stream.
template <typename Take>
bool drain(int descriptor, Take&& take) {
  constexpr int kMostReads = 16;
  std::array<char, 65536> buffer;
  for (int i = 0; i < kMostReads; ++i) {
    const ssize_t got = read(descriptor, buffer.data(), buffer.size());
    if (got > 0) {
      take(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
    } else if (got == 0) {
      return false;
    } else if (errno != EINTR) {
      return errno == EAGAIN;
    }
  }
  return true;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

// What a process is doing: its state as ps shows it, and the processor time it has had.
struct Activity {
  char state = '?';
  long processor_ms = 0;
};

// From /proc/PID/stat: state is the first field behind the name, utime and stime the 12th and 13th.
Activity activity_of(pid_t process) {
  Activity out;
  const std::string path = "/proc/" + std::to_string(process) + "/stat";
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 1024> buffer;
  const ssize_t got = read(file.get(), buffer.data(), buffer.size());
  std::string_view text(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  const auto name_end = text.rfind(") ");
  if (name_end == std::string_view::npos) return out;
  text.remove_prefix(name_end + 2);
  out.state = text.empty() ? '?' : text[0];
  long ticks = 0;
  for (int field = 1; field <= 13 && !text.empty(); ++field) {
    const std::string_view word = text.substr(0, text.find(' '));
    long value = 0;
    if (field >= 12) std::from_chars(word.data(), word.data() + word.size(), value);
    ticks += value;
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  out.processor_ms = ticks * 1000 / sysconf(_SC_CLK_TCK);
  return out;
}

// posix_spawn's two objects, destroyed with it.
struct SpawnPlan {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;

  SpawnPlan() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
};

class Child {
 public:
  explicit Child(const ChildRequest& request) : request_(request) {}

  ChildResult run() {
    if (!start()) return std::move(result_);
    listen();
    stop();
    return std::move(result_);
  }

 private:
  bool start() {
    channel_ = Pipe::open();
    output_ = Pipe::open();
    const Descriptor passed(fcntl(request_.passed_descriptor, F_DUPFD_CLOEXEC, kFirstFree));
    if (!channel_.ok() || !output_.ok() || !passed.open()) return failed(errno);
    SpawnPlan plan;
    posix_spawn_file_actions_addopen(&plan.files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&plan.files, output_.write.get(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&plan.files, output_.write.get(), STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&plan.files, channel_.write.get(), request_.channel_as);
    posix_spawn_file_actions_adddup2(&plan.files, passed.get(), request_.passed_as);
    const auto arguments = pointers(request_.arguments);
    const auto environment = pointers(request_.environment);
    const int problem = posix_spawn(&process_, arguments[0], &plan.files, &plan.attributes,
                                    arguments.data(), environment.data());
    channel_.write = Descriptor();
    output_.write = Descriptor();
    if (problem != 0) return failed(problem);
    result_.started = true;
    return true;
  }

  bool failed(int error) {
    result_.problem = strerror(error);
    return false;
  }

  bool has_ended() const {
    siginfo_t info{};
    const auto id = static_cast<id_t>(process_);
    return waitid(P_PID, id, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0;
  }

  // On a busy machine a child may wait for the processor longer than it works: it is given more
  // time while it wants to run (or to read its file) and has had less than its limit.
  bool is_starved() const {
    const Activity activity = activity_of(process_);
    return (activity.state == 'R' || activity.state == 'D') &&
           activity.processor_ms < request_.timeout_ms;
  }

  // Until the child ends or its time is up. A grandchild may hold the pipes open for ever, so their
  // end is not waited for.
  void listen() {
    using Clock = std::chrono::steady_clock;
    const std::chrono::milliseconds limit(request_.timeout_ms);
    auto deadline = Clock::now() + limit;
    const auto last_deadline = deadline + kMostExtensions * limit;
    const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, process_, 0)));
    result_.timed_out = request_.timeout_ms <= 0;  // no time is no time, however fast the child
    while (!result_.timed_out && !has_ended()) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
      if (left <= 0 && deadline < last_deadline && is_starved()) {
        deadline += limit / 4;
        continue;
      }
      if (left <= 0) {
        result_.timed_out = true;
        return;
      }
      std::array<pollfd, 3> wanted = {{{process.get(), POLLIN, 0},
                                       {channel_.read.get(), POLLIN, 0},
                                       {output_.read.get(), POLLIN, 0}}};
      // Without a descriptor for the process its end is looked for every 2 ms.
      poll(wanted.data(), wanted.size(),
           static_cast<int>(process.open() ? left : std::min<long>(left, 2)));
      collect();
    }
  }

  void collect() {
    const auto channel = [&](std::string_view bytes) {
      if (result_.channel.size() < kMostChannelBytes) result_.channel += bytes;
    };
    const auto output = [&](std::string_view bytes) {
      result_.output += bytes;
      if (result_.output.size() > 2 * kKeptOutputBytes) {
        result_.output.erase(0, result_.output.size() - kKeptOutputBytes);
      }
    };
    if (channel_.read.open() && !drain(channel_.read.get(), channel)) {
      channel_.read = Descriptor();
    }
    if (output_.read.open() && !drain(output_.read.get(), output)) output_.read = Descriptor();
  }

  // The group first, while the child still holds its number.
  void stop() {
    kill(-process_, SIGKILL);
    kill(process_, SIGKILL);
    int status = 0;
    while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    collect();
    if (WIFEXITED(status)) result_.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) result_.signal = WTERMSIG(status);
  }

  const ChildRequest& request_;
  ChildResult result_;
  Pipe channel_;
  Pipe output_;
  pid_t process_ = -1;
};

}  // namespace

ChildResult run_child(const ChildRequest& request) { return Child(request).run(); }

}  // namespace steppe
