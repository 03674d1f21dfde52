"""Reference tasks, training: words and texts, part 1 (written one by one for this project)."""


# easy | terse | lists of strings, counting
def count_long_words(words):
    """Return how many of the `words` have more than 5 letters."""
    return sum(1 for w in words if len(w) > 5)


assert count_long_words(["garden", "table", "butter"]) == 2
assert count_long_words(["apple", "pear"]) == 0
assert count_long_words([]) == 0
assert count_long_words(["window"]) == 1


# easy | question | strings, counting
def count_vowels(s):
    """How many vowels (a, e, i, o, u) are in the lower-case text `s`?"""
    count = 0
    for c in s:
        if c in "aeiou":
            count += 1
    return count


assert count_vowels("banana") == 3
assert count_vowels("sky") == 0
assert count_vowels("") == 0
assert count_vowels("a big house") == 5


# easy | imperative | lists of strings, mapping
def word_lengths(words):
    """Make a list that tells the length of each word, in the same order."""
    return [len(w) for w in words]


assert word_lengths(["to", "be", "open"]) == [2, 2, 4]
assert word_lengths([]) == []
assert word_lengths(["", "x"]) == [0, 1]
assert word_lengths(["seven"]) == [5]


# easy | terse | lists of strings, joining
def join_first_letters(words):
    """Return the first letters of the words as one string. No word is empty."""
    return "".join(w[0] for w in words)


assert join_first_letters(["red", "owl", "we"]) == "row"
assert join_first_letters([]) == ""
assert join_first_letters(["Kite"]) == "K"
assert join_first_letters(["a", "a", "b"]) == "aab"


# easy | question | lists of strings, checking
def any_word_ends_with_s(words):
    """Is there a word in `words` that ends with the letter "s"?"""
    for w in words:
        if w.endswith("s"):
            return True
    return False


assert any_word_ends_with_s(["cat", "dogs"]) == True
assert any_word_ends_with_s(["sun", "best"]) == False
assert any_word_ends_with_s([]) == False
assert any_word_ends_with_s(["s"]) == True


# easy | given | sentences, maximum
def longest_length_in_sentence(sentence):
    """Given a sentence, return the length of its longest word, or 0 if it has no words."""
    return max((len(w) for w in sentence.split()), default=0)


assert longest_length_in_sentence("we like summer") == 6
assert longest_length_in_sentence("") == 0
assert longest_length_in_sentence("hello you") == 5
assert longest_length_in_sentence("a b c") == 1


# easy | spec | strings, removing
def remove_spaces(text):
    """Return the `text` without its spaces. All other characters stay."""
    return text.replace(" ", "")


assert remove_spaces("a b c") == "abc"
assert remove_spaces("  go  now ") == "gonow"
assert remove_spaces("") == ""
assert remove_spaces("one-two") == "one-two"


# easy | terse | strings, counting
def count_letter_e(text):
    """Count the small letter "e" in `text`."""
    return text.count("e")


assert count_letter_e("evergreen") == 4
assert count_letter_e("EVE") == 0
assert count_letter_e("") == 0
assert count_letter_e("the end") == 2


# easy | question | strings, case
def is_shouting(s):
    """Is the text free of lower-case letters? An empty text counts as True."""
    return s == s.upper()


assert is_shouting("STOP!") == True
assert is_shouting("Stop") == False
assert is_shouting("") == True
assert is_shouting("GO HOMe") == False


# easy | imperative | lists of strings, sorting
def words_in_order(words):
    """Put the lower-case `words` in alphabetical order and return them as a new list."""
    return sorted(words)


assert words_in_order(["pear", "fig", "lime"]) == ["fig", "lime", "pear"]
assert words_in_order([]) == []
assert words_in_order(["b", "a", "b"]) == ["a", "b", "b"]
assert words_in_order(["car", "ca"]) == ["ca", "car"]


# easy | terse | lists of strings, filtering
def words_with_a(words):
    """Keep only the words that contain the letter "a"."""
    return [w for w in words if "a" in w]


assert words_with_a(["cat", "dog", "ant"]) == ["cat", "ant"]
assert words_with_a(["Apple", "sea"]) == ["sea"]
assert words_with_a([]) == []
assert words_with_a(["hello"]) == []


# easy | given | strings, reversing
def backwards(text):
    """Given a text, return it written backwards."""
    return text[::-1]


assert backwards("stone") == "enots"
assert backwards("") == ""
assert backwards("a b") == "b a"
assert backwards("Noon") == "nooN"


# easy | story | lists of strings, counting
def count_four_letter_names(names):
    """Only names of exactly 4 letters fit on a cup. How many of the `names` fit?"""
    return len([name for name in names if len(name) == 4])


assert count_four_letter_names(["Anna", "Tom", "Lisa"]) == 2
assert count_four_letter_names(["Peter", "Bo"]) == 0
assert count_four_letter_names([]) == 0
assert count_four_letter_names(["Mara"]) == 1


# easy | spec | lists of strings, searching
def first_b_word(words):
    """Return the first word that begins with "b". If there is none, return None."""
    for w in words:
        if w.startswith("b"):
            return w
    return None


assert first_b_word(["sun", "bee", "bat"]) == "bee"
assert first_b_word(["crab", "Bob"]) == None
assert first_b_word([]) == None
assert first_b_word(["b"]) == "b"


# medium | question | strings, digits, mapping
def digits_as_numbers(text):
    """Which digits occur in `text`? Return them as a list of numbers, from left to right."""
    return [int(c) for c in text if c.isdigit()]


assert digits_as_numbers("a1b20") == [1, 2, 0]
assert digits_as_numbers("none") == []
assert digits_as_numbers("") == []
assert digits_as_numbers("7 or 7") == [7, 7]


# medium | terse | lists of strings, filtering, sums
def letters_in_words_over_three(words):
    """Return the total length of all words with more than 3 letters."""
    total = 0
    for w in words:
        if len(w) > 3:
            total += len(w)
    return total


assert letters_in_words_over_three(["tree", "ox", "bread"]) == 9
assert letters_in_words_over_three(["cat", "a"]) == 0
assert letters_in_words_over_three([]) == 0
assert letters_in_words_over_three(["lamp"]) == 4


# medium | imperative | lists of strings, filtering, case
def shout_s_words(words):
    """Take the `words` that start with "s" and return them in upper case."""
    return [w.upper() for w in words if w.startswith("s")]


assert shout_s_words(["sun", "moon", "star"]) == ["SUN", "STAR"]
assert shout_s_words(["bus", "Sam"]) == []
assert shout_s_words([]) == []
assert shout_s_words(["s"]) == ["S"]


# medium | spec | lists of strings, filtering, maximum
def longest_word_with_o(words):
    """Return the longest word that contains "o", the first one if several are equally long, or "" if there is none."""
    best = ""
    for w in words:
        if "o" in w and len(w) > len(best):
            best = w
    return best


assert longest_word_with_o(["top", "banana", "room"]) == "room"
assert longest_word_with_o(["fox", "dog"]) == "fox"
assert longest_word_with_o(["tree"]) == ""
assert longest_word_with_o([]) == ""


# medium | given | lists of strings, dictionaries
def length_of_word_table(words):
    """Given a list of words, return a dictionary from each word to its length."""
    return {w: len(w) for w in words}


assert length_of_word_table(["hi", "you"]) == {"hi": 2, "you": 3}
assert length_of_word_table(["no", "no"]) == {"no": 2}
assert length_of_word_table([""]) == {"": 0}
assert length_of_word_table([]) == {}


# easy | question | strings, first
def first_char_or_dash(s):
    """What is the first character of `s`? For an empty `s` return "-"."""
    return s[0] if s else "-"


assert first_char_or_dash("moon") == "m"
assert first_char_or_dash("") == "-"
assert first_char_or_dash(" x") == " "
assert first_char_or_dash("9") == "9"


# medium | imperative | sentences, joining
def last_letters_with_dashes(sentence):
    """Take the last letter of each word in the `sentence` and join these letters with "-"."""
    return "-".join(w[-1] for w in sentence.split())


assert last_letters_with_dashes("the old man") == "e-d-n"
assert last_letters_with_dashes("") == ""
assert last_letters_with_dashes("hello") == "o"
assert last_letters_with_dashes("I am") == "I-m"


# easy | question | strings, checking
def has_no_z(word):
    """Is the letter "z" missing from `word`?"""
    return "z" not in word


assert has_no_z("house") == True
assert has_no_z("zebra") == False
assert has_no_z("") == True
assert has_no_z("jazz") == False


# easy | given | lists of strings, mapping
def write_words_twice(words):
    """Given a list of words, return a list where each word is written twice without a gap, such as "haha" for "ha"."""
    return [w * 2 for w in words]


assert write_words_twice(["ha", "bo"]) == ["haha", "bobo"]
assert write_words_twice([]) == []
assert write_words_twice(["", "x"]) == ["", "xx"]
assert write_words_twice(["aa"]) == ["aaaa"]


# medium | question | strings, counting
def count_consonants(s):
    """How many consonants does `s` have? It holds only lower-case letters and spaces."""
    return sum(1 for c in s if c != " " and c not in "aeiou")


assert count_consonants("good day") == 4
assert count_consonants("aeiou") == 0
assert count_consonants("") == 0
assert count_consonants("rhythm") == 6


# hard | terse | lists of strings, filtering, counting
def vowels_in_n_words(words):
    """Count the vowels (a, e, i, o, u) in all lower-case words that end with "n"."""
    total = 0
    for w in words:
        if w.endswith("n"):
            total += sum(1 for c in w if c in "aeiou")
    return total


assert vowels_in_n_words(["moon", "tree", "pen"]) == 3
assert vowels_in_n_words(["no", "apple"]) == 0
assert vowels_in_n_words([]) == 0
assert vowels_in_n_words(["onion", "n"]) == 3


# easy | story | strings, conditions
def finish_with_dot(sentence):
    """Tim forgets the dot at the end of a sentence. Return the sentence with a "." at its end, added only if it is missing."""
    if sentence.endswith("."):
        return sentence
    return sentence + "."


assert finish_with_dot("I am here") == "I am here."
assert finish_with_dot("We ran.") == "We ran."
assert finish_with_dot("") == "."
assert finish_with_dot("v1.2") == "v1.2."
