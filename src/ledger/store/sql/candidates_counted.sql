-- The same people as in candidates.sql, with what the rules read, for counting.
SELECT r.id, r.sex, r.born, r.standing, r.standing_on, r.source_id
FROM resident r NOT INDEXED
