# pack.sh: write the packages of closed years out of a restored journal; run by ejournal-proof --then for ejournal-package.
#
#   EJ_LIST lines «id school year»   EJ_INTO where a folder .part-ID is made for each
#
# Prints a line «packed ID done» or «packed ID KEY words» for each; a fault of one leaves the others. What is written:
#   data/index.html                  all of it by links, without anything from the network
#   data/books/                      the class journals with their sheets, HTML and XML, as /classes/{id}/book/archive
#   data/forms/                      the sheets that are kept longer: of each class the consolidated sheet and the report of the
#                                    class teacher, of the school the reports of the year; the <main> of each as it is printed
#   data/journals/                   each journal as its page gives it in XML; data/schema/: its RELAX NG
#   data/tables/                     every table of the year as CSV; data/dictionary.csv and .html say what a column is
#   data/tables/history.csv, seals.csv   who changed what when, and the seals of the days
#   data/files/                      the files of the records, by number: data/tables/file.csv has their names
# Left out, since no record of the school needs them: log-ins, conversations, notices.
# Rows go from the database into a file one by one, and each document is a file at once: memory does not grow with the year.

set -eu
LC_ALL=C.UTF-8
export LC_ALL

if [ $# -eq 0 ]; then
    printf '%s\n' "$EJ_LIST" | while read -r id school year; do
        if sh "$0" "$id" "$school" "$year" >"$EJ_WORK/log" 2>&1 </dev/null; then
            echo "packed $id done"
        elif grep -q 'No space left' "$EJ_WORK/log"; then
            echo "packed $id full $EJ_INTO"
        else
            words=$(sed -n 's/^fault //p' "$EJ_WORK/log" | tail -n 1)
            echo "packed $id ${words:-tables $(tail -n 2 "$EJ_WORK/log" | tr '\n' ' ')}"
        fi
    done
    exit 0
fi

id=$1 school=$2 year=$3
bag=$EJ_INTO/.part-$id data=$EJ_INTO/.part-$id/data
login=ejournal-pack-$id jar=$EJ_WORK/cookies-$id
db() { "$EJ_PSQL" -X -q -A -t -v ON_ERROR_STOP=1 -v school="$school" -v year="$year" -v package="$id" -v login="$login" -h "$EJ_SOCKET" -U postgres -d journal "$@"; }
fault() { echo "fault $*"; exit 1; }

rm -rf "$bag"
mkdir -p "$data/books" "$data/forms" "$data/journals" "$data/schema" "$data/tables" "$data/files"

# ------------------------------------------------------------------ reading --

# Check that in this backup the year is sealed and its journals are closed. The role of the person that ejournal-proof
# planted is taken away, since an administrator may be named on a form. An administrator made here reads the pages. The
# rows of both are left out below.
began=$(sed -n 's/^began //p' facts)
state=$(db -v began="$began" <<'SQL'
SELECT CASE WHEN (SELECT p.state FROM ej.package AS p WHERE p.id = :package) IN ('ordered', 'running', 'failed')
             AND NOT EXISTS (SELECT FROM ej.teaching AS t JOIN ej.journal AS j ON j.teaching_id = t.id
                              WHERE t.school_id = :school AND t.year = :year AND j.closed_at IS NULL) THEN 'closed' ELSE 'open' END AS state \gset
\echo :state
CREATE SCHEMA IF NOT EXISTS pack;
CREATE TABLE IF NOT EXISTS pack.person AS SELECT a.person_id AS id FROM ej.account AS a WHERE a.login = 'ejournal-proof';
SET session_replication_role = replica;
DELETE FROM ej.staff_role AS r USING ej.staff AS f, pack.person AS p WHERE r.staff_id = f.id AND f.person_id = p.id AND r.order_no = 'proof';
DELETE FROM ej.scope;
DELETE FROM ej.session;
SET session_replication_role = DEFAULT;
BEGIN;
UPDATE ej.school SET factor_roles = '{}' WHERE id = :school;
INSERT INTO ej.person DEFAULT VALUES RETURNING id AS person \gset
INSERT INTO ej.staff (school_id, person_id, surname, given_name, during)
VALUES (:school, :person, 'Архив', 'Года', daterange(ej.today(:school), NULL)) RETURNING id AS staff \gset
INSERT INTO ej.staff_role (staff_id, school_id, role, order_no, order_on, during)
VALUES (:staff, :school, 'administrator', 'proof', ej.today(:school), daterange(ej.today(:school), NULL));
INSERT INTO ej.account (person_id, login, password, rules_at)
SELECT :person, :'login', a.password, now() FROM ej.account AS a WHERE a.login = 'ejournal-proof';
INSERT INTO pack.person VALUES (:person);
COMMIT;
SQL
)
[ "$state" = closed ] || fault open "$school $year"

get() { curl -s -S --retry 2 -f -b "$jar" -c "$jar" -H "Origin: ${EJ_URL%/journal}" "$@"; }
get -o "$EJ_WORK/page" -H 'Accept: application/xml' "$EJ_URL/login" || fault print 'the log-in page'
token=$(sed -n 's/.* login_token="\([^"]*\)".*/\1/p' "$EJ_WORK/page" | head -n 1)
get -o "$EJ_WORK/page" --data-urlencode "form_token=$token" --data-urlencode "login=$login" \
    --data-urlencode "password=$EJ_PASSWORD" "$EJ_URL/login" || fault print 'the log-in'

# Read the pages of lines «path TAB file» on stdin as files of $data, in the wanted type.
pages() { # type
    awk -F '\t' -v base="$EJ_URL" -v data="$data" '{printf "url = \"%s%s\"\noutput = \"%s/%s\"\n", base, $1, data, $2}' >"$EJ_WORK/urls"
    [ ! -s "$EJ_WORK/urls" ] || get --fail-early -H "Accept: $1" -K "$EJ_WORK/urls" || fault print "$1"
}

# ---------------------------------------------------------------- documents --

db -F ' ' -c "SELECT c.id FROM ej.class AS c WHERE c.school_id = $school AND c.year = $year ORDER BY c.grade, c.letter, c.id" |
    while read -r class; do
        get -o "$EJ_WORK/book.zip" "$EJ_URL/classes/$class/book/archive" || fault print "the book of class $class"
        rm -rf "$EJ_WORK/book"
        mkdir "$EJ_WORK/book"
        unzip -q -j "$EJ_WORK/book.zip" -d "$EJ_WORK/book" || fault print "the book of class $class"
        mv "$EJ_WORK"/book/*.html "$data/books/class-$class.html"
        mv "$EJ_WORK"/book/*.xml "$data/books/class-$class.xml"
        rm -f "$EJ_WORK/book.zip"
    done || exit 1
db -F "$(printf '\t')" <<'SQL' | pages application/xml
SELECT '/journals/' || j.id, 'journals/' || j.id || '.xml' FROM ej.teaching AS t JOIN ej.journal AS j ON j.teaching_id = t.id
 WHERE t.school_id = :school AND t.year = :year ORDER BY j.id;
SQL
# A printed page without its style and script; the style is that of the books, with fonts, once for all.
form() { # path file title
    get -o "$EJ_WORK/form" "$EJ_URL$1" || fault print "$1"
    grep -q '<main' "$EJ_WORK/form" || fault print "$1"
    sed -e 's/<link [^>]*>//g' -e 's/<script[^>]*><\/script>//g' -e 's/<\/head>/<link rel="stylesheet" href="style.css"><\/head>/' "$EJ_WORK/form" >"$data/forms/$2.html"
    printf '%s\t%s\n' "$2" "$3" >>"$EJ_WORK/forms-$id"
}
: >"$EJ_WORK/forms-$id"
first=$(find "$data/books" -name '*.html' | sort | head -n 1)
[ -z "$first" ] || sed -n '/<style>/,/<\/style>/p' "$first" | sed -e 's/^.*<style>//' -e 's/<\/style>.*$//' >"$data/forms/style.css"
db -F ' ' -c "SELECT c.id, c.name FROM ej.class AS c WHERE c.school_id = $school AND c.year = $year ORDER BY c.grade, c.letter, c.id" >"$EJ_WORK/classes-$id"
while read -r class name; do
    form "/reports/finals?year=$year&class_id=$class&format=print" "finals-$class" "Сводная ведомость успеваемости: $name"
    form "/reports/leader?year=$year&class_id=$class&format=print" "leader-$class" "Отчёт классного руководителя: $name"
done <"$EJ_WORK/classes-$id"
form "/reports/results?year=$year&format=print" results 'Итоги года по классам и ученикам'
form "/reports/school?year=$year&format=print" school 'Итоги года по школе'
form "/reports/teachers?year=$year&format=print" teachers 'Итоги года по учителям'
form "/movements?year=$year&format=print" movements 'Книга движения учащихся'
for name in journal common; do
    cp "$EJ_SHARE/xslt/schema/$name.rng" "$data/schema/$name.rng"
done

# ------------------------------------------------------------------- tables --

# Words of tables and columns, as the history of the journal has them.
sed -n "s/.*<xsl:when test=\"\. = '\([a-z_0-9]*\)'\">\([^<]*\)<\/xsl:when>.*/\1	\2/p" "$EJ_SHARE/xslt/history_words.xsl" | sort -u -t "$(printf '\t')" -k 1,1 >"$EJ_WORK/table_words"
sed -n 's/.*<f name="\([a-z_0-9]*\)"[^>]*>\([^<]*\)<\/f>.*/\1	\2/p' "$EJ_SHARE/xslt/history_words.xsl" | sort -u -t "$(printf '\t')" -k 1,1 >"$EJ_WORK/column_words"
db -v began="$began" <<'SQL'
DROP TABLE IF EXISTS pack.table_words, pack.column_words, pack.tables;
CREATE TABLE pack.table_words (name text, words text);
CREATE TABLE pack.column_words (name text, words text);
\copy pack.table_words FROM PROGRAM 'cat "$EJ_WORK/table_words"'
\copy pack.column_words FROM PROGRAM 'cat "$EJ_WORK/column_words"'

-- Which rows of a table are of the year: by its column year; by the year in its ids; by a parent that it cannot be
-- without. NULL: the rows of the school, of no year.
CREATE OR REPLACE FUNCTION pack.of_year(rel regclass, year int, depth int DEFAULT 0) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    k     record;
    found text;
BEGIN
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = rel AND attname = 'year' AND attnum > 0) THEN
        RETURN format('year = %s', year);
    ELSIF (SELECT relkind = 'p' FROM pg_class WHERE oid = rel) THEN
        RETURN format('%1$s >= %2$s AND %1$s < %3$s', substring(pg_get_partkeydef(rel) FROM '\((.*)\)'), year * 10000000000,
                      (year + 1) * 10000000000);
    END IF;
    FOR k IN SELECT a.attname, c.confrelid::regclass AS parent FROM pg_constraint AS c
               JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] AND a.attnotnull
              WHERE c.conrelid = rel AND c.contype = 'f' AND cardinality(c.conkey) = 1 AND c.confrelid <> rel AND depth < 3
              ORDER BY a.attnum
    LOOP
        found := pack.of_year(k.parent, year, depth + 1);
        IF found IS NOT NULL THEN
            RETURN format('%I IN (SELECT id FROM %s WHERE %s)', k.attname, k.parent, found);
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TABLE pack.tables AS
SELECT w.name, r.rel, coalesce(t.words, '') AS words, c.condition IS NOT NULL AS is_of_year,
       concat_ws(' AND ', CASE w.name WHEN 'school' THEN 'id' ELSE 'school_id' END || ' = ' || :school, c.condition,
                 CASE w.name WHEN 'staff' THEN 'person_id NOT IN (SELECT id FROM pack.person)'
                             WHEN 'staff_role' THEN $$order_no <> 'proof'$$ END) AS condition,
       (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute AS a
         WHERE a.attrelid = r.rel AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
       coalesce(array_to_string(ej.key_columns(r.rel), ', '), '1') AS keys
  FROM (SELECT w.name FROM ej.watched_tables() AS w
         WHERE w.name <> ALL ('{account,notice,notice_for,conversation,conversation_shown,participant,message,message_file}')
        UNION ALL VALUES ('file')) AS w
 CROSS JOIN LATERAL (SELECT format('ej.%I', w.name)::regclass AS rel) AS r
 CROSS JOIN LATERAL (SELECT pack.of_year(r.rel, :year) AS condition) AS c
  LEFT JOIN pack.table_words AS t ON t.name = w.name;
INSERT INTO pack.tables
SELECT 'history', 'ej.history', 'история изменений', true,
       format('school_id = %s AND made_at >= %L AND made_at <= %L AND made_at < %L', :school,
              (:year || '-07-01 00:00Z')::timestamptz, :'began', (:year + 2 || '-07-01 00:00Z')::timestamptz),
       'id, made_at, account_id, address, operation_id, table_name, row_key, teaching_id, pupil_id, old, new, correction_id, void_id', 'made_at, id'
UNION ALL
SELECT 'seal', 'ej.seal', 'печати истории по дням, всех школ вместе', true,
       format('day >= %L AND day < %L', make_date(:year, 7, 1), make_date(:year + 2, 7, 1)), 'day, changes, previous, digest, made_at', 'day';
SQL
db -c 'SELECT name FROM pack.tables ORDER BY name' | while read -r table; do
    copy=$(db -c "SELECT format('COPY (SELECT %s FROM %s WHERE %s ORDER BY %s) TO STDOUT (FORMAT csv, HEADER)', columns, rel, condition, keys) FROM pack.tables WHERE name = '$table'")
    db -c "$copy" >"$data/tables/$table.csv" || fault tables "$table"
done || exit 1
db -F ' ' <<'SQL' | while read -r file piece; do printf %s "$piece" | base64 -d >>"$data/files/$file" || fault full "$data/files"; done || exit 1
SELECT p.file_id, translate(encode(p.data, 'base64'), E'\n', '') FROM ej.file_piece AS p
 WHERE p.school_id = :school AND p.file_id IN (SELECT f.id FROM ej.file AS f WHERE f.school_id = :school
       AND NOT EXISTS (SELECT FROM ej.message_file AS m WHERE m.file_id = f.id))
 ORDER BY p.file_id, p.n;
SQL

# --------------------------------------------------------------- dictionary --

db <<'SQL' >/dev/null
CREATE OR REPLACE FUNCTION pack.h(text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT replace(replace(replace(replace(coalesce($1, ''), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;') $$;
CREATE OR REPLACE VIEW pack.dictionary AS
SELECT t.name AS "table", t.words AS table_words, t.is_of_year, a.attnum, a.attname::text AS "column",
       (SELECT format_type(CASE y.typtype WHEN 'd' THEN y.typbasetype ELSE y.oid END, NULL) FROM pg_type AS y WHERE y.oid = a.atttypid) AS type, NOT a.attnotnull AS may_be_empty,
       coalesce((SELECT CASE WHEN cardinality(c.conkey) = 1 THEN
                        format('%s.%s', (SELECT relname FROM pg_class WHERE oid = c.confrelid), (SELECT attname FROM pg_attribute WHERE attrelid = c.confrelid AND attnum = c.confkey[1])) END
                   FROM pg_constraint AS c WHERE c.conrelid = t.rel::oid AND c.contype = 'f' AND c.conkey[1] = a.attnum
                  ORDER BY cardinality(c.conkey), c.oid LIMIT 1), '') AS refers_to,
       coalesce(w.words, CASE WHEN a.attname = 'id' THEN 'номер записи' WHEN a.attname = 'school_id' THEN 'школа'
                              WHEN p.words IS NOT NULL THEN 'номер: ' || p.words ELSE '' END) AS words
  FROM pack.tables AS t
  JOIN pg_attribute AS a ON a.attrelid = t.rel::oid AND a.attnum > 0 AND NOT a.attisdropped
   AND quote_ident(a.attname) = ANY (string_to_array(t.columns, ', '))
  LEFT JOIN pack.column_words AS w ON w.name = a.attname
  LEFT JOIN pack.table_words AS p ON p.name = regexp_replace(a.attname, '_id$', '') AND a.attname ~ '_id$';
SQL
db -c 'COPY (SELECT "table", table_words, "column", type, may_be_empty, refers_to, words FROM pack.dictionary ORDER BY "table", attnum) TO STDOUT (FORMAT csv, HEADER)' >"$data/dictionary.csv"

style='<style>body{font:16px/1.5 "DejaVu Sans",Arial,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#111}
table{border-collapse:collapse;width:100%;margin:1em 0}th,td{border:1px solid #bbb;padding:.2em .5em;text-align:left;vertical-align:top}
h1,h2{line-height:1.2}code,pre{background:#f2f2f2;padding:.1em .3em}.soft{color:#555}</style>'
top() { printf '<!DOCTYPE html>\n<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title>\n%s</head><body>\n' "$1" "$style"; }
{
    top 'Описание таблиц'
    echo '<p><a href="index.html">К оглавлению</a></p><h1>Описание таблиц</h1><p>Таблицы — CSV в кодировке UTF-8, столбцы через запятую, пустое значение — пустое место. Столбец «Ссылается» называет таблицу и столбец, где искать это число. Промежутки дней [с,по) не включают последний день.</p>'
    db <<'SQL'
SELECT format(E'<h2 id="%s">%s</h2><p>%s<span class="soft">%s</span></p><table><tr><th>Столбец</th><th>Тип</th><th>Ссылается</th><th>Что это</th></tr>\n%s</table>',
       d."table", d."table", pack.h(d.table_words), CASE WHEN d.is_of_year THEN ' Записи этого года.' ELSE ' Записи школы без деления на годы.' END,
       string_agg(format('<tr><td><code>%s</code></td><td>%s</td><td>%s</td><td>%s</td></tr>', d."column", pack.h(d.type), pack.h(d.refers_to), pack.h(d.words)), E'\n' ORDER BY d.attnum))
  FROM pack.dictionary AS d GROUP BY d."table", d.table_words, d.is_of_year ORDER BY d."table";
SQL
    echo '</body></html>'
} >"$data/dictionary.html"

# -------------------------------------------------------------------- index --

name=$(db -c "SELECT pack.h(s.name) FROM ej.school AS s WHERE s.id = $school")
years="$year/$((year + 1))"
{
    top "$name: $years"
    printf '<h1>%s</h1><p>Архив %s учебного года. Состояние на <b>%s</b> (UTC).</p>\n' "$name" "$years" "$began"
    db <<'SQL'
SELECT format('<p>Год закрыт приказом № %s от %s.</p>', pack.h(p.order_no), to_char(p.order_on, 'DD.MM.YYYY')) FROM ej.package AS p WHERE p.id = :package;
SQL
    echo '<h2>Журналы классов</h2><p>Как они печатаются: страницы предметов, ведомости посещаемости, сводная ведомость, замечания.</p><ul>'
    db <<'SQL'
SELECT format('<li><a href="books/class-%1$s.html">%2$s</a> <span class="soft">(<a href="books/class-%1$s.xml">XML</a>)</span></li>', c.id, pack.h(c.name))
  FROM ej.class AS c WHERE c.school_id = :school AND c.year = :year ORDER BY c.grade, c.letter, c.id;
SQL
    echo '</ul><h2>Ведомости</h2><p>Сводные ведомости и отчёты года, как они печатаются: <a href="forms/index.html">список</a>. Их хранят дольше журналов.</p><h2>Данные журналов</h2><p>Схема: <a href="schema/journal.rng">journal.rng</a> (RELAX NG).</p><table><tr><th>Группа</th><th>Предмет</th><th>Период</th><th>Файл</th></tr>'
    db <<'SQL'
SELECT format('<tr><td>%s</td><td>%s</td><td>%s</td><td><a href="journals/%s.xml">%4$s.xml</a></td></tr>', pack.h(g.name), pack.h(s.name), pack.h(e.name), j.id)
  FROM ej.teaching AS t JOIN ej.journal AS j ON j.teaching_id = t.id JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id JOIN ej.term AS e ON e.id = j.term_id
 WHERE t.school_id = :school AND t.year = :year ORDER BY g.name, s.name, t.id, e.ordinal = 0, e.ordinal, e.id;
SQL
    echo '</table><h2>Таблицы</h2><p><a href="dictionary.html">Что значит каждый столбец</a> (<a href="dictionary.csv">CSV</a>). Файлы записей — в папке <code>files</code>, под номерами из таблицы file.</p><table><tr><th>Таблица</th><th>Что в ней</th></tr>'
    db <<'SQL'
SELECT format('<tr><td><a href="tables/%1$s.csv">%1$s</a></td><td>%2$s</td></tr>', t.name, pack.h(t.words)) FROM pack.tables AS t ORDER BY t.name;
SQL
    echo '</table><h2>Цел ли пакет</h2><p>В папке пакета (над этой):</p><pre>sha256sum -c manifest-sha256.txt
sha256sum -c tagmanifest-sha256.txt</pre><p>Опись <code>manifest-sha256.txt</code> подписывает школа; подпись — файл <code>manifest-sha256.txt.p7s</code>. Паролей, кодов и личной переписки в пакете нет.</p></body></html>'
} >"$data/index.html"

{
    top 'Ведомости'
    echo '<p><a href="../index.html">К оглавлению</a></p><h1>Ведомости</h1><ul>'
    db -c "SELECT format('<li>%s, %s/%s</li>', pack.h(s.name), $year, $year + 1) FROM ej.school AS s WHERE s.id = $school"
    sed 's/&/\&amp;/g; s/</\&lt;/g' "$EJ_WORK/forms-$id" | awk -F '\t' '{printf "<li><a href=\"%s.html\">%s</a></li>\n", $1, $2}'
    echo '</ul></body></html>'
} >"$data/forms/index.html"

# ---------------------------------------------------------------------- bag --

cd "$bag"
find data -depth -type d -empty -delete
find data -type f | sort | xargs -d '\n' sha256sum >manifest-sha256.txt
printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' >bagit.txt
oxum=$(find data -type f -printf '%s\n' | awk '{n += $1} END {printf "%.0f.%d", n, NR}')
printf 'Source-Organization: %s\nExternal-Identifier: school-%s-%s\nExternal-Description: Электронный журнал, %s учебный год\nBagging-Date: %s\nPayload-Oxum: %s\nBag-Software-Agent: mod_ejournal %s\n' \
    "$(db -c "SELECT regexp_replace(s.name, '\s+', ' ', 'g') FROM ej.school AS s WHERE s.id = $school")" "$school" "$year" "$years" \
    "$(date -u +%Y-%m-%d)" "$oxum" "$(sed -n 's/^schema //p' "$OLDPWD/facts")" >bag-info.txt
sha256sum bag-info.txt bagit.txt manifest-sha256.txt >tagmanifest-sha256.txt
