# Runs a tcltest file in an interpreter of its own: every `test` of it comes by here, is run by tcltest in the frame that
# called it, and is judged by tcltest's own counters. What a candidate writes or redefines is no test of the suite's.
namespace eval suites {
    variable child {} path {} changed {} ran 0
    # What tcltest judges with; a suite may well put its own `clock`, `exec` or `puts` in the place of Tcl's.
    variable judges {
        append array catch error eval expr foreach global if incr info lappend lindex list llength namespace proc regexp
        rename return set source string switch trace uplevel upvar variable while
    }

    # Whether the file went to its end, and no fewer tests ran than it has.
    proc run {suite} {
        variable child [interp create] path [file join [pwd] $suite] ran
        set written [regexp -all -line {^\s*(?:::)?(?:tcltest::)?test\s+\S} [slurp $suite]]
        prepare
        if {[catch {interp eval $child [list source -encoding utf-8 $path]} why options] == 1} {
            if {[dict get $options -errorcode] ne "SANDBOX-END"} { said {the file} error $why }
        }
        variable changed
        if {$changed ne {} && !$ran} { said {the file} error "$changed is not Tcl's any more" }
        return [expr {$ran >= $written}]
    }

    proc prepare {} {
        variable child
        variable path
        variable judges
        interp eval $child {
            package require tcltest
            ::tcltest::configure -outfile .tcltest-log -verbose {body error}
            namespace eval ::sandbox {}
        }
        interp eval $child [list set argv0 $path]
        interp eval $child {set argv {}; set argc 0}
        interp eval $child {rename ::tcltest::test ::tcltest::Run}
        interp alias $child ::tcltest::test {} suites::one
        interp hide $child exit
        interp alias $child ::exit {} suites::leaving
        interp alias $child ::sandbox::touched {} suites::touched
        foreach name [list {*}$judges {*}[interp eval $child {info procs ::tcltest::*}]] {
            if {$name ne "::tcltest::puts"} {
                interp eval $child [list trace add command $name {rename delete} ::sandbox::touched]
            }
        }
    }

    proc touched {old args} {
        variable changed
        if {$changed eq {}} { set changed $old }
    }

    proc said {name kind why} {
        say "\[\"test\",[text $name],\"$kind\",[text [string range $why 0 299]]\]"
    }

    # The files on the child's stack that are the job's, other than the suite: the candidate's.
    proc strangers {} {
        variable child
        variable path
        set found {}
        for {set level [interp eval $child {::info frame}]} {$level > 0} {incr level -1} {
            if {[catch {interp eval $child [list ::info frame $level]} frame]} { continue }
            set file [expr {[dict exists $frame file] ? [file normalize [dict get $frame file]] : {}}]
            if {$file ne $path && [string match [pwd]/* $file]} { lappend found $file }
        }
        return $found
    }

    proc counted {what} {
        variable child
        return [interp eval $child [list ::set ::tcltest::numTests($what)]]
    }

    proc logged {} {
        variable child
        interp eval $child {::flush [::tcltest::outputChannel]}
        return [slurp .tcltest-log]
    }

    proc one {name args} {
        variable child
        variable changed
        variable ran
        if {[strangers] ne {}} {
            said $name error "a test that the suite did not write"
            return
        }
        set before [dict create Passed [counted Passed] Failed [counted Failed]]
        set seen [string length [logged]]
        set status [catch {interp eval $child [list ::tcltest::Run $name {*}$args]} why options]
        set log [string range [logged] $seen end]
        incr ran
        if {$status == 1} {
            said $name error $why
        } elseif {$changed ne {}} {
            said $name error "$changed is not Tcl's any more"
        } elseif {[counted Failed] > [dict get $before Failed]} {
            said $name [expr {[string match {*---- Test generated error;*} $log] ? "error" : "fail"}] [reason $log]
        } else {
            said $name [expr {[counted Passed] > [dict get $before Passed] ? "ok" : "skip"}] {}
        }
        return -options $options $why
    }

    # What tcltest says after the body that failed.
    proc reason {log} {
        set at [string first "\n----" $log]
        return [string trim [string range $log $at end]]
    }

    # An `exit` of the suite's own ends it; anyone else's ends everything.
    proc leaving {args} {
        variable child
        if {[strangers] ne {} || [interp eval $child {::info level}] > 0} { leave }
        return -code error -errorcode SANDBOX-END {the suite ended}
    }
}
