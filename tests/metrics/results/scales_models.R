# Proportional odds by ordinal 2022 (clm) with plain cluster sandwich by sandwich 3.0 (vcovCL, HC0,
# no adjustment), on ordinal::wine and drawn data; least squares with clusters by clubSandwich 0.5
# (CR0, CR1, CR1S, CR2, Satterthwaite). Made with R 4.2.2: Rscript scales_models.R

suppressMessages({library(ordinal); library(clubSandwich); library(sandwich); library(MASS)})
digits <- function(x) sprintf("%.10f", x)
set.seed(334)
write <- function(frame, name) write.csv(frame, paste0("scales_", name, ".csv"), row.names = FALSE, quote = FALSE)

drawn <- function(set, n, partners, effect, spread) {
  partner <- sample(partners, n, TRUE)
  role <- sample(c("carer", "child", "worker"), n, TRUE)
  months <- round(runif(n, 0, 18))
  line <- effect * (role == "worker") - 0.4 * (role == "child") + 0.03 * months + rnorm(partners, 0, spread)[partner]
  data.frame(set, partner, role, months, answer = findInterval(line + rlogis(n), c(-1.5, 0, 1, 2.5)) + 1,
             score = round(50 + 10 * line + rnorm(n, 0, 8), 2))
}
data <- rbind(drawn("eight", 120, 8, 0.8, 0.5), drawn("families", 200, 60, 0.3, 0.8), drawn("few", 60, 4, 0, 0.3),
              data.frame(set = "wine", partner = as.integer(wine$judge), role = ifelse(wine$temp == "warm", "warm", "cold"),
                         months = as.integer(wine$contact == "yes"), answer = as.integer(wine$rating), score = wine$response))
write(data, "model_data")

odds <- function(d) {
  d$y <- factor(d$answer)
  fit <- clm(y ~ role + months, data = d, control = clm.control(gradTol = 1e-10))
  b <- sqrt(diag(vcov(fit)))
  scores <- clm_scores(fit, d)
  sums <- rowsum(scores, d$partner)
  v <- vcov(fit) %*% crossprod(sums) %*% vcov(fit)
  data.frame(set = d$set[1], term = names(coef(fit)), value = digits(coef(fit)), se = digits(b),
             robust = digits(sqrt(diag(v))), likelihood = digits(as.numeric(logLik(fit))))
}
# Scores by numerical differentiation of each person's log-likelihood, so that the sandwich does not
# rest on derivatives written by hand; checked against sandwich::vcovCL of MASS::polr below.
clm_scores <- function(fit, d) {
  x <- model.matrix(~ role + months, d)[, -1]; y <- as.integer(factor(d$answer))
  each <- function(theta) {
    cuts <- c(-Inf, theta[seq_along(fit$alpha)], Inf); line <- as.vector(x %*% theta[-seq_along(fit$alpha)])
    log(plogis(cuts[y + 1] - line) - plogis(cuts[y] - line))
  }
  theta <- coef(fit)
  sapply(seq_along(theta), function(at) {
    h <- 1e-5; up <- theta; down <- theta; up[at] <- up[at] + h; down[at] <- down[at] - h
    (each(up) - each(down)) / (2 * h)
  })
}
found <- do.call(rbind, lapply(split(data, data$set), odds))
check <- lapply(split(data, data$set), function(d) {
  d$y <- factor(d$answer)
  fit <- polr(y ~ role + months, data = d, Hess = TRUE, control = list(reltol = 1e-15))
  v <- vcovCL(fit, cluster = d$partner, type = "HC0", cadjust = FALSE)
  ours <- found[found$set == d$set[1], ]
  names <- names(coef(fit))
  max(abs(sqrt(diag(v))[names] / as.numeric(ours$robust[match(names, ours$term)]) - 1))
})
print(unlist(check))
stopifnot(unlist(check) < 2e-3)
write(found, "odds")

least <- function(d) {
  fit <- lm(score ~ role + months, data = d)
  kinds <- lapply(c("CR0", "CR1", "CR1S", "CR2"), function(kind) {
    tested <- coef_test(fit, vcov = kind, cluster = d$partner, test = "Satterthwaite")
    limits <- conf_int(fit, vcov = kind, cluster = d$partner, test = "Satterthwaite")
    data.frame(set = d$set[1], variance = kind, term = rownames(tested), value = digits(tested$beta),
               se = digits(tested$SE), df = digits(tested$df), p = digits(tested$p_Satt),
               lower = digits(limits$CI_L), upper = digits(limits$CI_U))
  })
  do.call(rbind, kinds)
}
write(do.call(rbind, lapply(split(data, data$set), least)), "least_squares")
