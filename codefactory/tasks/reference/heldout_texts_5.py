"""Reference tasks, held out: words and texts, part 5 (written one by one for this project)."""


# easy | question | lists of strings, minimum
def first_in_alphabet(words):
    """Which of the lower-case words comes first in the alphabet? The list is never empty."""
    return min(words)


assert first_in_alphabet(["pear", "fig", "lime"]) == "fig"
assert first_in_alphabet(["x"]) == "x"
assert first_in_alphabet(["cart", "car"]) == "car"
assert first_in_alphabet(["bee", "ant", "ant"]) == "ant"


# easy | imperative | strings, case
def write_like_name(word):
    """Write the first letter of `word` in upper case and all other letters in lower case."""
    return word[:1].upper() + word[1:].lower()


assert write_like_name("anna") == "Anna"
assert write_like_name("BERLIN") == "Berlin"
assert write_like_name("x") == "X"
assert write_like_name("") == ""
assert write_like_name("mcDonald") == "Mcdonald"


# easy | terse | lists of strings, filtering
def words_of_length(words, n):
    """Return the `words` that have exactly `n` letters."""
    return [w for w in words if len(w) == n]


assert words_of_length(["cat", "go", "sun"], 3) == ["cat", "sun"]
assert words_of_length(["cat", "go"], 2) == ["go"]
assert words_of_length(["cat"], 4) == []
assert words_of_length([], 1) == []
assert words_of_length(["", "a"], 0) == [""]


# easy | given | strings, splitting
def name_before_at(mail):
    """Given the address `mail` with exactly one "@", return the part before the "@"."""
    return mail.split("@")[0]


assert name_before_at("tom@home.org") == "tom"
assert name_before_at("a.b@c.de") == "a.b"
assert name_before_at("@x") == ""
assert name_before_at("lisa7@") == "lisa7"


# easy | question | strings, checking
def has_star_at_both_ends(s):
    """Does `s` start with "*" and also end with "*"?"""
    return s.startswith("*") and s.endswith("*")


assert has_star_at_both_ends("*hi*") == True
assert has_star_at_both_ends("*hi") == False
assert has_star_at_both_ends("hi*") == False
assert has_star_at_both_ends("") == False
assert has_star_at_both_ends("*") == True
assert has_star_at_both_ends("*a*b*") == True


# easy | terse | strings, joining
def put_in_brackets(text):
    """Return the text with "[" before it and "]" after it."""
    return "[" + text + "]"


assert put_in_brackets("note") == "[note]"
assert put_in_brackets("a b") == "[a b]"
assert put_in_brackets("") == "[]"
assert put_in_brackets("[x]") == "[[x]]"


# easy | imperative | strings, slicing
def third_sixth_ninth(s):
    """Take the third, sixth, ninth and so on characters of `s` and return them as a string."""
    return s[2::3]


assert third_sixth_ninth("abcdefg") == "cf"
assert third_sixth_ninth("abc") == "c"
assert third_sixth_ninth("ab") == ""
assert third_sixth_ninth("112233445") == "235"
assert third_sixth_ninth("") == ""


# easy | question | lists of strings, parity
def has_odd_word_count(words):
    """Is the number of words in the list odd?"""
    return len(words) % 2 == 1


assert has_odd_word_count(["a", "b", "c"]) == True
assert has_odd_word_count(["one", "two"]) == False
assert has_odd_word_count([]) == False
assert has_odd_word_count(["x"]) == True
assert has_odd_word_count(["a", "a", "a", "a"]) == False


# easy | question | lists of strings, sorting, checking
def words_are_sorted(words):
    """Are the lower-case words of the list in alphabetical order already? Equal words may stand side by side."""
    return words == sorted(words)


assert words_are_sorted(["ant", "bee", "cat"]) == True
assert words_are_sorted(["bee", "ant"]) == False
assert words_are_sorted([]) == True
assert words_are_sorted(["a", "a", "b"]) == True
assert words_are_sorted(["cart", "car"]) == False


# easy | given | lists of strings, removing
def remove_word(words, word):
    """Given a list of words and a `word`, return the list without this word, wherever it stands."""
    result = []
    for w in words:
        if w != word:
            result.append(w)
    return result


assert remove_word(["no", "yes", "no"], "no") == ["yes"]
assert remove_word(["a", "b"], "a") == ["b"]
assert remove_word(["x", "x"], "x") == []
assert remove_word([], "a") == []
assert remove_word(["nose", "No"], "no") == ["nose", "No"]


# easy | question | strings, first, comparing
def same_first_letter(a, b):
    """Do the two non-empty words begin with the same letter?"""
    return a[0] == b[0]


assert same_first_letter("sun", "sea") == True
assert same_first_letter("sun", "moon") == False
assert same_first_letter("Sun", "sun") == False
assert same_first_letter("x", "xylophone") == True


# easy | terse | strings, counting, comparing
def more_x_than_y(s):
    """Return whether "x" occurs more often in `s` than "y"."""
    return s.count("x") > s.count("y")


assert more_x_than_y("xyx") == True
assert more_x_than_y("xy") == False
assert more_x_than_y("") == False
assert more_x_than_y("yyx") == False
assert more_x_than_y("x") == True


# easy | story | lists of strings, membership
def join_the_queue(queue, name):
    """Children wait in a queue. Return the list with `name` added at the end, but unchanged if the name is in it already."""
    if name in queue:
        return queue
    return queue + [name]


assert join_the_queue(["Ida", "Ben"], "Tim") == ["Ida", "Ben", "Tim"]
assert join_the_queue(["Ida", "Ben"], "Ida") == ["Ida", "Ben"]
assert join_the_queue([], "Ben") == ["Ben"]
assert join_the_queue(["ben"], "Ben") == ["ben", "Ben"]


# easy | spec | strings, digits, searching
def place_of_first_digit(text):
    """Return the position of the first digit in `text`, counting from 0. If it has no digit, return -1."""
    for i in range(len(text)):
        if text[i].isdigit():
            return i
    return -1


assert place_of_first_digit("room 12") == 5
assert place_of_first_digit("7up") == 0
assert place_of_first_digit("none") == -1
assert place_of_first_digit("") == -1
assert place_of_first_digit("a0") == 1


# medium | imperative | strings, vowels, replacing
def hide_vowels(s):
    """Replace each vowel (a, e, i, o, u) of the lower-case text `s` by "*"."""
    result = ""
    for c in s:
        if c in "aeiou":
            result += "*"
        else:
            result += c
    return result


assert hide_vowels("banana") == "b*n*n*"
assert hide_vowels("dry") == "dry"
assert hide_vowels("") == ""
assert hide_vowels("a tree") == "* tr**"
assert hide_vowels("io") == "**"


# medium | terse | lists of strings, maximum, positions
def place_of_longest_word(words):
    """Return the position of the longest word, counting from 0; the first one on a tie, -1 for an empty list."""
    if not words:
        return -1
    lengths = [len(w) for w in words]
    return lengths.index(max(lengths))


assert place_of_longest_word(["to", "seven", "cat"]) == 1
assert place_of_longest_word(["cat", "dog"]) == 0
assert place_of_longest_word([]) == -1
assert place_of_longest_word(["a", "b", "cc"]) == 2
assert place_of_longest_word(["one"]) == 0


# medium | given | lists of strings, mapping
def repeat_by_length(words):
    """Given a list of words, return a list where each word is repeated as often as it has letters, such as "nono" for "no"."""
    return [w * len(w) for w in words]


assert repeat_by_length(["no", "a"]) == ["nono", "a"]
assert repeat_by_length(["cat"]) == ["catcatcat"]
assert repeat_by_length([]) == []
assert repeat_by_length([""]) == [""]
assert repeat_by_length(["x", "up"]) == ["x", "upup"]


# medium | question | strings, palindromes, case
def is_mirror_word(word):
    """Is `word` the same when read backwards, if upper and lower case do not matter?"""
    small = word.lower()
    return small == small[::-1]


assert is_mirror_word("Anna") == True
assert is_mirror_word("Hannes") == False
assert is_mirror_word("") == True
assert is_mirror_word("abA") == True
assert is_mirror_word("ab") == False


# medium | spec | strings, neighbours
def neighbouring_pairs(s):
    """Return the list of all two characters that stand side by side in `s`, from left to right. A shorter `s` gives an empty list."""
    return [s[i:i + 2] for i in range(len(s) - 1)]


assert neighbouring_pairs("abcd") == ["ab", "bc", "cd"]
assert neighbouring_pairs("hi") == ["hi"]
assert neighbouring_pairs("x") == []
assert neighbouring_pairs("") == []
assert neighbouring_pairs("aaa") == ["aa", "aa"]


# hard | spec | strings, vowels, sorting, duplicates
def missing_vowels(s):
    """Return the vowels (a, e, i, o, u) that do not occur in `s` as one string in alphabetical order. Upper and lower case count the same."""
    return "".join(v for v in "aeiou" if v not in s.lower())


assert missing_vowels("Apple tree") == "iou"
assert missing_vowels("") == "aeiou"
assert missing_vowels("education") == ""
assert missing_vowels("IO") == "aeu"
assert missing_vowels("sky") == "aeiou"


# hard | imperative | lists of strings, searching, counting
def vowels_in_first_long_word(words):
    """Find the first lower-case word with more than 4 letters and count its vowels (a, e, i, o, u). Return 0 if there is no such word."""
    for w in words:
        if len(w) > 4:
            return sum(1 for c in w if c in "aeiou")
    return 0


assert vowels_in_first_long_word(["tea", "orange", "house"]) == 3
assert vowels_in_first_long_word(["tree", "sea"]) == 0
assert vowels_in_first_long_word([]) == 0
assert vowels_in_first_long_word(["grass", "banana"]) == 1
assert vowels_in_first_long_word(["queue"]) == 4
