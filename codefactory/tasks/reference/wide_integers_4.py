"""Reference tasks, wide: integers and arithmetic, part 4 (written one by one for this project)."""


# easy | terse | conditionals, comparison
def water_state(temperature):
    """Return "ice" for a temperature of 0 or lower, "steam" for 100 or higher, and "water" for anything between."""
    if temperature <= 0:
        return "ice"
    if temperature >= 100:
        return "steam"
    return "water"


assert water_state(20) == "water"
assert water_state(0) == "ice"
assert water_state(1) == "water"
assert water_state(99) == "water"
assert water_state(100) == "steam"
assert water_state(-15) == "ice"
assert water_state(250) == "steam"


# easy | question | comparison, counting
def distinct_of_three(a, b, c):
    """How many different values are there among the three numbers a, b and c?"""
    return len({a, b, c})


assert distinct_of_three(1, 2, 3) == 3
assert distinct_of_three(1, 1, 2) == 2
assert distinct_of_three(1, 2, 1) == 2
assert distinct_of_three(2, 1, 1) == 2
assert distinct_of_three(5, 5, 5) == 1
assert distinct_of_three(0, 0, 0) == 1
assert distinct_of_three(-1, 1, 0) == 3


# easy | imperative | booleans, comparison
def may_ride_coaster(height, with_adult):
    """Write a function that returns True if a child may ride: the height must be at least 140,
    or at least 120 when with_adult is True."""
    return height >= 140 or (with_adult and height >= 120)


assert may_ride_coaster(140, False) == True
assert may_ride_coaster(139, False) == False
assert may_ride_coaster(120, True) == True
assert may_ride_coaster(119, True) == False
assert may_ride_coaster(130, False) == False
assert may_ride_coaster(150, True) == True
assert may_ride_coaster(130, True) == True


# easy | given | conditionals, calendar
def season_of_month(month):
    """Given a month from 1 to 12, return "spring" for 3 to 5, "summer" for 6 to 8, "autumn" for 9 to 11
    and "winter" for the remaining months."""
    if 3 <= month <= 5:
        return "spring"
    if 6 <= month <= 8:
        return "summer"
    if 9 <= month <= 11:
        return "autumn"
    return "winter"


assert season_of_month(8) == "summer"
assert season_of_month(2) == "winter"
assert season_of_month(3) == "spring"
assert season_of_month(5) == "spring"
assert season_of_month(6) == "summer"
assert season_of_month(9) == "autumn"
assert season_of_month(11) == "autumn"
assert season_of_month(12) == "winter"


# easy | story | booleans, comparison
def takes_umbrella(rain_chance, windy):
    """Grandma takes her umbrella when the chance of rain is at least 40 percent, unless it is windy;
    return True if she takes it, otherwise False."""
    return rain_chance >= 40 and not windy


assert takes_umbrella(80, False) == True
assert takes_umbrella(80, True) == False
assert takes_umbrella(10, False) == False
assert takes_umbrella(10, True) == False
assert takes_umbrella(40, False) == True
assert takes_umbrella(39, False) == False
assert takes_umbrella(40, True) == False


# easy | spec | conditionals, strings
def amount_word(n):
    """Return "none" for 0, "one" for 1, "a pair" for 2 and "many" for every greater number.
    A negative n gives "error"."""
    if n < 0:
        return "error"
    if n > 2:
        return "many"
    return ["none", "one", "a pair"][n]


assert amount_word(0) == "none"
assert amount_word(1) == "one"
assert amount_word(2) == "a pair"
assert amount_word(3) == "many"
assert amount_word(50) == "many"
assert amount_word(-1) == "error"
assert amount_word(-3) == "error"


# easy | terse | arithmetic, comparison
def product_unless_equal(a, b):
    """Return a times b, or 0 if the two numbers are equal."""
    return 0 if a == b else a * b


assert product_unless_equal(3, 4) == 12
assert product_unless_equal(5, 5) == 0
assert product_unless_equal(0, 7) == 0
assert product_unless_equal(-2, 6) == -12
assert product_unless_equal(-3, -3) == 0
assert product_unless_equal(-3, 3) == -9
assert product_unless_equal(1, 1) == 0


# easy | question | arithmetic, booleans
def one_is_sum_of_others(a, b, c):
    """Is one of the three numbers a, b and c equal to the sum of the other two?"""
    return a == b + c or b == a + c or c == a + b


assert one_is_sum_of_others(2, 3, 5) == True
assert one_is_sum_of_others(5, 2, 3) == True
assert one_is_sum_of_others(2, 5, 3) == True
assert one_is_sum_of_others(1, 2, 4) == False
assert one_is_sum_of_others(0, 4, 4) == True
assert one_is_sum_of_others(-3, 1, 2) == False
assert one_is_sum_of_others(-1, 3, 2) == True


# easy | spec | arithmetic, conditionals
def price_after_coupon(price, coupon):
    """Subtract the coupon's value from the price and return what is left to pay.
    If the coupon is worth more than the price, return 0."""
    return max(price - coupon, 0)


assert price_after_coupon(20, 5) == 15
assert price_after_coupon(5, 20) == 0
assert price_after_coupon(8, 8) == 0
assert price_after_coupon(8, 7) == 1
assert price_after_coupon(12, 0) == 12
assert price_after_coupon(0, 3) == 0


# medium | imperative | comparison, booleans
def can_form_triangle(a, b, c):
    """Write a function that returns True if three positive lengths can form a triangle,
    which needs every side to be shorter than the other two sides together."""
    return a < b + c and b < a + c and c < a + b


assert can_form_triangle(3, 4, 5) == True
assert can_form_triangle(1, 2, 3) == False
assert can_form_triangle(3, 1, 2) == False
assert can_form_triangle(1, 3, 2) == False
assert can_form_triangle(10, 3, 4) == False
assert can_form_triangle(2, 2, 2) == True
assert can_form_triangle(5, 5, 9) == True


# medium | story | conditionals, strings
def hand_game_winner(first, second):
    """Two children each show "rock", "paper" or "scissors"; rock beats scissors, scissors beats paper
    and paper beats rock; return 1 or 2 for the winning child, or 0 if both show the same."""
    if first == second:
        return 0
    wins = [["rock", "scissors"], ["scissors", "paper"], ["paper", "rock"]]
    return 1 if [first, second] in wins else 2


assert hand_game_winner("rock", "scissors") == 1
assert hand_game_winner("scissors", "rock") == 2
assert hand_game_winner("paper", "rock") == 1
assert hand_game_winner("rock", "paper") == 2
assert hand_game_winner("scissors", "paper") == 1
assert hand_game_winner("paper", "scissors") == 2
assert hand_game_winner("rock", "rock") == 0
assert hand_game_winner("paper", "paper") == 0


# medium | terse | conditionals, calendar
def days_in_month(month, leap_year):
    """Return the number of days in the month (1 to 12); February has 29 days if leap_year is True, otherwise 28."""
    if month == 2:
        return 29 if leap_year else 28
    return 30 if month in (4, 6, 9, 11) else 31


assert days_in_month(6, False) == 30
assert days_in_month(2, False) == 28
assert days_in_month(2, True) == 29
assert days_in_month(4, True) == 30
assert days_in_month(7, False) == 31
assert days_in_month(8, False) == 31
assert days_in_month(11, False) == 30
assert days_in_month(9, True) == 30


# medium | given | sign, conditionals
def map_corner(x, y):
    """Given the position x, y on a map with its center at 0, 0, return "right" or "left" for positive or negative x,
    then a space and "top" or "bottom" for positive or negative y. If x or y is 0, return "line"."""
    if x == 0 or y == 0:
        return "line"
    side = "right" if x > 0 else "left"
    return side + " top" if y > 0 else side + " bottom"


assert map_corner(2, 3) == "right top"
assert map_corner(-2, 3) == "left top"
assert map_corner(-1, -1) == "left bottom"
assert map_corner(4, -5) == "right bottom"
assert map_corner(0, 3) == "line"
assert map_corner(3, 0) == "line"
assert map_corner(0, 0) == "line"


# medium | imperative | fees, conditionals
def library_fine(days_late, is_child):
    """Write a function that returns the fine for a late book: 2 for each day late, at most 20.
    Children pay half of that. Books not late, with days_late 0 or negative, cost 0."""
    fine = min(2 * max(days_late, 0), 20)
    return fine // 2 if is_child else fine


assert library_fine(3, False) == 6
assert library_fine(3, True) == 3
assert library_fine(0, False) == 0
assert library_fine(-4, False) == 0
assert library_fine(10, False) == 20
assert library_fine(15, False) == 20
assert library_fine(15, True) == 10
assert library_fine(-2, True) == 0


# medium | question | ranges, minimum and maximum
def shared_hours(start_a, end_a, start_b, end_b):
    """Two people work from start_a to end_a and from start_b to end_b, in hours of the same day.
    How many hours do they work at the same time?"""
    return max(0, min(end_a, end_b) - max(start_a, start_b))


assert shared_hours(8, 12, 10, 15) == 2
assert shared_hours(10, 15, 8, 12) == 2
assert shared_hours(8, 10, 10, 12) == 0
assert shared_hours(8, 9, 14, 16) == 0
assert shared_hours(8, 18, 11, 13) == 2
assert shared_hours(9, 17, 9, 17) == 8
assert shared_hours(11, 13, 8, 18) == 2


# hard | story | fees, conditionals, arithmetic
def water_bill(liters):
    """A village asks 1 coin for each of the first 50 liters of water, 2 for each of the next 50
    and 3 for every liter beyond 100; return the total for the used liters."""
    first = min(liters, 50)
    second = max(0, min(liters, 100) - 50)
    third = max(0, liters - 100)
    return first + 2 * second + 3 * third


assert water_bill(0) == 0
assert water_bill(30) == 30
assert water_bill(50) == 50
assert water_bill(51) == 52
assert water_bill(100) == 150
assert water_bill(101) == 153
assert water_bill(120) == 210


# hard | spec | calendar, booleans, divisibility
def is_valid_date(day, month, year):
    """Return True if the date exists, otherwise False. February has 29 days when the year is divisible by 4
    but not by 100, or is divisible by 400; else it has 28. Months outside 1 to 12 do not exist."""
    leap = year % 4 == 0 and year % 100 != 0 or year % 400 == 0
    lengths = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return 1 <= month <= 12 and 1 <= day <= lengths[month - 1]


assert is_valid_date(31, 12, 2023) == True
assert is_valid_date(31, 4, 2023) == False
assert is_valid_date(29, 2, 2024) == True
assert is_valid_date(29, 2, 1900) == False
assert is_valid_date(29, 2, 2000) == True
assert is_valid_date(10, 13, 2023) == False
assert is_valid_date(0, 5, 2023) == False
assert is_valid_date(1, 1, 2023) == True


# hard | given | conditionals, comparison
def ball_game_state(a, b):
    """Given the points of players A and B, return "A" or "B" if that player has at least 4 points
    and leads by at least 2. Otherwise return "tie" for equal points and "playing" for unequal points."""
    if max(a, b) >= 4 and abs(a - b) >= 2:
        return "A" if a > b else "B"
    return "tie" if a == b else "playing"


assert ball_game_state(4, 0) == "A"
assert ball_game_state(2, 4) == "B"
assert ball_game_state(4, 3) == "playing"
assert ball_game_state(3, 0) == "playing"
assert ball_game_state(3, 3) == "tie"
assert ball_game_state(6, 6) == "tie"
assert ball_game_state(7, 9) == "B"
assert ball_game_state(0, 1) == "playing"
