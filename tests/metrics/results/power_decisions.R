# Weighted shares of ratings, decisions and paid hours by base R (median, tapply, xtabs).
# Made with R 4.2.2: Rscript power_decisions.R
set.seed(2023)
n <- 60
decision <- data.frame(
  decision = seq_len(n), stage = sample(c("design", "fieldwork", "drafting"), n, TRUE), importance = sample(1:3, n, TRUE),
  rater1 = sample(c(1:7, 5:7), n, TRUE), rater2 = sample(c(1:7, 5:7), n, TRUE), rater3 = sample(c(3:7, NA), n, TRUE),
  authority = sample(c("informed", "consulted", "joint", "delegated"), n, TRUE),
  origin = sample(c("lived", "professional", "both"), n, TRUE))
write.csv(decision, "power_decisions_data.csv", row.names = FALSE, quote = FALSE, na = "")
hours <- data.frame(hours = round(runif(200, 0.5, 6), 1), paid = rbinom(200, 1, 0.7),
                    group = sample(c("lived", "professional", "both"), 200, TRUE))
write.csv(hours, "power_payment_data.csv", row.names = FALSE, quote = FALSE)

w <- decision$importance
ratings <- decision[c("rater1", "rater2", "rater3")]
level <- function(f, raters, weight) weighted.mean(apply(ratings[raters], 1, f, na.rm = TRUE) >= 6, weight)
rows <- NULL
add <- function(what, key, value) rows <<- rbind(rows, data.frame(what, key, value = sprintf("%.12f", value)))
for (raters in 1:3) for (weighted in c(FALSE, TRUE)) {
  weight <- if (weighted) w else rep(1, n)
  rated <- rowSums(!is.na(ratings[seq_len(raters)])) > 0
  for (f in c("median", "min", "max"))
    add("level", paste(raters, as.numeric(weighted), f), level(get(f), seq_len(raters), weight * rated))
}
by_stage <- prop.table(xtabs(importance ~ stage + authority, decision), 1)
plain <- prop.table(xtabs(~ stage + authority, decision), 1)
for (s in rownames(by_stage)) for (a in colnames(by_stage)) {
  add("authority", paste(1, s, a), by_stage[s, a]); add("authority", paste(0, s, a), plain[s, a])
}
for (a in colnames(by_stage)) {
  add("authority", paste(1, "all", a), sum(w[decision$authority == a]) / sum(w))
  add("authority", paste(0, "all", a), mean(decision$authority == a))
}
for (o in unique(decision$origin)) {
  add("origin", paste(1, o), sum(w[decision$origin == o]) / sum(w)); add("origin", paste(0, o), mean(decision$origin == o))
}
paid <- tapply(hours$hours * hours$paid, hours$group, sum) / tapply(hours$hours, hours$group, sum)
for (g in names(paid)) add("payment", g, paid[g])
add("payment", "parity", paid["lived"] / paid["professional"])
write.csv(rows, "power_decisions.csv", row.names = FALSE, quote = FALSE)
