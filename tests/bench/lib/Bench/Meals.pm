package Bench::Meals;

# What the sections beside the journal cost: closing a month of meals, and the diary with and without them.

use strict;
use warnings;
use Time::HiRes qw(time);
use Bench::Load ();

my ($MONTH, $NEXT) = ('2026-10-01', '2026-11-01');

# Besides the demo school's own orders every pupil eats at each meal of October, on six days a week.
sub fill {
    my ($db) = @_;
    $db->begin_work;
    $db->do('SET LOCAL session_replication_role = replica');
    $db->do(q{SET LOCAL ej.year = '2026'});
    $db->do("DELETE FROM ej.$_ WHERE school_id = 1 AND month_on >= ?", undef, $MONTH) for qw(meal_balance meal_month);
    $db->do(q{INSERT INTO ej.meal_order (school_id, pupil_id, class_id, meal_id, served_on, meal_category_id, age, total, by_parents, state)
        SELECT 1, e.pupil_id, e.class_id, m.id, d.served_on, x.meal_category_id, x.age, x.total, x.by_parents, 'eaten'
          FROM (SELECT d::date AS served_on FROM generate_series($1::timestamp, $2::timestamp - interval '1 day', '1 day') AS d
                 WHERE extract(isodow FROM d) < 7) AS d
         CROSS JOIN ej.meal AS m
          JOIN ej.enrolment AS e ON e.school_id = 1 AND e.during @> d.served_on
         CROSS JOIN (SELECT o.* FROM ej.meal_order AS o WHERE o.school_id = 1 AND o.by_parents > 0 ORDER BY o.id LIMIT 1) AS x
         WHERE m.school_id = 1
        ON CONFLICT DO NOTHING}, undef, $MONTH, $NEXT);
    $db->commit;
    $db->do('ANALYZE ej.meal_order');
    return $db->selectrow_array('SELECT count(*) FROM ej.meal_order WHERE school_id = 1 AND served_on >= ? AND served_on < ?', undef, $MONTH, $NEXT);
}

# Milliseconds of statements whose work is taken back; without rules for the bare ones.
sub timed {
    my ($db, $is_bare, @statements) = @_;
    $db->begin_work;
    $db->do('SET LOCAL session_replication_role = replica') if $is_bare;
    my $since = time;
    $db->do($_) for @statements;
    my $ms = 1000 * (time - $since);
    $db->rollback;
    return $ms;
}

# The measures of all rounds; run gives what wrk reached for a page.
sub measure {
    my (%o) = @_;
    my ($db, $report) = ($o{place}->db(1), $o{report});
    my $orders = fill($db);
    my $staff  = $db->selectrow_array(q{SELECT min(staff_id) FROM ej.staff_role WHERE school_id = 1 AND role = 'meals'});
    my @bare = ("INSERT INTO ej.meal_month (school_id, month_on, closed_by) VALUES (1, '$MONTH', $staff)",
        "INSERT INTO ej.meal_balance (school_id, pupil_id, month_on, charged, paid, balance)
         SELECT 1, o.pupil_id, '$MONTH', sum(o.by_parents), 0, -sum(o.by_parents) FROM ej.meal_order AS o
          WHERE o.school_id = 1 AND o.served_on >= '$MONTH' AND o.served_on < '$NEXT' AND o.state = 'eaten' GROUP BY o.pupil_id");
    for my $round (1 .. 3 * $o{rounds}) {
        printf "Round %d of %d: closing a month of meals        \r", $round, 3 * $o{rounds};
        $report->add('closing a month ms', timed($db, 0, "SELECT ej.meal_month_end(1, '$MONTH', $staff)"));
        $report->add('closing a month, bare ms', timed($db, 1, @bare));
    }
    $report->line('orders of the month', $orders, '%d', '>= 48000');
    $report->line($_, $report->value($_), '%.1f') for 'closing a month ms', 'closing a month, bare ms';
    $report->line('closing a month by bare', $report->ratio('closing a month ms', 'closing a month, bare ms'), '%.2f', '<= 3');
    modules(%o) if $o{diary};
}

# The diary of a school with all sections and with none, in turn.
sub modules {
    my (%o) = @_;
    my ($db, $report) = ($o{place}->db(1), $o{report});
    for my $round (1 .. $o{rounds}) {
        printf "Round %d of %d: diary with and without sections        \r", $round, $o{rounds};
        for (['without sections', '{}'], ['with sections', '{gto,meals,events}']) {
            my ($words, $modules) = @$_;
            $db->do('UPDATE ej.school SET modules = ?', undef, $modules);
            my $got = $o{run}->('diary');
            $report->add("diary $words CPU ms", $got->{cpu_ms});
        }
    }
    $report->line("diary $_ CPU ms", $report->value("diary $_ CPU ms"), '%.2f') for 'without sections', 'with sections';
    $report->line('diary with sections by without', $report->ratio('diary with sections CPU ms', 'diary without sections CPU ms'), '%.2f', '<= 1.15');
}

1;
