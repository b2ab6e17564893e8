# SPDX-License-Identifier: Apache-2.0
# Regressions on the logarithm of the target in R 4.2.2: glmnet 4.1-6, quantreg 5.94, the others by
# their definitions in plain matrix algebra; and weighted choices among the regressors by lm.
# Run in this folder: Rscript --vanilla transforms_r.R > transforms_r.csv
# Columns: case, quantity, index (from 1; 0 for a scalar), value or text.
suppressMessages({ library(glmnet); library(quantreg) })
say <- function(case, quantity, values, from = 1)
  cat(sprintf("%s,%s,%d,%.17g\n", case, quantity, seq_along(values) - 1 + from, unname(values)), sep = "")

# The last 48 quarters; rows 1 and 48 are forecast (for autocorrelated errors: as the next two dates).
d <- tail(read.csv("../diagnostics/us_macro.csv"), 48)
z <- log(d$tbilrate)
x <- as.matrix(d[, c("realdpi", "realcons")])
n <- length(z)
at <- c(1, n)
levels <- c(0.025, 0.975)

# From the scale of the logarithm: z0, its standard error and that of an observation, dof of the t.
back <- function(case, z0, se_mean, se, dof) {
  say(case, "median", exp(z0))
  say(case, "mean", exp(z0 + se^2 / 2))
  say(case, "se_prediction", exp(z0 + se^2 / 2) * sqrt(expm1(se^2)))
  if (!is.null(se_mean)) say(case, "se_mean", exp(z0 + se_mean^2 / 2) * sqrt(expm1(se_mean^2)))
  say(case, "lower", exp(z0 + qt(levels[1], dof) * se))
  say(case, "upper", exp(z0 + qt(levels[2], dof) * se))
}

# Ridge, penalty 3.
centred <- scale(x, scale = FALSE)
s <- sqrt(colMeans(centred^2))
u <- sweep(centred, 2, s, "/")
inverse <- solve(crossprod(u) + 3 * diag(2))
b <- inverse %*% crossprod(u, z - mean(z))
fitted <- mean(z) + u %*% b
hat <- matrix(1 / n, n, n) + u %*% inverse %*% t(u)
dof <- n - sum(diag(2 * hat - hat %*% t(hat)))
s2 <- sum((z - fitted)^2) / dof
h <- 1 / n + diag(u[at, ] %*% inverse %*% crossprod(u) %*% inverse %*% t(u[at, ]))
back("ridge", fitted[at], sqrt(s2 * h), sqrt(s2 * (1 + h)), dof)
say("ridge", "r_squared_original_scale",
    1 - sum((d$tbilrate - exp(fitted))^2) / sum((d$tbilrate - mean(d$tbilrate))^2), 0)

# Lasso and elastic net, penalty 0.05.
for (mix in c(1, 0.5)) {
  net <- glmnet(x, z, alpha = mix, lambda = 0.05, thresh = 1e-22, maxit = 1e7)
  say(if (mix == 1) "lasso" else "elastic_net", "median",
      exp(predict(net, x[at, ], s = 0.05, exact = FALSE)[, 1]))
}

# Huber, tuning 1.345, scale the median absolute residual over the normal quartile.
full <- cbind(1, x)
q <- qr.Q(qr(full))
r <- z - q %*% crossprod(q, z)
for (step in 1:5000) {
  scale <- median(abs(r)) / qnorm(0.75)
  w <- pmin(1, 1.345 * scale / abs(r[, 1]))
  r <- z - q %*% solve(crossprod(q, w * q), crossprod(q, w * z))
}
psi <- pmin(1.345, pmax(-1.345, r / scale)) * scale
inside <- abs(r[, 1]) <= 1.345 * scale
correction <- 1 + 3 / n * var(as.numeric(inside)) / mean(inside)^2
factor <- correction^2 * (sum(psi^2) / (n - 3)) / mean(inside)^2
h <- rowSums(q[at, ]^2)
back("huber", (z - r)[at], sqrt(factor * h), sqrt(scale^2 * n / (n - 3) + factor * h), n - 3)

# Quantiles.
for (tau in c(0.5, 0.9)) {
  fit <- rq(z ~ x, tau = tau, method = "br")
  say(paste0("quantile_", tau), "median", exp(fitted(fit)[at]))
}

# Prais and Winsten.
rho <- 0
for (step in 1:2000) {
  v <- rho^abs(outer(1:n, 1:n, "-")) / (1 - rho^2)
  root <- chol(v)
  a <- backsolve(root, full, transpose = TRUE)
  y <- backsolve(root, z, transpose = TRUE)
  # Columns of one length: levels of a thousand beside a constant.
  lengths <- sqrt(colSums(a^2))
  f <- qr(sweep(a, 2, lengths, "/"))
  b <- qr.coef(f, y) / lengths
  e <- drop(z - full %*% b)
  rho <- sum(e[-1] * e[-n]) / sum(e[-n]^2)
}
s2 <- sum(qr.resid(f, y)^2) / (n - 3)
R <- qr.R(f)
steps <- 1:2
rows <- full[at, ]
less <- rows - outer(rho^steps, full[n, ])
spread <- colSums(backsolve(R, t(sweep(less, 2, lengths, "/")), transpose = TRUE)^2)
z0 <- drop(rows %*% b) + rho^steps * e[n]
innovations <- (1 - rho^(2 * steps)) / (1 - rho^2)
back("gls_ar", z0, NULL, sqrt(s2 * (spread + innovations)), n - 3)

# Weighted choices: swiss, the weight of row i is 1 + (i modulo 5), row 3 has none.
data(swiss)
w <- 1 + (seq_len(nrow(swiss)) %% 5)
w[3] <- 0
n <- sum(w > 0)
# hatvalues leaves out the row without a weight.
press <- function(m) { use <- w > 0; sum(w[use] * (residuals(m)[use] / (1 - hatvalues(m)))^2) }
judge <- function(m, criterion) {
  k <- m$rank + 1
  switch(criterion, aicc = AIC(m) + 2 * k * (k + 1) / (n - k - 1), bic = BIC(m),
         adjusted_r_squared = summary(m)$adj.r.squared, cv = press(m))
}
for (target in c("Fertility", "log")) for (criterion in c("aicc", "bic", "adjusted_r_squared", "cv")) {
  y <- if (target == "log") log(swiss$Fertility) else swiss$Fertility
  best <- NULL
  for (mask in 0:31) {
    columns <- which(bitwAnd(mask, 2^(0:4)) > 0)
    m <- if (length(columns) == 0) lm(y ~ 1, weights = w) else
      lm(y ~ as.matrix(swiss[, columns + 1]), weights = w)
    value <- judge(m, criterion)
    better <- is.null(best) || if (criterion == "adjusted_r_squared") value > best$value else value < best$value
    if (better) best <- list(value = value, columns = columns)
  }
  case <- paste0("swiss.", tolower(target), ".", criterion)
  say(case, "value", best$value, 0)
  say(case, "column", best$columns)
}
