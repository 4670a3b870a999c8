#!/usr/bin/perl
# reports_oracle.t: every cell of every report of the small school, computed a second time in Perl, with exact fractions,
# from the tables alone: for each class and term, and for the sums of grades, levels and the school; the rows
# behind the numbers, and the files. The demo school: reports_oracle_demo.t.
use lib 'tests/lib';
use EJ::Test;
use EJ::Figures;

my $t = EJ::Test->new(today => '2026-11-20');
$t->db->do(q{INSERT INTO ej.visit (account_id, seen_on) SELECT a.id, d FROM ej.account AS a CROSS JOIN unnest('{2026-10-05,2026-10-06,2026-11-09}'::date[]) AS d
    WHERE a.login IN ('teacher', 'parent', 'pupil') ON CONFLICT DO NOTHING});
EJ::Figures::read_school($t);
EJ::Figures::check();
cmp_ok $t->login('deputy')->get('/reports/journals')->xpath('string(//line[@line = "school"]/c[count(//column[@key = "family_days"]/preceding-sibling::column) + 1])'), '>', 0, 'on some days a family was in the journal';
for my $bad ('<row no="1" name="x" count="pupils" sql="true"/>', '<row no="1" name="x" count="marks"/>', '<row no="1" name="x" count="pupils"/><row no="1" name="y" count="classes"/>') {
    ok !eval { local $t->db->{PrintError} = 0; $t->value('SELECT ej.statistic_load(?)', qq{<statistic year="2030" on="09-20" act="x"><section name="x">$bad</section></statistic>}); 1 }, "refused: $bad";
}
done_testing;
