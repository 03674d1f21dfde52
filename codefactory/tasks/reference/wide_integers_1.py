"""Reference tasks, wide: integers and arithmetic, part 1 (written one by one for this project)."""


# easy | terse | integers, digits
def drop_last_digit(n):
    """Return the non-negative number n without its last digit; a single digit becomes 0."""
    return n // 10


assert drop_last_digit(123) == 12
assert drop_last_digit(40) == 4
assert drop_last_digit(7) == 0
assert drop_last_digit(0) == 0
assert drop_last_digit(1009) == 100
assert drop_last_digit(99) == 9


# easy | question | integers, digits
def has_digit(n, d):
    """Does the digit d appear anywhere in the number n? The sign of n does not matter."""
    return str(d) in str(abs(n))


assert has_digit(123, 2) == True
assert has_digit(123, 4) == False
assert has_digit(-507, 5) == True
assert has_digit(0, 0) == True
assert has_digit(77, 0) == False
assert has_digit(310, 0) == True
assert has_digit(-8, 9) == False


# easy | terse | integers, digits, comparison
def is_two_digit(n):
    """Return True if n has exactly two digits, not counting a minus sign."""
    return 10 <= abs(n) <= 99


assert is_two_digit(10) == True
assert is_two_digit(99) == True
assert is_two_digit(100) == False
assert is_two_digit(9) == False
assert is_two_digit(-45) == True
assert is_two_digit(-7) == False
assert is_two_digit(0) == False


# easy | imperative | integers, digits, lists
def digits_list(n):
    """Write a function that returns the list of the digits of the non-negative number n, from left to right."""
    return [int(d) for d in str(n)]


assert digits_list(0) == [0]
assert digits_list(5) == [5]
assert digits_list(123) == [1, 2, 3]
assert digits_list(900) == [9, 0, 0]
assert digits_list(4224) == [4, 2, 2, 4]
assert digits_list(10) == [1, 0]


# easy | question | integers, digits, counting
def count_zero_digits(n):
    """How many digits of the non-negative number n are 0? The number 0 itself has one."""
    return str(n).count("0")


assert count_zero_digits(0) == 1
assert count_zero_digits(7) == 0
assert count_zero_digits(10) == 1
assert count_zero_digits(2005) == 2
assert count_zero_digits(1000) == 3
assert count_zero_digits(345) == 0
assert count_zero_digits(10203) == 2


# easy | given | integers, digits, strings
def glue_numbers(a, b):
    """Given two positive numbers a and b, return the number you get by writing b directly after a."""
    return int(str(a) + str(b))


assert glue_numbers(1, 2) == 12
assert glue_numbers(12, 34) == 1234
assert glue_numbers(5, 100) == 5100
assert glue_numbers(100, 5) == 1005
assert glue_numbers(9, 9) == 99
assert glue_numbers(70, 80) == 7080


# easy | story | integers, digits, comparison
def same_last_digit(house, ticket):
    """A street party gives prizes to people whose house number and ticket number, both positive,
    end in the same digit; return True for a prize, otherwise False."""
    return house % 10 == ticket % 10


assert same_last_digit(12, 42) == True
assert same_last_digit(12, 21) == False
assert same_last_digit(7, 137) == True
assert same_last_digit(10, 1) == False
assert same_last_digit(50, 200) == True
assert same_last_digit(33, 38) == False


# easy | imperative | integers, digits, rounding
def clear_last_two_digits(n):
    """Write a function that replaces the last two digits of the non-negative number n by zeros;
    any number below 100 becomes 0."""
    return n - n % 100


assert clear_last_two_digits(1234) == 1200
assert clear_last_two_digits(199) == 100
assert clear_last_two_digits(99) == 0
assert clear_last_two_digits(5) == 0
assert clear_last_two_digits(700) == 700
assert clear_last_two_digits(0) == 0
assert clear_last_two_digits(20950) == 20900


# easy | spec | integers, digits, comparison
def same_outer_digits(n):
    """Return True if the first and the last digit of the non-negative number n are equal.
    A number with a single digit always gives True."""
    text = str(n)
    return text[0] == text[-1]


assert same_outer_digits(5) == True
assert same_outer_digits(0) == True
assert same_outer_digits(121) == True
assert same_outer_digits(12) == False
assert same_outer_digits(7387) == True
assert same_outer_digits(1220) == False
assert same_outer_digits(4561) == False


# medium | given | digits, lists, loops
def number_from_digits(digits):
    """Given a list of digits, return the number they form when written from left to right.
    Zeros in front add nothing, and an empty list gives 0."""
    number = 0
    for d in digits:
        number = number * 10 + d
    return number


assert number_from_digits([1, 2, 3]) == 123
assert number_from_digits([]) == 0
assert number_from_digits([0, 0, 7]) == 7
assert number_from_digits([5, 0]) == 50
assert number_from_digits([0]) == 0
assert number_from_digits([9]) == 9
assert number_from_digits([3, 0, 0, 4]) == 3004


# medium | terse | integers, digits, strings
def is_palindrome_number(n):
    """Return True if the digits of the non-negative number n read the same forwards and backwards."""
    text = str(n)
    return text == text[::-1]


assert is_palindrome_number(0) == True
assert is_palindrome_number(8) == True
assert is_palindrome_number(1221) == True
assert is_palindrome_number(1231) == False
assert is_palindrome_number(10) == False
assert is_palindrome_number(30403) == True
assert is_palindrome_number(1212) == False


# medium | question | integers, digits, minimum and maximum
def digit_spread(n):
    """How much larger is the largest digit of the non-negative number n than its smallest digit?"""
    digits = [int(d) for d in str(n)]
    return max(digits) - min(digits)


assert digit_spread(0) == 0
assert digit_spread(4) == 0
assert digit_spread(19) == 8
assert digit_spread(91) == 8
assert digit_spread(555) == 0
assert digit_spread(3052) == 5
assert digit_spread(42647) == 5


# medium | spec | integers, digits, sorting
def largest_rearrangement(n):
    """Return the largest number that can be made by putting the digits of the non-negative number n
    in another order. If n already is the largest, return n."""
    return int("".join(sorted(str(n), reverse=True)))


assert largest_rearrangement(123) == 321
assert largest_rearrangement(0) == 0
assert largest_rearrangement(1002) == 2100
assert largest_rearrangement(54) == 54
assert largest_rearrangement(909) == 990
assert largest_rearrangement(6) == 6
assert largest_rearrangement(2742) == 7422


# medium | imperative | integers, digits, comparison
def digits_strictly_rise(n):
    """Write a function that returns True if, from left to right, every digit of the non-negative number n
    is greater than the one before it. A single digit gives True."""
    text = str(n)
    return all(text[i] < text[i + 1] for i in range(len(text) - 1))


assert digits_strictly_rise(123) == True
assert digits_strictly_rise(122) == False
assert digits_strictly_rise(321) == False
assert digits_strictly_rise(7) == True
assert digits_strictly_rise(0) == True
assert digits_strictly_rise(1389) == True
assert digits_strictly_rise(1325) == False
assert digits_strictly_rise(90) == False


# medium | story | integers, digits, lists
def missing_digits(code):
    """A thief notes which digits are not used in a safe's code, a non-negative number;
    return the list of unused digits from 0 to 9 in increasing order."""
    used = str(code)
    return [d for d in range(10) if str(d) not in used]


assert missing_digits(123456789) == [0]
assert missing_digits(9876543210) == []
assert missing_digits(0) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
assert missing_digits(13579) == [0, 2, 4, 6, 8]
assert missing_digits(1122) == [0, 3, 4, 5, 6, 7, 8, 9]
assert missing_digits(86420) == [1, 3, 5, 7, 9]


# hard | story | integers, digits, loops
def digit_product_rounds(n):
    """Mia replaces a non-negative number by the product of its digits until only one digit is left;
    return how often she does this, which is 0 if she starts with a single digit."""
    rounds = 0
    while n >= 10:
        product = 1
        for d in str(n):
            product *= int(d)
        n = product
        rounds += 1
    return rounds


assert digit_product_rounds(0) == 0
assert digit_product_rounds(9) == 0
assert digit_product_rounds(10) == 1
assert digit_product_rounds(25) == 2
assert digit_product_rounds(39) == 3
assert digit_product_rounds(77) == 4
assert digit_product_rounds(999) == 4
assert digit_product_rounds(23) == 1


# hard | given | integers, digits, powers
def equals_powered_digit_sum(n):
    """Given a positive number n with k digits, return True if adding up all its digits,
    each raised to the power k, gives n again."""
    k = len(str(n))
    return sum(int(d) ** k for d in str(n)) == n


assert equals_powered_digit_sum(153) == True
assert equals_powered_digit_sum(154) == False
assert equals_powered_digit_sum(7) == True
assert equals_powered_digit_sum(10) == False
assert equals_powered_digit_sum(370) == True
assert equals_powered_digit_sum(1634) == True
assert equals_powered_digit_sum(100) == False
assert equals_powered_digit_sum(25) == False


# hard | spec | integers, digits, counting
def most_common_digit(n):
    """Return the digit that appears most often in the non-negative number n.
    If several digits appear equally often, return the smallest of them."""
    text = str(n)
    best = 0
    for d in range(10):
        if text.count(str(d)) > text.count(str(best)):
            best = d
    return best


assert most_common_digit(0) == 0
assert most_common_digit(5) == 5
assert most_common_digit(1223) == 2
assert most_common_digit(9911) == 1
assert most_common_digit(3210) == 0
assert most_common_digit(9099) == 9
assert most_common_digit(70070) == 0
assert most_common_digit(4888844) == 8
