# Mean cumulative functions with the variance of Lawless & Nadeau by survival 3.5-3: a survfit of
# recurrent events with id (the infinitesimal jackknife of the cumulative hazard), summed in clusters.
# Made with R 4.2.2: Rscript retention_recurrent.R. Writes the data sets and the functions.
library(survival)
set.seed(2023)

bladder_set <- local({
  d <- subset(bladder1, stop > start)
  data.frame(set = "bladder", id = d$id, start = d$start, stop = d$stop, event = as.numeric(d$status == 1),
             cluster = d$treatment)
})
cgd_set <- with(cgd, data.frame(set = "cgd", id, start = tstart, stop = tstop, event = status, cluster = center))
late <- do.call(rbind, lapply(1:40, function(i) {
  from <- sample(0:5, 1); to <- from + sample(5:20, 1)
  at <- sort(sample((from + 1):to, min(rpois(1, 3), to - from)))
  cuts <- unique(c(from, at, to))
  data.frame(set = "late", id = i, start = head(cuts, -1), stop = cuts[-1],
             event = as.numeric(cuts[-1] %in% at), cluster = (i - 1) %/% 4)
}))
sets <- rbind(bladder_set, cgd_set, late)
write.csv(sets, "retention_recurrent_data.csv", row.names = FALSE, quote = FALSE)
digits <- function(x) sprintf("%.10g", x)
out <- NULL
for (d in split(sets, sets$set)) for (by in c("id", "cluster")) {
  if (by == "cluster" && length(unique(d$cluster)) < 5) next
  d$by <- d[[by]]
  fit <- survfit(Surv(start, stop, event) ~ 1, d, id = id, cluster = by, ctype = 1)
  keep <- fit$n.event > 0
  out <- rbind(out, data.frame(set = d$set[1], by, time = fit$time, at_risk = fit$n.risk, events = fit$n.event,
                               mean = digits(fit$cumhaz), se = digits(fit$std.chaz))[keep, ])
}
write.csv(out, "retention_recurrent.csv", row.names = FALSE, quote = FALSE)
