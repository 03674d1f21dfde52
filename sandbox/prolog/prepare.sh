# tcmalloc touches a thousand pages before the first line of a program; the C library's own is as quick in small ones.
for file in /usr/lib/*/libtcmalloc_minimal.so.4; do ln -sf libc.so.6 "$file"; done
swipl --no-packs libraries.pl
# Each in a process of its own: what is loaded already is not put into the compiled file.
for name in driver suites; do swipl --no-packs -f none -g "qcompile($name, [include(user)])" -t halt; done
