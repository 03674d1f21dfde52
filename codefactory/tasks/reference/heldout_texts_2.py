"""Reference tasks, held out: words and texts, part 2 (written one by one for this project)."""


# easy | question | lists of strings, counting
def count_clear_answers(answers):
    """How many of the `answers` are either "yes" or "no"?"""
    return sum(1 for answer in answers if answer in ["yes", "no"])


assert count_clear_answers(["yes", "maybe", "no"]) == 2
assert count_clear_answers(["Yes", "not"]) == 0
assert count_clear_answers([]) == 0
assert count_clear_answers(["yes"]) == 1
assert count_clear_answers(["no", "no", "yes", "y"]) == 3


# easy | terse | lists of strings, filtering
def words_without_e(words):
    """Return the words that do not contain the letter "e"."""
    return [w for w in words if "e" not in w]


assert words_without_e(["tree", "oak", "lily"]) == ["oak", "lily"]
assert words_without_e(["be", "he"]) == []
assert words_without_e([]) == []
assert words_without_e(["Emma", "Otto"]) == ["Emma", "Otto"]
assert words_without_e(["", "me"]) == [""]


# easy | imperative | lists of strings, case
def all_lower(words):
    """Write every word of the list in lower case and return the new list."""
    return [w.lower() for w in words]


assert all_lower(["CAT", "Dog"]) == ["cat", "dog"]
assert all_lower(["ok"]) == ["ok"]
assert all_lower([]) == []
assert all_lower(["A1", ""]) == ["a1", ""]
assert all_lower(["ABC", "abc"]) == ["abc", "abc"]


# easy | question | lists of strings, checking
def has_very_long_word(words):
    """Is there any word with more than 10 letters in the list?"""
    for w in words:
        if len(w) > 10:
            return True
    return False


assert has_very_long_word(["cat", "grandmother"]) == True
assert has_very_long_word(["basketball", "tea"]) == False
assert has_very_long_word([]) == False
assert has_very_long_word(["information"]) == True
assert has_very_long_word(["short", "words", "only"]) == False


# easy | question | lists of strings, checking
def all_begin_with_m(names):
    """Do all `names` begin with a capital "M"? An empty list counts as True."""
    return all(name.startswith("M") for name in names)


assert all_begin_with_m(["Max", "Mia"]) == True
assert all_begin_with_m(["Max", "Tom"]) == False
assert all_begin_with_m([]) == True
assert all_begin_with_m(["mia"]) == False
assert all_begin_with_m(["M"]) == True


# easy | given | lists of strings, slicing
def first_three_letters(words):
    """Given a list of words, return the first three letters of each word; shorter words stay whole."""
    return [w[:3] for w in words]


assert first_three_letters(["january", "may"]) == ["jan", "may"]
assert first_three_letters(["go", "home"]) == ["go", "hom"]
assert first_three_letters([]) == []
assert first_three_letters([""]) == [""]
assert first_three_letters(["abcd", "abce"]) == ["abc", "abc"]


# easy | imperative | strings, filtering
def list_consonants(word):
    """List the letters of the lower-case `word` that are not vowels (a, e, i, o, u), in order."""
    result = []
    for c in word:
        if c not in "aeiou":
            result.append(c)
    return result


assert list_consonants("paper") == ["p", "p", "r"]
assert list_consonants("sky") == ["s", "k", "y"]
assert list_consonants("aie") == []
assert list_consonants("") == []
assert list_consonants("end") == ["n", "d"]


# easy | spec | strings, digits, searching
def last_digit_in_text(text):
    """Return the last digit that appears in `text`, as a string. If there is no digit, return None."""
    for c in reversed(text):
        if c.isdigit():
            return c
    return None


assert last_digit_in_text("a1b2c") == "2"
assert last_digit_in_text("bus 405") == "5"
assert last_digit_in_text("none") == None
assert last_digit_in_text("") == None
assert last_digit_in_text("0x") == "0"


# easy | terse | strings, digits, counting
def count_digits_in_text(text):
    """Count the digits in `text`."""
    return sum(1 for c in text if c.isdigit())


assert count_digits_in_text("room 101") == 3
assert count_digits_in_text("no number") == 0
assert count_digits_in_text("") == 0
assert count_digits_in_text("7") == 1
assert count_digits_in_text("1-2-3-4") == 4


# easy | given | strings, sorting
def two_words_sorted(first, second):
    """Given two lower-case words `first` and `second`, return them as a list in alphabetical order."""
    if first <= second:
        return [first, second]
    return [second, first]


assert two_words_sorted("pear", "apple") == ["apple", "pear"]
assert two_words_sorted("ant", "bee") == ["ant", "bee"]
assert two_words_sorted("a", "a") == ["a", "a"]
assert two_words_sorted("cart", "car") == ["car", "cart"]
assert two_words_sorted("x", "") == ["", "x"]


# easy | question | strings, counting, comparing
def appears_twice_or_more(text, ch):
    """Does the character `ch` appear at least two times in `text`?"""
    return text.count(ch) >= 2


assert appears_twice_or_more("banana", "n") == True
assert appears_twice_or_more("banana", "b") == False
assert appears_twice_or_more("", "a") == False
assert appears_twice_or_more("aaa", "a") == True
assert appears_twice_or_more("Otto", "o") == False


# easy | terse | strings, slicing
def without_last_two(s):
    """Return `s` without its last two characters. If it has fewer than two, return the empty string."""
    return s[:-2]


assert without_last_two("garden") == "gard"
assert without_last_two("abc") == "a"
assert without_last_two("ab") == ""
assert without_last_two("x") == ""
assert without_last_two("") == ""


# easy | story | sentences, indexing
def second_word(sentence):
    """On a form people write their first name and then their family name. Return the second word of the text, or "" if it is missing."""
    words = sentence.split()
    if len(words) < 2:
        return ""
    return words[1]


assert second_word("Anna Berg") == "Berg"
assert second_word("Tom van Dyk") == "van"
assert second_word("Lisa") == ""
assert second_word("") == ""
assert second_word("a b") == "b"


# easy | imperative | strings, joining
def join_with_plus(a, b):
    """Write the words `a` and `b` with " + " between them, for example "x + y"."""
    return a + " + " + b


assert join_with_plus("x", "y") == "x + y"
assert join_with_plus("salt", "pepper") == "salt + pepper"
assert join_with_plus("", "b") == " + b"
assert join_with_plus("1", "1") == "1 + 1"


# medium | question | lists of strings, parity, counting
def count_even_length_words(words):
    """How many words in the list have an even number of letters?"""
    count = 0
    for w in words:
        if len(w) % 2 == 0:
            count += 1
    return count


assert count_even_length_words(["to", "the", "moon"]) == 2
assert count_even_length_words(["one", "a"]) == 0
assert count_even_length_words([]) == 0
assert count_even_length_words(["", "xy"]) == 2
assert count_even_length_words(["garden"]) == 1


# medium | terse | lists of strings, sorting
def short_words_first(words):
    """Sort `words` from shortest to longest. Words of the same length keep their order."""
    return sorted(words, key=len)


assert short_words_first(["pear", "fig", "banana"]) == ["fig", "pear", "banana"]
assert short_words_first(["dog", "cat", "ox"]) == ["ox", "dog", "cat"]
assert short_words_first([]) == []
assert short_words_first(["z", "", "a"]) == ["", "z", "a"]
assert short_words_first(["aa", "b"]) == ["b", "aa"]


# medium | spec | lists of strings, minimum, maximum
def length_difference(words):
    """Return how many letters the longest word has more than the shortest word. An empty list gives 0."""
    if not words:
        return 0
    lengths = [len(w) for w in words]
    return max(lengths) - min(lengths)


assert length_difference(["a", "tree", "butter"]) == 5
assert length_difference(["cat", "dog"]) == 0
assert length_difference([]) == 0
assert length_difference(["", "abc"]) == 3
assert length_difference(["house", "hut", "home"]) == 2


# medium | given | lists of strings, dictionaries
def first_letter_table(words):
    """Given a list of words, none of them empty, build a dictionary with the words as keys and their first letters as values."""
    table = {}
    for w in words:
        table[w] = w[0]
    return table


assert first_letter_table(["cat", "dog"]) == {"cat": "c", "dog": "d"}
assert first_letter_table(["a"]) == {"a": "a"}
assert first_letter_table([]) == {}
assert first_letter_table(["on", "on", "off"]) == {"on": "o", "off": "o"}
assert first_letter_table(["Eva"]) == {"Eva": "E"}


# medium | imperative | strings, splitting
def part_after_colon(line):
    """Find the first ":" in `line` and return everything after it. If there is no ":", return the empty string."""
    place = line.find(":")
    if place == -1:
        return ""
    return line[place + 1:]


assert part_after_colon("name:Anna") == "Anna"
assert part_after_colon("time:10:30") == "10:30"
assert part_after_colon("nothing") == ""
assert part_after_colon("end:") == ""
assert part_after_colon(":x") == "x"


# medium | terse | lists of strings, averages
def average_word_length(words):
    """Return the average length of the words, rounded down, or 0 if there are no words."""
    if not words:
        return 0
    return sum(len(w) for w in words) // len(words)


assert average_word_length(["to", "home"]) == 3
assert average_word_length(["a", "be"]) == 1
assert average_word_length([]) == 0
assert average_word_length(["seven"]) == 5
assert average_word_length(["one", "two", "three"]) == 3


# medium | question | lists of strings, pairs, counting
def count_same_places(a, b):
    """At how many positions do the equally long lists `a` and `b` hold the same word?"""
    return sum(1 for x, y in zip(a, b) if x == y)


assert count_same_places(["up", "down", "up"], ["up", "up", "up"]) == 2
assert count_same_places(["a", "b"], ["b", "a"]) == 0
assert count_same_places([], []) == 0
assert count_same_places(["x"], ["x"]) == 1
assert count_same_places(["Go", "on"], ["go", "on"]) == 1


# hard | given | lists of strings, filtering, joining
def initials_of_even_words(words):
    """Given a list of words, take those with an even number of letters and join their first letters in upper case. No word is empty."""
    return "".join(w[0].upper() for w in words if len(w) % 2 == 0)


assert initials_of_even_words(["milk", "tea", "butter"]) == "MB"
assert initials_of_even_words(["one", "a"]) == ""
assert initials_of_even_words([]) == ""
assert initials_of_even_words(["ox", "Pony", "ape"]) == "OP"
assert initials_of_even_words(["go", "go"]) == "GG"
