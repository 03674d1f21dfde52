// A script has a main of its own that asserts, called by this one (`--wrap=main`): one test, all of it to its end.
#include "channel.hpp"

extern "C" int __real_main(int, char**);

// What `assert` calls: the standard library's own would only abort.
extern "C" void __assert_fail(const char* what, const char*, unsigned, const char*) noexcept {
    test("script", "fail", what);
    finish();
}

extern "C" int __wrap_main(int argc, char** argv) {
    loaded = true;
    const std::string said = sandbox::said([&] { return __real_main(argc, argv); });
    if (said == "\"v\",0") test("script", "ok", "");
    else test("script", said.starts_with("\"v\"") ? "fail" : "error", said);
    finish();
}
