"""Reference tasks, held out: words and texts, part 4 (written one by one for this project)."""


# easy | terse | lists of strings, filtering
def words_ending_with(words, letter):
    """Return the `words` whose last character is `letter`."""
    return [w for w in words if w.endswith(letter)]


assert words_ending_with(["sea", "sun", "tea"], "a") == ["sea", "tea"]
assert words_ending_with(["sea", "sun"], "n") == ["sun"]
assert words_ending_with(["cat"], "c") == []
assert words_ending_with([], "x") == []
assert words_ending_with(["A", "a"], "a") == ["a"]


# easy | question | lists of strings, counting
def count_words_lacking_i(words):
    """How many words in the list have no letter "i"?"""
    count = 0
    for w in words:
        if "i" not in w:
            count += 1
    return count


assert count_words_lacking_i(["fish", "cat", "dog"]) == 2
assert count_words_lacking_i(["bit", "pin"]) == 0
assert count_words_lacking_i([]) == 0
assert count_words_lacking_i(["Ice"]) == 1
assert count_words_lacking_i(["", "a", "b"]) == 3


# easy | imperative | lists of strings, mapping
def make_hashtags(words):
    """Put a "#" in front of each of the `words` and return the list."""
    return ["#" + w for w in words]


assert make_hashtags(["sun", "sea"]) == ["#sun", "#sea"]
assert make_hashtags(["x"]) == ["#x"]
assert make_hashtags([]) == []
assert make_hashtags([""]) == ["#"]
assert make_hashtags(["#a", "b"]) == ["##a", "#b"]


# easy | spec | lists of strings, searching
def first_word_over_five(words):
    """Return the first of the words that is longer than 5 letters. If no word is, return the empty string."""
    for w in words:
        if len(w) > 5:
            return w
    return ""


assert first_word_over_five(["tea", "coffee", "butter"]) == "coffee"
assert first_word_over_five(["bread", "milk"]) == ""
assert first_word_over_five([]) == ""
assert first_word_over_five(["orange"]) == "orange"
assert first_word_over_five(["apple", "bananas"]) == "bananas"


# easy | question | strings, case, checking
def contains_capital(text):
    """Is at least one letter of `text` in upper case?"""
    return any(c.isupper() for c in text)


assert contains_capital("my Dog") == True
assert contains_capital("my dog") == False
assert contains_capital("") == False
assert contains_capital("A") == True
assert contains_capital("12!") == False


# easy | imperative | strings, checking
def all_chars_alike(s):
    """Check whether all characters of `s` are the same. An empty `s` counts as True."""
    for c in s:
        if c != s[0]:
            return False
    return True


assert all_chars_alike("aaa") == True
assert all_chars_alike("aab") == False
assert all_chars_alike("") == True
assert all_chars_alike("z") == True
assert all_chars_alike("aA") == False


# easy | terse | strings, counting
def count_without_spaces(text):
    """Return the number of characters in `text`, not counting spaces."""
    return len(text) - text.count(" ")


assert count_without_spaces("a big cat") == 7
assert count_without_spaces("word") == 4
assert count_without_spaces("") == 0
assert count_without_spaces("   ") == 0
assert count_without_spaces(" 1 2 ") == 2


# easy | given | lists of strings, slicing
def last_two_words(words):
    """Given a list of words, return its last two words as a list, or all of them if there are fewer."""
    return words[-2:]


assert last_two_words(["a", "b", "c"]) == ["b", "c"]
assert last_two_words(["so", "up", "down"]) == ["up", "down"]
assert last_two_words(["one"]) == ["one"]
assert last_two_words([]) == []
assert last_two_words(["x", "y", "x", "x"]) == ["x", "x"]


# easy | question | strings, membership
def is_hidden_inside(part, text):
    """Does the text `part` appear anywhere inside `text`?"""
    return part in text


assert is_hidden_inside("art", "party") == True
assert is_hidden_inside("rat", "party") == False
assert is_hidden_inside("", "abc") == True
assert is_hidden_inside("ABC", "abc") == False
assert is_hidden_inside("toolong", "too") == False


# easy | terse | strings, digits, removing
def remove_digits(text):
    """Return the `text` with all its digits taken out."""
    return "".join(c for c in text if not c.isdigit())


assert remove_digits("a1b22c") == "abc"
assert remove_digits("room 5") == "room "
assert remove_digits("2024") == ""
assert remove_digits("") == ""
assert remove_digits("none") == "none"


# easy | story | strings, slicing
def short_ticket_name(name):
    """A ticket has space for only 5 letters of a name. Return the part of `name` that is printed."""
    return name[:5]


assert short_ticket_name("Alexander") == "Alexa"
assert short_ticket_name("Maria") == "Maria"
assert short_ticket_name("Victor") == "Victo"
assert short_ticket_name("") == ""
assert short_ticket_name("Jo Ann") == "Jo An"


# easy | question | strings, comparing
def earlier_letter(a, b):
    """Which of the two lower-case letters `a` and `b` comes first in the alphabet?"""
    return min(a, b)


assert earlier_letter("d", "k") == "d"
assert earlier_letter("z", "y") == "y"
assert earlier_letter("m", "m") == "m"
assert earlier_letter("c", "w") == "c"
assert earlier_letter("b", "a") == "a"


# easy | imperative | lists of strings, sums
def length_of_outer_words(words):
    """Add the length of the first word to the length of the last word; `words` is never empty."""
    return len(words[0]) + len(words[-1])


assert length_of_outer_words(["one", "to", "four"]) == 7
assert length_of_outer_words(["go", "up"]) == 4
assert length_of_outer_words(["cat"]) == 6
assert length_of_outer_words(["", "abc", ""]) == 0
assert length_of_outer_words(["a", "window", "at"]) == 3


# medium | question | lists of strings, neighbours, counting
def count_words_longer_than_previous(words):
    """How many words are longer than the word directly before them?"""
    count = 0
    for i in range(1, len(words)):
        if len(words[i]) > len(words[i - 1]):
            count += 1
    return count


assert count_words_longer_than_previous(["a", "be", "to", "sun"]) == 2
assert count_words_longer_than_previous(["three", "two", "a"]) == 0
assert count_words_longer_than_previous([]) == 0
assert count_words_longer_than_previous(["one"]) == 0
assert count_words_longer_than_previous(["", "x", "", "y"]) == 2
assert count_words_longer_than_previous(["cat", "house"]) == 1


# medium | given | lists of strings, dictionaries, counting
def how_many_of_each_length(words):
    """Given a list `words`, build a dictionary that tells for each word length how many words have it."""
    counts = {}
    for w in words:
        counts[len(w)] = counts.get(len(w), 0) + 1
    return counts


assert how_many_of_each_length(["to", "be", "free"]) == {2: 2, 4: 1}
assert how_many_of_each_length(["cat"]) == {3: 1}
assert how_many_of_each_length([]) == {}
assert how_many_of_each_length(["", "a", "b", "c"]) == {0: 1, 1: 3}
assert how_many_of_each_length(["same", "same"]) == {4: 2}


# medium | imperative | lists of strings, checking
def all_words_same_length(words):
    """Check whether all words in the list have the same length. An empty list gives True."""
    return all(len(w) == len(words[0]) for w in words)


assert all_words_same_length(["cat", "dog"]) == True
assert all_words_same_length(["cat", "bird"]) == False
assert all_words_same_length([]) == True
assert all_words_same_length(["x"]) == True
assert all_words_same_length(["ab", "cd", "e"]) == False


# medium | spec | sentences, filtering, joining
def sentence_without_short_words(sentence):
    """Return the sentence without its words of one or two letters. The other words are joined by single spaces."""
    return " ".join(w for w in sentence.split() if len(w) > 2)


assert sentence_without_short_words("it is a nice day") == "nice day"
assert sentence_without_short_words("go up") == ""
assert sentence_without_short_words("") == ""
assert sentence_without_short_words("the end") == "the end"
assert sentence_without_short_words("we all ran to town") == "all ran town"


# medium | question | strings, comparing, counting
def shared_start_length(a, b):
    """How many characters at the start are the same in the words `a` and `b`?"""
    n = 0
    while n < len(a) and n < len(b) and a[n] == b[n]:
        n += 1
    return n


assert shared_start_length("winter", "window") == 3
assert shared_start_length("cat", "dog") == 0
assert shared_start_length("sun", "sunny") == 3
assert shared_start_length("", "abc") == 0
assert shared_start_length("axc", "ayc") == 1


# medium | terse | strings, digits, maximum
def largest_digit_in_text(text):
    """Return the largest digit in `text` as a number, or -1 if it has no digit."""
    digits = [int(c) for c in text if c.isdigit()]
    return max(digits, default=-1)


assert largest_digit_in_text("a3b7c5") == 7
assert largest_digit_in_text("room 10") == 1
assert largest_digit_in_text("none") == -1
assert largest_digit_in_text("") == -1
assert largest_digit_in_text("0") == 0


# hard | terse | lists of strings, palindromes, maximum
def longest_mirror_word(words):
    """Return the longest word that reads the same backwards, the first one on a tie, or "" if there is none."""
    best = ""
    for w in words:
        if w == w[::-1] and len(w) > len(best):
            best = w
    return best


assert longest_mirror_word(["eye", "level", "banana"]) == "level"
assert longest_mirror_word(["noon", "abba"]) == "noon"
assert longest_mirror_word(["cat", "dog"]) == ""
assert longest_mirror_word([]) == ""
assert longest_mirror_word(["a", "bb", "Otto"]) == "bb"


# hard | question | sentences, case, parity, counting
def count_odd_capital_words(sentence):
    """How many words of the `sentence` start with an upper-case letter and have an odd number of letters?"""
    return sum(1 for w in sentence.split() if w[0].isupper() and len(w) % 2 == 1)


assert count_odd_capital_words("Tom and Anna see Peter") == 2
assert count_odd_capital_words("one two three") == 0
assert count_odd_capital_words("") == 0
assert count_odd_capital_words("I Am") == 1
assert count_odd_capital_words("Red Sun Hot Day") == 4
