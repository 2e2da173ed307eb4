-- Whom to compare when looking for people entered twice: everybody listed, whether here, moved out or deceased.
SELECT r.id, r.name, r.id_number, r.sex, r.born, r.relation, r.phone,
       CASE WHEN h.sorted = 1 THEN h.id ELSE 0 END AS household,
       CASE WHEN g.name <> '' THEN g.id ELSE 0 END AS village_group
FROM resident r
JOIN household h ON h.id = r.household_id
JOIN village_group g ON g.id = h.group_id
WHERE NOT EXISTS (SELECT 1 FROM same_person s WHERE s.behind_id = r.id)
ORDER BY r.id
