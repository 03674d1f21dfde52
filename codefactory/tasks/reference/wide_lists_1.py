"""Reference tasks, wide: lists of numbers, part 1 (written one by one for this project)."""


# easy | terse | lists, sums, filtering
def sum_of_negatives(nums):
    """Return the sum of the numbers in nums that are less than zero."""
    total = 0
    for n in nums:
        if n < 0:
            total += n
    return total


assert sum_of_negatives([1, -2, 3, -4]) == -6
assert sum_of_negatives([]) == 0
assert sum_of_negatives([5, 6]) == 0
assert sum_of_negatives([0]) == 0
assert sum_of_negatives([-1]) == -1
assert sum_of_negatives([-3, -3, 10]) == -6


# easy | question | lists, counting
def how_many_odd(values):
    """How many of the values are odd numbers?"""
    return len([v for v in values if v % 2 != 0])


assert how_many_odd([1, 2, 3]) == 2
assert how_many_odd([]) == 0
assert how_many_odd([4, 0, -2]) == 0
assert how_many_odd([-1, -3]) == 2
assert how_many_odd([7, 7, 7]) == 3
assert how_many_odd([10, 15, 20]) == 1


# easy | imperative | lists, mapping, division
def halve_each(nums):
    """Write a function that divides each number of nums by 2, rounding down, and returns the new list. All numbers are zero or more."""
    return [n // 2 for n in nums]


assert halve_each([4, 10]) == [2, 5]
assert halve_each([5, 7]) == [2, 3]
assert halve_each([]) == []
assert halve_each([0, 1]) == [0, 0]
assert halve_each([9]) == [4]
assert halve_each([100, 3, 100]) == [50, 1, 50]


# easy | spec | lists, minimum
def smallest_or_default(nums, default):
    """Return the smallest number in nums. If nums is empty, return default instead; otherwise default plays no role."""
    if len(nums) == 0:
        return default
    return min(nums)


assert smallest_or_default([4, 2, 8], 0) == 2
assert smallest_or_default([], 9) == 9
assert smallest_or_default([5], 1) == 5
assert smallest_or_default([-3, -7], -10) == -7
assert smallest_or_default([0, 1], 5) == 0
assert smallest_or_default([], -1) == -1
assert smallest_or_default([6, 6], 2) == 6


# easy | given | lists, mapping, conditions
def triple_the_evens(nums):
    """Given a list of numbers, return a new list in which even numbers are multiplied by 3 and odd numbers stay as they are."""
    result = []
    for n in nums:
        if n % 2 == 0:
            result.append(n * 3)
        else:
            result.append(n)
    return result


assert triple_the_evens([1, 2, 3, 4]) == [1, 6, 3, 12]
assert triple_the_evens([]) == []
assert triple_the_evens([5, 7]) == [5, 7]
assert triple_the_evens([0]) == [0]
assert triple_the_evens([-2, -1]) == [-6, -1]
assert triple_the_evens([10, 10]) == [30, 30]


# easy | story | lists, filtering
def allowed_ages(ages):
    """A club lets in people who are at least 10 and at most 99 years old. Return the ages that are let in, in the same order."""
    return [age for age in ages if 10 <= age <= 99]


assert allowed_ages([9, 10, 50]) == [10, 50]
assert allowed_ages([99, 100]) == [99]
assert allowed_ages([]) == []
assert allowed_ages([3, 120]) == []
assert allowed_ages([40, 20, 40]) == [40, 20, 40]
assert allowed_ages([0, 11, 98, 101]) == [11, 98]


# easy | question | lists, conditions
def has_negative_number(nums):
    """Is there at least one number below zero in nums?"""
    for n in nums:
        if n < 0:
            return True
    return False


assert has_negative_number([1, -1]) == True
assert has_negative_number([1, 2]) == False
assert has_negative_number([]) == False
assert has_negative_number([0, 0]) == False
assert has_negative_number([-5]) == True
assert has_negative_number([-5, 3, 8]) == True


# easy | spec | lists, slicing
def last_n_items(xs, n):
    """Return the last n items of xs in their order. For n equal to 0 return an empty list; if xs has fewer than n items, return all of them."""
    if n == 0:
        return []
    return xs[-n:]


assert last_n_items([1, 2, 3, 4], 2) == [3, 4]
assert last_n_items([1, 2, 3], 0) == []
assert last_n_items([1, 2, 3], 3) == [1, 2, 3]
assert last_n_items([1, 2], 5) == [1, 2]
assert last_n_items([], 2) == []
assert last_n_items([9, 7, 8], 1) == [8]
assert last_n_items([], 0) == []


# easy | terse | lists built from a number
def multiples_of(step, count):
    """Return the list of the first count multiples of step: step times 1, step times 2 and so on; count is zero or more."""
    return [step * i for i in range(1, count + 1)]


assert multiples_of(3, 4) == [3, 6, 9, 12]
assert multiples_of(5, 1) == [5]
assert multiples_of(7, 0) == []
assert multiples_of(0, 3) == [0, 0, 0]
assert multiples_of(-2, 3) == [-2, -4, -6]
assert multiples_of(1, 5) == [1, 2, 3, 4, 5]


# medium | story | lists, neighbours, minimum
def biggest_drop(prices):
    """A list holds the price of a phone on each day. Return the largest amount by which the price fell from one day to the next, or 0 if it never fell."""
    best = 0
    for i in range(1, len(prices)):
        drop = prices[i - 1] - prices[i]
        if drop > best:
            best = drop
    return best


assert biggest_drop([10, 8, 9, 4]) == 5
assert biggest_drop([1, 2, 3]) == 0
assert biggest_drop([]) == 0
assert biggest_drop([7]) == 0
assert biggest_drop([9, 4, 5, 5]) == 5
assert biggest_drop([10, 6, 8, 1, 20]) == 7
assert biggest_drop([5, 5]) == 0


# medium | terse | lists, running maximum
def largest_so_far(nums):
    """Return a list that holds, for each position of nums, the largest number seen up to and including that position."""
    result = []
    for n in nums:
        if result and result[-1] > n:
            result.append(result[-1])
        else:
            result.append(n)
    return result


assert largest_so_far([3, 1, 4, 2]) == [3, 3, 4, 4]
assert largest_so_far([]) == []
assert largest_so_far([5]) == [5]
assert largest_so_far([-3, -1, -2]) == [-3, -1, -1]
assert largest_so_far([9, 8, 7]) == [9, 9, 9]
assert largest_so_far([1, 1, 2]) == [1, 1, 2]
assert largest_so_far([-5, -9]) == [-5, -5]


# medium | given | lists, duplicates, counting
def values_seen_once(nums):
    """Given a list, return only the values that appear exactly once in it, in their original order."""
    return [n for n in nums if nums.count(n) == 1]


assert values_seen_once([1, 2, 1, 3]) == [2, 3]
assert values_seen_once([4, 4]) == []
assert values_seen_once([]) == []
assert values_seen_once([9, 5, 7]) == [9, 5, 7]
assert values_seen_once([2, 2, 2, 0]) == [0]
assert values_seen_once([-1, 1]) == [-1, 1]
assert values_seen_once([8, 3, 3, 8, 6, 1]) == [6, 1]


# medium | imperative | lists, filtering, order
def evens_before_odds(nums):
    """Write a function that returns a list with all even numbers of nums first and all odd numbers after them, each group keeping its original order."""
    evens = [n for n in nums if n % 2 == 0]
    odds = [n for n in nums if n % 2 != 0]
    return evens + odds


assert evens_before_odds([1, 2, 3, 4]) == [2, 4, 1, 3]
assert evens_before_odds([]) == []
assert evens_before_odds([5, 3]) == [5, 3]
assert evens_before_odds([8, 6]) == [8, 6]
assert evens_before_odds([7, 0, -1, -2]) == [0, -2, 7, -1]
assert evens_before_odds([9, 4, 9, 2]) == [4, 2, 9, 9]


# medium | spec | lists, sorting, middle
def middle_after_sorting(nums):
    """Sort nums from smallest to largest and return the number in the middle. If the length is even, return the smaller of the two middle numbers. The list is never empty."""
    ordered = sorted(nums)
    return ordered[(len(ordered) - 1) // 2]


assert middle_after_sorting([5, 1, 9]) == 5
assert middle_after_sorting([4]) == 4
assert middle_after_sorting([8, 2]) == 2
assert middle_after_sorting([4, 1, 3, 2]) == 2
assert middle_after_sorting([-1, -5, -3]) == -3
assert middle_after_sorting([7, 7, 1, 1, 7]) == 7
assert middle_after_sorting([10, 6, 6, 0, 20, 8]) == 6


# medium | question | nested lists, sums, positions
def row_with_largest_sum(rows):
    """At which position, counting from 0, is the row with the largest sum? Of several such rows take the first. An empty row has sum 0; there is at least one row."""
    best = 0
    for i, row in enumerate(rows):
        if sum(row) > sum(rows[best]):
            best = i
    return best


assert row_with_largest_sum([[1, 2], [5], [0]]) == 1
assert row_with_largest_sum([[3], [1, 2]]) == 0
assert row_with_largest_sum([[]]) == 0
assert row_with_largest_sum([[-5], [-1, -1]]) == 1
assert row_with_largest_sum([[-2], []]) == 1
assert row_with_largest_sum([[1, 1, 1], [2], [4, 4]]) == 2
assert row_with_largest_sum([[1], [9], [4, 5]]) == 1


# hard | given | lists, runs, counting
def encode_runs(nums):
    """Given a list, return a list of [value, count] lists, one for each run of equal numbers standing next to each other, from left to right."""
    runs = []
    for n in nums:
        if runs and runs[-1][0] == n:
            runs[-1][1] += 1
        else:
            runs.append([n, 1])
    return runs


assert encode_runs([5, 5, 2]) == [[5, 2], [2, 1]]
assert encode_runs([]) == []
assert encode_runs([7]) == [[7, 1]]
assert encode_runs([1, 2, 1]) == [[1, 1], [2, 1], [1, 1]]
assert encode_runs([0, 0, 0, 0]) == [[0, 4]]
assert encode_runs([3, 3, 4, 4, 3]) == [[3, 2], [4, 2], [3, 1]]


# hard | imperative | lists, prefix sums, maximum
def best_sum_in_a_row(nums):
    """Write a function that returns the largest sum of one or more numbers standing next to each other in nums. The list is never empty."""
    best = nums[0]
    current = nums[0]
    for n in nums[1:]:
        current = max(n, current + n)
        best = max(best, current)
    return best


assert best_sum_in_a_row([1, -2, 3, 4]) == 7
assert best_sum_in_a_row([5]) == 5
assert best_sum_in_a_row([-3, -1, -2]) == -1
assert best_sum_in_a_row([4, -1, 4]) == 7
assert best_sum_in_a_row([2, -5, 3]) == 3
assert best_sum_in_a_row([1, 2, 3]) == 6
assert best_sum_in_a_row([0, -4]) == 0
assert best_sum_in_a_row([6, -7, 1, 1]) == 6


# hard | story | lists, prices, minimum, maximum
def best_single_trade(prices):
    """A trader knows the price of each day. He buys on one day and sells on a later day. Return the largest gain he can make, or 0 if no gain is possible."""
    best = 0
    for i in range(len(prices)):
        for j in range(i + 1, len(prices)):
            best = max(best, prices[j] - prices[i])
    return best


assert best_single_trade([3, 1, 4]) == 3
assert best_single_trade([5, 4, 3]) == 0
assert best_single_trade([]) == 0
assert best_single_trade([2]) == 0
assert best_single_trade([9, 2, 6, 1, 3]) == 4
assert best_single_trade([1, 2, 1, 8]) == 7
assert best_single_trade([7, 7]) == 0
