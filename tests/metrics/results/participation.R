# Participation ratios by base R. Made with R 4.2.2: Rscript participation.R
#   known:     limits of prop.test (Wilson), divided by the share.
#   estimated: a binomial regression with log link gives ln p and its standard error; that of
#              ln q comes from the same regression on a sample of m with y. Checked against the
#              risk ratio of epitools 0.5 (riskratio.wald), which compares the two samples.
#   range:     lowest limit at the high end, highest limit at the low end; ends known.

wilson <- function(x, n) as.numeric(suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int)

log_share <- function(x, n) {
  fit <- glm(cbind(x, n - x) ~ 1, family = binomial(link = "log"), start = log(x / n),
             control = glm.control(epsilon = 1e-14))
  c(coef(summary(fit))[1, 1:2])
}

known <- function(x, n, q) {
  data.frame(kind = "known", count = x, n = n, low = q, high = NA, se = NA,
             value = x / n / q, lower = wilson(x, n)[1] / q, upper = wilson(x, n)[2] / q)
}

estimated <- function(x, n, y, m) {
  p <- log_share(x, n)
  q <- log_share(y, m)
  limits <- exp(p[1] - q[1] + c(-1, 1) * qnorm(0.975) * sqrt(p[2]^2 + q[2]^2))
  table <- matrix(c(m - y, n - x, y, x), 2)
  other <- epitools::riskratio.wald(table)$measure[2, c("lower", "upper")]
  stopifnot(max(abs(limits / other - 1)) < 1e-6)
  data.frame(kind = "estimated", count = x, n = n, low = y / m, high = NA,
             se = sqrt(y / m * (1 - y / m) / m),
             value = exp(p[1] - q[1]), lower = limits[1], upper = limits[2])
}

range_of <- function(x, n, low, high) {
  data.frame(kind = "range", count = x, n = n, low = low, high = high, se = NA,
             value = NA, lower = wilson(x, n)[1] / high, upper = wilson(x, n)[2] / low)
}

cases <- rbind(
  known(12, 40, 0.22), known(0, 40, 0.22), known(40, 40, 0.22), known(73, 176, 0.2544386004),
  known(1, 3, 1), known(11932, 43377, 0.43),
  estimated(12, 40, 220, 1000), estimated(1, 29, 30, 400), estimated(73, 176, 10304, 40497),
  estimated(39, 40, 5, 12), estimated(500, 1000, 2, 9),
  range_of(12, 40, 0.08, 0.53), range_of(0, 140, 0.0429, 0.1636), range_of(44, 139, 0.09, 0.375),
  range_of(20, 20, 0.3, 0.3)
)
for (column in c("low", "high", "se", "value", "lower", "upper")) {
  cases[[column]] <- ifelse(is.na(cases[[column]]), "", sprintf("%.12f", cases[[column]]))
}
write.csv(cases, "participation.csv", row.names = FALSE, quote = FALSE)
