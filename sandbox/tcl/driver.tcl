# Loads the candidate, answers for each case on descriptor 3, writes the completion mark last.
# argv: mode, the candidate's file, the suite's file. Candidate and tests live in an interpreter of their own: neither
# the channel of the reports nor the mark can be reached from there.
lassign $argv mode code suite
set out [open /proc/self/fd/3 w]
fconfigure $out -encoding utf-8 -translation lf -buffering line
set plan [open /proc/self/fd/4 r]
set nonce [gets $plan]
close $plan
set kind text
set INTEGER {^(?:0|-?[1-9][0-9]*)$}
set NUMBER {^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?$}

proc say {line} { puts $::out $line }

proc leave {} {
    catch {flush stdout}
    exit 0
}

proc text {value} {
    if {[regexp {^[ !#-\[\]-~]*$} $value]} { return "\"$value\"" }
    set made {}
    foreach char [split $value {}] {
        scan $char %c point
        append made [expr {$point < 32 || $point > 126 || $char in {\" \\} ? [format {\u%04x} $point] : $char}]
    }
    return "\"$made\""
}

proc number {value} {
    set made [expr {double($value)}]
    switch -- $made {
        Inf { return Infinity }
        -Inf { return -Infinity }
        default { return $made }
    }
}

# A value as what the case says that it is; as text where it is not that.
proc tagged {kind value} {
    set inner [lrange $kind 1 end]
    set whole [expr {[regexp $::INTEGER $value] && [string length $value] < 4000}]
    switch -- [lindex $kind 0] {
        int { if {$whole} { return $value } }
        float { if {[string is double -strict $value]} { return [number $value] } }
        any { if {$whole} { return $value } elseif {[regexp $::NUMBER $value]} { return [number $value] } }
        bool { if {[string is boolean -strict $value]} { return [expr {$value ? "true" : "false"}] } }
        list {
            if {![catch {llength $value}]} {
                return "\[[join [lmap item $value {tagged $inner $item}] ,]\]"
            }
        }
        dict {
            if {![catch {dict size $value}]} {
                set pairs [lmap {key item} [dict get $value] { string cat \[ [text $key] , [tagged $inner $item] \] }]
                return "{\"d\":\[[join $pairs ,]\]}"
            }
        }
    }
    return [text $value]
}

proc slurp {name} {
    set file [open $name r]
    fconfigure $file -encoding utf-8
    set all [read $file]
    close $file
    return $all
}

# Whether the file ends where its braces, brackets and quotes do; says so where it does not.
proc readable {name} {
    if {[info complete "[slurp $name]\n"]} { return 1 }
    say "\[\"syntax\",[text "$name: a brace, a bracket or a quote is not closed"]\]"
    return 0
}

proc typed {kind value} {
    set ::kind $kind
    return $value
}

proc named {options} {
    set name [expr {[dict exists $options -errorcode] ? [lindex [dict get $options -errorcode] 0] : "error"}]
    return [text [expr {$name in {{} NONE} ? "error" : $name}]]
}

proc answer {child case} {
    set ::kind text
    set status [catch {interp eval $child $case} value options]
    if {$status in {0 2}} { return "\"v\",[tagged $::kind $value]" }
    return "\"x\",\[[named $options],\"Exception\"\],[text [string range $value 0 300]]"
}

proc compared {code} {
    set cases [split [slurp .cases] \0]
    if {![readable $code]} { return 0 }
    set child [interp create]
    interp eval $child {namespace eval ::sandbox {}}
    interp alias $child ::sandbox::typed {} typed
    set status [catch {interp eval $child [list source -encoding utf-8 [file join [pwd] $code]]} why options]
    if {$status ni {0 2}} {
        say "\[\"raised\",[named $options],[text [string range $why 0 300]]\]"
        return 0
    }
    set index -1
    foreach case $cases { say "\[[incr index],[answer $child $case]\]" }
    return 1
}

proc shared {code suite} {
    if {![readable $code]} { return 0 }
    source /sandbox/tcl/suites.tcl
    return [suites::run $suite]
}

set done [expr {$mode eq "compared" ? [compared $code] : [shared $code $suite]}]
if {$done} { say "\[\"done\",\"$nonce\"\]" }
leave
