# SPDX-License-Identifier: Apache-2.0
# Least squares on many rows by R: processor seconds of five fits, and the peak memory.
# Usage: Rscript ols_tall.R lm|lm.fit [rows] [columns]     1000000 20 by default
given <- commandArgs(TRUE)
rows <- if (length(given) > 1) as.integer(given[2]) else 1000000L
columns <- if (length(given) > 2) as.integer(given[3]) else 20L
set.seed(1)
x <- matrix(rnorm(rows * columns), rows, columns)
y <- 1 + as.numeric(x %*% (1 + seq_len(columns) / columns)) + rnorm(rows)
if (given[1] == "lm") {
  table <- data.frame(x, y = y)
  rm(x, y)
  fit <- function() summary(lm(y ~ ., table))
} else {
  x <- cbind(1, x)
  fit <- function() .lm.fit(x, y)
}
seconds <- replicate(5, {
  gc(FALSE)
  sum(system.time(fit())[1:2])
})
peak <- grep("VmHWM", readLines("/proc/self/status"), value = TRUE)
cat(sprintf("R %s: median %.3f s, %.3f to %.3f; peak %.0f MB\n", given[1], median(seconds),
            min(seconds), max(seconds), as.numeric(gsub("[^0-9]", "", peak)) / 1024))
