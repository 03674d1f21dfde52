"""Reference tasks, training: lists of numbers, part 1 (written one by one for this project)."""


# easy | terse | lists, sums, filtering
def sum_of_odd_numbers(nums):
    """Return the sum of the odd numbers in nums."""
    return sum(n for n in nums if n % 2 == 1)


assert sum_of_odd_numbers([1, 2, 3]) == 4
assert sum_of_odd_numbers([]) == 0
assert sum_of_odd_numbers([2, 8]) == 0
assert sum_of_odd_numbers([-3, 4, 5]) == 2


# easy | question | lists, counting
def count_zeros(nums):
    """How many of the numbers in nums are zero?"""
    return nums.count(0)


assert count_zeros([0, 1, 0]) == 2
assert count_zeros([]) == 0
assert count_zeros([5, -1]) == 0
assert count_zeros([0, 0, 0, 10]) == 3


# easy | imperative | lists, mapping
def double_each(values):
    """Write a function that returns a new list in which every value is doubled."""
    result = []
    for v in values:
        result.append(v * 2)
    return result


assert double_each([1, 2, 3]) == [2, 4, 6]
assert double_each([]) == []
assert double_each([0, -4]) == [0, -8]
assert double_each([7]) == [14]


# easy | terse | lists, filtering
def keep_positive(nums):
    """Return the numbers of nums that are greater than zero, in their original order."""
    return [n for n in nums if n > 0]


assert keep_positive([3, -1, 0, 2]) == [3, 2]
assert keep_positive([]) == []
assert keep_positive([0, -5]) == []
assert keep_positive([1, 1]) == [1, 1]


# easy | spec | lists, searching
def last_item_or_zero(nums):
    """Return the last number of the list. When the list is empty, return 0 instead."""
    if not nums:
        return 0
    return nums[-1]


assert last_item_or_zero([4, 9]) == 9
assert last_item_or_zero([]) == 0
assert last_item_or_zero([-2]) == -2
assert last_item_or_zero([1, 2, 0]) == 0


# easy | spec | lists, maximum
def largest_or_none(nums):
    """Return the largest number in nums, or None if nums has no numbers."""
    return max(nums) if nums else None


assert largest_or_none([3, 8, 5]) == 8
assert largest_or_none([]) == None
assert largest_or_none([-4, -9]) == -4
assert largest_or_none([0]) == 0


# easy | question | lists, membership
def contains_value(nums, target):
    """Is target one of the numbers in nums? Answer True or False."""
    return target in nums


assert contains_value([1, 2, 3], 2) == True
assert contains_value([1, 2, 3], 4) == False
assert contains_value([], 0) == False
assert contains_value([0], 0) == True


# easy | question | lists, counting
def count_above(scores, limit):
    """How many of the scores are strictly greater than limit?"""
    count = 0
    for score in scores:
        if score > limit:
            count += 1
    return count


assert count_above([5, 7, 9], 6) == 2
assert count_above([5, 5], 5) == 0
assert count_above([], 3) == 0
assert count_above([-1, -2, -3], -3) == 2


# easy | terse | lists, reversing
def reversed_copy(xs):
    """Return a new list with the items of xs in the opposite order."""
    return xs[::-1]


assert reversed_copy([1, 2, 3]) == [3, 2, 1]
assert reversed_copy([]) == []
assert reversed_copy([4]) == [4]
assert reversed_copy([2, 2, 5]) == [5, 2, 2]


# easy | given | lists, slicing
def first_n_items(values, n):
    """Given a list and a number n that is zero or more, return the first n items, or the whole list if it has fewer."""
    return values[:n]


assert first_n_items([4, 5, 6], 2) == [4, 5]
assert first_n_items([4, 5, 6], 0) == []
assert first_n_items([4, 5], 9) == [4, 5]
assert first_n_items([], 3) == []


# medium | imperative | lists, filtering, mapping, sums
def sum_of_odd_squares(nums):
    """Write a function that squares every odd number in nums and returns the sum of these squares."""
    total = 0
    for n in nums:
        if n % 2 != 0:
            total += n * n
    return total


assert sum_of_odd_squares([1, 2, 3]) == 10
assert sum_of_odd_squares([]) == 0
assert sum_of_odd_squares([2, 4]) == 0
assert sum_of_odd_squares([-3, 5]) == 34


# medium | given | lists, prefix sums
def running_totals(nums):
    """Given a list of numbers, return the list of running totals: each item is the sum of all numbers up to and including that place."""
    totals = []
    total = 0
    for n in nums:
        total += n
        totals.append(total)
    return totals


assert running_totals([1, 2, 3]) == [1, 3, 6]
assert running_totals([]) == []
assert running_totals([5]) == [5]
assert running_totals([4, -4, 2]) == [4, 0, 2]


# medium | spec | lists, duplicates
def remove_repeats(nums):
    """Return nums without repeated values. Of equal values only the first one stays, and the order does not change. An empty list gives an empty list."""
    seen = []
    for n in nums:
        if n not in seen:
            seen.append(n)
    return seen


assert remove_repeats([3, 1, 3, 2, 1]) == [3, 1, 2]
assert remove_repeats([]) == []
assert remove_repeats([7, 7, 7]) == [7]
assert remove_repeats([2, -2, 2]) == [2, -2]


# medium | story | lists, neighbours, counting
def count_warmer_days(temps):
    """A diary holds one temperature per day. Count the days that were warmer than the day just before them."""
    warmer = 0
    for i in range(1, len(temps)):
        if temps[i] > temps[i - 1]:
            warmer += 1
    return warmer


assert count_warmer_days([10, 12, 11, 15]) == 2
assert count_warmer_days([]) == 0
assert count_warmer_days([5]) == 0
assert count_warmer_days([5, 3, 3]) == 0
assert count_warmer_days([-2, -1, 0]) == 2


# medium | terse | lists, neighbours, differences
def neighbour_differences(nums):
    """Return the list of each number minus the number before it, starting from the second number; shorter lists give an empty list."""
    return [b - a for a, b in zip(nums, nums[1:])]


assert neighbour_differences([1, 4, 2]) == [3, -2]
assert neighbour_differences([6]) == []
assert neighbour_differences([]) == []
assert neighbour_differences([5, 5, 10]) == [0, 5]


# hard | question | lists, pairs, counting
def count_pairs_with_sum(nums, target):
    """How many pairs of two different positions in nums hold numbers that add up to target? Each pair counts once."""
    count = 0
    for i in range(len(nums)):
        for j in range(i + 1, len(nums)):
            if nums[i] + nums[j] == target:
                count += 1
    return count


assert count_pairs_with_sum([1, 2, 3, 4], 5) == 2
assert count_pairs_with_sum([2, 2, 2], 4) == 3
assert count_pairs_with_sum([5], 10) == 0
assert count_pairs_with_sum([], 0) == 0
assert count_pairs_with_sum([-1, 1, 0], 0) == 1


# hard | story | lists, runs
def longest_same_streak(rolls):
    """A child writes down dice rolls. Return the length of the longest streak of equal rolls in a row, or 0 when nothing was rolled."""
    best = 0
    current = 0
    for i in range(len(rolls)):
        if i > 0 and rolls[i] == rolls[i - 1]:
            current += 1
        else:
            current = 1
        best = max(best, current)
    return best


assert longest_same_streak([1, 1, 2, 2, 2]) == 3
assert longest_same_streak([]) == 0
assert longest_same_streak([6]) == 1
assert longest_same_streak([4, 5, 4, 5]) == 1
assert longest_same_streak([3, 3, 1]) == 2


# hard | imperative | lists, merging, sorting
def merge_sorted_lists(a, b):
    """Write a function that takes two lists already sorted from smallest to largest and returns one sorted list with all their numbers."""
    merged = []
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] <= b[j]:
            merged.append(a[i])
            i += 1
        else:
            merged.append(b[j])
            j += 1
    return merged + a[i:] + b[j:]


assert merge_sorted_lists([1, 4], [2, 3]) == [1, 2, 3, 4]
assert merge_sorted_lists([], [1]) == [1]
assert merge_sorted_lists([5], []) == [5]
assert merge_sorted_lists([], []) == []
assert merge_sorted_lists([1, 1, 7], [1, 9]) == [1, 1, 1, 7, 9]
