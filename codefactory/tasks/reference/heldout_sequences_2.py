"""Reference tasks, held out: short sequences of numbers, part 2 (written one by one for this project)."""


# easy | question | lists, parity
def has_even_number(nums):
    """Is at least one number in `nums` even?"""
    return any(n % 2 == 0 for n in nums)


assert has_even_number([1, 4]) == True
assert has_even_number([3, 5, 7]) == False
assert has_even_number([]) == False
assert has_even_number([0]) == True
assert has_even_number([9, 1, 12]) == True


# easy | spec | lists, parity
def all_numbers_odd(xs):
    """Check whether xs holds odd numbers only. For an empty list the answer is True."""
    for x in xs:
        if x % 2 == 0:
            return False
    return True


assert all_numbers_odd([1, 3]) == True
assert all_numbers_odd([1, 2]) == False
assert all_numbers_odd([]) == True
assert all_numbers_odd([0]) == False
assert all_numbers_odd([7, 9, 11, 6]) == False


# easy | question | lists, comparison
def all_under_thirty(values):
    """Are all the `values` less than 30?"""
    return all(v < 30 for v in values)


assert all_under_thirty([29, 3]) == True
assert all_under_thirty([30]) == False
assert all_under_thirty([]) == True
assert all_under_thirty([-40, 0]) == True
assert all_under_thirty([5, 31, 7]) == False


# easy | question | lists, divisibility
def has_multiple_of_seven(numbers):
    """Does the list have a number that is divisible by 7?"""
    for n in numbers:
        if n % 7 == 0:
            return True
    return False


assert has_multiple_of_seven([3, 14]) == True
assert has_multiple_of_seven([8, 17]) == False
assert has_multiple_of_seven([]) == False
assert has_multiple_of_seven([0]) == True
assert has_multiple_of_seven([70, 71]) == True


# easy | terse | lists, membership
def no_zero_inside(nums):
    """Return True if no number of `nums` is 0, else False."""
    return 0 not in nums


assert no_zero_inside([1, 2]) == True
assert no_zero_inside([3, 0, 4]) == False
assert no_zero_inside([]) == True
assert no_zero_inside([0]) == False
assert no_zero_inside([10, -1]) == True


# easy | terse | lists, searching
def first_above_fifty(xs):
    """Return the first number in `xs` that is greater than 50, or 0 if there is none."""
    for x in xs:
        if x > 50:
            return x
    return 0


assert first_above_fifty([20, 60, 70]) == 60
assert first_above_fifty([50, 1]) == 0
assert first_above_fifty([]) == 0
assert first_above_fifty([51]) == 51
assert first_above_fifty([-80, 99, 55]) == 99


# easy | imperative | lists, searching, sign
def first_negative_or_none(numbers):
    """Find the first number below zero; give back None when all are zero or more."""
    for n in numbers:
        if n < 0:
            return n
    return None


assert first_negative_or_none([3, -2, -9]) == -2
assert first_negative_or_none([0, 4]) == None
assert first_negative_or_none([]) == None
assert first_negative_or_none([-5]) == -5
assert first_negative_or_none([1, 2, 3, -1]) == -1


# easy | question | lists, positions
def position_of_first_even(values):
    """At which position (counted from 0) is the first even number of `values`? Return -1 if there is none."""
    for i in range(len(values)):
        if values[i] % 2 == 0:
            return i
    return -1


assert position_of_first_even([3, 5, 8]) == 2
assert position_of_first_even([7]) == -1
assert position_of_first_even([]) == -1
assert position_of_first_even([4, 6]) == 0
assert position_of_first_even([1, 0, 2]) == 1


# easy | given | lists, searching
def last_odd_number(nums):
    """Given a list, return the odd number nearest to its end, or 0 if no number is odd."""
    last = 0
    for n in nums:
        if n % 2 == 1:
            last = n
    return last


assert last_odd_number([1, 3, 4]) == 3
assert last_odd_number([2, 6]) == 0
assert last_odd_number([]) == 0
assert last_odd_number([9]) == 9
assert last_odd_number([5, 8, 7, 11, 10]) == 11


# easy | terse | lists, maximum
def largest_odd_or_none(xs):
    """Largest odd number of `xs`; None if xs has no odd number."""
    odds = [x for x in xs if x % 2 == 1]
    return max(odds) if odds else None


assert largest_odd_or_none([3, 8, 5]) == 5
assert largest_odd_or_none([2, 4]) == None
assert largest_odd_or_none([]) == None
assert largest_odd_or_none([-3, -7]) == -3
assert largest_odd_or_none([1, 100, 21, 9]) == 21


# easy | question | lists, minimum
def smallest_even_or_minus_one(numbers):
    """What is the smallest even number in the list? If there is none, answer -1."""
    return min([n for n in numbers if n % 2 == 0], default=-1)


assert smallest_even_or_minus_one([5, 8, 6]) == 6
assert smallest_even_or_minus_one([1, 9]) == -1
assert smallest_even_or_minus_one([]) == -1
assert smallest_even_or_minus_one([0, 2]) == 0
assert smallest_even_or_minus_one([3, -4, 10]) == -4


# easy | imperative | lists, sign, maximum
def largest_of_negatives(nums):
    """Look only at the negative numbers of nums and return the largest of them, or 0 without any."""
    negatives = [n for n in nums if n < 0]
    return max(negatives) if negatives else 0


assert largest_of_negatives([-5, 3, -2]) == -2
assert largest_of_negatives([4, 0]) == 0
assert largest_of_negatives([]) == 0
assert largest_of_negatives([-9]) == -9
assert largest_of_negatives([7, -30, -12, -20]) == -12


# easy | spec | lists, minimum, positions
def position_of_smallest(values):
    """Return the index of the smallest value, counting from 0. If it appears several times, take the leftmost; the list is never empty."""
    return values.index(min(values))


assert position_of_smallest([4, 1, 6]) == 1
assert position_of_smallest([3]) == 0
assert position_of_smallest([5, 2, 2]) == 1
assert position_of_smallest([0, 7, -8]) == 2
assert position_of_smallest([9, 8, 7, 6]) == 3


# easy | terse | lists, divisibility, maximum
def largest_multiple_of_five(xs):
    """Return the largest number of xs that 5 divides, or -1 if there is no such number."""
    best = -1
    for x in xs:
        if x % 5 == 0 and x > best:
            best = x
    return best


assert largest_multiple_of_five([5, 12, 10]) == 10
assert largest_multiple_of_five([3, 9]) == -1
assert largest_multiple_of_five([]) == -1
assert largest_multiple_of_five([0, 4]) == 0
assert largest_multiple_of_five([35, 15, 36]) == 35


# medium | question | lists, positions
def position_of_last_zero(nums):
    """Where does the last 0 in `nums` stand, counting from 0? Return -1 when there is no 0."""
    position = -1
    for i in range(len(nums)):
        if nums[i] == 0:
            position = i
    return position


assert position_of_last_zero([0, 5, 0, 2]) == 2
assert position_of_last_zero([1, 10]) == -1
assert position_of_last_zero([]) == -1
assert position_of_last_zero([0]) == 0
assert position_of_last_zero([4, 0, 3]) == 1


# medium | spec | lists, filtering, spread
def spread_of_positives(numbers):
    """Return the largest positive number minus the smallest positive number. If no number is positive, return 0."""
    positive = [n for n in numbers if n > 0]
    if not positive:
        return 0
    return max(positive) - min(positive)


assert spread_of_positives([3, 10, -4]) == 7
assert spread_of_positives([]) == 0
assert spread_of_positives([-1, 0]) == 0
assert spread_of_positives([6]) == 0
assert spread_of_positives([0, 2, 5, 14]) == 12


# medium | terse | lists, absolute value, maximum
def farthest_from_zero(xs):
    """Return the largest absolute value in `xs`, 0 if the list is empty."""
    return max([abs(x) for x in xs], default=0)


assert farthest_from_zero([3, -8, 5]) == 8
assert farthest_from_zero([]) == 0
assert farthest_from_zero([-2]) == 2
assert farthest_from_zero([12, -11]) == 12
assert farthest_from_zero([0, 0]) == 0


# medium | imperative | lists, mapping, searching
def first_with_square_over_forty(nums):
    """Find the first number in `nums` whose square is greater than 40; return None if there is no such number."""
    for n in nums:
        if n * n > 40:
            return n
    return None


assert first_with_square_over_forty([2, 6, 7]) == 7
assert first_with_square_over_forty([1, 5]) == None
assert first_with_square_over_forty([]) == None
assert first_with_square_over_forty([-9, 10]) == -9
assert first_with_square_over_forty([0, 12, 8]) == 12


# medium | given | lists, maximum, minimum
def largest_plus_smallest(values):
    """Given a list with at least one number, return its largest number plus its smallest number."""
    return max(values) + min(values)


assert largest_plus_smallest([1, 5, 3]) == 6
assert largest_plus_smallest([4]) == 8
assert largest_plus_smallest([-2, 2]) == 0
assert largest_plus_smallest([10, 20, 15]) == 30
assert largest_plus_smallest([-7, -1, -3]) == -8


# medium | question | lists, parity, comparison
def more_evens_than_odds(numbers):
    """Are there more even than odd numbers in the list?"""
    evens = sum(1 for n in numbers if n % 2 == 0)
    return evens > len(numbers) - evens


assert more_evens_than_odds([2, 4, 5]) == True
assert more_evens_than_odds([1, 2]) == False
assert more_evens_than_odds([]) == False
assert more_evens_than_odds([7, 9, 0]) == False
assert more_evens_than_odds([8]) == True


# hard | question | lists, parity, positions
def position_of_first_big_odd(xs):
    """At what position, from 0, is the first odd number of `xs` that is greater than 10? Use -1 if there is none."""
    for i in range(len(xs)):
        if xs[i] > 10 and xs[i] % 2 == 1:
            return i
    return -1


assert position_of_first_big_odd([5, 12, 13]) == 2
assert position_of_first_big_odd([9, 20]) == -1
assert position_of_first_big_odd([]) == -1
assert position_of_first_big_odd([11]) == 0
assert position_of_first_big_odd([10, 15, 17]) == 1


# hard | terse | lists, duplicates, sorting, sums
def sum_of_three_largest_distinct(nums):
    """Return the sum of the three largest different numbers in nums, or of all different ones if there are fewer."""
    return sum(sorted(set(nums), reverse=True)[:3])


assert sum_of_three_largest_distinct([5, 5, 4, 1, 3]) == 12
assert sum_of_three_largest_distinct([]) == 0
assert sum_of_three_largest_distinct([7, 7]) == 7
assert sum_of_three_largest_distinct([-1, 2]) == 1
assert sum_of_three_largest_distinct([10, 20, 30, 40]) == 90
