# SPDX-License-Identifier: Apache-2.0
# Penalised regressions of R 4.2.2: MASS 7.3-58.2 (lm.ridge), glmnet 4.1-6 (lasso, elastic net).
# Run: Rscript --vanilla penalized.R > penalized_r.csv
# Columns: case, quantity, index (from 1; 0 for a scalar), value.
# The data come first: quantity "y", and "x" row by row. "longley" is R's data set: 16 rows, 6 columns
# that nearly depend on one another; "wide" has more columns than rows; "close" has columns with
# correlations above 0.99.
suppressMessages({ library(MASS); library(glmnet); library(Matrix) })
say <- function(case, quantity, values, from = 1)
  cat(sprintf("%s,%s,%d,%.17g\n", case, quantity, seq_along(values) - 1 + from, values), sep = "")
one <- function(case, quantity, value) say(case, quantity, value, 0)

data <- list()
data$longley <- list(x = as.matrix(longley[, 1:6]), y = longley$Employed)
set.seed(4)
x <- round(matrix(rnorm(12 * 20), 12), 4)
data$wide <- list(x = x, y = round(3 * x[, 1] - 2 * x[, 5] + x[, 9] + 0.5 * rnorm(12) + 10, 4))
z <- rnorm(40)
x <- round(sapply(1:8, function(j) 5 * j + j * (z + 0.1 * rnorm(40))), 4)
data$close <- list(x = x, y = round(7 + x[, 2] - 0.6 * x[, 6] + rnorm(40), 4))
for (case in names(data)) {
  say(case, "y", data[[case]]$y)
  say(case, "x", as.vector(t(data[[case]]$x)))
}

# Ridge: the penalty of lm.ridge is ours. GCV from the hat matrix, intercept counted (lm.ridge's own
# GCV leaves the intercept out of the trace).
deviation <- function(v) sqrt(mean((v - mean(v))^2))
for (case in names(data)) for (penalty in c(0.01, 0.5, 20)) {
  d <- data[[case]]
  n <- length(d$y)
  name <- sprintf("%s_ridge_%g", case, penalty)
  say(name, "coefficient", unname(coef(lm.ridge(y ~ x, d, lambda = penalty))))
  z <- cbind(scale(d$x, scale = apply(d$x, 2, deviation)))
  hat <- z %*% solve(crossprod(z) + penalty * diag(ncol(z)), t(z)) + 1 / n
  e <- d$y - hat %*% d$y
  one(name, "degrees_of_freedom", sum(diag(hat)))
  one(name, "residual_dof", n - sum(diag(2 * hat - hat %*% t(hat))))
  one(name, "gcv", n * sum(e^2) / (n - sum(diag(hat)))^2)
  one(name, "residual_ss", sum(e^2))
}

# Lasso and elastic net.
for (case in names(data)) for (mix in c(1, 0.5)) {
  d <- data[[case]]
  z <- scale(d$x, scale = apply(d$x, 2, deviation))
  largest <- max(abs(crossprod(z, d$y - mean(d$y)))) / length(d$y) / mix
  penalties <- largest * c(0.5, 0.1, 0.01)
  fit <- glmnet(d$x, d$y, alpha = mix, lambda = penalties, thresh = 1e-26, maxit = 1e9)
  for (k in 1:3) {
    name <- sprintf("%s_net_%g_%d", case, mix, k)
    one(name, "penalty", penalties[k])
    say(name, "coefficient", as.vector(coef(fit))[(k - 1) * (ncol(d$x) + 1) + 1:(ncol(d$x) + 1)])
  }
}

# Cross-validation of the lasso in 4 blocks of rows.
for (case in names(data)) {
  d <- data[[case]]
  n <- length(d$y)
  folds <- floor((seq_len(n) - 1) * 4 / n) + 1
  z <- scale(d$x, scale = apply(d$x, 2, deviation))
  largest <- max(abs(crossprod(z, d$y - mean(d$y)))) / n
  penalties <- largest * 0.01^((0:9) / 9)
  cv <- suppressWarnings(cv.glmnet(d$x, d$y, lambda = penalties, foldid = folds, grouped = TRUE,
                                   thresh = 1e-26, maxit = 1e9))
  name <- paste0(case, "_cv")
  say(name, "penalty", cv$lambda)
  say(name, "error", unname(cv$cvm))
  say(name, "error_deviation", unname(cv$cvsd))
  say(name, "nonzero", unname(colSums(as.matrix(coef(cv$glmnet.fit))[-1, ] != 0)))
  one(name, "least", cv$lambda.min)
  one(name, "one_standard_error", cv$lambda.1se)
}
