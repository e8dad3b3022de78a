# Gini coefficients by the definition over all pairs, and normalised entropies, by base R.
# Made with R 4.2.2: Rscript power_inequality.R
set.seed(2023)
cases <- list(c(1, 1, 1, 1), c(0, 0, 0, 1), 1:4, c(10, 10, 20, 60), c(12, 7, 6, 3, 2), c(5, 12, 3), c(0, 0, 5, 5),
              rpois(30, 4), rgeom(50, 0.1), round(rexp(25, 0.2), 3), round(rlnorm(40, 2), 2), c(0, rpois(12, 60)))
pairs <- function(x) sum(abs(outer(x, x, "-"))) / (2 * length(x)^2 * mean(x))
entropy <- function(x) { p <- x[x > 0] / sum(x); -sum(p * log(p)) / log(length(x)) }
digits <- function(x) sprintf("%.12f", x)
write.csv(data.frame(
  values = sapply(cases, paste, collapse = " "), gini = digits(sapply(cases, pairs)),
  corrected = digits(sapply(cases, function(x) pairs(x) * length(x) / (length(x) - 1))),
  entropy = digits(sapply(cases, entropy))), "power_inequality.csv", row.names = FALSE, quote = FALSE)
