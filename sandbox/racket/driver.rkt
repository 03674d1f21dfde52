#lang racket/base
;; Loads the candidate, answers for each literal case, writes the completion mark last. Argument: the candidate's file.
(require "report.rkt")

(define code (vector-ref (current-command-line-arguments) 0))

(define (expressions)
  (define path (place ".cases"))
  (define source (call-with-input-file path (lambda (in) (read-bytes (file-size path) in))))
  (filter (lambda (one) (positive? (string-length one))) (regexp-split #rx"\0" (bytes->string/utf-8 source))))

(define (compared done)
  (define cases (expressions))
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

;; The mark is an argument, not a definition, since a module's definitions can be asked for.
(compared (begin-reports))
