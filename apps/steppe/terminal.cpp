// SPDX-License-Identifier: Apache-2.0
#include "terminal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace steppe {
namespace {

int standard_output = STDOUT_FILENO;

}  // namespace

void claim_standard_output() {
  std::signal(SIGPIPE, SIG_IGN);
  // Without open descriptors 0 to 2 the next file opened would take their place.
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (fcntl(fd, F_GETFD) != -1) continue;
    const int opened = open("/dev/null", fd == STDIN_FILENO ? O_RDONLY : O_RDONLY | O_CLOEXEC);
    if (opened >= 0 && opened != fd) close(opened);
  }
  const int copy = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (copy < 0) return;
  standard_output = copy;
  dup2(STDERR_FILENO, STDOUT_FILENO);
}

ExitCode print(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(standard_output, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      return ExitCode::kReaderGone;
    } else if (errno != EINTR) {
      const std::string why = std::strerror(errno);
      std::fputs(("error[D10] standard output: " + why + "; the result was not printed\n").c_str(),
                 stderr);
      return ExitCode::kOutputNotWritten;
    }
  }
  return ExitCode::kComplete;
}

bool standard_output_is_terminal() { return isatty(standard_output) == 1; }
bool standard_error_is_terminal() { return isatty(STDERR_FILENO) == 1; }

bool wants_colour(bool is_terminal) {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  return is_terminal && (no_colour == nullptr || *no_colour == '\0') &&
         (term == nullptr || std::strcmp(term, "dumb") != 0);
}

}  // namespace steppe
