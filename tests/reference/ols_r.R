# SPDX-License-Identifier: Apache-2.0
# Least squares of R 4.2.2 (lm, summary, hatvalues, rstandard, cooks.distance, logLik, predict).
# Run: Rscript --vanilla ols_r.R > ols_r.csv
# Columns: case, quantity, index (from 1; 0 for a scalar), value. A coefficient R reports as NA is NA.
say <- function(case, quantity, values, from = 1)
  cat(sprintf("%s,%s,%d,%s\n", case, quantity, seq_along(values) - 1 + from,
              ifelse(is.na(values), "NA", sprintf("%.17g", values))), sep = "")
one <- function(case, quantity, value) say(case, quantity, value, 0)

describe <- function(case, model, new) {
  s <- summary(model)
  b <- coef(model)
  rows <- matrix(NA_real_, length(b), 4)
  rows[!is.na(b), ] <- s$coefficients
  limits <- confint(model, level = 0.9)
  say(case, "estimate", unname(b))
  say(case, "standard_error", rows[, 2])
  say(case, "t", rows[, 3])
  say(case, "p", rows[, 4])
  say(case, "lower_90", limits[, 1])
  say(case, "upper_90", limits[, 2])
  one(case, "r_squared", s$r.squared)
  one(case, "adjusted_r_squared", s$adj.r.squared)
  one(case, "standard_error_of_fit", s$sigma)
  one(case, "f", unname(s$fstatistic[1]))
  one(case, "significance_f", pf(s$fstatistic[1], s$fstatistic[2], s$fstatistic[3], lower.tail = FALSE))
  k <- model$rank + 1
  n <- length(fitted(model))
  one(case, "log_likelihood", as.numeric(logLik(model)))
  one(case, "aicc", AIC(model) + 2 * k * (k + 1) / (n - k - 1))
  one(case, "bic", BIC(model))
  one(case, "durbin_watson", sum(diff(residuals(model))^2) / sum(residuals(model)^2))
  say(case, "fitted", unname(fitted(model)))
  say(case, "residual", unname(residuals(model)))
  say(case, "leverage", unname(hatvalues(model)))
  say(case, "standardized_residual", unname(rstandard(model)))
  say(case, "cooks_distance", unname(cooks.distance(model)))
  p <- suppressWarnings(predict(model, new, se.fit = TRUE))
  say(case, "predicted_mean", unname(p$fit))
  say(case, "predicted_se_mean", unname(p$se.fit))
  say(case, "predicted_se_prediction", sqrt(unname(p$se.fit)^2 + s$sigma^2))
}

# The shape of a small driver regression; `c` is a + b, so R drops it.
d <- data.frame(
  a = c(1.5, 2.25, 3, 4.75, 5.5, 6, 7.25, 8),
  b = c(12, 9.5, 14, 7.25, 10, 16.5, 8, 11.25),
  y = c(20.125, 18.5, 27.25, 20.75, 25.5, 36, 26.25, 32.5))
d$c <- d$a + d$b
new <- data.frame(a = c(9, 10), b = c(10, 20), c = c(19, 30))
describe("plain", lm(y ~ a + b, d), new)
describe("no_intercept", lm(y ~ 0 + a + b, d), new)
describe("aliased", lm(y ~ a + b + c, d), new)
