# Answers for each case on descriptor 3, writes the completion mark last. $1: mode, $2: the candidate's file, $3: the
# suite's. The candidate is only ever read by other processes, which have neither descriptor 3 nor the mark.
mode=$1 code=$2 suite=$3
IFS= read -r nonce <&4
exec 4<&- 5>&1

say() { printf '%s\n' "$1" >&3; }

# A text as JSON, in REPLY. What is no UTF-8 is replaced further up.
quoted() {
  local value=$1 number char unit
  value=${value//\\/"\\\\"}
  value=${value//\"/"\\\""}
  if [[ $value == *[[:cntrl:]]* ]]; then
    for number in {1..31} 127; do
      printf -v unit '\\u%04x' "$number"
      printf -v char '%b' "\\x${unit: -2}"
      value=${value//"$char"/"$unit"}
    done
  fi
  REPLY="\"$value\""
}

# An answer as the kind that the case names, as text where it is not that; in REPLY.
tagged() {
  local kind=$1 value=$2
  if [[ $kind == int && $value =~ ^(0|-?[1-9][0-9]*)$ && ${#value} -lt 4000 ]]; then
    REPLY=$value
  elif [[ $kind == float && $value =~ ^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$ ]]; then
    printf -v REPLY '%.17g' "$value"
    [[ $REPLY == *[.e]* ]] || REPLY+=.0
  elif ((${#value} > 200000)); then
    REPLY='{"o":"too large"}'
  else
    quoted "$value"
  fi
}

# Whether a file can be read as Bash; says so where it cannot.
readable() {
  local why
  why=$(bash -n "$1" 2>&1 3>&- 5>&-) && return 0
  quoted "${why:0:300}"
  say "[\"syntax\",$REPLY]"
  return 1
}

# What ended the candidate before a case: nothing that went wrong, or something.
gone() {
  local status=$1
  if ((status == 0)); then
    say '["left","the file ended before its functions were called"]'
  else
    say "[\"raised\",\"status\",\"the file ended with status $status\"]"
  fi
  return 1
}

compared() {
  local index output status kinds names
  mapfile -t kinds <.kinds
  readable "$code" || return 1
  for index in "${!kinds[@]}"; do
    output=$(bash --norc --noprofile "./.case.$index" 3>&- </dev/null)
    status=$?
    if [[ $output != x* ]] && ((index == 0)); then
      gone "$status"
      return 1
    elif [[ $output != x* ]] || ((status != 0)); then
      ((status > 128)) && names='"signal"' || names="\"status $status\",\"Exception\""
      say "[$index,\"x\",[$names],\"ended with status $status\"]"
    else
      tagged "${kinds[index]}" "${output#x}"
      say "[$index,\"v\",$REPLY]"
    fi
  done
}

shared() {
  readable "$code" || return 1
  source /sandbox/bash/suites.bash
  suites
}

if [[ $mode == compared ]]; then compared; else shared; fi && say "[\"done\",\"$nonce\"]"
exit 0
