-- 0050_indicator: the figures of the schools of a region, week by week (INT-04).

-- What is counted of each school in a week: `part` of `whole`. Nobody reads these numbers: they may be of a few people.
-- A week in which there is nothing to count has whole 0, or no row.
CREATE TABLE ej.indicator (
    school_id     bigint NOT NULL REFERENCES ej.school,
    indicator_key ej.line NOT NULL CONSTRAINT indicator_known
        CHECK (indicator_key IN ('filled', 'attendance', 'quality', 'families', 'meals', 'gto')),
    week_on       date NOT NULL CONSTRAINT indicator_week CHECK (extract(isodow FROM week_on) = 1),
    part          int NOT NULL,
    whole         int NOT NULL,
    -- how it is shown: '' with its numbers, 'none' nothing to count, 'tiny' whole is under 5, 'few' part is under 5,
    -- 'rest' all but fewer than 5, 'other' not shown, so that none of those can be computed from a sum
    shown         ej.line NOT NULL DEFAULT 'none'
        CONSTRAINT indicator_shown CHECK (shown IN ('', 'none', 'tiny', 'few', 'rest', 'other')),
    -- the region whose sum tells of this row, see ej.indicator_hide()
    block_id      bigint REFERENCES ej.region,
    is_published  boolean NOT NULL DEFAULT false,
    PRIMARY KEY (school_id, indicator_key, week_on),
    CONSTRAINT indicator_part CHECK (part BETWEEN 0 AND whole)
);
CREATE INDEX indicator_of_week ON ej.indicator (week_on, indicator_key);
CREATE INDEX indicator_unpublished ON ej.indicator (week_on, indicator_key) WHERE NOT is_published;
CREATE INDEX indicator_block ON ej.indicator (block_id);

-- What is shown of them: without the numbers that are not.
CREATE TABLE ej.indicator_view (
    school_id     bigint NOT NULL REFERENCES ej.school,
    indicator_key ej.line NOT NULL,
    week_on       date NOT NULL,
    shown         ej.line NOT NULL,
    part          int,
    whole         int,
    PRIMARY KEY (school_id, indicator_key, week_on)
);
CREATE INDEX indicator_view_week ON ej.indicator_view (week_on, indicator_key);

-- The sums of a region with its subregions; part is NULL where it would tell what is not shown of a school.
CREATE TABLE ej.indicator_sum (
    region_id     bigint NOT NULL REFERENCES ej.region,
    indicator_key ej.line NOT NULL,
    week_on       date NOT NULL,
    schools       int NOT NULL,
    part          bigint,
    whole         bigint NOT NULL,
    PRIMARY KEY (region_id, indicator_key, week_on)
);

-- When each school was counted, and for which region. whole_on: the school's day on which all weeks of its year were.
CREATE TABLE ej.indicator_count (
    school_id  bigint PRIMARY KEY REFERENCES ej.school,
    region_id  bigint REFERENCES ej.region,
    counted_at timestamptz NOT NULL,
    whole_on   date NOT NULL
);
CREATE INDEX indicator_count_region ON ej.indicator_count (region_id);

DO $$
BEGIN
    ASSERT to_regclass('ej.indicator') IS NOT NULL AND to_regclass('ej.indicator_count') IS NOT NULL, 'indicators are there';
END
$$;
