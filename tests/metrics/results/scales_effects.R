# Two groups and two times. Probability of superiority and its variance by pROC 1.18 (DeLong, ties
# half), Cliff's delta by effectsize 0.8, signed ranks by coin 1.4 (exact, Pratt and Wilcoxon) and
# exactRankTests, sign test by binom.test, permutation of sides within partners by coin.
# Made with R 4.2.2: Rscript scales_effects.R

suppressMessages({library(pROC); library(coin); library(effectsize)})
digits <- function(x) sprintf("%.10f", x)
set.seed(335)
write <- function(frame, name) write.csv(frame, paste0("scales_", name, ".csv"), row.names = FALSE, quote = FALSE)

pairs <- list(
  vector = list(c(5, 4, 4, 5, 3), c(3, 4, 2, 3)),
  likert = list(sample(1:5, 40, TRUE, c(1, 2, 3, 4, 3)), sample(1:5, 25, TRUE, c(3, 4, 3, 2, 1))),
  close = list(sample(1:5, 80, TRUE), sample(1:5, 60, TRUE)),
  uneven = list(sample(1:7, 9, TRUE), sample(3:7, 150, TRUE)),
  continuous = list(round(rnorm(30, 0.5), 4), round(rnorm(45), 4)),
  negative = list(sample(-3:3, 20, TRUE), sample(-3:2, 20, TRUE))
)
two <- function(pair) {
  x <- pair[[1]]; y <- pair[[2]]
  curve <- roc(c(rep(1, length(x)), rep(0, length(y))), c(x, y), direction = "<", quiet = TRUE)
  v <- var(curve)
  data.frame(first = paste(x, collapse = " "), second = paste(y, collapse = " "),
             superiority = digits(as.numeric(auc(curve))), variance = digits(v),
             delta = digits(cliffs_delta(x, y)$r_rank_biserial))
}
write(data.frame(set = names(pairs), do.call(rbind, lapply(pairs, two))), "two_groups")

times <- list(
  blood = list(c(125, 115, 130, 140, 140, 115, 140, 125, 140, 135), c(110, 122, 125, 120, 140, 124, 123, 137, 135, 145)),
  likert = list(sample(1:5, 30, TRUE), sample(1:5, 30, TRUE, 1:5)),
  few = list(c(1, 2, 3, 3, 2, 4), c(2, 3, 3, 5, 4, 3)),
  fifty = list(sample(1:7, 50, TRUE), sample(1:7, 50, TRUE)),
  many = list(sample(1:5, 260, TRUE), sample(1:5, 260, TRUE, c(2, 3, 4, 4, 3)))
)
one <- function(pair) {
  x <- pair[[1]]; y <- pair[[2]]
  big <- length(x) > 100
  p <- function(zeros) {
    as.numeric(pvalue(wilcoxsign_test(y ~ x, zero.method = zeros, distribution = if (big) "asymptotic" else "exact")))
  }
  d <- (y - x)[y != x]
  if (!big) stopifnot(abs(exactRankTests::wilcox.exact(y, x, paired = TRUE)$p.value - p("Wilcoxon")) < 1e-8)
  rank <- rank(abs(d))
  mean <- t.test(y, x, paired = TRUE)
  sign <- binom.test(sum(d > 0), length(d))
  data.frame(baseline = paste(x, collapse = " "), follow_up = paste(y, collapse = " "),
             pratt = digits(p("Pratt")), wilcox = digits(p("Wilcoxon")), statistic = sum(sign(d) * rank),
             mean = digits(mean(y - x)), lower = digits(mean$conf.int[1]), upper = digits(mean$conf.int[2]),
             sign = digits(sign$p.value))
}
write(data.frame(set = names(times), do.call(rbind, lapply(times, one))), "two_times")

gaps <- list()
for (name in c("apart", "alike", "one_sided")) {
  n <- c(apart = 60, alike = 60, one_sided = 40)[[name]]
  partner <- sample(letters[1:6], n, TRUE)
  side <- if (name == "one_sided") as.integer(partner %in% c("a", "b") | runif(n) < 0.2) else rbinom(n, 1, 0.4)
  score <- pmin(5, pmax(1, round(3 + (name == "apart") * 0.6 * side + rnorm(n) + (partner < "c"))))
  gaps[[name]] <- data.frame(set = name, partner, side, score)
}
gaps <- do.call(rbind, gaps)
write(gaps, "gap_data")
tested <- do.call(rbind, lapply(split(gaps, gaps$set), function(d) {
  d$who <- factor(d$side); d$block <- factor(d$partner)
  free <- oneway_test(score ~ who, d, distribution = approximate(nresample = 1e6))
  within <- oneway_test(score ~ who | block, d, distribution = approximate(nresample = 1e6))
  welch <- t.test(score ~ factor(-side), d)
  fixed <- coef(lm(score ~ side + block, d))[["side"]]
  data.frame(set = d$set[1], p = digits(pvalue(free)), p_within = digits(pvalue(within)),
             difference = digits(-diff(welch$estimate)), lower = digits(welch$conf.int[1]),
             upper = digits(welch$conf.int[2]), within = digits(fixed))
}))
write(tested, "gap")
