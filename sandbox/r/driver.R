# Loads the candidate, answers for each case on descriptor 3, writes the completion mark last.
# Arguments: mode, the candidate's file, the suite's file.
# R starts without its default packages, which take five sixths of its start: what they bring is promised by name, and the
# first use of a name attaches the package that has it.
local({
  wanted <- readRDS("/sandbox/r/attached.rds")
  options(defaultPackages = names(wanted))
  for (package in names(wanted)) local({
    package <- package
    bring <- function(name) {
      library(package, character.only = TRUE, warn.conflicts = FALSE)
      get(name, paste0("package:", package))
    }
    for (name in wanted[[package]])
      eval(substitute(delayedAssign(name, bring(name), assign.env = .AutoloadEnv), list(name = name)))
  })
})
local({
  given <- commandArgs(trailingOnly = TRUE)
  mode <- given[1]
  code <- given[2]
  suite <- given[3]
  plan <- file("/proc/self/fd/4", "r", raw = TRUE)
  nonce <- readLines(plan, 1)
  close(plan)
  out <- file("/proc/self/fd/3", "a", raw = TRUE)
  say <- function(...) {
    cat(..., "\n", sep = "", file = out)
    flush(out)
  }
  leave <- function() quit(save = "no", status = 0)

  unit <- function(n) sprintf("\\u%04x", n)
  escaped <- function(n) {
    if (n == 34L || n == 92L) return(paste0("\\", intToUtf8(n)))
    if (n >= 32L && n < 127L) return(intToUtf8(n))
    if (n < 65536L) return(unit(n))
    n <- n - 65536L
    paste0(unit(55296L + n %/% 1024L), unit(56320L + n %% 1024L))
  }
  text <- function(s) {
    points <- utf8ToInt(enc2utf8(as.character(s)[1]))
    if (length(points) && is.na(points[1])) return("\"not text\"")
    paste0("\"", paste0(vapply(points, escaped, ""), collapse = ""), "\"")
  }
  opaque <- function(name) paste0("{\"o\":", text(name), "}")
  number <- function(n) {
    if (is.nan(n)) return("NaN")
    if (is.na(n)) return(opaque("NA"))
    if (is.infinite(n)) return(if (n > 0) "Infinity" else "-Infinity")
    if (n == trunc(n) && abs(n) < 2^53) return(sprintf("%.0f", n))
    s <- sprintf("%.17g", n)
    if (grepl("[.e]", s)) s else paste0(s, ".0")
  }
  one <- function(v) {
    if (is.logical(v)) return(if (is.na(v)) opaque("NA") else if (v) "true" else "false")
    if (is.numeric(v)) return(number(as.numeric(v)))
    if (is.character(v)) return(if (is.na(v)) opaque("NA") else text(v))
    opaque(typeof(v))
  }
  # A vector of one element is that element, what has no elements is NULL, a list that is no vector is a tuple.
  tagged <- function(v, depth = 0) {
    if (depth > 60 || length(v) > 100000) return(opaque("too large"))
    if (is.function(v) || is.environment(v) || is.language(v)) return(opaque(typeof(v)))
    if (is.factor(v)) v <- as.character(v)
    if (length(v) == 0) return("null")
    inner <- if (is.list(v)) vapply(v, tagged, "", depth + 1) else if (is.atomic(v)) vapply(v, one, "") else opaque(typeof(v))
    keys <- names(v)
    if (!is.null(keys)) {
      pairs <- paste0("[", vapply(keys, text, ""), ",", inner, "]", collapse = ",")
      return(paste0("{\"d\":[", pairs, "]}"))
    }
    if (is.list(v)) return(paste0("{\"t\":[", paste0(inner, collapse = ","), "]}"))
    if (length(v) == 1) return(inner[[1]])
    paste0("[", paste0(inner, collapse = ","), "]")
  }

  message_of <- function(e) substr(paste(conditionMessage(e), collapse = " "), 1, 300)
  fault <- function(kind, e) {
    if (kind == "raised") say("[\"raised\",\"error\",", text(message_of(e)), "]")
    else say("[\"", kind, "\",", text(message_of(e)), "]")
    leave()
  }
  parsed <- function(file) tryCatch(parse(file, keep.source = FALSE, encoding = "UTF-8"), error = function(e) fault("syntax", e))
  test <- function(name, kind, why) say("[\"test\",", text(name), ",\"", kind, "\",", text(substr(why, 1, 300)), "]")
  done <- function() {
    say("[\"done\",", text(nonce), "]")
    leave()
  }

  compared <- function() {
    space <- new.env(parent = globalenv())
    program <- parsed(code)
    tryCatch(for (part in program) eval(part, space), error = function(e) fault("raised", e))
    cases <- readLines(".cases", warn = FALSE, encoding = "UTF-8")
    for (index in seq_along(cases)) {
      line <- tryCatch({
        value <- eval(parse(text = cases[index], keep.source = FALSE, encoding = "UTF-8"), space)
        paste0("[", index - 1, ",\"v\",", tagged(value), "]")
      }, error = function(e) paste0("[", index - 1, ",\"x\",[\"error\",\"Exception\"],", text(message_of(e)), "]"))
      say(line)
    }
    done()
  }

  native <- function() {
    parsed(code)
    parsed(suite)
    for (package in getOption("defaultPackages")) library(package, character.only = TRUE)
    library(testthat)
    rows <- tryCatch(
      as.data.frame(test_file(suite, reporter = "silent", stop_on_failure = FALSE, stop_on_warning = FALSE)),
      error = function(e) {
        test("the file", "error", message_of(e))
        NULL
      }
    )
    for (index in seq_len(if (is.null(rows)) 0 else nrow(rows))) {
      row <- rows[index, ]
      said <- Filter(function(r) inherits(r, c("expectation_failure", "expectation_error")), row$result[[1]])
      why <- if (length(said)) conditionMessage(said[[1]]) else ""
      kind <- if (isTRUE(row$error)) "error" else if (row$failed > 0) "fail" else if (isTRUE(row$skipped) || row$nb == 0) "skip" else "ok"
      test(if (nzchar(row$test)) row$test else "the file", kind, why)
    }
    done()
  }

  # A script of candidate and tests, as MultiPL-E has it: it ends with an error where an assertion does not hold.
  script <- function() {
    space <- new.env(parent = globalenv())
    programs <- list(parsed(code), parsed(suite))
    tryCatch({
      for (program in programs) for (part in program) eval(part, space)
      test("script", "ok", "")
    }, error = function(e) test("script", "fail", message_of(e)))
    done()
  }

  if (mode == "compared") compared() else if (startsWith(suite, "script")) script() else native()
})
