# Day and month counts by base R. Made with R 4.2.2: Rscript dates.R
#   slip:    difftime from the end of the first period to the end of the second.
#   days:    length of a sequence by day, so both ends count.
#   months:  length of a sequence by month over the first of each month.
#   overlap: days found in both sequences.

cases <- read.csv(text = "
first_start,first_end,second_start,second_end
2023-01-01,2024-03-31,2023-01-01,2024-06-30
2023-01-01,2024-06-30,2023-01-01,2024-06-30
2023-07-01,2024-10-31,2023-11-01,2024-03-31
2023-07-01,2023-10-31,2023-11-01,2024-03-31
2024-02-28,2024-03-01,2024-02-29,2024-02-29
2023-02-28,2023-03-01,2023-03-01,2023-03-31
2023-12-31,2024-01-01,2023-01-01,2023-12-31
2023-01-31,2023-02-01,2024-05-06,2024-05-06
2000-02-01,2000-02-29,1900-02-01,1900-02-28
2024-03-30,2024-03-31,2024-10-26,2024-10-28
", colClasses = "character")

days <- function(start, end) seq(as.Date(start), as.Date(end), by = "day")
months <- function(start, end) {
  first <- function(day) as.Date(paste0(substr(day, 1, 7), "-01"))
  length(seq(first(start), first(end), by = "month"))
}
of <- function(count, ...) mapply(function(...) as.integer(count(...)), ..., USE.NAMES = FALSE)

cases <- within(cases, {
  overlap <- of(function(a, b, c, d) length(intersect(days(a, b), days(c, d))),
                first_start, first_end, second_start, second_end)
  second_months <- of(months, second_start, second_end)
  first_months <- of(months, first_start, first_end)
  second_days <- of(function(a, b) length(days(a, b)), second_start, second_end)
  first_days <- of(function(a, b) length(days(a, b)), first_start, first_end)
  slip <- of(function(b, d) difftime(as.Date(d), as.Date(b), units = "days"),
             first_end, second_end)
})
cases$ratio <- sprintf("%.10f", cases$second_days / cases$first_days)
write.csv(cases, "dates.csv", row.names = FALSE, quote = FALSE)
