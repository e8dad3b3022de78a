# New themes by interview, ratios by run and the first run at or below the threshold, by base R from
# tables of interviews by themes, interview by interview as Guest, Namey & Chen (2020) describe it;
# and the exact share of orders that reach saturation, with the middle and the tails of the point at
# which they do, over every order of six interviews. Made with R 4.2.2: Rscript saturation_runs.R

set.seed(2023)
rules <- expand.grid(base = c(3, 4, 6), run = 1:3, threshold = c(0, 0.05, 0.2),
                     overlapping = c(TRUE, FALSE))

new <- function(table) {
  heard <- rep(FALSE, ncol(table)); counts <- integer(nrow(table))
  for (at in seq_len(nrow(table))) {
    counts[at] <- sum(table[at, ] & !heard); heard <- heard | table[at, ]
  }
  counts
}
reach <- function(counts, base, run, threshold, overlapping) {
  n <- length(counts); at <- base; first <- NA; ratios <- c()
  while (at + run <= n) {
    ratio <- sum(counts[(at + 1):(at + run)]) / sum(counts[1:base])
    ratios <- c(ratios, ratio)
    if (is.na(first) && ratio <= threshold) first <- at
    at <- at + if (overlapping) 1 else run
  }
  list(first = first, ratios = ratios)
}
text <- function(table) paste(apply(table + 0, 1, paste, collapse = ""), collapse = " ")

tables <- lapply(c(7, 12, 20), function(n) {
  chance <- exp(seq(log(0.9), log(0.03), length.out = 15))
  matrix(runif(n * 15) < rep(chance, each = n), n)
})
rows <- do.call(rbind, lapply(seq_along(tables), function(which) {
  counts <- new(tables[[which]])
  do.call(rbind, lapply(seq_len(nrow(rules)), function(row) {
    rule <- rules[row, ]
    found <- reach(counts, rule$base, rule$run, rule$threshold, rule$overlapping)
    data.frame(table = text(tables[[which]]), new = paste(counts, collapse = " "), rule,
               first = found$first, ratios = paste(sprintf("%.12g", found$ratios), collapse = " "))
  }))
}))
write.csv(rows, "saturation_runs.csv", row.names = FALSE, quote = FALSE)

orders <- function(n) if (n == 1) matrix(1) else {
  shorter <- orders(n - 1)
  do.call(rbind, lapply(seq_len(n), function(first) cbind(first, shorter + (shorter >= first))))
}
every <- orders(6)
exact <- do.call(rbind, lapply(1:4, function(number) {
  table <- matrix(runif(6 * 8) < 0.45, 6)
  do.call(rbind, lapply(c(0, 0.15, 0.3), function(threshold) {
    points <- apply(every, 1, function(order) reach(new(table[order, ]), 2, 2, threshold, TRUE)$first)
    points[is.na(points)] <- Inf
    # Four standard errors of 20,000 draws: a step of the exact distribution so near is left open.
    tail <- function(p) quantile(points, pmin(pmax(p + c(-4, 4) * sqrt(p * (1 - p) / 20000), 0), 1), type = 1)
    data.frame(table = text(table), threshold = threshold, reached = mean(is.finite(points)),
               lower_from = tail(0.025)[1], lower_to = tail(0.025)[2],
               middle_from = tail(0.5)[1], middle_to = tail(0.5)[2],
               upper_from = tail(0.975)[1], upper_to = tail(0.975)[2])
  }))
}))
write.csv(exact, "saturation_orders.csv", row.names = FALSE, quote = FALSE)
