"""Reference tasks, wide: lists of numbers, part 2 (written one by one for this project)."""


# easy | imperative | lists, two lists
def subtract_lists(a, b):
    """Write a function that takes two lists of the same length and returns each item of a minus the item of b at the same position."""
    return [a[i] - b[i] for i in range(len(a))]


assert subtract_lists([5, 7], [1, 2]) == [4, 5]
assert subtract_lists([], []) == []
assert subtract_lists([1], [4]) == [-3]
assert subtract_lists([0, 0], [-2, 2]) == [2, -2]
assert subtract_lists([3, 3, 3], [3, 3, 3]) == [0, 0, 0]
assert subtract_lists([10, 20, 30], [1, 10, 0]) == [9, 10, 30]


# easy | terse | lists, two lists, maximum
def larger_of_each(a, b):
    """Return a list with the larger of the two numbers at each position of the equally long lists a and b."""
    result = []
    for x, y in zip(a, b):
        result.append(x if x > y else y)
    return result


assert larger_of_each([1, 5], [3, 2]) == [3, 5]
assert larger_of_each([], []) == []
assert larger_of_each([4], [4]) == [4]
assert larger_of_each([-1, -9], [-2, -3]) == [-1, -3]
assert larger_of_each([0, 0, 7], [1, -1, 8]) == [1, 0, 8]
assert larger_of_each([6, 2], [5, 1]) == [6, 2]


# easy | question | lists, positions
def middle_item(xs):
    """Which item stands exactly in the middle of xs? The length of xs is always odd."""
    return xs[len(xs) // 2]


assert middle_item([1, 2, 3]) == 2
assert middle_item([7]) == 7
assert middle_item([9, 1, 5]) == 1
assert middle_item([4, 4, 0, 4, 4]) == 0
assert middle_item([5, 3, -8, 1, 2]) == -8
assert middle_item([1, 2, 3, 40, 5, 6, 7]) == 40


# easy | spec | lists, minimum, positions
def last_position_of_smallest(nums):
    """Return the position of the smallest number, counting from 0. If it appears more than once, return the last such position. An empty list gives -1."""
    best = -1
    for i, n in enumerate(nums):
        if best == -1 or n <= nums[best]:
            best = i
    return best


assert last_position_of_smallest([4, 1, 6]) == 1
assert last_position_of_smallest([2, 5, 2]) == 2
assert last_position_of_smallest([]) == -1
assert last_position_of_smallest([8]) == 0
assert last_position_of_smallest([3, 3, 3]) == 2
assert last_position_of_smallest([-1, -4, 0, -4, 7]) == 3
assert last_position_of_smallest([0, 9, 5]) == 0


# easy | given | lists, mapping
def flip_signs(nums):
    """Given a list of numbers, return a new list in which each number has the opposite sign; zero stays zero."""
    return [-n for n in nums]


assert flip_signs([1, -2, 3]) == [-1, 2, -3]
assert flip_signs([]) == []
assert flip_signs([0]) == [0]
assert flip_signs([-5, -5]) == [5, 5]
assert flip_signs([10, 0, -10]) == [-10, 0, 10]
assert flip_signs([7]) == [-7]


# easy | story | lists, counting
def same_age_as_first(ages):
    """Children stand in a line and say their ages. Count the other children who are as old as the first one. An empty line gives 0."""
    count = 0
    for age in ages[1:]:
        if age == ages[0]:
            count += 1
    return count


assert same_age_as_first([8, 7, 8, 8]) == 2
assert same_age_as_first([]) == 0
assert same_age_as_first([5]) == 0
assert same_age_as_first([6, 7, 9]) == 0
assert same_age_as_first([4, 4]) == 1
assert same_age_as_first([9, 3, 3, 9, 3]) == 1


# easy | terse | lists, repeating
def repeat_whole_list(nums, times):
    """Return one flat list made of times copies of nums put one after another; times is zero or more."""
    result = []
    for _ in range(times):
        result.extend(nums)
    return result


assert repeat_whole_list([1, 2], 2) == [1, 2, 1, 2]
assert repeat_whole_list([1, 2], 1) == [1, 2]
assert repeat_whole_list([3], 4) == [3, 3, 3, 3]
assert repeat_whole_list([5, 6], 0) == []
assert repeat_whole_list([], 3) == []
assert repeat_whole_list([0, 7, 0], 2) == [0, 7, 0, 0, 7, 0]


# easy | spec | lists built from numbers
def whole_numbers_between(low, high):
    """Return the list of whole numbers strictly between low and high, going up. Neither end is included. If there are none, return an empty list."""
    return list(range(low + 1, high))


assert whole_numbers_between(2, 6) == [3, 4, 5]
assert whole_numbers_between(1, 3) == [2]
assert whole_numbers_between(4, 5) == []
assert whole_numbers_between(7, 7) == []
assert whole_numbers_between(9, 2) == []
assert whole_numbers_between(-2, 2) == [-1, 0, 1]


# easy | question | lists, counting, ranges
def count_inside_range(nums, low, high):
    """How many of the numbers are at least low and at most high?"""
    return sum(1 for n in nums if low <= n <= high)


assert count_inside_range([1, 5, 9], 2, 8) == 1
assert count_inside_range([2, 8], 2, 8) == 2
assert count_inside_range([], 0, 10) == 0
assert count_inside_range([3, 3, 3], 3, 3) == 3
assert count_inside_range([4, 5], 6, 1) == 0
assert count_inside_range([-3, -1, 0, 1], -2, 0) == 2


# medium | imperative | lists, moving items
def zeros_to_the_end(nums):
    """Write a function that moves all zeros of nums to the end of the list and keeps the order of the other numbers."""
    others = [n for n in nums if n != 0]
    return others + [0] * (len(nums) - len(others))


assert zeros_to_the_end([0, 1, 0, 2]) == [1, 2, 0, 0]
assert zeros_to_the_end([]) == []
assert zeros_to_the_end([0, 0]) == [0, 0]
assert zeros_to_the_end([3, 1, 2]) == [3, 1, 2]
assert zeros_to_the_end([0, -5, 4]) == [-5, 4, 0]
assert zeros_to_the_end([7, 0]) == [7, 0]


# medium | spec | lists, sorting, keys
def sort_by_last_digit(nums):
    """Sort the numbers by their last digit, smallest digit first. Numbers with the same last digit keep their original order. All numbers are zero or more."""
    return sorted(nums, key=lambda n: n % 10)


assert sort_by_last_digit([19, 21, 30]) == [30, 21, 19]
assert sort_by_last_digit([32, 12, 2]) == [32, 12, 2]
assert sort_by_last_digit([]) == []
assert sort_by_last_digit([5]) == [5]
assert sort_by_last_digit([18, 7, 100, 27]) == [100, 7, 27, 18]
assert sort_by_last_digit([9, 10, 0, 11, 1]) == [10, 0, 11, 1, 9]


# medium | story | lists, minimum, maximum, sums
def judged_score(points):
    """Judges give points in a contest. One highest and one lowest of the points are crossed out. Return the sum of the rest; fewer than three points give 0."""
    if len(points) < 3:
        return 0
    return sum(points) - max(points) - min(points)


assert judged_score([7, 9, 8]) == 8
assert judged_score([5, 5, 5]) == 5
assert judged_score([1, 2]) == 0
assert judged_score([]) == 0
assert judged_score([9, 9, 3, 6]) == 15
assert judged_score([4, 1, 1, 10, 10]) == 15
assert judged_score([6]) == 0


# medium | given | nested lists, columns, sums
def sum_of_each_column(rows):
    """Given a list of rows that all have the same length, return the list of the sums of the columns; no rows give an empty list."""
    return [sum(column) for column in zip(*rows)]


assert sum_of_each_column([[1, 2], [3, 4]]) == [4, 6]
assert sum_of_each_column([[5, 6, 7]]) == [5, 6, 7]
assert sum_of_each_column([]) == []
assert sum_of_each_column([[1], [2], [3]]) == [6]
assert sum_of_each_column([[1, -1], [-1, 1]]) == [0, 0]
assert sum_of_each_column([[0, 2, 0], [4, 0, 0]]) == [4, 2, 0]


# medium | question | lists, neighbours, signs
def count_sign_changes(nums):
    """How many times does a positive number directly follow a negative one or a negative number directly follow a positive one? The list has no zeros."""
    changes = 0
    for a, b in zip(nums, nums[1:]):
        if (a < 0) != (b < 0):
            changes += 1
    return changes


assert count_sign_changes([1, -1, 2]) == 2
assert count_sign_changes([]) == 0
assert count_sign_changes([5]) == 0
assert count_sign_changes([3, 4, 8]) == 0
assert count_sign_changes([-2, -7, 6, 1]) == 1
assert count_sign_changes([9, -9, -1, -4]) == 1
assert count_sign_changes([-1, 1, -1, 1]) == 3


# medium | terse | lists, pairs
def swap_neighbours(xs):
    """Return xs with the 1st and 2nd item swapped, the 3rd and 4th, and so on; a last item without a partner stays."""
    result = xs[:]
    for i in range(0, len(xs) - 1, 2):
        result[i], result[i + 1] = result[i + 1], result[i]
    return result


assert swap_neighbours([1, 2, 3, 4]) == [2, 1, 4, 3]
assert swap_neighbours([1, 2, 3]) == [2, 1, 3]
assert swap_neighbours([]) == []
assert swap_neighbours([8]) == [8]
assert swap_neighbours([5, 6]) == [6, 5]
assert swap_neighbours([9, 9, 1, 0, 4]) == [9, 9, 0, 1, 4]


# hard | given | lists, sorting, ranks
def places_in_race(scores):
    """Given the scores of players, return the place of each player in the same order. The place is 1 plus the number of players with a strictly higher score."""
    places = []
    for s in scores:
        better = sum(1 for other in scores if other > s)
        places.append(better + 1)
    return places


assert places_in_race([10, 30, 20]) == [3, 1, 2]
assert places_in_race([5, 5, 1]) == [1, 1, 3]
assert places_in_race([]) == []
assert places_in_race([4]) == [1]
assert places_in_race([1, 9, 9, 3]) == [4, 1, 1, 3]
assert places_in_race([-2, -1]) == [2, 1]
assert places_in_race([0, 0, 0]) == [1, 1, 1]


# hard | imperative | lists, searching, slicing
def contains_in_a_row(nums, part):
    """Write a function that returns True if the items of part appear in nums in the same order and directly next to each other; an empty part always gives True."""
    size = len(part)
    for start in range(len(nums) - size + 1):
        if nums[start:start + size] == part:
            return True
    return False


assert contains_in_a_row([1, 2, 3, 4], [2, 3]) == True
assert contains_in_a_row([1, 2, 3], [1, 3]) == False
assert contains_in_a_row([1, 2], [2, 1]) == False
assert contains_in_a_row([5], []) == True
assert contains_in_a_row([], []) == True
assert contains_in_a_row([], [1]) == False
assert contains_in_a_row([1, 1, 2], [1, 2]) == True
assert contains_in_a_row([7, 8], [7, 8, 9]) == False


# hard | story | lists, loops, capacity
def boxes_needed(weights, limit):
    """Parcels arrive one by one and go into the current box unless its total weight would exceed limit; then that box is closed for good and a new one opened. No parcel exceeds limit. Return how many boxes are used; no parcels need 0."""
    boxes = 0
    room = 0
    for w in weights:
        if boxes == 0 or w > room:
            boxes += 1
            room = limit
        room -= w
    return boxes


assert boxes_needed([4, 4, 4], 8) == 2
assert boxes_needed([], 10) == 0
assert boxes_needed([5], 5) == 1
assert boxes_needed([6, 5, 1], 7) == 2
assert boxes_needed([3, 5, 3, 5], 7) == 4
assert boxes_needed([1, 1, 1, 1], 10) == 1
assert boxes_needed([2, 6, 2, 2, 4], 8) == 2
