# Kaplan-Meier curves, medians, restricted means and log-rank tests by survival 3.5-3.
# Made with R 4.2.2: Rscript retention_survival.R, in this folder. Writes retention_data.csv (the data
# sets), retention_curves.csv, retention_medians.csv, retention_means.csv and retention_logrank.csv.
library(survival)
set.seed(2023)

set <- function(name, time, event, entry = NA, cluster = NA, group = NA, stratum = NA)
  data.frame(set = name, time, event, entry, cluster = as.character(cluster),
             group = as.character(group), stratum = as.character(stratum))
freireich <- set("freireich", c(6,6,6,7,10,13,16,22,23,6,9,10,11,17,19,20,25,32,32,34,35,
                                1,1,2,2,3,4,4,5,5,8,8,8,8,11,11,12,12,15,17,22,23),
                 c(rep(1, 9), rep(0, 12), rep(1, 21)), cluster = rep(1:21, 2),
                 group = rep(c("drug", "placebo"), each = 21))
lungs <- lung[complete.cases(lung[c("time", "status", "sex", "inst", "ph.ecog")]), ]
lungs <- set("lung", lungs$time, lungs$status - 1, cluster = lungs$inst, group = lungs$ph.ecog,
             stratum = lungs$sex)
amls <- set("aml", aml$time, aml$status, cluster = c(1:11, 1:12), group = aml$x)
rat <- set("rats", rats$time, rats$status, cluster = rats$litter, group = rats$rx, stratum = rats$sex)
late <- local({
  entry <- sample(0:9, 60, TRUE)
  time <- entry + sample(1:25, 60, TRUE)
  set("late", time, rbinom(60, 1, 0.6), entry, rep(1:20, 3), rep(c("x", "y"), 30), rep(1:2, each = 30))
})
whole <- local({
  family <- rep(1:30, times = rep(1:3, 10))
  frailty <- rgamma(30, 2, 2)[family]
  stop_at <- ceiling(rexp(60, frailty / 8)); ended <- sample(4:14, 60, TRUE)
  set("families", pmin(stop_at, ended), as.numeric(stop_at <= ended), cluster = family,
      group = sample(c("x", "y", "z"), 60, TRUE), stratum = family %% 2)
})
all_sets <- rbind(freireich, lungs, amls, rat, late, whole)
write.csv(all_sets, "retention_data.csv", row.names = FALSE, quote = FALSE)

digits <- function(x) ifelse(is.na(x), "", sprintf("%.10g", x))
surv <- function(d) if (all(is.na(d$entry))) Surv(d$time, d$event) else Surv(d$entry, d$time, d$event)
curves <- medians <- means <- tests <- NULL
parts <- c(split(all_sets, all_sets$set), list(drug = subset(freireich, group == "drug")))
for (name in names(parts)) for (robust in c(FALSE, TRUE)) {
  d <- parts[[name]]
  s <- surv(d)
  fit <- if (robust) survfit(s ~ 1, cluster = d$cluster, conf.type = "log-log") else
    survfit(s ~ 1, conf.type = "log-log")
  se <- fit$std.err * if (fit$logse) fit$surv else 1
  keep <- fit$n.event > 0
  plain <- if (all(is.na(d$entry))) survfit(Surv(time, event) ~ 1, d) else survfit(Surv(entry, time, event) ~ 1, d)
  curves <- rbind(curves, data.frame(
    set = name, robust, time = fit$time, at_risk = fit$n.risk, events = fit$n.event, surv = digits(fit$surv),
    se = digits(ifelse(fit$surv > 0, se, NA)), lower = digits(ifelse(fit$surv > 0, fit$lower, NA)),
    upper = digits(ifelse(fit$surv > 0, fit$upper, NA)))[keep, ])
  if (!robust) {
    q <- quantile(fit, 0.5)
    medians <- rbind(medians, data.frame(set = name, median = digits(q$quantile), lower = digits(q$lower),
                                         upper = digits(q$upper)))
  }
  for (horizon in c(quantile(d$time, 0.6, type = 1), max(d$time))) {
    if (robust) {
      inf <- rowsum(as.vector(residuals(plain, times = horizon, type = "auc")), d$cluster)
      mean <- summary(fit, rmean = horizon)$table["rmean"]
      se_mean <- sqrt(sum(inf^2))
    } else {
      row <- summary(fit, rmean = horizon)$table
      mean <- row["rmean"]; se_mean <- row["se(rmean)"]
    }
    means <- rbind(means, data.frame(set = name, robust, horizon, mean = digits(mean), se = digits(se_mean)))
  }
}
# The score test of Cox's model at 0: exact ties give the log-rank test also with late entry, Breslow's
# ties with clusters the robust one.
for (name in unique(all_sets$set)) for (strat in c(FALSE, TRUE)) {
  d <- parts[[name]]
  if (strat && all(is.na(d$stratum))) next
  d$s <- surv(d); d$group <- factor(d$group)
  rhs <- if (strat) "s ~ group + strata(stratum)" else "s ~ group"
  zero <- rep(0, nlevels(d$group) - 1)
  robust <- coxph(as.formula(rhs), d, cluster = cluster, ties = "breslow", init = zero,
                  control = coxph.control(iter.max = 0))
  chisq <- if (all(is.na(d$entry))) survdiff(as.formula(rhs), d)$chisq else
    coxph(as.formula(rhs), d, ties = "exact")$score
  tests <- rbind(tests,
    data.frame(set = name, stratified = strat, robust = FALSE, chisq = digits(chisq), df = length(zero)),
    data.frame(set = name, stratified = strat, robust = TRUE, chisq = digits(robust$rscore), df = length(zero)))
}
for (one in c("curves", "medians", "means"))
  write.csv(get(one), paste0("retention_", one, ".csv"), row.names = FALSE, quote = FALSE)
write.csv(tests, "retention_logrank.csv", row.names = FALSE, quote = FALSE)
