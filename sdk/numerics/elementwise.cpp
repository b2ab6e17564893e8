// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/elementwise.hpp"

#include "kernels/kernels.hpp"

namespace steppe::numerics {

void log_each(const double* in, double* out, std::size_t count) {
  kernels().log_each(in, out, count);
}

void exp_each(const double* in, double* out, std::size_t count) {
  kernels().exp_each(in, out, count);
}

void r_squared_each(const double* residual, const double* total, double* out, std::size_t count) {
  kernels().r_squared_each(residual, total, out, count);
}

double log_one(double x) {
  kernels().log_each(&x, &x, 1);
  return x;
}

double exp_one(double x) {
  kernels().exp_each(&x, &x, 1);
  return x;
}

}  // namespace steppe::numerics
