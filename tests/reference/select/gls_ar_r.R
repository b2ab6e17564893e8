# SPDX-License-Identifier: Apache-2.0
# Regression with AR(1) errors in R 4.2.2, without transforming a row: generalised least squares with
# the whole covariance matrix of the errors, rho by root finding, forecasts by the best linear
# unbiased predictor. Log-likelihoods of Prais-Winsten by nlme 3.1-162 (gls with rho fixed).
# Run: Rscript --vanilla gls_ar_r.R > gls_ar_r.csv
# Columns: case, method, quantity, index (from 1; 0 for a scalar), value.
#
# Data, of package datasets (also written to gls_ar_data.csv as case, row, y, x1, ...):
#   huron     level of Lake Huron on the year; Brockwell, Davis 1991, Time Series and Forecasting Methods
#   longley   Employed on GNP and Population; Longley 1967, JASA 62, 819-841
#   deaths    deaths of men on deaths of women from lung diseases; Diggle 1990, Time Series, table A.3
library(nlme)
say <- function(case, method, quantity, values, from = 1)
  cat(sprintf("%s,%s,%s,%d,%.17g\n", case, method, quantity, seq_along(values) - 1 + from, values), sep = "")

# The covariance of errors 1..n up to the innovation variance.
ar_matrix <- function(rho, n) rho^abs(outer(1:n, 1:n, "-")) / (1 - rho^2)

# GLS given V; Cochrane-Orcutt is GLS of rows 2..n given row 1, that is of the conditional
# distribution: the differences D u have unit covariance.
solve_gls <- function(X, y, rho, method) {
  n <- length(y)
  if (method == "prais_winsten") {
    P <- solve(ar_matrix(rho, n))
  } else {
    D <- cbind(diag(-rho, n - 1), 0) + cbind(0, diag(n - 1))
    P <- t(D) %*% D
  }
  A <- t(X) %*% P %*% X
  d <- sqrt(diag(A))
  C <- solve(A / outer(d, d)) / outer(d, d)
  b <- C %*% (t(X) %*% P %*% y)
  for (i in 1:3) b <- b + C %*% (t(X) %*% P %*% (y - X %*% b))
  u <- as.numeric(y - X %*% b)
  list(b = as.numeric(b), C = C, u = u, P = P, ss = as.numeric(t(u) %*% P %*% u))
}
slope <- function(u) sum(u[-1] * u[-length(u)]) / sum(u[-length(u)]^2)

describe <- function(case, X, y, new, method) {
  n <- length(y)
  used <- n - (method != "prais_winsten")
  step <- function(r) slope(solve_gls(X, y, r, method)$u) - r
  rho <- uniroot(step, c(-0.5, 0.99), tol = 1e-15, maxiter = 10000)$root
  g <- solve_gls(X, y, rho, method)
  q <- ncol(X)
  s2 <- g$ss / (used - q)
  e <- sqrt(s2 * diag(g$C))
  u0 <- lm.fit(X, y)$residuals
  say(case, method, "rho", rho, 0)
  lagged <- summary(lm(g$u[-1] ~ 0 + g$u[-n]))
  say(case, method, "rho_standard_error", lagged$coefficients[1, 2], 0)
  say(case, method, "estimate", g$b)
  say(case, method, "standard_error", e)
  say(case, method, "t", g$b / e)
  say(case, method, "p", 2 * pt(-abs(g$b / e), used - q))
  say(case, method, "lower_95", g$b - qt(0.975, used - q) * e)
  say(case, method, "upper_95", g$b + qt(0.975, used - q) * e)
  say(case, method, "residual_ss", g$ss, 0)
  say(case, method, "standard_error_of_fit", sqrt(s2), 0)
  level <- solve_gls(X[, 1, drop = FALSE], y, rho, method)$ss
  say(case, method, "transformed_r_squared", 1 - g$ss / level, 0)
  f <- (level - g$ss) / (q - 1) / s2
  say(case, method, "f", f, 0)
  say(case, method, "significance_f", pf(f, q - 1, used - q, lower.tail = FALSE), 0)
  say(case, method, "durbin_watson_original", sum(diff(u0)^2) / sum(u0^2), 0)
  w <- c(sqrt(1 - rho^2) * g$u[1], g$u[-1] - rho * g$u[-n])
  if (used < n) w <- w[-1]
  say(case, method, "durbin_watson", sum(diff(w)^2) / sum(w^2), 0)
  if (used == n) {
    d <- data.frame(y = y, X[, -1, drop = FALSE])
    m <- gls(y ~ ., d, correlation = corAR1(rho, fixed = TRUE), method = "ML")
    say(case, method, "log_likelihood", as.numeric(logLik(m)), 0)
  }
  fitted <- as.numeric(X %*% g$b) + c(0, rho * g$u[-n])
  say(case, method, "fitted", fitted)
  say(case, method, "r_squared", 1 - sum((y - fitted)^2) / sum((y - mean(y))^2), 0)
  # Best linear unbiased prediction (Goldberger 1962): c' V^-1 u, c the covariances with the past.
  h <- nrow(new)
  V <- ar_matrix(rho, n + h)
  past <- V[1:n, 1:n]
  cross <- V[n + 1:h, 1:n, drop = FALSE] %*% solve(past)
  say(case, method, "forecast", as.numeric(new %*% g$b + cross %*% g$u))
  gap <- new - cross %*% X
  own <- diag(V[n + 1:h, n + 1:h] - cross %*% V[1:n, n + 1:h])
  say(case, method, "forecast_se_mean", sqrt(s2 * diag(gap %*% g$C %*% t(gap))))
  say(case, method, "forecast_se", sqrt(s2 * (own + diag(gap %*% g$C %*% t(gap)))))
}

data_file <- file("gls_ar_data.csv", "w")
write_rows <- function(case, X, y)
  for (i in seq_along(y))
    cat(paste(c(case, i, sprintf("%.15g", c(y[i], X[i, -1]))), collapse = ","), "\n", sep = "",
        file = data_file)
both <- function(case, X, y, new) {
  write_rows(case, X, y)
  describe(case, X, y, new, "prais_winsten")
  describe(case, X, y, new, "cochrane_orcutt")
}
year <- 1875:1972
both("huron", cbind(1, year), as.numeric(LakeHuron), cbind(1, 1973:1976))
both("longley", cbind(1, longley$GNP, longley$Population), longley$Employed,
     cbind(1, c(570, 590, 610, 630), c(131, 132.5, 134, 135)))
both("deaths", cbind(1, as.numeric(fdeaths)), as.numeric(mdeaths), cbind(1, c(900, 800, 700, 600)))
close(data_file)
