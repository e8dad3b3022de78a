# Density, centralisation, reciprocity and betweenness by igraph 1.3.5, each checked against
# sna 2.7.1. Made with R 4.2.2: Rscript network_shape.R
# The marriages of Florentine families come with the R package network 1.18.1.
# Also writes the ties it used: named graphs, Zachary's karate club, and random ones, some of them
# with people who have no tie.

suppressMessages({library(igraph); library(sna, exclude = c("betweenness", "degree"))})
set.seed(2023)

undirected <- list(
  star6 = make_star(6, "undirected"), ring6 = make_ring(6), path5 = make_ring(5, circular = FALSE),
  K5 = make_full_graph(5), karate = make_graph("Zachary"), pair = make_graph(c(1, 2), n = 3, directed = FALSE),
  two_parts = make_graph(c(1, 2, 2, 3, 4, 5, 5, 6, 6, 4), directed = FALSE),
  sparse = sample_gnp(20, 0.08), dense = sample_gnp(25, 0.4), large = sample_gnm(60, 600)
)
directed <- list(
  three = make_graph(c(1, 2, 2, 1, 1, 3, 3, 2, 2, 3)),
  star_in = make_star(6, "in"), ring = make_ring(5, directed = TRUE),
  mutual = make_full_graph(4, directed = TRUE),
  sparse = sample_gnp(20, 0.08, directed = TRUE), dense = sample_gnp(25, 0.3, directed = TRUE)
)

near <- function(one, other) stopifnot(abs(one - other) < 1e-10)
digits <- function(x) setNames(sprintf("%.12g", x), names(x))

row <- function(name, g) {
  d <- is_directed(g)
  a <- as.matrix(as_adjacency_matrix(g))
  mode <- if (d) "digraph" else "graph"
  shape <- c(
    density = edge_density(g),
    total = centr_degree(g, mode = "all", loops = FALSE)$centralization,
    `in` = if (d) centr_degree(g, mode = "in", loops = FALSE)$centralization else NA,
    out = if (d) centr_degree(g, mode = "out", loops = FALSE)$centralization else NA,
    between = centr_betw(g, directed = d)$centralization,
    reciprocity = if (d) reciprocity(g) else NA
  )
  near(shape["density"], sna::gden(a, mode = mode))
  near(shape["between"], sna::centralization(a, sna::betweenness, mode = mode))
  near(shape["total"], sna::centralization(a, sna::degree, mode = mode))
  if (d) {
    near(shape["in"], sna::centralization(a, sna::degree, mode = mode, cmode = "indegree"))
    near(shape["out"], sna::centralization(a, sna::degree, mode = mode, cmode = "outdegree"))
    near(shape["reciprocity"], sna::grecip(a, measure = "edgewise"))
  }
  data.frame(graph = name, directed = d, n = vcount(g), t(digits(shape)), check.names = FALSE)
}
ties <- function(name, g) {
  if (ecount(g) == 0) return(NULL)
  e <- as_edgelist(g, names = FALSE)
  data.frame(graph = name, directed = is_directed(g), from = e[, 1], to = e[, 2])
}
between <- function(name, g) data.frame(
  graph = name, directed = is_directed(g), person = seq_len(vcount(g)),
  betweenness = digits(igraph::betweenness(g, directed = is_directed(g)))
)

data(flo, package = "network")
undirected$florentine <- graph_from_adjacency_matrix(unname(flo), "undirected")
graphs <- c(undirected, directed)
each <- function(f) do.call(rbind, Map(f, names(graphs), graphs))
save <- function(frame, file) write.csv(frame, file, row.names = FALSE, quote = FALSE)
save(each(row), "network_shape.csv")
save(each(ties), "network_ties.csv")
save(each(between), "network_betweenness.csv")
