"""Reference tasks, wide: strings and dictionaries, part 2 (written one by one for this project)."""


# easy | terse | lists of strings, length
def total_length(words):
    """Return the number of characters in all the strings of the list words together."""
    total = 0
    for w in words:
        total += len(w)
    return total


assert total_length(["cat", "horse"]) == 8
assert total_length(["a", "", "bc"]) == 3
assert total_length(["a b"]) == 3
assert total_length([""]) == 0
assert total_length(["x", "x", "x"]) == 3
assert total_length([]) == 0


# easy | imperative | dictionaries, sums
def sum_of_values(d):
    """Write a function that returns the sum of all values in the dictionary d."""
    return sum(d.values())


assert sum_of_values({"a": 1, "b": 2, "c": 3}) == 6
assert sum_of_values({"x": 10}) == 10
assert sum_of_values({"p": -2, "q": 5}) == 3
assert sum_of_values({"a": 4, "b": 4}) == 8
assert sum_of_values({"z": 0}) == 0
assert sum_of_values({}) == 0


# easy | question | strings, comparing
def starts_and_ends_alike(s):
    """Are the first and the last character of s the same? Case matters, one character alone counts as yes, and an empty string as no."""
    return s != "" and s[0] == s[-1]


assert starts_and_ends_alike("window") == True
assert starts_and_ends_alike("door") == False
assert starts_and_ends_alike("x") == True
assert starts_and_ends_alike("Anna") == False
assert starts_and_ends_alike("abca") == True
assert starts_and_ends_alike("") == False


# easy | given | tuples, swapping
def swap_pair(pair):
    """Given a tuple of two items, return a tuple with the same items in the other order."""
    a, b = pair
    return (b, a)


assert swap_pair(("x", "y")) == ("y", "x")
assert swap_pair((1, 2)) == (2, 1)
assert swap_pair(("age", 7)) == (7, "age")
assert swap_pair(("b", "a")) == ("a", "b")
assert swap_pair(("", "z")) == ("z", "")
assert swap_pair((5, 5)) == (5, 5)


# easy | story | strings, formatting, case
def name_on_list(first, last):
    """The school list shows each pupil as the last name in capital letters, a comma, a space and the first name as it is. Return that line."""
    return last.upper() + ", " + first


assert name_on_list("Ann", "Lee") == "LEE, Ann"
assert name_on_list("bob", "stone") == "STONE, bob"
assert name_on_list("Mary Jane", "Fox") == "FOX, Mary Jane"
assert name_on_list("Tom", "McDonald") == "MCDONALD, Tom"
assert name_on_list("LEO", "May") == "MAY, LEO"
assert name_on_list("A", "b") == "B, A"


# easy | spec | strings, padding
def pad_with_zeros(code, width):
    """Put as many "0" characters in front of the string code as are needed to make it width characters long. A code that is already that long or longer stays unchanged."""
    while len(code) < width:
        code = "0" + code
    return code


assert pad_with_zeros("7", 3) == "007"
assert pad_with_zeros("42", 2) == "42"
assert pad_with_zeros("12345", 3) == "12345"
assert pad_with_zeros("-5", 4) == "00-5"
assert pad_with_zeros("ab", 4) == "00ab"
assert pad_with_zeros("", 2) == "00"
assert pad_with_zeros("", 0) == ""


# easy | terse | strings, sets
def count_different_chars(s):
    """Return how many different characters s has; upper and lower case of a letter are different."""
    return len(set(s))


assert count_different_chars("banana") == 3
assert count_different_chars("abc") == 3
assert count_different_chars("aA") == 2
assert count_different_chars("a a") == 2
assert count_different_chars("zzzz") == 1
assert count_different_chars("") == 0


# easy | imperative | strings, digits
def keep_digits(text):
    """Write a function that returns a string made of only the digits of text, in their order."""
    out = ""
    for c in text:
        if c in "0123456789":
            out += c
    return out


assert keep_digits("a1b2c3") == "123"
assert keep_digits("tel. 040-55") == "04055"
assert keep_digits("no digits") == ""
assert keep_digits("2024") == "2024"
assert keep_digits("9 8 9") == "989"
assert keep_digits("") == ""


# easy | question | strings, comparing, ties
def which_is_longer(a, b):
    """Which of the strings a and b has more characters? If they have equally many, return a."""
    if len(b) > len(a):
        return b
    return a


assert which_is_longer("cat", "horse") == "horse"
assert which_is_longer("horse", "cat") == "horse"
assert which_is_longer("dog", "cat") == "dog"
assert which_is_longer("ant", "bee") == "ant"
assert which_is_longer("", "z") == "z"
assert which_is_longer("a   ", "zzz") == "a   "


# medium | given | dictionaries, merging
def add_counts(a, b):
    """Given two dictionaries of counts, return one with every key of either; a key in both gets the sum of its two counts."""
    result = dict(a)
    for key in b:
        result[key] = result.get(key, 0) + b[key]
    return result


assert add_counts({"x": 1}, {"x": 2}) == {"x": 3}
assert add_counts({"x": 1}, {"y": 2}) == {"x": 1, "y": 2}
assert add_counts({"a": 4, "b": 1}, {"b": 1, "c": 7}) == {"a": 4, "b": 2, "c": 7}
assert add_counts({}, {"q": 3}) == {"q": 3}
assert add_counts({"q": 3}, {}) == {"q": 3}
assert add_counts({"k": 2}, {"k": -2}) == {"k": 0}
assert add_counts({}, {}) == {}


# medium | story | lists of strings, sets, sorting
def guests_both_days(saturday, sunday):
    """A party lasts two days and each day has a list of guests. Return the names that are on both lists, each once, in alphabetical order."""
    both = set(saturday) & set(sunday)
    return sorted(both)


assert guests_both_days(["Tom", "Ann", "Kim"], ["Kim", "Tom"]) == ["Kim", "Tom"]
assert guests_both_days(["Ann"], ["Bob"]) == []
assert guests_both_days(["Zoe", "Zoe", "Al"], ["Al", "Zoe"]) == ["Al", "Zoe"]
assert guests_both_days([], ["Ann"]) == []
assert guests_both_days(["ann"], ["Ann"]) == []
assert guests_both_days(["C", "B", "A"], ["A", "B", "C"]) == ["A", "B", "C"]


# medium | spec | strings, sets
def first_char_seen_again(s):
    """Going through s from the left, return the first character that has already appeared earlier in s. If all characters differ, return the empty string."""
    seen = set()
    for c in s:
        if c in seen:
            return c
        seen.add(c)
    return ""


assert first_char_seen_again("abca") == "a"
assert first_char_seen_again("abba") == "b"
assert first_char_seen_again("hello") == "l"
assert first_char_seen_again("abc") == ""
assert first_char_seen_again("aAbB") == ""
assert first_char_seen_again("xyzzyx") == "z"
assert first_char_seen_again("") == ""


# medium | terse | strings, vowels, case
def only_vowels_upper(s):
    """Return s with its vowels (a, e, i, o, u, whichever case they had) in upper case and all its other letters in lower case."""
    out = ""
    for c in s.lower():
        if c in "aeiou":
            out += c.upper()
        else:
            out += c
    return out


assert only_vowels_upper("hello") == "hEllO"
assert only_vowels_upper("HELLO") == "hEllO"
assert only_vowels_upper("Big Yak") == "bIg yAk"
assert only_vowels_upper("xyz") == "xyz"
assert only_vowels_upper("IoU 1") == "IOU 1"
assert only_vowels_upper("") == ""


# medium | imperative | dictionaries, grouping, sorting
def keys_by_value(d):
    """Write a function that returns a dictionary from each value of d to the alphabetically sorted list of the keys that have it."""
    result = {}
    for key in sorted(d):
        if d[key] not in result:
            result[d[key]] = []
        result[d[key]].append(key)
    return result


assert keys_by_value({"a": 1, "b": 2}) == {1: ["a"], 2: ["b"]}
assert keys_by_value({"z": 1, "m": 1}) == {1: ["m", "z"]}
assert keys_by_value({"c": 3, "a": 3, "b": 0}) == {3: ["a", "c"], 0: ["b"]}
assert keys_by_value({"only": -1}) == {-1: ["only"]}
assert keys_by_value({"p": 2, "o": 2, "n": 2}) == {2: ["n", "o", "p"]}
assert keys_by_value({}) == {}


# medium | question | strings, sets
def how_many_shared_chars(a, b):
    """How many different characters occur in both a and b? Each is counted once, and case matters."""
    shared = set(a) & set(b)
    return len(shared)


assert how_many_shared_chars("apple", "maple") == 4
assert how_many_shared_chars("aaa", "aa") == 1
assert how_many_shared_chars("abc", "xyz") == 0
assert how_many_shared_chars("Cat", "cat") == 2
assert how_many_shared_chars("", "abc") == 0
assert how_many_shared_chars("noon", "onion") == 2


# hard | given | strings, dictionaries, patterns
def fits_pattern(pattern, text):
    """Given a pattern such as "abba" and a text of words separated by spaces, tell whether equal letters stand for equal words and different letters for different words, with as many words as letters."""
    words = text.split()
    if len(words) != len(pattern):
        return False
    for i in range(len(words)):
        for j in range(i):
            if (words[i] == words[j]) != (pattern[i] == pattern[j]):
                return False
    return True


assert fits_pattern("abba", "red blue blue red") == True
assert fits_pattern("abba", "red blue blue green") == False
assert fits_pattern("ab", "dog dog") == False
assert fits_pattern("aa", "dog cat") == False
assert fits_pattern("aab", "go go") == False
assert fits_pattern("abc", "x y z") == True
assert fits_pattern("", "") == True


# hard | story | strings, tuples, sets
def tiles_visited(moves):
    """A robot stands on a tiled floor and moves one tile for each letter of moves: U up, D down, L left, R right. Return how many different tiles it has been on, counting the starting tile."""
    steps = {"U": (0, 1), "D": (0, -1), "L": (-1, 0), "R": (1, 0)}
    x, y = 0, 0
    seen = {(0, 0)}
    for m in moves:
        dx, dy = steps[m]
        x += dx
        y += dy
        seen.add((x, y))
    return len(seen)


assert tiles_visited("UDUD") == 2
assert tiles_visited("RRR") == 4
assert tiles_visited("URDL") == 4
assert tiles_visited("LLRRU") == 4
assert tiles_visited("D") == 2
assert tiles_visited("ULDDRRUU") == 9
assert tiles_visited("") == 1


# hard | spec | strings, comparing
def one_edit_apart(a, b):
    """Return True if b can be made from a by exactly one change: replacing one character by a different one, adding one, or removing one. Equal strings give False."""
    if len(a) > len(b):
        a, b = b, a
    for i in range(len(b)):
        if len(a) == len(b) and a[i] != b[i]:
            return a[i + 1:] == b[i + 1:]
        if len(a) + 1 == len(b) and a == b[:i] + b[i + 1:]:
            return True
    return False


assert one_edit_apart("cat", "cut") == True
assert one_edit_apart("cat", "cart") == True
assert one_edit_apart("cart", "cat") == True
assert one_edit_apart("cat", "cat") == False
assert one_edit_apart("cat", "act") == False
assert one_edit_apart("", "a") == True
assert one_edit_apart("abc", "abcde") == False
assert one_edit_apart("abc", "dabx") == False
