# Smith's S by base R, list by list: (length - rank + 1) / length, averaged over all lists.
# Made with R 4.2.2: Rscript saturation_salience.R

set.seed(2023)
lists <- lapply(1:12, function(unit) sample(LETTERS[1:9], sample(1:7, 1), prob = 9:1))
rows <- do.call(rbind, lapply(seq_along(lists), function(unit)
  data.frame(unit = unit, theme = lists[[unit]])))
s <- sapply(LETTERS[1:9], function(theme) mean(sapply(lists, function(one) {
  rank <- match(theme, one)
  if (is.na(rank)) 0 else (length(one) - rank + 1) / length(one)
})))
write.csv(rows, "saturation_lists.csv", row.names = FALSE, quote = FALSE)
write.csv(data.frame(theme = names(s), salience = sprintf("%.12g", s)), "saturation_salience.csv",
          row.names = FALSE, quote = FALSE)
