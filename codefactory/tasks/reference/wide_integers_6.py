"""Reference tasks, wide: integers and arithmetic, part 6 (written one by one for this project)."""


# easy | terse | conversion, arithmetic
def total_minutes(hours, minutes):
    """Return how many minutes there are in the given hours and minutes together."""
    return hours * 60 + minutes


assert total_minutes(1, 30) == 90
assert total_minutes(0, 45) == 45
assert total_minutes(2, 0) == 120
assert total_minutes(0, 0) == 0
assert total_minutes(10, 5) == 605
assert total_minutes(1, 75) == 135


# easy | question | conversion, binary, counting
def ones_in_binary(n):
    """How many times does the digit 1 appear when the non-negative number n is written in binary?"""
    return bin(n).count("1")


assert ones_in_binary(0) == 0
assert ones_in_binary(1) == 1
assert ones_in_binary(8) == 1
assert ones_in_binary(7) == 3
assert ones_in_binary(10) == 2
assert ones_in_binary(255) == 8
assert ones_in_binary(11) == 3


# easy | spec | conversion, remainder
def compass_degrees(degrees):
    """Turn any whole number of degrees into the same compass direction from 0 to 359, where a full turn is 360.
    Negative degrees count backwards from 360."""
    return degrees % 360


assert compass_degrees(0) == 0
assert compass_degrees(90) == 90
assert compass_degrees(360) == 0
assert compass_degrees(370) == 10
assert compass_degrees(-90) == 270
assert compass_degrees(-360) == 0
assert compass_degrees(725) == 5
assert compass_degrees(-450) == 270


# easy | given | conversion, arithmetic
def to_fahrenheit(celsius):
    """Given a temperature in Celsius that is a multiple of 5, return it in Fahrenheit:
    divide by 5, multiply by 9 and add 32. The result is a whole number."""
    return celsius // 5 * 9 + 32


assert to_fahrenheit(0) == 32
assert to_fahrenheit(100) == 212
assert to_fahrenheit(5) == 41
assert to_fahrenheit(-40) == -40
assert to_fahrenheit(25) == 77
assert to_fahrenheit(-5) == 23


# easy | imperative | conversion, binary
def binary_length(n):
    """Write a function that returns how many binary digits are needed to write the positive number n."""
    length = 0
    while n > 0:
        length += 1
        n //= 2
    return length


assert binary_length(1) == 1
assert binary_length(2) == 2
assert binary_length(3) == 2
assert binary_length(4) == 3
assert binary_length(7) == 3
assert binary_length(8) == 4
assert binary_length(100) == 7


# easy | question | booleans, counting
def lamps_on(kitchen, hall, cellar):
    """How many of the three lamps are on, when True means on and False means off?"""
    return sum([kitchen, hall, cellar])


assert lamps_on(False, False, False) == 0
assert lamps_on(True, False, False) == 1
assert lamps_on(False, False, True) == 1
assert lamps_on(True, False, True) == 2
assert lamps_on(False, True, True) == 2
assert lamps_on(True, True, True) == 3
assert lamps_on(False, True, False) == 1


# easy | terse | conversion, remainder
def twelve_hour(hour):
    """Return the number from 1 to 12 that a twelve-hour clock shows at the given hour from 0 to 23."""
    return hour % 12 or 12


assert twelve_hour(0) == 12
assert twelve_hour(1) == 1
assert twelve_hour(11) == 11
assert twelve_hour(12) == 12
assert twelve_hour(13) == 1
assert twelve_hour(23) == 11
assert twelve_hour(18) == 6


# easy | given | conversion, division
def century_of(year):
    """Given a positive year, return its century as a number. Century 1 is the years 1 to 100,
    century 2 the years 101 to 200, and so on."""
    return (year - 1) // 100 + 1


assert century_of(1) == 1
assert century_of(100) == 1
assert century_of(101) == 2
assert century_of(1900) == 19
assert century_of(1901) == 20
assert century_of(2000) == 20
assert century_of(2024) == 21


# easy | story | conversion, remainder
def weekday_after(weekday, days):
    """A calendar numbers the weekdays from 0 (Monday) to 6 (Sunday);
    return the number of the weekday that comes the given number of days after weekday."""
    return (weekday + days) % 7


assert weekday_after(0, 1) == 1
assert weekday_after(6, 1) == 0
assert weekday_after(3, 7) == 3
assert weekday_after(5, 4) == 2
assert weekday_after(2, 0) == 2
assert weekday_after(4, 30) == 6


# medium | imperative | conversion, binary, loops
def binary_to_number(bits):
    """Write a function that returns the number written in binary in the string bits,
    which holds only the characters 0 and 1. An empty string gives 0."""
    value = 0
    for bit in bits:
        value = value * 2 + int(bit)
    return value


assert binary_to_number("0") == 0
assert binary_to_number("1") == 1
assert binary_to_number("101") == 5
assert binary_to_number("110") == 6
assert binary_to_number("") == 0
assert binary_to_number("0011") == 3
assert binary_to_number("10000") == 16


# medium | spec | conversion, strings
def money_text(cents):
    """Write a non-negative number of cents as a string: the whole dollars, a point,
    and always two digits for the cents. Amounts below one dollar start with 0."""
    return f"{cents // 100}.{cents % 100:02d}"


assert money_text(305) == "3.05"
assert money_text(0) == "0.00"
assert money_text(7) == "0.07"
assert money_text(99) == "0.99"
assert money_text(100) == "1.00"
assert money_text(1250) == "12.50"
assert money_text(100001) == "1000.01"


# medium | story | conversion, remainder
def sleep_minutes(bed_hour, bed_minute, wake_hour, wake_minute):
    """Tom goes to bed at one time and wakes up less than 24 hours later, perhaps after midnight;
    return how many minutes he slept, using hours from 0 to 23."""
    bed = bed_hour * 60 + bed_minute
    wake = wake_hour * 60 + wake_minute
    return (wake - bed) % (24 * 60)


assert sleep_minutes(22, 0, 6, 0) == 480
assert sleep_minutes(23, 30, 0, 15) == 45
assert sleep_minutes(1, 0, 8, 20) == 440
assert sleep_minutes(13, 10, 13, 50) == 40
assert sleep_minutes(21, 45, 7, 30) == 585
assert sleep_minutes(8, 0, 7, 59) == 1439
assert sleep_minutes(0, 0, 5, 0) == 300


# medium | terse | strings, digits, conditionals
def place_text(n):
    """Return the number n (1 to 99) as a string followed by "st", "nd" or "rd" if its last digit is 1, 2 or 3,
    but by "th" for other last digits and for 11, 12 and 13."""
    if n in (11, 12, 13):
        return str(n) + "th"
    endings = {1: "st", 2: "nd", 3: "rd"}
    return str(n) + endings.get(n % 10, "th")


assert place_text(1) == "1st"
assert place_text(2) == "2nd"
assert place_text(3) == "3rd"
assert place_text(12) == "12th"
assert place_text(11) == "11th"
assert place_text(13) == "13th"
assert place_text(42) == "42nd"
assert place_text(90) == "90th"


# medium | given | conversion, binary, loops
def flip_binary_digits(n):
    """Given a positive number n, write it in binary without zeros in front, turn every 0 into 1 and every 1 into 0,
    and return the number that the new binary digits stand for."""
    result = 0
    place = 1
    while n > 0:
        if n % 2 == 0:
            result += place
        place *= 2
        n //= 2
    return result


assert flip_binary_digits(1) == 0
assert flip_binary_digits(2) == 1
assert flip_binary_digits(5) == 2
assert flip_binary_digits(7) == 0
assert flip_binary_digits(8) == 7
assert flip_binary_digits(10) == 5
assert flip_binary_digits(100) == 27


# medium | question | parity, booleans
def same_square_color(column_a, row_a, column_b, row_b):
    """The squares of a board alternate between black and white along every row and every column.
    Do the two given squares, named by column and row number, have the same color?"""
    return (column_a + row_a) % 2 == (column_b + row_b) % 2


assert same_square_color(1, 1, 1, 1) == True
assert same_square_color(1, 1, 1, 2) == False
assert same_square_color(1, 1, 2, 2) == True
assert same_square_color(3, 5, 4, 5) == False
assert same_square_color(2, 7, 6, 1) == True
assert same_square_color(8, 1, 1, 1) == False
assert same_square_color(4, 4, 4, 6) == True


# hard | imperative | arithmetic, loops, minimum and maximum
def fewest_stamps(amount):
    """Write a function that returns the smallest number of stamps, each worth 3 or 5, whose values add up
    to exactly the non-negative amount, or -1 if this is impossible. An amount of 0 needs no stamps."""
    best = -1
    for fives in range(amount // 5 + 1):
        rest = amount - 5 * fives
        if rest % 3 == 0:
            best = fives + rest // 3
    return best


assert fewest_stamps(0) == 0
assert fewest_stamps(3) == 1
assert fewest_stamps(5) == 1
assert fewest_stamps(7) == -1
assert fewest_stamps(9) == 3
assert fewest_stamps(12) == 4
assert fewest_stamps(15) == 3
assert fewest_stamps(23) == 5


# hard | spec | conversion, strings, loops
def to_base(n, base):
    """Return the non-negative number n written in the given base from 2 to 9, as a string without extra zeros
    in front. The number 0 is written as "0"."""
    if n == 0:
        return "0"
    digits = ""
    while n > 0:
        digits = str(n % base) + digits
        n //= base
    return digits


assert to_base(0, 5) == "0"
assert to_base(5, 2) == "101"
assert to_base(10, 3) == "101"
assert to_base(8, 8) == "10"
assert to_base(7, 9) == "7"
assert to_base(100, 7) == "202"
assert to_base(63, 4) == "333"
assert to_base(25, 5) == "100"


# hard | story | loops, arithmetic, conditionals
def snail_days(depth, up, down):
    """A snail in a well climbs up meters every day and slips back down meters every night, with up greater than down;
    return the number of the day, counting from 1, on which it first gets depth meters or higher."""
    height = 0
    day = 0
    while True:
        day += 1
        height += up
        if height >= depth:
            return day
        height -= down


assert snail_days(10, 3, 1) == 5
assert snail_days(3, 3, 1) == 1
assert snail_days(4, 3, 1) == 2
assert snail_days(5, 3, 1) == 2
assert snail_days(6, 3, 1) == 3
assert snail_days(7, 2, 0) == 4
assert snail_days(1, 5, 4) == 1
assert snail_days(20, 5, 4) == 16
