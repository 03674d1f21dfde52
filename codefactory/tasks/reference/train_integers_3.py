"""Reference tasks, training: integers and arithmetic, part 3 (written one by one for this project)."""


# easy | terse | sequences, product
def factorial(n):
    """Return the product of all numbers from 1 to n, or 1 if n is 0."""
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


assert factorial(0) == 1
assert factorial(1) == 1
assert factorial(4) == 24
assert factorial(6) == 720


# medium | imperative | sequences, loops
def nth_fibonacci(n):
    """Write a function that returns number n, counting from 0, of the sequence that starts 0, 1
    and goes on with the sum of the last two numbers."""
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


assert nth_fibonacci(0) == 0
assert nth_fibonacci(1) == 1
assert nth_fibonacci(2) == 1
assert nth_fibonacci(7) == 13
assert nth_fibonacci(10) == 55


# easy | question | sequences, sum
def cans_in_stack(rows):
    """How many cans are in a stack of the given number of rows,
    with 1 can in the first row, 2 in the second and so on?"""
    return sum(range(1, rows + 1))


assert cans_in_stack(0) == 0
assert cans_in_stack(1) == 1
assert cans_in_stack(4) == 10
assert cans_in_stack(10) == 55


# medium | story | sequences, parity, loops
def steps_to_one(n):
    """In a number game you halve an even number, and triple an odd number and add 1;
    return how many steps take you from n to 1."""
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


assert steps_to_one(1) == 0
assert steps_to_one(8) == 3
assert steps_to_one(3) == 7
assert steps_to_one(6) == 8


# easy | given | sequences, lists
def count_in_steps(start, end, step):
    """Given a start, an end and a positive step, return the list of numbers that begins with start
    and grows by step, as long as the numbers are not greater than end."""
    return list(range(start, end + 1, step))


assert count_in_steps(1, 10, 3) == [1, 4, 7, 10]
assert count_in_steps(0, 5, 2) == [0, 2, 4]
assert count_in_steps(6, 6, 4) == [6]
assert count_in_steps(7, 3, 1) == []


# easy | terse | sequences, powers, sum
def sum_of_squares(n):
    """Return the sum of the squares of the numbers from 1 to n."""
    return sum(i * i for i in range(1, n + 1))


assert sum_of_squares(0) == 0
assert sum_of_squares(1) == 1
assert sum_of_squares(3) == 14
assert sum_of_squares(5) == 55


# medium | given | sequences, lists, product
def growing_terms(start, factor, count):
    """Given a start, a factor and a count, return a list of count numbers that begins with start,
    where each next number is the one before times factor."""
    terms = []
    current = start
    for _ in range(count):
        terms.append(current)
        current *= factor
    return terms


assert growing_terms(1, 2, 5) == [1, 2, 4, 8, 16]
assert growing_terms(5, 10, 3) == [5, 50, 500]
assert growing_terms(2, -1, 4) == [2, -2, 2, -2]
assert growing_terms(7, 3, 0) == []
assert growing_terms(4, 0, 3) == [4, 0, 0]


# easy | story | conversion, division
def whole_hours(minutes):
    """A worker is paid only for full hours; return how many full hours there are in the worked minutes."""
    return minutes // 60


assert whole_hours(60) == 1
assert whole_hours(59) == 0
assert whole_hours(150) == 2
assert whole_hours(0) == 0


# medium | imperative | conversion, strings
def clock_text(minutes):
    """Write a function that turns a number of minutes into text of the form hours:minutes,
    where the minutes always have two digits and the hours have no extra zeros."""
    hours = minutes // 60
    rest = minutes % 60
    return str(hours) + ":" + str(rest).zfill(2)


assert clock_text(0) == "0:00"
assert clock_text(65) == "1:05"
assert clock_text(59) == "0:59"
assert clock_text(600) == "10:00"
assert clock_text(1439) == "23:59"


# easy | terse | conversion, binary
def to_binary(n):
    """Return the non-negative number n written in binary, as a string."""
    return format(n, "b")


assert to_binary(0) == "0"
assert to_binary(1) == "1"
assert to_binary(6) == "110"
assert to_binary(16) == "10000"


# easy | question | conversion, division, lists
def weeks_and_days(days):
    """How many full weeks and how many remaining days are in this number of days? Return both as a list."""
    return [days // 7, days % 7]


assert weeks_and_days(10) == [1, 3]
assert weeks_and_days(7) == [1, 0]
assert weeks_and_days(6) == [0, 6]
assert weeks_and_days(0) == [0, 0]


# hard | story | arithmetic, loops, division
def coins_needed(cents):
    """A shop gives change in coins of 25, 10, 5 and 1 cents, always handing out
    the largest coin that still fits; return how many coins it hands out."""
    coins = 0
    for value in (25, 10, 5, 1):
        coins += cents // value
        cents %= value
    return coins


assert coins_needed(0) == 0
assert coins_needed(4) == 4
assert coins_needed(41) == 4
assert coins_needed(30) == 2
assert coins_needed(99) == 9


# hard | spec | binary, loops, maximum
def longest_run_of_ones(n):
    """Write the non-negative number n in binary and return the length of the longest unbroken run
    of ones. For 0 there are no ones, so return 0."""
    best = 0
    current = 0
    while n > 0:
        if n % 2 == 1:
            current += 1
            best = max(best, current)
        else:
            current = 0
        n //= 2
    return best


assert longest_run_of_ones(0) == 0
assert longest_run_of_ones(5) == 1
assert longest_run_of_ones(7) == 3
assert longest_run_of_ones(55) == 3
assert longest_run_of_ones(206) == 3


# hard | question | integers, digits, counting
def count_with_digit_sum(n, target):
    """How many numbers from 1 to n, n included, have digits that add up to target?"""
    count = 0
    for number in range(1, n + 1):
        if sum(int(d) for d in str(number)) == target:
            count += 1
    return count


assert count_with_digit_sum(20, 2) == 3
assert count_with_digit_sum(9, 5) == 1
assert count_with_digit_sum(100, 1) == 3
assert count_with_digit_sum(50, 20) == 0
assert count_with_digit_sum(0, 1) == 0
