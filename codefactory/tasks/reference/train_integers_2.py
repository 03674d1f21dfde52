"""Reference tasks, training: integers and arithmetic, part 2 (written one by one for this project)."""


# easy | story | conditionals, comparison
def exam_result(points):
    """At a school you need at least 50 points to pass an exam; return "pass" or "fail" for the given points."""
    if points >= 50:
        return "pass"
    return "fail"


assert exam_result(50) == "pass"
assert exam_result(49) == "fail"
assert exam_result(100) == "pass"
assert exam_result(0) == "fail"


# medium | given | conditionals, grading
def letter_grade(score):
    """Given a score, return "A" for 90 or more, "B" for 80 to 89, "C" for 70 to 79 and "F" for anything lower."""
    if score >= 90:
        return "A"
    elif score >= 80:
        return "B"
    elif score >= 70:
        return "C"
    else:
        return "F"


assert letter_grade(80) == "B"
assert letter_grade(90) == "A"
assert letter_grade(89) == "B"
assert letter_grade(70) == "C"
assert letter_grade(69) == "F"


# easy | terse | booleans, comparison
def in_range(n, low, high):
    """Return True if n lies between low and high, both ends included."""
    return low <= n <= high


assert in_range(5, 1, 10) == True
assert in_range(1, 1, 10) == True
assert in_range(10, 1, 10) == True
assert in_range(11, 1, 10) == False
assert in_range(-3, -2, 2) == False


# easy | question | booleans
def exactly_one_true(a, b):
    """Is exactly one of the two truth values a and b True?"""
    return a != b


assert exactly_one_true(True, False) == True
assert exactly_one_true(False, True) == True
assert exactly_one_true(True, True) == False
assert exactly_one_true(False, False) == False


# easy | spec | comparison
def larger_of_two(a, b):
    """Return the larger of the numbers a and b. If they are equal, return that value."""
    return a if a > b else b


assert larger_of_two(3, 8) == 8
assert larger_of_two(8, 3) == 8
assert larger_of_two(4, 4) == 4
assert larger_of_two(-5, -2) == -2


# medium | imperative | comparison, sorting
def middle_of_three(a, b, c):
    """Write a function that returns the middle value when the three numbers a, b and c are put in order."""
    return sorted([a, b, c])[1]


assert middle_of_three(1, 2, 3) == 2
assert middle_of_three(9, 1, 5) == 5
assert middle_of_three(4, 7, 4) == 4
assert middle_of_three(0, -3, -1) == -1


# easy | story | conditionals
def next_traffic_light(color):
    """A traffic light goes from "green" to "yellow", then "red", then "green" again, but when it is "off"
    it stays "off"; return what comes after this color."""
    if color == "green":
        return "yellow"
    if color == "yellow":
        return "red"
    if color == "red":
        return "green"
    return "off"


assert next_traffic_light("green") == "yellow"
assert next_traffic_light("yellow") == "red"
assert next_traffic_light("red") == "green"
assert next_traffic_light("off") == "off"


# medium | spec | conditionals, fees
def shipping_fee(total, express):
    """Return the shipping fee. Express orders always cost 8. Other orders are free (0)
    when the total is 50 or more, and cost 5 when it is less."""
    if express:
        return 8
    return 0 if total >= 50 else 5


assert shipping_fee(20, False) == 5
assert shipping_fee(50, False) == 0
assert shipping_fee(49, False) == 5
assert shipping_fee(80, True) == 8
assert shipping_fee(10, True) == 8


# easy | terse | arithmetic, absolute value
def absolute_difference(a, b):
    """Return how far apart the numbers a and b are, never negative."""
    return abs(a - b)


assert absolute_difference(3, 10) == 7
assert absolute_difference(10, 3) == 7
assert absolute_difference(-4, 4) == 8
assert absolute_difference(6, 6) == 0


# easy | question | comparison, counting
def count_negatives_of_three(a, b, c):
    """How many of the three numbers a, b and c are less than zero?"""
    count = 0
    for number in (a, b, c):
        if number < 0:
            count += 1
    return count


assert count_negatives_of_three(1, 2, 3) == 0
assert count_negatives_of_three(-1, 2, -3) == 2
assert count_negatives_of_three(-5, -5, -5) == 3
assert count_negatives_of_three(0, 0, -1) == 1


# easy | imperative | conversion, division
def quarter_of_month(month):
    """Write a function that returns which quarter of the year (1 to 4) the month from 1 to 12 belongs to."""
    return (month + 2) // 3


assert quarter_of_month(1) == 1
assert quarter_of_month(3) == 1
assert quarter_of_month(4) == 2
assert quarter_of_month(9) == 3
assert quarter_of_month(12) == 4


# medium | story | conditionals, fees
def movie_price(age):
    """At the cinema, children under 12 pay 6, guests aged 65 or more pay 7 and all others pay 10; return the price."""
    if age < 12:
        return 6
    if age >= 65:
        return 7
    return 10


assert movie_price(11) == 6
assert movie_price(12) == 10
assert movie_price(64) == 10
assert movie_price(65) == 7
assert movie_price(0) == 6


# medium | given | booleans, conditionals
def day_kind(weekday, holiday):
    """Given a weekday from 1 (Monday) to 7 (Sunday) and whether it is a holiday,
    return "rest" on holidays, Saturdays and Sundays, otherwise "work"."""
    return "rest" if holiday or weekday >= 6 else "work"


assert day_kind(1, False) == "work"
assert day_kind(5, False) == "work"
assert day_kind(6, False) == "rest"
assert day_kind(7, True) == "rest"
assert day_kind(3, True) == "rest"


# easy | spec | arithmetic, division
def safe_divide(a, b):
    """Return how many whole times b fits into a, for non-negative a and b. If b is 0, return 0."""
    if b == 0:
        return 0
    return a // b


assert safe_divide(10, 2) == 5
assert safe_divide(7, 3) == 2
assert safe_divide(9, 0) == 0
assert safe_divide(0, 4) == 0
assert safe_divide(2, 5) == 0


# medium | question | comparison, absolute value
def closer_to_zero(a, b):
    """Which of the numbers a and b is closer to zero? If both are equally close, return the larger one."""
    if abs(a) == abs(b):
        return max(a, b)
    return a if abs(a) < abs(b) else b


assert closer_to_zero(5, -3) == -3
assert closer_to_zero(-2, 9) == -2
assert closer_to_zero(-4, 4) == 4
assert closer_to_zero(4, -4) == 4
assert closer_to_zero(0, 1) == 0


# easy | terse | booleans, comparison
def all_three_equal(a, b, c):
    """Return True if a, b and c are all the same number, otherwise False."""
    return a == b == c


assert all_three_equal(2, 2, 2) == True
assert all_three_equal(2, 2, 3) == False
assert all_three_equal(3, 2, 2) == False
assert all_three_equal(2, 3, 2) == False
assert all_three_equal(0, 0, 0) == True


# easy | imperative | booleans, sign
def opposite_signs(a, b):
    """Write a function that returns True if one of a and b is positive and the other negative, otherwise False."""
    return a * b < 0


assert opposite_signs(3, -1) == True
assert opposite_signs(-3, 1) == True
assert opposite_signs(2, 5) == False
assert opposite_signs(-2, -5) == False
assert opposite_signs(0, -5) == False


# medium | given | comparison, booleans
def photo_fits(width, height, frame_width, frame_height):
    """Given the sizes of a photo and a frame, return True if the photo is no larger than the frame
    in either direction, possibly after turning the photo on its side."""
    upright = width <= frame_width and height <= frame_height
    turned = height <= frame_width and width <= frame_height
    return upright or turned


assert photo_fits(4, 6, 4, 6) == True
assert photo_fits(6, 4, 4, 6) == True
assert photo_fits(5, 5, 4, 9) == False
assert photo_fits(3, 8, 6, 4) == False
assert photo_fits(2, 3, 9, 9) == True


# hard | story | arithmetic, conditionals, fees
def taxi_fare(km, night):
    """A taxi asks 4 for the first two kilometers together and 3 for every further kilometer;
    at night the fare is doubled, but no fare is ever more than 40; return the fare."""
    fare = 4 + 3 * max(0, km - 2)
    if night:
        fare *= 2
    return min(fare, 40)


assert taxi_fare(1, False) == 4
assert taxi_fare(2, True) == 8
assert taxi_fare(5, False) == 13
assert taxi_fare(5, True) == 26
assert taxi_fare(10, True) == 40


# hard | spec | comparison, conditionals
def dice_points(a, b, c):
    """Score three dice. If all are equal, return 20 plus that value. If exactly two are equal,
    return 10 plus the value that appears twice. Otherwise return the largest value."""
    if a == b == c:
        return 20 + a
    if a == b or a == c:
        return 10 + a
    if b == c:
        return 10 + b
    return max(a, b, c)


assert dice_points(4, 4, 4) == 24
assert dice_points(2, 2, 6) == 12
assert dice_points(6, 3, 3) == 13
assert dice_points(5, 1, 5) == 15
assert dice_points(1, 6, 4) == 6
