# Alpha by psych 2.2.9 with its Feldt limits, omega by lavaan 0.6 (one factor, maximum likelihood,
# robust.sem standard errors). Made with R 4.2.2: Rscript scales_reliability.R
# Also writes the answers: 25 personality items of psych::bfi (complete cases, five scales), and
# drawn ones of which some are unequal in strength.

suppressMessages({library(psych); library(lavaan)})
digits <- function(x) sprintf("%.10f", x)
set.seed(336)

likert <- function(n, strength, cuts = c(-1.5, -0.5, 0.5, 1.2)) {
  common <- rnorm(n)
  sapply(strength, function(l) findInterval(l * common + sqrt(1 - l^2) * rnorm(n), cuts) + 1)
}
some <- na.omit(bfi[1:150, 1:25])
keys <- list(A = c(-1, 1, 1, 1, 1), C = c(1, 1, 1, -1, -1), E = c(-1, -1, 1, 1, 1),
             N = rep(1, 5), O = c(1, -1, 1, 1, -1))
sets <- list(equal = likert(60, rep(0.7, 4)), unequal = likert(200, c(0.9, 0.7, 0.5, 0.4, 0.3)),
             small = likert(30, c(0.8, 0.7, 0.6)), weak = likert(120, c(0.4, 0.35, 0.3, 0.45, 0.5, 0.4)))
for (name in names(keys)) {
  answers <- as.matrix(some[paste0(name, 1:5)])
  flip <- keys[[name]] < 0
  answers[, flip] <- 7 - answers[, flip]
  sets[[paste0("bfi_", name)]] <- answers
}

one <- function(x) {
  x <- as.data.frame(x); names(x) <- paste0("v", seq_along(x))
  a <- suppressWarnings(suppressMessages(alpha(x, check.keys = FALSE, warnings = FALSE)))
  k <- ncol(x)
  model <- paste0("f =~ ", paste0("l", 1:k, "*v", 1:k, collapse = " + "), "\n",
                  paste0("v", 1:k, " ~~ t", 1:k, "*v", 1:k, collapse = "\n"), "\n",
                  "omega := (", paste0("l", 1:k, collapse = "+"), ")^2 / ((",
                  paste0("l", 1:k, collapse = "+"), ")^2 + ", paste0("t", 1:k, collapse = "+"), ")")
  fit <- cfa(model, x, std.lv = TRUE, estimator = "MLM")
  found <- parameterEstimates(fit)
  omega <- found[found$lhs == "omega", ]
  data.frame(n = nrow(x), alpha = a$total$raw_alpha, lower = a$feldt$lower.ci[[1]],
             upper = a$feldt$upper.ci[[1]], dropped = paste(digits(a$alpha.drop$raw_alpha), collapse = " "),
             omega = omega$est, omega_se = omega$se)
}
found <- do.call(rbind, lapply(sets, one))
number <- setdiff(names(found), c("n", "dropped"))
found[number] <- lapply(found[number], digits)
write.csv(data.frame(set = names(sets), found), "scales_reliability.csv", row.names = FALSE, quote = FALSE)
rows <- function(name) data.frame(set = name, answers = apply(sets[[name]], 1, paste, collapse = " "))
write.csv(do.call(rbind, lapply(names(sets), rows)), "scales_answers.csv", row.names = FALSE, quote = FALSE)
