raco make driver.rkt
