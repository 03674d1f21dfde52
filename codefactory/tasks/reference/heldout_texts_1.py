"""Reference tasks, held out: words and texts, part 1 (written one by one for this project)."""


# easy | terse | lists of strings, counting
def count_p_words(words):
    """Count the `words` that start with the letter "p"."""
    return sum(1 for w in words if w.startswith("p"))


assert count_p_words(["pen", "cup", "plate"]) == 2
assert count_p_words(["Peter", "map"]) == 0
assert count_p_words([]) == 0
assert count_p_words(["p"]) == 1
assert count_p_words(["pa", "pa", "pa", ""]) == 3


# easy | imperative | lists of strings, filtering
def tiny_words(words):
    """Keep the words that have at most 3 letters, in the same order."""
    return [w for w in words if len(w) <= 3]


assert tiny_words(["at", "home", "one"]) == ["at", "one"]
assert tiny_words(["three", "four"]) == []
assert tiny_words([]) == []
assert tiny_words(["", "a", "abcd"]) == ["", "a"]
assert tiny_words(["sun", "sun"]) == ["sun", "sun"]


# easy | given | lists of strings, mapping
def last_letter_of_each(words):
    """Given a list of non-empty words, return the list of their last letters."""
    result = []
    for w in words:
        result.append(w[-1])
    return result


assert last_letter_of_each(["cat", "go"]) == ["t", "o"]
assert last_letter_of_each(["x"]) == ["x"]
assert last_letter_of_each([]) == []
assert last_letter_of_each(["tea", "sea", "bell"]) == ["a", "a", "l"]
assert last_letter_of_each(["Wow!"]) == ["!"]


# easy | question | lists of strings, minimum
def shortest_word(words):
    """Which word in the list is the shortest? On a tie take the first, and return "" for an empty list."""
    if not words:
        return ""
    return min(words, key=len)


assert shortest_word(["plum", "fig", "apple"]) == "fig"
assert shortest_word(["cat", "dog"]) == "cat"
assert shortest_word([]) == ""
assert shortest_word(["alone"]) == "alone"
assert shortest_word(["bcd", "zz", "aa"]) == "zz"


# easy | terse | strings, counting
def count_a_and_b(text):
    """Return how many characters of `text` are "a" or "b"."""
    return text.count("a") + text.count("b")


assert count_a_and_b("cabbage") == 4
assert count_a_and_b("AB") == 0
assert count_a_and_b("") == 0
assert count_a_and_b("hello") == 0
assert count_a_and_b("a b c") == 2
assert count_a_and_b("b") == 1


# easy | question | lists of strings, checking
def all_words_lower(words):
    """Are all the words written in lower case only? An empty list gives True."""
    return all(w == w.lower() for w in words)


assert all_words_lower(["tea", "milk"]) == True
assert all_words_lower(["tea", "Milk"]) == False
assert all_words_lower([]) == True
assert all_words_lower(["gO"]) == False
assert all_words_lower(["x"]) == True


# easy | spec | lists of strings, joining
def list_with_commas(names):
    """Join the `names` into one string, with a comma and a space between them. No names give an empty string."""
    return ", ".join(names)


assert list_with_commas(["Ann", "Bob", "Cleo"]) == "Ann, Bob, Cleo"
assert list_with_commas(["Ann"]) == "Ann"
assert list_with_commas([]) == ""
assert list_with_commas(["x", "y"]) == "x, y"
assert list_with_commas(["", "z"]) == ", z"


# easy | imperative | strings, vowels, searching
def first_vowel_or_empty(word):
    """Find the first vowel (a, e, i, o, u) of the lower-case `word`, or return "" if it has none."""
    for c in word:
        if c in "aeiou":
            return c
    return ""


assert first_vowel_or_empty("stone") == "o"
assert first_vowel_or_empty("apple") == "a"
assert first_vowel_or_empty("sky") == ""
assert first_vowel_or_empty("") == ""
assert first_vowel_or_empty("drum") == "u"


# easy | terse | strings, case, filtering
def only_capitals(text):
    """Return the upper-case letters of `text` as one string."""
    return "".join(c for c in text if c.isupper())


assert only_capitals("New York City") == "NYC"
assert only_capitals("small") == ""
assert only_capitals("") == ""
assert only_capitals("A1b2C3") == "AC"
assert only_capitals("OK") == "OK"


# easy | question | strings, counting
def count_spaces(text):
    """How many spaces are there in `text`?"""
    count = 0
    for c in text:
        if c == " ":
            count += 1
    return count


assert count_spaces("one two three") == 2
assert count_spaces("word") == 0
assert count_spaces("") == 0
assert count_spaces("   ") == 3
assert count_spaces(" a ") == 2


# easy | given | strings, searching
def place_of_first_space(text):
    """Given a text, return the position of its first space, counting from 0, or -1 if it has no space."""
    return text.find(" ")


assert place_of_first_space("good day") == 4
assert place_of_first_space(" x") == 0
assert place_of_first_space("word") == -1
assert place_of_first_space("") == -1
assert place_of_first_space("a b c") == 1


# easy | question | strings, checking
def begins_with_vowel(word):
    """Does the lower-case `word` begin with a vowel (a, e, i, o, u)? An empty word does not."""
    return word != "" and word[0] in "aeiou"


assert begins_with_vowel("orange") == True
assert begins_with_vowel("lemon") == False
assert begins_with_vowel("") == False
assert begins_with_vowel("u") == True
assert begins_with_vowel("yes") == False


# easy | terse | strings, slicing
def without_first_char(s):
    """Return `s` without its first character. An empty `s` stays empty."""
    return s[1:]


assert without_first_char("train") == "rain"
assert without_first_char("x") == ""
assert without_first_char("") == ""
assert without_first_char("aab") == "ab"
assert without_first_char(" go") == "go"


# easy | imperative | strings, comparing
def equally_long(a, b):
    """Check whether the words `a` and `b` have the same number of letters."""
    return len(a) == len(b)


assert equally_long("cat", "dog") == True
assert equally_long("cat", "bird") == False
assert equally_long("", "") == True
assert equally_long("a", "") == False
assert equally_long("seven", "eight") == True


# medium | terse | lists of strings, filtering, sums
def total_length_of_a_words(words):
    """Return the total length of the words that begin with "a", or 0 if there are none."""
    total = 0
    for w in words:
        if w.startswith("a"):
            total += len(w)
    return total


assert total_length_of_a_words(["apple", "pear", "ant"]) == 8
assert total_length_of_a_words(["banana", "Anna"]) == 0
assert total_length_of_a_words([]) == 0
assert total_length_of_a_words(["a", "a"]) == 2
assert total_length_of_a_words(["sea", "art"]) == 3


# medium | given | lists of strings, filtering, mapping
def lengths_of_e_words(words):
    """Given a list of words, return the lengths of those that contain the letter "e"."""
    return [len(w) for w in words if "e" in w]


assert lengths_of_e_words(["tree", "oak", "rose"]) == [4, 4]
assert lengths_of_e_words(["cat", "Eva"]) == []
assert lengths_of_e_words([]) == []
assert lengths_of_e_words(["e", "egg"]) == [1, 3]
assert lengths_of_e_words(["house"]) == [5]


# medium | question | sentences, counting
def count_words_ending_in_d(sentence):
    """How many words of the `sentence` end with the letter "d"?"""
    return len([w for w in sentence.split() if w.endswith("d")])


assert count_words_ending_in_d("the bad kid cried loud") == 4
assert count_words_ending_in_d("we go home") == 0
assert count_words_ending_in_d("") == 0
assert count_words_ending_in_d("dog and cat") == 1
assert count_words_ending_in_d("d") == 1


# medium | imperative | lists of strings, reversing, joining
def join_reversed_words(words):
    """Turn every word backwards and join the results into one string without spaces."""
    return "".join(w[::-1] for w in words)


assert join_reversed_words(["ab", "cd"]) == "badc"
assert join_reversed_words(["star"]) == "rats"
assert join_reversed_words([]) == ""
assert join_reversed_words(["x", "", "yz"]) == "xzy"
assert join_reversed_words(["no", "on"]) == "onno"


# medium | story | sentences, case, counting
def count_capitalized_words(sentence):
    """A reader marks every word that starts with an upper-case letter. How many words of the sentence are marked?"""
    count = 0
    for w in sentence.split():
        if w[0].isupper():
            count += 1
    return count


assert count_capitalized_words("My friend Tom lives in Rome") == 3
assert count_capitalized_words("all small") == 0
assert count_capitalized_words("") == 0
assert count_capitalized_words("A B c") == 2
assert count_capitalized_words("iPhone") == 0


# medium | spec | lists of strings, filtering, last
def last_word_over_six(words):
    """Return the last of the `words` that has more than 6 letters. If there is no such word, return None."""
    found = [w for w in words if len(w) > 6]
    return found[-1] if found else None


assert last_word_over_six(["kitchen", "bedroom", "hall"]) == "bedroom"
assert last_word_over_six(["garden", "house"]) == None
assert last_word_over_six([]) == None
assert last_word_over_six(["airport", "bus"]) == "airport"
assert last_word_over_six(["a", "elephant"]) == "elephant"


# hard | spec | lists of strings, filtering, maximum
def longest_k_word_length(words):
    """Look only at words that start with "k" and do not end with "e". Return the greatest length among them, or 0 if there are none."""
    lengths = [len(w) for w in words if w.startswith("k") and not w.endswith("e")]
    return max(lengths, default=0)


assert longest_k_word_length(["king", "knife", "kitten"]) == 6
assert longest_k_word_length(["kite", "cake"]) == 0
assert longest_k_word_length([]) == 0
assert longest_k_word_length(["k", "knee"]) == 1
assert longest_k_word_length(["book", "key"]) == 3


# hard | imperative | sentences, filtering, reversing, sorting
def sorted_reversed_long_words(sentence):
    """Take the words of the sentence with more than 4 letters, write each backwards, and return them in alphabetical order."""
    return sorted(w[::-1] for w in sentence.split() if len(w) > 4)


assert sorted_reversed_long_words("green apple tree") == ["elppa", "neerg"]
assert sorted_reversed_long_words("to be four") == []
assert sorted_reversed_long_words("") == []
assert sorted_reversed_long_words("level") == ["level"]
assert sorted_reversed_long_words("tiger and horse") == ["esroh", "regit"]
