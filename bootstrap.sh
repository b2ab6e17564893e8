#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh Debian 12 to a forecast (run) or to every test passed (test). See --help.
set -euo pipefail
umask 022 # plugins that others may write to are refused
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly build_packages=(
  ccache cmake g++ libboost-dev libcli11-dev libeigen3-dev libspdlog-dev libtbb-dev
  nettle-dev ninja-build nlohmann-json3-dev pkg-config zlib1g-dev)
readonly test_packages=(
  abigail-tools clang-14 clang-19 clang-format-19 clang-tidy-19 dpkg-dev file libc++-14-dev
  libc++abi-14-dev libgmock-dev libgtest-dev libvalijson-dev libxml2-utils locales)

usage() {
  cat <<'TEXT'
./bootstrap.sh run     installs what the build needs, builds Steppe and runs the example pipeline
                       docs/examples/karaganda/pipeline.json
./bootstrap.sh test    installs what the tests need, then builds and runs all of them: optimised
                       (preset ci), with AddressSanitizer and UndefinedBehaviorSanitizer (dev), and
                       the engine with ThreadSanitizer (tsan)

For Debian 12 and its relatives. Packages that are there are not installed again, and what is up to
date is not built again. Uses sudo for apt-get when not run as root.
TEXT
}

fail() {
  printf 'bootstrap: %s\n' "$*" >&2
  exit 1
}

# stage "what" command...: runs it and prints one line with the time it took. Its output is shown
# as it comes.
stage() {
  local what=$1 start=$SECONDS
  shift
  printf -- '--- %s\n' "$what"
  "$@" || fail "$what: failed after $((SECONDS - start)) s"
  printf -- '--- %s: done in %d s\n' "$what" $((SECONDS - start))
}

as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "needs root for: $*; there is no sudo"
  fi
}

# Prints those of the named packages that are not installed.
missing_packages() {
  local package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
      echo "$package"
  done
}

apt_install() {
  local -a quiet=(-y -q --no-install-recommends -o Dpkg::Use-Pty=0)
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install "${quiet[@]}" "$@" </dev/null
}

install_packages() {
  local -a missing
  mapfile -t missing < <(missing_packages "$@")
  if [[ ${#missing[@]} -eq 0 ]]; then
    echo "--- packages: all $# are installed"
    return
  fi
  echo "--- packages to install: ${missing[*]}"
  # The package lists of a fresh machine are empty or out of date; refresh them only where needed.
  if ! apt-cache show "${missing[@]}" >/dev/null 2>&1; then
    stage "refreshing the package lists" as_root apt-get update -q
    stage "installing packages" apt_install "${missing[@]}"
  elif ! apt_install "${missing[@]}"; then
    stage "refreshing the package lists" as_root apt-get update -q
    stage "installing packages" apt_install "${missing[@]}"
  fi
}

check_system() {
  command -v apt-get >/dev/null || fail "needs Debian 12 or a relative (there is no apt-get here);
  on other systems install the equivalents of: ${build_packages[*]}
  and use the presets of CMakePresets.json"
  # shellcheck source=/dev/null
  local name
  name=$(. /etc/os-release && echo "${PRETTY_NAME:-unknown}")
  [[ $(. /etc/os-release && echo "${VERSION_ID:-}") == 12 ]] ||
    echo "--- $name: made and tested on Debian 12, other versions may lack a package"
}

# build PRESET: configures only when never done; ninja configures again by itself when it must.
build() {
  [[ -f build/$1/build.ninja ]] || stage "configuring $1" cmake --preset "$1"
  stage "building $1" cmake --build --preset "$1"
}

run_example() {
  build/release/bin/steppe run docs/examples/karaganda/pipeline.json
}

command_run() {
  check_system
  install_packages "${build_packages[@]}"
  build release
  stage "running docs/examples/karaganda/pipeline.json" run_example
  echo "bootstrap: done in $SECONDS s; the program is build/release/bin/steppe"
}

command_test() {
  local preset
  check_system
  local -a packages=("${build_packages[@]}" "${test_packages[@]}")
  # Plugins in Rust are built by any cargo; Debian's takes 60 MB to fetch and 280 MB on disk.
  command -v cargo >/dev/null || packages+=(cargo)
  install_packages "${packages[@]}"
  for preset in ci dev tsan; do
    build "$preset"
    stage "testing $preset" ctest --preset "$preset"
  done
  echo "bootstrap: all tests passed in $SECONDS s"
}

main() {
  case ${1-} in
    run | test)
      [[ $# -eq 1 ]] || fail "\"$1\" takes no arguments; see ./bootstrap.sh --help"
      "command_$1"
      ;;
    -h | --help) usage ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
}

main "$@"
