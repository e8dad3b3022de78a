# Score interval of a ratio of rates by likelihood: the rates likeliest under each ratio are found by
# one-dimensional search, and the ends by uniroot; checked against the function zRRscore of epiR
# 2.0.57. (epi.2by2 hands it the table by columns, and so prints that of the transposed table.)
# Quote parity is that ratio carried over; with clusters the counts are divided by a design effect
# of the difference in rates, at least 1, whose variance is svytotal's of survey 4.1, and the
# quantile is Student's t. Made with R 4.2.2: Rscript saturation_quotes.R

suppressMessages(library(survey))
set.seed(2023)

likeliest <- function(ratio, x1, n1, x0, n0) {  # rate of the second group
  loglik <- function(p) x1 * log(ratio * p) + (n1 - x1) * log1p(-ratio * p) +
    x0 * log(p) + (n0 - x0) * log1p(-p)
  optimize(loglik, c(1e-12, min(1, 1 / ratio) - 1e-12), maximum = TRUE, tol = 1e-13)$maximum
}
score <- function(ratio, x1, n1, x0, n0) {
  p0 <- likeliest(ratio, x1, n1, x0, n0); p1 <- ratio * p0
  (x1 / n1 - ratio * x0 / n0) / sqrt(p1 * (1 - p1) / n1 + ratio^2 * p0 * (1 - p0) / n0)
}
ends <- function(x1, n1, x0, n0, q = qnorm(0.975)) {
  at <- function(level) exp(uniroot(function(l) score(exp(l), x1, n1, x0, n0) - level,
                                    log(x1 / n1 / (x0 / n0)) + c(-6, 6), tol = 1e-11)$root)
  c(at(q), at(-q))
}
digits <- function(x) sprintf("%.9g", x)

tables <- rbind(c(36, 40, 16, 80), c(3, 12, 9, 20), c(1, 15, 8, 30), c(10, 25, 10, 25), c(19, 20, 5, 40))
rates <- t(apply(tables, 1, function(one) {
  x <- as.list(one); found <- ends(one[1], one[2], one[3], one[4])
  other <- epiR:::zRRscore(c(one[1], one[2] - one[1], one[3], one[4] - one[3]), 0.95)
  stopifnot(abs(found / unlist(other)[2:3] - 1) < 1e-4)
  c(one, found)
}))
rates <- data.frame(rates[, 1:4], digits(rates[, 5]), digits(rates[, 6]))
names(rates) <- c("x1", "n1", "x0", "n0", "lower", "upper")
write.csv(rates, "saturation_rates.csv", row.names = FALSE, quote = FALSE)

sets <- do.call(rbind, lapply(1:4, function(number) {
  families <- c(15, 30, 60, 25)[number]
  size <- sample(2:7, families, replace = TRUE)
  family <- rep(seq_len(families), size)
  rate <- rbeta(families, 1, 2)[family]
  data.frame(set = number, family = family, group = ifelse(runif(length(family)) < 0.7,
             c("a", "b")[family %% 2 + 1], "b"), quoted = as.integer(runif(length(family)) < rate))
}))
parity <- function(rows, group, clustered) {
  g <- rows$group == group; q <- rows$quoted; w <- mean(g)
  effect <- 1; level <- qnorm(0.975)
  if (clustered) {
    rows$pull <- (q - mean(q[g])) * g / sum(g) - (q - mean(q[!g])) * (!g) / sum(!g)
    both <- svydesign(~family, data = rows, weights = ~1)
    effect <- max(as.numeric(vcov(svytotal(~pull, both))) / sum(rows$pull^2), 1)
    level <- qt(0.975, length(unique(rows$family)) - 1)
  }
  r <- ends(sum(q[g]) / effect, sum(g) / effect, sum(q[!g]) / effect, sum(!g) / effect, level)
  value <- mean(q[g]) / mean(q)
  c(value, r / (w * r + 1 - w))
}
rows <- expand.grid(set = 1:4, group = c("a", "b"), clustered = c(FALSE, TRUE))
found <- t(mapply(function(number, group, clustered) parity(sets[sets$set == number, ], group, clustered),
                  rows$set, as.character(rows$group), rows$clustered))
write.csv(sets, "saturation_excerpts.csv", row.names = FALSE, quote = FALSE)
write.csv(data.frame(rows, value = digits(found[, 1]), lower = digits(found[, 2]), upper = digits(found[, 3])),
          "saturation_quotes.csv", row.names = FALSE, quote = FALSE)
