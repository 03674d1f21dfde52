"""Reference tasks, held out: short sequences of numbers, part 5 (written one by one for this project)."""


# easy | terse | lists, mapping
def triple_all(xs):
    """Multiply each number in `xs` by 3 and return the list."""
    return [x * 3 for x in xs]


assert triple_all([1, 2, 5]) == [3, 6, 15]
assert triple_all([]) == []
assert triple_all([0]) == [0]
assert triple_all([-4, 10]) == [-12, 30]
assert triple_all([7, 7]) == [21, 21]


# easy | story | lists, mapping
def seven_years_later(ages):
    """Here are the ages of some friends. How old will each of them be in 7 years?"""
    result = []
    for age in ages:
        result.append(age + 7)
    return result


assert seven_years_later([10, 12]) == [17, 19]
assert seven_years_later([]) == []
assert seven_years_later([0]) == [7]
assert seven_years_later([33, 5, 61]) == [40, 12, 68]
assert seven_years_later([8, 8]) == [15, 15]


# easy | imperative | lists, remainder, mapping
def remainders_by_three(numbers):
    """For each of the `numbers`, find the remainder when it is divided by 3; return these remainders in order."""
    return [n % 3 for n in numbers]


assert remainders_by_three([4, 5, 6]) == [1, 2, 0]
assert remainders_by_three([]) == []
assert remainders_by_three([3, 9]) == [0, 0]
assert remainders_by_three([0, 10]) == [0, 1]
assert remainders_by_three([100, 101, 2]) == [1, 2, 2]


# easy | given | lists, mapping, conditionals
def lift_to_ten(values):
    """Given a list of values, replace each value smaller than 10 by 10 and leave the others alone."""
    return [max(v, 10) for v in values]


assert lift_to_ten([4, 15, 9]) == [10, 15, 10]
assert lift_to_ten([]) == []
assert lift_to_ten([10, 11]) == [10, 11]
assert lift_to_ten([-3]) == [10]
assert lift_to_ten([0, 60, 7, 30]) == [10, 60, 10, 30]


# easy | terse | slicing
def first_four(nums):
    """Return the first four numbers of `nums`; a shorter list comes back whole."""
    return nums[:4]


assert first_four([1, 2, 3, 4, 5]) == [1, 2, 3, 4]
assert first_four([]) == []
assert first_four([9, 8]) == [9, 8]
assert first_four([0, 0, 1, 0, 1, 1]) == [0, 0, 1, 0]
assert first_four([6, 5, 4, 3, 2, 1, 0]) == [6, 5, 4, 3]


# easy | imperative | slicing
def drop_final_item(xs):
    """Leave out the last element of xs and return the others; an empty list stays empty."""
    return xs[:-1]


assert drop_final_item([1, 2, 3]) == [1, 2]
assert drop_final_item([]) == []
assert drop_final_item([5]) == []
assert drop_final_item([4, 4]) == [4]
assert drop_final_item([0, -1, 7, 8]) == [0, -1, 7]


# easy | spec | slicing, halves
def second_half(values):
    """Return the second half of `values`. With an odd length, the middle value belongs to it."""
    return values[len(values) // 2:]


assert second_half([1, 2, 3, 4]) == [3, 4]
assert second_half([]) == []
assert second_half([6]) == [6]
assert second_half([5, 7, 9]) == [7, 9]
assert second_half([8, 0]) == [0]


# easy | question | slicing, positions
def every_fourth_number(numbers):
    """Which numbers stand in the 4th, 8th, 12th place and so on?"""
    return numbers[3::4]


assert every_fourth_number([1, 2, 3, 4, 5]) == [4]
assert every_fourth_number([]) == []
assert every_fourth_number([7, 8, 9]) == []
assert every_fourth_number([1, 3, 5, 7, 9, 11, 13, 15]) == [7, 15]
assert every_fourth_number([0, 0, 0, 6]) == [6]


# easy | terse | slicing, sums
def sum_of_last_two(nums):
    """Sum of the last two numbers in `nums`, or of all numbers if there are fewer than two."""
    return sum(nums[-2:])


assert sum_of_last_two([1, 2, 3]) == 5
assert sum_of_last_two([]) == 0
assert sum_of_last_two([9]) == 9
assert sum_of_last_two([50, 4, -4]) == 0
assert sum_of_last_two([6, 7]) == 13


# easy | given | lists, positions
def first_and_last(xs):
    """Given a list that is not empty, return a new list of its first and its last number."""
    return [xs[0], xs[-1]]


assert first_and_last([1, 2, 3]) == [1, 3]
assert first_and_last([5]) == [5, 5]
assert first_and_last([8, 0]) == [8, 0]
assert first_and_last([-2, 9, 9, 4]) == [-2, 4]
assert first_and_last([6, 1, 6]) == [6, 6]


# easy | question | lists, positions
def third_from_end(values):
    """What number is third from the end of `values`? Return -1 if there are fewer than three."""
    if len(values) < 3:
        return -1
    return values[-3]


assert third_from_end([4, 5, 6, 7]) == 5
assert third_from_end([1, 2]) == -1
assert third_from_end([]) == -1
assert third_from_end([9, 8, 7]) == 9
assert third_from_end([0, 3, 2, 6, 1]) == 2


# easy | terse | slicing
def second_to_fourth(numbers):
    """Return the part of the list from its second to its fourth number, as far as it goes."""
    return numbers[1:4]


assert second_to_fourth([5, 6, 7, 8, 9]) == [6, 7, 8]
assert second_to_fourth([]) == []
assert second_to_fourth([3]) == []
assert second_to_fourth([2, 4]) == [4]
assert second_to_fourth([0, 1, 2, 3]) == [1, 2, 3]


# medium | question | slicing, minimum
def smallest_of_every_second(nums):
    """Which is the smallest of the first, third, fifth, ... number of `nums`? The list is never empty."""
    return min(nums[::2])


assert smallest_of_every_second([5, 1, 4]) == 4
assert smallest_of_every_second([7]) == 7
assert smallest_of_every_second([3, -9]) == 3
assert smallest_of_every_second([8, 0, 2, 0, 6]) == 2
assert smallest_of_every_second([-1, 5, -3, 5]) == -3


# medium | imperative | slicing, parity, filtering
def evens_among_last_three(xs):
    """Take the last three numbers of `xs` and keep the even ones."""
    return [x for x in xs[-3:] if x % 2 == 0]


assert evens_among_last_three([2, 4, 5, 6]) == [4, 6]
assert evens_among_last_three([]) == []
assert evens_among_last_three([8, 1, 3, 5]) == []
assert evens_among_last_three([0, 7]) == [0]
assert evens_among_last_three([9, 9, 2, 2, 2]) == [2, 2, 2]


# medium | terse | slicing, mapping
def first_three_times_ten(values):
    """Return ten times each of the first three values, in a list."""
    return [v * 10 for v in values[:3]]


assert first_three_times_ten([1, 2, 3, 4]) == [10, 20, 30]
assert first_three_times_ten([]) == []
assert first_three_times_ten([5]) == [50]
assert first_three_times_ten([0, -6]) == [0, -60]
assert first_three_times_ten([7, 7, 12, 9, 9]) == [70, 70, 120]


# medium | given | slicing, halves, maximum
def largest_in_first_half(nums):
    """Given a list of even length with at least two numbers, return the largest number of its first half."""
    half = nums[:len(nums) // 2]
    return max(half)


assert largest_in_first_half([3, 5, 9, 1]) == 5
assert largest_in_first_half([4, 8]) == 4
assert largest_in_first_half([-2, -6, 0, 7]) == -2
assert largest_in_first_half([1, 2, 6, 10, 20, 30]) == 6
assert largest_in_first_half([0, 0]) == 0


# medium | spec | slicing, positions, sums
def sum_at_odd_positions(numbers):
    """Add the numbers at positions 1, 3, 5 and so on, where the list begins with position 0."""
    total = 0
    for i in range(1, len(numbers), 2):
        total += numbers[i]
    return total


assert sum_at_odd_positions([1, 2, 3, 4]) == 6
assert sum_at_odd_positions([]) == 0
assert sum_at_odd_positions([8]) == 0
assert sum_at_odd_positions([0, 5, 0]) == 5
assert sum_at_odd_positions([9, -1, 9, 4, 9, 10]) == 13


# hard | imperative | slicing, parity, squares
def squares_of_odds_at_even_positions(xs):
    """Look at positions 0, 2, 4, ... of `xs`, keep the odd numbers there, and return their squares."""
    return [x * x for x in xs[::2] if x % 2 == 1]


assert squares_of_odds_at_even_positions([3, 1, 5]) == [9, 25]
assert squares_of_odds_at_even_positions([]) == []
assert squares_of_odds_at_even_positions([2, 7, 4]) == []
assert squares_of_odds_at_even_positions([1]) == [1]
assert squares_of_odds_at_even_positions([7, 2, 6, 3, 9]) == [49, 81]


# hard | terse | lists, parity, sorting, sums
def sum_of_two_largest_evens(nums):
    """Return the sum of the two largest even numbers in nums; with fewer than two, add what is there."""
    evens = [n for n in nums if n % 2 == 0]
    return sum(sorted(evens, reverse=True)[:2])


assert sum_of_two_largest_evens([2, 9, 6, 4]) == 10
assert sum_of_two_largest_evens([]) == 0
assert sum_of_two_largest_evens([3, 8]) == 8
assert sum_of_two_largest_evens([5, 7]) == 0
assert sum_of_two_largest_evens([10, 10, 20, 1]) == 30


# hard | given | slicing, halves, mapping, reversing
def doubled_first_half_reversed(values):
    """Given a list of even length, double each number of its first half and return them in reverse order."""
    half = values[:len(values) // 2]
    return [v * 2 for v in half[::-1]]


assert doubled_first_half_reversed([1, 2, 3, 4]) == [4, 2]
assert doubled_first_half_reversed([]) == []
assert doubled_first_half_reversed([5, 9]) == [10]
assert doubled_first_half_reversed([0, -1, 6, 7, 8, 9]) == [12, -2, 0]
assert doubled_first_half_reversed([3, 3, 0, 0]) == [6, 6]
