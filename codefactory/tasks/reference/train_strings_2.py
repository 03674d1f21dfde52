"""Reference tasks, training: strings and dictionaries, part 2 (written one by one for this project)."""


# easy | terse | strings, trimming
def cut_leading_zeros(code):
    """Return code without any of the "0" characters at its beginning."""
    while code.startswith("0"):
        code = code[1:]
    return code


assert cut_leading_zeros("0042") == "42"
assert cut_leading_zeros("100") == "100"
assert cut_leading_zeros("0a0") == "a0"
assert cut_leading_zeros("000") == ""


# easy | imperative | strings, slicing
def every_second_char(s):
    """Write a function that returns the second, fourth, sixth ... characters of s, joined into a string."""
    return s[1::2]


assert every_second_char("abcdef") == "bdf"
assert every_second_char("abc") == "b"
assert every_second_char("a") == ""
assert every_second_char("") == ""


# easy | question | lists of strings, searching
def where_is(words, wanted):
    """At which index (from 0) does wanted first appear in the list words? Return -1 if it does not appear."""
    for i in range(len(words)):
        if words[i] == wanted:
            return i
    return -1


assert where_is(["a", "b", "c"], "c") == 2
assert where_is(["x", "y", "x"], "x") == 0
assert where_is(["cat"], "Cat") == -1
assert where_is([], "a") == -1


# easy | given | tuples, formatting
def age_sentence(person):
    """Given a tuple of a name and an age, return the sentence "NAME is AGE years old", such as "Ann is 7 years old"."""
    name, age = person
    return name + " is " + str(age) + " years old"


assert age_sentence(("Bob", 12)) == "Bob is 12 years old"
assert age_sentence(("Mia", 1)) == "Mia is 1 years old"
assert age_sentence(("Old Tom", 99)) == "Old Tom is 99 years old"
assert age_sentence(("Joe", 0)) == "Joe is 0 years old"


# easy | story | lists of strings, membership
def count_missing_books(shelf, wanted):
    """A reader has a list of wanted titles, all different. How many of them are not on the shelf, which is a list of titles?"""
    return len([title for title in wanted if title not in shelf])


assert count_missing_books(["Emma", "Dune"], ["Dune", "Ulysses"]) == 1
assert count_missing_books([], ["Dune", "Emma"]) == 2
assert count_missing_books(["Dune"], []) == 0
assert count_missing_books(["dune"], ["Dune"]) == 1


# easy | spec | strings, slicing
def shorten(s, n):
    """If s has more than n characters, return its first n characters followed by "..."; otherwise return s unchanged."""
    if len(s) > n:
        return s[:n] + "..."
    return s


assert shorten("elephant", 3) == "ele..."
assert shorten("cat", 3) == "cat"
assert shorten("hi", 5) == "hi"
assert shorten("abc", 0) == "..."
assert shorten("", 0) == ""


# easy | terse | strings, sorting
def letters_in_order(word):
    """Return the letters of word, which is all lower case, in alphabetical order as one string."""
    return "".join(sorted(word))


assert letters_in_order("hello") == "ehllo"
assert letters_in_order("cab") == "abc"
assert letters_in_order("zz") == "zz"
assert letters_in_order("") == ""


# easy | imperative | dictionaries, maximum
def highest_value(d):
    """Write a function that returns the largest value in the dictionary d, or 0 if d is empty."""
    if not d:
        return 0
    return max(d.values())


assert highest_value({"a": 4, "b": 9}) == 9
assert highest_value({"a": -3, "b": -5}) == -3
assert highest_value({"one": 1}) == 1
assert highest_value({}) == 0


# easy | question | strings, case, comparing
def same_ignoring_case(a, b):
    """Are the strings a and b equal when upper and lower case are treated as the same?"""
    return a.lower() == b.lower()


assert same_ignoring_case("Cat", "cAT") == True
assert same_ignoring_case("cat", "cats") == False
assert same_ignoring_case("", "") == True
assert same_ignoring_case("ab", "ba") == False


# medium | given | dictionaries, counting, words
def count_by_first_letter(words):
    """Given a list of non-empty words, return a dictionary from each first letter to the number of words that begin with it."""
    counts = {}
    for w in words:
        first = w[0]
        if first in counts:
            counts[first] += 1
        else:
            counts[first] = 1
    return counts


assert count_by_first_letter(["ant", "bee", "ape"]) == {"a": 2, "b": 1}
assert count_by_first_letter(["Ant", "ape"]) == {"A": 1, "a": 1}
assert count_by_first_letter(["x"]) == {"x": 1}
assert count_by_first_letter([]) == {}


# medium | story | pairs, dictionaries, sums
def team_totals(results):
    """A coach keeps a list of (team, points) pairs, one for each match. Return a dictionary from each team to all its points added up."""
    totals = {}
    for team, points in results:
        totals[team] = totals.get(team, 0) + points
    return totals


assert team_totals([("red", 3), ("blue", 1), ("red", 2)]) == {"red": 5, "blue": 1}
assert team_totals([("red", 0)]) == {"red": 0}
assert team_totals([("a", 4), ("a", -4)]) == {"a": 0}
assert team_totals([]) == {}


# medium | spec | dictionaries, swapping
def swap_keys_and_values(d):
    """Return a dictionary with the values of d as keys and its keys as values. If several keys share a value, the alphabetically last key is kept."""
    result = {}
    for key in sorted(d):
        result[d[key]] = key
    return result


assert swap_keys_and_values({"a": 1, "b": 2}) == {1: "a", 2: "b"}
assert swap_keys_and_values({"z": 5, "m": 5}) == {5: "z"}
assert swap_keys_and_values({"x": 0, "y": 0, "w": 3}) == {0: "y", 3: "w"}
assert swap_keys_and_values({}) == {}


# medium | terse | strings, case
def alternate_case(s):
    """Return s with its first character in upper case, its second in lower case, its third in upper case, and so on."""
    out = ""
    for i, c in enumerate(s):
        out += c.upper() if i % 2 == 0 else c.lower()
    return out


assert alternate_case("hello") == "HeLlO"
assert alternate_case("ABCD") == "AbCd"
assert alternate_case("a b c") == "A B C"
assert alternate_case("") == ""


# medium | imperative | strings, merging
def interleave(a, b):
    """Write a function that takes characters from a and b in turn, starting with a; once one is used up, the rest of the other is added."""
    out = ""
    i = 0
    while i < len(a) or i < len(b):
        out += a[i:i + 1] + b[i:i + 1]
        i += 1
    return out


assert interleave("ace", "bdf") == "abcdef"
assert interleave("a", "xyz") == "axyz"
assert interleave("hello", "-") == "h-ello"
assert interleave("", "ab") == "ab"
assert interleave("", "") == ""


# medium | question | strings, counting
def chars_seen_once(s):
    """Which characters occur exactly once in s? Return them in the order they appear, as a string."""
    return "".join(c for c in s if s.count(c) == 1)


assert chars_seen_once("banana") == "b"
assert chars_seen_once("hello") == "heo"
assert chars_seen_once("aabb") == ""
assert chars_seen_once("Aa") == "Aa"
assert chars_seen_once("") == ""


# hard | given | strings, encoding
def caesar_shift(text, k):
    """Given a text and a number k from 0 to 25, move each lower-case letter k places forward in the alphabet, going from z on to a. Other characters stay."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    out = ""
    for c in text:
        if c in letters:
            out += letters[(letters.index(c) + k) % 26]
        else:
            out += c
    return out


assert caesar_shift("abc", 1) == "bcd"
assert caesar_shift("xyz", 3) == "abc"
assert caesar_shift("Hi, you!", 2) == "Hk, aqw!"
assert caesar_shift("same", 0) == "same"
assert caesar_shift("", 5) == ""


# hard | story | lists of strings, prefixes
def shared_beginning(names):
    """Photos from a trip have file names that may begin alike. Return the longest beginning shared by all names in the list; an empty list gives the empty string."""
    if not names:
        return ""
    start = names[0]
    for name in names:
        while not name.startswith(start):
            start = start[:-1]
    return start


assert shared_beginning(["beach1", "beach2", "bear"]) == "bea"
assert shared_beginning(["sun", "moon"]) == ""
assert shared_beginning(["pic", "picture"]) == "pic"
assert shared_beginning(["solo"]) == "solo"
assert shared_beginning([]) == ""
