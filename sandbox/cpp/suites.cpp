// The main of a suite of googletest's: each test by its name, in the order they ran; those left out are skipped.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "channel.hpp"

class Reporter : public testing::EmptyTestEventListener {
    void OnTestEnd(const testing::TestInfo& info) override {
        const testing::TestResult& result = *info.result();
        std::string why;
        const char* kind = result.Skipped() ? "skip" : "ok";
        for (int i = 0; i < result.total_part_count(); i++) {
            const testing::TestPartResult& part = result.GetTestPartResult(i);
            const std::string said = part.message();
            const bool threw = said.rfind("C++ exception with", 0) == 0 || said.rfind("Unknown C++ exception", 0) == 0;
            if (part.failed()) kind = threw ? "error" : std::string(kind) == "error" ? kind : "fail";
            if (why.empty() && !part.passed()) why = said;
        }
        test(info.name(), result.Failed() && std::string(kind) == "ok" ? "fail" : kind, why);
    }
};

int main(int argc, char** argv) {
    loaded = true;
    testing::InitGoogleMock(&argc, argv);
    testing::TestEventListeners& listeners = testing::UnitTest::GetInstance()->listeners();
    delete listeners.Release(listeners.default_result_printer());
    listeners.Append(new Reporter);
    const int failed = RUN_ALL_TESTS();
    const testing::UnitTest& all = *testing::UnitTest::GetInstance();
    for (int i = 0; i < all.total_test_suite_count(); i++) {
        const testing::TestSuite& suite = *all.GetTestSuite(i);
        for (int k = 0; k < suite.total_test_count(); k++)
            if (!suite.GetTestInfo(k)->should_run()) test(suite.GetTestInfo(k)->name(), "skip", "disabled");
    }
    if (failed && all.failed_test_count() == 0) test("the file", "fail", "outside of every test");
    finish();
}
