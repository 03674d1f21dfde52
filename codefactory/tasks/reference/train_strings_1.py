"""Reference tasks, training: strings and dictionaries, part 1 (written one by one for this project)."""


# easy | terse | strings, counting, case
def count_letter_any_case(text, letter):
    """Return how many times letter occurs in text, treating upper and lower case as the same."""
    return text.lower().count(letter.lower())


assert count_letter_any_case("Anna", "a") == 2
assert count_letter_any_case("Anna", "N") == 2
assert count_letter_any_case("bob", "x") == 0
assert count_letter_any_case("", "a") == 0


# easy | imperative | strings, joining
def repeat_with_commas(word, n):
    """Write a function that returns word written n times with a comma between the copies (no spaces)."""
    return ",".join([word] * n)


assert repeat_with_commas("ho", 3) == "ho,ho,ho"
assert repeat_with_commas("ho", 1) == "ho"
assert repeat_with_commas("ho", 0) == ""
assert repeat_with_commas("", 2) == ","


# easy | question | strings, length
def is_long_enough(password):
    """Does the password have at least eight characters? Answer True or False."""
    return len(password) >= 8


assert is_long_enough("abcdefgh") == True
assert is_long_enough("abcdefg") == False
assert is_long_enough("correct horse") == True
assert is_long_enough("") == False


# easy | given | strings, slicing
def drop_first_and_last(s):
    """Given a string s, return it without its first and last characters; shorter than two gives the empty string."""
    return s[1:-1]


assert drop_first_and_last("table") == "abl"
assert drop_first_and_last("no") == ""
assert drop_first_and_last("x") == ""
assert drop_first_and_last("") == ""
assert drop_first_and_last("(a)") == "a"


# easy | story | strings, joining
def greet_guest(name):
    """A doorman says "Hello, NAME!" with the guest's name in the place of NAME; return what he says."""
    return "Hello, " + name + "!"


assert greet_guest("Ann") == "Hello, Ann!"
assert greet_guest("Mr Fox") == "Hello, Mr Fox!"
assert greet_guest("bo") == "Hello, bo!"
assert greet_guest("") == "Hello, !"


# easy | spec | strings, indexing
def last_char(s):
    """Return the last character of s, or "?" when s is empty."""
    if s == "":
        return "?"
    return s[-1]


assert last_char("tree") == "e"
assert last_char("ab ") == " "
assert last_char("Z") == "Z"
assert last_char("") == "?"


# easy | terse | dictionaries, counting
def extra_keys(a, b):
    """Return how many keys the dictionary a has that are missing from the dictionary b."""
    total = 0
    for key in a:
        if key not in b:
            total += 1
    return total


assert extra_keys({"x": 1, "y": 2}, {"y": 5}) == 1
assert extra_keys({"x": 1}, {"x": 9}) == 0
assert extra_keys({}, {"x": 1, "y": 2}) == 0
assert extra_keys({"p": 1, "q": 1}, {}) == 2


# easy | imperative | dictionaries, membership
def has_both_keys(d, first, second):
    """Write a function that tells whether both first and second are keys of the dictionary d."""
    return first in d and second in d


assert has_both_keys({"a": 1, "b": 2}, "a", "b") == True
assert has_both_keys({"a": 1, "b": 2}, "a", "c") == False
assert has_both_keys({"a": 0}, "a", "a") == True
assert has_both_keys({}, "a", "b") == False


# easy | question | lists of strings, counting
def count_empty_strings(words):
    """How many strings in the list words are empty (contain no characters at all)?"""
    count = 0
    for w in words:
        if len(w) == 0:
            count += 1
    return count


assert count_empty_strings(["a", "", "b", ""]) == 2
assert count_empty_strings([" ", "x"]) == 0
assert count_empty_strings([""]) == 1
assert count_empty_strings([]) == 0


# medium | given | lists of strings, neighbours
def words_with_double_letter(words):
    """Given a list of words, return those in which some letter is directly followed by the same letter, in their order."""
    result = []
    for w in words:
        if any(w[i] == w[i + 1] for i in range(len(w) - 1)):
            result.append(w)
    return result


assert words_with_double_letter(["book", "desk", "apple"]) == ["book", "apple"]
assert words_with_double_letter(["banana", "sees"]) == ["sees"]
assert words_with_double_letter(["a", ""]) == []
assert words_with_double_letter([]) == []


# medium | story | dictionaries, counting
def stock_after_sales(stock, sold):
    """A shop has a dictionary from item to number in stock; every name in the list sold takes one away. Return the new dictionary; names not in stock are ignored."""
    left = dict(stock)
    for item in sold:
        if item in left:
            left[item] -= 1
    return left


assert stock_after_sales({"pen": 3, "cup": 1}, ["pen", "pen"]) == {"pen": 1, "cup": 1}
assert stock_after_sales({"pen": 1}, ["pen"]) == {"pen": 0}
assert stock_after_sales({"pen": 1}, ["hat"]) == {"pen": 1}
assert stock_after_sales({}, ["hat"]) == {}


# medium | spec | strings, masking
def mask_middle(word):
    """Replace every character of word except the first and the last by "*". A word of one or two characters, or an empty one, stays as it is."""
    if len(word) <= 2:
        return word
    return word[0] + "*" * (len(word) - 2) + word[-1]


assert mask_middle("secret") == "s****t"
assert mask_middle("cat") == "c*t"
assert mask_middle("no") == "no"
assert mask_middle("x") == "x"
assert mask_middle("") == ""


# medium | terse | dictionaries, counting, characters
def char_counts(s):
    """Return a dictionary from each character of s to the number of times it occurs."""
    counts = {}
    for c in s:
        counts[c] = counts.get(c, 0) + 1
    return counts


assert char_counts("aba") == {"a": 2, "b": 1}
assert char_counts("Aa") == {"A": 1, "a": 1}
assert char_counts("zzz") == {"z": 3}
assert char_counts("") == {}


# medium | imperative | strings, words, reversing
def reverse_each_word(text):
    """Write a function that turns every word of text backwards but keeps the words in place; words are separated by single spaces."""
    return " ".join(w[::-1] for w in text.split(" "))


assert reverse_each_word("hello world") == "olleh dlrow"
assert reverse_each_word("one") == "eno"
assert reverse_each_word("a bc def") == "a cb fed"
assert reverse_each_word("") == ""


# medium | question | lists of strings, vowels, ties
def word_with_most_vowels(words):
    """Which word of the non-empty list has the most vowels (a, e, i, o, u, lower case)? On a tie take the first."""
    best = words[0]
    best_count = -1
    for w in words:
        n = sum(1 for c in w if c in "aeiou")
        if n > best_count:
            best = w
            best_count = n
    return best


assert word_with_most_vowels(["tree", "banana", "sky"]) == "banana"
assert word_with_most_vowels(["cat", "dog"]) == "cat"
assert word_with_most_vowels(["rhythm"]) == "rhythm"
assert word_with_most_vowels(["strength", "io"]) == "io"


# hard | given | strings, runs
def longest_run(s):
    """Given a string s, return the length of the longest stretch of equal neighbouring characters; 0 for the empty string."""
    best = 0
    current = 0
    for i in range(len(s)):
        if i > 0 and s[i] == s[i - 1]:
            current += 1
        else:
            current = 1
        best = max(best, current)
    return best


assert longest_run("aabbbc") == 3
assert longest_run("abab") == 1
assert longest_run("xyyyy") == 4
assert longest_run("") == 0
assert longest_run("aAa") == 1


# hard | story | dictionaries, sorting, ties
def rank_players(scores):
    """After a game, scores maps each player to points. Return the players' names from most to fewest points; equal points go in alphabetical order."""
    pairs = []
    for name in scores:
        pairs.append((-scores[name], name))
    pairs.sort()
    return [name for _, name in pairs]


assert rank_players({"Ann": 3, "Bob": 7}) == ["Bob", "Ann"]
assert rank_players({"Zed": 2, "Amy": 2, "Kim": 5}) == ["Kim", "Amy", "Zed"]
assert rank_players({"Low": -1, "Mid": 0}) == ["Mid", "Low"]
assert rank_players({}) == []


# hard | spec | strings, decoding
def expand_code(code):
    """The code is made of letters, each followed by one digit. Return the text with each letter repeated that many times; a digit 0 drops the letter and an empty code gives the empty string."""
    text = ""
    i = 0
    while i < len(code):
        text += code[i] * int(code[i + 1])
        i += 2
    return text


assert expand_code("a3b2") == "aaabb"
assert expand_code("x1y0z1") == "xz"
assert expand_code("a1a2") == "aaa"
assert expand_code("q9") == "qqqqqqqqq"
assert expand_code("") == ""
