# SPDX-License-Identifier: Apache-2.0
# Diagnostics of regressions by R 4.2.2, lmtest 0.9.40, car 3.1.1, tseries 0.10.53, urca 1.3.3.
# Run in this folder: Rscript --vanilla r.R > r.csv
# Columns: case, quantity, index (from 1; 0 for a scalar), value.
suppressMessages({library(lmtest); library(car); library(tseries); library(urca)})
say <- function(case, quantity, values, from = 1) {
  for (i in seq_along(values))
    cat(paste(case, quantity, from + i - 1, sprintf("%.17g", values[i]), sep = ","), "\n", sep = "")
}
one <- function(case, quantity, value) say(case, quantity, as.vector(value), 0)

recursive <- function(y, X) {  # standardised one-step errors, each from a fit of its own
  n <- nrow(X); k <- ncol(X)
  sapply((k + 1):n, function(t) {
    f <- lm.fit(X[1:(t - 1), , drop = FALSE], y[1:(t - 1)])
    x <- X[t, ]
    V <- chol2inv(qr.R(qr(X[1:(t - 1), , drop = FALSE], tol = 1e-14)))
    (y[t] - sum(x * f$coefficients)) / sqrt(1 + drop(t(x) %*% V %*% x))
  })
}

study <- function(case, formula, data, at, orders) {
  fit <- lm(formula, data)
  n <- nrow(data)
  d <- if (n < 100) dwtest(fit, exact = TRUE, iterations = 500, tol = 1e-13) else dwtest(fit)
  one(case, "dw", d$statistic); one(case, "dw_p", d$p.value)
  for (order in orders) {
    b <- bgtest(fit, order = order)
    one(case, paste0("bg", order), b$statistic); one(case, paste0("bg", order, "_p"), b$p.value)
    b <- bgtest(fit, order = order, type = "F")
    one(case, paste0("bg", order, "_f"), b$statistic)
    one(case, paste0("bg", order, "_f_p"), b$p.value)
  }
  b <- bptest(fit)
  one(case, "bp", b$statistic); one(case, "bp_p", b$p.value); one(case, "bp_dof", b$parameter)
  b <- jarque.bera.test(residuals(fit))
  one(case, "jb", b$statistic); one(case, "jb_p", b$p.value)
  b <- resettest(fit, power = 2:3, type = "fitted")
  one(case, "reset", b$statistic); one(case, "reset_p", b$p.value)
  say(case, "vif", vif(fit))
  say(case, "leverage", hatvalues(fit)); say(case, "rstudent", rstudent(fit))
  say(case, "cook", cooks.distance(fit)); say(case, "dffits", dffits(fit))
  # Chow: one regression against one per part.
  part <- factor(seq_len(n) >= at)
  X <- model.matrix(fit); y <- model.response(model.frame(fit))
  whole <- sum(lm.fit(X, y)$residuals^2)
  rest <- sum(lm.fit(X[part == "FALSE", ], y[part == "FALSE"])$residuals^2) +
    sum(lm.fit(X[part == "TRUE", ], y[part == "TRUE"])$residuals^2)
  k <- ncol(X)
  if (n > 2 * k && at - 1 > k && n - at + 1 > k) {
    f <- (whole - rest) / k / (rest / (n - 2 * k))
    one(case, "chow", f); one(case, "chow_p", pf(f, k, n - 2 * k, lower.tail = FALSE))
  }
  # The predictive form: the rows before the last two against all.
  m <- n - 2
  first <- sum(lm.fit(X[1:m, ], y[1:m])$residuals^2)
  f <- (whole - first) / 2 / (first / (m - k))
  one(case, "chow_predictive", f)
  one(case, "chow_predictive_p", pf(f, 2, m - k, lower.tail = FALSE))
  w <- recursive(y, X)
  say(case, "recursive_residual", w)
  path <- cumsum(w) / sqrt(sum(w^2) / (n - k))
  shape <- sqrt(n - k) + 2 * seq_along(w) / sqrt(n - k)
  one(case, "cusum", max(abs(path) / shape))
  for (name in all.vars(formula)) {
    x <- data[[name]]
    for (null in c("Level", "Trend")) {
      b <- suppressWarnings(kpss.test(x, null = null))
      one(case, paste("kpss", null, name, sep = "_"), b$statistic)
      one(case, paste("kpss", null, name, "p", sep = "_"), b$p.value)
      one(case, paste("kpss", null, name, "lags", sep = "_"), b$parameter)
    }
    # ADF with two lags: the t of the level.
    for (type in c("drift", "trend")) {
      u <- ur.df(x, type = type, lags = 2)
      one(case, paste("adf2", type, name, sep = "_"), u@teststat[1])
    }
    line <- summary(lm(x ~ seq_along(x)))$coefficients
    one(case, paste("line_t", name, sep = "_"), line[2, 3])
    one(case, paste("line_p", name, sep = "_"), line[2, 4])
  }
}

study("longley", y ~ x1 + x2 + x3 + x4 + x5 + x6, read.csv("../nist_linear/Longley.csv"), 9, c(1, 2))
karaganda <- read.csv("../../../docs/examples/karaganda/karaganda.csv")
study("karaganda", grp ~ mining + innovation, karaganda, 6, c(1, 2))
macro <- read.csv("us_macro.csv")
study("consumption", realcons ~ realdpi + tbilrate, tail(macro, 48), 25, c(1, 4))
study("consumption_all", realcons ~ realdpi + tbilrate, macro, 101, c(1, 4))
