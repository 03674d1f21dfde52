"""Reference tasks, held out: words and texts, part 3 (written one by one for this project)."""


# easy | question | sentences, counting
def count_words_with_r(sentence):
    """How many words of the sentence contain the letter "r"?"""
    return sum(1 for w in sentence.split() if "r" in w)


assert count_words_with_r("the red car is here") == 3
assert count_words_with_r("we go home") == 0
assert count_words_with_r("") == 0
assert count_words_with_r("mirror") == 1
assert count_words_with_r("Rome or Paris") == 2


# easy | question | sentences, last
def length_of_last_word(sentence):
    """How long is the last word of `sentence`? Return 0 if there are no words."""
    words = sentence.split()
    if not words:
        return 0
    return len(words[-1])


assert length_of_last_word("good morning") == 7
assert length_of_last_word("see you ") == 3
assert length_of_last_word("") == 0
assert length_of_last_word("hi") == 2
assert length_of_last_word("long word a") == 1


# easy | terse | sentences, first
def first_word_of(sentence):
    """Return the first word of `sentence`, or "" if there is none."""
    words = sentence.split()
    return words[0] if words else ""


assert first_word_of("winter is cold") == "winter"
assert first_word_of("  go now") == "go"
assert first_word_of("") == ""
assert first_word_of("Stop") == "Stop"
assert first_word_of("   ") == ""


# easy | imperative | strings, reversing
def chars_from_back(text):
    """Make a list of the characters of `text`, from the last to the first."""
    return list(text[::-1])


assert chars_from_back("cab") == ["b", "a", "c"]
assert chars_from_back("x") == ["x"]
assert chars_from_back("") == []
assert chars_from_back("a b") == ["b", " ", "a"]
assert chars_from_back("122") == ["2", "2", "1"]


# easy | spec | strings, filtering
def only_letters(text):
    """Return the letters of `text` as one string. Everything that is not a letter is left out."""
    return "".join(c for c in text if c.isalpha())


assert only_letters("a1-b2") == "ab"
assert only_letters("Hi there!") == "Hithere"
assert only_letters("123") == ""
assert only_letters("") == ""
assert only_letters("OK") == "OK"


# easy | question | strings, counting
def count_non_letters(text):
    """How many characters of `text` are not letters?"""
    count = 0
    for c in text:
        if not c.isalpha():
            count += 1
    return count


assert count_non_letters("a1 b2!") == 4
assert count_non_letters("hello") == 0
assert count_non_letters("") == 0
assert count_non_letters("you?") == 1
assert count_non_letters("42") == 2


# easy | question | strings, checking
def only_x_and_o(s):
    """Does `s` consist only of the letters "x" and "o"? The empty string does."""
    return all(c in "xo" for c in s)


assert only_x_and_o("xoxo") == True
assert only_x_and_o("box") == False
assert only_x_and_o("") == True
assert only_x_and_o("oo") == True
assert only_x_and_o("xo x") == False


# easy | terse | strings, positions
def comma_places(text):
    """List all positions of "," in `text`, counting from 0."""
    return [i for i, c in enumerate(text) if c == ","]


assert comma_places("a,b,c") == [1, 3]
assert comma_places(",") == [0]
assert comma_places("no comma") == []
assert comma_places("") == []
assert comma_places("x,,") == [1, 2]


# easy | story | strings, repeating
def stutter(word):
    """A shy actor says every word two times, with a "-" in between. Return what he says for `word`."""
    return word + "-" + word


assert stutter("yes") == "yes-yes"
assert stutter("a") == "a-a"
assert stutter("") == "-"
assert stutter("no-no") == "no-no-no-no"


# medium | question | lists of strings, palindromes, counting
def count_mirror_words(words):
    """How many words in the list read the same forwards and backwards?"""
    count = 0
    for w in words:
        if w == w[::-1]:
            count += 1
    return count


assert count_mirror_words(["level", "cat", "noon"]) == 2
assert count_mirror_words(["ab", "Anna"]) == 0
assert count_mirror_words([]) == 0
assert count_mirror_words(["a", "", "bb"]) == 3
assert count_mirror_words(["abca", "eye"]) == 1


# easy | imperative | strings, removing
def drop_third_char(s):
    """Leave out the third character of `s`. If `s` has fewer than three, return it unchanged."""
    return s[:2] + s[3:]


assert drop_third_char("table") == "tale"
assert drop_third_char("abc") == "ab"
assert drop_third_char("xy") == "xy"
assert drop_third_char("") == ""
assert drop_third_char("11233") == "1133"


# easy | spec | lists of strings, rotation
def last_word_to_front(words):
    """Return the list with its last word moved to the front. An empty list stays empty."""
    return words[-1:] + words[:-1]


assert last_word_to_front(["a", "b", "c"]) == ["c", "a", "b"]
assert last_word_to_front(["up", "down"]) == ["down", "up"]
assert last_word_to_front(["one"]) == ["one"]
assert last_word_to_front([]) == []
assert last_word_to_front(["x", "x", "y", "z"]) == ["z", "x", "x", "y"]


# medium | given | lists of strings, neighbours
def neighbour_words(words):
    """Given a list of words, return each word together with the next one, joined by a space. Fewer than two words give an empty list."""
    result = []
    for i in range(len(words) - 1):
        result.append(words[i] + " " + words[i + 1])
    return result


assert neighbour_words(["we", "all", "run"]) == ["we all", "all run"]
assert neighbour_words(["hi", "you"]) == ["hi you"]
assert neighbour_words(["alone"]) == []
assert neighbour_words([]) == []
assert neighbour_words(["a", "a", "b"]) == ["a a", "a b"]


# medium | imperative | lists of strings, pairs, joining
def glue_word_pairs(a, b):
    """Glue each word of `a` to the word of `b` at the same position; both lists are equally long."""
    result = []
    for x, y in zip(a, b):
        result.append(x + y)
    return result


assert glue_word_pairs(["sun", "snow"], ["day", "man"]) == ["sunday", "snowman"]
assert glue_word_pairs(["hi"], ["ho"]) == ["hiho"]
assert glue_word_pairs([], []) == []
assert glue_word_pairs(["", "x"], ["y", ""]) == ["y", "x"]


# easy | question | lists of strings, membership, counting
def count_known_words(words, known):
    """How many of the `words` are also in the list `known`?"""
    return sum(1 for w in words if w in known)


assert count_known_words(["sun", "moon", "star"], ["star", "sun"]) == 2
assert count_known_words(["a", "a"], ["a"]) == 2
assert count_known_words(["Sun"], ["sun"]) == 0
assert count_known_words([], ["x"]) == 0
assert count_known_words(["x", "y"], ["y"]) == 1


# medium | terse | strings, vowels, case
def upper_without_vowels(s):
    """Remove the vowels (a, e, i, o, u) from the lower-case text `s` and return the rest in upper case."""
    result = ""
    for c in s:
        if c not in "aeiou":
            result += c.upper()
    return result


assert upper_without_vowels("banana") == "BNN"
assert upper_without_vowels("my dog") == "MY DG"
assert upper_without_vowels("aei") == ""
assert upper_without_vowels("") == ""
assert upper_without_vowels("street 5") == "STRT 5"


# medium | imperative | lists of strings, prefix sums
def running_letter_totals(words):
    """For each word, give the number of letters in it and all words before it, as a list."""
    totals = []
    total = 0
    for w in words:
        total += len(w)
        totals.append(total)
    return totals


assert running_letter_totals(["to", "the", "sea"]) == [2, 5, 8]
assert running_letter_totals(["tree"]) == [4]
assert running_letter_totals([]) == []
assert running_letter_totals(["", "a", ""]) == [0, 1, 1]
assert running_letter_totals(["x", "y"]) == [1, 2]


# medium | terse | sentences, filtering, joining
def drop_the(sentence):
    """Return the words of the lower-case sentence without every "the", joined by single spaces."""
    return " ".join(w for w in sentence.split() if w != "the")


assert drop_the("the dog saw the cat") == "dog saw cat"
assert drop_the("then there") == "then there"
assert drop_the("the") == ""
assert drop_the("") == ""
assert drop_the("go to the lake") == "go to lake"


# easy | terse | strings, case, counting
def count_small_letters(text):
    """Count the lower-case letters in the text."""
    return len([c for c in text if c.islower()])


assert count_small_letters("Hello You") == 6
assert count_small_letters("ABC") == 0
assert count_small_letters("") == 0
assert count_small_letters("x1y2") == 2
assert count_small_letters("tea for 2") == 6


# easy | given | strings, maximum
def latest_letter(word):
    """Given a non-empty lower-case `word`, return its letter that comes last in the alphabet."""
    return max(word)


assert latest_letter("apple") == "p"
assert latest_letter("zoo") == "z"
assert latest_letter("a") == "a"
assert latest_letter("winter") == "w"
assert latest_letter("bad") == "d"


# hard | spec | sentences, vowels, duplicates, sorting
def different_vowel_words(sentence):
    """Return the different words of the lower-case sentence that start with a vowel (a, e, i, o, u), in alphabetical order."""
    return sorted({w for w in sentence.split() if w[0] in "aeiou"})


assert different_vowel_words("one old egg and one ant") == ["and", "ant", "egg", "old", "one"]
assert different_vowel_words("big blue car") == []
assert different_vowel_words("") == []
assert different_vowel_words("up up up") == ["up"]
assert different_vowel_words("we ate it") == ["ate", "it"]


# easy | question | strings, first, counting
def count_like_first(s):
    """How often does the first character of `s` occur in `s`? Return 0 if `s` is empty."""
    if s == "":
        return 0
    return s.count(s[0])


assert count_like_first("abracadabra") == 5
assert count_like_first("xyz") == 1
assert count_like_first("") == 0
assert count_like_first("Ooo") == 1
assert count_like_first("tt") == 2
