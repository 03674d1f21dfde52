;;; Makes the core that jobs start from: FiveAM and the driver are in it, compiled.
(require :asdf)
(asdf:load-system :fiveam)
;; They are there: nothing looks for their sources again.
(mapc #'asdf:register-immutable-system '("fiveam" "alexandria" "trivial-backtrace" "net.didierverna.asdf-flv"))
;; What most test files begin with.
(defpackage :quicklisp-client (:nicknames :ql) (:use :cl) (:export #:quickload))
(defun ql:quickload (systems &key &allow-other-keys)
  (mapc #'asdf:load-system (alexandria:ensure-list systems)))
(setf sb-impl::*default-external-format* :utf-8)
(defpackage :sandbox (:use :cl))
;; As one block: what its functions call is what stands in the file, whatever is defined later.
(load (compile-file "driver.lisp" :block-compile t :entry-points '(sandbox::main)))
(sb-ext:lock-package :sandbox)
(sb-ext:save-lisp-and-die "driver.core" :toplevel 'sandbox::main)
