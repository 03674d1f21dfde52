raco make driver.rkt suites.rkt
