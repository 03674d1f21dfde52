"""Reference tasks, training: lists of numbers, part 2 (written one by one for this project)."""


# easy | imperative | lists built from a number
def squares_up_to(n):
    """Write a function that returns the list of the squares of 1, 2, 3 and so on up to n; for n below 1 the list is empty."""
    return [i * i for i in range(1, n + 1)]


assert squares_up_to(3) == [1, 4, 9]
assert squares_up_to(1) == [1]
assert squares_up_to(0) == []
assert squares_up_to(-2) == []


# easy | given | lists, two lists
def add_two_lists(a, b):
    """Given two lists of the same length, return the list of the sums of the items at the same position."""
    return [x + y for x, y in zip(a, b)]


assert add_two_lists([1, 2], [10, 20]) == [11, 22]
assert add_two_lists([], []) == []
assert add_two_lists([5], [-5]) == [0]
assert add_two_lists([1, 1, 1], [0, 2, 4]) == [1, 3, 5]


# easy | spec | lists, sums
def sum_of_ends(nums):
    """Return the first number plus the last number. A list with one number uses it for both ends. An empty list gives 0."""
    if len(nums) == 0:
        return 0
    return nums[0] + nums[-1]


assert sum_of_ends([1, 2, 3]) == 4
assert sum_of_ends([5]) == 10
assert sum_of_ends([]) == 0
assert sum_of_ends([-1, 9, 1]) == 0


# easy | terse | lists, sorting
def sort_largest_first(nums):
    """Return a new list with the numbers of nums sorted from largest to smallest."""
    return sorted(nums, reverse=True)


assert sort_largest_first([2, 9, 4]) == [9, 4, 2]
assert sort_largest_first([]) == []
assert sort_largest_first([1, 1, 3]) == [3, 1, 1]
assert sort_largest_first([-5, 0, -1]) == [0, -1, -5]


# easy | spec | lists, maximum, positions
def position_of_largest(nums):
    """Return the position of the largest number, counting from 0. If it appears more than once, return the first such position. The list is never empty."""
    best = 0
    for i in range(len(nums)):
        if nums[i] > nums[best]:
            best = i
    return best


assert position_of_largest([3, 9, 4]) == 1
assert position_of_largest([5, 5]) == 0
assert position_of_largest([-2]) == 0
assert position_of_largest([-7, -3, -1]) == 2


# easy | question | lists, conditions
def all_numbers_even(nums):
    """Are all the numbers in nums even? An empty list counts as True."""
    return all(n % 2 == 0 for n in nums)


assert all_numbers_even([2, 4, 0]) == True
assert all_numbers_even([2, 3]) == False
assert all_numbers_even([]) == True
assert all_numbers_even([-1]) == False


# easy | story | lists, sums
def total_bill(prices, tip):
    """A family pays for every dish on the list of prices and then adds one tip. Return the whole amount they pay."""
    total = tip
    for price in prices:
        total += price
    return total


assert total_bill([10, 5], 2) == 17
assert total_bill([], 3) == 3
assert total_bill([8], 0) == 8
assert total_bill([1, 2, 3, 4], 5) == 15


# easy | given | lists, slicing
def every_other_item(xs):
    """Given a list, return every second item of it, starting with the first one."""
    return xs[::2]


assert every_other_item([1, 2, 3, 4, 5]) == [1, 3, 5]
assert every_other_item([7, 8]) == [7]
assert every_other_item([]) == []
assert every_other_item([4]) == [4]


# easy | story | lists built from a number
def countdown_from(start):
    """A rocket launch counts down out loud. Return the list of numbers from start down to 1; start is zero or more, and zero gives an empty list."""
    numbers = []
    while start > 0:
        numbers.append(start)
        start -= 1
    return numbers


assert countdown_from(3) == [3, 2, 1]
assert countdown_from(1) == [1]
assert countdown_from(0) == []
assert countdown_from(5) == [5, 4, 3, 2, 1]


# medium | imperative | lists, maximum, duplicates
def second_largest_value(nums):
    """Write a function that returns the second largest different value in nums, or None if nums has fewer than two different values."""
    values = sorted(set(nums))
    if len(values) < 2:
        return None
    return values[-2]


assert second_largest_value([4, 1, 9]) == 4
assert second_largest_value([7, 7, 3]) == 3
assert second_largest_value([5, 5]) == None
assert second_largest_value([]) == None
assert second_largest_value([-1, -8]) == -8


# medium | given | lists, two lists, membership
def shared_values(a, b):
    """Given two lists, return the values of a that also appear in b, in the order of a and each value only once."""
    result = []
    for x in a:
        if x in b and x not in result:
            result.append(x)
    return result


assert shared_values([1, 2, 3], [3, 1]) == [1, 3]
assert shared_values([2, 2, 5], [2]) == [2]
assert shared_values([], [1]) == []
assert shared_values([4], [5, 6]) == []


# medium | story | lists, two lists, sums
def cost_of_purchases(prices, amounts):
    """A shopper buys amounts[i] pieces of the item that costs prices[i]. Both lists are equally long. Return what everything costs together."""
    return sum(p * a for p, a in zip(prices, amounts))


assert cost_of_purchases([2, 5], [3, 1]) == 11
assert cost_of_purchases([], []) == 0
assert cost_of_purchases([4], [0]) == 0
assert cost_of_purchases([1, 2, 3], [1, 1, 1]) == 6


# medium | terse | lists, rotation
def move_first_to_end(nums):
    """Return nums with its first item moved to the end; an empty list stays empty."""
    return nums[1:] + nums[:1]


assert move_first_to_end([1, 2, 3]) == [2, 3, 1]
assert move_first_to_end([]) == []
assert move_first_to_end([9]) == [9]
assert move_first_to_end([4, 4, 0]) == [4, 0, 4]


# medium | given | lists, chunks
def split_into_chunks(values, size):
    """Given a list and a size of at least 1, return a list of lists that cuts values into pieces of that size; the last piece may be shorter."""
    return [values[i:i + size] for i in range(0, len(values), size)]


assert split_into_chunks([1, 2, 3, 4, 5], 2) == [[1, 2], [3, 4], [5]]
assert split_into_chunks([], 3) == []
assert split_into_chunks([1, 2], 5) == [[1, 2]]
assert split_into_chunks([7, 8], 1) == [[7], [8]]


# medium | question | lists, sorting, neighbours
def never_goes_down(nums):
    """Is every number in nums at least as large as the one before it? Lists with fewer than two numbers give True."""
    for i in range(len(nums) - 1):
        if nums[i] > nums[i + 1]:
            return False
    return True


assert never_goes_down([1, 2, 2, 5]) == True
assert never_goes_down([3, 2]) == False
assert never_goes_down([]) == True
assert never_goes_down([8]) == True
assert never_goes_down([1, 5, 4, 6]) == False


# hard | spec | lists, rotation
def rotate_right(nums, steps):
    """Move the last item to the front, steps times, and return the new list. Steps is zero or more and may exceed the length; an empty list stays empty."""
    if not nums:
        return []
    steps = steps % len(nums)
    cut = len(nums) - steps
    return nums[cut:] + nums[:cut]


assert rotate_right([1, 2, 3, 4], 1) == [4, 1, 2, 3]
assert rotate_right([1, 2, 3], 0) == [1, 2, 3]
assert rotate_right([1, 2, 3], 5) == [2, 3, 1]
assert rotate_right([], 4) == []
assert rotate_right([6], 2) == [6]


# hard | given | nested lists, rows
def swap_rows_and_columns(rows):
    """Given a list of rows that are all equally long, return the list of its columns, from left to right; no rows give an empty list."""
    columns = []
    if not rows:
        return columns
    for j in range(len(rows[0])):
        columns.append([row[j] for row in rows])
    return columns


assert swap_rows_and_columns([[1, 2], [3, 4]]) == [[1, 3], [2, 4]]
assert swap_rows_and_columns([[1, 2, 3]]) == [[1], [2], [3]]
assert swap_rows_and_columns([[5], [6]]) == [[5, 6]]
assert swap_rows_and_columns([]) == []
