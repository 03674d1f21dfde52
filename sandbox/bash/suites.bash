# Runs a bats file and reports each of its tests from what bats prints (TAP) and from how it ended.
# A candidate that the suite sources shares a shell with the tests: one that brings functions of the framework's, or
# writes to the descriptor that bats prints on, is not run.
# What nobody may define anew where tests are; what only a suite that uses them needs; commands whose failure is a no.
SHELL_WORDS='\[|test|builtin|command|trap|exit|return|set|eval|exec|kill|declare|readonly|enable|printf|echo|source|unset'
SUITE_WORDS='run|skip|load|fail|assert|assert_[a-z_]*|refute|refute_[a-z_]*'
JUDGES='(^|\|[[:space:]]*)(\[|\[\[|\(\(|test|assert[a-z_]*|refute[a-z_]*|fail|false|return|grep|diff|cmp|awk|!)([[:space:]]|$)'

suites() {
  local text word output status
  text=$(<"$suite")
  word=${code##*/}
  if [[ $text =~ (^|[[:space:]])(source|\.|load)[[:space:]][^$'\n']*"${word%.sh}" ]]; then
    sourced || return 1
  fi
  guarded
  output=$(bats --tap "$suite" 3>&- 5>&- </dev/null)
  status=$?
  told "$status" "$output"
}

# Reads the candidate once, in a shell without the framework.
sourced() {
  local output status name
  printf -v name '%q' "./$code"
  output=$(bash --norc --noprofile -c "source $name >&5 5>&-; exec 5>&-; builtin printf x; builtin declare -F" 3>&- </dev/null)
  status=$?
  if [[ $output != x* ]] && ((status == 0)); then
    gone 0
    return 1
  fi
  while read -r _ _ name; do
    if [[ $name =~ ^(bats_.*|$SHELL_WORDS)$ || ($name =~ ^($SUITE_WORDS)$ && $text =~ (^|[^a-z_])"$name"[^a-z_]) ]]; then
      taken "the candidate has a function $name of its own"
      return 1
    fi
  done <<<"${output#x}"
  if [[ $(<"$code") =~ ([\>\<]\&[[:space:]]*3([^0-9]|$)|/fd/3|BATS_[A-Z_]*=|set[[:space:]]+[+](o[[:space:]]|[a-zA-Z]*[eET])) ]]; then
    taken "the candidate reaches for what bats stands on: ${BASH_REMATCH[1]}"
    return 1
  fi
}

taken() {
  quoted "$1"
  say "[\"raised\",\"taken\",$REPLY]"
}

# The suite with a line before it that locks the functions of bats.
guarded() {
  local first=${text%%$'\n'*} line='source /sandbox/bash/guard.bash'
  [[ $first == '#'* || -z $first ]] && line+='; ' || line+=$'\n'
  printf '%s%s\n' "$line" "$text" >"$suite"
}

# Reports every test that bats told of. True where the run is whole: each test of the file once, and an end of bats'
# that goes with what it said.
told() {
  local status=$1 line planned=-1 count=0 bad=0 written name='' kind why match
  written=$(grep -cE '^[[:space:]]*@test[[:space:]]' <<<"$text")
  while IFS= read -r line; do
    if [[ $line =~ ^1\.\.([0-9]+)$ ]]; then
      planned=${BASH_REMATCH[1]}
    elif [[ $line =~ ^(not\ )?ok\ ([0-9]+)\ (.*)$ ]]; then
      match=("${BASH_REMATCH[@]}")
      reported
      ((++count))
      kind=ok name=${match[3]} why=''
      [[ -n ${match[1]} ]] && kind=error && bad=1
      if [[ $kind == ok && $name =~ ^(.*)\ \#\ skip(.*)$ ]]; then
        kind=skip name=${BASH_REMATCH[1]} why=${BASH_REMATCH[2]}
      fi
    elif [[ $line == '#'* ]]; then
      why+="${line#\#}"$'\n'
      [[ $line =~ ^\#\ +\`(.*)\'\ failed && ${BASH_REMATCH[1]} =~ $JUDGES ]] && kind=fail
    fi
  done <<<"$2"
  reported
  ((planned == written && count == written && (bad == 0) == (status == 0)))
}

reported() {
  local called
  [[ -n $name ]] || return 0
  quoted "$name"
  called=$REPLY
  quoted "${why:0:300}"
  say "[\"test\",$called,\"$kind\",$REPLY]"
  name=''
}
