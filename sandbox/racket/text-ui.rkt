#lang racket/base
;; Stands in for rackunit/text-ui, whose run-tests prints: this one reports each test by its name.
(require rackunit "report.rkt")
(provide run-tests)

(define (run-tests suite [mode 'normal])
  (fold-test-results
   (lambda (result bad)
     (define name (test-result-test-case-name result))
     (cond [(test-success? result) (test name "ok" "") bad]
           [(test-failure? result) (test name "fail" (message (test-failure-result result))) (add1 bad)]
           [else (test name "error" (message (test-error-result result))) (add1 bad)]))
   0
   suite))
