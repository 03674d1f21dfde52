"""Reference tasks, wide: strings and dictionaries, part 4 (written one by one for this project)."""


# easy | terse | strings, slicing
def last_three(s):
    """Return the last three characters of s, or all of s if it has fewer than three."""
    return s[-3:]


assert last_three("elephant") == "ant"
assert last_three("cats") == "ats"
assert last_three("cat") == "cat"
assert last_three("hi") == "hi"
assert last_three("a b ") == " b "
assert last_three("") == ""


# easy | imperative | lists of strings, sets
def drop_repeats(words):
    """Write a function that returns the words of the list without repeats, each at the place where it first appeared."""
    result = []
    for w in words:
        if w not in result:
            result.append(w)
    return result


assert drop_repeats(["b", "a", "b"]) == ["b", "a"]
assert drop_repeats(["x", "x", "x"]) == ["x"]
assert drop_repeats(["Hi", "hi"]) == ["Hi", "hi"]
assert drop_repeats(["c", "b", "a"]) == ["c", "b", "a"]
assert drop_repeats(["a", "b", "a", "c", "b"]) == ["a", "b", "c"]
assert drop_repeats([]) == []


# easy | question | strings, prefixes
def begins_with(s, start):
    """Are the first characters of s exactly the string start? An empty start always gives True."""
    return s[:len(start)] == start


assert begins_with("sunflower", "sun") == True
assert begins_with("sunflower", "flower") == False
assert begins_with("sun", "sunny") == False
assert begins_with("Sun", "sun") == False
assert begins_with("sun", "sun") == True
assert begins_with("abc", "") == True
assert begins_with("", "") == True


# easy | given | dictionaries, updating
def with_one_more(counts, key):
    """Given a dictionary of counts and a key, return it with the count of key raised by one; a key that was missing gets the count 1."""
    result = dict(counts)
    result[key] = result.get(key, 0) + 1
    return result


assert with_one_more({"a": 1}, "a") == {"a": 2}
assert with_one_more({"a": 1}, "b") == {"a": 1, "b": 1}
assert with_one_more({}, "x") == {"x": 1}
assert with_one_more({"p": 0, "q": 5}, "p") == {"p": 1, "q": 5}
assert with_one_more({"p": 0, "q": 5}, "q") == {"p": 0, "q": 6}
assert with_one_more({"a": 3}, "A") == {"a": 3, "A": 1}


# easy | story | strings, numbers
def train_sign(place, minutes):
    """A station sign shows "PLACE: N min" for a train that leaves in N minutes, but "PLACE: now" when N is 0. Return the text of the sign."""
    if minutes == 0:
        return place + ": now"
    return place + ": " + str(minutes) + " min"


assert train_sign("York", 5) == "York: 5 min"
assert train_sign("York", 0) == "York: now"
assert train_sign("Oslo S", 12) == "Oslo S: 12 min"
assert train_sign("Rome", 1) == "Rome: 1 min"
assert train_sign("bern", 60) == "bern: 60 min"
assert train_sign("X", 10) == "X: 10 min"


# easy | spec | dictionaries, maximum, ties
def key_of_largest(d):
    """Return the key with the largest value in d. On a tie return the key that is first in alphabetical order; an empty dictionary gives the empty string."""
    best = ""
    for key in sorted(d):
        if best == "" or d[key] > d[best]:
            best = key
    return best


assert key_of_largest({"a": 1, "b": 3, "c": 2}) == "b"
assert key_of_largest({"z": 4, "k": 4}) == "k"
assert key_of_largest({"k": 4, "z": 4, "a": 1}) == "k"
assert key_of_largest({"x": -5, "y": -2}) == "y"
assert key_of_largest({"one": 0}) == "one"
assert key_of_largest({}) == ""


# easy | terse | strings, alphabet
def place_in_alphabet(letter):
    """Return the place of letter in the alphabet, counting a (or A) as 1 and z (or Z) as 26."""
    return "abcdefghijklmnopqrstuvwxyz".index(letter.lower()) + 1


assert place_in_alphabet("a") == 1
assert place_in_alphabet("z") == 26
assert place_in_alphabet("C") == 3
assert place_in_alphabet("m") == 13
assert place_in_alphabet("Z") == 26
assert place_in_alphabet("h") == 8


# easy | imperative | lists, pairs
def make_pairs(names, ages):
    """Write a function that returns the list of (name, age) tuples taken in step from the two lists; what is left over in a longer list is ignored."""
    return list(zip(names, ages))


assert make_pairs(["Ann", "Bob"], [7, 9]) == [("Ann", 7), ("Bob", 9)]
assert make_pairs(["Ann", "Bob"], [7]) == [("Ann", 7)]
assert make_pairs(["Ann"], [7, 9]) == [("Ann", 7)]
assert make_pairs([], [1]) == []
assert make_pairs(["x", "x"], [2, 1]) == [("x", 2), ("x", 1)]
assert make_pairs([], []) == []


# easy | question | lists of strings, counting
def how_many_shorter(words, n):
    """How many words of the list have fewer than n letters?"""
    count = 0
    for w in words:
        if len(w) < n:
            count += 1
    return count


assert how_many_shorter(["a", "bb", "ccc"], 3) == 2
assert how_many_shorter(["a", "bb", "ccc"], 1) == 0
assert how_many_shorter(["a", "bb", "ccc"], 9) == 3
assert how_many_shorter(["four", "four"], 4) == 0
assert how_many_shorter(["", "x"], 1) == 1
assert how_many_shorter([], 5) == 0


# medium | given | dictionaries, positions
def positions_of_chars(s):
    """Given a string s, return a dictionary from each of its characters to the list of indexes (from 0) where it stands, in rising order."""
    places = {}
    for i, c in enumerate(s):
        if c not in places:
            places[c] = []
        places[c].append(i)
    return places


assert positions_of_chars("aba") == {"a": [0, 2], "b": [1]}
assert positions_of_chars("xyz") == {"x": [0], "y": [1], "z": [2]}
assert positions_of_chars("Aa") == {"A": [0], "a": [1]}
assert positions_of_chars("  ") == {" ": [0, 1]}
assert positions_of_chars("noon") == {"n": [0, 3], "o": [1, 2]}
assert positions_of_chars("") == {}


# medium | story | strings, editing
def typed_text(keys):
    """On an old keyboard every key types its character, only "<" deletes the last character typed so far (it does nothing if there is none). Return the text left at the end."""
    text = ""
    for k in keys:
        if k == "<":
            text = text[:-1]
        else:
            text += k
    return text


assert typed_text("helo<lo") == "hello"
assert typed_text("abc<<") == "a"
assert typed_text("<ab") == "ab"
assert typed_text("a<<<b") == "b"
assert typed_text("x y<z") == "x z"
assert typed_text("ab<<") == ""
assert typed_text("") == ""


# medium | spec | strings, words, case
def book_title(text):
    """Write every word of the lower-case text with an upper-case first letter, except the words "of", "the" and "and", which stay lower case unless they come first. Words are separated by single spaces."""
    small = ["of", "the", "and"]
    out = []
    for w in text.split(" "):
        if w in small and len(out) > 0:
            out.append(w)
        else:
            out.append(w[:1].upper() + w[1:])
    return " ".join(out)


assert book_title("the lord of the rings") == "The Lord of the Rings"
assert book_title("war and peace") == "War and Peace"
assert book_title("of mice and men") == "Of Mice and Men"
assert book_title("a tale of two cities") == "A Tale of Two Cities"
assert book_title("then office andy") == "Then Office Andy"
assert book_title("and") == "And"
assert book_title("") == ""


# medium | terse | strings, counting, sorting
def odd_count_chars(s):
    """Return the characters that occur an odd number of times in the lower-case string s, each once, in alphabetical order, as one string."""
    out = ""
    for c in sorted(set(s)):
        if s.count(c) % 2 == 1:
            out += c
    return out


assert odd_count_chars("banana") == "ab"
assert odd_count_chars("aabb") == ""
assert odd_count_chars("zyx") == "xyz"
assert odd_count_chars("mississippi") == "m"
assert odd_count_chars("ccc") == "c"
assert odd_count_chars("") == ""


# medium | imperative | strings, encoding
def mirror_letters(s):
    """Write a function that replaces each lower-case letter of s by the one at the opposite place of the alphabet (a by z, b by y, ...) and leaves all other characters alone."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    out = ""
    for c in s:
        if c in letters:
            out += letters[25 - letters.index(c)]
        else:
            out += c
    return out


assert mirror_letters("abc") == "zyx"
assert mirror_letters("zyx") == "abc"
assert mirror_letters("hello") == "svool"
assert mirror_letters("mn") == "nm"
assert mirror_letters("Ab 1!") == "Ay 1!"
assert mirror_letters("") == ""


# medium | question | strings, counting
def can_spell(word, tiles):
    """Can word be laid with the letter tiles in the string tiles, using each tile at most once? Case matters; the empty word can always be laid."""
    for c in word:
        if word.count(c) > tiles.count(c):
            return False
    return True


assert can_spell("cat", "tacos") == True
assert can_spell("book", "bok") == False
assert can_spell("noon", "nonoo") == True
assert can_spell("Cat", "cat") == False
assert can_spell("dog", "") == False
assert can_spell("aab", "abb") == False
assert can_spell("", "xyz") == True


# hard | given | strings, palindromes, ties
def longest_mirror_part(s):
    """Given a string s, return its longest block of neighbouring characters that reads the same backwards; if several are equally long, the leftmost. Empty s gives the empty string."""
    best = ""
    for i in range(len(s)):
        for j in range(i + 1, len(s) + 1):
            part = s[i:j]
            if part == part[::-1] and len(part) > len(best):
                best = part
    return best


assert longest_mirror_part("xabbay") == "abba"
assert longest_mirror_part("banana") == "anana"
assert longest_mirror_part("abc") == "a"
assert longest_mirror_part("abacdc") == "aba"
assert longest_mirror_part("noon") == "noon"
assert longest_mirror_part("aAa") == "aAa"
assert longest_mirror_part("") == ""


# hard | story | lists of strings, grids
def hidden_in_grid(rows, word):
    """In a puzzle, rows is a list of strings of equal length that form a grid. Tell whether the non-empty word can be read in it from left to right along a row or from top to bottom along a column."""
    for row in rows:
        if word in row:
            return True
    for i in range(len(rows[0]) if rows else 0):
        column = "".join(row[i] for row in rows)
        if word in column:
            return True
    return False


assert hidden_in_grid(["cat", "oxo", "wet"], "cat") == True
assert hidden_in_grid(["cat", "oxo", "wet"], "cow") == True
assert hidden_in_grid(["cat", "oxo", "wet"], "tot") == True
assert hidden_in_grid(["cat", "oxo", "wet"], "tac") == False
assert hidden_in_grid(["cat", "oxo", "wet"], "cxt") == False
assert hidden_in_grid(["abcd", "efgh"], "bf") == True
assert hidden_in_grid(["abcd", "efgh"], "de") == False
assert hidden_in_grid([], "a") == False


# hard | spec | strings, counting, pairs, ties
def most_common_pair(s):
    """Return the two-character block that occurs most often in s, where blocks may overlap. On a tie return the one that appears first in s; with fewer than two characters return the empty string."""
    counts = {}
    for i in range(len(s) - 1):
        pair = s[i:i + 2]
        counts[pair] = counts.get(pair, 0) + 1
    best = ""
    for pair in counts:
        if best == "" or counts[pair] > counts[best]:
            best = pair
    return best


assert most_common_pair("banana") == "an"
assert most_common_pair("abcd") == "ab"
assert most_common_pair("xaaaa") == "aa"
assert most_common_pair("zyzyab ab ab") == "ab"
assert most_common_pair("hi") == "hi"
assert most_common_pair("x") == ""
assert most_common_pair("") == ""
