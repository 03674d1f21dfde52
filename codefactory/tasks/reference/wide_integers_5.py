"""Reference tasks, wide: integers and arithmetic, part 5 (written one by one for this project)."""


# easy | terse | sequences, arithmetic
def nth_term(start, step, n):
    """Return term number n, counting from 1, of the sequence that begins with start and grows by step each time."""
    return start + (n - 1) * step


assert nth_term(5, 3, 1) == 5
assert nth_term(5, 3, 2) == 8
assert nth_term(5, 3, 10) == 32
assert nth_term(0, 7, 4) == 21
assert nth_term(10, -4, 4) == -2
assert nth_term(6, 0, 9) == 6


# easy | question | arithmetic, counting
def handshakes(people):
    """How many handshakes are there when everybody in a group shakes hands exactly once with everybody else?"""
    return people * (people - 1) // 2


assert handshakes(0) == 0
assert handshakes(1) == 0
assert handshakes(2) == 1
assert handshakes(3) == 3
assert handshakes(4) == 6
assert handshakes(10) == 45


# easy | story | sequences, powers
def lilies_after(start, days):
    """The number of water lilies on a pond doubles every day; return how many there are
    after the given number of days when it begins with start lilies."""
    return start * 2 ** days


assert lilies_after(1, 0) == 1
assert lilies_after(1, 3) == 8
assert lilies_after(5, 1) == 10
assert lilies_after(3, 4) == 48
assert lilies_after(0, 6) == 0
assert lilies_after(7, 0) == 7


# easy | given | sequences, sum
def sum_from_to(a, b):
    """Given two whole numbers a and b, return the sum of all whole numbers from a to b, both included.
    If a is greater than b, return 0."""
    return sum(range(a, b + 1))


assert sum_from_to(1, 4) == 10
assert sum_from_to(3, 3) == 3
assert sum_from_to(5, 2) == 0
assert sum_from_to(-2, 2) == 0
assert sum_from_to(-3, -1) == -6
assert sum_from_to(10, 12) == 33
assert sum_from_to(0, 1) == 1


# easy | imperative | sequences, lists
def up_and_down(n):
    """Write a function that returns the list that counts from 1 up to n and then back down to 1,
    with n appearing once. For n equal to 0 the list is empty."""
    return list(range(1, n)) + list(range(n, 0, -1))


assert up_and_down(0) == []
assert up_and_down(1) == [1]
assert up_and_down(2) == [1, 2, 1]
assert up_and_down(3) == [1, 2, 3, 2, 1]
assert up_and_down(4) == [1, 2, 3, 4, 3, 2, 1]
assert up_and_down(5) == [1, 2, 3, 4, 5, 4, 3, 2, 1]


# easy | spec | sequences, lists
def count_without(n, skipped):
    """Return the list of the numbers from 1 to n in increasing order, but without the number skipped.
    If skipped is not one of them, nothing is left out."""
    return [i for i in range(1, n + 1) if i != skipped]


assert count_without(5, 3) == [1, 2, 4, 5]
assert count_without(5, 1) == [2, 3, 4, 5]
assert count_without(5, 5) == [1, 2, 3, 4]
assert count_without(4, 9) == [1, 2, 3, 4]
assert count_without(3, 0) == [1, 2, 3]
assert count_without(1, 1) == []
assert count_without(0, 2) == []


# easy | terse | sequences, sum, sign
def plus_minus_sum(n):
    """Return 1 - 2 + 3 - 4 and so on up to n, adding odd numbers and subtracting even ones; 0 when n is 0."""
    total = 0
    for i in range(1, n + 1):
        if i % 2 == 1:
            total += i
        else:
            total -= i
    return total


assert plus_minus_sum(0) == 0
assert plus_minus_sum(1) == 1
assert plus_minus_sum(2) == -1
assert plus_minus_sum(3) == 2
assert plus_minus_sum(4) == -2
assert plus_minus_sum(9) == 5
assert plus_minus_sum(10) == -5


# easy | imperative | sequences, digits, lists
def numbers_ending_in(digit, limit):
    """Write a function that returns the list of all numbers from 0 to limit, limit included,
    whose last digit is digit, in increasing order."""
    return [n for n in range(limit + 1) if n % 10 == digit]


assert numbers_ending_in(3, 25) == [3, 13, 23]
assert numbers_ending_in(5, 25) == [5, 15, 25]
assert numbers_ending_in(0, 20) == [0, 10, 20]
assert numbers_ending_in(6, 25) == [6, 16]
assert numbers_ending_in(9, 8) == []
assert numbers_ending_in(0, 0) == [0]


# easy | story | arithmetic, minimum and maximum
def battery_level(level, minutes):
    """While charging, a phone battery gains 2 percent every minute until it is full at 100;
    return its level after the given minutes."""
    return min(100, level + 2 * minutes)


assert battery_level(20, 0) == 20
assert battery_level(20, 15) == 50
assert battery_level(98, 1) == 100
assert battery_level(99, 1) == 100
assert battery_level(0, 49) == 98
assert battery_level(100, 30) == 100


# medium | imperative | sequences, product
def skipping_product(n):
    """Write a function that multiplies n, n - 2, n - 4 and so on, as long as the numbers are positive.
    For n equal to 0 it returns 1."""
    result = 1
    while n > 0:
        result *= n
        n -= 2
    return result


assert skipping_product(0) == 1
assert skipping_product(1) == 1
assert skipping_product(2) == 2
assert skipping_product(5) == 15
assert skipping_product(6) == 48
assert skipping_product(7) == 105
assert skipping_product(8) == 384


# medium | given | sequences, lists, loops
def fibonacci_up_to(limit):
    """Given a limit, return the list of all numbers not greater than it from the sequence 1, 1, 2, 3, 5 and so on,
    in which each number is the sum of the two before. Keep both ones."""
    numbers = []
    a, b = 1, 1
    while a <= limit:
        numbers.append(a)
        a, b = b, a + b
    return numbers


assert fibonacci_up_to(10) == [1, 1, 2, 3, 5, 8]
assert fibonacci_up_to(8) == [1, 1, 2, 3, 5, 8]
assert fibonacci_up_to(7) == [1, 1, 2, 3, 5]
assert fibonacci_up_to(1) == [1, 1]
assert fibonacci_up_to(0) == []
assert fibonacci_up_to(2) == [1, 1, 2]
assert fibonacci_up_to(40) == [1, 1, 2, 3, 5, 8, 13, 21, 34]


# medium | spec | sequences, loops
def difference_chain(a, b, n):
    """A sequence starts with a and b; each next number is the last number minus the one before it.
    Return number n, where number 0 is a and number 1 is b."""
    for _ in range(n):
        a, b = b, b - a
    return a


assert difference_chain(3, 5, 0) == 3
assert difference_chain(3, 5, 1) == 5
assert difference_chain(3, 5, 2) == 2
assert difference_chain(3, 5, 3) == -3
assert difference_chain(3, 5, 5) == -2
assert difference_chain(3, 5, 6) == 3
assert difference_chain(0, 1, 4) == -1
assert difference_chain(4, 4, 2) == 0


# medium | question | sequences, loops, booleans
def is_triangular(n):
    """Can the positive number n be written as 1 + 2 + 3 and so on, stopping at some number?
    The number 1 alone counts as such a sum."""
    total = 0
    i = 0
    while total < n:
        i += 1
        total += i
    return total == n


assert is_triangular(1) == True
assert is_triangular(2) == False
assert is_triangular(3) == True
assert is_triangular(6) == True
assert is_triangular(9) == False
assert is_triangular(55) == True
assert is_triangular(54) == False


# medium | story | sequences, loops
def days_to_goal(goal):
    """Lena saves 1 coin on the first day, 2 on the second, 3 on the third and so on;
    return after how many days she first has at least goal coins, 0 if goal is 0."""
    days = 0
    saved = 0
    while saved < goal:
        days += 1
        saved += days
    return days


assert days_to_goal(0) == 0
assert days_to_goal(1) == 1
assert days_to_goal(2) == 2
assert days_to_goal(3) == 2
assert days_to_goal(4) == 3
assert days_to_goal(10) == 4
assert days_to_goal(11) == 5
assert days_to_goal(50) == 10


# medium | terse | divisibility, sum
def sum_without_multiples_of_three(n):
    """Return the sum of the numbers from 1 to n, leaving out all multiples of 3; 0 when n is 0."""
    return sum(i for i in range(1, n + 1) if i % 3 != 0)


assert sum_without_multiples_of_three(0) == 0
assert sum_without_multiples_of_three(1) == 1
assert sum_without_multiples_of_three(3) == 3
assert sum_without_multiples_of_three(4) == 7
assert sum_without_multiples_of_three(6) == 12
assert sum_without_multiples_of_three(10) == 37
assert sum_without_multiples_of_three(7) == 19


# medium | question | sequences, loops, counting
def ball_bounces(height):
    """After each touch of the ground a ball rises to half its last height, rounded down to whole meters.
    How often does it touch the ground until it stays there, when dropped from height meters? Height 0 gives 0."""
    touches = 0
    while height > 0:
        touches += 1
        height //= 2
    return touches


assert ball_bounces(0) == 0
assert ball_bounces(1) == 1
assert ball_bounces(2) == 2
assert ball_bounces(3) == 2
assert ball_bounces(10) == 4
assert ball_bounces(16) == 5
assert ball_bounces(100) == 7


# hard | given | sequences, parity, maximum
def highest_point(n):
    """Given a positive number n, halve it when it is even, otherwise triple it and add 1,
    and repeat until it is 1. Return the largest number seen, including the start."""
    highest = n
    while n != 1:
        if n % 2 == 0:
            n //= 2
        else:
            n = 3 * n + 1
        highest = max(highest, n)
    return highest


assert highest_point(1) == 1
assert highest_point(2) == 2
assert highest_point(3) == 16
assert highest_point(16) == 16
assert highest_point(7) == 52
assert highest_point(20) == 20
assert highest_point(15) == 160


# hard | spec | sequences, lists, loops
def last_in_circle(n, k):
    """Children numbered 1 to n stand in a circle. Counting begins at child 1 and goes around again and again;
    every k-th child counted leaves the circle at once. Return the number of the child that remains last."""
    children = list(range(1, n + 1))
    position = 0
    while len(children) > 1:
        position = (position + k - 1) % len(children)
        children.pop(position)
    return children[0]


assert last_in_circle(1, 5) == 1
assert last_in_circle(2, 2) == 1
assert last_in_circle(2, 3) == 2
assert last_in_circle(5, 2) == 3
assert last_in_circle(6, 2) == 5
assert last_in_circle(4, 1) == 4
assert last_in_circle(7, 3) == 4
assert last_in_circle(10, 3) == 4
