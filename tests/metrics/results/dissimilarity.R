# Dissimilarity by base R, as what one distribution has above the other (not as half the
# absolute differences). Checked against half the Manhattan distance of stats::dist.
# Made with R 4.2.2: Rscript dissimilarity.R

cases <- list(
  list(c(10, 20, 30, 40), c(40, 30, 20, 10)),
  list(c(100, 0), c(0, 100)),
  list(c(50, 30, 20), c(60, 30, 10)),
  list(c(7, 7, 7), c(1, 1, 1)),
  list(c(1), c(9)),
  list(c(34, 24, 26, 50, 38, 10, 18), c(11198, 8019, 9250, 10428, 6254, 9692, 6898)),
  list(c(0, 0, 3), c(1, 1, 1)),
  list(c(0.2, 0.3, 0.5), c(2, 3, 5))
)
index <- vapply(cases, function(case) {
  p <- prop.table(case[[1]])
  q <- prop.table(case[[2]])
  found <- sum(pmax(p - q, 0))
  stopifnot(abs(found - as.numeric(dist(rbind(p, q), "manhattan")) / 2) < 1e-12)
  found
}, 0)
words <- function(part) vapply(cases, function(case) paste(case[[part]], collapse = " "), "")
write.csv(
  data.frame(first = words(1), second = words(2), index = sprintf("%.10f", index)),
  "dissimilarity.csv", row.names = FALSE, quote = FALSE
)
