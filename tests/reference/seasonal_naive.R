# SPDX-License-Identifier: Apache-2.0
# The seasonal random walk of R 4.2.2 (stats::arima of order (0,0,0)(0,1,0), its forecasts and their
# standard errors) on two series that come with R.
# Run: Rscript --vanilla seasonal_naive.R > seasonal_naive.csv
# Columns: case, quantity, index (from 1), value. The quantity y is the series itself.

row <- function(case, quantity, values) {
  for (i in seq_along(values)) {
    cat(sprintf("%s,%s,%d,%.17g\n", case, quantity, i, values[i]))
  }
}

one <- function(case, y, m, horizon) {
  fit <- arima(y, order = c(0, 0, 0), seasonal = list(order = c(0, 1, 0), period = m),
               method = "CSS")
  forecast <- predict(fit, n.ahead = horizon)
  row(case, "y", as.numeric(y))
  row(case, "sigma2", fit$sigma2)
  row(case, "mean", as.numeric(forecast$pred))
  row(case, "se", as.numeric(forecast$se))
}

cat("# R", as.character(getRversion()), "\n")
one("air_passengers_12", AirPassengers, 12, 30)
one("uk_gas_4", window(UKgas, start = c(1980, 1)), 4, 10)
