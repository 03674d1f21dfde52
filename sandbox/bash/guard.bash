# Read by a suite before its first line: what bats stands on cannot be defined anew from here on.
[() { builtin [ "$@"; }
test() { builtin test "$@"; }
while read -r _ _ name; do
  [[ $name != bats_* ]] || readonly -f "$name"
done < <(declare -F)
readonly -f '[' test run skip load
unset name
