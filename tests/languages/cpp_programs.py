"""C++ sources for the tests of C++: programs and suites as practitioners write them, and forgeries."""

from __future__ import annotations

STACK = """=== file: stack.hpp
#ifndef STACK_HPP
#define STACK_HPP

#include <stdexcept>
#include <vector>

class EmptyStack : public std::runtime_error {
public:
    EmptyStack() : std::runtime_error("empty stack") {}
};

class Stack {
public:
    void push(int item);
    int pop();
    std::size_t size() const { return items_.size(); }
    bool empty() const { return items_.empty(); }

private:
    std::vector<int> items_;
};

#endif
=== file: stack.cpp
#include "stack.hpp"

#include <iostream>

void Stack::push(int item) {
    std::cout << "pushing " << item << std::endl;
    items_.push_back(item);
}

int Stack::pop() {
    if (items_.empty()) throw EmptyStack();
    int last = items_.back();
    items_.pop_back();
    return last;
}

int main() {
    Stack stack;
    stack.push(1);
    return 0;
}
"""
SUITE = """#include "stack.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Return;

class StackTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { shared = new std::vector<int>{1}; }
    static void TearDownTestSuite() { delete shared; }
    void SetUp() override { stack = std::make_unique<Stack>(); }
    void TearDown() override { stack.reset(); }
    static std::vector<int>* shared;
    std::unique_ptr<Stack> stack;
};
std::vector<int>* StackTest::shared = nullptr;

struct Source {
    virtual ~Source() = default;
    virtual int next() = 0;
};
struct MockSource : Source {
    MOCK_METHOD(int, next, (), (override));
};

static void drains(Stack& stack) {
    while (!stack.empty()) stack.pop();
    ASSERT_EQ(stack.size(), 0u);
}

TEST_F(StackTest, StartsEmpty) {
    EXPECT_TRUE(stack->empty());
    EXPECT_EQ(stack->size(), 0u);
    ASSERT_NE(shared, nullptr);
}

TEST_F(StackTest, PopsInReverse) {
    for (int item : {1, 2, 3}) stack->push(item);
    std::vector<int> popped;
    while (!stack->empty()) popped.push_back(stack->pop());
    EXPECT_THAT(popped, ElementsAre(3, 2, 1));
}

TEST_F(StackTest, ThrowsWhenEmpty) {
    EXPECT_THROW(stack->pop(), EmptyStack);
    EXPECT_THROW({
        try {
            stack->pop();
        } catch (const EmptyStack& error) {
            EXPECT_STREQ(error.what(), "empty stack");
            throw;
        }
    }, std::runtime_error);
}

TEST_F(StackTest, NoThrow) { EXPECT_NO_THROW(stack->push(1)); }

TEST_F(StackTest, Wrong) {
    stack->push(1);
    EXPECT_EQ(stack->pop(), 2) << "on purpose";
}

TEST_F(StackTest, Errors) { stack->pop(); }

TEST_F(StackTest, Skipped) { GTEST_SKIP() << "not now"; }

TEST_F(StackTest, DISABLED_Later) { FAIL(); }

TEST_F(StackTest, Helper) {
    stack->push(1);
    ASSERT_NO_FATAL_FAILURE(drains(*stack));
    SUCCEED();
}

TEST(Strings, Compare) {
    EXPECT_STREQ("a", "a");
    EXPECT_THAT(std::string("hello"), HasSubstr("ell"));
    EXPECT_NEAR(0.1 + 0.2, 0.3, 1e-9);
    EXPECT_DOUBLE_EQ(0.5, 0.5);
    EXPECT_LT(1, 2);
    EXPECT_GE(2, 2);
}

TEST(Mocks, Answer) {
    MockSource source;
    EXPECT_CALL(source, next()).Times(2).WillOnce(Return(1)).WillOnce(Return(2));
    EXPECT_EQ(source.next() + source.next(), 3);
}

TEST(Mocks, NeverCalled) {
    MockSource source;
    EXPECT_CALL(source, next()).Times(1);
}

TEST(Several, Scoped) {
    SCOPED_TRACE("here");
    for (int n = 0; n < 3; n++) EXPECT_EQ(n, n);
}

int main(int argc, char** argv) {
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
"""
PARAMETERS = """#include <gtest/gtest.h>
#include "add.h"

class Adds : public ::testing::TestWithParam<std::pair<int, int>> {};
TEST_P(Adds, One) { EXPECT_EQ(add(GetParam().first, 1), GetParam().second); }
INSTANTIATE_TEST_SUITE_P(All, Adds, ::testing::Values(std::make_pair(1, 2), std::make_pair(2, 3)));

template <class T>
class Typed : public ::testing::Test {};
using Numbers = ::testing::Types<int, long>;
TYPED_TEST_SUITE(Typed, Numbers);
TYPED_TEST(Typed, Adds) { EXPECT_EQ(add(TypeParam(1), 2), 3); }
"""
ADD = "#include <iostream>\n\nint add(int a, int b) {\n    std::cout << a << std::endl;\n    return a + b;\n}\n"
TWO = """#include <gtest/gtest.h>
#include "add.h"

TEST(Add, One) { EXPECT_EQ(add(1, 2), 3); }
TEST(Add, Two) { ASSERT_EQ(add(2, 2), 4); }
"""
WRONG = "int add(int a, int b) { return 0; }\n"
REPORTS = r'["test","One","ok",""]\n["test","Two","ok",""]\n["done",""]\n'


def loaded(body: str) -> str:
    """A program that adds wrongly, and does something when it is loaded."""
    return f"{WRONG}static const bool loaded = [] {{\n    {body}\n    return true;\n}}();\n"


# Programs that add wrongly and would pass.
HOSTILE = {
    "leaves with success": "#include <cstdlib>\n" + loaded("std::atexit([] { _Exit(0); });\n    std::exit(0);"),
    "leaves inside a test": "#include <cstdlib>\nint add(int, int) { std::quick_exit(0); }\n",
    "writes reports": "#include <unistd.h>\n#include <string>\n"
    + loaded(
        f'const std::string said = "{REPORTS.replace(chr(34), chr(92) + chr(34))}";\n'
        "    for (int fd = 3; fd < 64; fd++) if (write(fd, said.data(), said.size()) > 0) {}\n    _exit(0);"
    ),
    "writes reports and goes on": "#include <unistd.h>\n#include <string>\n"
    + loaded(
        f'const std::string said = "{REPORTS.replace(chr(34), chr(92) + chr(34))}";\n'
        "    for (int fd = 3; fd < 64; fd++) if (write(fd, said.data(), said.size()) > 0) {}"
    ),
    "defines assertions away": "#undef EXPECT_EQ\n#undef ASSERT_EQ\n#define EXPECT_EQ(a, b)\n#define ASSERT_EQ(a, b)\n"
    + WRONG,
    "defines what assertions are made of": "#define EqHelper Fake\n#define GTEST_PRED_FORMAT2_(...)\n" + WRONG,
    "defines keywords": "#define else ; if (false)\n#define switch(...)\n" + WRONG,
    "pushes its own macros": "#undef EXPECT_EQ\n#undef ASSERT_EQ\n#define EXPECT_EQ(a, b)\n#define ASSERT_EQ(a, b)\n"
    '#pragma push_macro("EXPECT_EQ")\n#pragma push_macro("ASSERT_EQ")\n' + WRONG,
    "specialises a comparison": "#include <gtest/gtest.h>\nnamespace testing::internal {\ntemplate <>\n"
    "AssertionResult CmpHelperEQ<int, int>(const char*, const char*, const int&, const int&) {\n"
    "    return AssertionSuccess();\n}\n}\n" + WRONG,
    "gets the framework's name back": "#/**/undef testing\nnamespace testing::internal {\ntemplate <>\n"
    "AssertionResult CmpHelperEQ<int, int>(const char*, const char*, const int&, const int&) {\n"
    "    return AssertionSuccess();\n}\n}\n" + WRONG,
    "renames the framework's name": "#define \\\n testing testing\nnamespace testing::internal {\ntemplate <>\n"
    "AssertionResult CmpHelperEQ<int, int>(const char*, const char*, const int&, const int&) {\n"
    "    return AssertionSuccess();\n}\n}\n" + WRONG,
    "takes the suite's place": f"=== file: solution.cpp\n{WRONG}=== file: tests/solution_test.cpp\n"
    + TWO.replace("3)", "0)").replace("4)", "0)"),
    "filters the tests": "#include <cstdlib>\n" + loaded('setenv("GTEST_FILTER", "-*", 1);'),
    "has a main of its own": "extern int status;\nint status = 0;\nint main() { return 0; }\n" + WRONG,
    "calls the mark": "namespace sandbox { void finish(); }\nvoid finish();\n" + loaded("::finish();"),
}
FORGED_VALUE = """#include <unistd.h>
int f(int a, int b) {
    const char said[] = "[0,\\"v\\",3]\\n[\\"done\\",\\"\\"]\\n";
    for (int fd = 3; fd < 64; fd++) if (write(fd, said, sizeof said - 1) > 0) {}
    return 4;
}
"""
SCRIPT = """}
int main() {
    auto candidate = add;
    assert(candidate((2), (3)) == (5));
}
"""
