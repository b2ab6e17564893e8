// SPDX-License-Identifier: Apache-2.0
#include "conformance/other_process.hpp"

#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include "conformance/harness.hpp"

namespace steppe::conformance {

namespace {

[[noreturn]] void answer(int pipe, const std::function<std::vector<double>()>& make) {
  mallopt(M_PERTURB, 0x5A);
  std::vector<double> numbers;
  try {
    numbers = make();
  } catch (...) {
    _exit(1);
  }
  const char* bytes = reinterpret_cast<const char*>(numbers.data());
  std::size_t left = numbers.size() * sizeof(double);
  while (left > 0) {
    const ssize_t written = write(pipe, bytes, left);
    if (written <= 0) _exit(1);
    bytes += written;
    left -= static_cast<std::size_t>(written);
  }
  _exit(0);
}

}  // namespace

std::vector<double> numbers_of_other_process(std::size_t size,
                                             const std::function<std::vector<double>()>& make) {
  int ends[2];
  if (pipe(ends) != 0) fail("no pipe for a second process");
  const pid_t child = fork();
  if (child < 0) fail("no second process");
  if (child == 0) {
    close(ends[0]);
    answer(ends[1], make);
  }
  close(ends[1]);
  std::vector<double> numbers(size);
  char* bytes = reinterpret_cast<char*>(numbers.data());
  std::size_t got = 0;
  while (got < size * sizeof(double)) {
    const ssize_t count = read(ends[0], bytes + got, size * sizeof(double) - got);
    if (count <= 0) break;
    got += static_cast<std::size_t>(count);
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (got != size * sizeof(double) || status != 0) fail("a second process gave no answer");
  return numbers;
}

}  // namespace steppe::conformance
