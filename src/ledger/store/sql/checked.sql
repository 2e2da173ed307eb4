-- Everybody present, household by household, as far as the data-quality list looks.
SELECT r.id, r.uid, r.name, r.id_number, r.sex, r.born, r.relation, r.phone, r.standing, r.standing_on, r.source_id,
       r.known_on, h.id AS household_id, h.uid AS household_uid, h.number AS household_number, h.sorted,
       g.name AS group_name
FROM resident r
JOIN household h ON h.id = r.household_id
JOIN village_group g ON g.id = h.group_id
WHERE r.standing = 'present'
ORDER BY r.household_id, r.relation = 0, r.relation, r.id
