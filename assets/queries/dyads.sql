-- Dyads of raw events: for each two actors and stance, how many events there were, how many deaths,
-- when the first and the last was, and the words of the deadliest.
--
-- It reads a table or view `events` with the columns of ACLED; dates are dates, or text of the form
-- 2024-03-24:
--   event_id_cnty, event_date, event_type, sub_event_type, actor1, actor2, source, notes, fatalities
-- and runs unchanged on DuckDB and on Spark SQL. For other data, make a view with these names:
--   CREATE VIEW events AS SELECT id AS event_id_cnty, date_start AS event_date, … FROM ged;
--
-- Save the result as CSV with a header; Allegiance opens it. `event_types` is the table to edit.

WITH event_types AS (
    SELECT 'Agreement' AS sub_event_type, 'cooperative' AS stance
    UNION ALL SELECT 'Non-violent transfer of territory', 'cooperative'
    UNION ALL SELECT 'Peaceful protest', 'neutral'
    UNION ALL SELECT 'Change to group/activity', 'neutral'
    UNION ALL SELECT 'Headquarters or base established', 'neutral'
    UNION ALL SELECT 'Other', 'neutral'
),

told AS (
    SELECT
        TRIM(events.actor1) AS actor_from,
        TRIM(events.actor2) AS actor_to,
        -- What is not listed above is hostile, as most events of conflict data are.
        COALESCE(event_types.stance, 'hostile') AS stance,
        events.event_type AS kind,
        CAST(events.event_date AS STRING) AS event_day,
        CAST(events.fatalities AS BIGINT) AS deaths,
        events.notes AS words,
        events.source AS article,
        events.event_id_cnty AS event_id
    FROM events
    LEFT JOIN event_types ON event_types.sub_event_type = TRIM(events.sub_event_type)
    WHERE TRIM(COALESCE(events.actor1, '')) <> '' AND TRIM(COALESCE(events.actor2, '')) <> ''
),

ranked AS (
    SELECT
        told.*,
        ROW_NUMBER() OVER (
            PARTITION BY actor_from, actor_to, stance
            ORDER BY deaths DESC, event_day DESC, event_id
        ) AS place
    FROM told
)

SELECT
    actor_from AS source,
    actor_to AS target,
    stance,
    MAX(CASE WHEN place = 1 THEN kind END) AS kind,
    COUNT(*) AS events,
    SUM(deaths) AS fatalities,
    MIN(event_day) AS start_date,
    MAX(event_day) AS end_date,
    MAX(CASE WHEN place = 1 THEN words END) AS excerpt,
    MAX(CASE WHEN place = 1 THEN article END) AS citation,
    MAX(CASE WHEN place = 1 THEN event_id END) AS page
FROM ranked
GROUP BY actor_from, actor_to, stance
ORDER BY COUNT(*) DESC, actor_from, actor_to, stance
