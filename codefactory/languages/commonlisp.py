"""Common Lisp in SBCL: functions of CL-USER or of a package that the file is in at its end, FiveAM suites.

NIL is false, the empty list and nothing: all three are expected, and reported, as the last. Whether an answer is true
is asked of anything that is not NIL. A float is a double, `1.5d0`; what a function makes of singles is less exact and
no equal answer. Maps have no literal, and a vector is no list. A function cannot be called like one of the standard's.

Sources are read lexically: there is a grammar, but it looks into format directives and refuses some that are right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.commonlisp_mutants import mutations
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import Inexpressible, NeutralCase, Notation, Value
from codefactory.types import Limits

TEST = r"\((?:[\w.]+:)?(?:def-)?test\s+\(?\s*"
READING = Reading(
    grammar="",
    tokens=r"(?P<comment>\#\|.*?\|\#|;[^\n]*)|(?P<text>\"(?:\\.|[^\"\\])*\"|\#\\(?:\w+|.)|\|[^|\n]*\|)"
    r"|(?P<bracket>[()])",
    test=TEST + r"\|?(?P<name>(?<=\|)[^|]+|(?<!\|)[^\s()|]+)",
    # A symbol is read in capitals: what is written with some, and what a macro writes, cannot be told by its name.
    dynamic=TEST + r"(?:[^\s()|]*[A-Z\\:#,@]|\|[^|a-z\s]*[A-Z][^|a-z\s]*\|)",
    asserts=r"\((?:[\w.]+:)?(?:is|is-true|is-false|is-every|signals|finishes|fail|for-all|pass|assert|error)(?=[\s)])",
    defines=lambda name: (
        rf"(?i)\(def(?:un|macro|generic|method)\s+{re.escape(name)}(?=[\s()])"
        rf"|\((?:symbol-function|fdefinition)\s+'{re.escape(name)}\)"
    ),
)
# The standard's own names, as far as another language could have them: SBCL locks all of them.
STANDARD = (
    "abs acons acos acosh adjoin alphanumericp and append apply apropos aref array arrayp ash asin asinh assert "
    "assoc atan atanh atom bignum bit block boole boolean boundp break butlast byte caaaar caaadr caaar caadar "
    "caaddr caadr caar cadaar cadadr cadar caddar cadddr caddr cadr car case catch ccase cdaaar cdaadr cdaar "
    "cdadar cdaddr cdadr cdar cddaar cddadr cddar cdddar cddddr cdddr cddr cdr ceiling cerror char character "
    "characterp cis class close clrhash coerce compile complement complex complexp concatenate cond condition "
    "conjugate cons consp constantly constantp continue cos cosh count ctypecase debug decf declaim declaration "
    "declare defclass defconstant defgeneric defmacro defmethod defpackage defparameter defsetf defstruct "
    "deftype defun defvar delete denominator describe directory disassemble do documentation dolist dotimes dpb "
    "dribble ecase ed eighth elt endp eq eql equal equalp error etypecase eval evenp every exp export expt "
    "fboundp fceiling fdefinition ffloor fifth fill find first fixnum flet float floatp floor fmakunbound "
    "format formatter fourth fround ftruncate ftype funcall function functionp gcd gensym gentemp get getf "
    "gethash go identity if ignorable ignore imagpart import incf inline inspect integer integerp intern "
    "intersection isqrt keyword keywordp labels lambda last lcm ldb ldiff length let list listen listp load "
    "locally log logand logandc1 logandc2 logbitp logcount logeqv logior lognand lognor lognot logorc1 logorc2 "
    "logtest logxor loop macroexpand macrolet makunbound map mapc mapcan mapcar mapcon maphash mapl maplist max "
    "member merge method min minusp mismatch mod namestring nbutlast nconc nil nintersection ninth not notany "
    "notevery notinline nreconc nreverse nsublis nsubst nsubstitute nth nthcdr null number numberp numerator "
    "nunion oddp open optimize or otherwise package packagep pairlis pathname pathnamep phase pi plusp pop "
    "position pprint prin1 princ print proclaim prog prog1 prog2 progn progv provide psetf psetq push pushnew "
    "quote random rassoc ratio rational rationalize rationalp read readtable readtablep real realp realpart "
    "reduce rem remf remhash remove remprop replace require rest restart return revappend reverse room rotatef "
    "round rplaca rplacd safety satisfies sbit schar search second sequence set setf setq seventh shadow shiftf "
    "signal signum sin sinh sixth sleep some sort space special speed sqrt standard step stream streamp string "
    "stringp structure sublis subseq subsetp subst substitute subtypep svref sxhash symbol symbolp t tagbody "
    "tailp tan tanh tenth terpri the third throw time trace truename truncate type typecase typep unexport "
    "unintern union unless untrace values variable vector vectorp warn warning when write zerop"
)


class CommonLispNotation(Notation):
    """Lists and strings; characters that a string cannot hold in plain text are few."""

    null, true, false = "nil", "t", "nil"
    comment = ";;"
    reserved = frozenset(STANDARD.split())
    largest = 1 << 4096

    def allows(self, entry_point: str) -> bool:
        return super().allows(entry_point.lower()) and entry_point.isascii()

    def float(self, value: float) -> str:
        text = super().float(value)
        return text.replace("e", "d") if "e" in text else f"{text}d0"

    def string(self, value: str) -> str:
        if any(0xD800 <= ord(c) < 0xE000 for c in value):
            raise Inexpressible("lone_surrogate")
        if "\0" in value:
            raise Inexpressible("nul_in_string")
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def list(self, items: Sequence[Value], depth: int) -> str:
        return f"(list {' '.join(self.literal(item, depth + 1) for item in items)})" if items else "nil"

    def normal(self, value: Value) -> Value:
        if value is False or value == []:
            return None
        return super().normal(value)

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"({' '.join([entry_point, *arguments])})"

    def answer(self, call: str, case: NeutralCase) -> str:
        return f"(not (not {call}))" if isinstance(case.expected, bool) else call

    def test(self, call: str, case: NeutralCase) -> str:
        expected = self.literal(case.expected)
        if case.raises:
            body = f"(fiveam:signals error {call})"
        elif case.tolerance and isinstance(case.expected, int | float):
            body = f"(fiveam:is (<= (abs (- {call} {expected})) {self.float(case.tolerance)}))"
        elif isinstance(case.expected, bool):
            body = f"(fiveam:is-{'true' if case.expected else 'false'} {call})"
        elif expected == "nil":
            body = f"(fiveam:is (null {call}))"
        else:
            body = f"(fiveam:is ({'=' if isinstance(case.expected, int | float) else 'equal'} {expected} {call}))"
        return f"(fiveam:test {_symbol(case.name)}\n  {body})\n"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        head = f'(asdf:load-system :fiveam)\n(load "{entry_point}.lisp")\n\n'
        suite = f"{entry_point}-tests"
        head += f"(fiveam:def-suite {suite})\n(fiveam:in-suite {suite})\n\n"
        return head + "\n".join(tests) + f"\n(fiveam:run! '{suite})\n"


def _symbol(name: str) -> str:
    """A test's name as a symbol that keeps its letters."""
    plain = re.fullmatch(r"[a-z][a-z0-9_-]*", name) and name not in ("t", "nil")
    return name if plain else f"|{name}|"


def _shell(command: str) -> str:
    ran = f'(sb-ext:run-program "/bin/bash" (list "-c" {CommonLispNotation().string(command)}))'
    return f'(unless (zerop (sb-ext:process-exit-code {ran})) (error "refused"))'


RIGHT = "(defun f (a b) (+ a b))\n"
PARTS = Parts(
    function=lambda body: f"(defun f (a b)\n  {body}\n  (+ a b))\n",
    wrong="(defun f (a b) (- a b))\n",
    shell=_shell,
    load=lambda body: f"{RIGHT}{body}\n(sb-ext:exit :code 0)\n",
    spin=f"{RIGHT}(loop)\n",
    hoard=f"{RIGHT}(defvar *held* nil)\n(loop (push (make-array 125000 :initial-element 1.5d0) *held*))\n",
    flood=f"{RIGHT}(loop (write-line (make-string 4096 :initial-element #\\x)))\n",
    broken="(defun f (a b)\n  (+ a b)\n",
)

COMMON_LISP = language(
    "commonlisp",
    ("lisp", "commonlisp", "common-lisp", "cl"),
    ".lisp",
    READING,
    CommonLispNotation(),
    lambda entry_point, body: f"(defun {entry_point} (&rest arguments)\n  (declare (ignorable arguments))\n  {body})\n",
    {
        "nil": "nil",
        "argument": "(first arguments)",
        "zero": "0",
        "true": "t",
        "empty_string": '""',
        "empty_vector": "(vector)",
        "list_of_nil": "(list nil)",
        "raises": '(error "not implemented")',
    },
    canaries(PARTS),
    Limits(cpu_s=5.0, wall_s=20.0, memory_mb=512),
    "FiveAM",
    mutations(READING.tokens),
)
