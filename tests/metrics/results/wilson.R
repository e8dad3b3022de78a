# Wilson intervals by base R: prop.test without continuity correction, which returns them.
# Checked against epitools 0.5 (binom.wilson). Made with R 4.2.2: Rscript wilson.R
# The cases run from one person to 43,377, with nobody, one, all but one and all at most sizes.

sizes <- c(1, 2, 5, 10, 14, 20, 40, 81, 148, 263, 1000, 43377)
cases <- do.call(rbind, lapply(sizes, function(n) {
  data.frame(count = unique(c(0, 1, floor(n / 4), round(n / 2), n - 1, n)), n = n)
}))
cases <- rbind(cases, data.frame(count = c(15, 15, 81, 1), n = c(148, 81, 263, 29)))
cases <- unique(cases)

limits <- t(mapply(
  function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int, cases$count, cases$n
))
other <- epitools::binom.wilson(cases$count, cases$n)
stopifnot(max(abs(limits - as.matrix(other[c("lower", "upper")]))) < 1e-12)

digits <- function(x) sprintf("%.10f", x)
write.csv(
  data.frame(cases, value = digits(cases$count / cases$n),
             lower = digits(limits[, 1]), upper = digits(limits[, 2])),
  "wilson.csv", row.names = FALSE, quote = FALSE
)
