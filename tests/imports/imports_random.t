#!/usr/bin/perl
# imports_random.t: files of random cells under the real headings: each is read, its rows are
# told as good or bad, and nothing else happens. EJ_FILES=1000 tries more, EJ_SEED repeats.
# (The reader of CSV itself: core/fuzz.t.)
use lib 'tests/lib';
use EJ::Test;

my $t     = EJ::Test->new(today => '2026-11-20');
my $admin = $t->login('administrator');
my $seed  = $ENV{EJ_SEED} // time % 100_000;
my $files = $ENV{EJ_FILES} // 25;
srand $seed;
note "EJ_SEED=$seed";

my @cells = ('', ' ', '0', '-1', '1', '7', '99999999999999', '999999999999999', '9' x 30, '1,5', '1.5', '-0,0001', '1e5', 'NaN', 'Infinity',
    '01.09.2026', '31.02.2026', '29.02.2024', '00.00.0000', '2026-02-30', '46387', '99999', '00001', '31.12.9999', '01.01.1700', 'завтра',
    'да', 'нет', '+', 'ж', 'м', '5', '6', 'мать', 'учебный кабинет', '7Б', '10 «А»', '12345Б', '7', 'Б', '11Ы', 'Алгебра', 'алг.', 'I четверть',
    'Иванова Мария', 'Иванова М. П.', 'Иванова', 'Иванова Мария Петровна Старшая', '. . .', ',;|', "'=1+1", '=1+1', '@x', '-', "''", '"', '{}', '[1]', 'null', '\\', '%', '_', '$1', ':x',
    '001-002-003 45', '00100200345', '+7 900 123-45-67', '8', 'a@b.ru', 'a@b', "\x{200B}7", "\x{FEFF}", "\x{1F600}", "e\x{301}", "x\ty", 'ё' x 101, 'я' x 501, 'ы' x 1500, 'Ё', 'ꙮ');

sub upload { my ($kind, $text) = @_; return $admin->upload("/imports/$kind", [['file', 'x.csv', $text]], step => 'file') }
sub quoted { my ($cell) = @_; return '"' . $cell =~ s/"/""/gr . '"' }

for my $kind (qw(rooms subjects staff classes curricula load pupils)) {
    my @heads = @{$t->db->selectcol_arrayref('SELECT headings[1] FROM ej.import_fields(?) ORDER BY n', undef, $kind)};
    my @wrong;
    for my $file (1 .. $files) {
        # now and then a file without some of the columns
        my @used = $file % 3 ? @heads : grep { rand > 0.4 } @heads;
        my @rows = map { join ';', map { quoted($cells[rand @cells]) } @used } 1 .. 12;
        my $text = join "\n", join(';', map { quoted($_) } @used), @rows;
        my $r = upload($kind, $text);
        my $page = $admin->get("/imports/$kind");
        my $told = $page->xpath('sum(//imports/@added | //imports/@changed | //imports/@same | //imports/@bad)');
        push @wrong, join(" ", $r->status, $r->errors, "told $told of:", $text) if ($r->status != 303 || $page->status != 200 || $told > 12) && !(@used == 0);
        last if @wrong;
    }
    is "@wrong", '', "$files files of $kind are read (seed $seed)";
}
done_testing;
