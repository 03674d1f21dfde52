# Loads the candidate, answers for each case on descriptor 3, writes the completion mark last.
# @ARGV: mode, the candidate's file, the suite's file. What the candidate could replace is bound before its first line.
package Sandbox::Driver;
use strict;
use warnings;
no warnings qw(experimental::builtin once);
use Scalar::Util ();

my ( $mode, $code, $suite ) = splice @ARGV, 0, 3;
my $owner = $$;
open my $out,  '>>&=', 3 or die "no descriptor for reports: $!";
open my $plan, '<&=',  4 or die "no descriptor for the plan: $!";
chomp( my $nonce = <$plan> );
close $plan;

sub say_line {
    return if $$ != $owner;    # a fork of the candidate's
    my $line = "$_[0]\n";
    syswrite $out, $line;
}

sub text {
    my $s = "$_[0]";
    $s =~ s{(["\\])}{\\$1}g;
    $s =~ s{([^\x20-\x7e])}{unit(ord $1)}ge;
    return qq("$s");
}

sub unit {
    my $n = $_[0];
    return sprintf '\\u%04x', $n if $n < 0x10000;
    $n -= 0x10000;
    return sprintf '\\u%04x\\u%04x', 0xd800 + ( $n >> 10 ), 0xdc00 + ( $n & 0x3ff );
}

# A number and the text that it prints as are the same thing in Perl, so both are reported as the number.
sub scalar_text {
    my $v = $_[0];
    return $v ? 'true' : 'false' if builtin::is_bool($v);
    return $v if $v =~ /\A(?:0|-?[1-9][0-9]{0,17})\z/;
    return 'NaN' if $v =~ /\A[+-]?nan\z/i && Scalar::Util::looks_like_number($v);
    return ( $1 ? '-' : '' ) . 'Infinity' if $v =~ /\A(-?)inf(?:inity)?\z/i && Scalar::Util::looks_like_number($v);
    if ( Scalar::Util::looks_like_number($v) && 0 + $v eq $v && $v =~ /\A-?[0-9]/ ) {
        my $long = sprintf '%.17g', $v;
        return $long =~ /[.e]/ ? $long : "$long.0";
    }
    return text($v);
}

my $budget;

sub tagged {
    my ( $v, $depth ) = @_;
    return 'null' if !defined $v;
    my $kind = Scalar::Util::reftype($v);
    return '{"o":"too large"}' if --$budget < 0 || $depth > 60;
    return scalar_text($v) if !$kind;
    return '[' . join( ',', map { tagged( $_, $depth + 1 ) } @$v ) . ']' if $kind eq 'ARRAY';
    return '{"d":[' . join( ',', map { '[' . scalar_text($_) . ',' . tagged( $v->{$_}, $depth + 1 ) . ']' } keys %$v ) . ']}'
        if $kind eq 'HASH';
    return '{"o":' . text($kind) . '}';
}

sub leave {
    $| = 1;
    print '';
    CORE::exit 0;
}

sub fault {
    my ( $kind, $why ) = @_;
    $why = substr "$why", 0, 300;
    say_line( $kind eq 'raised' ? '["raised","die",' . text($why) . ']' : "[\"$kind\"," . text($why) . ']' );
    leave();
}

sub faulty {
    my $why = $_[0];
    my $broken = 'syntax error|Missing right|Unmatched|find string terminator|not terminated|requires explicit package'
        . '|Bareword .* not allowed|Unrecognized character|Search pattern|compilation errors|Compilation failed';
    fault( $why =~ /$broken/ ? 'syntax' : 'raised', $why );
}

sub slurp {
    open my $file, '<', $_[0] or die "$_[0]: $!";
    local $/;
    my $all = <$file>;
    return $all;
}

sub load {
    local $@;
    my $made = do {
        package main;    # a file without a package of its own is compiled in its caller's
        do "./$_[0]";
    };
    faulty($@) if $@;
    fault( 'raised', "$_[0]: $!" ) if !defined $made && $! && !-r $_[0];
}

sub compared {
    my @cases = split /\0/, slurp('.cases');
    load($code);
    for my $index ( 0 .. $#cases ) {
        my @values = eval "package main; no strict; no warnings; ( $cases[$index] )";
        if ( my $why = $@ ) {
            my @names = ( Scalar::Util::blessed($why) // 'die', 'Exception' );
            say_line( "[$index,\"x\",[" . join( ',', map { text($_) } @names ) . '],' . text( substr "$why", 0, 300 ) . ']' );
            next;
        }
        $budget = 100_000;
        say_line( "[$index,\"v\"," . tagged( @values > 1 ? \@values : $values[0], 0 ) . ']' );
    }
    say_line("[\"done\",\"$nonce\"]");
    leave();
}

# Test::More and Test2 send their events through one hub: each assertion at the top level is a test, and the plan that
# the file declares must have been kept.
sub native {
    require Test2::API;
    my $hub  = Test2::API::test2_stack()->top;
    my $seen = 0;
    $hub->listen(
        sub {
            my $facts = $_[1]->facet_data;
            if ( my $assert = $facts->{assert} ) {
                my $amnesty = $facts->{amnesty} && @{ $facts->{amnesty} };
                my $kind    = $assert->{pass} ? 'ok' : $amnesty ? 'skip' : 'fail';
                my $why     = join ' ', map { $_->{details} // '' } @{ $facts->{info} // [] };
                $seen++;
                test( $assert->{details} // "assertion $seen", $kind, $why );
            }
            for my $error ( @{ $facts->{errors} // [] } ) { test( 'the file', 'error', $error->{details} ) }
        }
    );
    $0 = "/box/$suite";
    my $made = do {
        package main;
        do "./$suite";
    };
    if ( my $why = $@ ) { test( 'the file', 'error', $why ) }
    my $planned = $hub->plan;
    test( 'the plan', 'error', 'the file declares no plan' ) if !defined $planned;
    test( 'the plan', 'fail',  "planned $planned, ran $seen" )
        if defined $planned && $planned =~ /\A[0-9]+\z/ && $planned != $seen;
    say_line("[\"done\",\"$nonce\"]");
    leave();
}

# A script of candidate and tests in one file, as MultiPL-E has it: it leaves early where an assertion does not hold.
sub script {
    my $left = bless {}, 'Sandbox::Left';
    *CORE::GLOBAL::exit = sub (;$) { die $left };
    open my $both, '>', 'both.pl' or die $!;
    print {$both} slurp($code), "\n", slurp($suite), "\n1;\n";
    close $both;
    my $made = do {
        package main;
        do './both.pl';
    };
    my $why  = $@;
    faulty($why) if $why && !ref $why && $why =~ /syntax error|compilation/i;
    if   ($why) { test( 'script', ref $why eq 'Sandbox::Left' ? 'fail' : 'error', "$why" ) }
    else        { test( 'script', 'ok', '' ) }
    say_line("[\"done\",\"$nonce\"]");
    leave();
}

sub test {
    my ( $name, $kind, $why ) = @_;
    say_line( '["test",' . text($name) . ",\"$kind\"," . text( substr $why // '', 0, 300 ) . ']' );
}

if    ( $mode eq 'compared' )   { compared() }
elsif ( $suite =~ /\Ascript/ ) { script() }
else                            { native() }
