-- Who lives in which group, and who looks after it?
SELECT g.uid, g.name, coalesce(c.name, '') AS contact, coalesce(c.phone, '') AS contact_phone,
       (SELECT count(*) FROM household h WHERE h.group_id = g.id AND h.sorted = 1
           AND EXISTS (SELECT 1 FROM resident r WHERE r.household_id = h.id AND r.standing = 'present'
                       AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id))) AS households,
       (SELECT count(*) FROM household h JOIN resident r ON r.household_id = h.id
           WHERE h.group_id = g.id AND r.standing = 'present'
             AND NOT EXISTS (SELECT 1 FROM same_person b WHERE b.behind_id = r.id)) AS residents
FROM village_group g LEFT JOIN contact_person c ON c.id = g.contact_person_id
