# SPDX-License-Identifier: Apache-2.0
# The ways of step() in R 4.2.2 through the data of subsets_r.R: its criterion is extractAIC; here
# it is AIC or BIC of the fit, which differ from that by constants.
# Run: Rscript --vanilla stepwise_r.R > stepwise_r.csv
# Columns: case, direction, criterion, step (from 0), change (column from 1 put in, negative: taken
# out, 0: the end), criterion and residual sum of squares after the change.
rows <- read.csv("subsets_data.csv", header = FALSE, fill = TRUE, col.names = paste0("v", 1:12))
say <- function(case, direction, criterion) {
  d <- rows[rows$v1 == case, -1]
  d <- d[, colSums(is.na(d)) == 0]
  names(d) <- c("y", paste0("x", seq_len(ncol(d) - 1)))
  upper <- reformulate(names(d)[-1], "y")
  start <- if (direction == "forward") lm(y ~ 1, d) else lm(upper, d)
  weight <- if (criterion == "bic") log(nrow(d)) else 2
  models <- list()
  keep <- function(model, aic) { models[[length(models) + 1]] <<- model; list(aic = aic) }
  step(start, list(lower = y ~ 1, upper = upper), direction = direction, k = weight, trace = 0, keep = keep)
  names_of <- function(m) attr(terms(m), "term.labels")
  value <- function(m) if (criterion == "bic") BIC(m) else AIC(m)
  models[[length(models) + 1]] <- models[[length(models)]]
  for (i in seq_len(length(models) - 1)) {
    gone <- setdiff(names_of(models[[i]]), names_of(models[[i + 1]]))
    come <- setdiff(names_of(models[[i + 1]]), names_of(models[[i]]))
    change <- if (length(come)) as.integer(substring(come, 2)) else if (length(gone)) -as.integer(substring(gone, 2)) else 0
    cat(sprintf("%s,%s,%s,%d,%d,%.17g,%.17g\n", case, direction, criterion, i - 1, change,
                value(models[[i + 1]]), deviance(models[[i + 1]])))
  }
}
for (case in c("swiss", "mtcars", "stackloss"))
  for (direction in c("both", "forward", "backward"))
    for (criterion in c("aic", "bic")) say(case, direction, criterion)
