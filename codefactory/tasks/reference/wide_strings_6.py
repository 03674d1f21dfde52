"""Reference tasks, wide: strings and dictionaries, part 6 (written one by one for this project)."""


# easy | terse | strings, words, reversing
def words_backwards(text):
    """Return text with its words, separated by single spaces, in the opposite order (the words themselves unchanged)."""
    words = text.split(" ")
    return " ".join(reversed(words))


assert words_backwards("one two three") == "three two one"
assert words_backwards("hello") == "hello"
assert words_backwards("Go home") == "home Go"
assert words_backwards("a b a c") == "c a b a"
assert words_backwards("no, yes") == "yes no,"
assert words_backwards("") == ""


# easy | imperative | strings, case
def flip_case(s):
    """Write a function that turns the upper-case letters of s into lower case and the lower-case letters into upper case."""
    out = ""
    for c in s:
        if c.isupper():
            out += c.lower()
        else:
            out += c.upper()
    return out


assert flip_case("Hello") == "hELLO"
assert flip_case("abc") == "ABC"
assert flip_case("XYZ") == "xyz"
assert flip_case("a1-B2") == "A1-b2"
assert flip_case("To Do") == "tO dO"
assert flip_case("") == ""


# easy | question | strings, order
def letters_are_sorted(word):
    """Do the letters of the lower-case word already stand in alphabetical order (equal letters next to each other are fine)?"""
    for i in range(len(word) - 1):
        if word[i] > word[i + 1]:
            return False
    return True


assert letters_are_sorted("almost") == True
assert letters_are_sorted("apple") == False
assert letters_are_sorted("abbot") == True
assert letters_are_sorted("ba") == False
assert letters_are_sorted("aab") == True
assert letters_are_sorted("abca") == False
assert letters_are_sorted("") == True


# easy | given | strings, slicing
def first_half(s):
    """Given a string s, return its first half; when the length is odd, the middle character belongs to the first half."""
    return s[:(len(s) + 1) // 2]


assert first_half("abcd") == "ab"
assert first_half("abc") == "ab"
assert first_half("x") == "x"
assert first_half("xy") == "x"
assert first_half("weekday") == "week"
assert first_half("") == ""


# easy | story | strings, case, replacing
def clean_plate(plate):
    """A parking machine stores number plates without spaces and dashes and with all letters in upper case. Return plate the way the machine stores it."""
    return plate.replace(" ", "").replace("-", "").upper()


assert clean_plate("ab 12 cd") == "AB12CD"
assert clean_plate("xy-99-z") == "XY99Z"
assert clean_plate("K 7-b") == "K7B"
assert clean_plate("ABC123") == "ABC123"
assert clean_plate(" - ") == ""
assert clean_plate("m--4  4") == "M44"


# easy | spec | lists of strings, ties
def longest_word(words):
    """Return the longest word of the list words. If several are equally long, return the first of them; an empty list gives the empty string."""
    best = ""
    for w in words:
        if len(w) > len(best):
            best = w
    return best


assert longest_word(["fig", "banana", "kiwi"]) == "banana"
assert longest_word(["dog", "cat"]) == "dog"
assert longest_word(["a", "zz", "bb"]) == "zz"
assert longest_word(["one"]) == "one"
assert longest_word(["", "x"]) == "x"
assert longest_word([]) == ""


# easy | terse | strings, membership
def only_in_first(a, b):
    """Return the characters of a that do not occur in b, in their order and with repeats, as a string."""
    return "".join(c for c in a if c not in b)


assert only_in_first("banana", "an") == "b"
assert only_in_first("hello", "xyz") == "hello"
assert only_in_first("hello", "he") == "llo"
assert only_in_first("abc", "cba") == ""
assert only_in_first("Aa", "a") == "A"
assert only_in_first("abc", "") == "abc"
assert only_in_first("", "abc") == ""


# easy | imperative | dictionaries, filtering
def entries_above(d, limit):
    """Write a function that returns a dictionary with only those entries of d whose value is greater than limit."""
    return {key: value for key, value in d.items() if value > limit}


assert entries_above({"a": 1, "b": 5}, 3) == {"b": 5}
assert entries_above({"a": 3, "b": 4}, 3) == {"b": 4}
assert entries_above({"a": 1, "b": 2}, 0) == {"a": 1, "b": 2}
assert entries_above({"a": -2, "b": -8}, -5) == {"a": -2}
assert entries_above({"a": 1}, 9) == {}
assert entries_above({}, 0) == {}


# easy | question | strings, counting
def how_many_end_marks(text):
    """How many of the characters of text are a full stop, an exclamation mark or a question mark?"""
    return text.count(".") + text.count("!") + text.count("?")


assert how_many_end_marks("Hi! Are you ok? Yes.") == 3
assert how_many_end_marks("Wait...") == 3
assert how_many_end_marks("no marks, none") == 0
assert how_many_end_marks("What?!") == 2
assert how_many_end_marks("a;b:c") == 0
assert how_many_end_marks("") == 0


# medium | given | pairs, dictionaries, grouping
def members_by_team(pairs):
    """Given a list of (name, team) tuples, return a dictionary from each team to the list of its names in the order they come."""
    teams = {}
    for name, team in pairs:
        if team in teams:
            teams[team].append(name)
        else:
            teams[team] = [name]
    return teams


assert members_by_team([("Ann", "red"), ("Bob", "blue"), ("Cy", "red")]) == {"red": ["Ann", "Cy"], "blue": ["Bob"]}
assert members_by_team([("Zoe", "x"), ("Al", "x")]) == {"x": ["Zoe", "Al"]}
assert members_by_team([("Ann", "red"), ("Ann", "blue")]) == {"red": ["Ann"], "blue": ["Ann"]}
assert members_by_team([("Ann", "red"), ("Ann", "red")]) == {"red": ["Ann", "Ann"]}
assert members_by_team([("red", "Ann")]) == {"Ann": ["red"]}
assert members_by_team([]) == {}


# medium | story | lists of strings, neighbours
def is_word_chain(words):
    """In a party game every non-empty word must begin with the letter the word before it ended with. Return whether the list words, all lower case, keeps to this rule; a list of fewer than two words does."""
    for i in range(1, len(words)):
        if words[i][0] != words[i - 1][-1]:
            return False
    return True


assert is_word_chain(["dog", "goat", "tiger"]) == True
assert is_word_chain(["dog", "cat"]) == False
assert is_word_chain(["ant", "tea", "bee"]) == False
assert is_word_chain(["god", "god"]) == False
assert is_word_chain(["eye", "egg", "go", "o"]) == True
assert is_word_chain(["solo"]) == True
assert is_word_chain([]) == True


# medium | spec | strings, searching
def inside_brackets(s):
    """Return the text between the first "(" of s and the first ")" that comes after it, without the brackets. If there is no "(", or no ")" after it, return the empty string."""
    start = s.find("(")
    if start == -1:
        return ""
    end = s.find(")", start)
    if end == -1:
        return ""
    return s[start + 1:end]


assert inside_brackets("a(b)c") == "b"
assert inside_brackets("see (page 4) now") == "page 4"
assert inside_brackets("(x)(y)") == "x"
assert inside_brackets(")a(b)") == "b"
assert inside_brackets("oops (no end") == ""
assert inside_brackets("only end)") == ""
assert inside_brackets("()") == ""
assert inside_brackets("((a)b)") == "(a"


# medium | terse | strings, tuples, counting
def vowels_and_consonants(text):
    """Return a tuple of the number of vowels (a, e, i, o, u) and the number of other letters in text, which is lower case; characters that are not letters count for neither."""
    vowels = 0
    others = 0
    for c in text:
        if c in "aeiou":
            vowels += 1
        elif "a" <= c <= "z":
            others += 1
    return (vowels, others)


assert vowels_and_consonants("hello") == (2, 3)
assert vowels_and_consonants("aeiou") == (5, 0)
assert vowels_and_consonants("sky") == (0, 3)
assert vowels_and_consonants("a b, c!") == (1, 2)
assert vowels_and_consonants("123") == (0, 0)
assert vowels_and_consonants("") == (0, 0)


# medium | imperative | strings, rotation
def turn_right(s, k):
    """Write a function that moves the last character of s to its front k times (k is 0 or more, and may be larger than the length of s) and returns the result."""
    if s == "":
        return ""
    k = k % len(s)
    return s[len(s) - k:] + s[:len(s) - k]


assert turn_right("abcd", 1) == "dabc"
assert turn_right("abcd", 3) == "bcda"
assert turn_right("abcd", 0) == "abcd"
assert turn_right("abcd", 4) == "abcd"
assert turn_right("abc", 7) == "cab"
assert turn_right("x", 5) == "x"
assert turn_right("", 3) == ""


# medium | question | strings, counting
def which_letter_is_lost(word, mixed):
    """The string mixed holds the letters of word in any order, but exactly one letter of word is missing. Which one is it?"""
    for c in word:
        if mixed.count(c) < word.count(c):
            return c
    return ""


assert which_letter_is_lost("house", "eshu") == "o"
assert which_letter_is_lost("apple", "leap") == "p"
assert which_letter_is_lost("apple", "pple") == "a"
assert which_letter_is_lost("noon", "ono") == "n"
assert which_letter_is_lost("x", "") == "x"
assert which_letter_is_lost("aab", "aa") == "b"


# hard | given | strings, words, digits, sorting
def order_by_number(text):
    """Given a text of words separated by spaces, each holding exactly one digit and no two the same digit, return the words sorted by their digit, with the digits taken out and single spaces between."""
    by_digit = {}
    for word in text.split():
        for c in word:
            if c in "0123456789":
                by_digit[c] = word.replace(c, "")
    return " ".join(by_digit[d] for d in sorted(by_digit))


assert order_by_number("is2 this1 it3") == "this is it"
assert order_by_number("wor9ld 4hello") == "hello world"
assert order_by_number("a1") == "a"
assert order_by_number("z0 y8 x5") == "z x y"
assert order_by_number("b1 a2") == "b a"
assert order_by_number("Th3e do1g ate2") == "dog ate The"
assert order_by_number("") == ""


# hard | story | strings, counting, games
def guess_marks(secret, guess):
    """In a word game each letter of guess (as long as secret) gets "+" if it is in the right place. Then, left to right, the others get "?" if they equal an unused letter of secret (each usable once), else "-". Return the marks."""
    left = [s for s, g in zip(secret, guess) if s != g]
    marks = ""
    for s, g in zip(secret, guess):
        if s == g:
            marks += "+"
        elif g in left:
            marks += "?"
            left.remove(g)
        else:
            marks += "-"
    return marks


assert guess_marks("house", "house") == "+++++"
assert guess_marks("house", "mouse") == "-++++"
assert guess_marks("table", "bleat") == "?????"
assert guess_marks("abc", "cab") == "???"
assert guess_marks("abbey", "babes") == "??++-"
assert guess_marks("apple", "ppppp") == "-++--"
assert guess_marks("cold", "oozy") == "-+--"


# hard | spec | strings, splitting, comparing
def compare_versions(a, b):
    """Compare two version numbers such as "1.10.2", made of whole numbers separated by dots, number by number from the left. Return -1 if a is lower, 1 if a is higher, and 0 if they are equal; missing numbers at the end count as 0."""
    x = [int(p) for p in a.split(".")]
    y = [int(p) for p in b.split(".")]
    while len(x) < len(y):
        x.append(0)
    while len(y) < len(x):
        y.append(0)
    if x == y:
        return 0
    return -1 if x < y else 1


assert compare_versions("1.2", "1.10") == -1
assert compare_versions("2.0", "1.9") == 1
assert compare_versions("1.0.0", "1") == 0
assert compare_versions("1.0.1", "1") == 1
assert compare_versions("3", "3.0.4") == -1
assert compare_versions("1.02", "1.2") == 0
assert compare_versions("2", "2.0") == 0
assert compare_versions("10", "9.9.9") == 1
