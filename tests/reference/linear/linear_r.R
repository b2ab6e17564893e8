# SPDX-License-Identifier: Apache-2.0
# Weighted regressions, covariances and transforms of R 4.2.2 with sandwich 3.0.2.
# Run in this folder: Rscript --vanilla linear_r.R > linear_r.csv
# Columns: case, quantity, index (from 1; 0 for a scalar), value.
suppressPackageStartupMessages(library(sandwich))
say <- function(case, quantity, values, from = 1)
  cat(sprintf("%s,%s,%d,%s\n", case, quantity, seq_along(values) - 1 + from,
              ifelse(is.na(values), "NA", sprintf("%.17g", values))), sep = "")
one <- function(case, quantity, value) say(case, quantity, value, 0)

# Weighted least squares. A row of weight 0 is in the data, R leaves it out of the sums.
d <- data.frame(
  a = c(1.5, 2.25, 3, 4.75, 5.5, 6, 7.25, 8),
  b = c(12, 9.5, 14, 7.25, 10, 16.5, 8, 11.25),
  y = c(20.125, 18.5, 27.25, 20.75, 25.5, 36, 26.25, 32.5),
  w = c(1, 2, 0.5, 4, 1.25, 3, 0, 0.75))
new <- data.frame(a = c(9, 10), b = c(10, 20))
weighted <- function(case, model, w) {
  s <- summary(model)
  used <- w > 0
  limits <- confint(model)
  say(case, "estimate", unname(coef(model)))
  say(case, "standard_error", unname(s$coefficients[, 2]))
  say(case, "t", unname(s$coefficients[, 3]))
  say(case, "p", unname(s$coefficients[, 4]))
  say(case, "lower_95", unname(limits[, 1]))
  say(case, "upper_95", unname(limits[, 2]))
  one(case, "r_squared", s$r.squared)
  one(case, "adjusted_r_squared", s$adj.r.squared)
  one(case, "standard_error_of_fit", s$sigma)
  one(case, "f", unname(s$fstatistic[1]))
  one(case, "residual_ss", deviance(model))
  k <- model$rank + 1
  n <- sum(used)
  one(case, "log_likelihood", as.numeric(logLik(model)))
  one(case, "aicc", AIC(model) + 2 * k * (k + 1) / (n - k - 1))
  one(case, "bic", BIC(model))
  e <- (sqrt(w) * residuals(model))[used]
  one(case, "durbin_watson", sum(diff(e)^2) / sum(e^2))
  say(case, "fitted", unname(fitted(model)))
  every <- function(values, empty) { # R gives none for rows of weight 0
    out <- rep(empty, length(w))
    out[used] <- if (length(values) == length(w)) values[used] else values
    out
  }
  say(case, "leverage", every(unname(hatvalues(model)), 0))
  say(case, "standardized_residual", every(unname(rstandard(model)), NA))
  say(case, "cooks_distance", every(unname(cooks.distance(model)), NA))
  limits <- suppressWarnings(predict(model, new, interval = "prediction", weights = 1))
  means <- predict(model, new, interval = "confidence")
  say(case, "mean", unname(limits[, 1]))
  say(case, "mean_lower", unname(means[, 2]))
  say(case, "mean_upper", unname(means[, 3]))
  say(case, "lower", unname(limits[, 2]))
  say(case, "upper", unname(limits[, 3]))
}
weighted("weighted", lm(y ~ a + b, d, weights = w), d$w)
weighted("weighted_no_intercept", lm(y ~ 0 + a + b, d, weights = w), d$w)

# Covariances. F is the Wald test that every slope is 0.
# `means`: those that were taken from the regressors; everything is given for the raw ones.
robust <- function(case, model, means = 0 * coef(model)[-1]) {
  n <- length(residuals(model))
  map <- diag(length(coef(model)))
  map[1, -1] <- -means
  lag <- floor(4 * (n / 100)^(2 / 9))
  kinds <- list(
    hc0 = vcovHC(model, "HC0"), hc1 = vcovHC(model, "HC1"), hc2 = vcovHC(model, "HC2"),
    hc3 = vcovHC(model, "HC3"),
    newey_west = NeweyWest(model, lag = lag, prewhite = FALSE))
  if (n > 7) kinds$newey_west_7 <- NeweyWest(model, lag = 7, prewhite = FALSE)
  for (kind in names(kinds)) {
    v <- kinds[[kind]]
    name <- paste(case, kind, sep = ".")
    x <- model.matrix(model)
    say(name, "se_mean", unname(sqrt(rowSums((x %*% v) * x))[c(1, n)]))
    b <- coef(model)
    one(name, "f", drop(b[-1] %*% solve(v[-1, -1], b[-1], tol = 1e-30)) / (length(b) - 1))
    v <- map %*% v %*% t(map)
    b <- drop(map %*% b)
    error <- sqrt(diag(v))
    say(name, "standard_error", unname(error))
    say(name, "t", unname(b / error))
    say(name, "p", unname(2 * pt(-abs(b / error), model$df.residual)))
    one(name, "covariance_1_2", v[1, 2])
    one(name, "lag", lag)
  }
}
longley <- read.csv("../nist_linear/Longley.csv")
# Raw, R loses half its digits to calendar years and millions: centred regressors span the same model.
centred <- longley
for (name in names(longley)[-1]) centred[[name]] <- longley[[name]] - mean(longley[[name]])
robust("longley", lm(y ~ ., centred), colMeans(longley[, -1]))
macro <- tail(read.csv("../diagnostics/us_macro.csv"), 48)
robust("consumption", lm(realcons ~ realdpi + tbilrate, macro))
robust("weighted_rows", lm(y ~ a + b, d[d$w > 0, ], weights = w))

# Transforms of the target.
transformed <- function(case, lambda) {
  z <- if (lambda == 0) log(macro$tbilrate) else (macro$tbilrate^lambda - 1) / lambda
  jacobian <- (lambda - 1) * sum(log(macro$tbilrate))
  model <- lm(z ~ realdpi + realcons, macro)
  s <- summary(model)
  say(case, "estimate", unname(coef(model)))
  one(case, "r_squared", s$r.squared)
  one(case, "log_likelihood", as.numeric(logLik(model)) + jacobian)
  p <- predict(model, macro[c(1, 48), ], interval = "prediction")
  back <- function(z) if (lambda == 0) exp(z) else pmax(lambda * z + 1, 0)^(1 / lambda)
  say(case, "median", unname(back(p[, 1])))
  say(case, "lower", unname(back(p[, 2])))
  say(case, "upper", unname(back(p[, 3])))
  se <- predict(model, macro[c(1, 48), ], se.fit = TRUE)$se.fit
  v <- unname(se^2 + s$sigma^2)
  z0 <- unname(p[, 1])
  say(case, "mean", if (lambda == 0) exp(z0 + v / 2) else
    back(z0) * (1 + v * (1 - lambda) / (2 * (lambda * z0 + 1)^2)))
  say(case, "standard_error", if (lambda == 0) exp(z0 + v / 2) * sqrt(exp(v) - 1) else
    back(z0)^(1 - lambda) * sqrt(v))
  fit <- back(fitted(model))
  y <- macro$tbilrate
  one(case, "r_squared_original_scale", 1 - sum((y - fit)^2) / sum((y - mean(y))^2))
}
transformed("log", 0)
transformed("box_cox_half", 0.5)
