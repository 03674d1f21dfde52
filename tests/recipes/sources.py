"""A file of source code in each language: what counts as a documented function in it, and what does not.

Every file holds `shorten` or one written another way, and what must not count: no comment, a comment that is not about
the function, no value, a part of an object, a test, too short.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.recipes.source_texts import COMMONLISP, CPP, ELIXIR, GO, HASKELL, JAVA, OCAML, PROLOG, RUST


@dataclass(frozen=True, slots=True)
class File:
    """`counts` are (line, name) of what is mined, `text` is the first of them, `test` the name of a file of tests."""

    name: str
    test: str
    source: str
    counts: tuple[tuple[int, str], ...]
    text: str


LUA = """\
-- SPDX-License-Identifier: MIT
-- Functions about words.
local words = {}

--- Cut a text after so many characters.
-- @param text string
-- @return string
local function shorten(text, size)
  if #text <= size then return text end
  return text:sub(1, size)
end

local function undocumented(n)
  local double = n * 2
  return double
end

-- How many words there are.
function words.count(text)
  local n = 0
  for _ in text:gmatch('%a+') do n = n + 1 end
  return n
end

-- Prints all words.
function words.show(list)
  each(list, function(word) return print(word) end)
  return
end

-- The last word of all.
words.last = function(list)
  return list[#list]
end

-- Adds a word to the object.
function words:add(word)
  self[#self + 1] = word
  return self
end

-- luacheck: ignore word
local function ignored(word)
  local again = word
  return again
end

return words
"""
PERL = """\
package Words;
use strict;

=head2 shorten

Cuts a text after so many characters.

=cut

sub shorten {
    my ($text, $size) = @_;
    return substr($text, 0, $size);
}

# How many words there are.
sub count_words {
    my ($text) = @_;
    my @words = split ' ', $text;
    return scalar @words;
}

sub undocumented {
    my ($n) = @_;
    return $n * 2;
}

# Prints all words.
sub show_words {
    print "$_\\n" for @_;
    return;
}

# The object's own words.
sub own {
    my ($self) = @_;
    return $self->{words};
}

1;
"""
JAVASCRIPT = """\
'use strict';

/**
 * Cuts a text after so many characters.
 */
export function shorten(text, size) {
  return text.slice(0, size);
}

/** How many words there are. */
const countWords = (text) =>
  text
    .split(' ')
    .filter(Boolean).length;

// A plain remark, no documentation.
function remarked(n) {
  return n * 2;
}

/** Prints all words. */
function show(words) {
  words.forEach((word) => { return console.log(word); });
  return;
}

/** What the object has. */
exports.own = function () {
  return this.words;
};

/** One word after the other. */
exports.joined = function (words) {
  return words.join(' ');
};
"""
RACKET = """\
#lang racket

; shorten : string integer -> string
; Cuts a text (λ or other) after so many characters.
(define (shorten text size)
  (if (<= (string-length text) size)
      text
      (substring text 0 size)))

(define (undocumented n)
  (let ([double (* n 2)])
    double))

;; How many words there are.
(define count-words
  (lambda (text)
    (length (string-split text))))

; (define (old text)
;   (old text))
(define (after-old text)
  (string-upcase
   text))

#| The words
   backwards. |#
(define (backwards text)
  (string-join (reverse (string-split text))))
"""
R = """\
#' Cut a text after so many characters.
#'
#' @param text a string
#' @export
shorten <- function(text, size) {
  substr(text, 1, size)
}

# A plain remark about the next one.
remarked <- function(n) {
  double <- n * 2
  double
}

#' How many words there are.
count_words = function(text)
{
  length(strsplit(text, " ")[[1]])
}

#' @export
#' @rdname words
tagged <- function(n) {
  n
}

#' A sum that goes on in the next line.
#'
#' Twice, to be honest.
open_ended <- function(n) n +
  n
"""
RUBY = """\
# frozen_string_literal: true

# Cuts a text after so many characters.
# What is short stays.
def shorten(text, size)
  text[0, size]
end

def undocumented(n)
  double = n * 2
  double
end

module Words
  # How many words there are.
  def self.count(text)
    text.split.size
  end

  # What the object has.
  def own
    @words
  end
end

class Line
  # The first word of the line.
  def first
    words.first
  end
end
"""
TCL = """\
#!/usr/bin/env tclsh

# Cut a text after so many characters, "}" included.
proc shorten {text size} {
    return [string range $text 0 [expr {$size - 1}]]
}

proc undocumented {n} {
    set double [expr {$n * 2}]
    return $double
}

# Print all words.
proc show {words} {
    foreach word $words { puts $word }
    return
}

# How many words there are.
proc ::words::count {text} {
    return [llength [split $text]]
}
"""
BASH = """\
#!/bin/bash
# Cut a text after so many characters.
shorten() {
  local text=$1 size=$2
  printf '%s\\n' "${text:0:size}"
}

undocumented() {
  local n=$1
  echo "$((n * 2))"
}

# Complain about a word.
complain() {
  local word=$1
  echo "no: $word" >&2
}

# How many words there are.
function count_words {
  set -- $1
  echo $#
}
# shellcheck disable=SC2034
# TODO: say it twice
ignored() {
  local again=$1
  echo "$again"
}
"""


def _lines(source: str, first: int, last: int, indent: int = 0) -> str:
    return "\n".join(line[indent:] for line in source.splitlines()[first - 1 : last])


FILES = {
    "lua": File(
        "words.lua",
        "words_spec.lua",
        LUA,
        ((8, "shorten"), (19, "words.count"), (32, "words.last")),
        _lines(LUA, 5, 11),
    ),
    "perl": File("Words.pm", "t/words.pl", PERL, ((10, "shorten"), (16, "count_words")), _lines(PERL, 4, 13)),
    "javascript": File(
        "words.js",
        "words.test.js",
        JAVASCRIPT,
        ((6, "shorten"), (11, "countWords"), (33, "joined")),
        _lines(JAVASCRIPT, 3, 8),
    ),
    "racket": File(
        "words.rkt",
        "words-test.rkt",
        RACKET,
        ((5, "shorten"), (15, "count-words"), (27, "backwards")),
        _lines(RACKET, 3, 8),
    ),
    "r": File("words.R", "test-words.R", R, ((5, "shorten"), (16, "count_words")), _lines(R, 1, 7)),
    "ocaml": File("words.ml", "test_words.ml", OCAML, ((2, "shorten"), (17, "count")), _lines(OCAML, 1, 4)),
    "haskell": File("Words.hs", "WordsSpec.hs", HASKELL, ((6, "shorten"), (24, "countWords")), _lines(HASKELL, 3, 9)),
    "ruby": File("words.rb", "words_test.rb", RUBY, ((5, "shorten"), (16, "count")), _lines(RUBY, 3, 7)),
    "tcl": File("words.tcl", "words-test.tcl", TCL, ((4, "shorten"), (20, "::words::count")), _lines(TCL, 3, 6)),
    "bash": File("words.sh", "test_words.sh", BASH, ((3, "shorten"), (20, "count_words")), _lines(BASH, 2, 6)),
    "go": File("words.go", "words_test.go", GO, ((6, "Shorten"), (30, "Count")), _lines(GO, 5, 11)),
    "rust": File("words.rs", "tests.rs", RUST, ((6, "shorten"), (23, "count")), _lines(RUST, 3, 8)),
    "cpp": File("words.hpp", "words_test.cpp", CPP, ((6, "shorten"), (17, "count")), _lines(CPP, 5, 8)),
    "java": File("Words.java", "WordsTest.java", JAVA, ((7, "shorten"),), _lines(JAVA, 4, 10, 4)),
    "elixir": File("words.ex", "words_test.ex", ELIXIR, ((8, "shorten"), (25, "count")), _lines(ELIXIR, 4, 12, 2)),
    "commonlisp": File(
        "words.lisp", "words-test.lisp", COMMONLISP, ((5, "shorten"), (15, "count-words")), _lines(COMMONLISP, 5, 8)
    ),
    "prolog": File(
        "words.pl",
        "test_words.pl",
        PROLOG,
        ((6, "shorten"), (24, "count_words"), (32, "repeated")),
        _lines(PROLOG, 3, 11),
    ),
}

# Code that is commented out, to be put directly above `undocumented`: it documents nothing.
OLD = {
    "lua": "-- local function old(text)\n--   return text .. text\n-- end\n",
    "perl": "# sub old {\n#     my ($text) = @_;\n#     return $text . $text;\n# }\n",
    "racket": "; (define (old text)\n;   (string-append text text))\n",
    "ruby": "# def old(text)\n#   text + text\n# end\n",
    "tcl": "# proc old {text} {\n#     return $text$text\n# }\n",
    "bash": '#old() {\n#  local text=$1\n#  echo "$text$text"\n#}\n',
    "go": "// func old(text string) string {\n// \treturn text + text\n// }\n",
    "cpp": "// std::string old(const std::string& text) {\n//     return text + text;\n// }\n",
    "commonlisp": ";; (defun old (text)\n;;   (concatenate 'string text text))\n",
    "prolog": "% old(Text, Twice) :-\n%     atom_concat(Text, Text, Twice).\n",
}
