"""Files of source code in languages that are compiled or made of forms; `sources` says what counts in them."""

from __future__ import annotations

OCAML = """\
(** Cut a text after so many characters. *)
let shorten text size =
  if String.length text <= size then text
  else String.sub text 0 size

let undocumented n =
  let double = n * 2 in
  double

(* A plain remark about the next one. *)
let remarked n =
  let double = n * 2 in
  double

module Words = struct
  (** How many words there are. *)
  let count text =
    String.split_on_char ' ' text
    |> List.length
end

(** The words that everything begins with. *)
let first =
  [ "a";
    "the" ]

(** Print all words. *)
let show words : unit =
  List.iter
    print_endline words
"""
HASKELL = """\
module Words (shorten) where

-- | Cut a text after so many characters.
-- What is short stays.
shorten :: Int -> String -> String
shorten 0 _ = ""
-- none left
shorten _ "" = ""
shorten n (c : rest) = c : shorten (n - 1) rest

undocumented :: Int -> Int
undocumented n =
  let double = n * 2
   in double

-- A plain remark about the next one.
remarked :: Int -> Int
remarked n
  | n > 0 = 1
  | otherwise = 0

-- | How many words there are.
countWords :: String -> Int
countWords =
  length . words

-- | Print all words.
showWords :: [String] -> IO ()
showWords list =
  mapM_ putStrLn list

-- | The words that everything begins with.
firstWords :: [String]
firstWords =
  ["a", "the"]
"""
GO = """\
package words

import "strings"

// Shorten cuts a text after so many characters.
func Shorten(text string, size int) string {
	if len(text) <= size {
		return text
	}
	return text[:size]
}

func undocumented(n int) int {
	double := n * 2
	return double
}

// Show prints all words.
func Show(words []string) {
	println(strings.Join(words, " "))
	return
}

// Own gives the line's words.
func (line Line) Own() []string {
	return line.words
}

// Count says how many words there are.
func Count(text string) (n int, err error) {
	n = len(strings.Fields(text))
	return
}
"""
RUST = """\
//! Functions about words.

/// Cuts a text after so many characters.
#[inline]
#[must_use]
pub fn shorten(text: &str, size: usize) -> String {
    text.chars().take(size).collect()
}

// A plain remark about the next one.
fn remarked(n: i64) -> i64 {
    let double = n * 2;
    double
}

/// Prints all words.
pub fn show(words: &[String]) {
    println!("{}", words.join(" "));
}

mod inner {
    /// How many words there are.
    pub(crate) fn count(text: &str) -> usize {
        text.split_whitespace().count()
    }
}

impl Line {
    /// The line's own words.
    pub fn own(&self) -> Vec<String> {
        self.words.clone()
    }
}

#[cfg(test)]
mod tests {
    /// A word to test with.
    fn word() -> String {
        "word".to_string()
    }
}
"""
CPP = """\
#ifndef WORDS_H
#define WORDS_H
#include <string>

/// Cuts a text after so many characters.
inline std::string shorten(const std::string& text, std::size_t size = 3) {
    return text.substr(0, size);
}

int undocumented(int n) {
    int twice = n * 2;
    return twice;
}

namespace words {
// How many items there are.
template <typename List>
std::size_t count(const List& list) {
    return list.size();
}

/** Prints a word. */
void show(const std::string& word) {
    puts(word.c_str());
}

/** The line's own words. */
Words Line::own() const {
    return words_;
}

/** Which word comes first. */
bool operator<(const Word& one, const Word& other) {
    return one.text < other.text;
}
}  // namespace words

/* Everything begins here. */
int main() {
    return 0;
}
#endif
"""
JAVA = """\
package words;

public final class Words {
    /**
     * Cuts a text after so many characters.
     */
    @SuppressWarnings("unused")
    public static String shorten(String text, int size) {
        return text.substring(0, size);
    }

    static int undocumented(int n) {
        int twice = n * 2;
        return twice;
    }

    /** Prints a word. */
    public static void show(String word) {
        System.out.println(word);
    }

    /** The object's own words. */
    public List<String> own() {
        return words;
    }
}
"""
ELIXIR = '''\
defmodule Words do
  @moduledoc "Functions about words."

  @doc """
  Cuts a text after so many characters.
  """
  @spec shorten(String.t(), integer) :: String.t()
  def shorten(text, 0) when is_binary(text), do: ""

  def shorten(text, size) do
    String.slice(text, 0, size)
  end

  @doc false
  def hidden(n) do
    n * 2
  end

  # A plain remark about the next one.
  def remarked(n) do
    n * 2
  end

  @doc "How many words there are."
  def count(text) do
    text |> String.split() |> length()
  end
end
'''
COMMONLISP = """\
;;; Functions about words.

(in-package :words)

(defun shorten (text size &key (from 0))
  "Cut a text after so many characters; \\"short\\" ones stay."
  (subseq text from
          (min size (length text))))

(defun undocumented (n)
  (let ((double (* n 2)))
    double))

;; How many words there are.
(defun count-words (text)
  (length
   (split text)))

(defvar *words* nil
  "All words."
  )
"""
PROLOG = """\
:- module(words, [shorten/3]).

%!  shorten(+List, +Size, -Short) is det.
%
%   The first elements of a list, 0.5 of it or so.
shorten(_, 0, []) :- !.
% an empty one
shorten([], _, []).
shorten([H|T], N, [H|R]) :-
    M is N - 1,
    shorten(T, M, R).

undocumented(N, M) :-
    N > 0,
    M is N * 2,
    true.

% The words that everything begins with.
first(a).
first(the).
first(an).

% How many words there are.
count_words(Text, N) :-
    split_string(Text, " ", "", Words),
    length(Words, N).

%!  repeated(+Text, -Twice) is det.
%
%   The text twice, one after the other.

repeated(Text, Twice) :-
    atom_concat(Text, Text, Twice).

:- begin_tests(words).
% a test of the first
test(shorten, X == []) :-
    shorten([a], 0, X),
    true.
:- end_tests(words).
"""
