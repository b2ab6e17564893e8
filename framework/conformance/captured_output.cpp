// SPDX-License-Identifier: Apache-2.0
#include "conformance/captured_output.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace steppe::conformance {

namespace {

constexpr int kFirstFreeDescriptor = 100;

}  // namespace

CapturedOutput::CapturedOutput() : memory_(memfd_create("output", MFD_CLOEXEC)) {
  std::fflush(nullptr);
  for (int i = 0; i < 2; ++i) {
    saved_[i] = Descriptor(fcntl(STDOUT_FILENO + i, F_DUPFD_CLOEXEC, kFirstFreeDescriptor));
    dup2(memory_.get(), STDOUT_FILENO + i);
  }
}

CapturedOutput::~CapturedOutput() {
  std::fflush(nullptr);
  for (int i = 0; i < 2; ++i) dup2(saved_[i].get(), STDOUT_FILENO + i);
}

std::string CapturedOutput::text() const {
  std::fflush(nullptr);
  std::array<char, 4096> buffer;
  const ssize_t count = pread(memory_.get(), buffer.data(), buffer.size(), 0);
  return {buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
}

}  // namespace steppe::conformance
