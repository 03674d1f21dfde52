"""Reference tasks, training: words and texts, part 2 (written one by one for this project)."""


# easy | spec | lists of strings, swapping
def swap_outer_words(words):
    """Return the list with its first and last word exchanged. An empty list stays empty."""
    if len(words) < 2:
        return words
    return [words[-1]] + words[1:-1] + [words[0]]


assert swap_outer_words(["a", "b", "c"]) == ["c", "b", "a"]
assert swap_outer_words(["far", "so", "near"]) == ["near", "so", "far"]
assert swap_outer_words(["lone"]) == ["lone"]
assert swap_outer_words([]) == []


# easy | terse | strings, replacing
def spaces_to_underscores(text):
    """Replace every space in `text` by "_"."""
    return text.replace(" ", "_")


assert spaces_to_underscores("my best photo") == "my_best_photo"
assert spaces_to_underscores("  ") == "__"
assert spaces_to_underscores("") == ""
assert spaces_to_underscores("a-b") == "a-b"


# easy | question | strings, comparing
def shorter_of_two_words(a, b):
    """Which of the words `a` and `b` is shorter? Return `a` if both are equally long."""
    if len(b) < len(a):
        return b
    return a


assert shorter_of_two_words("house", "hut") == "hut"
assert shorter_of_two_words("ox", "cow") == "ox"
assert shorter_of_two_words("cat", "dog") == "cat"
assert shorter_of_two_words("x", "") == ""


# easy | given | lists of strings, counting
def times_said(words, word):
    """Given a list `words` and a `word`, return how often the word is in the list."""
    return words.count(word)


assert times_said(["no", "yes", "no"], "no") == 2
assert times_said(["nose"], "no") == 0
assert times_said([], "a") == 0
assert times_said(["la", "la", "la"], "la") == 3


# medium | question | strings, neighbours, counting
def count_double_chars(s):
    """How many characters of `s` are followed directly by the same character?"""
    return sum(1 for a, b in zip(s, s[1:]) if a == b)


assert count_double_chars("coffee") == 2
assert count_double_chars("aaa") == 2
assert count_double_chars("abc") == 0
assert count_double_chars("") == 0
assert count_double_chars("balloon") == 2


# easy | terse | strings, searching
def last_place_of_char(s, ch):
    """Return the last position of `ch` in `s`, counting from 0, or -1 if it is not there."""
    return s.rfind(ch)


assert last_place_of_char("banana", "a") == 5
assert last_place_of_char("banana", "b") == 0
assert last_place_of_char("banana", "x") == -1
assert last_place_of_char("", "a") == -1


# easy | imperative | strings, filtering
def letters_after_m(word):
    """List the letters of the lower-case `word` that come after "m" in the alphabet."""
    return [c for c in word if c > "m"]


assert letters_after_m("winter") == ["w", "n", "t", "r"]
assert letters_after_m("make") == []
assert letters_after_m("") == []
assert letters_after_m("zoom") == ["z", "o", "o"]


# easy | question | lists of strings, comparing
def first_longer_than_last(words):
    """Is the first of the `words` longer than the last one? The list is not empty."""
    return len(words[0]) > len(words[-1])


assert first_longer_than_last(["spoon", "a", "cup"]) == True
assert first_longer_than_last(["cup", "spoon"]) == False
assert first_longer_than_last(["bb", "b"]) == True
assert first_longer_than_last(["same"]) == False
assert first_longer_than_last(["one", "two"]) == False


# medium | given | sentences, dictionaries, counting
def word_counts(sentence):
    """Given a sentence, return a dictionary that tells how often each of its words occurs."""
    counts = {}
    for w in sentence.split():
        counts[w] = counts.get(w, 0) + 1
    return counts


assert word_counts("hi ho hi") == {"hi": 2, "ho": 1}
assert word_counts("a") == {"a": 1}
assert word_counts("No no") == {"No": 1, "no": 1}
assert word_counts("") == {}


# easy | spec | strings, joining
def repeat_first_at_end(s):
    """Return s with its first character written once more at the end. An empty s stays empty."""
    return s + s[:1]


assert repeat_first_at_end("train") == "traint"
assert repeat_first_at_end("ab") == "aba"
assert repeat_first_at_end("x") == "xx"
assert repeat_first_at_end("") == ""


# medium | terse | strings, counting
def count_signs(text):
    """Count the characters of `text` that are not letters, digits or spaces."""
    count = 0
    for c in text:
        if not c.isalnum() and c != " ":
            count += 1
    return count


assert count_signs("Hi, you!") == 2
assert count_signs("room 12") == 0
assert count_signs("") == 0
assert count_signs("...?") == 4


# easy | imperative | sentences, case
def words_in_small_letters(sentence):
    """Write a function that returns the words of a sentence as a list, all in lower case."""
    return sentence.lower().split()


assert words_in_small_letters("The Cat RAN") == ["the", "cat", "ran"]
assert words_in_small_letters("") == []
assert words_in_small_letters("Go") == ["go"]
assert words_in_small_letters("a  B") == ["a", "b"]


# medium | spec | lists of strings, filtering, minimum
def shortest_c_word(words):
    """Return the shortest word that starts with "c", the first of them on a tie, or None if no word does."""
    found = [w for w in words if w.startswith("c")]
    if not found:
        return None
    return min(found, key=len)


assert shortest_c_word(["candle", "cup", "at"]) == "cup"
assert shortest_c_word(["cow", "cat"]) == "cow"
assert shortest_c_word(["ice", "tea"]) == None
assert shortest_c_word([]) == None


# easy | given | strings, indexing
def nth_char(text, n):
    """Given a `text` and a place `n`, return the n-th character, where 1 is the first. The text has at least n characters."""
    return text[n - 1]


assert nth_char("bread", 1) == "b"
assert nth_char("bread", 5) == "d"
assert nth_char("a b", 2) == " "
assert nth_char("x", 1) == "x"


# medium | imperative | lists of strings, filtering, reversing
def reverse_longer_words(words):
    """Take the `words` with more than 4 letters and write each of them backwards."""
    return [w[::-1] for w in words if len(w) > 4]


assert reverse_longer_words(["apple", "kiwi", "grape"]) == ["elppa", "eparg"]
assert reverse_longer_words(["four", "two"]) == []
assert reverse_longer_words([]) == []
assert reverse_longer_words(["level"]) == ["level"]


# easy | terse | lists of strings, adding
def add_end_word(words):
    """Return `words` with the word "end" added as the last one."""
    return words + ["end"]


assert add_end_word(["go", "on"]) == ["go", "on", "end"]
assert add_end_word(["end"]) == ["end", "end"]
assert add_end_word([""]) == ["", "end"]
assert add_end_word([]) == ["end"]


# medium | question | lists of strings, counting
def count_words_with_equal_ends(words):
    """How many words begin and end with the same letter? No word is empty."""
    count = 0
    for w in words:
        if w[0] == w[-1]:
            count += 1
    return count


assert count_words_with_equal_ends(["level", "cat", "noon"]) == 2
assert count_words_with_equal_ends(["a"]) == 1
assert count_words_with_equal_ends(["Anna", "go"]) == 0
assert count_words_with_equal_ends([]) == 0


# hard | terse | sentences, filtering, case, joining
def initials_of_long_words(sentence):
    """Return the upper-case first letters, joined into one string, of all words in the sentence longer than 3 letters."""
    return "".join(w[0].upper() for w in sentence.split() if len(w) > 3)


assert initials_of_long_words("the bank of new england") == "BE"
assert initials_of_long_words("cat and dog") == ""
assert initials_of_long_words("") == ""
assert initials_of_long_words("Open sesame now") == "OS"


# easy | story | strings, repeating
def say_three_times(word):
    """An echo in the valley answers with the `word` three times, joined by spaces. Return the answer."""
    return word + " " + word + " " + word


assert say_three_times("hello") == "hello hello hello"
assert say_three_times("o") == "o o o"
assert say_three_times("Hey!") == "Hey! Hey! Hey!"
assert say_three_times("go on") == "go on go on go on"


# easy | question | strings, digits, checking
def has_digit_in_text(text):
    """Does the text contain at least one digit?"""
    return any(c.isdigit() for c in text)


assert has_digit_in_text("gate 4") == True
assert has_digit_in_text("gate") == False
assert has_digit_in_text("") == False
assert has_digit_in_text("007") == True


# medium | spec | strings, case, searching
def place_of_first_capital(s):
    """Return the position of the first upper-case letter of `s`, counting from 0. Return -1 if there is none."""
    for i in range(len(s)):
        if s[i].isupper():
            return i
    return -1


assert place_of_first_capital("myHome") == 2
assert place_of_first_capital("Paris") == 0
assert place_of_first_capital("small") == -1
assert place_of_first_capital("") == -1


# easy | terse | strings, sums
def length_together(a, b):
    """Return how many characters the two words have together."""
    return len(a) + len(b)


assert length_together("cat", "bird") == 7
assert length_together("", "") == 0
assert length_together("x", "") == 1
assert length_together("ten", "six") == 6


# medium | given | strings, sorting, duplicates
def alphabet_of_word(word):
    """Given a lower-case `word`, return the list of its different letters in alphabetical order."""
    return sorted(set(word))


assert alphabet_of_word("banana") == ["a", "b", "n"]
assert alphabet_of_word("zzz") == ["z"]
assert alphabet_of_word("") == []
assert alphabet_of_word("dog") == ["d", "g", "o"]


# easy | imperative | lists of strings, mapping
def add_bang(words):
    """Add "!" at the end of each word and return the new list."""
    result = []
    for w in words:
        result.append(w + "!")
    return result


assert add_bang(["run", "stop"]) == ["run!", "stop!"]
assert add_bang([""]) == ["!"]
assert add_bang([]) == []
assert add_bang(["hey!"]) == ["hey!!"]


# hard | question | sentences, filtering, duplicates, counting
def count_different_long_words(sentence):
    """How many different words with at least 5 letters does the lower-case sentence have?"""
    return len({w for w in sentence.split() if len(w) >= 5})


assert count_different_long_words("green apple and green pear") == 2
assert count_different_long_words("one two four") == 0
assert count_different_long_words("") == 0
assert count_different_long_words("happy happy happy") == 1


# easy | terse | lists of strings, filtering
def words_not_with_t(words):
    """Return the words that do not start with "t"."""
    return [w for w in words if not w.startswith("t")]


assert words_not_with_t(["tea", "milk", "toast"]) == ["milk"]
assert words_not_with_t(["cat", "Tom"]) == ["cat", "Tom"]
assert words_not_with_t([]) == []
assert words_not_with_t(["t"]) == []
