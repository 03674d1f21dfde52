// A case's call, with arguments fitted where the candidate wants a kindred type, and its answer as one line of JSON.
#pragma once
#include <cxxabi.h>

#include <bits/stdc++.h>

namespace sandbox {

inline constexpr std::size_t most = 1 << 19;  // bytes of one answer

inline bool follows(std::string_view s, std::size_t at, int count) {
    for (int k = 1; k <= count; k++)
        if (at + k >= s.size() || (static_cast<unsigned char>(s[at + k]) & 0xC0) != 0x80) return false;
    return true;
}

inline bool is_utf8(std::string_view s) {
    for (std::size_t i = 0; i < s.size();) {
        const unsigned char c = s[i], next = i + 1 < s.size() ? s[i + 1] : 0;
        const int more = c < 0x80 ? 0 : c >= 0xC2 && c < 0xE0 ? 1 : c >= 0xE0 && c < 0xF0 ? 2 : c >= 0xF0 && c < 0xF5 ? 3 : -1;
        if (more < 0 || !follows(s, i, more)) return false;
        if ((c == 0xE0 && next < 0xA0) || (c == 0xED && next >= 0xA0)) return false;  // overlong, surrogates
        if ((c == 0xF0 && next < 0x90) || (c == 0xF4 && next >= 0x90)) return false;  // overlong, beyond Unicode
        i += more + 1;
    }
    return true;
}

inline std::string literal(std::string_view s) {
    static const char digits[] = "0123456789abcdef";
    std::string out;
    if (!is_utf8(s)) {
        for (unsigned char c : s) (out += digits[c >> 4]) += digits[c & 15];
        return "{\"b\":\"" + out + "\"}";
    }
    out = "\"";
    for (unsigned char c : s) {
        if (c == '"' || c == '\\') (out += '\\') += static_cast<char>(c);
        else if (c < 32 || c == 127) ((out += "\\u00") += digits[c >> 4]) += digits[c & 15];
        else out += static_cast<char>(c);
    }
    return out + '"';
}

// What is said beside an answer: cut, and never as bytes.
inline std::string remark(std::string_view s) {
    std::string text(s.substr(0, 300));
    if (!is_utf8(text)) std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c > 126; }, '?');
    return literal(text);
}

inline std::string name_of(const std::type_info& type) {
    int status = 0;
    char* name = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
    std::string text = status == 0 && name ? name : type.name();
    std::free(name);
    return text.substr(0, 80);
}

template <class T>
concept Range = requires(const T& v) { std::begin(v); std::end(v); };
template <class T>
concept Tuple = requires { std::tuple_size<T>::value; };
template <class T>
concept Map = Range<T> && requires { typename T::mapped_type; };
template <class T>
concept Set = Range<T> && requires { typename T::key_type; };
template <class T>
concept Optional = requires(const T& v) { v.has_value(); *v; };

template <class T>
void put(std::string& out, const T& v);

template <class R>
void put_items(std::string& out, const R& items) {
    bool first = true;
    out += '[';
    for (const auto& item : items) {
        if (!std::exchange(first, false)) out += ',';
        put(out, item);
    }
    out += ']';
}

template <class N>
void put_float(std::string& out, N v) {
    if (std::isnan(v)) out += "NaN";
    else if (std::isinf(v)) out += v > 0 ? "Infinity" : "-Infinity";
    else {
        char text[64];
        const std::string s(text, std::to_chars(text, text + sizeof text, v).ptr);
        out += s.find_first_of(".e") == std::string::npos ? s + ".0" : s;
    }
}

template <class T>
void put(std::string& out, const T& v) {
    if (out.size() > most) {
        out += "{\"o\":\"too large\"}";
    } else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::vector<bool>::reference>) {
        out += v ? "true" : "false";
    } else if constexpr (std::is_same_v<T, char>) {
        out += literal({&v, 1});
    } else if constexpr (std::is_integral_v<T> && sizeof(T) <= 8) {
        out += std::to_string(v);
    } else if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double>) {
        put_float(out, v);
    } else if constexpr (std::is_same_v<T, long double>) {
        put_float(out, static_cast<double>(v));
    } else if constexpr (std::is_same_v<T, std::nullptr_t> || std::is_same_v<T, std::nullopt_t> ||
                         std::is_same_v<T, std::monostate>) {
        out += "null";
    } else if constexpr (std::is_convertible_v<const T&, const char*>) {
        const char* text = v;
        out += text ? literal(text) : "null";
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        out += literal(v);
    } else if constexpr (Optional<T>) {
        if (v.has_value()) put(out, *v);
        else out += "null";
    } else if constexpr (Map<T>) {
        put_items(out += "{\"d\":", v);
        out += '}';
    } else if constexpr (Set<T>) {
        put_items(out += "{\"s\":", v);
        out += '}';
    } else if constexpr (Range<T>) {
        if constexpr (std::is_same_v<std::decay_t<decltype(*std::begin(v))>, T>) out += "{\"o\":\"path\"}";
        else put_items(out, v);
    } else if constexpr (Tuple<T>) {
        out += '[';
        std::apply(
            [&out](const auto&... items) {
                std::size_t at = 0;
                ((out += at++ ? "," : "", put(out, items)), ...);
            },
            v);
        out += ']';
    } else if constexpr (requires { std::variant_size<T>::value; }) {
        std::visit([&out](const auto& held) { put(out, held); }, v);
    } else {
        out += "{\"o\":" + remark(name_of(typeid(T))) + '}';
    }
}

// A literal as the kindred type that a function asks for: other numbers, other containers.
template <class To, class From>
To fit(const From& v) {
    if constexpr (std::is_convertible_v<const From&, To>) {
        return static_cast<To>(v);
    } else if constexpr (Optional<To>) {
        return To(fit<typename To::value_type>(v));
    } else if constexpr (std::is_same_v<To, char> && std::is_convertible_v<const From&, std::string>) {
        const std::string text = v;
        if (text.size() != 1) throw std::invalid_argument("an argument of the case is no single character");
        return text[0];
    } else if constexpr (requires { typename To::first_type; typename From::first_type; }) {
        return To{fit<std::decay_t<typename To::first_type>>(v.first), fit<std::decay_t<typename To::second_type>>(v.second)};
    } else if constexpr (Range<To> && Range<From> && requires(To made) { made.insert(made.end(), *made.begin()); }) {
        To made;
        for (const auto& item : v) made.insert(made.end(), fit<std::decay_t<decltype(*made.begin())>>(item));
        return made;
    } else {
        throw std::invalid_argument("an argument of the case is no " + name_of(typeid(To)));
    }
}

template <class From>
struct Loose {
    const From& value;
    template <class To>
    operator To() const {
        return fit<To>(value);
    }
};

template <class F>
std::string said(const F& answer) {
    try {
        std::string out = "\"v\",";
        if constexpr (std::is_void_v<decltype(answer())>) {
            answer();
            return out + "null";
        } else {
            put<std::decay_t<decltype(answer())>>(out, answer());
            return out;
        }
    } catch (const std::exception& error) {
        return "\"x\",[" + remark(name_of(typeid(error))) + ",\"Exception\"]," + remark(error.what());
    } catch (...) {
        const std::type_info* type = abi::__cxa_current_exception_type();
        return "\"x\",[" + remark(type ? name_of(*type) : "unknown") + ",\"Exception\"],\"\"";
    }
}

// The function with these arguments, or with others of their kind.
template <class F, class... A>
std::string answered(const F& function, A&&... arguments) {
    if constexpr (std::is_invocable_v<const F&, A...>)
        return said([&]() -> decltype(auto) { return function(std::forward<A>(arguments)...); });
    else
        return said([&]() -> decltype(auto) { return function(Loose<std::decay_t<A>>{arguments}...); });
}

}  // namespace sandbox
