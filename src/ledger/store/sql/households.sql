-- Which households are there, who heads them, and how many are present?
SELECT h.uid, h.number, h.address, h.sorted, g.name AS group_name,
       coalesce((SELECT r.name FROM resident r WHERE r.household_id = h.id AND r.standing = 'present'
                 AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id)
                 ORDER BY r.relation <> 2, r.relation = 0, r.relation, r.id LIMIT 1), '') AS head,
       (SELECT count(*) FROM resident r WHERE r.household_id = h.id AND r.standing = 'present'
        AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id)) AS people
FROM household h JOIN village_group g ON g.id = h.group_id
