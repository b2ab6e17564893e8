# SPDX-License-Identifier: Apache-2.0
# Grunfeld's investment with an indicator for every firm: lm, the F test that all effects are equal
# (anova), and the standard error of a forecast for the fourth firm (predict). R 4.2.2.
# Run in this folder: Rscript panel_r.R > panel_r.csv
# Columns: case, effects, covariance, quantity, index (from 0), value.
d <- read.csv("grunfeld.csv")
d$firm <- factor(d$firm, levels = unique(d$firm))  # in the order of the bytes, not of a locale
say <- function(effects, covariance, quantity, index, value)
  cat(sprintf("balanced,%s,%s,%s,%d,%.15g\n", effects, covariance, quantity, index, value))
m <- lm(invest ~ 0 + firm + value + capital, d)
p <- lm(invest ~ value + capital, d)
s <- summary(m)$coefficients
for (i in 1:11) say("fixed", "any", "effect", i - 1, s[i, 1])
for (i in 1:11) say("fixed", "classical", "effect_error", i - 1, s[i, 2])
for (j in 1:2) say("fixed", "any", "coefficient", j - 1, s[11 + j, 1])
for (j in 1:2) say("fixed", "classical", "slope_error", j - 1, s[11 + j, 2])
a <- anova(p, m)
say("fixed", "any", "effects_f", 0, a$F[2])
say("fixed", "any", "effects_significance", 0, a$`Pr(>F)`[2])
new <- data.frame(firm = "Diamond Match", value = 1000, capital = 300)
f <- predict(m, new, se.fit = TRUE)
say("fixed", "any", "forecast", 0, f$fit)
say("fixed", "classical", "forecast_variance", 0, f$se.fit^2)
f <- predict(p, new, se.fit = TRUE)
say("none", "any", "forecast", 0, f$fit)
say("none", "classical", "forecast_variance", 0, f$se.fit^2)
say("none", "any", "r_squared", 0, summary(p)$r.squared)
say("none", "classical", "f", 0, summary(p)$fstatistic[1])
