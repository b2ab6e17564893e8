# SPDX-License-Identifier: Apache-2.0
# The eleven linear sets of NIST StRD by lm, as columns of powers: program,set,quantity,value lines.
# Usage: Rscript nist_linear.R FOLDER     (tests/reference/nist_linear)
folder <- commandArgs(TRUE)[1]
degree <- c(Pontius = 2, Filip = 10, Wampler1 = 5, Wampler2 = 5, Wampler3 = 5, Wampler4 = 5,
            Wampler5 = 5)
say <- function(program, set, quantity, value)
  cat(sprintf("%s,%s,%s,%.17g\n", program, set, quantity, value), sep = "")
for (set in unique(read.csv(file.path(folder, "certified.csv"))$set)) {
  table <- read.csv(file.path(folder, paste0(set, ".csv")))
  x <- as.matrix(table[, -1, drop = FALSE])
  if (set %in% names(degree)) x <- outer(table[, 2], seq_len(degree[[set]]), "^")
  constant <- !startsWith(set, "NoInt")
  for (tolerance in c(1e-7, 1e-14)) {
    program <- if (tolerance == 1e-7) "R lm" else "R lm tol=1e-14"
    fit <- if (constant) lm(table$y ~ x, tol = tolerance) else lm(table$y ~ x - 1, tol = tolerance)
    protocol <- suppressWarnings(summary(fit))
    b <- coef(fit)
    errors <- rep(NaN, length(b))
    errors[!is.na(b)] <- protocol$coefficients[, 2]
    number <- seq_along(b) - constant
    say(program, set, paste0("b", number), b)
    say(program, set, paste0("se", number), errors)
    say(program, set, "rsd", protocol$sigma)
    say(program, set, "r2", protocol$r.squared)
  }
}
