-- topics.sql: the topics of each subject in the order of the year, and its homework.

CREATE TEMP TABLE seed_topic (subject text, grade_from int, grade_to int, topics text[]);
-- forms: the texts for the second and later lessons of a topic
CREATE TEMP TABLE seed_form (subject text PRIMARY KEY, forms text[], tasks text[]);

-- Add the topics of a year, separated by bars; lines may be broken anywhere.
CREATE FUNCTION pg_temp.topics(p_subject text, p_from int, p_to int, p_topics text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO pg_temp.seed_topic
    SELECT p_subject, p_from, p_to, regexp_split_to_array(btrim(regexp_replace(p_topics, '\s+', ' ', 'g')), ' *\| *')
$$;

\ir topics_forms.sql
\ir topics_1_4.sql
\ir topics_5_6.sql
\ir topics_7_9.sql
\ir topics_10_11.sql

-- A subject has at most one list of topics in a grade.
CREATE UNIQUE INDEX ON seed_topic (subject, grade_from);
