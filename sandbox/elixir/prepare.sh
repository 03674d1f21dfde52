elixirc -o . driver.ex reports.ex formatter.ex
