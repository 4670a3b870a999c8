#!/usr/bin/perl
# reports_oracle_demo.t: the same as reports_oracle.t over the demo school: every report of the whole school, and of
# each class some reports (EJ::Figures::is_asked).
use lib 'tests/lib';
use EJ::Test;
use EJ::Figures;

my $t = EJ::Test->new(seed => 'demo')->allow_log(qr/JE503 503 /); # EJ::Figures asks again
EJ::Figures::read_school($t, sampled => 1);
EJ::Figures::check();
cmp_ok value(q{SELECT count(*) FROM ej.term_mark AS m JOIN ej.term AS e ON e.id = m.term_id WHERE m.school_id = 1 AND e.kind = 'year'}), '>', 0, 'there are results of years';
done_testing;
