#lang racket/base
;; Loads the candidate, answers for each case, writes the completion mark last.
;; Arguments: mode, the candidate's file, the suite's file.
(require racket/file racket/string rackunit "report.rkt" (prefix-in ui: "text-ui.rkt"))

(define-values (mode code suite)
  (apply values (vector->list (current-command-line-arguments))))

(define (place name) (build-path "/box" name))
(define (fault e)
  (if (or (exn:fail:read? e) (exn:fail:syntax? e))
      (say "[\"syntax\"," (text (message e)) "]")
      (say "[\"raised\",\"" (if (exn:fail:out-of-memory? e) "MemoryError" "exn") "\"," (text (message e)) "]"))
  (exit 0))
(define (any? e) #t)

(define (compared)
  (define cases (filter non-empty-string? (string-split (file->string (place ".cases")) "\0")))
  (define space
    (with-handlers ([any? fault])
      (dynamic-require (place code) #f)
      (module->namespace (place code))))
  (for ([source cases] [index (in-naturals)])
    (define line
      (with-handlers ([any? (lambda (e)
                              (format "[~a,\"x\",[\"~a\",\"Exception\"],~a]" index
                                      (if (exn:fail? e) "exn:fail" "raise") (text (message e))))])
        (define value (parameterize ([current-namespace space]) (eval (read (open-input-string source)))))
        (format "[~a,\"v\",~a]" index (tagged value))))
    (say line))
  (done))

;; A check outside of a suite is a test of its own; so is a test-case.
(define (around name thunk)
  (with-handlers ([exn:break? raise]
                  [exn:test:check? (lambda (e) (test name "fail" (message e)))]
                  [any? (lambda (e) (test name "error" (message e)))])
    (parameterize ([current-check-around plain]) (thunk))
    (test name "ok" "")))
(define (plain thunk) (thunk))

(define (declared? path) (with-handlers ([any? (lambda (e) #f)]) (module-declared? path #t)))

(define (native)
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
(define (script)
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

(cond [(equal? mode "compared") (compared)]
      [(string-prefix? suite "script") (script)]
      [else (native)])
