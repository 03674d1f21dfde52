"""Reference tasks, wide: integers and arithmetic, part 2 (written one by one for this project)."""


# easy | terse | integers, parity
def same_parity(a, b):
    """Return True if a and b are both even or both odd, otherwise False."""
    return a % 2 == b % 2


assert same_parity(2, 8) == True
assert same_parity(3, 7) == True
assert same_parity(2, 3) == False
assert same_parity(5, 0) == False
assert same_parity(0, 4) == True
assert same_parity(-3, 5) == True
assert same_parity(-3, 4) == False


# easy | question | integers, parity
def next_even(n):
    """What is the smallest even number that is greater than n?"""
    return n + 2 if n % 2 == 0 else n + 1


assert next_even(3) == 4
assert next_even(4) == 6
assert next_even(0) == 2
assert next_even(-1) == 0
assert next_even(-2) == 0
assert next_even(99) == 100
assert next_even(-5) == -4


# easy | story | division, rounding
def boxes_for_books(books, box_size):
    """Anna packs her books into boxes that each hold at most box_size books;
    return the smallest number of boxes needed."""
    return (books + box_size - 1) // box_size


assert boxes_for_books(10, 5) == 2
assert boxes_for_books(11, 5) == 3
assert boxes_for_books(1, 8) == 1
assert boxes_for_books(0, 8) == 0
assert boxes_for_books(9, 10) == 1
assert boxes_for_books(7, 1) == 7
assert boxes_for_books(14, 5) == 3


# easy | given | division, lists
def divide_with_rest(a, b):
    """Given a non-negative number a and a positive number b, return a list with two numbers:
    how many times b fits into a, and the remainder."""
    return [a // b, a % b]


assert divide_with_rest(17, 5) == [3, 2]
assert divide_with_rest(20, 4) == [5, 0]
assert divide_with_rest(3, 8) == [0, 3]
assert divide_with_rest(0, 6) == [0, 0]
assert divide_with_rest(9, 1) == [9, 0]
assert divide_with_rest(100, 30) == [3, 10]


# easy | imperative | integers, divisibility
def is_multiple(a, b):
    """Write a function that returns True if a is a multiple of b, for non-negative a and b.
    The number 0 is a multiple of every number, and the only multiple of 0."""
    if b == 0:
        return a == 0
    return a % b == 0


assert is_multiple(12, 4) == True
assert is_multiple(4, 12) == False
assert is_multiple(10, 3) == False
assert is_multiple(0, 7) == True
assert is_multiple(5, 0) == False
assert is_multiple(0, 0) == True
assert is_multiple(6, 6) == True


# easy | spec | divisibility, booleans
def divisible_by_only_one(n, a, b):
    """Return True if n is divisible by exactly one of the positive numbers a and b.
    Return False if it is divisible by both or by neither."""
    return (n % a == 0) != (n % b == 0)


assert divisible_by_only_one(9, 3, 2) == True
assert divisible_by_only_one(8, 3, 2) == True
assert divisible_by_only_one(6, 3, 2) == False
assert divisible_by_only_one(7, 3, 2) == False
assert divisible_by_only_one(0, 4, 5) == False
assert divisible_by_only_one(10, 5, 5) == False
assert divisible_by_only_one(12, 5, 4) == True


# easy | terse | integers, parity
def odd_at_most(n):
    """Return the largest odd number that is not greater than n."""
    return n if n % 2 == 1 else n - 1


assert odd_at_most(7) == 7
assert odd_at_most(8) == 7
assert odd_at_most(1) == 1
assert odd_at_most(0) == -1
assert odd_at_most(-4) == -5
assert odd_at_most(-3) == -3
assert odd_at_most(100) == 99


# easy | question | powers, digits
def last_digit_of_power(base, exponent):
    """With which digit does base to the power of exponent end, if both numbers are non-negative?
    Any base to the power 0 counts as 1."""
    return base ** exponent % 10


assert last_digit_of_power(2, 5) == 2
assert last_digit_of_power(7, 2) == 9
assert last_digit_of_power(3, 4) == 1
assert last_digit_of_power(9, 0) == 1
assert last_digit_of_power(0, 0) == 1
assert last_digit_of_power(10, 3) == 0
assert last_digit_of_power(0, 4) == 0
assert last_digit_of_power(12, 3) == 8


# easy | story | division, remainder
def players_missing(players, team_size):
    """A coach wants every player to be in a full team of team_size;
    return the smallest number of extra players needed."""
    return -players % team_size


assert players_missing(10, 5) == 0
assert players_missing(11, 5) == 4
assert players_missing(3, 4) == 1
assert players_missing(0, 6) == 0
assert players_missing(1, 7) == 6
assert players_missing(9, 1) == 0
assert players_missing(14, 5) == 1


# medium | imperative | divisibility, sum
def sum_multiples_of_3_or_5(n):
    """Write a function that adds up all positive numbers below n that are divisible by 3 or by 5,
    using each number only once."""
    return sum(i for i in range(1, n) if i % 3 == 0 or i % 5 == 0)


assert sum_multiples_of_3_or_5(10) == 23
assert sum_multiples_of_3_or_5(3) == 0
assert sum_multiples_of_3_or_5(4) == 3
assert sum_multiples_of_3_or_5(16) == 60
assert sum_multiples_of_3_or_5(15) == 45
assert sum_multiples_of_3_or_5(0) == 0
assert sum_multiples_of_3_or_5(6) == 8


# medium | given | divisibility, loops
def least_common_multiple(a, b):
    """Given two positive numbers a and b, return the smallest positive number that is a multiple of both."""
    multiple = a
    while multiple % b != 0:
        multiple += a
    return multiple


assert least_common_multiple(4, 6) == 12
assert least_common_multiple(3, 5) == 15
assert least_common_multiple(7, 7) == 7
assert least_common_multiple(1, 9) == 9
assert least_common_multiple(10, 5) == 10
assert least_common_multiple(8, 12) == 24
assert least_common_multiple(1, 1) == 1


# medium | terse | gcd, booleans
def are_coprime(a, b):
    """Return True if 1 is the only positive number that divides both positive numbers a and b."""
    for d in range(2, min(a, b) + 1):
        if a % d == 0 and b % d == 0:
            return False
    return True


assert are_coprime(8, 9) == True
assert are_coprime(6, 9) == False
assert are_coprime(1, 1) == True
assert are_coprime(4, 10) == False
assert are_coprime(5, 10) == False
assert are_coprime(7, 7) == False
assert are_coprime(14, 15) == True
assert are_coprime(25, 35) == False


# medium | question | divisibility, counting
def count_shared_divisors(a, b):
    """How many positive numbers divide both positive numbers a and b without a remainder?"""
    return len([d for d in range(1, min(a, b) + 1) if a % d == 0 and b % d == 0])


assert count_shared_divisors(12, 18) == 4
assert count_shared_divisors(7, 5) == 1
assert count_shared_divisors(1, 1) == 1
assert count_shared_divisors(6, 6) == 4
assert count_shared_divisors(10, 20) == 4
assert count_shared_divisors(20, 8) == 3
assert count_shared_divisors(1, 30) == 1


# medium | spec | rounding, conditionals
def round_to_ten(n):
    """Round the non-negative number n to the nearest multiple of ten. A number ending in 5 is rounded up."""
    return (n + 5) // 10 * 10


assert round_to_ten(14) == 10
assert round_to_ten(15) == 20
assert round_to_ten(25) == 30
assert round_to_ten(16) == 20
assert round_to_ten(4) == 0
assert round_to_ten(40) == 40
assert round_to_ten(0) == 0
assert round_to_ten(97) == 100


# medium | story | divisibility, digits, strings
def clap_or_say(n):
    """In a party game, players say "clap" if the positive number n is divisible by 7 or contains the digit 7,
    and otherwise say the number itself; return the spoken text as a string."""
    if n % 7 == 0 or "7" in str(n):
        return "clap"
    return str(n)


assert clap_or_say(7) == "clap"
assert clap_or_say(14) == "clap"
assert clap_or_say(17) == "clap"
assert clap_or_say(72) == "clap"
assert clap_or_say(15) == "15"
assert clap_or_say(1) == "1"
assert clap_or_say(49) == "clap"
assert clap_or_say(60) == "60"


# hard | given | divisibility, sum, conditionals
def compare_with_divisor_sum(n):
    """Given a positive number n, add up all its divisors except n itself. Return "rich" if the sum is greater than n,
    "exact" if it equals n, and "poor" if it is smaller."""
    total = sum(d for d in range(1, n) if n % d == 0)
    if total > n:
        return "rich"
    if total == n:
        return "exact"
    return "poor"


assert compare_with_divisor_sum(6) == "exact"
assert compare_with_divisor_sum(12) == "rich"
assert compare_with_divisor_sum(8) == "poor"
assert compare_with_divisor_sum(1) == "poor"
assert compare_with_divisor_sum(28) == "exact"
assert compare_with_divisor_sum(7) == "poor"
assert compare_with_divisor_sum(20) == "rich"


# hard | imperative | primes, lists, loops
def prime_factors(n):
    """Write a function that returns the list of primes whose product is n, smallest first,
    repeating a prime as often as needed. For n equal to 1 the list is empty."""
    factors = []
    p = 2
    while n > 1:
        if n % p == 0:
            factors.append(p)
            n //= p
        else:
            p += 1
    return factors


assert prime_factors(1) == []
assert prime_factors(2) == [2]
assert prime_factors(12) == [2, 2, 3]
assert prime_factors(13) == [13]
assert prime_factors(49) == [7, 7]
assert prime_factors(30) == [2, 3, 5]
assert prime_factors(64) == [2, 2, 2, 2, 2, 2]
assert prime_factors(45) == [3, 3, 5]


# hard | spec | gcd, fractions, lists
def shorten_fraction(top, bottom):
    """Return the fraction top over bottom in lowest terms as the list [top, bottom], for a non-negative top
    and a positive bottom. A fraction that is zero becomes [0, 1]."""
    a, b = top, bottom
    while b != 0:
        a, b = b, a % b
    return [top // a, bottom // a]


assert shorten_fraction(2, 4) == [1, 2]
assert shorten_fraction(3, 7) == [3, 7]
assert shorten_fraction(0, 5) == [0, 1]
assert shorten_fraction(10, 5) == [2, 1]
assert shorten_fraction(12, 18) == [2, 3]
assert shorten_fraction(7, 7) == [1, 1]
assert shorten_fraction(30, 12) == [5, 2]
