"""Reference tasks, held out: short sequences of numbers, part 1 (written one by one for this project)."""


# easy | question | lists, counting
def count_zero_or_more(numbers):
    """How many of the numbers are not negative?"""
    return len([n for n in numbers if n >= 0])


assert count_zero_or_more([4, -1, 0]) == 2
assert count_zero_or_more([]) == 0
assert count_zero_or_more([-3, -8]) == 0
assert count_zero_or_more([0]) == 1
assert count_zero_or_more([9, 2, -2, 5, 6]) == 4


# easy | terse | lists, counting
def count_fives(xs):
    """Count how often the number 5 is in `xs`."""
    count = 0
    for x in xs:
        if x == 5:
            count += 1
    return count


assert count_fives([5, 1, 5]) == 2
assert count_fives([]) == 0
assert count_fives([15, 51, 4]) == 0
assert count_fives([5]) == 1
assert count_fives([5, -5, 5, 5]) == 3


# easy | story | lists, counting, between
def count_teen_guests(ages):
    """A club is for people from 10 to 20 years, both included. How many of these ages fit?"""
    return sum(1 for age in ages if 10 <= age <= 20)


assert count_teen_guests([9, 10, 15, 21]) == 2
assert count_teen_guests([]) == 0
assert count_teen_guests([20]) == 1
assert count_teen_guests([5, 30]) == 0
assert count_teen_guests([11, 12, 13, 10, 20]) == 5


# easy | imperative | lists, counting, digits
def count_one_digit_numbers(nums):
    """Count the numbers of `nums` that are written with a single digit; no number is negative."""
    return sum(1 for n in nums if n < 10)


assert count_one_digit_numbers([3, 10, 7]) == 2
assert count_one_digit_numbers([]) == 0
assert count_one_digit_numbers([9]) == 1
assert count_one_digit_numbers([11, 100]) == 0
assert count_one_digit_numbers([0, 1, 55, 8]) == 3


# easy | terse | lists, divisibility, sums
def sum_of_fives_multiples(numbers):
    """Add up the numbers in the list that are multiples of 5."""
    return sum(n for n in numbers if n % 5 == 0)


assert sum_of_fives_multiples([5, 7, 10]) == 15
assert sum_of_fives_multiples([]) == 0
assert sum_of_fives_multiples([1, 2, 3]) == 0
assert sum_of_fives_multiples([25, 0, 51]) == 25
assert sum_of_fives_multiples([-5, 20]) == 15


# easy | given | lists, sums
def sum_below_fifty(values):
    """Given a list of `values`, return the total of those less than 50."""
    total = 0
    for v in values:
        if v < 50:
            total += v
    return total


assert sum_below_fifty([60, 10, 5]) == 15
assert sum_below_fifty([]) == 0
assert sum_below_fifty([50, 99]) == 0
assert sum_below_fifty([49, 50]) == 49
assert sum_below_fifty([-20, 30, 70]) == 10


# easy | imperative | lists, parity, filtering
def keep_odd_numbers(nums):
    """Keep only the odd numbers of nums."""
    return [n for n in nums if n % 2 == 1]


assert keep_odd_numbers([1, 2, 3, 4]) == [1, 3]
assert keep_odd_numbers([]) == []
assert keep_odd_numbers([6, 0]) == []
assert keep_odd_numbers([9]) == [9]
assert keep_odd_numbers([7, 12, -3, 7]) == [7, -3, 7]


# easy | terse | lists, filtering
def at_least_twelve(xs):
    """Return all numbers of `xs` that are 12 or greater."""
    result = []
    for x in xs:
        if x >= 12:
            result.append(x)
    return result


assert at_least_twelve([11, 12, 13]) == [12, 13]
assert at_least_twelve([]) == []
assert at_least_twelve([3, -12]) == []
assert at_least_twelve([40, 2, 12]) == [40, 12]
assert at_least_twelve([100]) == [100]


# easy | question | lists, digits, filtering
def numbers_ending_in_three(nums):
    """Which numbers of `nums` end in the digit 3? None of them is negative."""
    return [n for n in nums if n % 10 == 3]


assert numbers_ending_in_three([13, 30, 3]) == [13, 3]
assert numbers_ending_in_three([]) == []
assert numbers_ending_in_three([31, 35]) == []
assert numbers_ending_in_three([103]) == [103]
assert numbers_ending_in_three([23, 32, 33, 43]) == [23, 33, 43]


# easy | given | lists, divisibility, filtering
def keep_multiples_of_four(numbers):
    """Given numbers, return a list of just those that 4 divides evenly."""
    return [n for n in numbers if n % 4 == 0]


assert keep_multiples_of_four([2, 4, 8, 10]) == [4, 8]
assert keep_multiples_of_four([]) == []
assert keep_multiples_of_four([6, 3]) == []
assert keep_multiples_of_four([0, 44]) == [0, 44]
assert keep_multiples_of_four([-4, 14, 16]) == [-4, 16]


# easy | question | lists, counting
def count_not_one(values):
    """How many entries of `values` are different from 1?"""
    return len([v for v in values if v != 1])


assert count_not_one([1, 2, 3]) == 2
assert count_not_one([]) == 0
assert count_not_one([1, 1]) == 0
assert count_not_one([-1, 0, 11, 1]) == 3
assert count_not_one([7]) == 1


# easy | terse | lists, parity, sums
def total_of_evens(nums):
    """Sum of the even numbers in nums, 0 for an empty list."""
    return sum(n for n in nums if n % 2 == 0)


assert total_of_evens([1, 2, 4]) == 6
assert total_of_evens([]) == 0
assert total_of_evens([3, 5]) == 0
assert total_of_evens([-2, 8, 9]) == 6
assert total_of_evens([10, 20, 30]) == 60


# easy | spec | lists, parity, products
def product_of_odds(xs):
    """Return the product of the odd numbers in `xs`. If there are no odd numbers, return 1."""
    product = 1
    for x in xs:
        if x % 2 == 1:
            product *= x
    return product


assert product_of_odds([2, 3, 5]) == 15
assert product_of_odds([]) == 1
assert product_of_odds([4, 0]) == 1
assert product_of_odds([7]) == 7
assert product_of_odds([-1, 9, 6]) == -9


# easy | imperative | lists, sign, filtering
def only_negatives(numbers):
    """Make a list of the negative numbers, in the order in which they appear."""
    return [n for n in numbers if n < 0]


assert only_negatives([-1, 4, -7]) == [-1, -7]
assert only_negatives([]) == []
assert only_negatives([0, 2]) == []
assert only_negatives([-5]) == [-5]
assert only_negatives([3, -9, 0, -9]) == [-9, -9]


# easy | terse | lists, between, filtering
def from_twenty_to_forty(nums):
    """Return the numbers of `nums` that lie between 20 and 40, both included."""
    return [n for n in nums if 20 <= n <= 40]


assert from_twenty_to_forty([15, 20, 40, 41]) == [20, 40]
assert from_twenty_to_forty([]) == []
assert from_twenty_to_forty([19, 101]) == []
assert from_twenty_to_forty([30]) == [30]
assert from_twenty_to_forty([-20, 34, 7, 22]) == [34, 22]


# medium | question | lists, duplicates, counting
def count_distinct_odds(xs):
    """How many different odd numbers does `xs` contain?"""
    return len(set(x for x in xs if x % 2 == 1))


assert count_distinct_odds([1, 1, 3, 4]) == 2
assert count_distinct_odds([]) == 0
assert count_distinct_odds([2, 2]) == 0
assert count_distinct_odds([5, 5, 5]) == 1
assert count_distinct_odds([9, 7, 5, 7, 8]) == 3


# medium | imperative | lists, filtering, mapping, sums
def sum_of_halved_evens(nums):
    """Halve every even number of the list and add the halves together; odd numbers are ignored."""
    total = 0
    for n in nums:
        if n % 2 == 0:
            total += n // 2
    return total


assert sum_of_halved_evens([2, 3, 8]) == 5
assert sum_of_halved_evens([]) == 0
assert sum_of_halved_evens([7, 1]) == 0
assert sum_of_halved_evens([10]) == 5
assert sum_of_halved_evens([-4, 6, 20]) == 11


# medium | terse | lists, filtering, squares, sums
def sum_of_positive_squares(values):
    """Return the sum of the squares of all positive numbers in `values`."""
    return sum(v * v for v in values if v > 0)


assert sum_of_positive_squares([1, -2, 3]) == 10
assert sum_of_positive_squares([]) == 0
assert sum_of_positive_squares([-4, 0]) == 0
assert sum_of_positive_squares([5]) == 25
assert sum_of_positive_squares([2, 2, -2]) == 8


# medium | given | lists, filtering, powers
def cubes_of_odds(nums):
    """Given nums, return the cubes of its odd numbers, in the same order."""
    result = []
    for n in nums:
        if n % 2 == 1:
            result.append(n ** 3)
    return result


assert cubes_of_odds([1, 2, 3]) == [1, 27]
assert cubes_of_odds([]) == []
assert cubes_of_odds([4, 8]) == []
assert cubes_of_odds([5, 0]) == [125]
assert cubes_of_odds([3, -1, 3]) == [27, -1, 27]


# medium | spec | lists, filtering, average
def average_of_positives(numbers):
    """Return the average of the positive numbers, rounded down to a whole number. Return 0 if no number is positive."""
    positive = [n for n in numbers if n > 0]
    if not positive:
        return 0
    return sum(positive) // len(positive)


assert average_of_positives([4, 8, -3]) == 6
assert average_of_positives([]) == 0
assert average_of_positives([0, -5]) == 0
assert average_of_positives([1, 2]) == 1
assert average_of_positives([10, 0, 20, 30]) == 20


# medium | imperative | lists, divisibility, sorting
def threes_multiples_descending(xs):
    """Pick the multiples of 3 from `xs` and sort them with the largest in front."""
    return sorted([x for x in xs if x % 3 == 0], reverse=True)


assert threes_multiples_descending([3, 4, 9, 6]) == [9, 6, 3]
assert threes_multiples_descending([]) == []
assert threes_multiples_descending([1, 2]) == []
assert threes_multiples_descending([0, 12, 5]) == [12, 0]
assert threes_multiples_descending([-3, 33, 3]) == [33, 3, -3]


# hard | imperative | lists, filtering, last digits, duplicates, sorting
def distinct_last_digits_of_positives(nums):
    """Take the last digit of every positive number in nums and return the different digits, sorted upwards."""
    return sorted(set(n % 10 for n in nums if n > 0))


assert distinct_last_digits_of_positives([25, 13, 45]) == [3, 5]
assert distinct_last_digits_of_positives([]) == []
assert distinct_last_digits_of_positives([-7, 0]) == []
assert distinct_last_digits_of_positives([8]) == [8]
assert distinct_last_digits_of_positives([30, 9, -4, 19, 1]) == [0, 1, 9]
