# SPDX-License-Identifier: Apache-2.0
# Quantile regressions of R 4.2.2 with quantreg 5.94 (rq by Barrodale and Roberts, summary.rq) and Huber's
# M-estimates with MASS 7.3-58.2 (rlm, summary.rlm), on data that come with R: see README.md.
# Run: Rscript --vanilla robust_r.R > robust_r.csv
# Columns: case, quantity, index (from 1; 0 for a scalar), value.
suppressMessages({library(quantreg); library(MASS)})
options(digits = 17)
say <- function(case, quantity, values, from = 1)
  cat(sprintf("%s,%s,%d,%s\n", case, quantity, seq_along(values) - 1 + from,
              ifelse(is.na(values), "NA", sprintf("%.17g", values))), sep = "")
one <- function(case, quantity, value) say(case, quantity, value, 0)

# Data as files: what the tests read.
data(engel); data(stackloss)
write.csv(engel, "engel.csv", row.names = FALSE, quote = FALSE)
write.csv(setNames(stackloss, c("air_flow", "water_temperature", "acid", "loss")), "stackloss.csv",
          row.names = FALSE, quote = FALSE)
write.csv(data.frame(year = phones$year, calls = phones$calls), "phones.csv", row.names = FALSE, quote = FALSE)

# summary.rq takes 1.5e-8 off every distance between fits and counts residuals below 1.5e-8 as zero, whatever the
# unit: the target goes in 2^10 times as large, and results come back by the same factor, so that this does not show.
unit <- 2^10
quantile_case <- function(case, formula, data, tau) {
  target <- all.vars(formula)[1]
  data[[target]] <- data[[target]] * unit
  fit <- rq(formula, tau = tau, data = data, method = "br")
  level <- rq(as.formula(paste(target, "~ 1")), tau = tau, data = data, method = "br")
  say(case, "estimate", unname(coef(fit)) / unit)
  one(case, "objective", fit$rho / unit)
  one(case, "r1", 1 - fit$rho / level$rho)
  for (se in c("iid", "nid")) {
    s <- summary(fit, se = se, covariance = TRUE)
    say(case, paste0("standard_error_", se), unname(s$coefficients[, 2]) / unit)
    say(case, paste0("t_", se), unname(s$coefficients[, 3]))
    say(case, paste0("p_", se), unname(s$coefficients[, 4]))
  }
}
for (tau in c(0.1, 0.25, 0.5, 0.75, 0.9)) {
  quantile_case(sprintf("engel_%g", tau), foodexp ~ income, engel, tau)
}
for (tau in c(0.25, 0.5, 0.75)) {
  quantile_case(sprintf("stackloss_%g", tau), stack.loss ~ Air.Flow + Water.Temp + Acid.Conc., stackloss, tau)
}

# rlm divides the median absolute residual by 0.6745; "exact" has the quantile itself, 0.674489750196...
exact <- MASS:::rlm.default
body(exact) <- parse(text = gsub("0.6745", "qnorm(0.75)", deparse(body(exact)), fixed = TRUE))[[1]]
environment(exact) <- asNamespace("MASS")
huber_case <- function(case, x, y, fitter, scale, k) {
  fit <- fitter(x, y, psi = psi.huber, k = k, k2 = k, scale.est = scale, maxit = 2000, acc = 1e-15)
  say(case, "estimate", unname(fit$coefficients))
  say(case, "standard_error", unname(summary(fit)$coefficients[, 2]))
  one(case, "scale", fit$s)
  say(case, "weight", unname(fit$w))
}
suppressWarnings(for (set in c("stackloss", "phones")) {
  x <- if (set == "phones") cbind(1, phones$year) else cbind(1, as.matrix(stackloss[, 1:3]))
  y <- if (set == "phones") phones$calls else stackloss$stack.loss
  huber_case(paste0(set, "_mad_rlm"), x, y, MASS:::rlm.default, "MAD", 1.345)
  huber_case(paste0(set, "_mad"), x, y, exact, "MAD", 1.345)
  huber_case(paste0(set, "_mad_2"), x, y, exact, "MAD", 2)
  huber_case(paste0(set, "_proposal_2"), x, y, exact, "proposal 2", 1.345)
})
