# Log ratios of the share of turns to the share of seats, with their standard errors, by survey: a
# delete-one jackknife (JK1) over sessions, around the mean of the replicates.
# Made with R 4.2.2: Rscript power_voice.R. Writes the tables of sessions and the figures.
suppressMessages(library(survey))
set.seed(2023)
draw <- function(name, m, weights) do.call(rbind, lapply(seq_len(m), function(i) {
  seats <- c(rpois(1, 5) + 1, rpois(1, 5) + 1, 1)
  turns <- as.vector(rmultinom(1, rpois(1, 60) + 1, rgamma(3, 3 * weights * seats)))
  data.frame(set = name, session = i, turns_f = turns[1], turns_p = turns[2], turns_x = turns[3],
             seats_f = seats[1], seats_p = seats[2], seats_x = seats[3])
}))
sets <- rbind(draw("small", 4, c(0.5, 1, 3)), draw("middle", 12, c(1, 1, 2)), draw("large", 60, c(0.3, 1, 4)))
write.csv(sets, "power_voice_data.csv", row.names = FALSE, quote = FALSE)
digits <- function(x) sprintf("%.12g", x)
out <- do.call(rbind, lapply(split(sets, sets$set), function(d) {
  design <- svydesign(ids = ~session, weights = ~1, data = d)
  design <- as.svrepdesign(design, type = "JK1", mse = FALSE)
  do.call(rbind, lapply(c("f", "p", "x"), function(g) {
    one <- withReplicates(design, function(w, data) {
      total <- function(what) sum(w * data[[paste(what, g, sep = "_")]]) /
        sum(w * (data[[paste0(what, "_f")]] + data[[paste0(what, "_p")]] + data[[paste0(what, "_x")]]))
      log(total("turns") / total("seats"))
    })
    data.frame(set = d$set[1], group = g, sessions = nrow(d), ratio = digits(exp(coef(one))), se = digits(SE(one)))
  }))
}))
write.csv(out, "power_voice.csv", row.names = FALSE, quote = FALSE)
