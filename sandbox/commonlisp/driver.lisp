;;; Loads the candidate, answers for each case on descriptor 3, writes the completion mark last.
;;; The command line ends with: mode, the candidate's file, the suite's file.
(in-package :sandbox)

(defvar *out*)
(defvar *budget*)

(defun say (&rest parts)
  (dolist (part parts) (write-string part *out*))
  (terpri *out*)
  (finish-output *out*))

(defun unit (n) (format nil "\\u~4,'0x" n))

(defun text (string)
  (with-output-to-string (out)
    (write-char #\" out)
    (loop for c across string
          for n = (char-code c)
          do (cond ((find c "\"\\") (write-char #\\ out) (write-char c out))
                   ((<= 32 n 126) (write-char c out))
                   ((< n #x10000) (write-string (unit n) out))
                   (t (multiple-value-bind (high low) (floor (- n #x10000) 1024)
                        (write-string (unit (+ #xd800 high)) out)
                        (write-string (unit (+ #xdc00 low)) out)))))
    (write-char #\" out)))

(defun opaque (name) (format nil "{\"o\":~a}" (text name)))

(defun joined (items) (format nil "~{~a~^,~}" items))

(defun float-text (f)
  (cond ((sb-ext:float-nan-p f) "NaN")
        ((sb-ext:float-infinity-p f) (if (plusp f) "Infinity" "-Infinity"))
        (t (let ((*read-default-float-format* 'double-float)) (prin1-to-string (coerce f 'double-float))))))

(defun pairs (table depth)
  (loop for key being the hash-keys of table using (hash-value value)
        collect (format nil "[~a,~a]" (tagged key depth) (tagged value depth))))

;;; NIL is false, the empty list and nothing at once, and reported as the last. A vector is another thing than a list.
(defun tagged (v &optional (depth 0))
  (flet ((row (items) (joined (map 'list (lambda (item) (tagged item (1+ depth))) items))))
    (cond ((or (minusp (decf *budget*)) (> depth 60)) (opaque "too large"))
          ((null v) "null")
          ((eq v t) "true")
          ((integerp v) (format nil "~d" v))
          ((floatp v) (float-text v))
          ((typep v 'ratio) (format nil "{\"F\":[\"~x\",\"~x\"]}" (numerator v) (denominator v)))
          ((stringp v) (text v))
          ((consp v) (if (ignore-errors (list-length v)) (format nil "[~a]" (row v)) (opaque "no proper list")))
          ((vectorp v) (format nil "{\"t\":[~a]}" (row v)))
          ((hash-table-p v) (format nil "{\"d\":[~a]}" (joined (pairs v (1+ depth)))))
          ((symbolp v) (opaque (format nil "symbol ~a" v)))
          (t (opaque (string-downcase (princ-to-string (class-name (class-of v)))))))))

(defun message (e)
  (let ((s (or (ignore-errors (princ-to-string e)) "an error")))
    (substitute #\Space #\Newline (subseq s 0 (min 300 (length s))))))

(defun kind (e) (string-downcase (symbol-name (class-name (class-of e)))))

(defun test (name kind why)
  (with-standard-io-syntax (say "[\"test\"," (text name) ",\"" kind "\"," (text why) "]")))

(defun leave ()
  (ignore-errors (finish-output *standard-output*) (finish-output *error-output*))
  (sb-ext:exit :code 0 :abort t))

(defun fault (e syntax)
  (with-standard-io-syntax
    (cond (syntax (say "[\"syntax\"," (text (message e)) "]"))
          (t (say "[\"raised\"," (text (if (typep e 'sb-kernel::heap-exhausted-error) "MemoryError" (kind e))) ","
                  (text (message e)) "]"))))
  (leave))

;;; Evaluates a file form by form, as LOAD does; answers with the package in which it ends. UNREADABLE takes the error
;;; of a form that cannot be read.
(defun load-forms (file package unreadable)
  (with-open-file (in file :external-format '(:utf-8 :replacement #\?))
    (let* ((*package* package)
           (*readtable* (copy-readtable nil))
           (*load-truename* (truename file))
           (*load-pathname* *load-truename*))
      (with-compilation-unit ()
        (loop for form = (handler-case (read in nil in) (error (e) (funcall unreadable e)))
              until (eq form in)
              do (eval form)))
      *package*)))

(defun load-candidate (code)
  (handler-case (load-forms code (find-package :cl-user) (lambda (e) (fault e t)))
    (serious-condition (e) (fault e nil))))

(defun cases ()
  (with-open-file (in ".cases" :external-format :utf-8)
    (loop with current = (make-string-output-stream)
          for c = (read-char in nil)
          when (or (null c) (char= c #\Nul)) collect (get-output-stream-string current)
          while c
          unless (char= c #\Nul) do (write-char c current))))

(defun answer (source package)
  (handler-case (let ((value (let ((*package* package)) (eval (read-from-string source)))))
                  (setf *budget* 100000)
                  (with-standard-io-syntax (format nil "\"v\",~a" (tagged value))))
    (serious-condition (e)
      (with-standard-io-syntax
        (format nil "\"x\",[~a~a],~a" (text (kind e)) (if (typep e 'error) ",\"Exception\"" "") (text (message e)))))))

(defun compared (code)
  (let ((package (load-candidate code)))
    (loop for source in (cases)
          for index from 0
          do (say (format nil "[~d," index) (answer source package) "]"))))

;;; What judges must be what was installed: what each of FiveAM's names stands for is kept, and compared at the end.
(defun definition (symbol) (or (macro-function symbol) (fdefinition symbol)))

(defvar *installed* '() "FiveAM's names with their functions and macros.")

(defun replaced ()
  (loop for (symbol . installed) in *installed*
        unless (and (fboundp symbol) (eq installed (definition symbol)))
          collect symbol))

(defvar *results* (make-hash-table) "Test's name -> what its checks came to, in every run of it.")

(defun record (results)
  (dolist (result results)
    (push result (gethash (fiveam::name (fiveam::test-case result)) *results*))))

(sb-int:encapsulate 'fiveam:run 'sandbox
                    (lambda (run &rest arguments)
                      (let ((results (apply run arguments))) (record results) results)))

;;; A symbol as it stands in the text where it is written without bars, which is in small letters.
(defun title (symbol)
  (let ((name (symbol-name symbol)))
    (flet ((plain (c) (and (< 32 (char-code c) 127) (not (lower-case-p c)))))
      (if (every #'plain name) (string-downcase name) name))))

(defun verdict (name)
  (let* ((results (reverse (gethash name *results*)))
         (bad (or (find-if (lambda (r) (typep r 'fiveam::unexpected-test-failure)) results)
                  (find-if (lambda (r) (typep r 'fiveam::test-failure)) results)
                  (find-if-not (lambda (r) (typep r 'fiveam::test-passed)) results)))
         (why (if bad (message (fiveam::reason bad)) "")))
    (typecase bad
      (fiveam::unexpected-test-failure (values "error" why))
      (fiveam::test-failure (values "fail" why))
      (null (if results (values "ok" "") (values "skip" "no checks")))
      (t (values "skip" why)))))

;;; The candidate is loaded once, also where the suite asks for it again.
(defun load-once (code)
  (let ((there (truename code)))
    (sb-ext:without-package-locks
      (sb-int:encapsulate 'load 'sandbox
                          (lambda (load file &rest arguments)
                            (let ((asked (and (typep file '(or string pathname))
                                              (or (probe-file file) (probe-file (format nil "~a.lisp" file))))))
                              (if (equal asked there) t (apply load file arguments))))))))

(defun native (code suite)
  (let ((package (load-candidate code)))
    (load-once code)
    (handler-case (load-forms suite package #'error)
      (serious-condition (e) (test "the file" "error" (message e))))
    (let ((names (remove-if-not (lambda (name) (typep (fiveam:get-test name) 'fiveam::test-case)) (fiveam::test-names))))
      (handler-case
          (dolist (name names)
            (unless (gethash name *results*)
              (let ((fiveam:*test-dribble* (make-broadcast-stream))) (fiveam:run name))))
        (serious-condition (e) (test "the file" "error" (message e))))
      (dolist (name names)
        (multiple-value-bind (kind why) (verdict name) (test (title name) kind why))))
    (let ((replaced (replaced)))
      (when replaced (test "the framework" "error" (message replaced))))))

(defun main ()
  (sb-ext:disable-debugger)
  (destructuring-bind (mode code suite) (last sb-ext:*posix-argv* 3)
    (let ((nonce (let ((plan (sb-sys:make-fd-stream 4 :input t :buffering :full)))
                   (prog1 (read-line plan) (close plan)))))
      (setf *out* (sb-sys:make-fd-stream 3 :output t :buffering :full :external-format :utf-8))
      (if (string= mode "compared") (compared code) (native code suite))
      (with-standard-io-syntax (say "[\"done\"," (text nonce) "]"))
      (leave))))

(do-symbols (symbol :fiveam)
  (when (and (fboundp symbol) (eq (symbol-package symbol) (find-package :fiveam)))
    (push (cons symbol (definition symbol)) *installed*)))
