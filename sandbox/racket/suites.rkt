#lang racket/base
;; Runs a rackunit suite beside the candidate, writes the completion mark last.
;; Arguments: the candidate's file, the suite's file.
(require racket/file racket/string rackunit "report.rkt" (prefix-in ui: "text-ui.rkt"))

(define-values (code suite)
  (apply values (vector->list (current-command-line-arguments))))

;; A check outside of a suite is a test of its own; so is a test-case.
(define (around name thunk)
  (with-handlers ([exn:break? raise]
                  [exn:test:check? (lambda (e) (test name "fail" (message e)))]
                  [any? (lambda (e) (test name "error" (message e)))])
    (parameterize ([current-check-around plain]) (thunk))
    (test name "ok" "")))
(define (plain thunk) (thunk))

(define (declared? path) (with-handlers ([any? (lambda (e) #f)]) (module-declared? path #t)))

(define (native done)
  (define own "/sandbox/racket/text-ui.rkt")
  (define resolve (current-module-name-resolver))
  (define (text-ui? spec) (member spec '(rackunit/text-ui (lib "rackunit/text-ui.rkt"))))
  (define path (place suite))
  (parameterize ([current-module-name-resolver
                  (case-lambda
                    [(name space) (resolve name space)]
                    [(spec relative stx load?)
                     (resolve (if (text-ui? spec) `(file ,own) spec) relative stx load?)])]
                 [current-test-case-around (lambda (thunk) (around (current-test-name) thunk))]
                 [current-check-around (lambda (thunk) (around "check" thunk))])
    (with-handlers ([exn:break? raise]
                    [any? (lambda (e) (test "the file" "error" (message e)))])
      (dynamic-require path #f)
      (when (declared? `(submod ,path test)) (dynamic-require `(submod ,path test) #f))))
  (done))

;; Candidate and tests in one module, as MultiPL-E has it: each check is a test.
(define (script done)
  (with-output-to-file (place "both.rkt")
    (lambda () (write-string (file->string (place code))) (newline) (write-string (file->string (place suite)))))
  (parameterize ([current-test-case-around (lambda (thunk) (around (current-test-name) thunk))]
                 [current-check-around (lambda (thunk) (around "check" thunk))])
    (with-handlers ([exn:break? raise]
                    [exn:fail:read? fault]
                    [exn:fail:syntax? fault]
                    [any? (lambda (e) (test "script" "error" (message e)))])
      (dynamic-require (place "both.rkt") #f)))
  (done))

;; The mark is an argument, not a definition, since a module's definitions can be asked for.
((if (string-prefix? suite "script") script native) (begin-reports))
