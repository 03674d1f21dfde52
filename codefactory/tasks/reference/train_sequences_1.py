"""Reference tasks, training: short sequences of numbers, part 1 (written one by one for this project)."""


# easy | terse | lists, counting
def count_over_ten(nums):
    """Count the numbers in `nums` that are greater than 10."""
    return len([n for n in nums if n > 10])


assert count_over_ten([4, 11, 30]) == 2
assert count_over_ten([]) == 0
assert count_over_ten([10, 9]) == 0
assert count_over_ten([11, 12, 13, 10]) == 3


# easy | question | lists, parity, counting
def number_of_evens(values):
    """How many even numbers does the list `values` have?"""
    count = 0
    for v in values:
        if v % 2 == 0:
            count += 1
    return count


assert number_of_evens([1, 2, 3, 4]) == 2
assert number_of_evens([]) == 0
assert number_of_evens([7, 9]) == 0
assert number_of_evens([0, -6, 8]) == 3


# easy | imperative | lists, sums
def sum_above_five(xs):
    """Add up only those numbers of xs that are larger than 5."""
    total = 0
    for x in xs:
        if x > 5:
            total += x
    return total


assert sum_above_five([3, 6, 10]) == 16
assert sum_above_five([]) == 0
assert sum_above_five([5, 1]) == 0
assert sum_above_five([7, -8, 5]) == 7


# easy | given | lists, filtering
def under_twenty(values):
    """Given a list of values, return the ones that are less than 20."""
    return [v for v in values if v < 20]


assert under_twenty([25, 19, 3]) == [19, 3]
assert under_twenty([]) == []
assert under_twenty([20, 40]) == []
assert under_twenty([-5, 20, 18, 21]) == [-5, 18]


# easy | terse | lists, mapping
def square_all(numbers):
    """Square every number in the list and return the new list."""
    return [n * n for n in numbers]


assert square_all([1, 2, 3]) == [1, 4, 9]
assert square_all([]) == []
assert square_all([-5]) == [25]
assert square_all([0, 10]) == [0, 100]


# easy | imperative | lists, mapping
def take_three_from_each(nums):
    """Make a list in which each number of `nums` is smaller by 3."""
    result = []
    for n in nums:
        result.append(n - 3)
    return result


assert take_three_from_each([3, 5, 10]) == [0, 2, 7]
assert take_three_from_each([]) == []
assert take_three_from_each([1]) == [-2]
assert take_three_from_each([-3, 4]) == [-6, 1]


# easy | question | lists, membership
def any_over_hundred(xs):
    """Is some number in `xs` greater than 100?"""
    return any(x > 100 for x in xs)


assert any_over_hundred([5, 101]) == True
assert any_over_hundred([100, 99]) == False
assert any_over_hundred([]) == False
assert any_over_hundred([-200, 500, 3]) == True


# easy | spec | lists, sign
def all_above_zero(nums):
    """Check whether every number in nums is positive. The empty list counts as True."""
    for n in nums:
        if n <= 0:
            return False
    return True


assert all_above_zero([1, 2]) == True
assert all_above_zero([3, 0]) == False
assert all_above_zero([]) == True
assert all_above_zero([4, -1, 6]) == False


# easy | spec | lists, searching
def first_odd_number(numbers):
    """Find the first odd number in the list. If no number is odd, return -1."""
    for n in numbers:
        if n % 2 != 0:
            return n
    return -1


assert first_odd_number([4, 7, 9]) == 7
assert first_odd_number([2, 8]) == -1
assert first_odd_number([]) == -1
assert first_odd_number([5, 3]) == 5


# easy | terse | lists, maximum
def largest_even(nums):
    """Return the largest even number of `nums`, or 0 if none is even."""
    evens = [n for n in nums if n % 2 == 0]
    return max(evens) if evens else 0


assert largest_even([3, 8, 4, 9]) == 8
assert largest_even([1, 5]) == 0
assert largest_even([]) == 0
assert largest_even([-6, -2, 7]) == -2


# easy | imperative | lists, products
def multiply_positives(values):
    """Multiply all the positive values together; without any positive value the result is 1."""
    product = 1
    for v in values:
        if v > 0:
            product *= v
    return product


assert multiply_positives([2, -3, 5]) == 10
assert multiply_positives([]) == 1
assert multiply_positives([0, -4]) == 1
assert multiply_positives([6, 0, 7]) == 42


# easy | question | lists, divisibility, counting
def count_threes_multiples(xs):
    """How many numbers in `xs` can be divided by 3 with nothing left over?"""
    return sum(1 for x in xs if x % 3 == 0)


assert count_threes_multiples([3, 4, 9, 12]) == 3
assert count_threes_multiples([]) == 0
assert count_threes_multiples([1, 2]) == 0
assert count_threes_multiples([0, 5, 6]) == 2


# easy | question | lists, minimum
def smallest_positive(nums):
    """What is the smallest number above zero in the list? Return None if there is no such number."""
    positive = [n for n in nums if n > 0]
    return min(positive) if positive else None


assert smallest_positive([5, -2, 3]) == 3
assert smallest_positive([0, -1]) == None
assert smallest_positive([]) == None
assert smallest_positive([9]) == 9


# easy | terse | lists, filtering
def without_zeros(numbers):
    """Remove every 0 from `numbers` and return what is left."""
    return [n for n in numbers if n != 0]


assert without_zeros([0, 4, 0, 5]) == [4, 5]
assert without_zeros([]) == []
assert without_zeros([0, 0]) == []
assert without_zeros([-1, 0, 1]) == [-1, 1]


# easy | given | lists, searching
def last_even_number(values):
    """Given a list of values, return the last one that is even, or None when all are odd."""
    found = None
    for v in values:
        if v % 2 == 0:
            found = v
    return found


assert last_even_number([2, 4, 5]) == 4
assert last_even_number([1, 3]) == None
assert last_even_number([]) == None
assert last_even_number([8, 0, 7, 9]) == 0


# easy | story | lists, counting
def coins_for_sixes(rolls):
    """A player wins 2 coins for each 6 in the list of rolls. How many coins does he win?"""
    return rolls.count(6) * 2


assert coins_for_sixes([6, 3, 6]) == 4
assert coins_for_sixes([]) == 0
assert coins_for_sixes([16, 60, 5]) == 0
assert coins_for_sixes([6, 6, 6, 6]) == 8


# easy | terse | lists, sorting, slicing
def two_smallest(xs):
    """Return the two smallest numbers of xs, the smaller one first."""
    return sorted(xs)[:2]


assert two_smallest([5, 1, 4]) == [1, 4]
assert two_smallest([9, 8]) == [8, 9]
assert two_smallest([3, 3, 7]) == [3, 3]
assert two_smallest([0, -6, 2, -1]) == [-6, -1]


# medium | imperative | lists, filtering, mapping, sums
def sum_of_doubled_odds(nums):
    """Double each odd number in `nums` and return the sum of the results."""
    return sum(n * 2 for n in nums if n % 2 == 1)


assert sum_of_doubled_odds([1, 2, 3]) == 8
assert sum_of_doubled_odds([]) == 0
assert sum_of_doubled_odds([4, 6]) == 0
assert sum_of_doubled_odds([5, 5, 10]) == 20


# medium | terse | lists, filtering, mapping
def squares_of_negatives(xs):
    """Return the squares of the negative numbers in `xs`, in order."""
    result = []
    for x in xs:
        if x < 0:
            result.append(x * x)
    return result


assert squares_of_negatives([-2, 3, -5]) == [4, 25]
assert squares_of_negatives([]) == []
assert squares_of_negatives([0, 8]) == []
assert squares_of_negatives([-1, -1]) == [1, 1]


# medium | question | lists, duplicates, counting
def count_different_positives(numbers):
    """How many different positive numbers are in the list?"""
    return len(set(n for n in numbers if n > 0))


assert count_different_positives([3, 3, 5]) == 2
assert count_different_positives([]) == 0
assert count_different_positives([-1, 0]) == 0
assert count_different_positives([1, 2, 2, -2, 9]) == 3


# medium | spec | lists, last digits, maximum
def largest_last_digit(nums):
    """Look at the last digit of each number and return the largest of these digits. The list is not empty and holds no negative numbers."""
    return max(n % 10 for n in nums)


assert largest_last_digit([12, 37, 50]) == 7
assert largest_last_digit([100]) == 0
assert largest_last_digit([8, 91]) == 8
assert largest_last_digit([24, 33, 44]) == 4


# medium | given | lists, filtering, sorting
def evens_in_order(values):
    """Given some values, keep the even ones and sort them from small to large."""
    return sorted(v for v in values if v % 2 == 0)


assert evens_in_order([8, 3, 2, 6]) == [2, 6, 8]
assert evens_in_order([]) == []
assert evens_in_order([5, 1]) == []
assert evens_in_order([4, -4, 0]) == [-4, 0, 4]


# medium | story | lists, absolute value, sums
def steps_walked(moves):
    """A dog runs forward (positive) or back (negative). How many steps does it make in all these moves?"""
    total = 0
    for move in moves:
        total += abs(move)
    return total


assert steps_walked([3, -2]) == 5
assert steps_walked([]) == 0
assert steps_walked([-4, -6]) == 10
assert steps_walked([0, 7]) == 7


# medium | spec | lists, filtering, average
def average_of_evens(nums):
    """Return the average of the even numbers, rounded down. If there is no even number, return 0."""
    evens = [n for n in nums if n % 2 == 0]
    if not evens:
        return 0
    return sum(evens) // len(evens)


assert average_of_evens([2, 4, 9]) == 3
assert average_of_evens([1, 3]) == 0
assert average_of_evens([]) == 0
assert average_of_evens([10, 4, 6, 7]) == 6


# hard | imperative | lists, duplicates, filtering, squares, sums
def sum_squares_of_distinct_evens(nums):
    """Take each different even number of `nums` once, square it, and return the sum of the squares."""
    total = 0
    for n in set(nums):
        if n % 2 == 0:
            total += n * n
    return total


assert sum_squares_of_distinct_evens([2, 2, 3]) == 4
assert sum_squares_of_distinct_evens([]) == 0
assert sum_squares_of_distinct_evens([1, 5]) == 0
assert sum_squares_of_distinct_evens([4, 2, 4, 6]) == 56


# hard | terse | lists, filtering, mapping, sorting
def doubled_odds_descending(xs):
    """Keep the odd numbers of xs, double each one, and sort the result from largest to smallest."""
    return sorted([x * 2 for x in xs if x % 2 == 1], reverse=True)


assert doubled_odds_descending([1, 4, 5]) == [10, 2]
assert doubled_odds_descending([]) == []
assert doubled_odds_descending([6]) == []
assert doubled_odds_descending([3, 9, 7, 8]) == [18, 14, 6]
