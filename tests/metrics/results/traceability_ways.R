# Ways from excerpts to recommendations in random graphs without circles, each listed one by one by
# igraph 1.3.5 (all_simple_paths); from the lists, by base R: the weight of the ways that begin in
# each excerpt (each recommendation's weight over its ways), and the influence equity ratio of two
# groups against their shares of excerpts. Made with R 4.2.2: Rscript traceability_ways.R

suppressMessages(library(igraph))
set.seed(2023)

layers <- list(e = 8, t = 4, f = 4, r = 3)
digits <- function(x) sprintf("%.12g", x)

random <- function(number) {
  nodes <- unlist(Map(function(kind, n) paste0(kind, seq_len(n)), names(layers), layers))
  pairs <- t(combn(nodes, 2))  # only forward, so that there is no circle
  within <- substr(pairs[, 1], 1, 1) == substr(pairs[, 2], 1, 1)
  keep <- runif(nrow(pairs)) < ifelse(within, 0.1, 0.25) & substr(pairs[, 2], 1, 1) != "e"
  data.frame(graph = number, from = pairs[keep, 1], to = pairs[keep, 2])
}
links <- do.call(rbind, lapply(1:6, random))

one <- function(number) {
  g <- graph_from_data_frame(links[links$graph == number, c("from", "to")])
  excerpts <- paste0("e", 1:8); recommendations <- paste0("r", 1:3)
  weight <- c(0.5, 0.3, 0.2); names(weight) <- recommendations
  ways <- outer(excerpts, recommendations, Vectorize(function(e, r) {
    if (!all(c(e, r) %in% V(g)$name)) return(0)
    length(all_simple_paths(g, e, r, mode = "out"))
  }))
  dimnames(ways) <- list(excerpts, recommendations)
  led <- colSums(ways) > 0
  each <- if (any(led)) t(t(ways[, led, drop = FALSE]) * weight[led] / colSums(ways)[led]) else matrix(0, 8, 1)
  given <- rowSums(each)
  in_a <- seq_along(excerpts) <= 3
  data.frame(graph = number, excerpt = excerpts, ways[, 1:3], given = digits(given),
             a = digits(sum(given[in_a]) / sum(given) / (3 / 8)),
             b = digits(sum(given[!in_a]) / sum(given) / (5 / 8)))
}
save <- function(frame, file) write.csv(frame, file, row.names = FALSE, quote = FALSE)
save(links, "traceability_links.csv")
save(do.call(rbind, lapply(1:6, one)), "traceability_ways.csv")
