"""Reference tasks, wide: integers and arithmetic, part 3 (written one by one for this project)."""


# easy | terse | arithmetic, powers
def sum_of_two_cubes(a, b):
    """Return the cube of a plus the cube of b."""
    return a ** 3 + b ** 3


assert sum_of_two_cubes(1, 2) == 9
assert sum_of_two_cubes(0, 0) == 0
assert sum_of_two_cubes(3, 0) == 27
assert sum_of_two_cubes(-1, 2) == 7
assert sum_of_two_cubes(-2, -3) == -35
assert sum_of_two_cubes(4, -4) == 0


# easy | question | powers, loops
def is_perfect_square(n):
    """Is n the square of a whole number? Zero is a square, negative numbers are not."""
    root = 0
    while root * root < n:
        root += 1
    return root * root == n


assert is_perfect_square(16) == True
assert is_perfect_square(15) == False
assert is_perfect_square(0) == True
assert is_perfect_square(1) == True
assert is_perfect_square(2) == False
assert is_perfect_square(-4) == False
assert is_perfect_square(144) == True


# easy | given | comparison, booleans
def is_strictly_between(n, a, b):
    """Given a number n and two bounds a and b in any order, return True if n lies between the bounds
    without being equal to either of them."""
    return min(a, b) < n < max(a, b)


assert is_strictly_between(5, 1, 9) == True
assert is_strictly_between(5, 9, 1) == True
assert is_strictly_between(1, 1, 9) == False
assert is_strictly_between(9, 1, 9) == False
assert is_strictly_between(10, 9, 1) == False
assert is_strictly_between(4, 4, 4) == False
assert is_strictly_between(-2, 0, -3) == True


# easy | story | booleans, conditionals
def can_vote(age, registered):
    """In a town everyone who is at least 16 years old and registered may vote; return True if the person may vote."""
    return age >= 16 and registered


assert can_vote(16, True) == True
assert can_vote(15, True) == False
assert can_vote(40, False) == False
assert can_vote(70, True) == True
assert can_vote(10, False) == False
assert can_vote(17, True) == True


# easy | imperative | comparison, conditionals
def clamp(n, low, high):
    """Write a function that returns n if it lies from low to high, low if n is smaller than low,
    and high if n is greater than high."""
    return max(low, min(n, high))


assert clamp(5, 0, 10) == 5
assert clamp(-3, 0, 10) == 0
assert clamp(12, 0, 10) == 10
assert clamp(10, 0, 10) == 10
assert clamp(0, 0, 10) == 0
assert clamp(1, 4, 4) == 4
assert clamp(-9, -5, -2) == -5


# easy | spec | conditionals, sign
def sign_of(n):
    """Return 1 if n is positive, -1 if n is negative and 0 if n is zero."""
    if n > 0:
        return 1
    if n < 0:
        return -1
    return 0


assert sign_of(5) == 1
assert sign_of(1) == 1
assert sign_of(0) == 0
assert sign_of(-1) == -1
assert sign_of(-30) == -1
assert sign_of(200) == 1


# easy | terse | booleans
def majority_of_three(a, b, c):
    """Return True if at least two of the three truth values a, b and c are True."""
    return (a and b) or (a and c) or (b and c)


assert majority_of_three(True, True, False) == True
assert majority_of_three(True, False, True) == True
assert majority_of_three(False, True, True) == True
assert majority_of_three(True, True, True) == True
assert majority_of_three(True, False, False) == False
assert majority_of_three(False, False, True) == False
assert majority_of_three(False, False, False) == False


# easy | question | booleans, comparison
def promise_kept(temperature, went_swimming):
    """Someone promised to go swimming if the temperature is above 25. Was the promise kept?
    It is broken only when it was above 25 and the person did not swim."""
    return temperature <= 25 or went_swimming


assert promise_kept(30, True) == True
assert promise_kept(30, False) == False
assert promise_kept(20, True) == True
assert promise_kept(20, False) == True
assert promise_kept(25, False) == True
assert promise_kept(26, False) == False
assert promise_kept(26, True) == True


# easy | story | comparison, conditionals
def scale_result(left, right):
    """A balance scale sinks on its heavier side; return "left" or "right" for that side,
    or "level" if both weights are equal."""
    if left > right:
        return "left"
    if right > left:
        return "right"
    return "level"


assert scale_result(5, 3) == "left"
assert scale_result(3, 5) == "right"
assert scale_result(4, 4) == "level"
assert scale_result(0, 1) == "right"
assert scale_result(1, 0) == "left"
assert scale_result(0, 0) == "level"


# medium | imperative | primes, loops
def is_prime(n):
    """Write a function that returns True if n is a prime number: greater than 1
    and divisible only by 1 and itself. Any other number gives False."""
    if n < 2:
        return False
    for d in range(2, n):
        if n % d == 0:
            return False
    return True


assert is_prime(2) == True
assert is_prime(1) == False
assert is_prime(0) == False
assert is_prime(-7) == False
assert is_prime(9) == False
assert is_prime(13) == True
assert is_prime(4) == False
assert is_prime(97) == True


# medium | terse | powers, loops
def largest_power_of_two_at_most(n):
    """Return the largest power of two (1, 2, 4, 8 and so on) that is not greater than the positive number n."""
    power = 1
    while power * 2 <= n:
        power *= 2
    return power


assert largest_power_of_two_at_most(1) == 1
assert largest_power_of_two_at_most(2) == 2
assert largest_power_of_two_at_most(3) == 2
assert largest_power_of_two_at_most(8) == 8
assert largest_power_of_two_at_most(15) == 8
assert largest_power_of_two_at_most(100) == 64
assert largest_power_of_two_at_most(17) == 16


# medium | given | powers, loops
def whole_square_root(n):
    """Given a non-negative number n, return the largest whole number whose square is not greater than n."""
    root = 0
    while (root + 1) * (root + 1) <= n:
        root += 1
    return root


assert whole_square_root(0) == 0
assert whole_square_root(1) == 1
assert whole_square_root(3) == 1
assert whole_square_root(4) == 2
assert whole_square_root(24) == 4
assert whole_square_root(25) == 5
assert whole_square_root(99) == 9


# medium | question | divisibility, counting, loops
def halving_count(n):
    """How many times in a row can the positive number n be divided by 2 before the result is odd?"""
    count = 0
    while n % 2 == 0:
        n //= 2
        count += 1
    return count


assert halving_count(1) == 0
assert halving_count(2) == 1
assert halving_count(12) == 2
assert halving_count(7) == 0
assert halving_count(16) == 4
assert halving_count(10) == 1
assert halving_count(96) == 5


# medium | imperative | divisibility, loops
def largest_proper_divisor(n):
    """Write a function that returns the largest number that is smaller than n and divides n,
    for any n greater than 1."""
    for d in range(n - 1, 0, -1):
        if n % d == 0:
            return d


assert largest_proper_divisor(2) == 1
assert largest_proper_divisor(12) == 6
assert largest_proper_divisor(13) == 1
assert largest_proper_divisor(15) == 5
assert largest_proper_divisor(49) == 7
assert largest_proper_divisor(35) == 7
assert largest_proper_divisor(100) == 50


# medium | spec | divisibility, booleans, calendar
def is_leap_year(year):
    """Return True if year is a leap year, which means it is divisible by 4. However, years divisible by 100
    are not leap years, unless they are also divisible by 400."""
    if year % 400 == 0:
        return True
    if year % 100 == 0:
        return False
    return year % 4 == 0


assert is_leap_year(2024) == True
assert is_leap_year(2023) == False
assert is_leap_year(1900) == False
assert is_leap_year(2000) == True
assert is_leap_year(2100) == False
assert is_leap_year(1600) == True
assert is_leap_year(2026) == False


# medium | story | fees, conditionals
def parking_fee(hours):
    """A garage lets you park the first hour free and asks 2 for each further hour,
    but never more than 15 in total; return the fee for a whole number of hours, at least 1."""
    return min(2 * (hours - 1), 15)


assert parking_fee(1) == 0
assert parking_fee(2) == 2
assert parking_fee(5) == 8
assert parking_fee(8) == 14
assert parking_fee(9) == 15
assert parking_fee(24) == 15
assert parking_fee(3) == 4


# hard | spec | primes, loops
def next_prime(n):
    """Return the smallest prime number that is greater than n. The result is never n itself,
    even when n is prime. For every n below 2 the result is 2."""
    candidate = max(n + 1, 2)
    while any(candidate % d == 0 for d in range(2, candidate)):
        candidate += 1
    return candidate


assert next_prime(2) == 3
assert next_prime(3) == 5
assert next_prime(0) == 2
assert next_prime(-10) == 2
assert next_prime(1) == 2
assert next_prime(8) == 11
assert next_prime(24) == 29
assert next_prime(89) == 97


# hard | given | primes, lists, loops
def split_into_primes(n):
    """Given an even number n of at least 4, return a list of two primes, smaller one first, that add up to n.
    If there are several such pairs, take the one with the smallest first prime."""
    primes = [p for p in range(2, n) if all(p % d != 0 for d in range(2, p))]
    for p in primes:
        if n - p in primes:
            return [p, n - p]


assert split_into_primes(4) == [2, 2]
assert split_into_primes(6) == [3, 3]
assert split_into_primes(8) == [3, 5]
assert split_into_primes(10) == [3, 7]
assert split_into_primes(12) == [5, 7]
assert split_into_primes(28) == [5, 23]
assert split_into_primes(98) == [19, 79]
