# SPDX-License-Identifier: Apache-2.0
# Best subsets by leaps 3.1 (regsubsets) in R 4.2.2; criteria by AIC, BIC and hatvalues.
# Run: Rscript --vanilla subsets_r.R > subsets_r.csv
# Columns: case, size, columns (10 + number from 0, with blanks), residual sum of squares, adjusted
# R squared, BIC, AIC, AICc, PRESS.
#
# Data, of package datasets (also written to subsets_data.csv as case, y, x1, ...):
#   swiss      Fertility on the others; Mosteller, Tukey 1977, Data Analysis and Regression
#   mtcars     mpg on the others; Henderson, Velleman 1981, Biometrics 37, 391-411
#   stackloss  stack.loss on the others and the square of the first; Brownlee 1965
library(leaps)
data_file <- file("subsets_data.csv", "w")
describe <- function(case, X, y) {
  for (i in seq_along(y))
    cat(paste(c(case, sprintf("%.15g", c(y[i], X[i, ]))), collapse = ","), "\n", sep = "", file = data_file)
  s <- summary(regsubsets(X, y, nvmax = ncol(X)))
  for (k in seq_len(nrow(s$which))) {
    chosen <- which(s$which[k, -1])
    m <- lm(y ~ X[, chosen, drop = FALSE])
    p <- length(chosen) + 2
    n <- length(y)
    cat(c(case, length(chosen), paste(chosen - 1 + 10, collapse = " "),
          sprintf("%.17g", c(s$rss[k], s$adjr2[k], BIC(m), AIC(m), AIC(m) + 2 * p * (p + 1) / (n - p - 1),
                             sum((residuals(m) / (1 - hatvalues(m)))^2)))), sep = ",")
    cat("\n")
  }
}
describe("swiss", as.matrix(swiss[, -1]), swiss$Fertility)
describe("mtcars", as.matrix(mtcars[, -1]), mtcars$mpg)
describe("stackloss", cbind(as.matrix(stackloss[, 1:3]), stackloss[, 1]^2), stackloss$stack.loss)
close(data_file)
