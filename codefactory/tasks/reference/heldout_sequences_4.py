"""Reference tasks, held out: short sequences of numbers, part 4 (written one by one for this project)."""


# easy | terse | ranges, parity
def odds_up_to(n):
    """Return the odd numbers from 1 to `n` as a list, counting upwards."""
    return list(range(1, n + 1, 2))


assert odds_up_to(6) == [1, 3, 5]
assert odds_up_to(0) == []
assert odds_up_to(1) == [1]
assert odds_up_to(7) == [1, 3, 5, 7]
assert odds_up_to(2) == [1]


# easy | imperative | ranges, divisibility
def fives_up_to(n):
    """List all multiples of 5 from 1 to n, including n."""
    return [i for i in range(1, n + 1) if i % 5 == 0]


assert fives_up_to(12) == [5, 10]
assert fives_up_to(4) == []
assert fives_up_to(0) == []
assert fives_up_to(5) == [5]
assert fives_up_to(20) == [5, 10, 15, 20]


# easy | question | ranges, parity, sums
def sum_evens_to(n):
    """Which sum do you get by adding 2, 4, 6 and so on, as long as the numbers are at most `n`?"""
    return sum(i for i in range(1, n + 1) if i % 2 == 0)


assert sum_evens_to(6) == 12
assert sum_evens_to(1) == 0
assert sum_evens_to(0) == 0
assert sum_evens_to(2) == 2
assert sum_evens_to(11) == 30


# easy | terse | ranges, divisibility, sums
def sum_threes_between(a, b):
    """Add the multiples of 3 from `a` to `b`, both ends included."""
    total = 0
    for i in range(a, b + 1):
        if i % 3 == 0:
            total += i
    return total


assert sum_threes_between(1, 9) == 18
assert sum_threes_between(4, 5) == 0
assert sum_threes_between(6, 6) == 6
assert sum_threes_between(10, 2) == 0
assert sum_threes_between(11, 16) == 27


# easy | question | ranges, parity, counting
def count_odds_between(a, b):
    """How many odd numbers are there from a to b, if a and b count too?"""
    count = 0
    for i in range(a, b + 1):
        if i % 2 == 1:
            count += 1
    return count


assert count_odds_between(1, 5) == 3
assert count_odds_between(4, 4) == 0
assert count_odds_between(7, 7) == 1
assert count_odds_between(8, 3) == 0
assert count_odds_between(10, 19) == 5


# easy | given | ranges, squares
def squares_between(a, b):
    """Given `a` and `b`, return the squares of all numbers from a to b, both included."""
    return [i * i for i in range(a, b + 1)]


assert squares_between(2, 4) == [4, 9, 16]
assert squares_between(5, 5) == [25]
assert squares_between(3, 1) == []
assert squares_between(-1, 1) == [1, 0, 1]
assert squares_between(9, 10) == [81, 100]


# easy | imperative | ranges, reversing
def numbers_down_from_to(a, b):
    """Count backwards: list the numbers from `b` down to `a`, both included; a is not larger than b."""
    return list(range(b, a - 1, -1))


assert numbers_down_from_to(2, 5) == [5, 4, 3, 2]
assert numbers_down_from_to(3, 3) == [3]
assert numbers_down_from_to(0, 1) == [1, 0]
assert numbers_down_from_to(-2, 0) == [0, -1, -2]
assert numbers_down_from_to(9, 11) == [11, 10, 9]


# easy | terse | ranges, mapping
def doubles_up_to(n):
    """Return a list with the doubles of 1, 2, 3 and so on up to n."""
    result = []
    for i in range(1, n + 1):
        result.append(i * 2)
    return result


assert doubles_up_to(3) == [2, 4, 6]
assert doubles_up_to(0) == []
assert doubles_up_to(1) == [2]
assert doubles_up_to(5) == [2, 4, 6, 8, 10]
assert doubles_up_to(2) == [2, 4]


# easy | spec | ranges, products
def product_from_to(a, b):
    """Multiply all numbers from `a` to `b` and return the product. Both ends belong to it, and a is at most b."""
    product = 1
    for i in range(a, b + 1):
        product *= i
    return product


assert product_from_to(2, 4) == 24
assert product_from_to(5, 5) == 5
assert product_from_to(1, 3) == 6
assert product_from_to(-1, 1) == 0
assert product_from_to(9, 11) == 990


# easy | question | ranges, digits, counting
def count_ending_in_five(n):
    """How many of the numbers from 1 to `n` end with a 5?"""
    return len([i for i in range(1, n + 1) if i % 10 == 5])


assert count_ending_in_five(20) == 2
assert count_ending_in_five(4) == 0
assert count_ending_in_five(5) == 1
assert count_ending_in_five(0) == 0
assert count_ending_in_five(50) == 5


# easy | imperative | divisors
def divisors_below(n):
    """Find all divisors of the positive number `n` that are smaller than n itself, in rising order."""
    return [d for d in range(1, n) if n % d == 0]


assert divisors_below(6) == [1, 2, 3]
assert divisors_below(1) == []
assert divisors_below(7) == [1]
assert divisors_below(16) == [1, 2, 4, 8]
assert divisors_below(9) == [1, 3]


# easy | terse | divisors, parity
def odd_divisors(n):
    """Return the list of the odd divisors of the positive number n, smallest first."""
    return [d for d in range(1, n + 1) if n % d == 0 and d % 2 == 1]


assert odd_divisors(12) == [1, 3]
assert odd_divisors(8) == [1]
assert odd_divisors(1) == [1]
assert odd_divisors(15) == [1, 3, 5, 15]
assert odd_divisors(18) == [1, 3, 9]


# easy | question | divisors, parity, counting
def count_even_divisors(number):
    """How many divisors of the positive `number` are even?"""
    count = 0
    for d in range(1, number + 1):
        if number % d == 0 and d % 2 == 0:
            count += 1
    return count


assert count_even_divisors(12) == 4
assert count_even_divisors(9) == 0
assert count_even_divisors(2) == 1
assert count_even_divisors(1) == 0
assert count_even_divisors(20) == 4


# easy | given | ranges, divisibility, filtering
def not_divisible_by_four(n):
    """Given n, return the numbers from 1 to n that cannot be divided by 4 evenly."""
    return [i for i in range(1, n + 1) if i % 4 != 0]


assert not_divisible_by_four(5) == [1, 2, 3, 5]
assert not_divisible_by_four(0) == []
assert not_divisible_by_four(4) == [1, 2, 3]
assert not_divisible_by_four(1) == [1]
assert not_divisible_by_four(9) == [1, 2, 3, 5, 6, 7, 9]


# medium | terse | ranges, powers, sums
def sum_of_cubes_to(n):
    """Return the sum of the cubes of the numbers from 1 up to `n`; 0 if n is 0."""
    return sum(i ** 3 for i in range(1, n + 1))


assert sum_of_cubes_to(2) == 9
assert sum_of_cubes_to(0) == 0
assert sum_of_cubes_to(1) == 1
assert sum_of_cubes_to(3) == 36
assert sum_of_cubes_to(5) == 225


# medium | imperative | ranges, squares, sums
def sum_squares_between(a, b):
    """Square every number from `a` to `b` (both included) and add up the squares."""
    total = 0
    for i in range(a, b + 1):
        total += i * i
    return total


assert sum_squares_between(2, 4) == 29
assert sum_squares_between(6, 6) == 36
assert sum_squares_between(5, 3) == 0
assert sum_squares_between(-1, 2) == 6
assert sum_squares_between(9, 10) == 181


# medium | given | ranges, parity, mapping
def halves_of_evens_between(a, b):
    """Given a and b, take the even numbers from a to b, both included, and return the list of their halves."""
    return [i // 2 for i in range(a, b + 1) if i % 2 == 0]


assert halves_of_evens_between(1, 8) == [1, 2, 3, 4]
assert halves_of_evens_between(5, 5) == []
assert halves_of_evens_between(10, 10) == [5]
assert halves_of_evens_between(7, 2) == []
assert halves_of_evens_between(20, 25) == [10, 11, 12]


# medium | question | divisors, sums
def sum_of_smaller_divisors(n):
    """What is the sum of the divisors of the positive number `n`, leaving out n itself?"""
    return sum(d for d in range(1, n) if n % d == 0)


assert sum_of_smaller_divisors(6) == 6
assert sum_of_smaller_divisors(1) == 0
assert sum_of_smaller_divisors(7) == 1
assert sum_of_smaller_divisors(10) == 8
assert sum_of_smaller_divisors(12) == 16


# medium | question | ranges, divisibility, counting
def count_by_two_and_five(n):
    """How many numbers from 1 to `n` can be divided by 2 as well as by 5?"""
    return sum(1 for i in range(1, n + 1) if i % 2 == 0 and i % 5 == 0)


assert count_by_two_and_five(25) == 2
assert count_by_two_and_five(9) == 0
assert count_by_two_and_five(10) == 1
assert count_by_two_and_five(0) == 0
assert count_by_two_and_five(70) == 7


# medium | spec | divisors, counting, parity
def has_odd_divisor_count(n):
    """Count the divisors of the positive number n, with 1 and n. Return True if there is an odd number of them."""
    count = sum(1 for d in range(1, n + 1) if n % d == 0)
    return count % 2 == 1


assert has_odd_divisor_count(4) == True
assert has_odd_divisor_count(6) == False
assert has_odd_divisor_count(1) == True
assert has_odd_divisor_count(7) == False
assert has_odd_divisor_count(36) == True


# medium | terse | divisors, parity, products
def product_of_odd_divisors(n):
    """Product of the odd divisors of the positive number `n`."""
    product = 1
    for d in range(1, n + 1):
        if n % d == 0 and d % 2 == 1:
            product *= d
    return product


assert product_of_odd_divisors(6) == 3
assert product_of_odd_divisors(1) == 1
assert product_of_odd_divisors(4) == 1
assert product_of_odd_divisors(15) == 225
assert product_of_odd_divisors(18) == 27


# hard | imperative | ranges, parity, divisibility, squares, sums
def sum_odd_squares_skipping_threes(n):
    """Square the odd numbers from 1 to `n` that are not divisible by 3, and return the sum of the squares."""
    total = 0
    for i in range(1, n + 1):
        if i % 2 == 1 and i % 3 != 0:
            total += i * i
    return total


assert sum_odd_squares_skipping_threes(5) == 26
assert sum_odd_squares_skipping_threes(0) == 0
assert sum_odd_squares_skipping_threes(4) == 1
assert sum_odd_squares_skipping_threes(7) == 75
assert sum_odd_squares_skipping_threes(11) == 196
