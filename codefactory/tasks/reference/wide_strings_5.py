"""Reference tasks, wide: strings and dictionaries, part 5 (written one by one for this project)."""


# easy | terse | strings, vowels
def vowels_of(s):
    """Return only the lower-case vowels (a, e, i, o, u) of s, in their order, as a string."""
    return "".join([c for c in s if c in "aeiou"])


assert vowels_of("education") == "euaio"
assert vowels_of("banana") == "aaa"
assert vowels_of("Apple") == "e"
assert vowels_of("rhythm") == ""
assert vowels_of("a i r") == "ai"
assert vowels_of("") == ""


# easy | imperative | dictionaries, searching
def keys_holding(d, value):
    """Write a function that returns the keys of d whose value equals value, as an alphabetically sorted list."""
    keys = []
    for key in d:
        if d[key] == value:
            keys.append(key)
    return sorted(keys)


assert keys_holding({"a": 1, "b": 2, "c": 1}, 1) == ["a", "c"]
assert keys_holding({"z": 3, "y": 3}, 3) == ["y", "z"]
assert keys_holding({"a": 1}, 2) == []
assert keys_holding({"one": 0, "two": 5}, 5) == ["two"]
assert keys_holding({"m": -1, "l": 1}, -1) == ["m"]
assert keys_holding({}, 0) == []


# easy | question | strings, suffixes
def is_question(text):
    """Is the last character of text a question mark, when spaces at the end are not looked at?"""
    return text.rstrip(" ").endswith("?")


assert is_question("Who are you?") == True
assert is_question("Really?  ") == True
assert is_question("Stop!") == False
assert is_question("Why? Because.") == False
assert is_question("?") == True
assert is_question("?!") == False
assert is_question("") == False


# easy | given | strings, slicing
def swap_ends(s):
    """Given a string s, return it with its first and last characters exchanged; a string of fewer than two characters stays the same."""
    if len(s) < 2:
        return s
    return s[-1] + s[1:-1] + s[0]


assert swap_ends("table") == "eablt"
assert swap_ends("ab") == "ba"
assert swap_ends("abc") == "cba"
assert swap_ends("abcd") == "dbca"
assert swap_ends("x") == "x"
assert swap_ends("") == ""


# easy | story | lists of strings, membership
def can_cook(recipe, kitchen):
    """A cook looks at a recipe, a list of ingredients, and at the list of what is in the kitchen. Return whether everything the recipe names is there; how often a name is repeated does not matter."""
    for item in recipe:
        if item not in kitchen:
            return False
    return True


assert can_cook(["egg", "milk"], ["milk", "salt", "egg"]) == True
assert can_cook(["egg", "rice"], ["milk", "egg"]) == False
assert can_cook(["egg", "egg"], ["egg"]) == True
assert can_cook([], ["salt"]) == True
assert can_cook(["salt"], []) == False
assert can_cook(["Egg"], ["egg"]) == False
assert can_cook([], []) == True


# easy | spec | lists of strings, neighbours
def word_after(words, target):
    """Return the word that comes right after the first occurrence of target in the list words. If target is missing, or its first occurrence is the last word, return the empty string."""
    for i in range(len(words) - 1):
        if words[i] == target:
            return words[i + 1]
    return ""


assert word_after(["a", "b", "c"], "a") == "b"
assert word_after(["a", "b", "c"], "c") == ""
assert word_after(["a", "b", "c"], "x") == ""
assert word_after(["go", "up", "go", "down"], "go") == "up"
assert word_after(["x", "x"], "x") == "x"
assert word_after(["solo"], "solo") == ""
assert word_after([], "a") == ""


# easy | terse | strings, alphabet
def letters_from_to(first, last):
    """Return the lower-case letters from first to last, both included, in alphabetical order; the empty string if first comes after last."""
    out = ""
    for c in "abcdefghijklmnopqrstuvwxyz":
        if first <= c <= last:
            out += c
    return out


assert letters_from_to("a", "e") == "abcde"
assert letters_from_to("x", "z") == "xyz"
assert letters_from_to("m", "m") == "m"
assert letters_from_to("d", "b") == ""
assert letters_from_to("y", "z") == "yz"
assert letters_from_to("h", "l") == "hijkl"


# easy | imperative | dictionaries, removing
def without_key(d, key):
    """Write a function that returns a dictionary with all the entries of d except the one for key, if there is one."""
    result = {}
    for k in d:
        if k != key:
            result[k] = d[k]
    return result


assert without_key({"a": 1, "b": 2}, "a") == {"b": 2}
assert without_key({"a": 1, "b": 2}, "c") == {"a": 1, "b": 2}
assert without_key({"x": 5}, "x") == {}
assert without_key({"x": 5}, "X") == {"x": 5}
assert without_key({"ab": 1, "a": 1, "b": 1}, "a") == {"ab": 1, "b": 1}
assert without_key({}, "q") == {}


# easy | question | strings, comparing
def how_many_places_differ(a, b):
    """At how many positions do the strings a and b, which are equally long, have different characters?"""
    n = 0
    for x, y in zip(a, b):
        if x != y:
            n += 1
    return n


assert how_many_places_differ("cat", "cut") == 1
assert how_many_places_differ("abc", "abc") == 0
assert how_many_places_differ("abc", "cab") == 3
assert how_many_places_differ("Home", "home") == 1
assert how_many_places_differ("aabb", "abab") == 2
assert how_many_places_differ("", "") == 0


# medium | given | lists of strings, tuples, ties
def shortest_and_longest(words):
    """Given a non-empty list of words, return a tuple of its shortest and its longest word; on ties take the one that comes first in the list."""
    short = words[0]
    long = words[0]
    for w in words:
        if len(w) < len(short):
            short = w
        if len(w) > len(long):
            long = w
    return (short, long)


assert shortest_and_longest(["pear", "fig", "apple"]) == ("fig", "apple")
assert shortest_and_longest(["dog", "cat"]) == ("dog", "dog")
assert shortest_and_longest(["bb", "aa", "c", "d"]) == ("c", "bb")
assert shortest_and_longest(["one"]) == ("one", "one")
assert shortest_and_longest(["", "xyz", "abc"]) == ("", "xyz")
assert shortest_and_longest(["abc", "a", "abcd", "b"]) == ("a", "abcd")


# medium | story | dictionaries, formatting
def fruit_report(counts):
    """A farmer writes down the fruit in the store in alphabetical order, each as "NAME xN" with its count, and separates the entries by ", ". Fruit with count 0 is left out. Return the line."""
    parts = []
    for name in sorted(counts):
        if counts[name] != 0:
            parts.append(name + " x" + str(counts[name]))
    return ", ".join(parts)


assert fruit_report({"pear": 1, "apple": 3}) == "apple x3, pear x1"
assert fruit_report({"fig": 2}) == "fig x2"
assert fruit_report({"fig": 0, "kiwi": 10}) == "kiwi x10"
assert fruit_report({"plum": 4, "date": 4, "lime": 1}) == "date x4, lime x1, plum x4"
assert fruit_report({"fig": 0}) == ""
assert fruit_report({}) == ""


# medium | spec | strings, inserting
def insert_every(s, n, mark):
    """Cut s into pieces of n characters from the left (the last piece may be shorter) and return the pieces with mark between them. There is no mark at the end; an empty s gives the empty string; n is at least 1."""
    pieces = []
    for i in range(0, len(s), n):
        pieces.append(s[i:i + n])
    return mark.join(pieces)


assert insert_every("abcdef", 2, "-") == "ab-cd-ef"
assert insert_every("abcde", 2, "-") == "ab-cd-e"
assert insert_every("1234567", 3, " ") == "123 456 7"
assert insert_every("abc", 1, ", ") == "a, b, c"
assert insert_every("abc", 5, "-") == "abc"
assert insert_every("abc", 3, "-") == "abc"
assert insert_every("", 2, "-") == ""


# medium | terse | strings, alphabet, sums
def word_value(word):
    """Return the sum of the alphabet places of the letters of the lower-case word, with a = 1, b = 2, up to z = 26."""
    total = 0
    for c in word:
        total += ord(c) - ord("a") + 1
    return total


assert word_value("abc") == 6
assert word_value("z") == 26
assert word_value("cab") == 6
assert word_value("zoo") == 56
assert word_value("aaaa") == 4
assert word_value("") == 0


# medium | imperative | dictionaries, updating
def change_existing(d, changes):
    """Write a function that returns d with the values from the dictionary changes put in, but only for keys that d already has."""
    result = {}
    for key in d:
        if key in changes:
            result[key] = changes[key]
        else:
            result[key] = d[key]
    return result


assert change_existing({"a": 1, "b": 2}, {"b": 9}) == {"a": 1, "b": 9}
assert change_existing({"a": 1}, {"c": 5}) == {"a": 1}
assert change_existing({"a": 1, "b": 2}, {"a": 0, "b": 0, "c": 0}) == {"a": 0, "b": 0}
assert change_existing({"x": 7}, {}) == {"x": 7}
assert change_existing({}, {"x": 7}) == {}
assert change_existing({"k": 3}, {"K": 4}) == {"k": 3}


# medium | question | strings, vowels, runs
def how_many_vowel_groups(s):
    """How many groups of vowels (a, e, i, o, u) does the lower-case string s have, where vowels next to each other belong to one group?"""
    groups = 0
    before = False
    for c in s:
        now = c in "aeiou"
        if now and not before:
            groups += 1
        before = now
    return groups


assert how_many_vowel_groups("beautiful") == 3
assert how_many_vowel_groups("queue") == 1
assert how_many_vowel_groups("banana") == 3
assert how_many_vowel_groups("sky") == 0
assert how_many_vowel_groups("a e") == 2
assert how_many_vowel_groups("oasis") == 2
assert how_many_vowel_groups("") == 0


# hard | given | strings, dictionaries, encoding
def roman_value(numeral):
    """Given a Roman numeral of the letters I (1), V (5), X (10), L (50) and C (100), return its number; a letter is taken away instead of added when the next letter is worth more."""
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for i in range(len(numeral)):
        value = worth[numeral[i]]
        if i + 1 < len(numeral) and worth[numeral[i + 1]] > value:
            total -= value
        else:
            total += value
    return total


assert roman_value("III") == 3
assert roman_value("IV") == 4
assert roman_value("IX") == 9
assert roman_value("XIV") == 14
assert roman_value("XLII") == 42
assert roman_value("XCIX") == 99
assert roman_value("CLXVI") == 166


# hard | story | dictionaries, following links
def treasure_path(start, notes):
    """In a treasure hunt, notes maps a place to the place named on the note found there. Begin at start, follow the notes, and return the visited places in order; stop at a place without a note or when the next one was already visited."""
    path = [start]
    while path[-1] in notes:
        following = notes[path[-1]]
        if following in path:
            break
        path.append(following)
    return path


assert treasure_path("tree", {"tree": "well", "well": "barn"}) == ["tree", "well", "barn"]
assert treasure_path("barn", {"tree": "well", "well": "barn"}) == ["barn"]
assert treasure_path("a", {"a": "b", "b": "a"}) == ["a", "b"]
assert treasure_path("x", {"x": "x"}) == ["x"]
assert treasure_path("a", {"a": "b", "b": "c", "c": "b"}) == ["a", "b", "c"]
assert treasure_path("b", {"c": "d", "a": "c", "b": "a"}) == ["b", "a", "c", "d"]
assert treasure_path("q", {}) == ["q"]


# hard | spec | strings, splitting, dictionaries
def parse_settings(text):
    """Turn a text such as "a=1;b=20" into a dictionary from names to whole numbers. Pieces are separated by ";", spaces around names and numbers are dropped, pieces without "=" are skipped, and a later piece for the same name wins."""
    result = {}
    for piece in text.split(";"):
        if "=" in piece:
            name, number = piece.split("=")
            result[name.strip()] = int(number.strip())
    return result


assert parse_settings("a=1;b=20") == {"a": 1, "b": 20}
assert parse_settings(" size = 4 ; top=0") == {"size": 4, "top": 0}
assert parse_settings("a=1;fast;b=2") == {"a": 1, "b": 2}
assert parse_settings("a=1;a=5") == {"a": 5}
assert parse_settings("x=-3;") == {"x": -3}
assert parse_settings(";;") == {}
assert parse_settings("") == {}
