package EJ::School;

# A school that is built from nothing, over HTTP (readiness/readiness_school.t) and in a browser
# (browser/school.t): its installation, and the files that it brings along.

use strict;
use warnings;
use utf8;

our $NAME = 'Школа № 7';

# The lists of the school as CSV, by the kind of their import. What they leave out is entered by
# hand: class 10А, who teaches it, and the class teacher of 5Б.
our %FILES = map { $_->[0] => join '', map {"$_\n"} @$_[1 .. $#$_] } (
    ['rooms', 'Кабинет;Вид;Мест', '101;учебный кабинет;30', '102;учебный кабинет;30', 'Спортзал;спортзал;60'],
    ['staff', 'Фамилия;Имя;Отчество;Должность', 'Белова;Ирина;Олеговна;Учитель математики', 'Громов;Пётр;Ильич;Учитель физкультуры',
        'Лаптева;Ольга;Юрьевна;Заместитель директора по УВР'],
    ['classes', 'Класс;Классный руководитель;Учебных дней в неделе;Учебные периоды', '5А;Белова Ирина Олеговна;5;2–9 классы', '5Б;;5;2–9 классы'],
    ['pupils', 'Фамилия;Имя;Дата рождения;Пол;Класс;В классе с;Мать;Телефон матери;Отец',
        'Ёлкина;Яна;08.03.2015;ж;5А;01.09.2026;Ёлкина Дарья Сергеевна;+7 900 000-00-01;Ёлкин Роман Петрович',
        'Зимин;Пётр;12.11.2015;м;5А;01.09.2026;Зимина Инна Павловна;+7 900 000-00-02;',
        'Рябов;Олег;01.02.2015;м;5Б;01.09.2026;Рябова Нина Ильинична;+7 900 000-00-03;',
        'Юдина;Вера;30.06.2010;ж;10А;01.09.2026;;;Юдин Антон Олегович'],
    ['curricula', 'Класс;Предмет;Часов в неделю', '5А;Математика;3', '5А;Физическая культура;2', '5Б;Математика;3', '10А;Алгебра;4'],
    ['load', 'Класс;Предмет;Учитель;Часов в неделю', '5А;Математика;Белова Ирина Олеговна;3', '5А;Физическая культура;Громов Пётр Ильич;2',
        '5Б;Математика;Белова Ирина Олеговна;3'],
);

# Install the school in the empty database of a test, as README.md says, as of a day in August;
# returns the code for the first administrator.
sub install {
    my ($t, $day) = @_;
    my %env = $t->postgres->env($t->database);
    local @ENV{keys %env} = values %env;
    my $command = "sql/ejournal-school --sql sql --name 'МБОУ «$NAME»' --short '$NAME' --city Заречный --year 2026 --admin 'Седых Анна Петровна'";
    utf8::encode($command);
    chomp(my $code = `$command`);
    # the school was really made on another day
    $t->today($day);
    $t->db->do(q{UPDATE ej.staff_role SET during = daterange(?, NULL)}, undef, $day);
    return $code;
}

1;
